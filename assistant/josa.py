"""Korean particles agree with the word before them: 저장을, 파일은 and not 저장를, 파일는.

A model that cites a line does not spell it, so it may choose the wrong form behind it. `Agreement` puts that right while
the answer streams. It changes nothing but the form of one particle, and nothing at all where nobody can say how the word
before it is read (Latin letters).
"""

from __future__ import annotations

import re

_FORMS = (
    ("이라는", "라는"), ("이라고", "라고"), ("이라서", "라서"), ("이에요", "예요"), ("이란", "란"), ("이랑", "랑"), ("으로", "로"),
    ("은", "는"), ("이", "가"), ("을", "를"), ("과", "와"),
)  # fmt: skip
"""(behind a final consonant, behind a vowel)"""
_PAIR_OF = {form: pair for pair in _FORMS for form in pair}
_CLOSING = "’”'\"」』》)"
_RIEUL = 8  # the final consonant that takes 로
_DIGITS_WITH_FINAL, _DIGITS_WITH_RIEUL = "013678", "178"  # as read aloud: 영 일 삼 육 칠 팔
_NOT_READ = re.compile(r"(?:\([A-Za-z]\)|[\s.,:;!?…’”'\"」』》)\]~-])+$")
_MAY_GROW = re.compile(f"[{_CLOSING}]{{0,2}}[가-힣]{{0,3}}")
_PARTICLE = re.compile(f"([{_CLOSING}]{{0,2}})([가-힣]{{1,3}})(?![가-힣\u1100-\u11ff])")


def ending(text: str) -> str | None:
    """How `text` ends when read aloud: vowel, rieul or consonant; None when nobody can say."""
    char = _NOT_READ.sub("", text)[-1:]
    if "가" <= char <= "힣":
        final = (ord(char) - 0xAC00) % 28
        return "vowel" if final == 0 else "rieul" if final == _RIEUL else "consonant"
    if char.isdecimal() and char.isascii():
        if char in _DIGITS_WITH_RIEUL:
            return "rieul"
        return "consonant" if char in _DIGITS_WITH_FINAL else "vowel"
    return "vowel" if char == "%" else None


def agreeing(particle: str, before: str | None) -> str:
    """The form of `particle` that fits behind a word ending in `before` (see `ending`); others stay as they are."""
    if before is None or particle not in _PAIR_OF:
        return particle
    after_consonant, after_vowel = _PAIR_OF[particle]
    vowel = before == "vowel" or (before == "rieul" and after_vowel == "로")
    return after_vowel if vowel else after_consonant


class Agreement:
    """Holds back what may still be a particle behind a quoted word, at most five characters, until it is whole."""

    def __init__(self) -> None:
        self._before: str | None = None
        self._held = ""

    def quoted(self, text: str) -> None:
        """A word has just been put in: a particle may follow, also behind closing quotes."""
        self._before = ending(text)

    def push(self, text: str) -> str:
        """The model's next own words; returns what can be shown of them."""
        if self._before is None:
            return text
        self._held += text
        return "" if _MAY_GROW.fullmatch(self._held) else self.settle()

    def settle(self) -> str:
        """What was held, with its particle agreeing; nothing more belongs to the quoted word."""
        held, before = self._held, self._before
        self._held, self._before = "", None
        found = _PARTICLE.match(held)
        if found is None:
            return held
        return found[1] + agreeing(found[2], before) + held[found.end() :]
