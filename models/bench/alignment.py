"""Compares read text with true text: errors counted where the two fit best, gathered by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from assistant.frames import Box

EDGE = 4
"""pixels by which boxes of trees and of readers may differ"""
HEIGHTS = (0, 8, 10, 12, 14, 17, 21, 1000)
"""edges of the buckets by height of the ink, in pixels; Hangul's ink is about 0.9 em high, digits' 0.7"""
UNREAD = "nothing read"


@dataclass(frozen=True)
class Piece:
    """A text that was read in one place: a line, or a word where the reader says where each word stands."""

    text: str
    box: Box
    score: float = 1.0


@dataclass
class Tally:
    """Errors over a group of lines."""

    lines: int = 0
    characters: int = 0
    wrong: int = 0
    wrong_without_blanks: int = 0
    exact: int = 0
    """lines whose every character was found in order"""
    missed: int = 0
    """lines in whose box nothing was read"""

    def add(self, said: str, read: str) -> int:
        """Counts one line; returns how many of its characters are wrong (at most all)."""
        wrong = edits_within(said, read)
        bare = edits_within(said.replace(" ", ""), read.replace(" ", ""))
        self.lines += 1
        self.characters += len(said)
        self.wrong += wrong
        self.wrong_without_blanks += bare
        self.exact += wrong == 0
        self.missed += not read
        return wrong

    def figures(self) -> dict[str, float]:
        """The tally as shares, for JSON."""
        return {
            "lines": self.lines,
            "characters": self.characters,
            "cer": self.wrong / max(1, self.characters),
            "cer_without_blanks": self.wrong_without_blanks / max(1, self.characters),
            "exact": self.exact / max(1, self.lines),
            "nothing_read": self.missed,
        }


@dataclass
class Compared:
    """One reader against the truth: all lines, clean interface text, and by height of the letters."""

    everything: Tally = field(default_factory=Tally)
    clean: Tally = field(default_factory=Tally)
    by_height: dict[str, Tally] = field(default_factory=dict)
    by_screen: dict[str, Tally] = field(default_factory=dict)

    def add(self, screen: str, height: str, clean: bool, said: str, read: str) -> int:
        """Count one true line of `screen` against what was read in its place; returns how many characters are wrong."""
        wrong = self.everything.add(said, read)
        self.by_height.setdefault(height, Tally()).add(said, read)
        self.by_screen.setdefault(screen, Tally()).add(said, read)
        if clean:
            self.clean.add(said, read)
        return wrong

    def figures(self) -> dict[str, object]:
        return {
            "all": self.everything.figures(),
            "clean": self.clean.figures(),
            "by_height": {name: tally.figures() for name, tally in self.by_height.items()},
            "by_screen": {name: tally.figures() for name, tally in self.by_screen.items()},
        }


def edits_within(said: str, read: str) -> int:
    """Fewest edits that turn `said` into some stretch of `read`: text around it costs nothing. At most len(said)."""
    if said in read:
        return 0
    letters = np.array([ord(c) for c in read], dtype=np.int64)
    row = np.zeros(len(read) + 1, dtype=np.int64)
    steps = np.arange(len(read) + 1)
    for number, character in enumerate(said, start=1):
        changed = row[:-1] + (letters != ord(character))
        best = np.concatenate([[number], np.minimum(changed, row[1:] + 1)])
        row = (
            np.minimum.accumulate(best - steps) + steps
        )  # characters of `read` that `said` lacks run along the row
    return int(min(row.min(), len(said)))


def read_inside(pieces: Sequence[Piece], box: Box) -> str:
    """What was read inside `box`, in the reader's order: pieces whose middle lies in it or that reach far into it."""
    return " ".join(piece.text for piece in pieces if belongs(piece.box, box))


def belongs(piece: Box, box: Box) -> bool:
    x, y = piece.centre
    if box.x - EDGE <= x <= box.right + EDGE and box.y - EDGE <= y <= box.bottom + EDGE:
        return True
    across = min(piece.right, box.right) - max(piece.x, box.x)
    down = min(piece.bottom, box.bottom) - max(piece.y, box.y)
    return across > 0.4 * min(piece.width, box.width) and down > 0.5 * min(piece.height, box.height)


def bucket_of(height: float, edges: Sequence[float] = HEIGHTS) -> str:
    """The name of the bucket that holds `height`: "9-11"."""
    low, high = next((low, high) for low, high in pairwise(edges) if low <= height < high)
    return f"{low}-{high}" if high < edges[-1] else f"{low}+"


def height_bucket(pieces: Sequence[Piece], box: Box) -> str:
    """The bucket of a true line: by the height of the ink of the piece that shares most with its box."""
    shared = {piece.box: overlap(piece.box, box) for piece in pieces if belongs(piece.box, box)}
    if not shared:
        return UNREAD
    nearest = max(shared, key=lambda one: shared[one])
    return bucket_of(nearest.height - 2)  # readers leave a pixel of room on each side


def overlap(one: Box, other: Box) -> int:
    """Pixels that two boxes share."""
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return max(0, across) * max(0, down)
