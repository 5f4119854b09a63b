"""Breaks the engine process on purpose and says what came of the question (R33): five faults × back ends × rounds.

    python -m models.bench faults [--rounds 20] [--backends openvino,transformers,http] [--json]

A person's whole run each time: the frame is looked at and a question answered while the fault strikes at the device, stage and
token that the round says. Devices that this machine lacks are the CPU under another name (faulty_engine.py). Where torch is not
installed, «scripted», a model that says fixed words, stands for transformers. Counted: runs that finished, that failed with a code,
the answers that were the same as without a fault, and what was left behind afterwards: zombies, descriptors, threads, shared memory.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

from assistant.ask import Ports, Question, ask
from assistant.events import Failed, Finished, Restarted, Said
from assistant.frames import Frame, ScreenText
from assistant.ports import Cancel
from models.bench.faulty_engine import BLOB, FAULTS, Plan
from models.bench.faulty_server import FaultyServer
from models.engine_process.compiled import Compiled
from models.engine_process.host import EngineHost
from models.engine_process.known import Known, Probed
from models.engine_process.ladder import AUTO, Ladder
from models.engine_process.patience import FIRST, Patience
from models.engine_process.probing import QUESTION, picture, screen_text
from models.engine_process.process import EngineProcess
from models.engine_process.remote_vision import RemoteVision

BACKENDS = ("openvino", "transformers", "http")
ORDER = ("NPU", "GPU", "CPU")
MODEL = "nunchi-mini"
HANGING_SECONDS = 3.0
SHARED = Path("/dev/shm")  # noqa: S108 - only looked into
STRIKES: tuple[dict[str, Any], ...] = (
    {"devices": ("NPU",), "stage": "answer", "token": 0},
    {"devices": ("NPU",), "stage": "answer", "token": 2},
    {"devices": ("NPU",), "stage": "look"},
    {"devices": ("NPU", "GPU"), "stage": "answer", "token": 1},
    {"devices": ("*",), "stage": "answer", "token": 1},
)
"""round by round; the last leaves no device that works"""


@dataclass(frozen=True)
class Outcome:
    backend: str
    fault: str
    strike: str
    end: str
    """finished, or the code it failed with"""
    same: bool
    """the answer is the one without a fault"""
    restarted: bool
    """what had been said was taken back"""
    device: str
    seconds: float
    processes: int
    left: tuple[str, ...] = field(default=())
    """what was found behind it"""

    @property
    def good(self) -> bool:
        return not self.left and (self.same or self.end not in {"finished", "internal"})


class FixedReader:
    """What stands on the picture is known: the fault is elsewhere."""

    def read(self, frame: Frame, cancel: Cancel | None = None) -> ScreenText:
        return screen_text()


def main(argv: Sequence[str]) -> int:
    options = argparse.ArgumentParser(
        prog="python -m models.bench faults", description=__doc__.splitlines()[0]
    )
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--backends", default=",".join(BACKENDS))
    options.add_argument("--faults", default=",".join(FAULTS))
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args(argv)
    found = []
    for outcome in run(chosen.backends.split(","), chosen.faults.split(","), chosen.rounds):
        found.append(outcome)
        print(row(outcome), file=sys.stderr, flush=True)
    print(json.dumps([asdict(one) for one in found]) if chosen.json else table(found))
    return 0 if all(one.good for one in found) else 1


def run(backends: Sequence[str], faults: Sequence[str], rounds: int) -> Iterator[Outcome]:
    """One after the other; the answer without a fault is asked for first."""
    for wished in backends:
        backend = "scripted" if wished == "transformers" and not has_torch() else wished
        right = asked(Plan(backend=backend), "", "")
        assert right.end == "finished", right
        for fault in faults:
            for number in range(rounds):
                strike = STRIKES[number % len(STRIKES)]
                plan = planned(backend, fault, strike)
                yield asked(plan, fault, right_answer=right.strike, told=struck(plan))


def planned(backend: str, fault: str, strike: dict[str, Any]) -> Plan:
    if fault == "compile_error":
        strike = strike | {"stage": "open"}
    return Plan(backend=backend, fault=fault, **strike)


def struck(plan: Plan) -> str:
    return f"{'+'.join(plan.devices)} {plan.stage} {plan.token}"


def asked(plan: Plan, fault: str, right_answer: str, told: str = "") -> Outcome:
    """One question. Without a fault `strike` is the answer."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="nunchi-faults-")))
        before = Left.now()
        began = time.monotonic()
        with hosted(plan, folder) as (host, model):
            events = list(ask(Question(picture(), QUESTION), Ports(model=model.open, reader=FixedReader())))
        seconds = time.monotonic() - began
        left = before.since()
    end, text = events[-1], said(events)
    finished = isinstance(end, Finished)
    return Outcome(
        backend=plan.backend,
        fault=fault,
        strike=told or text,
        end="finished" if finished else end.code if isinstance(end, Failed) else "stopped",
        same=finished and bool(text) and (text == right_answer or not fault),
        restarted=any(isinstance(event, Restarted) for event in events),
        device=end.answer.device if finished else "",
        seconds=seconds,
        processes=host.starts,
        left=left,
    )


@contextmanager
def hosted(plan: Plan, folder: Path) -> Iterator[tuple[EngineHost, RemoteVision]]:
    """A host whose processes fail as planned, and the model in it."""
    with ExitStack() as stack:
        if plan.backend == "http":
            server = stack.enter_context(FaultyServer(plan))
            passing = (
                "" if plan.devices == ("*",) else str(folder / "struck")
            )  # there is no other device to go to
            plan = replace(server.left_for_the_engine, address=server.address, once=passing)
        words = json.dumps(asdict(plan))
        host = EngineHost(
            start=lambda: EngineProcess([sys.executable, "-P", "-m", "models.bench.faulty_engine", words]),
            idle_seconds=lambda: 0.0,
        )
        stack.callback(host.close)
        known = Known(folder / "devices.json", stamp=lambda device: "this driver")
        for milliseconds, device in enumerate(ORDER, 1):
            known.keep(device, MODEL, Probed(look_ms=float(milliseconds)))
        compiled = Compiled(folder / "compiled", stamp=lambda device: "this driver")
        if plan.fault == "old_cache":
            for device in ORDER:
                if (cache := compiled.folder(device)) is not None:
                    (cache / BLOB).write_text("an older driver's")
        ladder = None if plan.backend == "http" else Ladder(MODEL, AUTO, ORDER, known)
        patience = Patience(FIRST if plan.fault != "hang" else _short(plan), least=HANGING_SECONDS)
        yield host, RemoteVision(host, MODEL, ladder=ladder, compiled=compiled, patience=patience)


def _short(plan: Plan) -> dict[str, float]:
    """Little patience with the stage that hangs, so that twenty rounds end today; as much as ever with the others."""
    stages = {"look": ("look",), "answer": ("first", "piece"), "open": ("open",)}[plan.stage]
    return {**FIRST, **dict.fromkeys(stages, HANGING_SECONDS)}


def said(events: Sequence[object]) -> str:
    text = ""
    for event in events:
        if isinstance(event, Restarted):
            text = ""
        elif isinstance(event, Said):
            text += event.piece
    return text


@dataclass(frozen=True)
class Left:
    """What this process holds, to be compared."""

    descriptors: int
    threads: frozenset[threading.Thread]
    shared: frozenset[str]

    @classmethod
    def now(cls) -> Left:
        descriptors = len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0
        shared = frozenset(one.name for one in SHARED.iterdir()) if SHARED.is_dir() else frozenset()
        return cls(descriptors, frozenset(threading.enumerate()), shared)

    def since(self, patience: float = 5.0) -> tuple[str, ...]:
        """What there is now and was not then, once everything had time to end."""
        end = time.monotonic() + patience
        while (left := tuple(self._more())) and time.monotonic() < end:
            threading.Event().wait(0.02)
        return left

    def _more(self) -> Iterator[str]:
        now = Left.now()
        if now.descriptors > self.descriptors:
            yield f"{now.descriptors - self.descriptors} descriptors"
        yield from (f"thread {one.name}" for one in now.threads - self.threads if "engine" in one.name)
        yield from (f"shared memory {one}" for one in now.shared - self.shared if "nunchi" in one)
        yield from (f"process {one}" for one in children())


def children() -> Iterator[str]:
    """Engine processes of ours that are still there, zombies too (Linux)."""
    if sys.platform != "linux":
        return
    for about in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = about.read_text().rpartition(")")[2].split()[:2]
            words = (about.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(parent) == os.getpid() and (state == "Z" or b"faulty_engine" in words):
            yield f"{about.parent.name} ({state})"


def has_torch() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("torch", "transformers"))


def row(one: Outcome) -> str:
    left = f"  left: {', '.join(one.left)}" if one.left else ""
    return (
        f"{'ok ' if one.good else 'BAD'} {one.backend:13}{one.fault:14}{one.strike:24}{one.end:20}"
        f"{one.device:5}{one.processes} processes  {one.seconds:5.1f} s{left}"
    )


def table(found: Sequence[Outcome]) -> str:
    """For each back end and fault: how the runs ended, medians of seconds, and what was left."""
    rows = []
    for key in dict.fromkeys((one.backend, one.fault) for one in found):
        ones = [one for one in found if (one.backend, one.fault) == key]
        ends = Counter(one.end for one in ones)
        rows.append(
            f"{key[0]:13}{key[1]:14}{len(ones):3} runs: {', '.join(f'{n} {end}' for end, n in ends.most_common())};"
            f" {sum(one.same for one in ones)} the same answer, {sum(one.restarted for one in ones)} begun anew;"
            f" median {median(one.seconds for one in ones):.1f} s; {sum(not one.good for one in ones)} bad"
        )
    return "\n".join(rows)
