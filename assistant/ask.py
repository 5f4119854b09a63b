"""One question about one frame, from the picture to the answer: the whole run, read downwards.

    Captured → Listening → Heard → Read → Thinking → Said* / Pointed* → Finished

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

from assistant import errors, prompts, questions
from assistant.abstention import abstains
from assistant.cancelling import LinkedCancel, check, result_of
from assistant.errors import BadInput, NunchiError
from assistant.events import (
    Answer,
    Captured,
    Event,
    Failed,
    Finished,
    Heard,
    Listening,
    Pointed,
    Read,
    Said,
    Stopped,
    Thinking,
    Timings,
)  # fmt: skip
from assistant.evidence import Citations, Resolved
from assistant.frames import Box, Frame, ScreenText, Speech, Transcript
from assistant.hotwords import hotwords
from assistant.korean import LONGEST_ANSWER, Runaway, TextFlow
from assistant.ports import Look, Microphone, Turn, VisionModel
from assistant.seeing import LINGER, Ports, Seeing, check_frame, check_text_from, loaded

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

    One question at a time. `earlier` grows with every finished answer.
    """

    def __init__(
        self,
        frame: Frame | Callable[[], Frame],
        ports: Ports,
        *,
        text_from: str = "auto",
        earlier: tuple[Turn, ...] = (),
    ) -> None:
        self.earlier = earlier
        self._frame = frame
        self._ports = ports
        self._text_from = text_from
        self._capture_ms: float | None = None
        self._seeing: Seeing | None = None
        self._given_up: Seeing | None = None

    @property
    def screen_text(self) -> ScreenText | None:
        """The text of the frame, once it has been read."""
        seeing = self._seeing or self._given_up
        return seeing.text_so_far if seeing else None

    def start(self) -> Frame:
        """Take the frame and begin to read and look, before there is a question. Errors: BadInput."""
        if callable(self._frame):
            started = time.perf_counter()
            self._frame = self._frame()
            self._capture_ms = _since(started)
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

        transcript, transcribe_ms = None, None
        if speech is not None:
            yield Listening(run)
            check(cancel)
            transcript, transcribe_ms = self._transcribe(speech, cancel)
            yield Heard(run, transcript)
            asked = questions.clean(transcript.text)

        seeing = self._seeing
        screen_text = result_of(seeing.read, cancel)
        yield Read(run, screen_text)
        model = result_of(seeing.loaded, cancel)
        yield Thinking(run, model.name, model.device)
        look = result_of(seeing.looked, cancel)

        answering = _Answering(asked, look, model, screen_text)
        yield from answering.events(run, self.earlier[-MOST_EARLIER:], cancel)
        timings = replace(
            answering.timings,
            capture_ms=self._capture_ms,
            screen_text_ms=screen_text.milliseconds if screen_text.source != "none" else None,
            transcribe_ms=transcribe_ms,
            total_ms=_since(started),
        )
        heard = transcript.text if transcript else None
        yield Finished(run, replace(answering.answer(), heard=heard, timings=timings))

    def _transcribe(self, speech: Speech | Microphone, cancel: LinkedCancel) -> tuple[Transcript, float]:
        """What was said, and how long hearing it took in ms. Words of the screen help, if they are read by now."""
        transcriber = loaded(self._ports.transcriber, "no_speech_model")
        if not isinstance(speech, Speech):
            speech = speech.record(cancel)
            check(cancel)
        words = hotwords(self.screen_text) if self.screen_text else ()
        started = time.perf_counter()
        transcript = transcriber.transcribe(speech, words, cancel)
        check(cancel)
        if not transcript.text.strip():
            raise BadInput("no_speech")
        return transcript, _since(started)

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


class _Answering:
    """One streaming answer: what has been shown, what was cited, when the first words came."""

    def __init__(self, question: str, look: Look, model: VisionModel, screen_text: ScreenText) -> None:
        self._question = question
        self._look = look
        self._model = model
        self._screen_text = screen_text
        self._citations = Citations(screen_text, model.style)
        self._flow = TextFlow()
        self._shown = ""
        self._first_ms: float | None = None
        self._raw = ""

    def events(self, run: int, earlier: tuple[Turn, ...], cancel: LinkedCancel) -> Iterator[Event]:
        """Said and Pointed as the model speaks. Stops it when it runs in circles or past the length cap."""
        runaway = Runaway()
        started = time.perf_counter()
        pieces = self._look.answer(self._question, earlier, cancel)
        try:
            for piece in pieces:
                check(cancel)
                if self._first_ms is None:
                    self._first_ms = _since(started)
                resolved = self._citations.push(piece)
                yield from self._tell(run, resolved, self._flow.push(resolved.text))
                check(cancel)
                if runaway.stops_at(piece) or len(self._shown) > LONGEST_ANSWER:
                    log.warning("run %d: the answer ran in circles or grew too long and was ended", run)
                    break
        finally:
            if hasattr(pieces, "close"):
                pieces.close()
        check(cancel)
        resolved = self._citations.end()
        yield from self._tell(run, resolved, self._flow.push(resolved.text) + self._flow.end())
        self._raw = self._citations.raw
        if not self._shown:
            self._raw = prompts.NOT_ON_SCREEN
            yield from self._tell(run, Resolved(), prompts.NOT_ON_SCREEN)

    def _tell(self, run: int, resolved: Resolved, text: str) -> Iterator[Event]:
        if text:
            self._shown += text
            yield Said(run, text)
        for line in resolved.lines:
            yield Pointed(run, line, line.box)

    @property
    def timings(self) -> Timings:
        """The look's and the answer's own figures, where the engine gave them."""
        look, answer = self._look.timings, self._look.last_answer
        return Timings(
            encode_ms=look.encode_ms,
            prefill_ms=look.prefill_ms,
            first_token_ms=answer.first_token_ms or self._first_ms,
            tokens=answer.tokens,
            tokens_per_s=answer.tokens_per_s,
        )

    def answer(self) -> Answer:
        """The answer as it stands, without the times that only the run knows."""
        on_screen = [line.text for line in self._screen_text.lines]
        abstained = abstains(self._shown, on_screen)
        return Answer(
            text=self._shown,
            question=self._question,
            box=None if abstained else self._box(),
            evidence=self._citations.evidence,
            abstained=abstained,
            model=self._model.name,
            engine=self._model.engine,
            device=self._model.device,
            raw=self._raw,
        )

    def _box(self) -> Box | None:
        """Where the thing is that a «where» question asks for."""
        if questions.kind(self._question) is not questions.Kind.WHERE:
            return None
        line = questions.meant_line(self._question, self._citations.lines)
        return line.box if line else None


def _since(started: float) -> float:
    """Milliseconds since `started`, a perf_counter value."""
    return round((time.perf_counter() - started) * 1000, 3)
