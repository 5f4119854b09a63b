"""Presses the key of the real tray program on a headless desk and says when the person sees and is heard.

    python -m desktop.bench press [--presses 100] [--pause 1.0] [--typed] [--still-up]

Before each press another picture fills the screen, so that nothing of the last reading can be used again, and Esc closes
what the last press opened: its reading is still under way then. `--still-up` leaves the box where it is, so that the next
press has to clear the screen of it first.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from desktop.bench.headless import Desk, Running
from desktop.bench.tray import SCREENS, Keys, Wallpaper, await_stage, pictures, stage, started

STAGES = ("key", "frozen", "shown", "hears")
GOALS = {"shown": (80, 150), "hears": (80, 150)}
"""ms: p50 and p95 that the design asks for"""
CHORD = "ctrl+alt+n"
WARMING, WARMING_SECONDS = 3, 4.0
"""presses before those that count, and the pause after each: the models load"""


def main(argv: Sequence[str]) -> int:
    options = argparse.ArgumentParser(
        prog="python -m desktop.bench press", description=__doc__.splitlines()[0]
    )
    options.add_argument("--presses", type=int, default=100)
    options.add_argument("--pause", type=float, default=1.0, metavar="SECONDS", help="between two presses")
    options.add_argument(
        "--pictures", type=Path, default=SCREENS, metavar="FOLDER", help="of full-HD screens"
    )
    options.add_argument("--typed", action="store_true", help="as if no speech model were installed")
    options.add_argument("--still-up", action="store_true", help="press while our box is open; typed")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args(argv)
    with started(*(["--typed"] if chosen.typed or chosen.still_up else [])) as (desk, program):
        told = stage(program)
        last = "hears" if told is not None and told[0] == "listens" else "shown"
        presses = Presses(desk, program, pictures(chosen.pictures), last)
        times = list(presses.times(chosen.presses, chosen.pause, chosen.still_up))
    figures = summary(times)
    print(json.dumps(figures) if chosen.json else table(figures, len(times)))
    return 0


class Presses:
    """Somebody who presses the key. `last` is the stage that ends a press: shown, or hears."""

    def __init__(self, desk: Desk, program: Running, shown: Iterator[Any], last: str) -> None:
        self._program, self._shown, self._last = program, shown, last
        self._wallpaper, self._keys = Wallpaper(desk.display), Keys(desk)

    def times(self, count: int, pause: float, still_up: bool) -> Iterator[dict[str, float]]:
        """Stage → milliseconds after the press, press by press. The first few load the models and are left out."""
        for number in range(-WARMING, count):
            self._wallpaper.show(next(self._shown))
            times = self._press()
            _rest(pause if number >= 0 else WARMING_SECONDS)
            if not still_up:
                self._keys.press("Escape")
                await_stage(self._program, "hidden")
                _rest(pause / 4)
            if number >= 0:
                yield times
        self._keys.close()

    def _press(self) -> dict[str, float]:
        began = self._keys.press(CHORD)
        times: dict[str, float] = {}
        while not {"shown", self._last} <= times.keys() and (told := stage(self._program)) is not None:
            if told[0] in STAGES and (
                told[0] == "key" or "key" in times
            ):  # a late one is of the press before
                times.setdefault(told[0], 1000 * (told[1] - began))
        return times


def _rest(seconds: float) -> None:
    threading.Event().wait(seconds)


def summary(presses: Sequence[dict[str, float]]) -> dict[str, dict[str, float]]:
    """Per stage: p50, p95 and the slowest, in ms after the chord was sent, and in how many presses it came."""
    figures = {}
    for name in STAGES:
        times = sorted(press[name] for press in presses if name in press)
        if times:
            p95 = times[min(len(times) - 1, round(0.95 * (len(times) - 1)))]
            figures[name] = {"p50": round(statistics.median(times), 1), "p95": round(p95, 1)}
            figures[name] |= {"most": round(times[-1], 1), "count": len(times)}
    return figures


def table(figures: dict[str, dict[str, float]], count: int) -> str:
    told = {
        "key": "the key is noticed", "frozen": "the screen is frozen", "shown": "our window is drawn",
        "hears": "the first sound is heard",
    }  # fmt: skip
    lines = [
        f"{count} presses, ms after the key        p50     p95    most   (load {os.getloadavg()[0]:.1f})"
    ]
    for name, one in figures.items():
        goal = "   goal {} / {}".format(*GOALS[name]) if name in GOALS else ""
        short = f"   only {one['count']:.0f}" if one["count"] < count else ""
        row = f"{one['p50']:8.1f}{one['p95']:8.1f}{one['most']:8.1f}"
        lines.append(f"{told[name]:36}{row}{goal}{short}")
    if "hears" not in figures:
        lines.append("questions were typed: no speech model, or not wanted")
    return "\n".join(lines)
