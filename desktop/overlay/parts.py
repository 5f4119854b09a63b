# ruff: noqa: TID253 - loaded by desktop.app only
"""Small parts of the card: icon buttons, the dot that tells the state, the bars that show that somebody is heard."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QWidget

from desktop import look_and_feel
from desktop.look_and_feel import Palette

PULSE_MS = 40
BARS = 5


class IconButton(QToolButton):
    """An icon with a name for screen readers; round and quiet until the pointer is over it."""

    def __init__(self, name: str, label: str, colours: Palette, *, filled: bool = False) -> None:
        super().__init__()
        self._colours, self._filled = colours, filled
        self.draw(name)
        self.setToolTip(label)
        self.setAccessibleName(label)
        self.setFixedSize(32, 32)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def draw(self, name: str) -> None:
        self.icon_name = name
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self._filled:
            painter.setBrush(QColor(self._colours.accent if self.isEnabled() else self._colours.line))
            painter.drawEllipse(self.rect())
        elif self.underMouse() or self.hasFocus():
            painter.setBrush(QColor(self._colours.raised))
            painter.drawEllipse(self.rect())
        ink = self._colours.card if self._filled else self._colours.quiet
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(QPointF(7, 7), look_and_feel.icon_pixmap(self.icon_name, ink, 18, ratio))
        painter.end()


class StateDot(QWidget):
    """A dot that breathes while something is under way."""

    def __init__(self) -> None:
        super().__init__()
        self._colour, self._phase = QColor("#888888"), 0.0
        self._timer = QTimer(self, interval=PULSE_MS)
        self._timer.timeout.connect(self._breathe)
        self.setFixedSize(10, 10)

    def tell(self, colour: str, alive: bool) -> None:
        self._colour = QColor(colour)
        self._phase = 0.0
        if alive:
            self._timer.start()
        else:
            self._timer.stop()
        self.update()

    def _breathe(self) -> None:
        self._phase += 0.13
        self.update()

    def hideEvent(self, _event: object) -> None:
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = QColor(self._colour)
        colour.setAlphaF(0.72 + 0.28 * math.cos(self._phase))
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(1, 1, 8, 8))
        painter.end()


class LevelBars(QWidget):
    """How loud the person is, 0…1, as five bars; the last few levels move through them."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = QColor(colour)
        self._levels = [0.0] * BARS
        self.setFixedSize(34, 22)

    def hear(self, level: float) -> None:
        self._levels = [*self._levels[1:], level]
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        for number, level in enumerate(self._levels):
            height = 4 + 17 * max(0.0, min(1.0, level))
            painter.drawRoundedRect(QRectF(1 + 7 * number, (22 - height) / 2, 4, height), 2, 2)
        painter.end()


class Words(QLabel):
    """Plain text in one of our sizes and colours; `clicked` for those that do something."""

    clicked = Signal()

    def __init__(self, size: float, colour: str, *, wraps: bool = False, bold: bool = False) -> None:
        super().__init__()
        weight = look_and_feel.QFont.Weight.DemiBold if bold else look_and_feel.QFont.Weight.Normal
        self.setFont(look_and_feel.font(size, weight))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self.ink(colour)
        if wraps:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def ink(self, colour: str) -> None:
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.WindowText, QColor(colour))
        self.setPalette(colours)

    def act(self, name: str) -> None:
        """They do something: by a click, and with the keys of a button. `name` says what, to a screen reader too."""
        self.setToolTip(name)
        self.setAccessibleDescription(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._underline(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._underline(False)
        super().focusOutEvent(event)

    def _underline(self, on: bool) -> None:
        font = self.font()
        font.setUnderline(on)
        self.setFont(font)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()
        super().mouseReleaseEvent(event)


class OneLine(Words):
    """Cut with … at its width instead of making the card wider."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        cut = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, cut)
        painter.end()

    def minimumSizeHint(self) -> QSize:
        return QSize(20, super().minimumSizeHint().height())
