"""One model in a process of its own, asked on command: looks at a screen that was already read, answers, tells times.

A process each, so that the memory of one is not the memory of all; on command, so that several models take turns
and a busy minute hits them alike.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.errors import EngineFailed
from assistant.frames import Frame, ScreenText
from models.bench import memory

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from assistant.ports import VisionModel

PATIENCE = 600.0
"""seconds for one round, loading included"""


@dataclass(frozen=True)
class Round:
    """One look and its answers. Times in milliseconds by the clock; `processor_s` are seconds of all cores."""

    encode_ms: float
    prefill_ms: float
    look_ms: float
    """from the frame to the prefilled look; more than the sum of the two above only by what lies between"""
    processor_s: float
    """of the look alone"""
    first_token_ms: tuple[float, ...]
    """question → first token, one for each question"""
    tokens: int
    token_seconds: float
    """spent on `tokens`, first tokens left out"""
    resident: int | None
    """bytes held right after the last answer"""
    peak: int | None
    answers: tuple[str, ...]


class Asker:
    """The near side of the process. Errors of the model come out of `round` as `EngineFailed` engine_failed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def round(self) -> Round:
        self._connection.send("round")
        if not self._connection.poll(PATIENCE):
            raise EngineFailed("engine_failed", engine="", reason=f"no round in {PATIENCE:.0f} s")
        try:
            told = self._connection.recv()
        except EOFError as error:
            raise EngineFailed("engine_failed", engine="", reason="the process ended") from error
        if isinstance(told, str):
            raise EngineFailed("engine_failed", engine="", reason=told)
        return told


@dataclass(frozen=True, eq=False)
class Task:
    """Which model (name, folder or a server's address) looks at what, and is asked what."""

    model: str
    engine: str | None
    device: str
    frame: Frame
    text: ScreenText
    questions: tuple[str, ...]


@contextmanager
def asker(task: Task) -> Iterator[Asker]:
    """Start the process; it ends with the block."""
    context = multiprocessing.get_context("spawn")
    near, far = context.Pipe()
    process = context.Process(target=_serve, args=(far, task), daemon=True)
    process.start()
    far.close()
    try:
        yield Asker(near)
    finally:
        near.close()
        process.join(5)
        if process.is_alive():
            process.terminate()


def _serve(connection: Connection, task: Task) -> None:
    """The far side: a round for every message until the near side closes."""
    from models.catalogue import open_vision

    try:
        model = open_vision(task.model, task.engine, task.device)
        while connection.recv():
            connection.send(one_round(model, task.frame, task.text, task.questions))
    except EOFError:
        return
    except Exception as error:  # whatever it is, the near side raises it
        connection.send(f"{type(error).__name__}: {error}")


def one_round(model: VisionModel, frame: Frame, text: ScreenText, questions: Sequence[str]) -> Round:
    """Look once and ask every question."""
    before, started = time.process_time(), time.perf_counter()
    look = model.look(frame, text)
    look_ms, spent = (time.perf_counter() - started) * 1000, time.process_time() - before
    firsts, answers, tokens, seconds = [], [], 0, 0.0
    for question in questions:
        answers.append("".join(look.answer(question)))
        told = look.last_answer
        firsts.append(told.first_token_ms)
        if told.tokens_per_s > 0:
            tokens += told.tokens
            seconds += told.tokens / told.tokens_per_s
    held = memory.resident()
    look.close()
    return Round(
        encode_ms=look.timings.encode_ms,
        prefill_ms=look.timings.prefill_ms,
        look_ms=look_ms,
        processor_s=spent,
        first_token_ms=tuple(firsts),
        tokens=tokens,
        token_seconds=seconds,
        resident=held,
        peak=memory.peak(),
        answers=tuple(answers),
    )
