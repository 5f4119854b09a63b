"""How long the program takes to start: its help, the tray until its keys are bound, and a first question asked at once.

    python -m desktop.bench start [--times 5]

Bare Python and bare Qt are started in turn with it: their ratios stay what they are on a slow or busy machine. Each start is a new
process with files that the system has read before.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.bench.press import CHORD
from desktop.bench.tray import ROOT, Keys, Wallpaper, await_stage, await_stages, pictures, started

GOALS = {"help": 0.25, "tray": 1.5, "question": 3.0}
"""seconds, in the median"""
PROGRAMS = {
    "python": ("-c", "pass"),
    "qt": ("-c", "import PySide6.QtWidgets"),
    "help": ("-c", "import sys, desktop.command.main as main; sys.exit(main.main(['--help']))"),
}
WORDS = {
    "python": "bare Python",
    "qt": "Python with Qt's windows",
    "help": "nunchi --help",
    "tray": "the tray, its keys bound",
    "question": "first question, typed at once: Enter → first word",
    "key": "the same, key → first word",
}


@dataclass(frozen=True)
class Start:
    """Seconds of one start of the tray."""

    tray: float
    question: float
    """from Enter to the first word drawn"""
    key: float
    """from the key to the first word drawn: looking begins with the key, typing overlaps with it"""


def main(argv: Sequence[str]) -> int:
    options = argparse.ArgumentParser(
        prog="python -m desktop.bench start", description=__doc__.splitlines()[0]
    )
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args(argv)
    taken: dict[str, list[float]] = {name: [] for name in WORDS}
    programs(lambda name, seconds: None)  # once for the system's cache of files
    for _ in range(chosen.times):
        programs(lambda name, seconds: taken[name].append(seconds))
        one = tray()
        for name in ("tray", "question", "key"):
            taken[name].append(getattr(one, name))
    medians = {name: statistics.median(seconds) for name, seconds in taken.items()}
    print(json.dumps({"medians": medians, "all": taken}) if chosen.json else told(medians, taken))
    return 0 if all(medians[name] <= goal for name, goal in GOALS.items()) else 1


def programs(done: Callable[[str, float], object]) -> None:
    """Each of PROGRAMS once, from its start to its end."""
    for name, words in PROGRAMS.items():
        began = time.monotonic()
        subprocess.run((sys.executable, *words), cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        done(name, time.monotonic() - began)


def tray() -> Start:
    """The tray, from its process to its bound keys, and a question typed the moment it is there."""
    began: list[float] = []
    with started("--typed", before=lambda _desk: began.append(time.monotonic())) as (desk, program):
        ready = time.monotonic()
        wallpaper, keys = Wallpaper(desk.display), Keys(desk)
        wallpaper.show(next(pictures()))
        key = keys.press(CHORD)
        await_stage(program, "focused")
        keys.write("what is the title")
        enter = keys.press("Return")
        first = await_stages(program, "says", "ended")["says"]
        keys.close()
    return Start(ready - began[0], first - enter, first - key)


def told(medians: dict[str, float], taken: dict[str, list[float]]) -> str:
    rows = [f"{'seconds':52}  median   least    most   × Python    goal"]
    for name, words in WORDS.items():
        goal = f"{GOALS[name]:8.2f}" if name in GOALS else " " * 8
        seconds = taken[name]
        rows.append(
            f"{words:52}{medians[name]:8.2f}{min(seconds):8.2f}{max(seconds):8.2f}{medians[name] / medians['python']:11.1f}{goal}"
        )
    return "\n".join(rows)
