"""Engine processes that fail as a test wishes, and a check that nothing of them stays."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from models.bench.faulty_engine import Plan
from models.engine_process.host import EngineHost
from models.engine_process.known import Known, Probed
from models.engine_process.ladder import AUTO, Ladder
from models.engine_process.process import EngineProcess

THERE = ("CPU", "GPU", "NPU")


def wait_until(check: Callable[[], object], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not happen"
        threading.Event().wait(0.01)


def is_there(pid: int) -> bool:
    """Whether the process lives or is a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir())) if sys.platform == "linux" else 0


@pytest.fixture
def start() -> Iterator[Callable[..., EngineProcess]]:
    """Starts a process with this plan; whatever the test leaves is ended, and nothing of it may stay."""
    descriptors_before = descriptors()
    threads_before = set(threading.enumerate())
    started: list[EngineProcess] = []

    def begin(**plan: object) -> EngineProcess:
        words = json.dumps(asdict(Plan(**plan)))
        process = EngineProcess([sys.executable, "-P", "-m", "models.bench.faulty_engine", words])
        started.append(process)
        return process

    yield begin
    for process in started:
        process.end("closed")
        assert process.wait_ended(10.0)
        assert not is_there(process.pid), "a zombie"
    left = lambda: [t for t in threading.enumerate() if t not in threads_before and "engine" in t.name]  # noqa: E731
    wait_until(lambda: not left())
    wait_until(lambda: descriptors() <= descriptors_before)


@pytest.fixture
def hosted(start: Callable[..., EngineProcess]) -> Iterator[Callable[..., EngineHost]]:
    """A host whose processes follow a plan. `idle` is its idle time in seconds."""
    hosts: list[EngineHost] = []

    def make(idle: float = 0.0, **plan: object) -> EngineHost:
        host = EngineHost(start=lambda: start(**plan), idle_seconds=lambda: idle)
        host.troubles = []
        host.told = host.troubles.append
        hosts.append(host)
        return host

    yield make
    for host in hosts:
        host.close()


@pytest.fixture
def known(tmp_path: Path) -> Known:
    return Known(tmp_path / "devices.json", stamp=lambda device: "today's")


@pytest.fixture
def ladder(known: Known) -> Callable[..., Ladder]:
    """NPU before GPU before CPU, all of them tried out."""

    def make(wanted: str = AUTO) -> Ladder:
        for milliseconds, device in enumerate(("NPU", "GPU", "CPU"), 1):
            known.keep(device, "scripted", Probed(look_ms=float(milliseconds)))
        return Ladder("scripted", wanted, THERE, known)

    return make
