"""What the engine process costs beside hosting the models in this process: per frame, per token, per start, and for a whole question.

    python -m models.bench pipe [--repeats 15] [--json]

Both ways take turns. Whole questions are the bundled model's; frames and tokens go to a model that only says fixed words.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from statistics import median
from typing import Any

from assistant.cancelling import in_background
from assistant.frames import Frame, ScreenText
from assistant.ports import Cancel, VisionModel
from models.bench.faulty_engine import Plan, ScriptedModel
from models.engine_process import values
from models.engine_process.host import EngineHost
from models.engine_process.probing import QUESTION, picture, screen_text
from models.engine_process.process import EngineProcess
from models.engine_process.remote_vision import RemoteVision

PIECES = 400
HERE_COLD = """
import time
began = time.perf_counter()
from models.catalogue import open_vision
from models.engine_process.probing import QUESTION, picture, screen_text
from models.standing_back import stand_back
stand_back()
frame, text = picture(), screen_text()
look = open_vision().look(frame, text)
next(iter(look.answer(QUESTION)))
print(time.perf_counter() - began)
"""


def main(argv: Sequence[str]) -> int:
    options = argparse.ArgumentParser(prog="python -m models.bench pipe", description=__doc__.splitlines()[0])
    options.add_argument("--repeats", type=int, default=15)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args(argv)
    found = small(chosen.repeats) | cold(max(3, chosen.repeats // 3)) | questions(chosen.repeats)
    print(json.dumps(found) if chosen.json else table(found))
    return 0


def small(repeats: int) -> dict[str, list[float]]:
    """Milliseconds of a full-HD frame, of a call without one, of a token, of a cancel; and of the same token without a pipe."""
    import numpy as np

    found: dict[str, list[float]] = {
        name: [] for name in ("call", "frame_and_call", "token", "token_here", "cancel")
    }
    plan = Plan(pieces=("말 ",) * PIECES)
    screen = np.random.default_rng(0).integers(0, 256, (1080, 1920, 3), dtype=np.uint8)
    with scripted(plan) as process, scripted(Plan(pause=30.0)) as slow:
        look, same = opened(process), Frame(screen)
        waiting = opened(slow)
        given = {"model": look["model"], "text": values.screen_text_told(ScreenText())}
        process.call("look", given, frame=same)
        for _ in range(repeats):
            found["call"].append(timed(lambda: process.call("look", given, frame=same)))
            fresh = Frame(screen)
            found["frame_and_call"].append(
                timed(lambda fresh=fresh: process.call("look", given, frame=fresh))
            )
            asked = {"look": look["look"], "question": "", "earlier": []}
            found["token"].append(timed(lambda asked=asked: list(process.pieces("answer", asked))) / PIECES)
            here: Any = ScriptedModel(plan).look(same, ScreenText())
            found["token_here"].append(timed(lambda here=here: list(here.answer("", (), Cancel()))) / PIECES)
            found["cancel"].append(cancelled(slow, waiting["look"]))
    return found


def cancelled(process: EngineProcess, look: int) -> float:
    """Milliseconds from a cancel until the engine process has let go of the answer."""
    cancel, asked = Cancel(), {"look": look, "question": "", "earlier": []}
    running = in_background(lambda: list(process.pieces("answer", asked, cancel=cancel)))
    while not process.busy:
        time.sleep(0.001)
    began = time.perf_counter()
    cancel.set()
    while process.owing:
        time.sleep(0.0005)
    running.exception()
    return 1000 * (time.perf_counter() - began)


def questions(repeats: int) -> dict[str, list[float]]:
    """Milliseconds of look, first token and whole answer of the bundled model, in this process and in the other."""
    from models.catalogue import open_vision
    from models.standing_back import stand_back

    stand_back()  # as looking does in the other process
    found: dict[str, list[float]] = {}
    host = EngineHost(idle_seconds=lambda: 0.0)
    try:
        models: dict[str, VisionModel] = {"here": open_vision(), "apart": RemoteVision(host).open()}
        for number in range(repeats + 1):
            for where, model in models.items():
                frame = picture()
                began = time.perf_counter()
                look = model.look(frame, screen_text())
                looked = time.perf_counter()
                pieces = look.answer(QUESTION)
                next(iter(pieces))
                first = time.perf_counter()
                list(pieces)
                ended = time.perf_counter()
                look.close()
                if number:  # the first one makes ready
                    for name, span in (
                        ("look", looked - began), ("first", first - looked), ("answer", ended - looked),
                    ):  # fmt: skip
                        found.setdefault(f"{name}_{where}", []).append(1000 * span)
    finally:
        host.close()
    return found


def cold(repeats: int) -> dict[str, list[float]]:
    """Milliseconds from nothing to the first token: a new engine process, and a new process that hosts the model itself.

    The latter without the start of its interpreter, which a tray program has behind it.
    """
    found: dict[str, list[float]] = {"cold_apart": [], "cold_here": [], "start_apart": []}
    for _ in range(repeats):
        host = EngineHost(idle_seconds=lambda: 0.0)
        try:
            began = time.perf_counter()
            host.wake()
            look = RemoteVision(host).open().look(picture(), screen_text())
            next(iter(look.answer(QUESTION)))
            found["cold_apart"].append(1000 * (time.perf_counter() - began))
        finally:
            host.close()
        with scripted(Plan()) as process:
            found["start_apart"].append(
                timed(lambda process=process: process.call("open_transcriber", {"name": None}))
            )
        told = subprocess.run([sys.executable, "-c", HERE_COLD], capture_output=True, text=True, check=True)
        found["cold_here"].append(1000 * float(told.stdout))
    return found


@contextmanager
def scripted(plan: Plan) -> Iterator[EngineProcess]:
    words = json.dumps(asdict(plan))
    process = EngineProcess([sys.executable, "-P", "-m", "models.bench.faulty_engine", words])
    try:
        yield process
    finally:
        process.close()


def opened(process: EngineProcess) -> dict[str, Any]:
    model = process.call("open_vision", {"name": None, "device": "CPU"})
    given = {"model": model["model"], "text": values.screen_text_told(ScreenText())}
    return model | process.call("look", given, frame=picture())


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def table(found: dict[str, list[float]]) -> str:
    """Medians and the least, in milliseconds."""
    return "\n".join(
        f"{name:16}median {median(one):9.3f}   least {min(one):9.3f}" for name, one in found.items() if one
    )
