"""Starts one process for each engine, each with the Python that has it, and hands out rounds in turn."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.bench.engines.work import Work

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Running:
    """An engine's process. `told` is its first line; `skipped` says why there is none."""

    name: str
    process: subprocess.Popen[str]
    told: dict[str, Any] = field(default_factory=dict)
    skipped: str | None = None

    def round(self, work: Work) -> dict[str, Any]:
        """The engine's `Stages` as JSON, or {"failed": why}."""
        if self.skipped:
            return {"failed": self.skipped}
        try:
            self.process.stdin.write(json.dumps(work.told()) + "\n")
            self.process.stdin.flush()
        except OSError as error:
            return self._gone(str(error))
        line = self.process.stdout.readline()
        return json.loads(line) if line else self._gone("the process ended")

    def _gone(self, why: str) -> dict[str, Any]:
        status = self.process.wait()
        self.skipped = f"{why} with status {status}"
        return {"failed": self.skipped}


@contextmanager
def running(
    names: list[str], folder: Path, threads: int, pythons: Mapping[str, str]
) -> Iterator[list[Running]]:
    """A process for each name; they end with the block. `pythons` gives an engine's interpreter; by default this one."""
    started = []
    try:
        for name in names:
            process = subprocess.Popen(
                [interpreter(name, pythons), "-m", "models.bench.engines.worker", name, str(folder), "--threads",
                 str(threads)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": str(threads)},
            )  # fmt: skip
            one = Running(name, process)
            started.append(one)
            line = process.stdout.readline()  # one after the other: loading is timed too
            one.told = json.loads(line) if line else {"skipped": f"ended with status {process.wait()}"}
            one.skipped = one.told.get("skipped")
        yield started
    finally:
        for one in started:
            one.process.stdin.close()
            try:
                one.process.wait(10)
            except subprocess.TimeoutExpired:
                one.process.kill()


def interpreter(name: str, pythons: Mapping[str, str]) -> str:
    """The Python of `transformers` serves transformers-fp32 and transformers-bf16 alike."""
    return pythons.get(name) or pythons.get(name.rpartition("-")[0]) or sys.executable
