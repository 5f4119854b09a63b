# ruff: noqa: TID253 - loaded by desktop.app only
"""Words on a page: sizes, colours, and Korean lines that break between words instead of inside them."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop import look_and_feel

JOINER = "\u2060"
_INSIDE = re.compile(r"(?<=[가-힣])(?=[가-힣0-9%.,!?’”)…·])|(?<=[0-9A-Za-z%’”)])(?=[가-힣])")


class Text(QLabel):
    """Plain text. `wraps` for more than a line; `said` is what is meant, without the marks that keep words whole."""

    def __init__(
        self, text: str, size: float, colour: str, *, wraps: bool = False, bold: bool = False
    ) -> None:
        super().__init__()
        self.said = ""
        self.setFont(look_and_feel.font(size, QFont.Weight.DemiBold if bold else QFont.Weight.Normal))
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        if wraps:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            self.setMinimumWidth(60)
        self.ink(colour)
        self.say(text)

    def say(self, text: str) -> None:
        self.said = text
        self.setText(words_whole(text) if self.wordWrap() else text)
        self.setAccessibleName(text)

    def ink(self, colour: str) -> None:
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.WindowText, QColor(colour))
        self.setPalette(colours)

    def minimumSizeHint(self) -> QSize:
        """A wrapping text asks for one line only; how many it needs at its width, its layout asks for."""
        hint = super().minimumSizeHint()
        return QSize(60, self.fontMetrics().height()) if self.wordWrap() else hint


def words_whole(text: str) -> str:
    """With marks between Hangul syllables where Unicode would let a line end but no Korean typesetter does."""
    return _INSIDE.sub(JOINER, text)


def named(widget: QWidget, name: str, description: str = "") -> QWidget:
    """The same widget with its name for screen readers."""
    widget.setAccessibleName(name)
    widget.setAccessibleDescription(description)
    return widget
