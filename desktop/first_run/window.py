# ruff: noqa: TID253 - loaded by desktop.own_windows only
"""The pages of the first run, one after another; each can be skipped, and so can all of them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.controls.buttons import Button, blend
from desktop.controls.framed import Framed
from desktop.controls.text import named
from desktop.desk import Desk
from desktop.first_run.pages import ModelsPage, TryingPage, WelcomePage
from desktop.look_and_feel import Palette
from desktop.settings import Settings
from desktop.words import shown

SIZE = QSize(640, 580)
SMALLEST = QSize(520, 520)


class Dots(QWidget):
    """Which page of how many."""

    def __init__(self, count: int, colours: Palette) -> None:
        super().__init__()
        self._count, self._colours, self._at = count, colours, 0
        self.setFixedSize(count * 18, 18)

    def show_page(self, at: int, name: str) -> None:
        self._at = at
        named(self, name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for number in range(self._count):
            here = number == self._at
            quiet = blend(self._colours.page, self._colours.quiet, 0.4)
            painter.setBrush(QColor(self._colours.accent) if here else quiet)
            painter.drawEllipse(QPointF(9 + 18 * number, 9), 4, 4)
        painter.end()


class FirstRun(Framed):
    """`ended` when it was gone through, skipped or closed: it does not come again by itself."""

    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(SIZE, SMALLEST, {"Esc": self.close})
        self.desk = desk
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._build(0)
        desk.keeping.changed.connect(self._settings_changed)

    @property
    def at(self) -> int:
        return self.pages.currentIndex()

    @property
    def is_last(self) -> bool:
        return self.at == self.pages.count() - 1

    def go(self, at: int) -> None:
        """To that page; past the last one it ends."""
        if at >= self.pages.count():
            self.close()
            return
        self.pages.setCurrentIndex(at)
        self.back.setVisible(at > 0)
        self.skip.setVisible(not self.is_last)
        self._name_next()
        name = shown("first_run_page", self.desk.language, number=at + 1, count=self.pages.count())
        self.dots.show_page(at, name)
        self.next.setFocus()

    def _name_next(self) -> None:
        page = self.pages.currentWidget()
        word = "first_run_next"
        if isinstance(page, ModelsPage):
            word = "first_run_later" if page.can_wait else "first_run_end"
        self.next.setText(shown(word, self.desk.language))
        self.next.setAccessibleName(self.next.text())

    def closeEvent(self, event: object) -> None:
        super().closeEvent(event)
        self.ended.emit()

    def _build(self, at: int) -> None:
        language = self.desk.language
        self.dress(shown("first_run_title", language))
        colours = self.colours
        inside = QWidget()
        stack = QVBoxLayout(inside)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        self.pages = QStackedWidget()
        for kind in (WelcomePage, TryingPage, ModelsPage):
            self.pages.addWidget(kind(self.desk, colours))
        self.pages.widget(self.pages.count() - 1).changed.connect(self._name_next)
        stack.addWidget(self.pages, 1)
        stack.addLayout(self._foot(colours, language))
        while self._whole.count():
            old = self._whole.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        self._whole.addWidget(inside)
        self.go(at)

    def _foot(self, colours: Palette, language: str) -> QHBoxLayout:
        self.skip = Button(shown("first_run_skip", language), colours, "bare")
        self.back = Button(shown("first_run_back", language), colours)
        self.next = Button(shown("first_run_next", language), colours, "filled")
        self.dots = Dots(self.pages.count(), colours)
        self.skip.clicked.connect(self.close)
        self.back.clicked.connect(lambda: self.go(self.at - 1))
        self.next.clicked.connect(lambda: self.go(self.at + 1))
        self.next.setDefault(True)
        left, right = QHBoxLayout(), QHBoxLayout()
        left.addWidget(self.skip)
        left.addStretch(1)
        right.setSpacing(8)
        right.addStretch(1)
        right.addWidget(self.back)
        right.addWidget(self.next)
        row = QHBoxLayout()
        row.setContentsMargins(24, 10, 24, 18)
        row.addLayout(left, 1)
        row.addWidget(self.dots)
        row.addLayout(right, 1)
        return row

    def _settings_changed(self, before: Settings, now: Settings) -> None:
        if (before.language, before.theme, before.text_size) != (now.language, now.theme, now.text_size):
            self._build(self.at)
