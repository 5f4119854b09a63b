"""What is kept of the last capture, so that only what changed on the screen is read again.

Held in memory only, one capture at a time. Pixels are compared exactly. Where nothing changed, the detector's map, the
cut lines and what they say stay as they are; a crop that only moved (a window, a scrolled page) keeps its reading.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np

from assistant.frames import Box, TextLine
from models.runtimes.screen_text_cutting import CutLine
from models.runtimes.screen_text_detector import Found, components
from models.runtimes.screen_text_recogniser import Reading

TILE = 64
"""pixels of the squares that are compared"""
NEAR = 8
"""pixels around a line that must be unchanged for its cut to be kept"""
REACH = 32
"""pixels around a change where the detector's map is made anew"""
START = 90_000
"""what starting the network for one more region costs, in pixels"""
MOST_REGIONS = 48
MOSTLY = 0.6
"""share of the frame beyond which it is read as a whole"""

Key = tuple[Box, Box]


@dataclass(frozen=True, eq=False)
class Capture:
    """The last frame that was read, and everything found out about it."""

    image: np.ndarray
    """(h, w, 3) uint8"""
    chance: np.ndarray
    """(h', w') float32, the detector's map; smaller than the image where that was scaled down"""
    cuts: dict[Key, tuple[CutLine, ...]] = field(default_factory=dict)
    """core and surroundings of what was found → the lines cut out of it"""
    readings: dict[bytes, Reading] = field(default_factory=dict)
    """digest of a crop → what it says"""
    lines: tuple[TextLine, ...] = ()
    """in reading order"""


class Changes:
    """Where a frame differs from the last one. `tiles` is a bool grid of TILE squares."""

    def __init__(self, tiles: np.ndarray, size: tuple[int, int]) -> None:
        self.tiles, self.size = tiles, size

    @property
    def none(self) -> bool:
        return not bool(self.tiles.any())

    def touch(self, box: Box) -> bool:
        """Whether a changed tile is within NEAR pixels of the box."""
        top, bottom = max(0, box.y - NEAR) // TILE, (box.bottom + NEAR) // TILE + 1
        left, right = max(0, box.x - NEAR) // TILE, (box.right + NEAR) // TILE + 1
        return bool(self.tiles[top:bottom, left:right].any())

    def regions(self) -> list[Box] | None:
        """The rectangles to look at again, REACH around the changes; None when nearly everything changed."""
        width, height = self.size
        boxes = [
            grown(Box(left * TILE, top * TILE, (right - left) * TILE, (bottom - top) * TILE), REACH).clipped(
                width, height
            )
            for left, top, right, bottom in components(self.tiles)
        ]
        if len(boxes) > MOST_REGIONS:
            return None
        boxes = merged(boxes)
        whole = sum(box.width * box.height for box in boxes)
        return None if whole > MOSTLY * width * height else boxes


def changes(before: np.ndarray, now: np.ndarray) -> Changes:
    """Compare two (h, w, 3) uint8 frames of one size."""
    height, width = now.shape[:2]
    tiles = np.zeros((-(-height // TILE), -(-width // TILE)), dtype=bool)
    starts = np.arange(0, width, TILE)
    for row, top in enumerate(range(0, height, TILE)):
        old, new = before[top : top + TILE], now[top : top + TILE]
        if not np.array_equal(old, new):
            columns = (old != new).any(axis=(0, 2))
            tiles[row] = np.logical_or.reduceat(columns, starts)
    return Changes(tiles, (width, height))


def grown(box: Box, by: int) -> Box:
    return Box(box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by)


def merged(boxes: list[Box]) -> list[Box]:
    """Rectangles put together where one costs less than two."""
    boxes = list(boxes)
    pair: tuple[int, int] | None = (0, 0)
    while pair is not None:
        pair = None
        for one in range(len(boxes)):
            for other in range(one + 1, len(boxes)):
                both = Box.around([boxes[one], boxes[other]])
                parts = area(boxes[one]) + area(boxes[other])
                if area(both) <= parts + START:
                    pair = one, other
        if pair is not None:
            both = Box.around([boxes[pair[0]], boxes[pair[1]]])
            boxes = [box for number, box in enumerate(boxes) if number not in pair] + [both]
    return boxes


def area(box: Box) -> int:
    return box.width * box.height


def key_of(found: Found) -> Key:
    return found.core, found.around


def digest(crop: np.ndarray) -> bytes:
    """Of a crop's size and pixels."""
    mark = hashlib.blake2b(repr(crop.shape).encode(), digest_size=16)
    mark.update(np.ascontiguousarray(crop))
    return mark.digest()
