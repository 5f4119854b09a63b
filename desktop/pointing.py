# ruff: noqa: TID253 - loaded by desktop.app only
"""Outlines of cited lines on the real screen: click-through, on the right monitor at any scale, fading away.

Each outline is a small window of its own, cut to a ring where there is no compositor. Wayland lets no program place a
window, so there the card's picture has to do.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from assistant.frames import Box, Frame
from desktop.look_and_feel import palette
from desktop.overlay.surface import is_composited

MOST = 8
SEEING = ("xcb", "windows", "cocoa")
"""Qt's platforms on which a program may look at the screen"""
ROOM = 6
"""logical pixels between a line and its outline"""
THICK = 3
SHOWN_MS = 6_000
FADE_MS = 600
LOOK_MS = 250
"""how often the screen under the outlines is compared with the frame"""
STRONG = 48
"""difference of a pixel, of 255: our own wash changes it by at most 26, a button under the pointer by about as much"""
CHANGED = 0.06
"""share of such pixels in an outline from which something else stands there; a caret has a hundredth"""


@dataclass(frozen=True)
class ScreenShape:
    """A monitor as Qt tells it: the corner as the system has it, the size in logical pixels, and their ratio."""

    x: int
    y: int
    width: int
    height: int
    ratio: float

    @property
    def native(self) -> Box:
        """In the system's own pixels. Qt keeps a screen's corner unscaled."""
        return Box(self.x, self.y, round(self.width * self.ratio), round(self.height * self.ratio))


def to_logical(box: Box, screens: Sequence[ScreenShape]) -> Box | None:
    """A box of the desktop in Qt's coordinates; None where it is on no monitor."""

    def shared_area(screen: ScreenShape) -> int:
        native = screen.native
        across = min(native.right, box.right) - max(native.x, box.x)
        down = min(native.bottom, box.bottom) - max(native.y, box.y)
        return max(0, across) * max(0, down)

    screen = max(screens, key=shared_area, default=None)
    if screen is None or not shared_area(screen):
        return None
    x, y = screen.x + (box.x - screen.x) / screen.ratio, screen.y + (box.y - screen.y) / screen.ratio
    return Box(round(x), round(y), round(box.width / screen.ratio), round(box.height / screen.ratio))


def to_native(box: Box, screens: Sequence[ScreenShape]) -> Box | None:
    """The other way round: a box in Qt's coordinates in the system's own pixels; None where it is on no monitor."""

    def shared_area(screen: ScreenShape) -> int:
        across = min(screen.x + screen.width, box.right) - max(screen.x, box.x)
        down = min(screen.y + screen.height, box.bottom) - max(screen.y, box.y)
        return max(0, across) * max(0, down)

    screen = max(screens, key=shared_area, default=None)
    if screen is None or not shared_area(screen):
        return None
    x, y = screen.x + (box.x - screen.x) * screen.ratio, screen.y + (box.y - screen.y) * screen.ratio
    return Box(round(x), round(y), round(box.width * screen.ratio), round(box.height * screen.ratio))


def screens_now() -> list[ScreenShape]:
    """On macOS the desktop is measured in points, as Qt's coordinates are: every ratio is 1 there."""
    shapes = []
    for screen in QGuiApplication.screens():
        area = screen.geometry()
        ratio = 1.0 if sys.platform == "darwin" else screen.devicePixelRatio()
        shapes.append(ScreenShape(area.x(), area.y(), area.width(), area.height(), ratio))
    return shapes


class Outline(QWidget):
    """One ring around `box`, in logical pixels of the desktop."""

    def __init__(self, box: Box, composited: bool, was: np.ndarray | None = None) -> None:
        """`was`: (h, w, 3) uint8 RGB, what stood there in the frame."""
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.Tool
        flags |= Qt.WindowType.WindowDoesNotAcceptFocus | Qt.WindowType.WindowTransparentForInput
        flags |= Qt.WindowType.NoDropShadowWindowHint
        if QGuiApplication.platformName() == "xcb":
            flags |= (
                Qt.WindowType.X11BypassWindowManagerHint
            )  # else the window manager's frame eats the clicks
        super().__init__(None, flags)
        self.box, self.was = box, was
        self._composited = composited
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, composited)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        room = ROOM + THICK
        self.setGeometry(
            QRect(box.x - room, box.y - room, max(1, box.width) + 2 * room, max(1, box.height) + 2 * room)
        )
        if not composited:
            inner = self.rect().adjusted(THICK, THICK, -THICK, -THICK)
            self.setMask(QRegion(self.rect()) - QRegion(inner))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        accent = QColor(palette().accent)
        if not self._composited:
            painter.fillRect(self.rect(), accent)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            wash = QColor(accent)
            wash.setAlpha(26)
            painter.setBrush(wash)
            painter.setPen(QPen(accent, THICK))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), 7, 7)
        painter.end()


class Pointing:
    """Shows outlines of boxes of a frame, if that frame says where on the desktop it was.

    They go after a while, and as soon as something else stands under one of them. `look` gives the pixels of a box of
    the desktop (logical pixels), None where it cannot; `covers` says that a window of ours lies there.
    """

    def __init__(
        self,
        composited: bool | None = None,
        shown_ms: int = SHOWN_MS,
        look: Callable[[Box], np.ndarray | None] | None = None,
        covers: Callable[[Box], bool] = lambda box: False,
    ) -> None:
        self._composited = is_composited() if composited is None else composited
        self._look, self._covers = look or pixels_at, covers
        self._timer = QTimer(singleShot=True, interval=shown_ms)
        self._timer.timeout.connect(self.fade)
        self._looks = QTimer(interval=LOOK_MS)
        self._looks.timeout.connect(self._look_again)
        self._fades: list[QPropertyAnimation] = []
        self.outlines: list[Outline] = []

    def point(self, frame: Frame, box: Box) -> Box | None:
        """Outline a box of the frame; returns where, in logical pixels, or None where that cannot be known."""
        place = where(frame, box)
        if place is None or len(self.outlines) >= MOST:
            return None
        seen = box.clipped(frame.width, frame.height)
        was = frame.image[seen.y : seen.bottom, seen.x : seen.right].copy()
        outline = Outline(place, self._composited, was)
        outline.show()
        self.outlines.append(outline)
        self._timer.start()
        self._looks.start()
        return place

    def _look_again(self) -> None:
        for outline in self.outlines:
            now = None if self._covers(outline.box) else self._look(outline.box)
            if now is not None and outline.was is not None and is_other(outline.was, now):
                self.fade()
                return

    def fade(self) -> None:
        """Away in half a second; at once where the system has no transparency."""
        self._looks.stop()
        if not self._composited:
            self.clear()
            return
        self._fades = []
        for outline in self.outlines:
            fading = QPropertyAnimation(outline, b"windowOpacity", duration=FADE_MS)
            fading.setStartValue(1.0)
            fading.setEndValue(0.0)
            fading.setEasingCurve(QEasingCurve.Type.InOutQuad)
            self._fades.append(fading)
            fading.start()
        if self._fades:
            self._fades[-1].finished.connect(self.clear)

    def clear(self) -> None:
        self._timer.stop()
        self._looks.stop()
        fades, self._fades = self._fades, []
        for fading in fades:
            fading.stop()
        for outline in self.outlines:
            outline.hide()
            outline.deleteLater()
        self.outlines = []


def is_other(was: np.ndarray, now: np.ndarray) -> bool:
    """Whether two pictures of a place, (h, w, 3) uint8, show different things. Rounding may make one a little larger."""
    height, width = min(was.shape[0], now.shape[0]), min(was.shape[1], now.shape[1])
    if max(was.shape[0], now.shape[0]) > height + 3 or max(was.shape[1], now.shape[1]) > width + 3:
        return False  # another resolution: nothing can be said
    difference = np.abs(was[:height, :width].astype(np.int16) - now[:height, :width])
    return float((difference.max(axis=2) > STRONG).mean()) > CHANGED


def pixels_at(box: Box) -> np.ndarray | None:
    """(h, w, 3) uint8 RGB of a box of the desktop in logical pixels, in device pixels; None where Qt cannot see it."""
    screen = QGuiApplication.screenAt(QPoint(box.x + box.width // 2, box.y + box.height // 2))
    if screen is None or QGuiApplication.platformName() not in SEEING:
        return None
    corner = screen.geometry().topLeft()
    seen = screen.grabWindow(0, box.x - corner.x(), box.y - corner.y(), box.width, box.height).toImage()
    if seen.isNull():
        return None
    seen = seen.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(seen.constBits(), np.uint8).reshape(seen.height(), seen.bytesPerLine())
    return rows[:, : 3 * seen.width()].reshape(seen.height(), seen.width(), 3).copy()


def where(frame: Frame, box: Box) -> Box | None:
    """Where a box of the frame is on the desktop, in logical pixels."""
    from desktop.capture.values import ScreenFrame

    if not isinstance(frame, ScreenFrame) or QGuiApplication.platformName().startswith("wayland"):
        return None
    return to_logical(frame.on_desktop(box), screens_now())
