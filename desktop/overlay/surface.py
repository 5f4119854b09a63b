# ruff: noqa: TID253 - loaded by desktop.app only
"""The window under the overlay's parts: frameless, on top, rounded with a shadow where there is a compositor."""

from __future__ import annotations

import functools
import os
import sys
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from assistant.frames import Box
from desktop import look_and_feel
from desktop.overlay.placing import kept, place

GAP = 10
"""logical pixels between two cards"""


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

    def setVisible(self, visible: bool) -> None:
        if visible and not self.isVisible() and QGuiApplication.platformName() == "xcb":
            stay_out_of_task_bars(int(self.winId()))
        super().setVisible(visible)

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

    def put_beside(self, other: Surface) -> None:
        """Below another card, their middles one above the other; above it where there is no room."""
        screen = other.screen().availableGeometry()
        wide, high = self._card_size()
        x, y, width, height = (
            *(other.pos() + QPoint(other.shadow, other.shadow)).toTuple(),
            *other._card_size(),
        )
        top = y + height + GAP
        if top + high > screen.bottom():
            top = max(screen.top(), y - GAP - high)
        left = max(screen.left(), min(x + (width - wide) // 2, screen.right() - wide))
        self.move(left - self.shadow, top - self.shadow)

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


@functools.cache
def _x_server() -> Any:
    """A connection of our own, kept; None where there is none."""
    from Xlib import display
    from Xlib.error import DisplayError

    try:
        return display.Display(os.environ.get("DISPLAY"))
    except (DisplayError, OSError):
        return None


def stay_out_of_task_bars(window: int) -> None:
    """On X11, before each time it is shown: Qt keeps such states, the window manager forgets them when it goes."""
    from Xlib import Xatom

    server = _x_server()
    if server is None:
        return
    states = [server.intern_atom(f"_NET_WM_STATE_{name}") for name in ("SKIP_TASKBAR", "SKIP_PAGER")]
    state = server.intern_atom("_NET_WM_STATE")
    server.create_resource_object("window", window).change_property(state, Xatom.ATOM, 32, states)
    server.sync()


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
