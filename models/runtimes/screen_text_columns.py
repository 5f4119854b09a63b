"""Parts cells that stand so close that one line was cut out of them, by what the lines above and below show.

In lists, sizes end eight pixels before types begin: no wider than two words may stand apart. But the types begin at one
edge, line after line, which words of a text do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from assistant.frames import Box
from models.runtimes.screen_text_cutting import ROOM, CutLine

LEAST_GAP = 0.42
"""heights of a line between two cells, at least"""
WIDER = 1.45
"""times the line's other gaps between words; in typewriter text all are alike"""
EDGE = 1.5
"""pixels by which the beginnings of a column's cells differ"""
NEXT = 4.5
"""heights from one line of a column to the next"""
LEAST_LINES = 4
MOST_CROSS = 0.8
"""of the lines that reach across the edge, more than this share must have the gap there"""
EVEN, LEAST_EVEN = 4.0, 5
"""pixels; where what stands before the gap has one width all along, it may be typewriter text: more lines are needed"""
MANY_ALIKE, ALIKE, LEAST_TYPED, TYPED = 2, 1.3, 0.35, 0.25
"""typewriter text: so many other gaps of a line are alike, as wide as this share of its height at least; a column is
none when more than the last share of its lines are such"""
LEAST_LEFT = 1.6
"""heights of what stands before a gap, at least: bullets stay with their text"""


def with_columns_parted(lines: Sequence[CutLine]) -> list[CutLine]:
    """The lines, parted where at least LEAST_LINES of them have a wide gap that ends at one x."""
    places = [(number, gap) for number, line in enumerate(lines) for gap in wide_gaps(line)]
    if len(places) < LEAST_LINES:
        return list(lines)
    ends = np.array([gap[1] for _, gap in places])
    boxes = np.array([(*lines[number].box, left) for number, (left, _) in places])
    typed = np.array([alike_gaps(lines[number], gap) >= MANY_ALIKE for number, gap in places])
    all_boxes = np.array([line.box for line in lines])
    cuts: dict[int, list[tuple[int, int]]] = {}
    for (number, gap), end, box in zip(places, ends, boxes, strict=True):
        column = np.abs(ends - end) <= EDGE
        if typed[column].mean() > TYPED:
            continue
        run = followed(boxes[column], box)
        ragged = max(np.ptp(run[:, 0]), np.ptp(run[:, 4])) > EVEN
        enough = len(run) >= (LEAST_LINES if ragged else LEAST_EVEN)
        if enough and len(run) > MOST_CROSS * crossing(all_boxes, run, float(end)):
            cuts.setdefault(number, []).append(gap)
    return [part for number, line in enumerate(lines) for part in parted(line, cuts.get(number, []))]


def wide_gaps(line: CutLine) -> list[tuple[int, int]]:
    """Gaps that may part cells: wide for the line's height and wider than its other gaps."""
    widths = [right - left for left, right in line.gaps]
    found = []
    for gap, width in zip(line.gaps, widths, strict=True):
        narrower = [other for other in widths if other * WIDER <= width]
        high = line.box.height
        wide = width >= LEAST_GAP * high and gap[0] - line.box.x >= LEAST_LEFT * high
        if wide and (narrower or len(widths) == 1):
            found.append(gap)
    return found


def alike_gaps(line: CutLine, gap: tuple[int, int]) -> int:
    """How many other gaps of the line, as wide as between words of typewriter text, are about as wide as this one."""
    width, least = gap[1] - gap[0], LEAST_TYPED * line.box.height
    others = [right - left for left, right in line.gaps if (left, right) != gap and right - left >= least]
    return sum(width <= ALIKE * other and other <= ALIKE * width for other in others)


def followed(boxes: np.ndarray, box: np.ndarray) -> np.ndarray:
    """(m, 5) those of (n, 5) boxes, the given one among them, that follow each other downwards closely."""
    boxes = boxes[np.argsort(boxes[:, 1])]
    heights = boxes[:, 3]
    apart = np.diff(boxes[:, 1]) > NEXT * np.minimum(heights[1:], heights[:-1])
    runs = np.concatenate([[0], np.cumsum(apart)])
    return boxes[runs == runs[int(np.flatnonzero((boxes == box).all(axis=1))[0])]]


def crossing(boxes: np.ndarray, run: np.ndarray, x: float) -> int:
    """How many of all lines in the run's height have something on both sides of x."""
    down = boxes[:, 1] + boxes[:, 3] / 2
    within = (down > run[0, 1]) & (down < run[-1, 1] + run[-1, 3])
    high = boxes[:, 3]
    return int((within & (boxes[:, 0] < x - high) & (boxes[:, 0] + boxes[:, 2] > x + 0.5 * high)).sum())


def parted(line: CutLine, gaps: Sequence[tuple[int, int]]) -> list[CutLine]:
    """The line's parts between the gaps; the line itself where there are none."""
    if not gaps:
        return [line]
    room = 1 + round(ROOM * line.box.height)
    edges = [(line.box.x, line.box.right)]
    for left, right in gaps:
        edges[-1:] = [(edges[-1][0], left + 1), (right - 1, edges[-1][1])]
    parts = []
    for left, right in edges:
        first = max(0, left + 1 - room - line.origin)
        crop = line.crop[:, first : right - 1 + room - line.origin]
        box = Box(left, line.box.y, right - left, line.box.height)
        inner = tuple(gap for gap in line.gaps if gap[0] >= left and gap[1] <= right)
        parts.append(replace(line, box=box, crop=crop, origin=line.origin + first, gaps=inner))
    return parts
