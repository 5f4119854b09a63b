# ruff: noqa: TID253 - loaded by desktop.app only
"""Choosing a part of the frozen desktop: one pane for each monitor, with a magnifier and the size in pixels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from assistant.frames import Box
from desktop import look_and_feel
from desktop.capture.values import ScreenFrame
from desktop.pointing import ScreenShape, screens_now
from desktop.words import shown

SMALLEST = 8
"""image pixels; less was a click, not a choice"""
GLASS = 120
ZOOM = 6


class RegionPane(QWidget):
    """One monitor's part of the frame. `chosen` has a box in image pixels."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, frame: ScreenFrame, shape: ScreenShape, language: str = "ko") -> None:
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint | Qt.WindowType.Tool
        if QGuiApplication.platformName() == "xcb":
            flags |= Qt.WindowType.BypassWindowManagerHint
        super().__init__(None, flags)
        self._frame, self._shape, self._language = frame, shape, language
        self._image = QImage(
            frame.image.data, frame.width, frame.height, 3 * frame.width, QImage.Format.Format_RGB888
        )
        self._start: QPoint | None = None
        self._at = QPoint(-1, -1)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setGeometry(QRect(shape.x, shape.y, shape.width, shape.height))

    @property
    def selection(self) -> Box:
        """In image pixels; empty while nothing is dragged."""
        if self._start is None:
            return Box(0, 0, 0, 0)
        return self._on_image(QRect(self._start, self._at).normalized())

    def _on_image(self, area: QRect) -> Box:
        ratio, shape = self._shape.ratio, self._shape
        there = Box(
            round(shape.x + area.x() * ratio), round(shape.y + area.y() * ratio),
            round(area.width() * ratio), round(area.height() * ratio),
        )  # fmt: skip
        return self._frame.on_image(there)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._start = self._at = event.position().toPoint()
        else:
            self.left.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._at = event.position().toPoint()
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._start is None:
            return
        self._at = event.position().toPoint()
        box, self._start = self.selection, None
        if min(box.width, box.height) >= SMALLEST:
            self.chosen.emit(box)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = self._on_image(self.rect())
        painter.drawImage(QRectF(self.rect()), self._image, QRectF(*whole))
        painter.fillRect(self.rect(), QColor(10, 12, 20, 110))
        if self._start is not None:
            self._paint_selection(painter)
        else:
            self._paint_label(painter, QPointF(self.width() / 2, 48), shown("region_hint", self._language))
        if self.rect().contains(self._at):
            self._paint_glass(painter)
        painter.end()

    def _paint_selection(self, painter: QPainter) -> None:
        area, box = QRect(self._start, self._at).normalized(), self.selection
        painter.drawImage(QRectF(area), self._image, QRectF(*box))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(look_and_feel.palette().accent), 2))
        painter.drawRect(area)
        at = QPointF(area.center().x(), area.bottom() + 22)
        self._paint_label(painter, at, f"{box.width} × {box.height}")

    def _paint_glass(self, painter: QPainter) -> None:
        """The pixels around the pointer, enlarged, beside it."""
        side = GLASS // ZOOM
        here = self._on_image(QRect(self._at, self._at))
        x = self._at.x() + 24 if self._at.x() + GLASS + 32 < self.width() else self._at.x() - GLASS - 24
        y = self._at.y() + 24 if self._at.y() + GLASS + 32 < self.height() else self._at.y() - GLASS - 24
        glass = QRectF(x, y, GLASS, GLASS)
        painter.save()
        painter.setClipPath(look_and_feel.rounded(glass, 14))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.fillRect(glass, QColor("#101218"))
        painter.drawImage(glass, self._image, QRectF(here.x - side / 2, here.y - side / 2, side, side))
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("#ffffff"), 2))
        painter.drawRoundedRect(glass, 14, 14)
        painter.setPen(QPen(QColor(look_and_feel.palette().accent), 1))
        painter.drawLine(QPointF(glass.center().x(), y + 6), QPointF(glass.center().x(), y + GLASS - 6))
        painter.drawLine(QPointF(x + 6, glass.center().y()), QPointF(x + GLASS - 6, glass.center().y()))

    def _paint_label(self, painter: QPainter, centre: QPointF, text: str) -> None:
        painter.setFont(look_and_feel.font(14))
        width = painter.fontMetrics().horizontalAdvance(text) + 28
        pill = QRectF(centre.x() - width / 2, centre.y() - 16, width, 32)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(20, 22, 30, 225))
        painter.drawRoundedRect(pill, 16, 16)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


class RegionChoice(QObject):
    """A pane on every monitor. `chosen` has the part as a frame of its own."""

    chosen = Signal(object)

    def __init__(self, language: str = "ko") -> None:
        super().__init__()
        self._language = language
        self.panes: list[RegionPane] = []

    def open(self, frame: ScreenFrame) -> None:
        self.close()
        for shape in screens_now():
            pane = RegionPane(frame, shape, self._language)
            pane.chosen.connect(lambda box: self._choose(frame, box))
            pane.left.connect(self.close)
            pane.show()
            pane.activateWindow()
            self.panes.append(pane)

    def close(self) -> None:
        for pane in self.panes:
            pane.hide()
            pane.deleteLater()
        self.panes = []

    def _choose(self, frame: ScreenFrame, box: Box) -> None:
        self.close()
        self.chosen.emit(cut(frame, box))


def cut(frame: ScreenFrame, box: Box) -> ScreenFrame:
    """The part of the frame inside `box` (image pixels), which still knows where on the desktop it is."""
    pixels = np.ascontiguousarray(frame.image[box.y : box.bottom, box.x : box.right])
    return replace(frame, image=pixels, source="region", place=frame.on_desktop(box))
