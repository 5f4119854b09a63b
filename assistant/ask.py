"""One question about one frame, from the picture to the answer: the whole run, read downwards.

    Captured → Listening → Heard+ → Read → Thinking → Said* / Pointed* → Finished

Reading the screen and looking at it run beside the speech (seeing.py). Exactly one of Finished, Stopped,
Failed ends every run, whatever a port does.
"""

from __future__ import annotations

import itertools
import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from threading import Event as Cancel

from assistant import errors, questions
from assistant.answering import Answering
from assistant.cancelling import LinkedCancel, check, result_of, since
from assistant.errors import BadInput, NunchiError
from assistant.events import (
    Answer,
    Captured,
    Event,
    Failed,
    Finished,
    Listening,
    Read,
    Stopped,
    Thinking,
)
from assistant.frames import Frame, ScreenText, Speech
from assistant.hearing import Hearing, Pace
from assistant.hotwords import hotwords
from assistant.ports import Microphone, Turn
from assistant.seeing import LINGER, Ports, Seeing, check_frame, check_text_from, loading

__all__ = ["Conversation", "Ports", "Question", "ask"]

MOST_EARLIER = 6
"""turns of a conversation put before the next question"""

log = logging.getLogger(__name__)
_run_ids = itertools.count(1)


@dataclass(frozen=True)
class Question:
    """A question typed (`text`) or spoken (`speech`: a recording, or the microphone to record it with)."""

    frame: Frame | Callable[[], Frame]
    """the picture, or what takes it (its time becomes capture_ms)"""
    text: str | None = None
    speech: Speech | Microphone | None = None
    earlier: tuple[Turn, ...] = ()
    text_from: str = "auto"
    """auto, ocr, accessibility or none"""


def ask(
    question: Question, ports: Ports, *, run_id: int | None = None, cancel: Cancel | None = None
) -> Iterator[Event]:
    """Answer one question. Closing the generator, or setting `cancel`, stops everything it started."""
    conversation = Conversation(question.frame, ports, text_from=question.text_from, earlier=question.earlier)
    try:
        yield from conversation.ask(question.text, question.speech, run_id=run_id, cancel=cancel)
    finally:
        conversation.close()


class Conversation:
    """One frame, looked at once, and the questions about it: a second one reuses the look.

    One question at a time. `earlier` grows with every finished answer. `pace` is how long decoding speech takes here, for
    whoever has several conversations.
    """

    def __init__(
        self,
        frame: Frame | Callable[[], Frame],
        ports: Ports,
        *,
        text_from: str = "auto",
        earlier: tuple[Turn, ...] = (),
        pace: Pace | None = None,
    ) -> None:
        self.earlier = earlier
        self._pace = pace or Pace()
        self._frame = frame
        self._ports = ports
        self._text_from = text_from
        self._capture_ms: float | None = None
        self._seeing: Seeing | None = None
        self._given_up: Seeing | None = None
        self._abandoned = False

    @property
    def screen_text(self) -> ScreenText | None:
        """The text of the frame, once it has been read."""
        seeing = self._seeing or self._given_up
        return seeing.text_so_far if seeing else None

    @property
    def prompt_tokens(self) -> int:
        """What stood before the last answer, as its engine counted; 0 where it does not, or nothing was answered."""
        looked = self._seeing.looked if self._seeing else None
        if looked is None or not looked.done() or looked.exception() is not None:
            return 0
        return looked.result().last_answer.prompt_tokens

    def start(self) -> Frame:
        """Take the frame and begin to read and look, before there is a question. Errors: BadInput."""
        if callable(self._frame):
            started = time.perf_counter()
            self._frame = self._frame()
            self._capture_ms = since(started)
        if self._abandoned:
            raise errors.Stopped
        if self._seeing is None:
            check_text_from(self._text_from)
            check_frame(self._frame)
            self._seeing = Seeing(self._frame, self._ports, self._text_from, known_text=self.screen_text)
        return self._frame

    def ask(
        self,
        text: str | None = None,
        speech: Speech | Microphone | None = None,
        *,
        run_id: int | None = None,
        cancel: Cancel | None = None,
        remember: bool = True,
    ) -> Iterator[Event]:
        """The events of one question. Stopping it stops a look that is under way; a finished one is kept.

        `remember=False` leaves the answer out of `earlier`.
        """
        run = next(_run_ids) if run_id is None else run_id
        stop = LinkedCancel(cancel)
        ended = False
        try:
            for event in self._run(run, text, speech, stop):
                if isinstance(event, Finished):
                    ended = True
                    if remember:
                        self._remember(event.answer)
                yield event
        except Exception as error:
            end = _end_of(run, error, stop)
            ended = isinstance(end, Failed)  # a look under way may still serve the next question
            if not ended:
                self._halt(linger=0.05)
            elif self._seeing is not None and self._seeing.failed:
                self._give_up()
            yield end
        finally:
            if not ended:
                self._halt()

    def abandon(self) -> None:
        """Nobody will ask any more: what is under way ends soon, nothing new begins. Any thread; `close` has to follow."""
        self._abandoned = True
        seeing = self._seeing
        if seeing is not None:
            seeing.cancel()

    def close(self) -> None:
        """Stop what is under way and give the look's memory back."""
        for seeing in (self._seeing, self._given_up):
            if seeing is not None:
                seeing.stop()

    def _run(
        self, run: int, text: str | None, speech: Speech | Microphone | None, cancel: LinkedCancel
    ) -> Iterator[Event]:
        started = time.perf_counter()
        check(cancel)
        if text is not None and speech is not None:
            raise BadInput("question_twice")
        asked = questions.clean(text or "") if speech is None else None
        yield Captured(run, self.start())
        check(cancel)

        understood = None
        if speech is not None:
            yield Listening(run)
            check(cancel)
            transcriber = loading(self._ports.transcriber, "no_speech_model")  # no first word may wait for it
            if self._ports.transcriber is None:
                transcriber.result()  # before anybody speaks in vain
            hearing = Hearing(run, transcriber, self._hotwords, self._pace, cancel)
            understood = yield from hearing.hear(speech)
            asked = questions.clean(understood.transcript.text)

        seeing = self._seeing
        screen_text = result_of(seeing.read, cancel)
        yield Read(run, screen_text)
        model = result_of(seeing.loaded, cancel)
        yield Thinking(run, model.name, model.device)
        look = result_of(seeing.looked, cancel)

        answering = Answering(asked, look, model, screen_text)
        yield from answering.events(run, self.earlier[-MOST_EARLIER:], cancel)
        timings = replace(
            answering.timings,
            capture_ms=self._capture_ms,
            screen_text_ms=screen_text.milliseconds if screen_text.source != "none" else None,
            endpoint_ms=understood.endpoint_ms if understood else None,
            transcribe_ms=understood.transcribe_ms if understood else None,
            total_ms=since(started),
        )
        heard = understood.transcript.text if understood else None
        check(cancel)
        yield Finished(run, replace(answering.answer(), heard=heard, timings=timings))

    def _hotwords(self) -> tuple[str, ...]:
        """Words of the screen help a transcriber, if they are read by now."""
        return hotwords(self.screen_text) if self.screen_text else ()

    def _remember(self, answer: Answer) -> None:
        self.earlier = (*self.earlier, Turn(answer.question, answer.raw))[-MOST_EARLIER:]

    def _halt(self, linger: float = LINGER) -> None:
        """Stop a look that is under way; one that is already there stays for the next question."""
        if self._seeing is not None and not (self._seeing.looked.done() and not self._seeing.failed):
            self._seeing.stop(linger)
            self._give_up()

    def _give_up(self) -> None:
        """The next question looks anew; what has been read by now is kept."""
        self._seeing, self._given_up = None, self._seeing


def _end_of(run: int, error: Exception, cancel: Cancel) -> Stopped | Failed:
    """The one place where errors become the last event of a run."""
    if cancel.is_set() or isinstance(error, errors.Stopped):
        return Stopped(run)
    if isinstance(error, NunchiError):
        return Failed(run, error.code, error.values, error.exit_status)
    log.error("run %d failed", run, exc_info=error)
    return Failed(run, "internal")
