"""Makes whole single lines out of what the detector found, by looking at the ink.

In dense Korean text, as in editors and terminals, lines stand as close as syllables do. The detector then takes two
lines for one, or columns of syllables for vertical writing, or leaves holes in a line. Screens have no vertical
writing, so a core taller than wide is a sign: the text around such cores is taken as one block and cut into lines
where its rows hold little ink.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.frames import Box
from models.runtimes.screen_text_cutting import paper_of
from models.runtimes.screen_text_detector import Found

LEAST_SCORE = 0.5
"""lines of their own need this score; in a misread block the scores are low"""
UPRIGHT = 1.4
"""a core this many times taller than wide is taken for a column of syllables"""
LEAST_HEIGHT, WIDEST = 16, 36
SYLLABLE = 1.25
"""height of a line, in widths of such a core"""
BESIDE, BELOW = 1.0, 0.5
"""cores this many line heights apart, across and down, belong to one block"""
SPARSE = 0.1
"""share of the fullest rows' ink at which a row parts two lines"""
VALLEY = 0.2
"""share of the usual rows' ink at which a row within a core parts two lines"""
JOIN = 0.9
"""pieces of a line are at most this many of its ink's heights apart"""
JOIN_CORES = 1.25
"""the same in heights of cores, which are lower"""
RULE = 0.9
"""share of a row or column that is inked when it is a border"""
LEAST_CONTRAST = 40


def whole_lines(image: np.ndarray, found: Sequence[Found]) -> list[Found]:
    """Single lines: merged ones parted, misread blocks cut anew, pieces of one line joined, faint ones left out."""
    parts = [part for one in found for part in parted(image, one)]
    lines = [one for one in joined(with_blocks_cut(image, parts)) if one.score >= LEAST_SCORE]
    return [one for one in lines if min(one.core.width, one.core.height) > 0]


def parted(image: np.ndarray, one: Found) -> list[Found]:
    """Two or more lines when rows within a wide core are nearly empty, else the line itself."""
    core = one.core
    if core.height < LEAST_HEIGHT or core.width < 1.3 * core.height:
        return [one]
    profile = ink_mask(image, core).sum(axis=1)
    quarter = core.height // 4
    middle = profile[quarter : core.height - quarter]
    cut = quarter + int(np.argmin(middle))
    if profile[cut] > VALLEY * float(np.median(profile)):
        return [one]
    line = core.y + cut
    above = Box(core.x, core.y, core.width, cut)
    below = Box(core.x, line, core.width, core.bottom - line)
    room = max(2, core.height // 6)
    score = max(one.score, LEAST_SCORE)
    halves = (
        Found(above, rows_of(extended(image, above), max(one.around.y, core.y - room), line), score),
        Found(
            below, rows_of(extended(image, below), line, min(one.around.bottom, core.bottom + room)), score
        ),
    )
    return [part for half in halves for part in parted(image, half)]


def rows_of(line: Box, top: int, bottom: int) -> Box:
    return Box(line.x, top, line.width, bottom - top)


def joined(found: Sequence[Found]) -> list[Found]:
    """Pieces that stand in one row, of like height and less than JOIN core heights apart, made one."""
    ordered = sorted(found, key=lambda one: one.core.x)
    lines: list[Found | None] = []
    edges = np.zeros((len(ordered), 4))  # top, bottom, left and right of the lines so far, by number
    for number, one in enumerate(ordered):
        before = np.flatnonzero(in_one_row(edges[:number], one.core))
        core, around, score = one.core, one.around, one.score
        if len(before) and (other := lines[before[-1]]) is not None:
            core, around = Box.around([other.core, core]), Box.around([other.around, around])
            score = max(other.score, score)
            lines[before[-1]] = None
            edges[before[-1]] = 0
        lines.append(Found(core, around, score))
        edges[number] = core.y, core.bottom, core.x, core.right
    return [line for line in lines if line is not None]


def in_one_row(lefts: np.ndarray, right: Box) -> np.ndarray:
    """(n,) bool: which of (n, 4) boxes (top, bottom, left, right; all zeros for none) stand just before `right`."""
    top, bottom, _, end = lefts.T
    high = bottom - top
    lower = np.minimum(high, right.height)
    shared = np.minimum(bottom, right.bottom) - np.maximum(top, right.y)
    alike = (high > 0) & (lower > 0.5 * np.maximum(high, right.height))
    gap = right.x - end
    return alike & (shared > 0.6 * lower) & (-lower < gap) & (gap < JOIN_CORES * lower)


def with_blocks_cut(image: np.ndarray, found: Sequence[Found]) -> list[Found]:
    """The found lines, those of blocks read as vertical writing replaced by the block's own lines."""
    columns = [one for one in found if upright(one)]
    rest = [one for one in found if one not in columns]
    repaired: list[Found] = []
    while columns:
        block, columns, rest = grown_block(columns, rest)
        several = sum(upright(one) for one in block) > 1  # one may be a letter, a rule or part of a picture
        repaired += block_lines(image, block, line_height(block)) if several else block
    return rest + repaired


def upright(one: Found) -> bool:
    """Whether a core may be a column of syllables."""
    return one.core.width <= WIDEST and one.core.height >= max(LEAST_HEIGHT, UPRIGHT * one.core.width)


def line_height(block: Sequence[Found]) -> float:
    """How high a block's lines are, told by how wide its columns of syllables are."""
    return SYLLABLE * float(np.percentile([one.core.width for one in block if upright(one)], 30))


def grown_block(
    columns: Sequence[Found], rest: Sequence[Found]
) -> tuple[list[Found], list[Found], list[Found]]:
    """All cores reachable from the first column in short steps; and the columns and rest left over."""
    columns, rest = list(columns), list(rest)
    high = SYLLABLE * columns[0].core.width
    block = edge = [columns.pop(0)]
    while edge:
        near = [
            other
            for other in columns + rest
            if any(close(one.core, other.core, high * BESIDE, high * BELOW) for one in edge)
        ]
        columns = [one for one in columns if one not in near]
        rest = [one for one in rest if one not in near]
        block, edge = block + near, near
    return block, columns, rest


def close(one: Box, other: Box, across: float, down: float) -> bool:
    """Whether two boxes are at most so many pixels apart in both directions."""
    return (
        max(one.x, other.x) - min(one.right, other.right) <= across
        and max(one.y, other.y) - min(one.bottom, other.bottom) <= down
    )


def block_lines(image: np.ndarray, block: Sequence[Found], high: float) -> list[Found]:
    """The block's lines, parted where its rows hold little ink."""
    height, width = image.shape[:2]
    room = round(0.35 * high)
    core = Box.around([one.core for one in block])
    whole = Box(core.x - room, core.y - room, core.width + 2 * room, core.height + 2 * room).clipped(
        width, height
    )
    mask = ink_mask(image, whole)
    mask[:, mask.mean(axis=0) > RULE] = False
    mask[mask.mean(axis=1) > RULE] = False
    score = max(one.score for one in block)
    lines = []
    for top, bottom in bands(mask.sum(axis=1), high):
        columns = np.flatnonzero(mask[top:bottom].any(axis=0))
        if len(columns):
            left, right = whole.x + int(columns[0]), whole.x + int(columns[-1]) + 1
            box = Box(left, whole.y + top, right - left, bottom - top).clipped(width, height)
            full = extended(image, box)
            lines.append(Found(full, full, score))
    return lines


def extended(image: np.ndarray, line: Box) -> Box:
    """The line made longer on both sides as long as its rows go on with letters after gaps like those of words."""
    reach = 40 * line.height
    left, right = max(0, line.x - reach), min(image.shape[1], line.right + reach)
    pixels = image[line.y : line.bottom, left:right]
    paper = paper_of(pixels[:, line.x - left : line.right - left])
    mask = np.abs(pixels.astype(np.int16) - paper).max(axis=2) > LEAST_CONTRAST
    inked = mask.any(axis=0) & ~(mask.mean(axis=0) > RULE)
    stop = np.convolve(mask.mean(axis=0) > RULE, np.ones(line.height, dtype=int), "same") >= line.height
    gap = max(3, round(JOIN * line.height))
    start, end = line.x - left, line.right - left
    while (near := np.flatnonzero(inked[end : end + gap])).size and not stop[end : end + gap].any():
        end += int(near[-1]) + 1
    while (near := np.flatnonzero(inked[max(0, start - gap) : start])).size and not stop[
        max(0, start - gap) : start
    ].any():
        start = max(0, start - gap) + int(near[0])
    return Box(left + start, line.y, end - start, line.height)


def ink_mask(image: np.ndarray, box: Box) -> np.ndarray:
    """(h, w) bool: what differs from the paper of the box."""
    pixels = image[box.y : box.bottom, box.x : box.right]
    return np.abs(pixels.astype(np.int16) - paper_of(pixels)).max(axis=2) > LEAST_CONTRAST


def bands(profile: np.ndarray, high: float) -> list[tuple[int, int]]:
    """Top and bottom of each line in a block whose rows hold `profile` pixels of ink."""
    full = float(np.percentile(profile, 90))
    inked = profile > SPARSE * full
    edges = np.diff(np.concatenate([[0], inked.astype(np.int8), [0]]))
    found: list[tuple[int, int]] = []
    for top, bottom in zip(
        np.flatnonzero(edges == 1).tolist(), np.flatnonzero(edges == -1).tolist(), strict=True
    ):
        start = top
        while bottom - start > 1.6 * high:
            first = start + round(0.7 * high)
            cut = first + int(np.argmin(profile[first : start + round(1.35 * high) + 1]))
            found.append((start, cut))
            start = cut
        found.append((start, bottom))
    return [(max(0, top - 1), bottom + 1) for top, bottom in found if bottom - top >= 0.4 * high]
