# ruff: noqa: TID253 - loaded by desktop.own_windows only
"""The list of kept answers: a small picture, the question, the answer's beginning, and when it was."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop import look_and_feel
from desktop.controls.buttons import blend, draw_ring
from desktop.controls.text import named
from desktop.history import Kept
from desktop.look_and_feel import Palette
from desktop.words import shown

PICTURE = QSize(76, 48)
PADDING = 10
DAY = 86_400


class EntriesModel(QAbstractListModel):
    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self.entries: list[Kept] = []
        self._pictures: dict[int, QPixmap] = {}

    def show(self, entries: Sequence[Kept]) -> None:
        self.beginResetModel()
        self.entries = list(entries)
        numbers = {entry.number for entry in entries}
        self._pictures = {number: one for number, one in self._pictures.items() if number in numbers}
        self.endResetModel()

    def rowCount(self, _parent: QModelIndex | None = None) -> int:
        return len(self.entries)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(entry)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{entry.question} — {entry.answer} ({told_time(entry.at, self._language)})"
        return None

    def _picture(self, entry: Kept) -> QPixmap | None:
        if entry.picture is None:
            return None
        if entry.number not in self._pictures:
            made = QPixmap()
            made.loadFromData(entry.picture)
            self._pictures[entry.number] = made
        return self._pictures[entry.number]


class EntryPainter(QStyledItemDelegate):
    def __init__(self, colours: Palette, language: str) -> None:
        super().__init__()
        self._colours, self._language = colours, language
        self._bold = look_and_feel.font(14, QFont.Weight.DemiBold)
        self._small = look_and_feel.font(13)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        lines = QFontMetrics(self._bold).height() + QFontMetrics(self._small).height() + 4
        return QSize(200, max(PICTURE.height(), lines) + 2 * PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        c, entry = self._colours, index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(option.rect).adjusted(2, 1, -2, -1)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(blend(c.side, c.accent, 0.16) if chosen else blend(c.side, c.text, 0.05))
            painter.drawRoundedRect(area, 9, 9)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            draw_ring(painter, area, 9, c)
        frame = QRectF(
            area.left() + PADDING, area.center().y() - PICTURE.height() / 2, PICTURE.width(), PICTURE.height()
        )
        draw_picture(painter, frame, index.data(Qt.ItemDataRole.DecorationRole), c)
        self._words(painter, area.adjusted(2 * PADDING + PICTURE.width() + 2, 0, -PADDING, 0), entry)
        painter.restore()

    def _words(self, painter: QPainter, area: QRectF, entry: Kept) -> None:
        c = self._colours
        bold, small = QFontMetrics(self._bold), QFontMetrics(self._small)
        top = area.center().y() - (bold.height() + small.height() + 4) / 2
        when = told_time(entry.at, self._language)
        room = small.horizontalAdvance(when)
        painter.setFont(self._small)
        painter.setPen(QColor(c.quiet))
        line = QRectF(area.left(), top, area.width(), bold.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, when)
        painter.setFont(self._bold)
        painter.setPen(QColor(c.text))
        cut = bold.elidedText(
            _one_line(entry.question), Qt.TextElideMode.ElideRight, int(area.width() - room - 10)
        )
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)
        painter.setFont(self._small)
        painter.setPen(QColor(c.quiet))
        cut = small.elidedText(_one_line(entry.answer), Qt.TextElideMode.ElideRight, int(area.width()))
        below = QRectF(area.left(), top + bold.height() + 4, area.width(), small.height())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, cut)


class EntriesView(QListView):
    """Arrows choose, Delete deletes, Ctrl+C copies."""

    picked = Signal(object)
    delete_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, colours: Palette, language: str) -> None:
        super().__init__()
        self.entries = EntriesModel(language)
        self._painter = EntryPainter(colours, language)
        self.setModel(self.entries)
        self.setItemDelegate(self._painter)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QListView { background: transparent; border: none; outline: 0; }")
        named(self, shown("history", language))
        self.selectionModel().currentChanged.connect(lambda now, _before: self.picked.emit(self._at(now)))

    @property
    def current(self) -> Kept | None:
        return self._at(self.currentIndex())

    @property
    def chosen(self) -> list[Kept]:
        return [self._at(index) for index in self.selectedIndexes()]

    def show_entries(self, entries: Sequence[Kept], row: int = 0) -> None:
        self.entries.show(entries)
        if entries:
            self.setCurrentIndex(self.entries.index(min(row, len(entries) - 1)))
        else:
            self.picked.emit(None)

    def _at(self, index: QModelIndex) -> Kept | None:
        return index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_wanted.emit()
        elif event.key() == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)


def draw_picture(painter: QPainter, area: QRectF, picture: QPixmap | None, colours: Palette) -> None:
    """The small picture, cut to `area` with round corners; a screen's outline where none was kept."""
    shape = QPainterPath()
    shape.addRoundedRect(area, 6, 6)
    painter.save()
    painter.setClipPath(shape)
    painter.fillRect(area, QColor(colours.well))
    if picture is None or picture.isNull():
        icon = look_and_feel.icon_pixmap("screen", colours.quiet, 22, painter.device().devicePixelRatioF())
        painter.drawPixmap(area.center() - QRectF(0, 0, 22, 22).center(), icon)
    else:
        scale = max(area.width() / picture.width(), area.height() / picture.height())
        size = QRectF(0, 0, picture.width() * scale, picture.height() * scale)
        size.moveCenter(area.center())
        painter.drawPixmap(size, picture, QRectF(picture.rect()))
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QColor(colours.line))
    painter.drawPath(shape)


def told_time(at: float, language: str, now: float | None = None) -> str:
    """«14:03» today, «어제», then the date; local time."""
    now = time.time() if now is None else now
    then, today = time.localtime(at), time.localtime(now)
    if then[:3] == today[:3]:
        return time.strftime("%H:%M", then)
    if then[:3] == time.localtime(now - DAY)[:3]:
        return shown("yesterday", language)
    if language == "ko":
        date = f"{then.tm_mon}월 {then.tm_mday}일"
        return date if then.tm_year == today.tm_year else f"{then.tm_year}년 {date}"
    return time.strftime("%Y-%m-%d", then)


def _one_line(text: str) -> str:
    return " ".join(text.split())
