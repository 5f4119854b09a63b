# ruff: noqa: TID253 - loaded by desktop.app only
"""A line to type Korean into: a syllable that is still being composed is never lost, doubled, or sent by accident."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop import look_and_feel
from desktop.look_and_feel import Palette

LONGEST = 2_000


class TypedLine(QLineEdit):
    """`sent` has the text when Enter is pressed and nothing is being composed; `left` when Esc is."""

    sent = Signal(str)
    left = Signal()
    composed = Signal()
    """the syllable under way has changed"""

    def __init__(self, colours: Palette, size: float = 16) -> None:
        super().__init__()
        self.composing = ""
        """the syllable under way: shown, but not yet part of `text()`"""
        self.setFrame(False)
        self.setMaxLength(LONGEST)
        self.setFont(look_and_feel.font(size))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        inks = self.palette()
        inks.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        inks.setColor(QPalette.ColorRole.Text, QColor(colours.text))
        inks.setColor(QPalette.ColorRole.PlaceholderText, QColor(colours.quiet))
        inks.setColor(QPalette.ColorRole.Highlight, QColor(colours.accent))
        self.setPalette(inks)
        self.setAutoFillBackground(False)
        self.setStyleSheet("QLineEdit { background: transparent; border: none; padding: 0; }")

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.composing = event.preeditString()
        super().inputMethodEvent(event)
        self.composed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.composing:
                self.finish_composing()  # Enter belongs to the syllable; the next one sends
            else:
                self.send()
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.finish_composing()
        super().focusOutEvent(event)

    def send(self) -> None:
        """The whole line, also the syllable under way (a click on the button means all that is shown)."""
        self.finish_composing()
        text = self.text().strip()
        if text:
            self.sent.emit(text)

    def finish_composing(self) -> None:
        """Make the syllable under way part of the text: through the input method, or here if it does not answer."""
        if not self.composing:
            return
        QGuiApplication.inputMethod().commit()
        if self.composing:
            done = QInputMethodEvent()
            done.setCommitString(self.composing)
            QApplication.sendEvent(self, done)
            QGuiApplication.inputMethod().reset()
