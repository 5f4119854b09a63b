"""How alike two Korean texts are in writing: trigrams of jamo, so that 총학계 is still like 총합계."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache


@lru_cache(maxsize=4096)
def grams(text: str) -> frozenset[str]:
    """Jamo trigrams of `text` without blanks and punctuation, its ends marked so that short words have some."""
    letters = "".join(
        c
        for c in unicodedata.normalize("NFKD", text.lower())
        if unicodedata.category(c)[0] in "LNS" or c == "%"
    )
    padded = f"^{letters}$" if letters else ""
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


def rarity(texts: Iterable[str]) -> dict[str, float]:
    """Weight of each trigram of some texts: the fewer of them hold it, the more (inverse document frequency)."""
    seen, total = Counter[str](), 0
    for text in texts:
        seen.update(grams(text))
        total += 1
    return {gram: math.log(1 + total / count) for gram, count in seen.items()}


def held(word: str, among: frozenset[str], weight: Mapping[str, float]) -> float:
    """Which share of a word's trigrams is `among` those of a text (0…1); trigrams without a weight count as rare."""
    wanted = grams(word)
    rare = max(weight.values(), default=1.0)
    whole = sum(weight.get(gram, rare) for gram in wanted)
    return sum(weight.get(gram, rare) for gram in wanted & among) / whole if whole else 0.0
