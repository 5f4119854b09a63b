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
    readings_of: dict[int, list[TextLine]] = {}
    left: list[TextLine] = []
    for line in ocr.lines:
        under = [
            n
            for n, told in enumerate(tree.lines)
            if _inside(line.box, told.box) >= MOSTLY or _cut(line, told)
        ]
        readings = [n for n in under if _alike(line.text, tree.lines[n].text)]
        for number in readings:
            readings_of.setdefault(number, []).append(line)
        if not readings and not _told_together(line, [tree.lines[n] for n in under]):
            left.append(line)
    told = [piece for n, line in enumerate(tree.lines) for piece in _as_shown(line, readings_of.get(n, []))]
    lines = tuple(in_reading_order([*told, *left]))
    return ScreenText(lines, max(ocr.milliseconds, tree.milliseconds), "merged")


def _as_shown(told: TextLine, readings: Sequence[TextLine]) -> list[TextLine]:
    """The element with the colours OCR saw; text of several lines cut where the screen breaks it."""
    if not readings:
        return [told]
    rows = in_reading_order(readings)
    if len(rows) > 1 and told.box.height > 1.7 * max(row.box.height for row in rows):
        pieces = _broken(told.text, [row.text for row in rows])
        if pieces is not None:
            return [
                replace(told, text=piece, box=row.box, ink=row.ink, paper=row.paper)
                for piece, row in zip(pieces, rows, strict=True)
            ]
    ink, paper = told.ink or rows[0].ink, told.paper or rows[0].paper
    return [replace(told, ink=ink, paper=paper)]


def _broken(text: str, rows: Sequence[str]) -> list[str] | None:
    """`text` cut between words so that each piece is most like its row; None when some row is like nothing there."""
    words = text.split()
    pieces: list[str] = []
    for row in rows[:-1]:
        cuts = range(1, len(words) - (len(rows) - len(pieces)) + 2)
        best = max(cuts, key=lambda cut: _likeness(row, " ".join(words[:cut])), default=0)
        if not best:
            return None
        pieces.append(" ".join(words[:best]))
        words = words[best:]
    pieces.append(" ".join(words))
    alike = all(_likeness(row, piece) >= ALIKE for row, piece in zip(rows, pieces, strict=True))
    return pieces if alike else None


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, _bare(one), _bare(other), autojunk=False).ratio()


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
    too_short = (
        len(one) <= 2 and len(other) <= 4
    )  # «삭세» for «삭제»: the tree has a word there, that is enough
    if one in other or too_short:
        return True
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if len(other) > 1.5 * len(one):  # a part of a longer text: compared with the stretch it fits best
        best = matcher.find_longest_match()
        start = max(0, best.b - best.a)
        matcher.set_seq2(other[start : start + len(one) + 1])
    return matcher.ratio() >= ALIKE


def _told_together(line: TextLine, pieces: Sequence[TextLine]) -> bool:
    """Whether several elements side by side tell all of the OCR line."""
    if len(pieces) < 2:
        return False
    ordered = sorted(pieces, key=lambda piece: piece.box.x)
    return _alike(line.text, "".join(piece.text for piece in ordered))


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
