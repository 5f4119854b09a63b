"""Which Korean word an English word is usually said with: counted over all translated sentences (IBM model 1).

Labels translate a word once; sentences show how it is mostly translated, and tell of words that are never a label
(refused, slow). kiwipiepy takes Korean apart; it is needed for training only.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.english import FUNCTION_WORDS
from models.train.glossary.pairs import Pair

COUNTED = Path(__file__).with_name("counted.tsv")
LEAST = 0.05
"""strength below which a bond is not written down"""
_ROUNDS = 6
_LEAST_TOGETHER = 6
_NOUNS = ("NNG", "NNP", "XR", "SL")
_VERBS = ("VV", "VA")
_EMPTY = frozenset(
    (
        "하다",
        "되다",
        "있다",
        "없다",
        "이",
        "것",
        "수",
        "등",
        "때",
        "중",
        "위",
        "경우",
        "다음",
        "해당",
        "사용자",
    )
)


@dataclass(frozen=True)
class Bond:
    """How firmly an English and a Korean word belong together: p(Korean | English) · p(English | Korean), 0…1."""

    english: str
    korean: str
    strength: float
    together: float
    """how many sentences, by expectation, translate one with the other"""


def counted() -> list[Bond]:
    """The bonds of the last count, firmest first."""
    rows = (line.split("\t") for line in COUNTED.read_text(encoding="utf-8").splitlines())
    return [
        Bond(english, korean, float(strength), float(together))
        for english, korean, strength, together in rows
    ]


def write_counted(found: Sequence[Bond]) -> int:
    """Write the bonds worth keeping; returns how many there are."""
    kept = [bond for bond in found if bond.strength >= LEAST and "가" <= bond.korean[0] <= "힣"]
    lines = (f"{bond.english}\t{bond.korean}\t{bond.strength:.3f}\t{bond.together:.1f}\n" for bond in kept)
    COUNTED.write_text("".join(lines), encoding="utf-8")
    return len(kept)


def bonds(pairs: Sequence[Pair]) -> list[Bond]:
    """The strongest Korean word of every English one that has any, firmest first."""
    koreans = _morphemes([pair.korean for pair in pairs])
    sentences = [(_english(pair.english), korean) for pair, korean in zip(pairs, koreans, strict=True)]
    rows, columns, owners, english, korean = _table(sentences)
    forward, expected = _trained(rows, columns, owners)
    backward, _ = _trained(columns, rows, owners)
    cells, first, where = np.unique(rows * len(korean) + columns, return_index=True, return_inverse=True)
    strength, together = (forward * backward)[first], np.bincount(where, expected)
    found: dict[int, Bond] = {}
    for at in np.argsort(-strength, kind="stable"):
        row, column = divmod(int(cells[at]), len(korean))
        if together[at] >= _LEAST_TOGETHER and row not in found:
            found[row] = Bond(english[row], korean[column], float(strength[at]), float(together[at]))
    return sorted(found.values(), key=lambda bond: (-bond.strength, bond.english))


def _english(key: str) -> list[str]:
    return [
        word
        for word in dict.fromkeys(key.split())
        if word not in FUNCTION_WORDS and word.isalpha() and len(word) > 1
    ]


def _morphemes(texts: Sequence[str]) -> list[list[str]]:
    """The words of Korean texts that carry meaning: nouns as they stand, verbs with 다."""
    from kiwipiepy import Kiwi

    kiwi = Kiwi(num_workers=1)
    result = []
    for tokens in kiwi.tokenize(list(texts)):
        words = [t.form for t in tokens if t.tag in _NOUNS and len(t.form) > 1]
        words += [t.form + "다" for t in tokens if t.tag.split("-")[0] in _VERBS]
        words += [a.form + b.form for a, b in itertools.pairwise(tokens) if a.tag in _NOUNS and b.tag in _NOUNS
                  and a.end == b.start]  # fmt: skip
        result.append([word for word in dict.fromkeys(words) if word not in _EMPTY])
    return result


def _table(
    sentences: Sequence[tuple[list[str], list[str]]],
) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str], list[str]]:
    """Every (English word, Korean word) that share a sentence, with the sentence; then the words by number."""
    often_english = Counter(word for here, _ in sentences for word in here)
    often_korean = Counter(word for _, there in sentences for word in there)
    english = sorted(word for word, n in often_english.items() if n >= _LEAST_TOGETHER)
    korean = sorted(word for word, n in often_korean.items() if n >= _LEAST_TOGETHER)
    row_of, column_of = ({word: i for i, word in enumerate(listed)} for listed in (english, korean))
    cells = [
        (row_of[a], column_of[b], number)
        for number, (here, there) in enumerate(sentences)
        for a in here
        if a in row_of
        for b in there
        if b in column_of
    ]
    table = np.array(cells, np.int64)
    return table[:, 0], table[:, 1], table[:, 2], english, korean


def _trained(given: np.ndarray, told: np.ndarray, owners: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """p(told | given) per cell after some rounds of expectation maximisation, and the expected counts."""
    width = int(told.max()) + 1
    pair, where = np.unique(given * width + told, return_inverse=True)
    _, spot = np.unique(owners * width + told, return_inverse=True)
    chance = np.ones(len(pair))
    expected = np.ones(len(given))
    for _ in range(_ROUNDS):
        each = chance[where]
        expected = each / np.bincount(spot, each)[spot]
        counts = np.bincount(where, expected, minlength=len(pair))
        chance = counts / np.bincount(pair // width, counts)[pair // width]
    return chance[where], expected
