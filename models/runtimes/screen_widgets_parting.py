"""Parts lines in which several check boxes or radio buttons stand side by side and were read as one: "● 지금 ○ 예약"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from assistant.frames import Box, TextLine
from models.runtimes.screen_text_cutting import paper_of, stretches_of
from models.runtimes.screen_widgets_marks import inked
from models.runtimes.screen_widgets_places import SURE_MARKS

MARK = re.compile(rf"(?<=\S\s)[○◯●◉⊙□■O](?=\s\S)|(?<=\S)\s?[{SURE_MARKS}](?=\s?\S)")
"""a mark inside a text: one that may be a letter needs blanks around it"""
SIDES = (0.6, 1.35)
"""width of a mark, in heights of the line"""
TALL = 0.6
"""least height of a mark, in heights of the line"""
GAP = 0.15
"""least room on both sides of a mark, in heights of the line"""
NEAR = 1.5
"""how far from where its character should stand a mark may be, in heights of the line"""
NARROW = {" ": 0.3}
LATIN = 0.6
"""widths of characters; those of Korean are 1"""


def with_marks_parted(image: np.ndarray, lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, same order, those with a mark inside cut in front of it; of (h, w, 3) uint8 RGB `image`."""
    return [part for line in lines for part in parted(image, line)]


def parted(image: np.ndarray, line: TextLine) -> Iterator[TextLine]:
    """The line, or its parts from left to right, each beginning with a mark but the first."""
    found = list(MARK.finditer(line.text))
    if not found:
        yield line
        return
    marks = marks_in(image, line.box)
    start, left = 0, line.box.x
    for one in found:
        at = one.end() - 1
        mark = nearest(marks, line.box, line.text, at)
        text = line.text[start:at].rstrip()
        if mark is None or mark - left < line.box.height or not text:
            continue
        yield replace(line, text=text, box=trimmed(image, line.box, left, mark - 1))
        start, left = at, mark - 1
    rest = Box(left, line.box.y, line.box.right - left, line.box.height)
    yield replace(line, text=line.text[start:], box=rest) if start else line


def nearest(marks: Sequence[tuple[int, int]], box: Box, text: str, at: int) -> int | None:
    """Where the mark begins that was read as the character number `at`; None where none is near."""
    widths = [NARROW.get(c, LATIN if ord(c) < 0x2000 and c != "O" else 1.0) for c in text]
    there = box.x + box.width * (sum(widths[:at]) + widths[at] / 2) / sum(widths)
    best = min(marks, key=lambda mark: abs((mark[0] + mark[1]) / 2 - there), default=None)
    if best is None or abs((best[0] + best[1]) / 2 - there) > NEAR * box.height:
        return None
    return best[0]


def marks_in(image: np.ndarray, box: Box) -> list[tuple[int, int]]:
    """Left and right of what may be a mark inside the line: squarish, with room around it."""
    pixels = image[box.y : box.bottom, box.x : box.right]
    mask = inked(pixels, paper_of(pixels))
    groups = stretches_of(mask.any(axis=0))
    made = []
    for before, (start, end), after in zip(groups, groups[1:], groups[2:], strict=False):
        rows = np.flatnonzero(mask[:, start:end].any(axis=1))
        wide, tall = (end - start) / box.height, (rows[-1] + 1 - rows[0]) / box.height
        room = min(start - before[1], after[0] - end) / box.height
        if SIDES[0] <= wide <= SIDES[1] and tall >= TALL and room >= GAP:
            made.append((box.x + start, box.x + end))
    return made


def trimmed(image: np.ndarray, box: Box, left: int, right: int) -> Box:
    """The part of the line's box from `left` to `right` without the empty columns at its end."""
    pixels = image[box.y : box.bottom, left:right]
    inks = np.flatnonzero(inked(pixels, paper_of(pixels)).any(axis=0))
    end = left + int(inks[-1]) + 2 if len(inks) else right
    return Box(left, box.y, min(end, right) - left, box.height)
