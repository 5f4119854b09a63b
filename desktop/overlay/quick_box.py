# ruff: noqa: TID253 - loaded by desktop.app only
"""The box to type a question into. The one window of the overlay that takes the focus."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.look_and_feel import icon_pixmap, palette
from desktop.overlay.parts import IconButton, Words
from desktop.overlay.surface import Surface
from desktop.overlay.typed_line import TypedLine
from desktop.words import shown

WIDTH = 460


class QuickBox(Surface):
    """`asked` has a question; `left` when the person goes away with Esc."""

    asked = Signal(str)
    left = Signal()
    onward = Signal()
    """Tab behind the last control: to the card, where there is one"""

    def __init__(self, language: str = "ko", composited: bool | None = None) -> None:
        super().__init__(takes_focus=True, composited=composited)
        self.setWindowTitle(shown("name", language))
        colours = palette()
        self.line = TypedLine(colours)
        self.line.setPlaceholderText(shown("ask_placeholder", language))
        self.line.setAccessibleName(shown("question", language))
        self.button = IconButton("send", shown("send", language), colours, filled=True)
        self._eye = Words(16, colours.accent)
        ratio = self.devicePixelRatioF()
        self._eye.setPixmap(icon_pixmap("eye", colours.accent, 22, ratio))
        self._note = Words(12.5, colours.quiet)
        self._note.setText(shown("private", language))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._eye)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        whole = QVBoxLayout(self)
        edge = self.shadow
        whole.setContentsMargins(edge + 16, edge + 14, edge + 14, edge + 12)
        whole.setSpacing(6)
        whole.addLayout(row)
        note = QHBoxLayout()
        note.setContentsMargins(34, 0, 0, 0)
        note.addWidget(self._note)
        whole.addLayout(note)
        self.setFixedWidth(WIDTH + 2 * edge)
        self.button.setEnabled(False)
        self.line.textChanged.connect(self._wake_button)
        self.line.composed.connect(self._wake_button)
        self.line.sent.connect(self._send)
        self.line.left.connect(self._leave)
        self.button.clicked.connect(self.line.send)

    def open_near(self, pointer: QPoint | None = None, card: Surface | None = None) -> None:
        """Shows beside the card, or near the pointer, and takes the focus; a text that was begun stays."""
        if not self.isVisible():
            self.adjustSize()
            if card is not None:
                self.put_beside(card)
            else:
                self.put(pointer)
        self.show()
        self.raise_()
        self.activateWindow()
        self.line.setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:
        last = self.button if self.button.isEnabled() else self.line
        if forward and self.focusWidget() is last:
            self.onward.emit()
            return True
        return super().focusNextPrevChild(forward)

    def _wake_button(self) -> None:
        self.button.setEnabled(bool(self.line.text().strip() or self.line.composing))

    def _send(self, text: str) -> None:
        self.line.clear()
        self.hide()
        self.asked.emit(text)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
