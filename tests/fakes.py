"""Fake ports that really implement the protocols: fill them with `enqueue`, read back what they `received`."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.errors import Stopped
from assistant.frames import Box, Frame, ScreenText, Speech, TextLine, Transcript
from assistant.ports import AnswerTimings, Cancel, LookTimings, Turn

PATIENCE = 10.0
"""seconds after which a fake that waits gives up, so that a failing test ends"""


class UntilCancelled:
    """Enqueued: the port waits until it is cancelled. `reached` is set once it waits."""

    def __init__(self) -> None:
        self.reached = threading.Event()

    def wait(self, cancel: Cancel | None) -> None:
        self.reached.set()
        assert cancel is not None, "a port was called without a cancel flag"
        assert cancel.wait(PATIENCE), "a port was not cancelled"
        raise Stopped


class Gate(UntilCancelled):
    """Enqueued before the real thing: the port waits until `open` is set, whatever cancel says."""

    def __init__(self) -> None:
        super().__init__()
        self.open = threading.Event()

    def wait(self, cancel: Cancel | None) -> None:
        self.reached.set()
        assert self.open.wait(PATIENCE), "nobody opened the gate"


class _Queue:
    """Answers in the order they were enqueued; exceptions are raised, waits are waited for."""

    def __init__(self) -> None:
        self._queue: list[Any] = []
        self.received: list[Any] = []

    def enqueue(self, *answers: Any) -> None:
        self._queue.extend(answers)

    def _next(self, cancel: Cancel | None, default: Any) -> Any:
        while self._queue and isinstance(self._queue[0], UntilCancelled):
            self._queue.pop(0).wait(cancel)
        answer = self._queue.pop(0) if self._queue else default
        if isinstance(answer, BaseException):
            raise answer
        return answer


class FakeReader(_Queue):
    """Enqueue ScreenText values; without any it reads nothing."""

    def read(self, frame: Frame, cancel: Cancel | None = None) -> ScreenText:
        self.received.append(frame)
        return self._next(cancel, ScreenText())


class FakeTranscriber(_Queue):
    """Enqueue texts or Transcripts."""

    name = "fake-whisper"

    def transcribe(
        self, speech: Speech, hotwords: Sequence[str] = (), cancel: Cancel | None = None
    ) -> Transcript:
        self.received.append((speech, tuple(hotwords)))
        answer = self._next(cancel, "")
        return Transcript(answer) if isinstance(answer, str) else answer


class FakeMicrophone(_Queue):
    def record(self, cancel: Cancel | None = None) -> Speech:
        self.received.append(cancel)
        return self._next(cancel, a_speech())


@dataclass(frozen=True)
class Asked:
    question: str
    earlier: tuple[Turn, ...]


class FakeLook:
    """A look of `FakeModel`: streams the pieces its model has enqueued."""

    def __init__(self, model: FakeModel) -> None:
        self.timings = LookTimings(encode_ms=12.0, prefill_ms=34.0)
        self.last_answer = AnswerTimings()
        self.closed = False
        self._model = model

    def answer(
        self, question: str, earlier: Sequence[Turn] = (), cancel: Cancel | None = None
    ) -> Iterator[str]:
        assert not self.closed, "a closed look was asked"
        self._model.asked.append(Asked(question, tuple(earlier)))
        pieces = self._model.answers.pop(0) if self._model.answers else ()
        self.last_answer = AnswerTimings(first_token_ms=5.0, tokens_per_s=100.0)
        for piece in pieces:
            if isinstance(piece, UntilCancelled):
                piece.reached.set()
                assert cancel is not None and cancel.wait(PATIENCE)
            if cancel is not None and cancel.is_set():
                return
            if isinstance(piece, BaseException):
                raise piece
            self.last_answer.tokens += 1
            yield piece

    def close(self) -> None:
        self.closed = True


class FakeModel(_Queue):
    """Enqueue exceptions or waits for `look`; `say` adds one answer as pieces."""

    engine = "fake"
    device = "CPU"

    def __init__(self, style: str = "mini", name: str = "fake-model") -> None:
        super().__init__()
        self.style = style
        self.name = name
        self.answers: list[Sequence[Any]] = []
        self.asked: list[Asked] = []
        self.looks: list[FakeLook] = []

    def say(self, *pieces: Any) -> None:
        self.answers.append(pieces)

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> FakeLook:
        self.received.append((frame, screen_text))
        look = self._next(cancel, None) or FakeLook(self)
        self.looks.append(look)
        return look

    def close(self) -> None: ...


def a_frame(width: int = 64, height: int = 48) -> Frame:
    """A small picture that is not black."""
    return Frame(np.full((height, width, 3), 200, np.uint8))


def a_speech(seconds: float = 1.0) -> Speech:
    return Speech(np.zeros(int(seconds * 16_000), np.float32))


def a_screen(*texts: str) -> ScreenText:
    """Lines below each other, 20 pixels high, in reading order."""
    lines = tuple(TextLine(text, Box(10, 20 * n, 8 * len(text), 20)) for n, text in enumerate(texts))
    return ScreenText(lines, milliseconds=7.0)
