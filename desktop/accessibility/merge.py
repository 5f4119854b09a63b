"""One screen text out of two: what OCR read from the pixels and what the programs told.

The tree wins for words, roles and states, because it is exact; OCR fills in what the tree lacks (pictures, remote
desktops, programs without a tree) and knows the colours.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from assistant.frames import Box, ScreenText, TextLine
from desktop.capture.values import shared
from models.runtimes.screen_reader import in_reading_order

ALIKE = 0.5
"""similarity from which an OCR line counts as a reading of the tree's words: OCR errs, the tree does not"""
MOSTLY = 0.5
"""share of an OCR line that must lie in the tree's elements before the two are compared at all"""


def merge(ocr: ScreenText, tree: ScreenText) -> ScreenText:
    """Both texts of the same frame, boxes in its pixels; in reading order, each words once."""
    if not tree.lines or not ocr.lines:
        return tree if tree.lines else ocr
    inked = list(tree.lines)
    left: list[TextLine] = []
    for line in ocr.lines:
        under = [
            n
            for n, told in enumerate(tree.lines)
            if _inside(line.box, told.box) >= MOSTLY or _cut(line, told)
        ]
        readings = [n for n in under if _alike(line.text, tree.lines[n].text)]
        for number in readings:
            inked[number] = _coloured(inked[number], line)
        if not readings and not _told_together(line, [tree.lines[n] for n in under]):
            left.append(line)
    lines = tuple(in_reading_order([*inked, *left]))
    return ScreenText(lines, max(ocr.milliseconds, tree.milliseconds), "merged")


def _coloured(told: TextLine, line: TextLine) -> TextLine:
    return replace(told, ink=told.ink or line.ink, paper=told.paper or line.paper)


def _inside(box: Box, outer: Box) -> float:
    """The share of `box` that lies in `outer`, 0…1."""
    part = shared(box, outer)
    area = box.width * box.height
    return part.width * part.height / area if area else 0.0


def _cut(line: TextLine, told: TextLine) -> bool:
    """Whether the element is a piece of the OCR line: readers join neighbours, such as the cells of a row."""
    return _inside(told.box, line.box) >= MOSTLY or (
        _inside(line.box, told.box) > 0.1
        and abs(line.box.centre[1] - told.box.centre[1]) < 0.5 * min(line.box.height, told.box.height)
    )


def _alike(read: str, told: str) -> bool:
    """Whether `read` is a reading of `told`, or of a part of it; blanks and letter case do not count."""
    one, other = _bare(read), _bare(told)
    if not one or not other:
        return False
    if one in other or (
        len(one) <= 2 and len(other) <= 4
    ):  # too short to compare: the tree has the word there
        return True
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _told_together(line: TextLine, pieces: Sequence[TextLine]) -> bool:
    """Whether several elements side by side tell all of the OCR line."""
    if len(pieces) < 2:
        return False
    ordered = sorted(pieces, key=lambda piece: piece.box.x)
    return _alike(line.text, "".join(piece.text for piece in ordered))


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
