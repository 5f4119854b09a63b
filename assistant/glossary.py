"""What English on a screen means in Korean: a list of known phrases, searched.

A small model cannot know thousands of phrases, so it is shown the entries that fit and says them by number (see
prompts.notes). This file finds them: the whole sentence, else one almost like it or one with a name in its middle, else
the known phrases inside it. It decides nothing about what is said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.english import (
    DETERMINERS,
    FUNCTION_WORDS,
    NEGATIONS,
    Word,
    clauses,
    english_in,
    key,
    misreadings,
    parted,
    plain_forms,
    shape,
    words,
)
from assistant.phrases import Phrases, filled

__all__ = ["Entry", "Glossary", "english_in"]

NEAR = 0.7
"""overlap of rare words from which two sentences are almost the same"""
LONGEST_FRAGMENT = 8
"""words"""
_LONGEST_COMPOSED = 5
_LONGEST_NAME = 3
_HOLE = re.compile(r"\*\d")
_AROUND_NAMES = " '\"‘’“”()[]<>,.:;"


@dataclass(frozen=True)
class Entry:
    """A piece of English and its Korean.

    `english` is the text asked about where it is known word for word, else the known sentence that is almost like it.
    """

    english: str
    korean: str
    exactness: float
    """1 known word for word; less where a letter was misread, a form changed or words differ"""
    start: int
    end: int
    """which characters of the text asked about it explains"""


class Glossary:
    """Known phrases, searched; safe to use from several threads."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self._strange = math.log(len(phrases) + 1)
        often = phrases.often.tolist()
        usual = [word for word, i in phrases.word_number.items() if often[i] >= 3 and len(word) >= 2]
        self._usual = frozenset(usual)
        self._by_shape = {
            shape(word): word for word in sorted(usual, key=lambda word: often[phrases.word_number[word]])
        }

    @classmethod
    def open(cls, path: Path) -> Glossary:
        """Errors: OSError, and ValueError where the file is not a glossary."""
        return cls(Phrases.read(path))

    def __len__(self) -> int:
        return len(self._phrases)

    def holed_sentence(self, turn: int) -> str:
        """Some known sentence with holes (`*1`, `*2`), another for each `turn`; empty where there is none."""
        holed = np.flatnonzero(self._phrases.holed)
        return self._phrases.english(int(holed[turn % len(holed)])) if len(holed) else ""

    def explain(self, english: str, limit: int = 4, *, whole: bool = True) -> tuple[Entry, ...]:
        """The entries that explain `english`, at most `limit`, in the order of its text; empty where nothing is known.

        `whole=False` passes over an entry for exactly this text, as if it were not there (for training and measuring).
        """
        passed = None if whole else self._phrases.find(key(english).split())
        if found := self._sentence(english, 0, passed):
            return (found,)
        parts = list(clauses(english))
        told: list[tuple[float, Entry]] = []
        for start, end in parts:
            found = self._sentence(english[start:end], start, passed) if len(parts) > 1 else None
            told += [(math.inf, found)] if found else self._fragments(english, start, end, passed)
        told = sorted(told, key=lambda one: -one[0])[:limit]
        return tuple(sorted((entry for _, entry in told), key=lambda entry: entry.start))

    # --- whole sentences -------------------------------------------------------------------------------------------

    def _sentence(self, text: str, start: int, passed: int | None) -> Entry | None:
        """The entry for all of `text`, which stands at `start`."""
        read = words(text)
        if not read:
            return None
        asked = [word.text for word in read]
        span, place = text[read[0].start : read[-1].end], (start + read[0].start, start + read[-1].end)
        mended = [one for word in asked for one in self._mended(word)]
        for phrase, exactness in ((asked, 1.0), (mended, 0.95)):
            number = self._phrases.find(phrase)
            if number is not None and number != passed and not self._phrases.holed[number]:
                return Entry(span, self._phrases.korean(number), exactness, *place)
        return self._almost(text[read[0].start :], mended, place, passed) if len(mended) >= 2 else None

    def _almost(
        self, text: str, asked: Sequence[str], place: tuple[int, int], passed: int | None
    ) -> Entry | None:
        """A known sentence with nearly the same words, or one with holes that `text` fills."""
        phrases = self._phrases
        known = [i for word in dict.fromkeys(asked) if (i := phrases.word_number.get(word)) is not None]
        if not known:
            return None
        shared = np.zeros(len(phrases), np.float32)
        for i in known:
            shared[phrases.holding(i)] += phrases.weight[i]
        if passed is not None:
            shared[passed] = 0
        strange = len(set(asked)) - len(known)
        total = float(phrases.weight[known].sum()) + strange * self._strange
        full = np.flatnonzero(phrases.holed & (shared >= phrases.total - 1e-3) & (shared > 0))
        for number in full[np.argsort(-shared[full], kind="stable")][:12].tolist():
            if (korean := self._filled(number, text)) is not None:
                english = text[: place[1] - place[0]]
                return Entry(english, korean, 0.97, *place)
        alike = np.where(phrases.holed, 0, shared / (total + phrases.total - shared + 1e-6))
        near_ones = np.flatnonzero(alike >= NEAR)
        for number in near_ones[np.argsort(-alike[near_ones], kind="stable")][:6].tolist():
            if _same_sense(asked, phrases.english(number).split()):
                near = round(min(float(alike[number]), 0.94), 3)
                return Entry(phrases.english(number), phrases.korean(number), near, *place)
        return None

    def _filled(self, number: int, text: str) -> str | None:
        """The Korean of an entry with holes, filled with what stands there in `text`; None where it does not fit."""
        pattern = r"[^\w/~*]+".join(
            f"(?P<h{word[1]}>\\S.{{0,80}}?)" if _HOLE.fullmatch(word) else re.escape(word)
            for word in self._phrases.english(number).split()
        )
        fits = re.fullmatch(rf"{pattern}\W*", text.replace("’", "'"), re.IGNORECASE)
        if fits is None:
            return None
        one_word = len(self._phrases.english(number).split()) == 2
        fillings = {name[1:]: self._filling(value, one_word) for name, value in fits.groupdict().items()}
        return filled(self._phrases.korean(number), {hole: text for hole, text in fillings.items() if text})

    def _filling(self, text: str, one_word: bool) -> str | None:
        """A name stays as it is, a known phrase is said in Korean; None for anything that is neither.

        `one_word`: there is only one word beside the hole, so capitals do not make a name of what stands in it.
        """
        text = text.strip(_AROUND_NAMES)
        if not text or sum(1 for _ in clauses(text)) > 1:
            return None
        asked = [word.text for word in words(text)]
        if asked and asked[0] in FUNCTION_WORDS and text[0].islower():
            return None
        korean = self._plainly(asked)
        if korean is not None and (one_word or text[0].islower()):
            return korean
        if one_word and len(asked) > _LONGEST_NAME:
            return None
        plain = all(word in self._usual and word.isalpha() for word in asked)
        return None if plain and (one_word or text.islower()) else text

    def _plainly(self, asked: Sequence[str]) -> str | None:
        """The Korean of exactly these words, the last one perhaps in its plain form."""
        for phrase in _forms(asked):
            number = self._phrases.find(phrase)
            if number is not None and not self._phrases.holed[number]:
                return self._phrases.korean(number)
        return None

    def _composed(self, asked: Sequence[str]) -> str | None:
        """The Korean of a known phrase with one word said of it: delete the file, no events, update failed."""
        for frame, rest in (([asked[0], "*1"], asked[1:]), (["*1", asked[-1]], asked[:-1])):
            number = self._phrases.find(frame)
            if number is None:
                continue
            said_of = rest[1:] if len(rest) > 1 and rest[0] in DETERMINERS else rest
            if said_of[0] not in FUNCTION_WORDS and (korean := self._plainly(said_of)):
                return filled(self._phrases.korean(number), {"1": korean})
        return None

    # --- phrases inside a sentence ---------------------------------------------------------------------------------

    def _fragments(self, text: str, start: int, end: int, passed: int | None) -> list[tuple[float, Entry]]:
        """Known phrases that together tell most of text[start:end], each with how much it tells."""
        read = [
            Word(one, word.start + start, word.end + start)
            for word in words(text[start:end])
            for one in self._mended(word.text)
        ]
        best: list[tuple[float, list[tuple[float, Entry]]]] = [(0.0, [])]
        for last in range(1, len(read) + 1):
            best.append(best[-1])
            for first in range(max(0, last - LONGEST_FRAGMENT), last):
                one = self._fragment(read[first:last], text, passed)
                if one and best[first][0] + one[0] > best[last][0]:
                    best[last] = (best[first][0] + one[0], [*best[first][1], one])
        return best[-1][1]

    def _fragment(self, span: Sequence[Word], text: str, passed: int | None) -> tuple[float, Entry] | None:
        """The entry for exactly these words, or for them with the last one in its plain form."""
        asked = [word.text for word in span]
        telling = [word for word in asked if word not in FUNCTION_WORDS and len(word) > 1]
        if not telling and len(asked) < 3:
            return None
        korean, exactness = None, 1.0
        for phrase in _forms(asked):
            number = self._phrases.find(phrase)
            if number is not None and number != passed and not self._phrases.holed[number]:
                korean, exactness = self._phrases.korean(number), 1.0 if phrase == asked else 0.9
                break
        together = "," not in text[span[0].start : span[-1].end]
        if korean is None and together and 2 <= len(asked) <= _LONGEST_COMPOSED:
            korean, exactness = self._composed(asked), 0.9
        if korean is None:
            return None
        value = sum(self._tells(word) for word in telling) or 1.0
        if asked[0] not in FUNCTION_WORDS or asked[0] == "no":
            value *= 1 + 0.4 * (len(asked) - 1)
        place = (span[0].start, span[-1].end)
        return value, Entry(text[slice(*place)], korean, exactness, *place)

    def _tells(self, word: str) -> float:
        number = self._phrases.word_number.get(word)
        return float(self._phrases.weight[number]) if number is not None else self._strange

    def _mended(self, word: str) -> tuple[str, ...]:
        """A word as it was before it was misread; itself where it is known, or where nothing better is."""
        known = self._phrases.word_number
        if word in known or not word.isascii() or not any(char.isalpha() for char in word):
            return (word,)
        if any(form in known for form in plain_forms(word)):
            return (word,)
        if alike := self._by_shape.get(shape(word)):
            return (alike,)
        if len(word) < 5:
            return (word,)
        if two := parted(word, self._usual):
            return two
        candidates = [one for one in misreadings(word) if one in self._usual]
        return (max(candidates, key=lambda one: self._phrases.often[known[one]]),) if candidates else (word,)


def _forms(asked: Sequence[str]) -> Iterator[list[str]]:
    """The words as they are, then with the last one in its plain forms."""
    yield list(asked)
    for form in plain_forms(asked[-1]):
        yield [*asked[:-1], form]


def _same_sense(asked: Sequence[str], known: Sequence[str]) -> bool:
    """Whether two sentences deny equally often and, but for one word in five, tell of the same things."""
    if sum(word in NEGATIONS for word in asked) != sum(word in NEGATIONS for word in known):
        return False
    here, there = (_stems(sentence) for sentence in (asked, known))
    return len(here ^ there) <= max(len(here), len(there)) // 5


def _stems(sentence: Sequence[str]) -> set[str]:
    """The telling words, each in its shortest plain form."""
    return {
        min([word, *plain_forms(word)], key=len)
        for word in sentence
        if word not in FUNCTION_WORDS or word in NEGATIONS
    }
