"""What is open inside the engine process, and what may be asked of it. Knows nothing of pipes.

A method of `Engines` is a call: it takes what `Asked` holds and gives a JSON-ready answer. `answer` and `describe` tell pieces
on the way.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from assistant.cancelling import check
from assistant.errors import EngineFailed
from assistant.frames import Frame, Speech
from assistant.ports import Cancel, Look, ScreenReader, Transcriber, VisionModel
from models.engine_process import values
from models.giving_back import give_back, trim
from models.machine import peak_memory_bytes
from models.standing_back import stand_back

CALLS = (
    "warm", "read", "open_vision", "settle", "look", "told", "answer", "describe", "find", "point", "gaze", "close_look",
    "open_transcriber", "transcribe", "clock_transcriber", "devices",
)  # fmt: skip
MOST_LOOKS = 8
ENDING_SECONDS = 5.0
"""that an answer may need to notice that its look was closed; until then no memory of its model is given back"""
CLOCKED_TOKENS = 24


class Lost(Exception):
    """What a call is about is not open here (any more); the caller opens it anew."""


@dataclass
class Asked:
    """One call as it came in. `tell` hands a piece of text on, with how many tokens there were so far."""

    arguments: dict[str, Any]
    cancel: Cancel
    frame: Frame | None = None
    payload: bytes = b""
    tell: Callable[[str, int], None] = lambda piece, tokens: None


def open_reader() -> ScreenReader:
    from models.runtimes.screen_reader import ScreenTextReader

    return ScreenTextReader()


def open_vision(name: str | None, engine: str | None, device: str, cache: Path | None) -> VisionModel:
    from models.catalogue import open_vision

    return open_vision(name, engine, device, cache_folder=cache)


def open_transcriber(name: str | None) -> Transcriber:
    from models.catalogue import open_transcriber

    return open_transcriber(name)


@dataclass(frozen=True)
class Openers:
    """How ports are opened: the product's own; tests and the bench of faults give theirs."""

    reader: Callable[[], ScreenReader] = open_reader
    vision: Callable[[str | None, str | None, str, Path | None], VisionModel] = open_vision
    transcriber: Callable[[str | None], Transcriber] = open_transcriber


@dataclass
class _Seen:
    look: Look
    model: int
    using: threading.Lock = field(default_factory=threading.Lock)


class Engines:
    """One reader, one vision model, one transcriber, and looks. Calls come in threads of their own."""

    def __init__(self, openers: Openers | None = None) -> None:
        self._openers = openers or Openers()
        self._numbers = 0
        self._lock = threading.Lock()
        self._reader: ScreenReader | None = None
        self._reading, self._opening, self._listening = (threading.Lock() for _ in range(3))
        self._transcribing = threading.Lock()
        self._model: tuple[int, VisionModel] | None = None
        self._transcriber: tuple[int, Transcriber] | None = None
        self._looks: dict[int, _Seen] = {}

    def devices(self, _asked: Asked) -> dict[str, Any]:
        """What OpenVINO sees: {"id", "name"} each. Asking wakes every driver, so nobody does it without a reason."""
        try:
            import openvino

            core = openvino.Core()
            named = [
                {"id": one, "name": core.get_property(one, "FULL_DEVICE_NAME")}
                for one in core.available_devices
            ]
        except (ImportError, RuntimeError) as error:
            raise EngineFailed("engine_failed", engine="openvino", reason=str(error)) from error
        return {"devices": named}

    def warm(self, _asked: Asked) -> dict[str, Any]:
        """Load the screen reader before there is a picture."""
        stand_back()
        reader = self._opened_reader()
        load = getattr(reader, "load", None)
        if load is not None:
            load()
        return {}

    def read(self, asked: Asked) -> dict[str, Any]:
        stand_back()
        reader = self._opened_reader()
        text = reader.read(_frame(asked), asked.cancel)
        trim()  # of thousands of cut lines; the look comes next
        return {"text": values.screen_text_told(text)}

    def open_vision(self, asked: Asked) -> dict[str, Any]:
        """The model of that name on that device; the one before is closed first, as two may not fit.

        `whole`: not before all of it is where it is to run, which may take minutes.
        """
        stand_back()
        given = asked.arguments
        with self._opening:
            check(asked.cancel)
            self._close_model()
            cache = Path(given["cache"]) if given.get("cache") else None
            model = self._openers.vision(given.get("name"), given.get("engine"), given["device"], cache)
            if given.get("whole"):
                _wait_for_the_tower(model, asked.cancel)
            self._model = (self._number(), model)
        return {
            "model": self._model[0], "name": model.name, "engine": model.engine, "device": model.device,
            "style": model.style, "points": bool(getattr(model, "points", False)),
        }  # fmt: skip

    def settle(self, asked: Asked) -> dict[str, Any]:
        """Wait until nothing of the model is being compiled behind it any more, for who measures it; pieces tell how many graphs there
        are, with the number of those that are ready. Errors: `EngineFailed`
        engine_load_failed where an NPU's compiler refuses its encoder."""
        opened = self._model
        if opened is None or opened[0] != asked.arguments["model"]:
            raise Lost
        tower = getattr(opened[1], "tower", None)
        done = None
        if tower is not None:
            done = tower.wait(asked.cancel, lambda now: asked.tell(str(now.sizes), now.ready))
        if done is not None and done.failed:
            raise EngineFailed(
                "engine_load_failed", engine=opened[1].engine, device="NPU", path="", reason=done.failed
            )
        return {"device": opened[1].device}

    def look(self, asked: Asked) -> dict[str, Any]:
        stand_back()
        number, opened = asked.arguments["model"], self._model
        if opened is None or opened[0] != number:
            raise Lost
        if asked.arguments.get("image_tokens") is not None and hasattr(opened[1], "image_tokens"):
            opened[1].image_tokens = values.whole(asked.arguments["image_tokens"], 1)
        look = opened[1].look(_frame(asked), values.screen_text(asked.arguments["text"]), asked.cancel)
        seen = self._number()
        with self._lock:
            self._looks[seen] = _Seen(look, number)
            crowd = sorted(self._looks)[:-MOST_LOOKS]
        for old in crowd:  # nobody closed them
            self._forget(old)
        timings = values.look_timings_told(look.timings)
        return {
            "look": seen, "timings": timings, "tells": hasattr(look, "told"), "device": opened[1].device,
        }  # fmt: skip

    def told(self, asked: Asked) -> dict[str, Any]:
        """The values beside a question that its answer may quote."""
        look = self._seen(asked).look
        tell = getattr(look, "told", None)
        question, earlier = _question(asked)
        return {"values": list(tell(question, earlier)) if tell else []}

    def answer(self, asked: Asked) -> dict[str, Any]:
        seen = self._seen(asked)
        question, earlier = _question(asked)
        with seen.using:
            return self._stream(seen.look, seen.look.answer(question, earlier, asked.cancel), asked)

    def describe(self, asked: Asked) -> dict[str, Any]:
        seen = self._seen(asked)
        with seen.using:
            return self._stream(seen.look, seen.look.describe(asked.arguments["length"], asked.cancel), asked)

    def find(self, asked: Asked) -> dict[str, Any]:
        found = self._seen(asked).look.find(asked.arguments["what"])
        return {"boxes": [list(map(int, box)) for box in found]}

    def point(self, asked: Asked) -> dict[str, Any]:
        found = self._seen(asked).look.point(asked.arguments["what"])
        return {"points": [list(map(int, place)) for place in found]}

    def gaze(self, asked: Asked) -> dict[str, Any]:
        x, y = asked.arguments["eye"]
        place = self._seen(asked).look.gaze((x, y))
        return {"place": None if place is None else list(map(int, place))}

    def close_look(self, asked: Asked) -> dict[str, Any]:
        self._forget(asked.arguments["look"])
        return {}

    def open_transcriber(self, asked: Asked) -> dict[str, Any]:
        with self._listening:
            self._close_transcriber()
            transcriber = self._openers.transcriber(asked.arguments.get("name"))
            self._transcriber = (self._number(), transcriber)
        return {"transcriber": self._transcriber[0], "name": transcriber.name}

    def transcribe(self, asked: Asked) -> dict[str, Any]:
        """The payload is mono float32 in −1…1, little-endian."""
        given, opened = asked.arguments, self._transcriber
        if opened is None or opened[0] != given["transcriber"]:
            raise Lost
        speech = Speech(np.frombuffer(asked.payload, "<f4"), int(given["rate"]))
        transcriber = opened[1]
        draft = getattr(transcriber, "draft", None) if given.get("draft") else None
        with self._transcribing:  # a transcriber does one thing at a time
            check(asked.cancel)
            heard = (draft or transcriber.transcribe)(speech, tuple(given["hotwords"]), asked.cancel)
        return {"transcript": values.transcript_told(heard)}

    def clock_transcriber(self, asked: Asked) -> dict[str, Any]:
        """Milliseconds that the open one needs for three seconds of sound and a question's tokens; the second time counts."""
        given, opened = asked.arguments, self._transcriber
        if opened is None or opened[0] != given["transcriber"]:
            raise Lost
        samples = np.random.default_rng(7).normal(0, 0.05, 3 * 16_000).astype(np.float32)
        with self._transcribing:
            for _ in range(2):
                check(asked.cancel)
                took = opened[1].clocked(samples, CLOCKED_TOKENS)
        return {"ms": 1000 * took}

    def _opened_reader(self) -> ScreenReader:
        with self._reading:
            if self._reader is None:
                self._reader = self._openers.reader()
            return self._reader

    def _stream(self, look: Look, pieces: Iterator[str], asked: Asked) -> dict[str, Any]:
        try:
            for piece in pieces:
                asked.tell(piece, look.last_answer.tokens)
                if asked.cancel.is_set():
                    break
        finally:
            if hasattr(pieces, "close"):
                pieces.close()
        return {"timings": values.answer_timings_told(look.last_answer), "memory": peak_memory_bytes()}

    def _seen(self, asked: Asked) -> _Seen:
        with self._lock:
            seen = self._looks.get(asked.arguments["look"])
        if seen is None:
            raise Lost
        return seen

    def _forget(self, number: object) -> None:
        with self._lock:
            seen = self._looks.pop(number, None)
            last = not self._looks
        if seen is not None:
            seen.look.close()  # an answer that is still under way ends at its next token
            if last and seen.using.acquire(timeout=ENDING_SECONDS):
                seen.using.release()
                rest = getattr(self._model and self._model[1], "rest", None)
                if rest is not None:
                    rest()
                give_back()

    def _close_model(self) -> None:
        model, self._model = self._model, None
        for number in tuple(self._looks):
            self._forget(number)
        if model is not None:
            model[1].close()

    def _close_transcriber(self) -> None:
        transcriber, self._transcriber = self._transcriber, None
        if transcriber is not None and hasattr(transcriber[1], "close"):
            transcriber[1].close()

    def _number(self) -> int:
        with self._lock:
            self._numbers += 1
            return self._numbers


def _wait_for_the_tower(model: VisionModel, cancel: Cancel) -> None:
    """A vision tower that is compiled in the background (npu_tower.py). Errors: `EngineFailed` where that failed, `Stopped`."""
    tower = getattr(model, "tower", None)
    if tower is not None and (failed := tower.wait(cancel).failed):
        raise EngineFailed(
            "engine_load_failed", engine=model.engine, device=model.device, path="", reason=failed
        )


def _frame(asked: Asked) -> Frame:
    if asked.frame is None:
        raise EngineFailed("engine_failed", engine="", reason="no picture came")
    return asked.frame


def _question(asked: Asked) -> tuple[str, tuple[Any, ...]]:
    return values.text(asked.arguments["question"]), values.turns(asked.arguments["earlier"])
