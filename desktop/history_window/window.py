# ruff: noqa: TID253 - loaded by desktop.own_windows only
"""The window of the history: search and list at the left, the chosen answer at the right, nothing but the keyboard needed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from assistant.errors import NunchiError
from assistant.messages import message
from desktop import look_and_feel
from desktop.controls.asking import confirmed
from desktop.controls.buttons import Button
from desktop.controls.fields import Field
from desktop.controls.framed import Framed
from desktop.controls.text import Text, named
from desktop.desk import Desk
from desktop.history import Kept
from desktop.history_window.detail import Detail
from desktop.history_window.entries import EntriesView
from desktop.threads import off_the_windows
from desktop.words import shown

SIZE = QSize(900, 600)
SMALLEST = QSize(720, 440)
LIST_WIDTH = 372
TYPING_MS = 150
MOST = 1_000
COPIED_MS = 1_500


class HistoryWindow(Framed):
    """Made when it is opened, and looks at the file then and after each change made here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            SIZE, SMALLEST, {"Ctrl+F": self._to_search, "Ctrl+W": self.close, "Esc": self._escape}
        )
        self._desk, self._language = desk, desk.language
        self.dress(shown("history_title", self._language))
        self.error: NunchiError | None = None
        self._build()
        self._typing = QTimer(self, interval=TYPING_MS, singleShot=True)
        self._typing.timeout.connect(self.look)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        down = QShortcut(QKeySequence("Down"), self.search, activated=self._to_list)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.look()

    def look(self, row: int = 0) -> None:
        """Find what the search asks for; afterwards `row` is the chosen one."""
        words = self.search.text()

        def work() -> tuple[list[Kept], int]:
            return self._desk.history.search(words, MOST), self._desk.history.count()

        off_the_windows(work, lambda found: self._show(found, row), self)

    def copy(self) -> None:
        """Question and answer of the chosen entries."""
        text = "\n\n".join(f"{entry.question}\n{entry.answer}" for entry in self.list.chosen)
        if text:
            QGuiApplication.clipboard().setText(text)
            self.detail.copy_button.setText(shown("copied", self._language))
            QTimer.singleShot(
                COPIED_MS, self, lambda: self.detail.copy_button.setText(shown("copy_short", self._language))
            )

    def delete(self) -> None:
        """The chosen entries; several only after a question."""
        chosen = self.list.chosen
        if not chosen:
            return
        if len(chosen) > 1:
            question = shown("history_delete_some_question", self._language, count=len(chosen))
            if not confirmed(self, question, shown("delete", self._language), self.colours, self._language):
                return
        row = min(index.row() for index in self.list.selectedIndexes())
        numbers = [entry.number for entry in chosen]
        off_the_windows(
            lambda: self._desk.history.delete(numbers), lambda told: self._changed(told, row), self
        )

    def delete_all(self) -> None:
        question = shown("history_delete_all_question", self._language)
        yes = shown("history_delete_all", self._language)
        if confirmed(self, question, yes, self.colours, self._language):
            off_the_windows(self._desk.history.delete_all, lambda told: self._changed(told, 0), self)

    def _show(self, found: tuple[list[Kept], int] | Exception, row: int) -> None:
        if isinstance(found, Exception):
            self._fail(found)
            return
        self.error = None
        entries, count = found
        self.list.show_entries(entries, row)
        self.count.say(shown("entries", self._language, count=count))
        self.count.setVisible(count > 0)
        self.delete_button.setVisible(count > 0)
        if not count:
            self._nothing("history_empty" if self._desk.keeping.settings.history else "history_off")
        elif not entries:
            self._nothing("history_nothing")

    def _changed(self, told: int | Exception, row: int) -> None:
        if isinstance(told, Exception):
            self._fail(told)
        else:
            self.look(row)

    def _fail(self, error: Exception) -> None:
        self.error = error if isinstance(error, NunchiError) else NunchiError("internal")
        self.empty.say(message(self.error.code, self._language, **self.error.values))
        self.hint.say("")
        self.switch.hide()
        self.right.setCurrentIndex(1)

    def _picked(self, entry: Kept | None) -> None:
        if entry is None:
            return
        self.detail.show_entry(entry)
        self.right.setCurrentIndex(0)

    def _nothing(self, word: str) -> None:
        off = word == "history_off"
        self.empty.say(shown(word, self._language))
        self.hint.say("" if word == "history_nothing" else shown(f"{word}_hint", self._language))
        self.switch.setVisible(off)
        self.right.setCurrentIndex(1)

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _to_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _escape(self) -> None:
        if self.search.text():
            self.search.clear()
        else:
            self.close()

    def _build(self) -> None:
        c, language = self.colours, self._language
        self.search = Field(shown("history_search", language), c, "search")
        self.list = EntriesView(c, language)
        self.list.picked.connect(self._picked)
        self.list.delete_wanted.connect(self.delete)
        self.list.copy_wanted.connect(self.copy)
        self.count = Text("", 13, c.quiet)
        self.delete_button = Button(shown("history_delete_all", language), c, "bare")
        self.delete_button.clicked.connect(self.delete_all)
        side = QWidget()
        side.setObjectName("side")
        side.setFixedWidth(LIST_WIDTH)
        left = QVBoxLayout(side)
        left.setContentsMargins(12, 14, 12, 10)
        left.setSpacing(10)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 0, 2, 0)
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(self.delete_button)
        left.addLayout(foot)
        self.detail = Detail(c, language)
        self.detail.copy_button.clicked.connect(self.copy)
        self.detail.delete_button.clicked.connect(self.delete)
        self.right = QStackedWidget()
        self.right.addWidget(self.detail)
        self.right.addWidget(self._empty_page())
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(side)
        whole.addWidget(self.right, 1)
        self.list.setFocus()

    def _empty_page(self) -> QWidget:
        """What is said where there is nothing to show."""
        c = self.colours
        page = QWidget()
        page.setObjectName("page")
        self.empty = Text("", 16, c.text, wraps=True, bold=True)
        self.hint = Text("", 13.5, c.quiet, wraps=True)
        self.switch = Button(shown("history_switch", self._language), c)
        self.switch.clicked.connect(lambda: self._desk.show("settings:privacy"))
        for text in (self.empty, self.hint):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        icon = Text("", 13, c.quiet)
        icon.setPixmap(look_and_feel.icon_pixmap("history", c.quiet, 44, self.devicePixelRatioF()))
        icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        stack = QVBoxLayout(page)
        stack.setContentsMargins(48, 0, 48, 40)
        stack.setSpacing(10)
        stack.addStretch(1)
        for part in (icon, self.empty, self.hint):
            stack.addWidget(part)
        stack.addSpacing(8)
        stack.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignHCenter)
        stack.addStretch(1)
        return named(page, shown("history", self._language))
