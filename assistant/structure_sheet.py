"""The geometry of a screen's lines as arrays: which stand in one row, which follow below, which are aligned."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from assistant.frames import TextLine

LEAST_TOLERANCE = 3.0
"""pixels that edges and middles of aligned lines may differ, however small the text"""
ROW, EDGE = 0.25, 0.35
"""the same in line heights: for middles of one row, for edges of one column"""
FARTHEST = 6.5
"""heights from one line to the next of its column, middle to middle"""
STEEPEST, TILTED_ROW = 0.1, 0.2
"""steepest rows of a photographed page, and how near the middles of one row are, in heights"""
LEAST_TILTED, MOST_TILTED, MOST_LEVEL = 8, 150, 0.4
"""lines of a frame that is looked at so; share of them that stands in level rows where nothing is tilted"""
ALIKE = 0.45
"""the lower of two lines of one column has at least this share of the other's height"""


class Sheet:
    """n lines with their edges; every pairwise answer is an (n, n) bool array."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        boxes = np.array([line.box for line in lines], dtype=np.float64).reshape(-1, 4)
        self.texts = [line.text for line in lines]
        self.roles = [line.role for line in lines]
        self.left, self.top = boxes[:, 0], boxes[:, 1]
        self.height = np.maximum(boxes[:, 3], 1.0)
        self.right, self.bottom = self.left + boxes[:, 2], self.top + boxes[:, 3]
        self.across, self.down = (self.left + self.right) / 2, (self.top + self.bottom) / 2
        slope = tilt(self.across, self.down, self.height)
        if slope:
            self._level(slope)

    def _level(self, slope: float) -> None:
        """Turn a photographed page upright: every line about its own middle."""
        self.top, self.bottom = self.top - slope * self.across, self.bottom - slope * self.across
        self.left, self.right = self.left + slope * self.down, self.right + slope * self.down
        self.across, self.down = (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def lower(self) -> np.ndarray:
        """(n, n) the smaller of both heights."""
        return np.minimum.outer(self.height, self.height)

    @cached_property
    def same_row(self) -> np.ndarray:
        """Middles at one height: cells of one table row."""
        apart = np.abs(np.subtract.outer(self.down, self.down))
        return apart <= np.maximum(LEAST_TOLERANCE, ROW * self.lower)

    @cached_property
    def beside(self) -> np.ndarray:
        """Side by side: the rows overlap for the most part, though heights may differ (a label and its field)."""
        shared = np.minimum.outer(self.bottom, self.bottom) - np.maximum.outer(self.top, self.top)
        return shared >= 0.6 * self.lower

    @cached_property
    def overlap(self) -> np.ndarray:
        """(n, n) pixels shared across; negative is the gap."""
        return np.minimum.outer(self.right, self.right) - np.maximum.outer(self.left, self.left)

    @cached_property
    def aligned(self) -> np.ndarray:
        """One edge or the middle in common, heights alike."""
        near = np.maximum(LEAST_TOLERANCE, EDGE * self.lower)
        edges = np.zeros((len(self), len(self)), dtype=bool)
        for places in (self.left, self.right, self.across):
            edges |= np.abs(np.subtract.outer(places, places)) <= near
        return edges & (self.lower >= ALIKE * np.maximum.outer(self.height, self.height))

    @cached_property
    def next_below(self) -> list[int | None]:
        """Of each line, the nearest line under it that shares some of its width, where both are aligned and near."""
        steps = np.subtract.outer(self.down, self.down).T  # steps[i, j]: how far j is below i
        under = (self.overlap > 0) & (steps > 0.5 * self.lower) & ~self.same_row
        below = self._nearest(np.where(under, steps, np.inf))
        above = self._nearest(np.where(under.T, -steps, np.inf))
        found: list[int | None] = [None] * len(self)
        for line, other in enumerate(below):
            if other is None or above[other] != line or not self.aligned[line, other]:
                continue
            if steps[line, other] <= FARTHEST * self.lower[line, other]:
                found[line] = other
        return found

    def _nearest(self, steps: np.ndarray) -> list[int | None]:
        """Of each row of (n, n) `steps` the column of the least finite one; among about equal ones an aligned one."""
        if not len(self):
            return []
        least = steps.min(axis=1, initial=np.inf)
        close = steps <= (least + LEAST_TOLERANCE)[:, None]
        better = np.where(close & self.aligned, steps - 1000.0, steps)
        chosen = better.argmin(axis=1)
        finite = np.isfinite(least).tolist()
        return [column if near else None for column, near in zip(chosen.tolist(), finite, strict=True)]

    @cached_property
    def left_neighbour(self) -> list[int | None]:
        """Of each line, the nearest line on its left in the same row."""
        gaps = np.subtract.outer(self.left, self.right)  # gaps[i, j]: from j's right edge to i's left edge
        before = np.subtract.outer(self.across, self.across) > 0
        gaps[~(self.beside & before & (gaps > -0.3 * self.lower))] = np.inf
        if not len(self):
            return []
        nearest = gaps.argmin(axis=1)
        finite = np.isfinite(gaps[np.arange(len(self)), nearest])
        return [j if near else None for j, near in zip(nearest.tolist(), finite.tolist(), strict=True)]

    @cached_property
    def chains(self) -> list[list[int]]:
        """Columns: lines that follow each other downwards, at least two each."""
        followed = {line for line in self.next_below if line is not None}
        chains = []
        for start in range(len(self)):
            if start in followed:
                continue
            chain, line = [start], self.next_below[start]
            while line is not None:
                chain.append(line)
                line = self.next_below[line]
            if len(chain) > 1:
                chains.append(chain)
        return chains


def tilt(across: np.ndarray, down: np.ndarray, height: np.ndarray) -> float:
    """Slope of the rows, 0 unless another slope puts far more lines into rows: a page that was photographed."""
    if not LEAST_TILTED <= len(across) <= MOST_TILTED:
        return 0.0
    near = TILTED_ROW * np.minimum.outer(height, height)
    apart_across, apart_down = np.subtract.outer(across, across), np.subtract.outer(down, down)
    beside = np.abs(apart_across) > np.maximum.outer(height, height)

    def in_rows(slope: float) -> int:
        return int(((np.abs(apart_down - slope * apart_across) <= near) & beside).any(axis=1).sum())

    level = in_rows(0.0)
    if level > MOST_LEVEL * len(across):
        return 0.0
    slopes = np.linspace(-STEEPEST, STEEPEST, 41)
    counts = np.array([in_rows(slope) for slope in slopes.tolist()])
    if counts.max() < 2 * level + 2 or counts.max() < MOST_LEVEL * len(across):
        return 0.0
    return float(np.mean(slopes[counts == counts.max()]))
