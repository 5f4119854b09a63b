"""A spoken question becomes text: drafts while somebody speaks, and a last decode that begins at the first pause.

The last decode is kept if nobody speaks on, so that most of its time has passed when the question is over. Where its text sounds
finished, less silence is waited for. Where decoding is slow, drafts are left out, then the early last decode too: nothing may hold up
the text that counts.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from dataclasses import dataclass

from assistant.cancelling import TICK, LinkedCancel, check, in_background, result_of, since
from assistant.endpointing import SoFar
from assistant.errors import BadInput, Stopped
from assistant.events import Heard
from assistant.finished import sounds_finished
from assistant.frames import Speech, Transcript
from assistant.ports import LiveMicrophone, Microphone, Transcriber

DRAFT_EVERY = 0.7
"""seconds between two drafts, at least; twice a draft's own time where that is longer"""
DRAFT_FROM = 0.6
"""seconds of speech before the first draft"""
SLOW_FOR_DRAFTS = 0.7
"""seconds of decoding from which on there are no drafts"""
SLOW_FOR_GUESSES = 1.2
"""seconds of decoding from which on a wrong guess would cost more than a right one saves"""
LINGER = 2.0
log = logging.getLogger(__name__)


@dataclass
class Pace:
    """How long decoding has taken lately, in seconds; None before the first time. Kept from question to question."""

    seconds: float | None = None

    def learn(self, seconds: float) -> None:
        self.seconds = seconds if self.seconds is None else (self.seconds + seconds) / 2

    def allows(self, slowest: float) -> bool:
        return self.seconds is None or self.seconds <= slowest


@dataclass(frozen=True)
class Understood:
    """What was said, and milliseconds from the last speech to the end of the recording and to its text.

    For a recording that was there already, `endpoint_ms` is None and `transcribe_ms` what decoding took.
    """

    transcript: Transcript
    endpoint_ms: float | None
    transcribe_ms: float


@dataclass
class _Decode:
    """A decode under way, of what had been said at some moment."""

    said: SoFar
    guess: bool
    cancel: LinkedCancel
    result: Future[Transcript]


class Hearing:
    """The spoken question of a run. `words` gives what the transcriber should expect by now."""

    def __init__(
        self,
        run: int,
        transcriber: Future[Transcriber],
        words: Callable[[], tuple[str, ...]],
        pace: Pace,
        cancel: LinkedCancel,
    ) -> None:
        self._run, self._transcriber, self._words = run, transcriber, words
        self._pace, self._cancel = pace, cancel
        self._decode: _Decode | None = None
        self._guess: _Decode | None = None
        self._next_draft = 0.0
        self._drafted = 0

    def hear(self, speech: Speech | Microphone) -> Generator[Heard, None, Understood]:
        """Yields drafts, then what was said, and returns it. Errors: the ports' own; `BadInput` no_speech."""
        began, ended = time.perf_counter(), None
        if isinstance(speech, LiveMicrophone):
            microphone, speech = speech, (yield from self._record(speech))
            began, ended = microphone.last_speech_at, time.perf_counter()
        elif not isinstance(speech, Speech):
            speech = speech.record(self._cancel)
        check(self._cancel)
        transcript = self._last(speech)
        check(self._cancel)
        if not transcript.text.strip():
            raise BadInput("no_speech")
        understood = Understood(
            transcript, None if ended is None else round(1000 * (ended - began), 3), since(began)
        )
        yield Heard(self._run, transcript)
        return understood

    def _record(self, microphone: LiveMicrophone) -> Generator[Heard, None, Speech]:
        """The recording; drafts of it come while it is made."""
        stop = LinkedCancel(self._cancel)
        recording = in_background(lambda: microphone.record(stop))
        try:
            while not recording.done():
                check(self._cancel)
                yield from self._drafts(microphone.so_far())
                if (guess := self._guess) is not None and _is_whole(guess.result):
                    microphone.finish(guess.said.last_speech)
                under_way = [self._decode.result] if self._decode else []
                wait_for([recording, *under_way], timeout=TICK, return_when="FIRST_COMPLETED")
            speech, said = recording.result(), microphone.so_far()
            if self._guess is not None and self._guess.said.last_speech != said.last_speech:
                self._guess = None
            return speech
        finally:
            stop.set()
            if self._decode is not None and self._decode is not self._guess:
                self._decode.cancel.set()
            wait_for(
                [recording], timeout=LINGER
            )  # closed, or cancelled: the device is given back before we go

    def _drafts(self, said: SoFar) -> Iterator[Heard]:
        """What a decode has found by now; and the next one begins, if there is a reason."""
        decode = self._decode
        if decode is not None and not decode.result.done():
            if decode.guess and decode.said.last_speech != said.last_speech:
                decode.cancel.set()  # somebody speaks on
            return
        if decode is not None:
            self._decode = None
            self._next_draft = time.perf_counter() + max(DRAFT_EVERY, 2 * (self._pace.seconds or 0.0))
            if decode.result.exception() is None and decode.result.result().text.strip():
                yield Heard(self._run, decode.result.result(), final=False)
        if not self._transcriber.done() or self._transcriber.exception() is not None:
            return
        if said.paused:
            known = self._guess is not None and self._guess.said.last_speech == said.last_speech
            if not known and self._pace.allows(SLOW_FOR_GUESSES):
                self._guess = self._begin(said, guess=True)
        elif self._draft_is_due(said):
            self._drafted = said.last_speech
            self._begin(said, guess=False)

    def _draft_is_due(self, said: SoFar) -> bool:
        return (
            self._pace.allows(SLOW_FOR_DRAFTS)
            and said.speech.seconds >= DRAFT_FROM
            and said.last_speech > self._drafted
            and time.perf_counter() >= self._next_draft
        )

    def _begin(self, said: SoFar, guess: bool) -> _Decode:
        cancel = LinkedCancel(self._cancel)
        result = in_background(lambda: self._text(said.speech, cancel, draft=not guess))
        self._decode = _Decode(said, guess, cancel, result)
        return self._decode

    def _last(self, speech: Speech) -> Transcript:
        """The text that counts: of the decode that began at the pause, if there is one, else decoded now."""
        if self._guess is not None:
            return result_of(self._guess.result, self._cancel)
        if self._decode is not None:  # a transcriber does one thing at a time
            try:
                result_of(self._decode.result, self._cancel)
            except Exception as reason:
                check(self._cancel)
                if not isinstance(reason, Stopped):
                    log.warning("a draft failed: %s", reason)
        result_of(self._transcriber, self._cancel)
        return self._text(speech, self._cancel)

    def _text(self, speech: Speech, cancel: LinkedCancel, draft: bool = False) -> Transcript:
        transcriber = self._transcriber.result()
        decode = getattr(transcriber, "draft", transcriber.transcribe) if draft else transcriber.transcribe
        started = time.perf_counter()
        transcript = decode(speech, self._words(), cancel)
        self._pace.learn(time.perf_counter() - started)
        return transcript


def _is_whole(decode: Future[Transcript]) -> bool:
    return decode.done() and decode.exception() is None and sounds_finished(decode.result().text)
