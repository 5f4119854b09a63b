"""An engine process that fails on purpose, as drivers do: the real one (child.py) with openers that break at the wished moment.

    python -m models.bench.faulty_engine '{"fault": "segfault", "devices": ["NPU"], "stage": "answer", "token": 2}'

Started by the bench of faults and by tests only; the product has no way to it. Devices that this machine lacks are the CPU under
another name.
"""

from __future__ import annotations

import ctypes
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import EngineFailed
from assistant.frames import Frame, ScreenText, Speech, Transcript
from assistant.ports import AnswerTimings, Cancel, Look, LookTimings, Turn, VisionModel
from assistant.prompts import citation
from models.engine_process.child import main
from models.engine_process.engines import Openers, open_reader

FAULTS = ("segfault", "hang", "device_lost", "compile_error", "old_cache")
STAGES = ("open", "look", "answer")
BLOB = "graph.blob"


@dataclass(frozen=True)
class Plan:
    """What breaks, where and when. `backend`: scripted, openvino, transformers or http."""

    fault: str = ""
    devices: tuple[str, ...] = ()
    """on which; "*" on all"""
    stage: str = "answer"
    token: int = 0
    """before which token, where `stage` is answer"""
    backend: str = "scripted"
    address: str = ""
    """of the server, for http"""
    pieces: tuple[str, ...] = ("여기에 ", citation(1), "라고 ", "쓰여 ", "있어요.")
    """what the scripted model says"""
    pause: float = 0.0
    """seconds before each of its pieces"""
    once: str = ""
    """a file: where it is there already nothing breaks any more"""

    def strikes(self, device: str, stage: str) -> bool:
        if self.fault not in FAULTS or stage != self.stage or not {device, "*"} & set(self.devices):
            return False
        if not self.once:
            return True
        first = not Path(self.once).exists()
        Path(self.once).touch()
        return first

    def strike(self) -> None:
        if self.fault == "segfault":
            ctypes.string_at(0)
        elif self.fault == "hang":
            while True:
                time.sleep(60)
        elif self.fault == "device_lost":
            raise EngineFailed("engine_failed", engine=self.backend, reason="ZE_RESULT_ERROR_DEVICE_LOST")
        elif self.fault == "compile_error":
            raise EngineFailed(
                "engine_load_failed",
                engine=self.backend,
                device="",
                path="",
                reason="[NPU_VCL] Compiler failed",
            )


class FaultyModel:
    """A `VisionModel` around a real one that claims to run on `device`."""

    def __init__(self, model: VisionModel, device: str, plan: Plan) -> None:
        self._model, self._plan = model, plan
        self.name, self.engine, self.style, self.device = model.name, model.engine, model.style, device
        self.image_tokens: int | None = None

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> Look:
        if self._plan.strikes(self.device, "look"):
            self._plan.strike()
        if hasattr(self._model, "image_tokens"):
            self._model.image_tokens = self.image_tokens
        return FaultyLook(self._model.look(frame, screen_text, cancel), self.device, self._plan)

    def close(self) -> None:
        self._model.close()


class FaultyLook:
    def __init__(self, look: Look, device: str, plan: Plan) -> None:
        self._look, self._device, self._plan = look, device, plan
        self.timings = look.timings
        if hasattr(look, "told"):
            self.told = look.told

    @property
    def last_answer(self) -> AnswerTimings:
        return self._look.last_answer

    def answer(
        self, question: str, earlier: Sequence[Turn] = (), cancel: Cancel | None = None
    ) -> Iterator[str]:
        strikes = self._plan.strikes(self._device, "answer")
        for number, piece in enumerate(self._look.answer(question, earlier, cancel)):
            if strikes and number == self._plan.token:
                self._plan.strike()
            yield piece
        if strikes:
            self._plan.strike()

    def close(self) -> None:
        self._look.close()


class ScriptedModel:
    """Says the pieces of the plan, whatever it sees."""

    name, engine, style, device = "scripted", "scripted", "mini", "CPU"

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.image_tokens: int | None = None

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> ScriptedLook:
        look, seen = ScriptedLook(self.plan), self.image_tokens or 0
        look.timings = LookTimings(1.0, 1.0, seen, seen, seen)
        return look

    def close(self) -> None: ...


class ScriptedLook:
    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self.timings, self.last_answer = LookTimings(1.0, 1.0), AnswerTimings()

    def answer(
        self, question: str, earlier: Sequence[Turn] = (), cancel: Cancel | None = None
    ) -> Iterator[str]:
        self.last_answer = AnswerTimings()
        for piece in self._plan.pieces:
            if cancel is not None and cancel.wait(self._plan.pause):
                return
            self.last_answer.tokens += 1
            yield piece

    def close(self) -> None: ...


class ScriptedTranscriber:
    name = "scripted"

    def clocked(self, samples: Sequence[float], tokens: int) -> float:
        return len(samples) / 16_000 * tokens / 1000

    def transcribe(
        self, speech: Speech, hotwords: Sequence[str] = (), cancel: Cancel | None = None
    ) -> Transcript:
        loudest = float(abs(speech.samples).max()) if len(speech.samples) else 0.0
        return Transcript(f"{speech.seconds:.2f} 초, {loudest:.2f}, {' '.join(hotwords)}")


def openers(plan: Plan) -> Openers:
    def vision(name: str | None, engine: str | None, device: str, cache: Path | None) -> VisionModel:
        if plan.fault == "old_cache" and cache is not None:
            _load_compiled(cache, device, plan)
        elif plan.strikes(device, "open"):
            plan.strike()
        return FaultyModel(_opened(name, engine, plan), device, plan)

    return Openers(reader=open_reader, vision=vision, transcriber=lambda name: ScriptedTranscriber())


def _opened(name: str | None, engine: str | None, plan: Plan) -> VisionModel:
    from models.catalogue import open_vision

    if plan.backend == "http":
        return open_vision(plan.address)
    if plan.backend == "scripted":
        return ScriptedModel(plan)
    return open_vision(name, plan.backend or engine, "CPU")


def _load_compiled(cache: Path, device: str, plan: Plan) -> None:
    """As drivers do: what an older one compiled crashes this one; what is missing is compiled."""
    blob = cache / BLOB
    if blob.exists() and blob.read_text() != "this driver's" and {device, "*"} & set(plan.devices):
        ctypes.string_at(0)
    blob.write_text("this driver's")


def planned(told: dict[str, Any]) -> Plan:
    return Plan(**{name: tuple(one) if isinstance(one, list) else one for name, one in told.items()})


if __name__ == "__main__":
    plan = planned(json.loads(sys.argv[1]))
    sys.exit(main(lambda: openers(plan)))
