# ruff: noqa: TID253 - loaded by desktop.app only
"""The window under the overlay's parts: frameless, on top, rounded with a shadow where there is a compositor."""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from assistant.frames import Box
from desktop import look_and_feel
from desktop.overlay.placing import kept, place


class Surface(QWidget):
    """Draggable by its empty parts. `takes_focus` is for what is typed into; everything else leaves the focus."""

    drawn = Signal()

    def __init__(self, *, takes_focus: bool, composited: bool | None = None) -> None:
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.Tool
        flags |= Qt.WindowType.NoDropShadowWindowHint
        if not takes_focus:
            flags |= Qt.WindowType.WindowDoesNotAcceptFocus
        super().__init__(None, flags)
        self.composited = is_composited() if composited is None else composited
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, self.composited)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not takes_focus)
        self.colours = look_and_feel.palette()
        self.moved_to: QPoint | None = None
        """where the person left it"""
        self._grip: QPointF | None = None

    @property
    def shadow(self) -> int:
        """Logical pixels of transparent room on each side."""
        return look_and_feel.SHADOW if self.composited else 0

    def put(self, pointer: QPoint | None = None, avoid: tuple[Box, ...] = ()) -> None:
        """Near the pointer, or where the person left it; boxes in logical pixels of the desktop."""
        pointer = QCursor.pos() if pointer is None else pointer
        if self.moved_to is not None:
            pointer = self.moved_to
        screen = QGuiApplication.screenAt(pointer) or QGuiApplication.primaryScreen()
        free = screen.availableGeometry()
        area = Box(free.x(), free.y(), free.width(), free.height())
        size = self._card_size()
        spot = (pointer.x(), pointer.y())
        x, y = kept(size, spot, area) if self.moved_to is not None else place(size, spot, area, avoid)
        self.move(x - self.shadow, y - self.shadow)

    def keep_on_screen(self) -> None:
        """After growing: moved up where the lower edge left the screen."""
        corner = self.pos() + QPoint(self.shadow, self.shadow)
        screen = QGuiApplication.screenAt(corner) or QGuiApplication.primaryScreen()
        free = screen.availableGeometry()
        area = Box(free.x(), free.y(), free.width(), free.height())
        x, y = kept(self._card_size(), (corner.x(), corner.y()), area)
        self.move(x - self.shadow, y - self.shadow)

    def covers(self, box: Box) -> bool:
        """Whether the card lies over a box of the desktop (logical pixels)."""
        size, corner = self._card_size(), self.pos() + QPoint(self.shadow, self.shadow)
        return Box(corner.x(), corner.y(), *size).iou(box) > 0

    def _card_size(self) -> tuple[int, int]:
        return self.width() - 2 * self.shadow, self.height() - 2 * self.shadow

    def sizeHint(self) -> QSize:
        return self.layout().sizeHint() if self.layout() else super().sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look_and_feel.paint_card(painter, self.size(), self.colours, self.composited)
        painter.end()
        self.drawn.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.globalPosition() - QPointF(self.pos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self.move((event.globalPosition() - self._grip).toPoint())
            self.moved_to = self.pos() + QPoint(self.shadow, self.shadow)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grip = None


def is_composited() -> bool:
    """Whether transparency shows what is behind: everywhere but on an X server without a compositing manager."""
    if sys.platform in {"win32", "darwin"} or QGuiApplication.platformName() != "xcb":
        return True
    from Xlib import X, display
    from Xlib.error import DisplayError

    try:
        connection = display.Display(os.environ.get("DISPLAY"))
    except (DisplayError, OSError):
        return False
    try:
        owner = connection.get_selection_owner(connection.intern_atom("_NET_WM_CM_S0"))
        return owner != X.NONE
    finally:
        connection.close()
