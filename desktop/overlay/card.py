# ruff: noqa: TID253 - loaded by desktop.app only
"""The answer's card: what is under way, what was seen, what was asked, what is answered. Shows notices; decides nothing."""

from __future__ import annotations

from typing import assert_never

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from assistant.errors import ModelMissing
from assistant.events import (
    Captured,
    Event,
    Failed,
    Finished,
    Heard,
    Listening,
    Pointed,
    Read,
    Restarted,
    Said,
    Stopped,
    Thinking,
    Timings,
)
from assistant.frames import Frame
from assistant.messages import happened, message
from desktop.controls.buttons import Button
from desktop.overlay.answer_text import AnswerText
from desktop.overlay.parts import IconButton, LevelBars, OneLine, StateDot, Words
from desktop.overlay.picture import SeenPicture
from desktop.overlay.surface import Surface
from desktop.overlay.typed_line import TypedLine
from desktop.words import shown

WIDTH = 424
PADDING = 20
COPIED_MS = 1500


class Card(Surface):
    """One frame and the questions about it. `corrected` has what the person meant instead of what was heard."""

    corrected = Signal(str)
    follow_up = Signal()
    type_wanted = Signal()
    stop_wanted = Signal()
    models_wanted = Signal()
    """there is none that could answer: the person wants to get one"""
    left = Signal()

    def __init__(self, language: str = "ko", composited: bool | None = None) -> None:
        super().__init__(takes_focus=False, composited=composited)
        self.language = language
        self.setWindowTitle(self._word("name"))
        self._running = self._speaks = self._listens = False
        self._timings: Timings | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._build()
        self._lay_out()
        self.setFocus()
        self._answer.grown.connect(self._fit)
        self._heard.clicked.connect(self._correct)
        self._edit.sent.connect(self._send_correction)
        self._edit.left.connect(self._leave_correction)
        self.copy_button.clicked.connect(self.copy)
        self.follow_button.clicked.connect(self.follow_up)
        self.type_button.clicked.connect(self.type_wanted)
        self.stop_button.clicked.connect(self.stop_wanted)
        self.get_button.clicked.connect(self.models_wanted)
        self._close_button.clicked.connect(self.left)
        self._where.clicked.connect(self._toggle_timings)

    @property
    def answer(self) -> str:
        """The answer so far, or the message of a failure."""
        return self._answer.text

    @property
    def state_text(self) -> str:
        return self._state.text()

    @property
    def heard_text(self) -> str:
        return self._heard.text() if not self._heard.isHidden() else ""

    @property
    def cited(self) -> list:
        return self._picture.cited

    def show_frame(self, frame: Frame) -> None:
        """A new frame: everything about the last one goes."""
        self._picture.show_frame(frame)
        self._begin()
        self._question("")
        self._tell("looking", self.colours.accent, alive=True)
        self._fit()

    def forget(self) -> None:
        """The person is done: neither the frame nor the answer is held any more."""
        self._picture.forget()
        self._answer.clear_answer()

    def show_question(self, text: str) -> None:
        """A typed question."""
        self._begin()
        self._question(text)
        self._fit()

    def take_focus(self) -> None:
        """For somebody without a mouse: Tab and Enter work on the card until another window is used."""
        self._may_focus(True)
        self.activateWindow()
        wanted = (self.stop_button, self.get_button, self.copy_button, self._close_button)
        next(one for one in wanted if one.isVisible()).setFocus(Qt.FocusReason.TabFocusReason)

    def show_speaking(self, on: bool) -> None:
        """The answer is being read aloud: that can be stopped."""
        self._speaks = on
        self._buttons()

    def show_level(self, level: float) -> None:
        self._bars.hear(level)

    def handle(self, event: Event) -> None:
        """One of the core's events, of the current run."""
        match event:
            case Captured() | Read():
                return
            case Listening():
                self._begin()
                self._listens = True
                self._buttons()
                self._question("")
                self._tell("listening", self.colours.warm, alive=True)
                self._bars.show()
                self._hint(self._word("speak_now"))
            case Heard() if not event.final:
                self._hint(event.transcript.text, self.colours.quiet)
            case Heard():
                self._listens = False
                self._buttons()
                self._bars.hide()
                self._hint("")
                self._question(event.transcript.text)
                self._tell("thinking", self.colours.accent, alive=True)
            case Thinking():
                self._tell("thinking", self.colours.accent, alive=True)
                self._place(event.device)
            case Said():
                self._tell("answering", self.colours.accent, alive=True)
                self._answer.show()
                self._answer.push(event.piece)
            case Restarted():
                self._answer.clear_answer()
                self._picture.clear_cited()
            case Pointed():
                self._picture.cite(event.box)
            case Finished():
                self._finish(event)
            case Stopped():
                self._end("stopped", self.colours.quiet)
            case Failed():
                self._fail(event)
            case _:
                assert_never(event)
        self._fit()

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self._answer.text)
        self.copy_button.draw("check")
        self.copy_button.setToolTip(self._word("copied"))
        QTimer.singleShot(COPIED_MS, self, self._offer_copy)

    def _offer_copy(self) -> None:
        self.copy_button.draw("copy")
        self.copy_button.setToolTip(self._word("copy"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if (
            event.type() == QEvent.Type.ActivationChange
            and not self.isActiveWindow()
            and self._edit.isHidden()
        ):
            self._may_focus(False)

    def _may_focus(self, yes: bool) -> None:
        """Only when the person asks for it may the card take the focus."""
        if bool(self.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus) == yes:
            shows = self.isVisible()
            self.setWindowFlag(Qt.WindowType.WindowDoesNotAcceptFocus, not yes)
            self.setVisible(shows)

    def _begin(self) -> None:
        """A new question about the same frame."""
        self._running, self._listens = True, False
        self._timings = None
        self._answer.clear_answer()
        self._answer.paint_in(self.colours.text, self.colours.accent)
        self._answer.hide()
        self._picture.clear_cited()
        self._details.hide()
        self._where.setText("")  # where and how long it took was said of the last one
        self.get_button.hide()
        self._bars.hide()
        self._hint("")
        self._leave_correction()
        self._tell("thinking", self.colours.accent, alive=True)
        self._buttons()

    def _finish(self, event: Finished) -> None:
        self._timings = event.answer.timings
        self._answer.finish()
        self._end("answered", self.colours.accent)
        self._place(event.answer.device, event.answer.timings.total_ms)

    def _fail(self, event: Failed) -> None:
        self._answer.clear_answer()
        self._answer.paint_in(self.colours.text, self.colours.accent)
        self._answer.show()
        missing = event.exit_status == ModelMissing.exit_status
        told = happened if missing else message
        self._answer.push(told(event.code, self.language, **event.values))
        self._answer.finish()
        self.get_button.setVisible(missing)
        self._end("model-missing" if missing else "problem", self.colours.alarm)
        self._where.setText(event.code)

    def _end(self, word: str, colour: str) -> None:
        self._running = self._listens = False
        self._answer.finish()
        self._bars.hide()
        self._hint("")
        self._tell(word, colour, alive=False)
        self._buttons()

    def _tell(self, word: str, colour: str, alive: bool) -> None:
        self._dot.tell(colour, alive)
        self._state.setText(self._word(word))

    def _hint(self, text: str, colour: str = "") -> None:
        self._hints.ink(colour or self.colours.text)
        self._hints.setText(text)
        self._hints.setVisible(bool(text))

    def _question(self, text: str) -> None:
        self._heard.setText(text)
        self._heard.setVisible(bool(text))

    def _place(self, device: str, milliseconds: float | None = None) -> None:
        words = [self._word("running_on", device=device)] if device else []
        if milliseconds is not None:
            words.append(self._seconds(milliseconds))
        self._where.setText(" · ".join(words))

    def _toggle_timings(self) -> None:
        told = self._timings
        if told is None:
            return
        look = (told.encode_ms or 0) + (told.prefill_ms or 0)
        self._details.setText(
            self._word(
                "timings", screen=self._seconds(told.screen_text_ms), look=self._seconds(look),
                first=self._seconds(told.first_token_ms), total=self._seconds(told.total_ms),
            )
        )  # fmt: skip
        self._details.setVisible(self._details.isHidden())
        self._fit()

    def _seconds(self, milliseconds: float | None) -> str:
        return "–" if milliseconds is None else self._word("seconds", seconds=f"{milliseconds / 1000:.2f}")

    def _correct(self) -> None:
        """A click on the question: it can be typed over. Only now may the card take the focus."""
        self._edit.setText(self._heard.text())
        self._heard.hide()
        self._edit.show()
        self._may_focus(True)
        self.activateWindow()
        self._edit.setFocus()
        self._fit()

    def _send_correction(self, text: str) -> None:
        self._leave_correction()
        self.show_question(text)
        self.corrected.emit(text)

    def _leave_correction(self) -> None:
        if self._edit.isHidden():
            return
        self._edit.hide()
        self._heard.setVisible(bool(self._heard.text()))
        self._may_focus(False)

    def _buttons(self) -> None:
        has_answer = bool(self._answer.text) and not self._running
        self.stop_button.setVisible(self._running or self._speaks)
        self.copy_button.setVisible(has_answer)
        self.follow_button.setVisible(not self._running)
        self.type_button.setVisible(self._listens or not self._running)

    def _fit(self) -> None:
        self.layout().activate()
        wrapped = self.layout().totalHeightForWidth(self.width())  # −1 where nothing wraps
        self.setFixedHeight(wrapped if wrapped > 0 else self.layout().sizeHint().height())
        if self.isVisible():
            self.keep_on_screen()

    def _word(self, key: str, **values: object) -> str:
        return shown(key, self.language, **values)

    def _build(self) -> None:
        colours = self.colours
        self._dot = StateDot()
        self._state = Words(13, colours.quiet)
        self._bars = LevelBars(colours.warm)
        self._close_button = IconButton("close", self._word("close"), colours)
        self._picture = SeenPicture(colours)
        self._picture.setAccessibleName(self._word("picture"))
        self._heard = Words(14, colours.quiet, wraps=True)
        self._heard.act(self._word("correct"))
        self._edit = TypedLine(colours, 14)
        self._edit.setAccessibleName(self._word("question"))
        self._hints = Words(15, colours.text, wraps=True)
        self._answer = AnswerText(colours)
        self._answer.setFixedWidth(WIDTH - 2 * PADDING)
        self._answer.setAccessibleName(self._word("answer"))
        self._where = OneLine(12.5, colours.quiet)
        self._where.act(self._word("show_timings"))
        self._details = Words(12.5, colours.quiet, wraps=True)
        self.copy_button = IconButton("copy", self._word("copy"), colours)
        self.follow_button = IconButton("follow-up", self._word("follow_up"), colours)
        self.type_button = IconButton("keys", self._word("menu_type"), colours)
        self.stop_button = IconButton("stop", self._word("stop"), colours)
        self.get_button = Button(self._word("card_get_model"), colours, "filled")
        hidden_first = (self._bars, self._heard, self._edit, self._hints, self._answer, self._details)
        for hidden in (*hidden_first, self.get_button):
            hidden.hide()

    def _lay_out(self) -> None:
        top = _row(self._dot, self._state, self._bars, None, self._close_button, spacing=9)
        foot = _row(
            self._where, self.stop_button, self.copy_button, self.type_button, self.follow_button, spacing=4
        )
        foot.setStretch(0, 1)
        whole = QVBoxLayout(self)
        edge = self.shadow
        whole.setContentsMargins(edge + PADDING, edge + 14, edge + PADDING, edge + 12)
        whole.setSpacing(12)
        whole.addLayout(top)
        for part in (self._picture, self._heard, self._edit, self._hints, self._answer):
            whole.addWidget(part)
        whole.addWidget(self.get_button, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addLayout(foot)
        whole.addWidget(self._details)
        self.setFixedWidth(WIDTH + 2 * edge)


def _row(*parts: QWidget | None, spacing: int) -> QHBoxLayout:
    """Side by side; None is room that stretches."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    return row
