"""Pictures and the text read from them: values that import nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np


class Box(NamedTuple):
    """A rectangle in image pixels, origin at the top left."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def clipped(self, width: int, height: int) -> Box:
        """The part of the box inside a width × height image (may be empty)."""
        x, y = min(max(self.x, 0), width), min(max(self.y, 0), height)
        return Box(x, y, max(0, min(self.right, width) - x), max(0, min(self.bottom, height) - y))

    def iou(self, other: Box) -> float:
        """Intersection over union, 0…1."""
        across = min(self.right, other.right) - max(self.x, other.x)
        down = min(self.bottom, other.bottom) - max(self.y, other.y)
        if across <= 0 or down <= 0:
            return 0.0
        shared = across * down
        return shared / (self.width * self.height + other.width * other.height - shared)

    @classmethod
    def around(cls, boxes: list[Box]) -> Box:
        """The smallest box that holds all of `boxes` (at least one)."""
        x, y = min(b.x for b in boxes), min(b.y for b in boxes)
        return cls(x, y, max(b.right for b in boxes) - x, max(b.bottom for b in boxes) - y)


@dataclass(frozen=True, eq=False)
class Frame:
    """One frozen picture: a screen, a window, a region, a camera frame or an image file."""

    image: np.ndarray
    """(height, width, 3) uint8 RGB, C-contiguous; never written to."""
    source: str = "image"
    """image, screen, window, region, camera or video"""
    title: str = ""
    """title of the captured window, when the system told it"""

    @property
    def width(self) -> int:
        return int(self.image.shape[1])

    @property
    def height(self) -> int:
        return int(self.image.shape[0])


@dataclass(frozen=True)
class TextLine:
    """One line of text on the screen, as the reader or the accessibility tree gave it."""

    text: str
    box: Box
    score: float = 1.0
    """how likely the text is right, 0…1"""
    role: str | None = None
    """what the line is (button, check box, tab, cell …), where it is known"""
    state: str | None = None
    """checked, unchecked, selected, disabled, focused …, where it is known"""
    ink: str | None = None
    """colour name of the letters (see colours.py)"""
    paper: str | None = None
    """colour name of what is behind the letters"""


@dataclass(frozen=True)
class ScreenText:
    """All lines of a frame in reading order: rows from the top, inside a row from the left."""

    lines: tuple[TextLine, ...] = ()
    milliseconds: float = 0.0
    source: str = "ocr"
    """ocr, accessibility, merged or none"""


@dataclass(frozen=True, eq=False)
class Speech:
    """Recorded speech: mono float32 samples in −1…1."""

    samples: np.ndarray
    rate: int = 16_000

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate


@dataclass(frozen=True)
class Transcript:
    """What was heard."""

    text: str
    segments: tuple[Segment, ...] = ()
    milliseconds: float = 0.0


@dataclass(frozen=True)
class Segment:
    """A stretch of speech, in seconds from the start of the recording."""

    start: float
    end: float
    text: str
    confidence: float = field(default=1.0)
