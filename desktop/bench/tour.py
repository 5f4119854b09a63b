"""One run through the tray program on a real screen, with its event log and a picture of each step.

    python -m desktop.bench tour [--out docs/run] [--program mousepad FILE …]

A key pressed in another program, a typed question, the answer and its outline; a question about the same screen; one that is
stopped; Esc. The log has what the program told, with seconds since the first key. Microphone and camera have tests of their
own (tests/desktop_app/test_spoken_end_to_end.py, tests/desktop/test_camera_x11.py), as have monitors of different scale.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.frames import Box
from desktop.bench.headless import Desk, Running, until
from desktop.bench.press import CHORD
from desktop.bench.tray import ROOT, SIZE, Keys, Wallpaper, pictures, stage, started

AGAIN, STOP = "ctrl+alt+a", "ctrl+alt+s"
QUESTIONS = ("인건비 예산이 얼마야?", "그럼 출장비는?")
"""about the first of the pictures, a sheet with a budget"""
SETTLING = 3.0
"""seconds before a picture is taken: outlines and cards have come to rest"""


def main(argv: Sequence[str]) -> int:
    options = argparse.ArgumentParser(
        prog="python -m desktop.bench tour", description=__doc__.splitlines()[0]
    )
    options.add_argument("--out", type=Path, default=ROOT / "docs" / "run")
    options.add_argument(
        "--quick", action="store_true", help="answers that take no time, to try the tour itself"
    )
    options.add_argument(
        "--program", nargs="*", default=[], metavar="WORD", help="shown instead of a picture"
    )
    chosen = options.parse_args(argv)
    chosen.out.mkdir(parents=True, exist_ok=True)
    with started("--quick" if chosen.quick else "--typed") as (desk, program):
        tour = Tour(desk, program, chosen.out)
        tour.prepare(chosen.program)
        tour.walk()
    tour.log.sort()
    (chosen.out / "events.txt").write_text("\n".join(tour.log) + "\n", encoding="utf-8")
    print("\n".join(tour.log))
    return 0


class Tour:
    """What is done, what the program told, and pictures. Errors: `TimeoutError` where a stage does not come."""

    def __init__(self, desk: Desk, program: Running, out: Path) -> None:
        self._desk, self._program, self._out = desk, program, out
        self._keys = Keys(desk)
        self._began = 0.0
        self.log: list[str] = []

    def prepare(self, words: Sequence[str]) -> None:
        """Something to ask about."""
        stage(self._program)  # that questions are typed
        if not words:
            Wallpaper(self._desk.display).show(next(pictures()))
            return
        self._desk.start(*words)
        listed = ("wmctrl", "-l")
        until(lambda: self._desk.run(*listed).strip(), seconds=30, what=f"a window of {words[0]}")

    def walk(self) -> None:
        self._do("the key is pressed", lambda: self._keys.press(CHORD), "focused", "1-box")
        self._ask(QUESTIONS[0], "2-answer")
        self._do("asked again about the same screen", lambda: self._keys.press(AGAIN), "focused", "3-again")
        self._ask(QUESTIONS[1], "4-follow-up")
        self._do("once more", lambda: self._keys.press(AGAIN), "focused", "")
        self._keys.write(QUESTIONS[0])
        self._keys.press("Return")
        self._do("stopped", lambda: self._keys.press(STOP), "ended", "5-stopped")
        self._do("Esc", lambda: self._keys.press("Escape"), "hidden", "6-gone")
        self._keys.close()

    def _ask(self, text: str, picture: str) -> None:
        self._keys.write(text)
        self._do(f"typed: {text}", lambda: self._keys.press("Return"), "ended", picture)

    def _do(self, what: str, act: Callable[[], float], wanted: str, picture: str) -> None:
        at = act()
        self._began = self._began or at
        self._tell(at, f"→ {what}")
        while (told := stage(self._program)) is not None:
            self._tell(told[1], told[0])
            if told[0] == wanted:
                break
        else:
            raise TimeoutError(f"«{wanted}» did not come after: {what}")
        if picture:
            time.sleep(SETTLING)
            self._take(picture)

    def _tell(self, at: float, what: str) -> None:
        """Sorted by the first column: what a key does may be told before its press is written."""
        self.log.append(f"{at - self._began:9.3f} s  {what}")

    def _take(self, name: str) -> None:
        from PIL import Image

        from desktop.capture.pixels_mss import MssPixels

        pixels = MssPixels(self._desk.display).grab(Box(0, 0, *SIZE))
        Image.fromarray(pixels).save(self._out / f"{name}.png")
