"""The ports that live in the engine process, as the tray sees them: the screen reader and the transcriber.

A process that dies under a call is replaced and the call made once more; the person notices nothing but the time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from assistant.cancelling import check
from assistant.errors import EngineFailed, NunchiError
from assistant.frames import Frame, ScreenText, Speech, Transcript
from assistant.ports import Cancel
from models.engine_process import values
from models.engine_process.host import EngineHost, Trouble
from models.engine_process.patience import Patience
from models.engine_process.process import EngineProcess, Gone

READING: Mapping[str, float] = MappingProxyType({"read": 120.0})
READ_LEAST = 30.0
"""seconds for a reading: the first one loads what reads; ten times the slowest later, and no less than this"""
OPEN_SECONDS = 60.0
TRANSCRIBE_SECONDS = 60.0
MOST_CLOSED = 5
_T = TypeVar("_T")


def public(gone: Gone) -> NunchiError:
    """What a process that died means to the person."""
    code = "engine_hung" if gone.reason == "hung" else "engine_crashed"
    return EngineFailed(code, reason=gone.detail or gone.reason)


def twice(host: EngineHost, work: Callable[[EngineProcess], _T], cancel: Cancel | None) -> _T:
    """`work` with the process, and once more with another where that one died. Errors: `EngineFailed`, the work's own."""
    deaths = closed = 0
    while True:
        check(cancel)
        process = host.process()
        try:
            return work(process)
        except Gone as gone:
            closed += gone.reason == "closed"
            deaths += gone.reason != "closed"
            if deaths > 1 or closed > MOST_CLOSED:
                raise public(gone) from gone
            if gone.reason != "closed":
                host.told(Trouble("engine_restarted"))


class RemoteReader:
    """A `ScreenReader`. `patience` is for tests."""

    def __init__(self, host: EngineHost, patience: Patience | None = None) -> None:
        self._host, self._patience = host, patience or Patience(READING, READ_LEAST, ceiling=False)

    def read(self, frame: Frame, cancel: Cancel | None = None) -> ScreenText:
        """Errors: as the reader's; `EngineFailed` engine_crashed, engine_hung where a second process died too."""

        def work(process: EngineProcess) -> ScreenText:
            with self._patience.measured("read", "", "") as seconds:
                told = process.call("read", frame=frame, cancel=cancel, seconds=seconds)
            return process.understood(lambda told: values.screen_text(told["text"]), told)

        return twice(self._host, work, cancel)


class RemoteTranscriber:
    """A `Transcriber`. `name` is the model's once it is open."""

    def __init__(
        self, host: EngineHost, name: str | None = None, seconds: float = TRANSCRIBE_SECONDS
    ) -> None:
        self._host, self._wanted, self._seconds = host, name, seconds
        self.name = name or ""
        self._opening = threading.Lock()
        self._open: tuple[EngineProcess, int] | None = None

    def open(self) -> RemoteTranscriber:
        """Load it now. Errors: `ModelMissing`, `EngineFailed`."""
        twice(self._host, self._opened, None)
        return self

    def transcribe(
        self, speech: Speech, hotwords: Sequence[str] = (), cancel: Cancel | None = None
    ) -> Transcript:
        return self._transcribe(speech, hotwords, cancel, draft=False)

    def draft(self, speech: Speech, hotwords: Sequence[str] = (), cancel: Cancel | None = None) -> Transcript:
        """To be shown while somebody still speaks."""
        return self._transcribe(speech, hotwords, cancel, draft=True)

    def _transcribe(
        self, speech: Speech, hotwords: Sequence[str], cancel: Cancel | None, draft: bool
    ) -> Transcript:
        samples = np.ascontiguousarray(speech.samples, "<f4")

        def work(process: EngineProcess) -> Transcript:
            number = self._opened(process)
            given = {
                "transcriber": number,
                "rate": speech.rate,
                "hotwords": list(map(str, hotwords)),
                "draft": draft,
            }
            try:
                told = process.call(
                    "transcribe", given, payload=samples.tobytes(), cancel=cancel, seconds=self._seconds
                )
            except Gone:
                self._open = None
                raise
            return process.understood(lambda told: values.transcript(told["transcript"]), told)

        return twice(self._host, work, cancel)

    def _opened(self, process: EngineProcess) -> int:
        """Its number in `process`. Errors: `Gone`, `ModelMissing`, `EngineFailed`."""
        with self._opening:
            if self._open is not None and self._open[0] is process:
                return self._open[1]
            told = process.call("open_transcriber", {"name": self._wanted}, seconds=OPEN_SECONDS)
            number, self.name = process.understood(
                lambda told: (values.whole(told["transcriber"]), values.text(told["name"], 200)), told
            )
            self._open = process, number
            return number
