# ruff: noqa: TID253 - loaded by desktop.app only
"""How a page is laid out: a title, groups on cards, a row for each thing with its control at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop import look_and_feel
from desktop.controls.buttons import blend
from desktop.controls.text import Text, named
from desktop.look_and_feel import Palette

EDGE = 28
INSET = 16
CARD_RADIUS = 12.0
LEAST_WORDS = 150
"""pixels that a row's words want beside its control"""


class Row(QWidget):
    """A thing that can be set: what it is, a note on it, and the control."""

    def __init__(
        self,
        title: str,
        colours: Palette,
        control: QWidget | None = None,
        note: str = "",
        *,
        below: bool = False,
    ) -> None:
        """`below`: the control has the whole width, under the words."""
        super().__init__()
        self._colours = colours
        self.title, self.note, self.control = title, note, control
        self.found = False
        """whether a search has found it"""
        self.words = QVBoxLayout()
        self.words.setSpacing(2)
        self.heading = Text(title, 14.5, colours.text, wraps=True)
        self.words.addWidget(self.heading)
        self.remark = Text(note, 13, colours.quiet, wraps=True)
        self.remark.setVisible(bool(note))
        self.words.addWidget(self.remark)
        self._below = below
        self._line = row = QBoxLayout(
            QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight, self
        )
        row.setContentsMargins(INSET, 11, INSET, 11)
        row.setSpacing(10 if below else 18)
        row.addLayout(self.words, 1)
        if control is not None:
            align = Qt.AlignmentFlag(0) if below else Qt.AlignmentFlag.AlignVCenter
            row.addWidget(control, 0, align)
            if not control.accessibleName():
                named(control, title, note)
            self.heading.setBuddy(control)

    def remark_on(self, note: str, colour: str = "") -> None:
        """Another note, such as what just went wrong; a screen reader says it at once."""
        self.remark.say(note)
        self.remark.ink(colour or self._colours.quiet)
        self.remark.setVisible(bool(note))
        if note and self.isVisible() and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, note))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside the words, the control goes below them."""
        super().resizeEvent(event)
        if self._below or self.control is None:
            return
        room = event.size().width() - 2 * INSET - 18 - self.control.sizeHint().width()
        folded = room < LEAST_WORDS * look_and_feel.CHOSEN.text_size / 100
        wanted = QBoxLayout.Direction.TopToBottom if folded else QBoxLayout.Direction.LeftToRight
        if self._line.direction() != wanted:
            self._line.setDirection(wanted)
            self._line.setSpacing(8 if folded else 18)
            side = Qt.AlignmentFlag.AlignLeft if folded else Qt.AlignmentFlag.AlignVCenter
            self._line.setAlignment(self.control, side)

    def minimumSizeHint(self) -> QSize:
        control = self.control.minimumSizeHint().width() if self.control is not None else 0
        return QSize(max(100, control) + 2 * INSET, super().minimumSizeHint().height())

    def matches(self, words: list[str]) -> bool:
        text = f"{self.title} {self.note}".casefold()
        return bool(words) and all(word in text for word in words)

    def mark(self, found: bool) -> None:
        self.found = found
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self.found:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(self._colours.card, self._colours.accent, 0.12))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(5, 4, -5, -4), 8, 8)
        painter.end()


class Group(QFrame):
    """Rows on one card, with a hairline between them."""

    def __init__(self, colours: Palette) -> None:
        super().__init__()
        self._colours = colours
        self.rows: list[QWidget] = []
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 2, 0, 2)
        self._stack.setSpacing(0)

    def add(self, row: QWidget) -> QWidget:
        self.rows.append(row)
        self._stack.addWidget(row)
        return row

    def clear(self) -> None:
        for row in self.rows:
            self._stack.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._colours.line))
        painter.setBrush(QColor(self._colours.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        shown = [row for row in self.rows if not row.isHidden()]
        for row in shown[1:]:
            painter.drawLine(INSET, row.y(), self.width() - INSET, row.y())
        painter.end()


class Inside(QWidget):
    """What scrolls: as high as its texts need at the width they have, not at the narrowest one."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class Scrolling(QScrollArea):
    """Scrolls up and down only, and not by itself with the keyboard: its controls have the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class Page(Scrolling):
    """A page of groups that scrolls."""

    def __init__(self, title: str, colours: Palette, introduction: str = "") -> None:
        super().__init__()
        self.colours = colours
        self.title = title
        inside = Inside()
        inside.setObjectName("page")
        self._stack = QVBoxLayout(inside)
        self._stack.setContentsMargins(EDGE, 24, EDGE, 28)
        self._stack.setSpacing(0)
        self._stack.addWidget(Text(title, 22, colours.text, bold=True))
        if introduction:
            self._stack.addSpacing(4)
            self._stack.addWidget(Text(introduction, 14, colours.quiet, wraps=True))
        self._stack.addStretch(1)
        self.setWidget(inside)
        named(self, title)

    @property
    def rows(self) -> list[Row]:
        return self.findChildren(Row)

    def add_group(self, heading: str = "", foot: str = "") -> Group:
        """A card with its heading above and a quiet remark below."""
        at = self._stack.count() - 1  # before the room at the end
        parts: list[QWidget | int] = [20]
        if heading:
            text = Text(heading, 13, self.colours.quiet, bold=True)
            text.setContentsMargins(INSET, 0, INSET, 0)
            parts += [text, 7]
        group = Group(self.colours)
        parts.append(group)
        if foot:
            remark = Text(foot, 13, self.colours.quiet, wraps=True)
            remark.setContentsMargins(INSET, 0, INSET, 0)
            parts += [7, remark]
        for part in parts:
            if isinstance(part, int):
                self._stack.insertSpacing(at, part)
            else:
                self._stack.insertWidget(at, part)
            at += 1
        return group

    def add(self, widget: QWidget, space: int = 16) -> None:
        at = self._stack.count() - 1
        self._stack.insertSpacing(at, space)
        self._stack.insertWidget(at + 1, widget)


def sheet(colours: Palette) -> str:
    """The style sheet of a window with a frame: what is not painted by us."""
    families = ", ".join(f'"{name}"' for name in _families())
    return f"""
QWidget#window, QWidget#page {{ background: {colours.page}; }}
QWidget#side {{ background: {colours.side}; }}
QScrollArea {{ background: {colours.page}; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {blend(colours.page, colours.quiet, 0.45).name()}; border-radius: 4px;
    min-height: 36px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle:horizontal {{ background: {blend(colours.page, colours.quiet, 0.45).name()}; border-radius: 4px;
    min-width: 36px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QAbstractScrollArea::corner {{ background: transparent; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QToolTip {{ background: {colours.card}; color: {colours.text}; border: 1px solid {colours.line}; padding: 5px 7px; }}
QComboBox QAbstractItemView {{ background: {colours.card}; color: {colours.text}; border: 1px solid {colours.line};
    selection-background-color: {colours.accent}; selection-color: {colours.card}; outline: 0; padding: 4px;
    font-family: {families}; }}
QComboBox QAbstractItemView::item {{ min-height: 30px; padding: 0 8px; }}
QListWidget {{ background: transparent; color: {colours.text}; border: none; outline: 0; }}
QListWidget::item {{ padding: 5px 10px; border-radius: 6px; }}
QListWidget::item:selected {{ background: {blend(colours.card, colours.accent, 0.18).name()}; color: {colours.text}; }}
QTextBrowser {{ background: transparent; color: {colours.text}; border: none; selection-background-color: {colours.accent};
    selection-color: {colours.card}; }}
"""


def _families() -> tuple[str, ...]:
    from desktop.look_and_feel import FAMILIES

    return FAMILIES
