"""Asks the real tray program questions for a long time and says whether it grows.

    python -m desktop.bench soak [--minutes 30] [--quick]

Each question: another picture on the screen, the key, a typed question, the answer, Esc. `--quick` lets ports answer that
take no time (quick.py): windows, keys, capture and threads are the real ones. What was held after the first fifth of the
time, when models and caches have settled, is where the slope begins.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.bench.headless import Desk, Running
from desktop.bench.press import CHORD
from desktop.bench.tray import (
    Keys,
    Taken,
    Wallpaper,
    await_stage,
    children,
    own_megabytes,
    pictures,
    started,
    taken,
)

SETTLING = 0.2
"""share of the time that does not count"""
GOAL = 1.0
"""MB per 100 questions (R36)"""


@dataclass(frozen=True)
class Sample:
    minutes: float
    questions: int
    seconds: float
    """from the key to the end of the answer"""
    held: Taken
    engines: float = 0.0
    """MB of its own that the process of the models holds"""


def main(argv: Sequence[str]) -> int:
    options = argparse.ArgumentParser(
        prog="python -m desktop.bench soak", description=__doc__.splitlines()[0]
    )
    options.add_argument("--minutes", type=float, default=30.0)
    options.add_argument("--quick", action="store_true", help="answers that take no time")
    options.add_argument("--every", type=float, default=15.0, metavar="SECONDS", help="between two looks")
    chosen = options.parse_args(argv)
    with started("--quick" if chosen.quick else "--typed") as (desk, program):
        samples = soaked(desk, program, 60 * chosen.minutes, chosen.every)
    print(told(samples))
    return 0 if slope(samples) <= GOAL else 1


def soaked(desk: Desk, program: Running, seconds: float, every: float) -> list[Sample]:
    wallpaper, keys, shown = Wallpaper(desk.display), Keys(desk), pictures()
    samples: list[Sample] = []
    began = looked = time.monotonic()
    questions = 0
    while time.monotonic() < began + seconds:
        wallpaper.show(next(shown))
        pressed = keys.press(CHORD)
        await_stage(program, "focused")
        keys.write(f"what{questions}")
        keys.press("Return")
        ended = await_stage(program, "ended")
        keys.press("Escape")
        await_stage(program, "hidden")
        questions += 1
        if time.monotonic() > looked + every:
            looked = time.monotonic()
            pid = program.process.pid
            engines = own_megabytes(children(pid))
            samples.append(Sample((looked - began) / 60, questions, ended - pressed, taken(pid), engines))
            print(row(samples[-1]), file=sys.stderr, flush=True)
    keys.close()
    return samples


def settled(samples: Sequence[Sample]) -> Sequence[Sample]:
    return samples[int(SETTLING * len(samples)) :]


def slope(
    samples: Sequence[Sample], held: Callable[[Sample], float] = lambda one: one.held.own_megabytes
) -> float:
    """MB that are held more after 100 questions, by least squares; what files stand behind does not count."""
    counted = settled(samples)
    if len({one.questions for one in counted}) < 2:
        return 0.0
    fit = statistics.linear_regression([one.questions for one in counted], [held(one) for one in counted])
    return 100 * fit.slope


def row(one: Sample) -> str:
    held = one.held
    return (
        f"{one.minutes:6.1f} min {one.questions:6d} questions  {held.own_megabytes:7.1f} MB own "
        f"{held.megabytes:7.1f} MB in all  {one.engines:7.1f} MB models  {held.files:4d} files {held.threads:4d} threads  {one.seconds:6.2f} s"
    )


def told(samples: Sequence[Sample]) -> str:
    if len(samples) < 2:
        return "too short to say anything"
    counted = settled(samples)
    return "\n".join(
        [
            f"began   {row(counted[0])}",
            f"ended   {row(counted[-1])}",
            f"grows by {slope(samples):+.2f} MB in 100 questions (goal: at most {GOAL:.0f})",
            f"the models' process by {slope(samples, lambda one: one.engines):+.2f}",
        ]
    )
