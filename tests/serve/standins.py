"""Ports that behave like real ones without any weights: scripted answers, and what was asked of them."""

from __future__ import annotations

import functools
import io
import threading
import time
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from assistant.frames import Box, Frame, ScreenText, Segment, Speech, TextLine, Transcript
from assistant.ports import AnswerTimings, Cancel, LookTimings, Turn

LINES = ScreenText(
    (
        TextLine("저장하지 않은 문서", Box(10, 10, 180, 20), 0.98),
        TextLine("저장", Box(40, 60, 50, 24), 0.97, role="button"),
        TextLine("취소", Box(110, 60, 50, 24), 0.96, role="button", state="focused"),
    ),
    12.5,
)

PROMPT_TOKENS = 321
"""what every scripted answer says it read"""


@dataclass
class ScriptedModel:
    """A `VisionModel`: answers with the next enqueued pieces. `hold` stops it between two pieces until released."""

    name: str = "nunchi-mini"
    engine: str = "scripted"
    device: str = "CPU"
    style: str = "mini"
    script: list[list[str]] = field(default_factory=list)
    received: list[tuple[str, tuple[Turn, ...]]] = field(default_factory=list)
    looked: list[Frame] = field(default_factory=list)
    cancelled: threading.Event = field(default_factory=threading.Event)
    answering: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)
    hold: bool = False
    most_at_once: int = 0
    _now: int = 0

    def enqueue(self, *pieces: str) -> None:
        self.script.append(list(pieces))

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> ScriptedLook:
        self.looked.append(frame)
        return ScriptedLook(self)

    def close(self) -> None:
        pass


class ScriptedLook:
    def __init__(self, model: ScriptedModel) -> None:
        self.timings = LookTimings(1.0, 2.0)
        self.last_answer = AnswerTimings()
        self._model = model

    def answer(
        self, question: str, earlier: Sequence[Turn] = (), cancel: Cancel | None = None
    ) -> Iterator[str]:
        model = self._model
        model.received.append((question, tuple(earlier)))
        model._now += 1
        model.most_at_once = max(model.most_at_once, model._now)
        try:
            pieces = model.script.pop(0) if model.script else ["버튼은 ", "<|n2|>", "입니다."]
            self.last_answer = AnswerTimings(3.0, len(pieces), 50.0, PROMPT_TOKENS)
            for number, piece in enumerate(pieces):
                if number == 1 and model.hold:
                    model.answering.set()
                    while not model.release.wait(0.005):
                        if cancel is not None and cancel.is_set():
                            model.cancelled.set()
                            return
                yield piece
        finally:
            model._now -= 1

    def close(self) -> None:
        pass


class FixedReader:
    """A `ScreenReader` that reads the same three lines from anything."""

    def read(self, frame: Frame, cancel: Cancel | None = None) -> ScreenText:
        return LINES


class FixedTranscriber:
    """A `Transcriber` that hears the same sentence, and remembers what it was given."""

    name = "whisper-tiny-standin"

    def __init__(self) -> None:
        self.received: list[tuple[Speech, tuple[str, ...]]] = []

    def transcribe(
        self, speech: Speech, hotwords: Sequence[str] = (), cancel: Cancel | None = None
    ) -> Transcript:
        self.received.append((speech, tuple(hotwords)))
        return Transcript(
            "저장 버튼 어디 있어?", (Segment(0.0, speech.seconds, "저장 버튼 어디 있어?", 0.9),)
        )


@functools.cache
def png(width: int = 200, height: int = 100, shade: int = 255) -> bytes:
    """A picture that is not black and compresses well."""
    pixels = np.full((height, width, 3), shade, np.uint8)
    pixels[: height // 2, : width // 2] = (30, 90, 200)
    return _encoded(pixels, "PNG")


@functools.cache
def noise_png(side: int = 900) -> bytes:
    """A picture that does not compress: megabytes on the wire."""
    return _encoded(np.random.default_rng(7).integers(0, 255, (side, side, 3), np.uint8), "PNG")


@functools.cache
def wav(seconds: float = 0.5, rate: int = 16_000) -> bytes:
    tone = (np.sin(np.arange(int(seconds * rate)) / 9) * 9000).astype("<i2")
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(tone.tobytes())
    return out.getvalue()


def until(true: object, seconds: float = 5.0) -> None:
    """Wait for a condition that another thread brings about; fails when it does not come."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "what was waited for did not happen"
        threading.Event().wait(0.003)


def _encoded(pixels: np.ndarray, kind: str) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind)
    return out.getvalue()
