"""Cuts a found line out of the screen: exact box, colours, without its neighbours' edges.

A detector's box has room around it, and in dense lists that room holds pieces of other lines or a button's border.
What belongs to the line is told by empty rows and columns around the line's core.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from assistant import colours
from assistant.frames import Box
from models.runtimes.screen_text_detector import Found
from models.runtimes.screen_text_lines import border

NEAR = 0.2
"""share of the core's height around it where the paper's colour is looked for"""
CONTRAST = 0.3
"""share of the strongest contrast in the line that counts as ink"""
LEAST_CONTRAST = 14.0
ROOM = 0.12
"""room left around the ink, as a share of its height"""
COLUMN_GAP = 1.9
"""empty columns wider than this many ink heights part two texts"""
LEAST_PART = 6
"""rows that each line needs when one box is parted into several"""


@dataclass(frozen=True)
class CutLine:
    """One line cut out of the screen."""

    box: Box
    """around the ink, with a pixel of room"""
    crop: np.ndarray
    """(h, w, 3) uint8 RGB for the recogniser"""
    ink: str
    paper: str


def cut_lines(image: np.ndarray, found: Found) -> Iterator[CutLine]:
    """The line (or lines, when texts far apart or above each other were found as one) of `found`."""
    around, core = found.around, found.core
    pixels = image[around.y : around.bottom, around.x : around.right].astype(np.int16)
    paper = paper_colour(image, core)
    contrast = np.abs(pixels - paper).max(axis=2)  # (h, w)
    inside = contrast[core.y - around.y : core.bottom - around.y, core.x - around.x : core.right - around.x]
    strongest = float(np.percentile(inside, 98)) if inside.size else 0.0
    if strongest < LEAST_CONTRAST:
        return
    mask = contrast > max(LEAST_CONTRAST, CONTRAST * strongest)
    middle = (core.y - around.y, core.bottom - around.y)
    for top, bottom in row_bands(mask, middle):
        for left, right in column_spans(mask[top:bottom], core.x - around.x, core.right - around.x):
            yield _cut(image, around, mask, (left, top, right, bottom), paper)


def paper_colour(image: np.ndarray, core: Box) -> np.ndarray:
    """(3,) int16: the colour just around the core, which lies on the line's own background."""
    room = max(1, round(core.height * NEAR))
    near = image[max(0, core.y - room) : core.bottom + room, max(0, core.x - room) : core.right + room]
    return np.median(np.stack([border(near[..., c]) for c in range(3)], axis=1), axis=0).astype(np.int16)


def row_bands(mask: np.ndarray, core: tuple[int, int]) -> list[tuple[int, int]]:
    """Top and bottom of the line around the core's rows (several when full lines lie above each other)."""
    height = len(mask)
    groups = stretches_of(mask.any(axis=1))
    spanning = mask.mean(axis=1) > 0.9  # noqa: PLR2004 - a rule, not letters
    kept = []
    for top, bottom in groups:
        in_core = top < core[1] and bottom > core[0]
        cut_off = top == 0 or bottom == height
        rule = bottom - top <= 2 and spanning[top:bottom].all()  # noqa: PLR2004 - two pixels
        if in_core or not (cut_off or rule):
            kept.append((top, bottom))
    if not kept:
        return [(0, height)]
    full = [(top, bottom) for top, bottom in kept if bottom - top >= LEAST_PART]
    if len(full) > 1 and mask.shape[1] > 3 * height and _alike(full):
        return full
    return [(kept[0][0], kept[-1][1])]


def column_spans(mask: np.ndarray, core_left: int, core_right: int) -> list[tuple[int, int]]:
    """Left and right of the texts in the rows of one line, parted where the gap is wide."""
    groups = stretches_of(mask.any(axis=0))
    if not groups:
        return []
    height, width = mask.shape
    edge_gap = max(3, round(0.3 * height))
    if len(groups) > 1 and groups[0][0] == 0 and groups[0][1] <= core_left and groups[1][0] - groups[0][1] >= edge_gap:
        groups = groups[1:]
    if len(groups) > 1 and groups[-1][1] == width and groups[-1][0] >= core_right and groups[-1][0] - groups[-2][1] >= edge_gap:
        groups = groups[:-1]
    spans = [groups[0]]
    for left, right in groups[1:]:
        if left - spans[-1][1] > COLUMN_GAP * height:
            spans.append((left, right))
        else:
            spans[-1] = (spans[-1][0], right)
    return spans


def stretches_of(flags: np.ndarray) -> list[tuple[int, int]]:
    """Start and end of each run of true values."""
    edges = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))


def _alike(bands: list[tuple[int, int]]) -> bool:
    heights = [bottom - top for top, bottom in bands]
    return min(heights) > 0.45 * max(heights)  # noqa: PLR2004 - a line without tall letters is half as high


def _cut(
    image: np.ndarray, around: Box, mask: np.ndarray, span: tuple[int, int, int, int], paper: np.ndarray
) -> CutLine:
    left, top, right, bottom = span
    height, width = image.shape[:2]
    room = 1 + round(ROOM * (bottom - top))
    x, y = around.x + left, around.y + top
    tight = Box(x - 1, y - 1, right - left + 2, bottom - top + 2).clipped(width, height)
    wide = Box(x - room, y - room, right - left + 2 * room, bottom - top + 2 * room).clipped(width, height)
    letters = image[around.y + top : around.y + bottom, around.x + left : around.x + right]
    return CutLine(
        tight,
        image[wide.y : wide.bottom, wide.x : wide.right],
        ink_colour(letters, mask[top:bottom, left:right], paper),
        colours.nearest(*paper.tolist()),
    )


def ink_colour(letters: np.ndarray, mask: np.ndarray, paper: np.ndarray) -> str:
    """Name of the letters' colour: the middle of the pixels that differ most from the paper."""
    pixels = letters[mask]
    if len(pixels) == 0:
        return colours.nearest(*paper.tolist())
    contrast = np.abs(pixels.astype(np.int16) - paper).max(axis=1)
    strongest = pixels[contrast >= np.percentile(contrast, 80)]
    return colours.nearest(*np.median(strongest, axis=0).astype(int).tolist())
