"""Whether scores mean what they say: of lines scored 0.9, nine in ten should be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)


@dataclass(frozen=True)
class Bucket:
    """Lines scored from `low` to below `high`: how many, their mean score, the share that is right."""

    low: float
    high: float
    count: int
    score: float
    right: float


def buckets(scores: Sequence[float], right: Sequence[bool], edges: Sequence[float] = EDGES) -> list[Bucket]:
    """The buckets that hold lines; the last one includes its upper edge."""
    score, ok = np.asarray(scores, dtype=float), np.asarray(right, dtype=float)
    found = []
    for low, high in pairwise(edges):
        inside = (score >= low) & ((score < high) | (high == edges[-1]) & (score <= high))
        if inside.any():
            found.append(
                Bucket(low, high, int(inside.sum()), float(score[inside].mean()), float(ok[inside].mean()))
            )
    return found


def expected_calibration_error(found: Sequence[Bucket]) -> float:
    """Mean distance between score and share of right lines, weighted by lines: 0 is perfect."""
    total = sum(bucket.count for bucket in found)
    return sum(bucket.count * abs(bucket.score - bucket.right) for bucket in found) / max(1, total)
