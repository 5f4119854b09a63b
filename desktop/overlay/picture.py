# ruff: noqa: TID253 - loaded by desktop.app only
"""A small picture of what was seen. Once lines are cited it moves close to them and outlines them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from assistant.frames import Box, Frame
from desktop import look_and_feel

HEIGHT = 132
AROUND = 3.0
"""how many line heights of surroundings are shown with the cited lines"""


class SeenPicture(QWidget):
    def __init__(self, colours: look_and_feel.Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self._frame: Frame | None = None
        self._small: tuple[tuple[int, ...], QImage] | None = None
        """what is shown, with the part and size it was made for: every word of an answer paints the card anew"""
        self.cited: list[Box] = []
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_frame(self, frame: Frame) -> None:
        self._frame, self._small = frame, None
        self.clear_cited()

    def forget(self) -> None:
        """Nothing of the frame is held any more."""
        self._frame = self._small = None
        self.clear_cited()

    def cite(self, box: Box) -> None:
        self.cited.append(box)
        self.update()

    def clear_cited(self) -> None:
        self.cited = []
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(380, HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._frame is None:
            return
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.save()
        painter.setClipPath(look_and_feel.rounded(area, 10))
        part = shown_part(self._frame.width, self._frame.height, self.cited, area.width() / area.height())
        small = self._scaled(part, area)
        painter.drawImage(area, small, QRectF(small.rect()))
        painter.setPen(QPen(QColor(self._colours.accent), 2))
        for box in self.cited:
            painter.drawRoundedRect(_moved(box, part, area).adjusted(-3, -3, 3, 3), 4, 4)
        painter.restore()
        painter.setPen(QColor(self._colours.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area, 10, 10)
        painter.end()

    def _scaled(self, part: QRectF, area: QRectF) -> QImage:
        """The part at the screen's own resolution: Qt's smooth painting alone flickers when shrinking a lot."""
        ratio, cut = self.devicePixelRatioF(), part.toAlignedRect()
        wanted = QSize(round(area.width() * ratio), round(area.height() * ratio))
        made_for = (*cut.getRect(), *wanted.toTuple())
        if self._small is None or self._small[0] != made_for:
            high, wide = self._frame.image.shape[:2]
            whole = QImage(self._frame.image.data, wide, high, 3 * wide, QImage.Format.Format_RGB888)
            small = whole.copy(cut).scaled(
                wanted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            self._small = made_for, small
        return self._small[1]


def shown_part(width: int, height: int, cited: list[Box], aspect: float) -> QRectF:
    """The part of a width × height picture to show: all around the cited lines, else its upper middle.

    Has `aspect` (width over height) unless the picture is too small for it.
    """
    if cited:
        box = Box.around(cited)
        air = AROUND * sorted(one.height for one in cited)[len(cited) // 2]
        part = QRectF(box.x - 2 * air, box.y - air, box.width + 4 * air, box.height + 2 * air)
    else:
        part = QRectF(0, 0, width, min(height, width / aspect))
    centre = part.center()
    if part.width() < part.height() * aspect:
        part.setWidth(part.height() * aspect)
    else:
        part.setHeight(part.width() / aspect)
    shrink = min(1.0, width / part.width(), height / part.height())
    part.setSize(part.size() * shrink)
    part.moveCenter(centre)
    part.moveLeft(min(max(part.left(), 0.0), width - part.width()))
    part.moveTop(min(max(part.top(), 0.0), height - part.height()))
    return part


def _moved(box: Box, part: QRectF, area: QRectF) -> QRectF:
    across, down = area.width() / part.width(), area.height() / part.height()
    return QRectF(
        area.x() + (box.x - part.x()) * across, area.y() + (box.y - part.y()) * down,
        box.width * across, box.height * down,
    )  # fmt: skip
