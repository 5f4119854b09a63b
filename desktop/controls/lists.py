# ruff: noqa: TID253 - loaded by desktop.app only
"""A list of words that a person edits: a line to add one, a list to choose from, and a button to take some away."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from desktop import look_and_feel
from desktop.controls.buttons import Button, draw_ring
from desktop.controls.fields import Field
from desktop.controls.text import named
from desktop.look_and_feel import Palette

LIST_HEIGHT = 176


class Entries(QListWidget):
    """Plain entries; `gone` when Delete is pressed."""

    gone = Signal()

    def __init__(self, name: str, colours: Palette) -> None:
        super().__init__()
        self._colours = colours
        self.setFont(look_and_feel.font(14))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        named(self, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.gone.emit()
        else:
            super().keyPressEvent(event)


class ListEditor(QWidget):
    """`edited` has all entries as a list, after each addition and removal."""

    edited = Signal(object)
    restored = Signal()

    def __init__(self, name: str, entries: Iterable[str], colours: Palette, words: dict[str, str]) -> None:
        """`words`: add (its placeholder), add_button, remove, restore."""
        super().__init__()
        self._colours = colours
        self.field = Field(words["add"], colours)
        self.add_button = Button(words["add_button"], colours)
        self.list = Entries(name, colours)
        self.list.setFixedHeight(LIST_HEIGHT)
        self.remove_button = Button(words["remove"], colours)
        self.restore_button = Button(words["restore"], colours, "bare")
        self.show_entries(entries)
        self._lay_out()
        self.field.returnPressed.connect(self.add)
        self.field.textChanged.connect(self._look)
        self.add_button.clicked.connect(self.add)
        self.list.itemSelectionChanged.connect(self._look)
        self.list.gone.connect(self.remove)
        self.remove_button.clicked.connect(self.remove)
        self.restore_button.clicked.connect(self.restored)
        self._look()

    @property
    def entries(self) -> list[str]:
        return [self.list.item(row).text() for row in range(self.list.count())]

    def show_entries(self, entries: Iterable[str]) -> None:
        self.list.clear()
        self.list.addItems(list(entries))

    def add(self) -> None:
        """What is typed, in front; an entry that is there already is shown instead."""
        text = self.field.text().strip()
        if not text:
            return
        there = self.list.findItems(text, Qt.MatchFlag.MatchFixedString)
        if there:
            self.list.setCurrentItem(there[0])
            self.list.scrollToItem(there[0])
            return
        self.field.clear()
        self.list.insertItem(0, text)
        self.list.scrollToTop()
        self.edited.emit(self.entries)

    def remove(self) -> None:
        """What is selected."""
        rows = sorted((self.list.row(item) for item in self.list.selectedItems()), reverse=True)
        for row in rows:
            self.list.takeItem(row)
        if rows:
            self.list.setCurrentRow(min(rows[-1], self.list.count() - 1))
            self.edited.emit(self.entries)

    def _look(self) -> None:
        self.add_button.setEnabled(bool(self.field.text().strip()))
        self.remove_button.setEnabled(bool(self.list.selectedItems()))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.field, 1)
        top.addWidget(self.add_button)
        foot = QHBoxLayout()
        foot.addWidget(self.remove_button)
        foot.addStretch(1)
        foot.addWidget(self.restore_button)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(8)
        stack.addLayout(top)
        well = Well(self._colours, self.list)
        stack.addWidget(well)
        stack.addLayout(foot)


class Well(QWidget):
    """A rounded frame around a list, with a ring while the list has the focus."""

    def __init__(self, colours: Palette, inside: QWidget, ground: str = "") -> None:
        super().__init__()
        self._colours, self._inside, self._ground = colours, inside, ground or colours.page
        stack = QVBoxLayout(self)
        stack.setContentsMargins(5, 5, 5, 5)
        stack.addWidget(inside)
        inside.installEventFilter(self)

    def eventFilter(self, _watched: object, event: object) -> bool:
        if event.type() in (event.Type.FocusIn, event.Type.FocusOut):
            self.update()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._colours.line))
        painter.setBrush(QColor(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)
        if self._inside.hasFocus():
            draw_ring(painter, QRectF(self.rect()), 9, self._colours)
        painter.end()
