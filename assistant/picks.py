"""One line of a shortlist, and how levels of likeness are told."""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = (0.30, 0.5, 0.7, 0.9)
"""likeness from which a fit counts as level 1, 2, 3, 4"""


@dataclass(frozen=True)
class Pick:
    """One line of a shortlist. Levels say how well words fit the question: 0 (not) … 4 (they stand in it)."""

    line: int
    """index among the lines given"""
    own: int = 0
    row: int = 0
    column: int = 0
    fit: bool = False
    """it is of the shape asked for: a time, a date, an amount, per cent …"""
    by: tuple[int, ...] = ()
    """lines that name it: on its row, above it"""
    extreme: str = ""
    """most or least, for the head of the row that holds a column's largest or smallest number; most for the tallest letters"""
    value: int | None = None
    """with a column's extreme: the index of the number's line"""
    span: tuple[int, int] | None = None
    """the part of the line's plain text that is meant, where it is not all of it"""
    label: str = ""
    """with a part: the words before it that name it"""


def level(likeness: float) -> int:
    """The level, 0 (not) … 4 (it stands there), of a likeness from 0 to 1."""
    return sum(likeness >= bound for bound in LEVELS)
