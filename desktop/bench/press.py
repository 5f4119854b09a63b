"""Presses the key of the real tray program on a headless desk and says when the person sees and is heard.

    python -m desktop.bench press [--presses 100] [--pause 1.0] [--pictures tests/screens]

Before each press another picture fills the screen, so that nothing of the last reading can be used again. Typed: the key
is pressed again while the last press's screen is still being read. Spoken, where a speech model is installed: the card
goes with Esc before the next press, as a second press of the key would end the question instead.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

from desktop.bench.headless import Desk, Running, environment, start_screen, start_sound

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1920, 1080)
STAGES = ("key", "frozen", "shown", "hears")
GOALS = {"shown": (80, 150), "hears": (80, 150)}
"""ms: p50 and p95 that the design asks for"""
PATIENCE = 20.0
CHORD = "ctrl+alt+n"


@dataclass
class Press:
    """When the chord was sent, and each stage after it, in milliseconds."""

    stages: dict[str, float] = field(default_factory=dict)


def main(argv: Sequence[str]) -> int:
    options = argparse.ArgumentParser(prog="python -m desktop.bench press", description=__doc__.splitlines()[0])
    options.add_argument("--presses", type=int, default=100)
    options.add_argument("--pause", type=float, default=1.0, metavar="SECONDS", help="between two presses")
    options.add_argument("--pictures", type=Path, default=ROOT / "tests" / "screens", metavar="FOLDER")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args(argv)
    with started() as (desk, program):
        presses = list(pressed(desk, program, chosen.presses, chosen.pause, pictures(chosen.pictures)))
    figures = summary(presses)
    print(json.dumps(figures) if chosen.json else table(figures, len(presses)))
    return 0


@contextmanager
def started() -> Iterator[tuple[Desk, Running]]:
    """A desk with the tray program on it, its keys bound and its models warm."""
    with tempfile.TemporaryDirectory(prefix="nunchi-bench-", ignore_cleanup_errors=True) as home:
        desk = Desk(environment(Path(home)) | {"PULSE_LATENCY_MSEC": "20"})
        desk.environment["PULSE_SERVER"] = f"unix:{desk.environment['XDG_RUNTIME_DIR']}/pulse/native"
        desk.environment["PYTHONPATH"] = str(ROOT)
        try:
            start_screen(desk, SIZE)
            start_sound(desk)
            program = desk.start(
                sys.executable, "-m", "desktop.bench.watched", errors=None, QT_QPA_PLATFORM="xcb"
            )
            assert program.line(60).startswith("ready")
            yield desk, program
        finally:
            desk.stop()


def pictures(folder: Path) -> Iterator[Any]:
    """The folder's pictures of a full-HD screen, again and again. Errors: `SystemExit` where there is none."""
    from PIL import Image

    found = [path for path in sorted(folder.glob("*.png")) if Image.open(path).size == SIZE]
    if not found:
        raise SystemExit(f"no picture of {SIZE[0]} × {SIZE[1]} in {folder}")
    return cycle([Image.open(path).convert("RGB") for path in found])


class Wallpaper:
    """Fills the screen with a picture, as if a program showed it."""

    def __init__(self, display: str) -> None:
        from Xlib import display as xlib

        self._connection = xlib.Display(display)
        self._root = self._connection.screen().root

    def show(self, picture: Any) -> None:
        pixmap = self._root.create_pixmap(*picture.size, self._connection.screen().root_depth)
        pen = pixmap.create_gc()
        pixmap.put_pil_image(pen, 0, 0, picture)
        self._root.change_attributes(background_pixmap=pixmap)
        self._root.clear_area()
        pen.free()
        pixmap.free()
        self._connection.sync()


class Keys:
    """An xdotool that is running already: starting one takes longer than the program does."""

    def __init__(self, desk: Desk) -> None:
        self._process = subprocess.Popen(
            ("xdotool", "-"), env=desk.environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )

    def press(self, chord: str) -> float:
        """Sends it; the moment before, of `time.monotonic()`."""
        assert self._process.stdin is not None
        at = time.monotonic()
        self._process.stdin.write(f"key --clearmodifiers {chord}\n")
        self._process.stdin.flush()
        return at

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(5)


def pressed(
    desk: Desk, program: Running, count: int, pause: float, shown: Iterator[Any]
) -> Iterator[Press]:
    """One press after the other; the first three load the models and are left out."""
    wallpaper, keys = Wallpaper(desk.display), Keys(desk)
    spoken = False
    for number in range(-3, count):
        wallpaper.show(next(shown))
        began = keys.press(CHORD)
        press = Press()
        while True:
            line = _line(program, 1.0 if "shown" in press.stages and not spoken else PATIENCE)
            if line is None:
                break
            stage, at = line
            if stage in STAGES:
                press.stages.setdefault(stage, 1000 * (at - began))
            spoken = spoken or stage == "hears"
            if {"shown", "hears"} <= press.stages.keys() or (number >= 0 and not spoken and stage == "shown"):
                break
        _rest(pause if number >= 0 else 4.0)
        if spoken:
            keys.press("Escape")
            while (line := _line(program, PATIENCE)) is not None and line[0] != "hidden":
                pass
            _rest(pause / 4)
        if number >= 0:
            yield press
    keys.close()


def _line(program: Running, seconds: float) -> tuple[str, float] | None:
    """The next stage and its moment; None where nothing more came."""
    try:
        stage, at = program.line(seconds).split()
    except (AssertionError, ValueError):
        return None
    return stage, float(at)


def _rest(seconds: float) -> None:
    threading.Event().wait(seconds)


def summary(presses: Sequence[Press]) -> dict[str, dict[str, float]]:
    """Per stage: p50, p95 and the slowest, in ms after the chord was sent."""
    figures = {}
    for stage in STAGES:
        times = sorted(press.stages[stage] for press in presses if stage in press.stages)
        if times:
            p95 = times[min(len(times) - 1, round(0.95 * (len(times) - 1)))]
            figures[stage] = {"p50": round(statistics.median(times), 1), "p95": round(p95, 1)}
            figures[stage] |= {"most": round(times[-1], 1), "count": len(times)}
    return figures


def table(figures: dict[str, dict[str, float]], count: int) -> str:
    told = {
        "key": "the key is noticed", "frozen": "the screen is frozen", "shown": "our window is drawn",
        "hears": "the first sound is heard",
    }  # fmt: skip
    lines = [f"{count} presses, ms after the key        p50     p95    most   (load {os.getloadavg()[0]:.1f})"]
    for stage, one in figures.items():
        goal = "   goal {} / {}".format(*GOALS[stage]) if stage in GOALS else ""
        short = f"   only {one['count']:.0f}" if one["count"] < count else ""
        row = f"{one['p50']:8.1f}{one['p95']:8.1f}{one['most']:8.1f}"
        lines.append(f"{told[stage]:36}{row}{goal}{short}")
    if "hears" not in figures:
        lines.append("no speech model is installed: questions were typed")
    return "\n".join(lines)
