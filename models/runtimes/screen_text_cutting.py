"""Cuts a found line out of the screen: exact box, colours, without its neighbours' edges.

A detector's box has room around it, and in dense lists that room holds pieces of other lines or a button's border.
What belongs to the line is told by empty rows and columns around the line's core.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assistant import colours
from assistant.frames import Box
from models.runtimes.screen_text_detector import Found
from models.runtimes.screen_text_lines import border

NEAR = 0.2
"""share of the core's height around it where the paper's colour is looked for"""
SHARED = 0.25
"""share of the pixels that one shade needs to be taken for the paper"""
CONTRAST = 0.3
"""share of the strongest contrast in the line that counts as ink"""
LEAST_CONTRAST = 14.0
ROOM = 0.12
"""paper put around the ink, as a share of its height"""
COLUMN_GAP = 0.8
"""empty columns wider than this many ink heights (and twice the room between letters) part two texts. Menu items
stand 0.93 (Qt) to 1.2 (GTK) apart, words 0.3; in editors with a grid words stand 0.9 apart after a comma"""
WORD_GAP = 0.2
"""empty columns as wide as this share of the ink's height part words"""
ICON_GAP = 0.22
"""an icon stands at least this many heights of the line away from its text"""
FAINT_RULE, THIN = 10, 3
"""contrast and greatest width of a table's grid lines"""
RULE = 0.95
"""share of a row or column that is inked when it is a rule, a border or another background"""
REPEATED = 0.7
"""share of a box inside a larger one at which it is the same text again"""
LEAST_PART = 6
"""rows that each line needs when one box is parted into several"""


Span = tuple[int, int, int, int]
"""left, top, right, bottom inside a cut"""


@dataclass(frozen=True)
class CutLine:
    """One line cut out of the screen."""

    box: Box
    """around the ink, with a pixel of room"""
    crop: np.ndarray
    """(h, w, 3) uint8 RGB for the recogniser: the ink's rectangle with paper around it, so no neighbours show"""
    ink: str
    paper: str
    origin: int = 0
    """x of the crop's first column in the image"""
    gaps: tuple[tuple[int, int], ...] = ()
    """left and right, in the image, of the empty stretches between its words"""


def cut_lines(image: np.ndarray, found: Found) -> Iterator[CutLine]:
    """The line (or lines, when texts far apart or above each other were found as one) of `found`."""
    around, core = found.around, found.core
    pixels = image[around.y : around.bottom, around.x : around.right].astype(np.int16)
    paper = paper_colour(image, core)
    contrast = np.abs(pixels - paper).max(axis=2)  # (h, w)
    inside = contrast[core.y - around.y : core.bottom - around.y, core.x - around.x : core.right - around.x]
    strongest = float(quantile(inside, 0.98)) if inside.size else 0.0
    if strongest < LEAST_CONTRAST:
        return
    inner = Box(core.x - around.x, core.y - around.y, core.width, core.height)
    mask = without_rules(contrast > max(LEAST_CONTRAST, CONTRAST * strongest), inner)
    for top, bottom in row_bands(mask, inner):
        rules = grid_lines(contrast) if top >= 2 and bottom <= len(mask) - 2 else []
        for rule_left, rule_right in rules:
            mask[:, rule_left:rule_right] = False
        for left, right in column_spans(mask[top:bottom], inner, [left for left, _ in rules]):
            for span in without_icons(mask, (left, top, right, bottom)):
                yield _cut(image, around, mask, span, paper)


def without_icons(mask: np.ndarray, span: Span) -> list[Span]:
    """The span parted from an icon at its beginning or end: a squarish blob that is higher and lower than the text."""
    left, top, right, bottom = span
    part = mask[top:bottom, left:right]
    blobs = [(0, 0)]
    for start, end in stretches_of(part.any(axis=0)):
        if blobs[-1][1] == 0:
            blobs = [(start, end)]
        elif start - blobs[-1][1] < ICON_GAP * len(part):
            blobs[-1] = (blobs[-1][0], end)
        else:
            blobs.append((start, end))
    for icon, rest in ((blobs[0], blobs[1:]), (blobs[-1], blobs[:-1])):
        if not rest:
            break
        icon_rows = np.flatnonzero(part[:, icon[0] : icon[1]].any(axis=1))
        rows = np.flatnonzero(part[:, rest[0][0] : rest[-1][1]].any(axis=1))
        squarish = 0.6 < (icon[1] - icon[0]) / (icon_rows[-1] + 1 - icon_rows[0]) < 1.6
        if squarish and icon_rows[0] < rows[0] and icon_rows[-1] > rows[-1]:
            text = (left + rest[0][0], top + int(rows[0]), left + rest[-1][1], top + int(rows[-1]) + 1)
            picture = (left + icon[0], top + int(icon_rows[0]), left + icon[1], top + int(icon_rows[-1]) + 1)
            return [picture, *without_icons(mask, text)]
    return [span]


def without_repeats(lines: Sequence[CutLine]) -> list[CutLine]:
    """The lines without those that lie inside a larger one."""
    kept: list[CutLine] = []
    corners = np.zeros((0, 4), dtype=np.int64)
    for line in sorted(lines, key=lambda one: -one.box.width * one.box.height):
        x, y, width, height = line.box
        across = np.minimum(corners[:, 2], x + width) - np.maximum(corners[:, 0], x)
        down = np.minimum(corners[:, 3], y + height) - np.maximum(corners[:, 1], y)
        shared = np.maximum(across, 0) * np.maximum(down, 0)
        if not (shared > REPEATED * width * height).any():
            kept.append(line)
            corners = np.vstack([corners, [x, y, x + width, y + height]])
    return kept


def without_rules(mask: np.ndarray, core: Box) -> np.ndarray:
    """The mask without columns beside the core, and rows above and below it, that are inked all along."""
    clean = mask.copy()
    rows = mask[:, core.x : core.right].mean(axis=1) > RULE
    columns = mask.mean(axis=0) > RULE
    rows[core.y : core.bottom] = False
    columns[core.x : core.right] = False
    clean[rows] = False
    clean[:, columns] = False
    return clean


def paper_colour(image: np.ndarray, core: Box) -> np.ndarray:
    """(3,) int16: the colour behind the letters, looked for at the core, which lies on the line's own background."""
    room = max(1, round(core.height * NEAR))
    return paper_of(
        image[max(0, core.y - room) : core.bottom + room, max(0, core.x - room) : core.right + room]
    )


def paper_of(pixels: np.ndarray) -> np.ndarray:
    """(3,) int16: the colour that most of (h, w, 3) `pixels` share; on a blend of colours, the middle of the edge."""
    shades = (pixels.reshape(-1, 3) >> 4).astype(np.int32)
    codes = shades[:, 0] << 8 | shades[:, 1] << 4 | shades[:, 2]
    counts = np.bincount(codes, minlength=1)
    commonest = int(counts.argmax())
    if counts[commonest] > SHARED * len(codes):
        return np.median(pixels.reshape(-1, 3)[codes == commonest], axis=0).astype(np.int16)
    return np.median(np.stack([border(pixels[..., c]) for c in range(3)], axis=1), axis=0).astype(np.int16)


def grid_lines(contrast: np.ndarray) -> list[tuple[int, int]]:
    """Left and right of the thin lines, however faint, that run down the whole of (h, w) `contrast`: tables' grids."""
    lines = stretches_of((contrast > FAINT_RULE).mean(axis=0) > RULE)
    return [(left, right) for left, right in lines if right - left <= THIN]


def row_bands(mask: np.ndarray, core: Box) -> list[tuple[int, int]]:
    """Top and bottom of the line around the core (of several lines when full ones lie above each other)."""
    height = len(mask)
    kept = [
        (top, bottom)
        for top, bottom in stretches_of(mask[:, core.x : core.right].any(axis=1))
        if (top < core.bottom and bottom > core.y) or not (top == 0 or bottom == height)
    ]
    if not kept:
        return [(core.y, core.bottom)]
    full = [(top, bottom) for top, bottom in kept if bottom - top >= LEAST_PART]
    if len(full) > 1 and mask.shape[1] > 3 * height and _alike(full):
        return full
    top, bottom = kept[0][0], kept[-1][1]
    if top == 0 or bottom == height:  # no empty row parts it from a neighbour
        top, bottom = at_sparsest_rows(mask[:, core.x : core.right].sum(axis=1), top, bottom, core)
    return [(top, bottom)]


def at_sparsest_rows(profile: np.ndarray, top: int, bottom: int, core: Box) -> tuple[int, int]:
    """A line that runs into its neighbours, cut at the rows with least ink just above and below its core."""
    far, near = round(0.45 * core.height), 1
    first, last = max(0, core.y - far), core.y - near
    if top == 0 and last > first:
        top = last - int(np.argmin(profile[first:last][::-1]))
    first, last = core.bottom + near, min(len(profile), core.bottom + far)
    if bottom == len(profile) and last > first:
        bottom = first + int(np.argmin(profile[first:last]))
    return top, bottom


def column_spans(mask: np.ndarray, core: Box, rules: Sequence[int] = ()) -> list[tuple[int, int]]:
    """Left and right of the texts in the rows of one line, parted at grid lines and where the gap is wide."""
    groups = without_edges(stretches_of(mask.any(axis=0)), mask.shape, core)
    if not groups:
        return []
    gaps = [right[0] - left[1] for left, right in pairwise(groups)]
    letters = float(np.median([gap for gap in gaps if gap < 0.4 * len(mask)] or [0]))
    widest = COLUMN_GAP * len(mask) + 2 * letters
    spans = [groups[0]]
    for (left, right), gap in zip(groups[1:], gaps, strict=True):
        if gap > widest or any(left - gap <= rule < left for rule in rules):
            spans.append((left, right))
        else:
            spans[-1] = (spans[-1][0], right)
    return spans


def without_edges(groups: list[tuple[int, int]], shape: tuple[int, int], core: Box) -> list[tuple[int, int]]:
    """Inked columns without those at the cut's edges that stand apart from the line: a neighbour's beginning or end."""
    apart = max(3, round(0.3 * shape[0]))
    if (
        len(groups) > 1
        and groups[0][0] == 0
        and groups[0][1] <= core.x
        and groups[1][0] - groups[0][1] >= apart
    ):
        groups = groups[1:]
    last = groups[-1] if groups else (0, 0)
    if len(groups) > 1 and last[1] == shape[1] and last[0] >= core.right and last[0] - groups[-2][1] >= apart:
        groups = groups[:-1]
    return groups


def stretches_of(flags: np.ndarray) -> list[tuple[int, int]]:
    """Start and end of each run of true values."""
    edges = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    return list(zip(np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True))


def _alike(bands: list[tuple[int, int]]) -> bool:
    heights = [bottom - top for top, bottom in bands]
    return min(heights) > 0.45 * max(heights)


def _cut(image: np.ndarray, around: Box, mask: np.ndarray, span: Span, paper: np.ndarray) -> CutLine:
    left, top, right, bottom = span
    height, width = image.shape[:2]
    room = 1 + round(ROOM * (bottom - top))
    x, y = around.x + left, around.y + top
    tight = Box(x - 1, y - 1, right - left + 2, bottom - top + 2).clipped(width, height)
    letters = image[around.y + top : around.y + bottom, around.x + left : around.x + right]
    crop = np.empty((bottom - top + 2 * room, right - left + 2 * room, 3), dtype=np.uint8)
    crop[:] = paper
    crop[room:-room, room:-room] = letters
    return CutLine(
        tight,
        crop,
        ink_colour(letters, mask[top:bottom, left:right], paper),
        colours.nearest(*paper.tolist()),
        x - room,
        word_gaps(mask[top:bottom, left:right], x),
    )


def word_gaps(mask: np.ndarray, x: int) -> tuple[tuple[int, int], ...]:
    """Left and right of the stretches without ink that are wide enough to part words; `x` is the mask's place."""
    empty = stretches_of(~mask.any(axis=0))
    return tuple((x + left, x + right) for left, right in empty if right - left >= WORD_GAP * len(mask))


def quantile(values: np.ndarray, share: float) -> np.generic:
    """The value that `share` (0…1) of all values do not exceed; numpy's own is ten times slower on a line's pixels."""
    number = min(values.size - 1, int(share * values.size))
    return np.partition(values, number, axis=None)[number]


def ink_colour(letters: np.ndarray, mask: np.ndarray, paper: np.ndarray) -> str:
    """Name of the letters' colour: the middle of the pixels that differ most from the paper."""
    pixels = letters[mask]
    if len(pixels) == 0:
        return colours.nearest(*paper.tolist())
    contrast = np.abs(pixels.astype(np.int16) - paper).max(axis=1)
    strongest = pixels[contrast >= quantile(contrast, 0.8)]
    return colours.nearest(*np.median(strongest, axis=0).astype(int).tolist())
