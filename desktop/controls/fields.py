# ruff: noqa: TID253 - loaded by desktop.app only
"""What is typed into, and what shows how far or how loud something is."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit, QProgressBar, QSizePolicy, QWidget

from desktop import look_and_feel
from desktop.controls.buttons import RADIUS, Ringed, draw_ring, line_height
from desktop.look_and_feel import Palette


class Field(Ringed, QLineEdit):
    """One line to type; with an icon at its left where one is named."""

    def __init__(self, placeholder: str, colours: Palette, icon: str = "", ground: str = "") -> None:
        super().__init__()
        self._colours, self._icon, self._ground = colours, icon, ground or colours.well
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setFont(look_and_feel.font(14))
        self.setFrame(False)
        inks = self.palette()
        inks.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        inks.setColor(QPalette.ColorRole.Text, QColor(colours.text))
        inks.setColor(QPalette.ColorRole.PlaceholderText, QColor(colours.quiet))
        inks.setColor(QPalette.ColorRole.Highlight, QColor(colours.accent))
        self.setPalette(inks)
        self.setStyleSheet("QLineEdit { background: transparent; border: none; padding: 0; }")
        self.setTextMargins(32 if icon else 11, 0, 11, 0)
        self.setFixedHeight(line_height(14) + 13)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        if self._icon:
            picture = look_and_feel.icon_pixmap(self._icon, self._colours.quiet, 16, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(10, (self.height() - 16) / 2), picture)
        if self.hasFocus():
            draw_ring(painter, QRectF(self.rect()), RADIUS, self._colours)
        painter.end()
        super().paintEvent(event)


class Bar(QProgressBar):
    """How far something is; thin and quiet."""

    def __init__(self, colours: Palette) -> None:
        super().__init__()
        self._colours = colours
        self.setRange(0, 1000)
        self.setTextVisible(False)
        self.setFixedHeight(8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.well))
        area = QRectF(0, 1, self.width(), 6)
        painter.drawRoundedRect(area, 3, 3)
        if self.value() > 0:
            painter.setBrush(QColor(self._colours.accent))
            painter.drawRoundedRect(
                QRectF(0, 1, max(6.0, self.width() * self.value() / self.maximum()), 6), 3, 3
            )
        painter.end()


class Meter(QWidget):
    """How loud it is, 0…1, as little bars from left to right; falls slowly, so that a word can be seen."""

    BARS = 20
    FALL = 0.06

    def __init__(self, colours: Palette) -> None:
        super().__init__()
        self._colours = colours
        self._level = 0.0
        self.setFixedSize(QSize(self.BARS * 9 - 4, 18))

    @property
    def level(self) -> float:
        return self._level

    def hear(self, level: float) -> None:
        self._level = max(min(1.0, level), self._level - self.FALL)
        self.update()

    def rest(self) -> None:
        self._level = 0.0
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for number in range(self.BARS):
            heard = self._level > (number + 0.5) / self.BARS
            loud = number >= self.BARS - 3
            painter.setBrush(
                QColor(
                    (self._colours.warm if loud else self._colours.accent) if heard else self._colours.well
                )
            )
            painter.drawRoundedRect(QRectF(9 * number, 2, 5, 14), 2.5, 2.5)
        painter.end()
