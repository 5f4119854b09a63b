"""Latin letters as Koreans say them: 시피유 is CPU, 에이치티엠엘 is HTML."""

from __future__ import annotations

import re

_LETTERS = {
    "에이치": "h", "에이": "a", "에프": "f", "에스": "s", "에치": "h", "비": "b", "씨": "c", "시": "c", "디": "d", "이": "e", "지": "g",
    "아이": "i", "제이": "j", "케이": "k", "엘": "l", "엠": "m", "엔": "n", "오": "o", "피": "p", "큐": "q", "아르": "r", "알": "r", "티": "t",
    "유": "u", "브이": "v", "더블유": "w", "더블류": "w", "엑스": "x", "와이": "y", "제트": "z",
}  # fmt: skip
_LETTER = "|".join(sorted(_LETTERS, key=len, reverse=True))
_WORD = re.compile(f"(?:{_LETTER}){{2,6}}")


def spelled(word: str) -> str | None:
    """The Latin letters that a word's syllables name, lower case; None where it names none. Words such as 오이 and 이유
    are letters by chance: what comes back stands beside the word, never in its place."""
    if not _WORD.fullmatch(word):
        return None
    return re.sub(_LETTER, lambda found: _LETTERS[found[0]], word)
