# ruff: noqa: TID253 - loaded by desktop.app only
"""The answer as it streams: plain text that can be selected, fed in small even steps however the pieces come."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPalette, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from desktop import look_and_feel

STEP_MS = 16
LINE_HEIGHT = 116
"""per cent of the typeface's own, which is generous for Hangul already"""
TALLEST = 340
"""logical pixels before it scrolls"""


class AnswerText(QTextEdit):
    """`push` pieces, `finish` shows what is left at once. Text is never read as markup."""

    grown = Signal()

    def __init__(self, colours: look_and_feel.Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting = ""
        self._timer = QTimer(self, interval=STEP_MS)
        self._timer.timeout.connect(self._step)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(look_and_feel.font(16))
        self.document().setDocumentMargin(0)
        self.document().setDefaultFont(look_and_feel.font(16))
        self.paint_in(colours.text, colours.accent)
        self.clear_answer()

    @property
    def text(self) -> str:
        """All of the answer, also what is not shown yet."""
        return self.toPlainText() + self._waiting

    def paint_in(self, ink: str, accent: str) -> None:
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        colours.setColor(QPalette.ColorRole.Text, QColor(ink))
        colours.setColor(QPalette.ColorRole.Highlight, QColor(accent))
        self.setPalette(colours)
        self.setTextColor(QColor(ink))

    def clear_answer(self) -> None:
        self._timer.stop()
        self._waiting = ""
        self.clear()
        airy = QTextBlockFormat()
        airy.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        self.textCursor().setBlockFormat(airy)
        self._fit()

    def push(self, piece: str) -> None:
        self._waiting += piece
        if not self._timer.isActive():
            self._step()
            self._timer.start()

    def finish(self) -> None:
        self._show(self._waiting)
        self._waiting = ""
        self._timer.stop()

    def _step(self) -> None:
        """A sixth of what waits each time: bursts become even, and nothing lags more than a moment."""
        count = max(1, len(self._waiting) // 6)
        self._show(self._waiting[:count])
        self._waiting = self._waiting[count:]
        if not self._waiting:
            self._timer.stop()

    def _show(self, text: str) -> None:
        if not text:
            return
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text)
        before = self.height()
        self._fit()
        if self.height() != before:
            self.grown.emit()
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(min(TALLEST, max(1, round(self.document().size().height() + 0.5))))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(380, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 1)
