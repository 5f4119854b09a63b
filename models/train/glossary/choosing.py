"""Which Korean an English key gets when programs translate it differently."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from models.train.glossary.pairs import Pair
from models.train.glossary.words import Bond

BY_HAND = Path(__file__).with_name("by_hand.tsv")
FIRM = 0.15
"""strength from which a counted word is an entry"""
_DENIES = re.compile("un|dis|non|in(?:valid|compat)|ban|less|longer|one$")
"""words whose Korean is a word and a denial of it (유효하지 않음), of which counting sees the word only"""
_LATIN = re.compile("[A-Za-z]{2,}")


def chosen(pairs: Iterable[Pair], firm: Iterable[Bond]) -> dict[str, str]:
    """One Korean text per key: what most programs say, then what most strings say, then the plainest.

    For single words it counts too what sentences translate them with.
    """
    bond_of = {bond.english: bond for bond in firm}
    votes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pair in pairs:
        votes[pair.english][pair.korean].append(pair.source)
    result = {}
    for english, offers in votes.items():
        result[english] = max(
            sorted(offers),
            key=lambda korean: (
                len(set(offers[korean]))
                + 0.2 * min(len(offers[korean]), 6)
                + 4 * _borne_out(bond_of.get(english), korean)
                - _oddness(english, korean)
            ),
        )
    return dict(sorted(result.items()))


def by_hand() -> dict[str, str]:
    """Our own entries: key → Korean."""
    lines = BY_HAND.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


def _borne_out(bond: Bond | None, korean: str) -> float:
    """How firmly sentences translate the word like this, 0…1: 낮음 begins like 낮다."""
    if bond is None:
        return 0.0
    stem = bond.korean.removesuffix("다") or bond.korean
    return bond.strength if korean.startswith(stem) else 0.0


def _oddness(english: str, korean: str) -> float:
    """How unlike a plain translation it looks: foreign words that the English lacks, brackets, unusual length."""
    foreign = sum(word.lower() not in english for word in _LATIN.findall(korean))
    brackets = 0.5 * any(sign in korean for sign in "()[]")
    ratio = len(korean) / max(1, len(english))
    return foreign + brackets + (0.6 if ratio > 1.3 or ratio < 0.2 else 0) + 0.002 * len(korean)


def with_words(entries: Mapping[str, str], firm: Iterable[Bond]) -> dict[str, str]:
    """`entries` and, for words that no program has as a label, the word they are firmly translated with."""
    counted = {
        bond.english: bond.korean
        for bond in firm
        if bond.strength >= FIRM and not _DENIES.match(bond.english)
    }
    return dict(sorted({**counted, **entries}.items()))
