# ruff: noqa: TID253 - loaded by desktop.own_windows only
"""The window «눈치에 대하여»: the version, the licences of all parts, and the models' cards, all without a network."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QPalette,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QTextBrowser, QVBoxLayout

from desktop import about, look_and_feel
from desktop.about import Part
from desktop.controls.buttons import Segments
from desktop.controls.framed import Framed
from desktop.controls.lists import Entries, Well
from desktop.controls.text import Text, named
from desktop.desk import Desk
from desktop.words import shown

SIZE, SMALLEST = QSize(860, 620), QSize(560, 420)
LIST_WIDTH = 210


class Reader(QTextBrowser):
    """Shows text that came with a part: no pictures are loaded, no link is followed."""

    def __init__(self, name: str, line: str) -> None:
        """`line`: the colour of hairlines."""
        super().__init__()
        self._line = line
        self.setFont(look_and_feel.font(13))
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(14)
        named(self, name)

    def show_card(self, text: str) -> None:
        """Markdown, with headings of the size they have elsewhere in our windows."""
        self.setMarkdown(text)
        block = self.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            cursor = QTextCursor(block)
            if level:
                letters = QTextCharFormat()
                step = {1: 2, 2: 1}.get(level, 0)  # 1.5 and 1.2 times the text; Qt's own are far larger
                letters.setProperty(QTextFormat.Property.FontSizeAdjustment, step)
                letters.setFontWeight(QFont.Weight.DemiBold)
                cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                cursor.mergeCharFormat(letters)
            room = QTextBlockFormat()
            room.setTopMargin(14 if level else 3)
            room.setBottomMargin(6)
            room.setNonBreakableLines(False)  # lines of code: nothing scrolls sideways
            QTextCursor(block).mergeBlockFormat(room)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._lay_out(frame)
        self._letters_of_ours()

    def _lay_out(self, table: QTextTable) -> None:
        """Hairlines instead of Qt's boxes, and no head where the card gives none."""
        if not any(
            table.cellAt(0, column).firstCursorPosition().block().text() for column in range(table.columns())
        ):
            table.removeRows(0, 1)
        looks = table.format()
        looks.setBorderCollapse(True)
        looks.setBorder(1)
        looks.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        looks.setBorderBrush(QColor(self._line))
        looks.setCellPadding(5)
        looks.setCellSpacing(0)
        looks.setWidth(QTextLength(QTextLength.Type.PercentageLength, 98))
        looks.setTopMargin(6)
        looks.setBottomMargin(10)
        table.setFormat(looks)

    def _letters_of_ours(self) -> None:
        """Code too: the fixed letters of many systems have no Korean that goes with them."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        letters = QTextCharFormat()
        letters.setFontFamilies(list(look_and_feel.FAMILIES))
        letters.setFontFixedPitch(False)
        cursor.mergeCharFormat(letters)
        strong = QTextCharFormat()
        strong.setFontWeight(QFont.Weight.DemiBold)  # the strongest weight that came with us
        for start, end in self._strong():
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(strong)

    def _strong(self) -> list[tuple[int, int]]:
        """Where bold letters begin and end."""
        found = []
        block = self.document().begin()
        while block.isValid():
            for part in (one.fragment() for one in block):
                if part.charFormat().fontWeight() > QFont.Weight.DemiBold:
                    found.append((part.position(), part.position() + part.length()))
            block = block.next()
        return found

    def loadResource(self, _kind: int, _name: QUrl) -> None:
        return None


class AboutWindow(Framed):
    def __init__(self, desk: Desk) -> None:
        super().__init__(SIZE, SMALLEST, {"Esc": self.close, "Ctrl+W": self.close})
        self._desk, self._language = desk, desk.language
        self.dress(shown("about_title", self._language))
        self._parts: list[Part] = []
        self._markdown = False
        self._build()
        self.show_kind("licences")

    def show_kind(self, kind: str) -> None:
        """licences or cards."""
        self._markdown = kind == "cards"
        self._parts = about.cards(self._desk.shelf) if self._markdown else about.licences()
        self.list.clear()
        self.list.addItems([part.name for part in self._parts])
        self.list.setCurrentRow(0)

    def _show(self, row: int) -> None:
        if not 0 <= row < len(self._parts):
            return
        part = self._parts[row]
        if self._markdown:
            self.reader.show_card(part.text or shown("about_card_none", self._language))
        else:
            head = " · ".join(filter(None, (part.name, part.version, part.licence)))
            none = shown("about_licence_none", self._language, licence=part.licence or "?")
            self.reader.setPlainText(f"{head}\n\n{part.text or none}")
        self.reader.verticalScrollBar().setValue(0)

    def _build(self) -> None:
        c, language = self.colours, self._language
        stack = QVBoxLayout(self)
        stack.setContentsMargins(28, 24, 28, 24)
        stack.setSpacing(16)
        stack.addLayout(self._head())
        kinds = (("licences", shown("about_licences", language)), ("cards", shown("about_cards", language)))
        self.kinds = Segments(kinds, "licences", c)
        named(self.kinds, shown("about_title", language))
        self.kinds.picked.connect(self.show_kind)
        stack.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignLeft)
        self.list = Entries(shown("about_parts", language), c)
        self.list.setSelectionMode(QListWidget.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentRowChanged.connect(self._show)
        self.reader = Reader(shown("about_licences", language), c.line)
        inks = self.reader.palette()
        inks.setColor(QPalette.ColorRole.Link, QColor(c.accent))
        self.reader.setPalette(inks)
        left, right = Well(c, self.list, c.card), Well(c, self.reader, c.card)
        left.setFixedWidth(LIST_WIDTH)
        body = QHBoxLayout()
        body.setSpacing(12)
        body.addWidget(left)
        body.addWidget(right, 1)
        stack.addLayout(body, 1)

    def _head(self) -> QHBoxLayout:
        c, language = self.colours, self._language
        picture = QLabel()
        picture.setPixmap(look_and_feel.icon_pixmap("tray-ready", "#ffffff", 64, 2.0))
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addStretch(1)
        words.addWidget(Text(shown("name", language), 24, c.text, bold=True))
        words.addWidget(Text(shown("about_text", language), 14, c.quiet, wraps=True))
        there = about.version()
        told = shown("about_version", language, version=there) if there else shown("about_source", language)
        self.version = Text(f"{told} · {shown('private', language)}", 13, c.quiet)
        words.addWidget(self.version)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(picture)
        row.addLayout(words, 1)
        return row
