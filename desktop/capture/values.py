"""Monitors, windows and frozen frames: values that know nothing of how they were obtained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from assistant.frames import Box, Frame


@dataclass(frozen=True)
class Monitor:
    """`box` is in desktop coordinates: device pixels on Windows and X11 (may be negative), points on macOS."""

    number: int
    """from 1, in the system's order"""
    box: Box
    name: str = ""
    primary: bool = False


@dataclass(frozen=True)
class Window:
    """Another program's window on the desktop, frame included and shadow left out; `box` as in `Monitor`."""

    title: str
    program: str
    box: Box
    process: int
    handle: int
    protected: bool = False
    """whether the system keeps its pixels from captures"""
    inside: Box | None = None
    """the area the program itself draws (X11: without the window manager's frame, with a GTK shadow)"""


@dataclass(frozen=True, eq=False)
class ScreenFrame(Frame):
    """A frame that knows where on the desktop it was."""

    place: Box = field(default=Box(0, 0, 0, 0))
    """what was captured, in desktop coordinates"""
    monitor: Monitor | None = None
    """the monitor that holds most of it; None where the system does not tell (Wayland)"""
    program: str = ""
    """the captured window's program, such as firefox or KeePassXC.exe"""
    taken_at: float = 0.0
    """`time.monotonic()` of the capture"""
    covered: int = 0
    """how many excluded windows were painted over"""

    @property
    def scale(self) -> float:
        """Image pixels per desktop unit: 1 on Windows and X11, 2 on a Retina screen."""
        return self.width / self.place.width if self.place.width else 1.0

    def on_desktop(self, box: Box) -> Box:
        """Where a box of the image is on the desktop, for pointing at it."""
        scale = self.scale
        x, y = self.place.x + box.x / scale, self.place.y + box.y / scale
        return Box(round(x), round(y), round(box.width / scale), round(box.height / scale))

    def on_image(self, box: Box) -> Box:
        """Where a box of the desktop is on the image, clipped to it (may be empty)."""
        scale = self.scale
        x, y = (box.x - self.place.x) * scale, (box.y - self.place.y) * scale
        there = Box(round(x), round(y), round(box.width * scale), round(box.height * scale))
        return there.clipped(self.width, self.height)


class Pixels(Protocol):
    """Copies pixels off the desktop."""

    def monitors(self) -> tuple[Box, list[Monitor]]:
        """The whole desktop and its monitors, as they are now."""
        ...

    def grab(self, box: Box) -> np.ndarray:
        """(height, width, 3) uint8 RGB of a box inside the desktop. Errors: `DeviceFailed`."""
        ...


class Windows(Protocol):
    """Tells of other programs' windows. Errors: `DeviceFailed`."""

    def active(self) -> Window | None:
        """The window the person works in: the focused one, or the topmost when the focus is ours."""
        ...

    def stack(self) -> list[Window]:
        """All windows that are shown, topmost first, ours left out."""
        ...

    def pointer(self) -> tuple[int, int]:
        """Where the mouse pointer is, in desktop coordinates."""
        ...


def shared(one: Box, other: Box) -> Box:
    """What two boxes share; empty (zero width or height) where they do not meet."""
    x, y = max(one.x, other.x), max(one.y, other.y)
    return Box(x, y, max(0, min(one.right, other.right) - x), max(0, min(one.bottom, other.bottom) - y))


def topmost_at(stack: Sequence[Window], x: float, y: float) -> Window | None:
    """The window seen at a point of the desktop; `stack` is topmost first."""
    return next((w for w in stack if w.box.x <= x < w.box.right and w.box.y <= y < w.box.bottom), None)


def monitor_at(monitors: Sequence[Monitor], x: int, y: int) -> Monitor | None:
    """The monitor under a point; the nearest one where the point is in a gap between them."""

    def distance(monitor: Monitor) -> int:
        box = monitor.box
        return max(box.x - x, 0, x - box.right + 1) + max(box.y - y, 0, y - box.bottom + 1)

    return min(monitors, key=distance, default=None)


def monitor_of(monitors: Sequence[Monitor], box: Box) -> Monitor | None:
    """The monitor that holds most of `box`; None when it is on none."""

    def area(monitor: Monitor) -> int:
        part = shared(monitor.box, box)
        return part.width * part.height

    best = max(monitors, key=area, default=None)
    return best if best and area(best) else None
