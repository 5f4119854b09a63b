"""The seams of the core: what it asks of engines and devices, and nothing about how they do it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Protocol, runtime_checkable

from assistant.endpointing import SoFar
from assistant.frames import Box, Frame, ScreenText, Speech, Transcript

Cancel = Event
"""Set by anybody to stop a run; looked at in every loop."""


class Afresh(str):
    """A piece with which a streamed answer begins anew: all that it said before is to be forgotten."""


@dataclass(frozen=True)
class Turn:
    """An earlier question about the same frame and its raw answer (with its citations)."""

    question: str
    answer: str


@dataclass(frozen=True)
class LookTimings:
    """What looking cost, in milliseconds, and what it was spent on; 0 tokens where nobody counted.

    `image_tokens` is what the picture became, `fresh_tokens` how many of them were encoded now and not remembered from an earlier
    picture, `tokens` all that was prefilled: picture and lines.
    """

    encode_ms: float = 0.0
    prefill_ms: float = 0.0
    image_tokens: int = 0
    fresh_tokens: int = 0
    tokens: int = 0


@dataclass
class AnswerTimings:
    """Filled while an answer streams: the question's arrival to the first token, and tokens per second.

    `prompt_tokens` are all that stood before the answer: picture, lines, earlier turns, question. 0: not counted.
    """

    first_token_ms: float = 0.0
    tokens: int = 0
    tokens_per_s: float = 0.0
    prompt_tokens: int = 0


@runtime_checkable
class Look(Protocol):
    """A frame that a model has already encoded and prefilled; several questions may follow."""

    timings: LookTimings
    last_answer: AnswerTimings

    def answer(
        self, question: str, earlier: Sequence[Turn] = (), cancel: Cancel | None = None
    ) -> Iterator[str]:
        """Stream the raw answer in pieces of text; citations are written as `prompts.citation(n)`.

        Each call answers afresh from the prefilled look. Setting `cancel` ends the stream without an error. A piece that is
        `Afresh` takes back what came before it: the engine failed there, and another one answers.
        """
        ...

    def close(self) -> None:
        """Give the memory of this look back."""
        ...


@runtime_checkable
class Pointing(Protocol):
    """What the look of a model that was trained to point can do besides; such a model has a true `points`.

    Places are pixels of the frame. Errors: `EngineFailed`.
    """

    def describe(self, length: str = "normal", cancel: Cancel | None = None) -> Iterator[str]:
        """A caption; `length` is short, normal or long."""
        ...

    def find(self, what: str) -> tuple[Box, ...]:
        """Boxes around everything that is `what`."""
        ...

    def point(self, what: str) -> tuple[tuple[int, int], ...]:
        """(x, y) of the middle of everything that is `what`."""
        ...

    def gaze(self, eye: tuple[int, int]) -> tuple[int, int] | None:
        """Where the person whose eye is at (x, y) looks; None when that is out of the picture."""
        ...


@runtime_checkable
class VisionModel(Protocol):
    """A vision-language model, loaded."""

    name: str
    engine: str
    device: str
    style: str
    """how it is asked and cites: mini or chat (see prompts)"""

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> Look:
        """Start encoding and prefilling at once. Errors: `EngineFailed`, `Stopped` when cancelled."""
        ...

    def close(self) -> None: ...


@runtime_checkable
class ScreenReader(Protocol):
    """Reads the text of a frame."""

    def read(self, frame: Frame, cancel: Cancel | None = None) -> ScreenText: ...


@runtime_checkable
class Transcriber(Protocol):
    """Turns Korean speech into text."""

    name: str

    def transcribe(
        self, speech: Speech, hotwords: Sequence[str] = (), cancel: Cancel | None = None
    ) -> Transcript: ...


class Microphone(Protocol):
    """Gives one question's worth of speech: opened on key down, ended by silence or `cancel`."""

    def record(self, cancel: Cancel | None = None) -> Speech: ...


@runtime_checkable
class LiveMicrophone(Protocol):
    """A `Microphone` that says while it records what has been said; its questions are understood sooner."""

    last_speech_at: float
    """`time.perf_counter()` of the last speech, once the recording has ended"""

    def record(self, cancel: Cancel | None = None) -> Speech: ...

    def so_far(self) -> SoFar: ...

    def finish(self, last_speech: int) -> None:
        """What was said up to there (`SoFar.last_speech`) sounds finished: wait less for more."""


class Camera(Protocol):
    def frame(self) -> Frame: ...


class Screen(Protocol):
    """Freezes what is on the screen. `what` is screen, window or region."""

    def freeze(self, what: str, region: tuple[int, int, int, int] | None = None) -> Frame: ...


class Speaker(Protocol):
    def say(self, text: str) -> None: ...

    def stop(self) -> None: ...
