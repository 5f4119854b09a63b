"""What all processes of the tray program hold: fresh, while it answers, and after the engine process has ended for want of questions.

    python -m desktop.bench memory [--questions 3] [--idle 10]

Proportional sizes (PSS) are added up: a page that two processes share counts once. Each question is typed about another picture.
"""

from __future__ import annotations

import argparse
import json
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop.bench.headless import Desk, Running
from desktop.bench.press import CHORD
from desktop.bench.tray import Keys, Wallpaper, await_stage, children, pictures, started

GOAL_ANSWERING_MB, GOAL_ALONE_MB = 600, 120
SAMPLE_SECONDS = 0.1
SPAN = 30.0
"""seconds until the engine process must have ended after its idle time"""


@dataclass(frozen=True)
class Held:
    """Megabytes (2^20) of the tray alone, resident and proportional, and of everything it started."""

    tray_rss: float
    tray_pss: float
    all_pss: float
    processes: int


@dataclass(frozen=True)
class Found:
    fresh: Held
    answering: Held
    """the most there was at one moment, while questions were answered"""
    answered: Held
    alone: Held
    """after the idle time"""
    back: Held
    """after one more question and another idle time"""


def main(argv: Sequence[str]) -> int:
    options = argparse.ArgumentParser(
        prog="python -m desktop.bench memory", description=__doc__.splitlines()[0]
    )
    options.add_argument("--questions", type=int, default=3)
    options.add_argument("--idle", type=float, default=10.0, metavar="SECONDS", help="until the models go")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args(argv)
    with started("--typed", "--idle", str(chosen.idle)) as (desk, program):
        found = measured(desk, program, chosen.questions, chosen.idle)
    print(json.dumps(asdict(found)) if chosen.json else told(found))
    good = found.answering.all_pss <= GOAL_ANSWERING_MB and found.back.tray_rss <= GOAL_ALONE_MB
    return 0 if good and found.alone.processes == found.back.processes == 1 else 1


def measured(desk: Desk, program: Running, questions: int, idle: float) -> Found:
    tray = program.process.pid
    wallpaper, keys, shown = Wallpaper(desk.display), Keys(desk), pictures()

    def ask() -> None:
        wallpaper.show(next(shown))
        keys.press(CHORD)
        await_stage(program, "focused")
        keys.write("what is the title")
        keys.press("Return")
        await_stage(program, "ended")
        keys.press("Escape")
        await_stage(program, "hidden")

    fresh = held(tray)
    with Most(tray) as most:
        for _ in range(questions):
            ask()
    answered = held(tray)
    alone = when_alone(tray, idle)
    ask()
    back = when_alone(tray, idle)
    keys.close()
    return Found(fresh, most.held, answered, alone, back)


class Most:
    """Looks again and again while it is entered; `held` is the most of everything."""

    def __init__(self, tray: int) -> None:
        self._tray, self._over = tray, threading.Event()
        self.held = held(tray)
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Most:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(SAMPLE_SECONDS):
            now = held(self._tray)
            if now.all_pss > self.held.all_pss:
                self.held = now


def when_alone(tray: int, idle: float) -> Held:
    """Once nothing of ours but the tray is left, or the time for that is over."""
    end = time.monotonic() + idle + SPAN
    while len(tuple(family(tray))) > 1 and time.monotonic() < end:
        threading.Event().wait(0.2)
    threading.Event().wait(2.0)  # what is given back a moment later
    return held(tray)


def held(tray: int) -> Held:
    sizes = {process: size for process in family(tray) if (size := _sizes(process))}
    rss, pss = sizes.get(tray, (0.0, 0.0))
    return Held(rss, pss, sum(one[1] for one in sizes.values()), len(sizes))


def family(process: int) -> Iterator[int]:
    """The process and all that it, and they, started."""
    yield process
    for child in children(process):
        yield from family(child)


def _sizes(process: int) -> tuple[float, float] | None:
    """Resident and proportional megabytes; None where it has gone meanwhile."""
    try:
        rows = (row.split() for row in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines())
        told = {row[0]: int(row[1]) / 1024 for row in rows if row[0] in ("Rss:", "Pss:")}
        return told["Rss:"], told["Pss:"]
    except (OSError, KeyError):
        return None


def told(found: Found) -> str:
    names = {"fresh": "before any question", "answering": "answering, at most", "answered": "after the answers",
             "alone": "after the idle time", "back": "and once more"}  # fmt: skip
    rows = [f"{'MB':22}   tray RSS   tray PSS   all PSS   processes"]
    for name, words in names.items():
        one: Held = getattr(found, name)
        rows.append(
            f"{words:22}{one.tray_rss:11.1f}{one.tray_pss:11.1f}{one.all_pss:10.1f}{one.processes:12}"
        )
    goals = f"goals: answering {GOAL_ANSWERING_MB} of all, alone {GOAL_ALONE_MB} of the tray (RSS)"
    return "\n".join([*rows, goals])
