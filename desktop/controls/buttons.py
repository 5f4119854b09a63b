# ruff: noqa: TID253 - loaded by desktop.app only
"""What is pressed or switched: buttons, a switch, segments of which one is chosen, and a list that opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from desktop import look_and_feel
from desktop.look_and_feel import Palette

RADIUS = 8.0
SLIDE_MS = 130
BY_KEYS = frozenset({
    Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason,
})  # fmt: skip


class Ringed:
    """Remembers whether the focus came by the keyboard: then a ring shows where it is."""

    ringed = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ringed = event.reason() in BY_KEYS
        super().focusInEvent(event)  # type: ignore[misc]
        self.update()  # type: ignore[attr-defined]

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.ringed = False
        super().focusOutEvent(event)  # type: ignore[misc]
        self.update()  # type: ignore[attr-defined]


def draw_ring(painter: QPainter, area: QRectF, radius: float, colours: Palette) -> None:
    """Around `area`, just inside the widget's edge."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(colours.accent), 2))
    painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius, radius)


def blend(one: str, other: str, part: float) -> QColor:
    """`part` of the way from one colour to another."""
    a, b = QColor(one), QColor(other)
    mix = [round(x + (y - x) * part) for x, y in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True)]
    return QColor(*mix)


def line_height(size: float) -> int:
    """Of one line of text, so that controls grow with the chosen text size."""
    return QFontMetrics(look_and_feel.font(size)).height()


class Button(Ringed, QPushButton):
    """`kind`: plain, filled (the one thing to do here), bare (like a link) or alarm (what cannot be undone)."""

    def __init__(self, text: str, colours: Palette, kind: str = "plain") -> None:
        super().__init__(text)
        self._colours, self._kind = colours, kind
        weight = look_and_feel.QFont.Weight.Medium if kind == "filled" else look_and_feel.QFont.Weight.Normal
        self.setFont(look_and_feel.font(14, weight))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)

    def sizeHint(self) -> QSize:
        room = 12 if self._kind == "bare" else 30
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + room
        return QSize(width if self._kind == "bare" else max(64, width), line_height(14) + 12)

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        fill, ink = self._inks()
        if fill is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(area, RADIUS, RADIUS)
        painter.setFont(self.font())
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.ringed:
            draw_ring(painter, QRectF(self.rect()), RADIUS, self._colours)
        painter.end()

    def _inks(self) -> tuple[QColor | None, QColor]:
        """Ground and letters as things are now."""
        c = self._colours
        ink = {"filled": c.card, "bare": c.accent, "alarm": c.alarm}.get(self._kind, c.text)
        if not self.isEnabled():
            return (None if self._kind == "bare" else blend(c.card, c.well, 0.45)), blend(
                c.card, c.quiet, 0.6
            )
        deeper = 0.14 if self.isDown() else 0.07 if self.underMouse() else 0.0
        if self._kind == "bare":
            return (QColor(c.raised) if deeper else None), QColor(ink)
        ground = c.accent if self._kind == "filled" else c.well
        return blend(ground, c.text, deeper), QColor(ink)


class Switch(Ringed, QCheckBox):
    """On or off, at once. Named by `setAccessibleName`; has no text of its own."""

    def __init__(self, colours: Palette) -> None:
        super().__init__()
        self._colours = colours
        self._at = 0.0
        self._slide = QVariantAnimation(self, duration=SLIDE_MS, easingCurve=QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._slid)
        self.toggled.connect(self._toggled)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(46, 30)

    def hitButton(self, position: object) -> bool:
        return self.rect().contains(position)

    def sizeHint(self) -> QSize:
        return QSize(46, 30)

    def _toggled(self, on: bool) -> None:
        end = 1.0 if on else 0.0
        if not self.isVisible():
            self._at = end
            return
        self._slide.stop()
        self._slide.setStartValue(self._at)
        self._slide.setEndValue(end)
        self._slide.start()

    def _slid(self, at: float) -> None:
        self._at = float(at)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(3, 4, 40, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        off = blend(self._colours.well, self._colours.quiet, 0.28)
        painter.setBrush(blend(off.name(), self._colours.accent, self._at))
        painter.setOpacity(1.0 if self.isEnabled() else 0.45)
        painter.drawRoundedRect(track, 11, 11)
        painter.setBrush(QColor("#ffffff"))
        painter.drawEllipse(QPointF(track.left() + 11 + 18 * self._at, track.center().y()), 8.5, 8.5)
        painter.setOpacity(1.0)
        if self.ringed:
            draw_ring(painter, QRectF(self.rect()), 14, self._colours)
        painter.end()


class _Segment(Ringed, QRadioButton):
    def __init__(self, text: str, colours: Palette) -> None:
        super().__init__(text)
        self._colours = colours
        self.setFont(look_and_feel.font(13.5))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def hitButton(self, position: object) -> bool:
        return self.rect().contains(position)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(max(52, width + 26), line_height(13.5) + 10)

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = self._colours
        area = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(0, 0, 0, 26))
            painter.drawRoundedRect(area.translated(0, 1), RADIUS - 2, RADIUS - 2)
            painter.setBrush(QColor(c.card) if c.card == "#ffffff" else blend(c.well, c.quiet, 0.4))
            painter.drawRoundedRect(area, RADIUS - 2, RADIUS - 2)
        painter.setFont(self.font())
        lit = self.isChecked() or self.underMouse()
        painter.setPen(QColor(c.text) if lit else blend(c.quiet, c.text, 0.3))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.ringed:
            draw_ring(painter, QRectF(self.rect()), RADIUS - 1, c)
        painter.end()


class Segments(QWidget):
    """A few words side by side, one of them chosen. `picked` has its value."""

    picked = Signal(object)

    def __init__(self, choices: Sequence[tuple[Any, str]], value: object, colours: Palette) -> None:
        super().__init__()
        self._colours = colours
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self.buttons: dict[Any, QRadioButton] = {}
        for one, text in choices:
            button = self.buttons[one] = _Segment(text, colours)
            button.setChecked(one == value)
            self._group.addButton(button)
            button.toggled.connect(lambda on, one=one: self.picked.emit(one) if on else None)
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        for button in self.buttons.values():
            button.setAccessibleName(f"{name}: {button.text()}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colours.well))
        painter.drawRoundedRect(QRectF(self.rect()), RADIUS + 1, RADIUS + 1)
        painter.end()


class Choice(Ringed, QComboBox):
    """One of several, in a list that opens. `picked` has its value; the wheel scrolls the page instead."""

    picked = Signal(object)

    def __init__(
        self, choices: Sequence[tuple[Any, str]], value: object, colours: Palette, width: int = 190
    ) -> None:
        super().__init__()
        self._colours, self._width = colours, width
        self.setFont(look_and_feel.font(14))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.offer(choices, value)
        self.activated.connect(lambda _row: self.picked.emit(self.currentData()))

    def offer(self, choices: Sequence[tuple[Any, str]], value: object) -> None:
        """Other choices; a value that is none of them is shown all the same, by its name."""
        self.blockSignals(True)
        self.clear()
        for one, text in choices:
            self.addItem(text, one)
        at = next((row for row, (one, _text) in enumerate(choices) if one == value), -1)
        if at < 0:
            self.addItem(str(value), value)
            at = self.count() - 1
        self.setCurrentIndex(at)
        self.blockSignals(False)

    def sizeHint(self) -> QSize:
        return QSize(round(self._width * look_and_feel.CHOSEN.text_size / 100), line_height(14) + 12)

    minimumSizeHint = sizeHint

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = self._colours
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(c.well, c.text, 0.07 if self.underMouse() and self.isEnabled() else 0.0))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        ink = c.text if self.isEnabled() else c.quiet
        painter.setFont(self.font())
        painter.setPen(QColor(ink))
        room = self.rect().adjusted(13, 0, -32, 0)
        text = QFontMetrics(self.font()).elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        arrow = look_and_feel.icon_pixmap("chevron-down", c.quiet, 14, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(self.width() - 25, (self.height() - 14) / 2), arrow)
        if self.ringed:
            draw_ring(painter, QRectF(self.rect()), RADIUS, c)
        painter.end()
