# ruff: noqa: TID253 - loaded by desktop.app only
"""A question before something that cannot be undone, or that has terms."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.controls.buttons import Button
from desktop.controls.pages import sheet
from desktop.controls.text import Text, named
from desktop.look_and_feel import Palette
from desktop.words import shown

WIDTH = 400


class Asking(QDialog):
    """`question` in bold, `more` below it; `yes` does it, and is the first to have the focus only where it is harmless."""

    def __init__(
        self,
        parent: QWidget,
        question: str,
        yes: str,
        colours: Palette,
        language: str,
        *,
        more: str = "",
        kind: str = "alarm",
    ) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(shown("name", language))
        self.setModal(True)
        self.setStyleSheet(sheet(colours))
        self.yes = Button(yes, colours, kind)
        self.no = Button(shown("cancel", language), colours)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(24, 22, 24, 18)
        stack.setSpacing(8)
        stack.addWidget(Text(question, 15.5, colours.text, wraps=True, bold=True))
        if more:
            stack.addWidget(Text(more, 13.5, colours.quiet, wraps=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.no)
        row.addWidget(self.yes)
        stack.addSpacing(10)
        stack.addLayout(row)
        self.setFixedWidth(WIDTH)
        named(self, question, more)
        first = self.no if kind == "alarm" else self.yes
        first.setDefault(True)
        first.setFocus()


def confirmed(
    parent: QWidget,
    question: str,
    yes: str,
    colours: Palette,
    language: str,
    *,
    more: str = "",
    kind: str = "alarm",
) -> bool:
    """Whether the person said yes."""
    asking = Asking(parent, question, yes, colours, language, more=more, kind=kind)
    try:
        return asking.exec() == QDialog.DialogCode.Accepted
    finally:
        asking.deleteLater()
