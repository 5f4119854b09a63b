# ruff: noqa: TID253 - loaded by desktop.app only
"""Outlines of cited lines on the real screen: click-through, on the right monitor at any scale, fading away.

Each outline is a small window of its own, cut to a ring where there is no compositor. Wayland lets no program place a
window, so there the card's picture has to do.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QWidget

from assistant.frames import Box, Frame
from desktop.look_and_feel import palette
from desktop.overlay.surface import is_composited

MOST = 8
ROOM = 6
"""logical pixels between a line and its outline"""
THICK = 3
SHOWN_MS = 6_000
FADE_MS = 600


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

    def __init__(self, box: Box, composited: bool) -> None:
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.Tool
        flags |= Qt.WindowType.WindowDoesNotAcceptFocus | Qt.WindowType.WindowTransparentForInput
        flags |= Qt.WindowType.NoDropShadowWindowHint
        if QGuiApplication.platformName() == "xcb":
            flags |= (
                Qt.WindowType.X11BypassWindowManagerHint
            )  # else the window manager's frame eats the clicks
        super().__init__(None, flags)
        self.box = box
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
    """Shows outlines of boxes of a frame, if that frame says where on the desktop it was."""

    def __init__(self, composited: bool | None = None, shown_ms: int = SHOWN_MS) -> None:
        self._composited = is_composited() if composited is None else composited
        self._timer = QTimer(singleShot=True, interval=shown_ms)
        self._timer.timeout.connect(self.fade)
        self._fades: list[QPropertyAnimation] = []
        self.outlines: list[Outline] = []

    def point(self, frame: Frame, box: Box) -> Box | None:
        """Outline a box of the frame; returns where, in logical pixels, or None where that cannot be known."""
        place = where(frame, box)
        if place is None or len(self.outlines) >= MOST:
            return None
        outline = Outline(place, self._composited)
        outline.show()
        self.outlines.append(outline)
        self._timer.start()
        return place

    def fade(self) -> None:
        """Away in half a second; at once where the system has no transparency."""
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
        fades, self._fades = self._fades, []
        for fading in fades:
            fading.stop()
        for outline in self.outlines:
            outline.hide()
            outline.deleteLater()
        self.outlines = []


def where(frame: Frame, box: Box) -> Box | None:
    """Where a box of the frame is on the desktop, in logical pixels."""
    from desktop.capture.values import ScreenFrame

    if not isinstance(frame, ScreenFrame) or QGuiApplication.platformName().startswith("wayland"):
        return None
    return to_logical(frame.on_desktop(box), screens_now())
