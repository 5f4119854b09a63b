# ruff: noqa: TID253 - loaded by desktop.own_windows only
"""One kept answer: its small picture, question, answer, where it was read, and what can be done with it."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.controls.buttons import Button
from desktop.controls.pages import Inside, Scrolling
from desktop.controls.text import Text, named
from desktop.history import Kept
from desktop.history_window.entries import draw_picture
from desktop.look_and_feel import Palette
from desktop.words import shown

EDGE = 28
HIGHEST = 200


class Picture(QWidget):
    """As large as it was kept."""

    def __init__(self, colours: Palette, language: str) -> None:
        super().__init__()
        self._colours, self._pixmap = colours, QPixmap()
        named(self, shown("picture", language))

    def show_picture(self, data: bytes | None) -> None:
        self._pixmap = QPixmap()
        if data is not None:
            self._pixmap.loadFromData(data)
        size = self._pixmap.size().scaled(QSize(320, HIGHEST), Qt.AspectRatioMode.KeepAspectRatio)
        self.setFixedSize(size if not self._pixmap.isNull() else QSize(1, 1))
        self.setVisible(not self._pixmap.isNull())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        draw_picture(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._pixmap, self._colours)
        painter.end()


class Detail(QWidget):
    def __init__(self, colours: Palette, language: str) -> None:
        super().__init__()
        self._language = language
        self.setObjectName("page")
        self.picture = Picture(colours, language)
        self.question = _selectable(Text("", 17, colours.text, wraps=True, bold=True))
        self.answer = _selectable(Text("", 15.5, colours.text, wraps=True))
        self.evidence_head = Text(shown("history_read_at", language), 13, colours.quiet, bold=True)
        self.evidence = _selectable(Text("", 13.5, colours.quiet, wraps=True))
        self.facts = Text("", 13, colours.quiet, wraps=True)
        self.copy_button = Button(shown("copy_short", language), colours)
        self.delete_button = Button(shown("delete", language), colours, "alarm")
        inside = Inside()
        inside.setObjectName("page")
        stack = QVBoxLayout(inside)
        stack.setContentsMargins(EDGE, 26, EDGE, 12)
        stack.setSpacing(0)
        for part, space in (
            (self.facts, 14), (self.picture, 18), (self.question, 8), (self.answer, 18), (self.evidence_head, 4),
            (self.evidence, 0),
        ):  # fmt: skip
            stack.addWidget(part)
            stack.addSpacing(space)
        stack.addStretch(1)
        area = Scrolling()
        area.setWidget(inside)
        foot = QHBoxLayout()
        foot.setContentsMargins(EDGE, 8, EDGE, 16)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.delete_button)
        foot.addWidget(self.copy_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addLayout(foot)

    def show_entry(self, entry: Kept) -> None:
        self.picture.show_picture(entry.picture)
        self.question.say(entry.question)
        self.answer.say(entry.answer)
        self.evidence.say("\n".join(entry.evidence))
        self.evidence_head.setVisible(bool(entry.evidence))
        self.evidence.setVisible(bool(entry.evidence))
        where = entry.title or shown(f"source_{entry.source}", self._language)
        engine = " · ".join(filter(None, (entry.model, entry.device)))
        self.facts.say(
            "\n".join(filter(None, (f"{told_moment(entry.at, self._language)} · {where}", engine)))
        )


def told_moment(at: float, language: str) -> str:
    """The whole date and time, local."""
    then = time.localtime(at)
    if language == "ko":
        return f"{then.tm_year}년 {then.tm_mon}월 {then.tm_mday}일 {then.tm_hour:02}:{then.tm_min:02}"
    return time.strftime("%Y-%m-%d %H:%M", then)


def _selectable(text: Text) -> Text:
    """By mouse only: what Ctrl+C copies is the whole entry."""
    text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return text
