"""A list of English phrases with their Korean, kept as arrays: read in some milliseconds, searched by word and by phrase.

File: an .npz (zip of arrays, never pickled) with `words` (UTF-8, one a line), `lengths` (uint8, words per phrase), `spelled`
(uint16, numbers of the words of all phrases one after the other) and `korean` (UTF-8, one a line).
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from assistant.josa import agreeing, ending

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_LONGEST = 60  # words
_PARTICLES = r"은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(으\)로|이라는|라는|으로|은|는|이|가|을|를|과|와|로"
_HOLE_IN_KOREAN = re.compile(rf"\*(\d)([’”'\"]?)(?:({_PARTICLES})(?![가-힣]))?")
_EITHER = {"은(는)": "은", "이(가)": "이", "을(를)": "을", "과(와)": "과", "(으)로": "으로"}
_LATIN_ENDS = {"l": "rieul", "m": "consonant", "n": "consonant"}


class Phrases:
    """Phrases numbered from 0. `spelled` are the numbers of their words, phrase after phrase."""

    def __init__(self, words: Sequence[str], lengths: np.ndarray, spelled: np.ndarray, korean: bytes) -> None:
        """Errors: ValueError where the parts do not fit together."""
        breaks = np.flatnonzero(np.frombuffer(korean, np.uint8) == ord("\n"))
        fits = len(breaks) == len(lengths) and int(lengths.sum()) == len(spelled)
        fits = fits and (len(lengths) == 0 or (lengths.min() >= 1 and lengths.max() <= _LONGEST))
        if not fits or (len(spelled) and spelled.max() >= len(words)):
            raise ValueError("the parts of the glossary do not fit together")
        self._names = list(words)
        self._lengths, self._spelled, self._korean, self._breaks = lengths, spelled, korean, breaks
        self.word_number = {word: i for i, word in enumerate(self._names)}
        """word → its number"""
        self._index()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> Phrases:
        """From (key, Korean): keys as `english.key` makes them, `*1` for a hole. Later pairs replace earlier ones.

        Errors: ValueError where a key is empty or too long, a Korean holds a line break, or there are too many words.
        """
        listed = dict(sorted(dict(pairs).items()))
        if any(not english.strip() or "\n" in korean for english, korean in listed.items()):
            raise ValueError("an empty key, or a line break in Korean")
        split = [english.split(" ") for english in listed]
        words = sorted({word for phrase in split for word in phrase})
        if len(words) > 0xFFFF or any(len(phrase) > _LONGEST for phrase in split):
            raise ValueError("too many words")
        number = {word: i for i, word in enumerate(words)}
        lengths = np.array([len(phrase) for phrase in split], np.uint8)
        spelled = np.array([number[word] for phrase in split for word in phrase], np.uint16)
        return cls(words, lengths, spelled, "".join(f"{korean}\n" for korean in listed.values()).encode())

    @classmethod
    def read(cls, path: Path) -> Phrases:
        """Errors: OSError, and ValueError where the file is not such a list."""
        try:
            with np.load(path, allow_pickle=False) as parts:
                words = parts["words"].tobytes().decode("utf-8").splitlines()
                lengths, spelled = parts["lengths"].astype(np.uint8), parts["spelled"].astype(np.uint16)
                return cls(words, lengths, spelled, parts["korean"].tobytes())
        except (KeyError, ValueError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise ValueError(f"not a glossary: {path}") from error

    def write(self, path: Path) -> None:
        """Write the file; the same phrases give the same bytes."""
        words = "".join(f"{word}\n" for word in self._names).encode()
        np.savez_compressed(
            path,
            words=np.frombuffer(words, np.uint8),
            lengths=self._lengths,
            spelled=self._spelled,
            korean=np.frombuffer(self._korean, np.uint8),
        )

    def __len__(self) -> int:
        return len(self._lengths)

    def find(self, phrase: Sequence[str]) -> int | None:
        """The number of the phrase with exactly these words."""
        if not 0 < len(phrase) <= _LONGEST:
            return None
        numbers = [self.word_number.get(word) for word in phrase]
        if None in numbers:
            return None
        spelled = np.array(numbers, np.uint16)
        mark = _marks(spelled, np.array([0]), np.array([len(numbers)]))[0]
        at = int(np.searchsorted(self._marks, mark))
        while at < len(self._marks) and self._marks[at] == mark:
            found = int(self._marked[at])
            if np.array_equal(self._word_numbers(found), spelled):
                return found
            at += 1
        return None

    def english(self, number: int) -> str:
        """The key of a phrase."""
        return " ".join(self._names[i] for i in self._word_numbers(number))

    def korean(self, number: int) -> str:
        begin = int(self._breaks[number - 1]) + 1 if number else 0
        return self._korean[begin : int(self._breaks[number])].decode("utf-8")

    def holding(self, word: int) -> np.ndarray:
        """Numbers of the phrases that hold a word (twice where they hold it twice)."""
        return self._holders[self._first[word] : self._first[word + 1]]

    def _word_numbers(self, number: int) -> np.ndarray:
        return self._spelled[self._starts[number] : self._starts[number] + self._lengths[number]]

    def _index(self) -> None:
        lengths = self._lengths.astype(np.int32)
        self._starts = np.cumsum(lengths, dtype=np.int32) - lengths
        marks = _marks(self._spelled, self._starts, lengths)
        self._marked = np.argsort(marks, kind="stable").astype(np.int32)
        self._marks = marks[self._marked]
        owners = np.repeat(np.arange(len(self), dtype=np.int32), lengths)
        self.often = np.bincount(self._spelled, minlength=len(self._names))
        """how often each word stands in the phrases"""
        self._holders = owners[np.argsort(self._spelled, kind="stable")]
        self._first = np.concatenate([[0], np.cumsum(self.often)])
        holes = np.array([word.startswith("*") for word in self._names], bool)
        self.weight = np.log((len(self) + 1) / (self.often + 1)).astype(np.float32)
        """how much each word tells: the rarer the more; holes nothing"""
        self.weight[holes] = 0
        self.total = np.bincount(owners, self.weight[self._spelled], minlength=len(self)).astype(np.float32)
        """the weight of each phrase"""
        self.holed = np.bincount(owners, holes[self._spelled], minlength=len(self)) > 0
        """which phrases have holes"""


def _marks(spelled: np.ndarray, starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """(phrases,) uint64: a number for the order of words of each phrase, the same for the same words."""
    if not len(lengths):
        return np.zeros(0, np.uint64)
    powers = np.cumprod(np.full(_LONGEST, _FACTOR, np.uint64))
    place = np.arange(len(spelled)) - np.repeat(starts, lengths)
    return np.add.reduceat((spelled.astype(np.uint64) + np.uint64(1)) * powers[place], starts)


def filled(korean: str, fillings: Mapping[str, str]) -> str | None:
    """The Korean of a phrase with its holes (`*1`) filled, number → text; None where a filling is missing."""
    if any(hole not in fillings for hole in re.findall(r"\*(\d)", korean)):
        return None
    return _HOLE_IN_KOREAN.sub(lambda m: _fill(fillings[m[1]], m[2], m[3] or ""), korean)


def _fill(filling: str, closing: str, particle: str) -> str:
    """A name in its hole, with a particle that agrees; of Latin names only l, m and n are read as final consonants."""
    before = ending(filling) or _LATIN_ENDS.get(filling[-1:].lower(), "vowel")
    return filling + closing + agreeing(_EITHER.get(particle, particle), before)
