"""One run through the tray program on a real screen with two monitors, with its event log and a picture of each step.

    python -m desktop.bench tour [--out docs/pictures/run] [--program WORD …]

A key pressed in a real Korean program (program.py), a question spoken into the virtual microphone, its transcript, answer and
outline; a follow-up; one that is stopped; a typed one; a picture from the camera's stand-in; the other monitor, of twice the scale;
the microphone pulled out and put back while somebody speaks; Esc. The log has what the program told, with seconds since the first key.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.frames import Box
from desktop.bench.headless import (
    Desk,
    Running,
    start_compositor,
    start_panel,
    tray_menu,
    two_monitors,
    until,
)
from desktop.bench.press import CHORD
from desktop.bench.program import KEYBOARD, Program, active
from desktop.bench.room import Room
from desktop.bench.tray import ROOT, SIZE, Keys, Told, Wallpaper, stage, started

AGAIN, TYPE, STOP, CAMERA = "ctrl+alt+a", "ctrl+alt+k", "ctrl+alt+s", "ctrl+alt+c"
LEFT, RIGHT = (60, 120), (SIZE[0] // 2 + 60, 120)
"""where the program's window stands"""
SETTLING = 2.5
"""seconds before a picture is taken: outlines and cards have come to rest"""
NOTICED = 3.0
"""seconds after which a microphone that gives nothing but zeros has been opened again"""
PATIENCE = 240.0


@dataclass(frozen=True)
class Questions:
    spoken: str = "지금 어느 탭이 열려 있어?"
    follow_up: str = "닫기 버튼이 어디 있어?"
    stopped: str = "이 창은 뭐야?"
    typed: str = "도움말 버튼이 어디 있어?"
    camera: str = "지금 어느 탭이 열려 있어?"


@dataclass
class Step:
    """What was done, and what the program told until it was over."""

    name: str
    told: list[Told] = field(default_factory=list)
    controls: dict[str, Box] = field(default_factory=dict)
    """of the program that was asked about: name → place, in the system's pixels"""

    def words(self, stage: str) -> str:
        """The last words of that stage; "" where it did not come."""
        return next((one.words for one in reversed(self.told) if one.stage == stage), "")

    @property
    def cited(self) -> list[Box]:
        """The outlines' boxes, in the system's pixels."""
        return [Box(*map(int, one.words.split())) for one in self.told if one.stage == "cites" and one.words]


def main(argv: Sequence[str]) -> int:
    options = argparse.ArgumentParser(
        prog="python -m desktop.bench tour", description=__doc__.splitlines()[0]
    )
    options.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures" / "run")
    options.add_argument(
        "--program", nargs="*", default=KEYBOARD, metavar="WORD", help="another one to ask about"
    )
    chosen = options.parse_args(argv)
    chosen.out.mkdir(parents=True, exist_ok=True)
    for old in chosen.out.glob("[0-9][0-9]-*.png"):
        old.unlink()
    tour = walk(chosen.out, chosen.program)
    (chosen.out / "events.txt").write_text("\n".join(tour.log) + "\n", encoding="utf-8")
    print("\n".join(tour.log))
    return 0


def walk(
    out: Path | None = None, program: Sequence[str] = KEYBOARD, questions: Questions = Questions()
) -> Tour:
    """The whole run; pictures go to `out`. Errors: `TimeoutError` where a stage does not come."""

    def surroundings(desk: Desk) -> None:
        two_monitors(desk, SIZE)
        start_compositor(desk)
        start_panel(desk)

    camera = ROOT / "examples" / "appearance.png"
    with (
        tempfile.TemporaryDirectory() as folder,
        started(before=surroundings, QT_SCREEN_SCALE_FACTORS="LEFT=1;RIGHT=2", NUNCHI_CAMERA=str(camera)) as (
            desk,
            watched,
        ),
    ):
        tour = Tour(desk, watched, Room(desk, Path(folder)), out)
        tour.prepare(program)
        tour.walk(questions)
        return tour


class Tour:
    """Somebody who asks: what was done, and what the program told."""

    def __init__(self, desk: Desk, program: Running, room: Room, out: Path | None) -> None:
        self.desk, self._program, self._room, self._out = desk, program, room, out
        self._keys, self._wallpaper = Keys(desk), Wallpaper(desk.display)
        self.menu = ""
        """of the icon in the tray, as its panel is given it"""
        self.steps: dict[str, Step] = {}
        self._lines: list[Told] = []

    @property
    def log(self) -> list[str]:
        """Sorted by time: what a key does may be told before its press is written."""
        lines = sorted(self._lines, key=lambda one: one.at)
        return [f"{one.at - lines[0].at:9.3f} s  {one.stage} {one.words}".rstrip() for one in lines]

    def prepare(self, words: Sequence[str]) -> None:
        """Something to ask about, with the focus, on the left monitor."""
        while (told := stage(self._program)) is not None and told.stage not in {"listens", "types"}:
            pass
        self._room.be_there()
        self.menu = tray_menu(self.desk)
        self._wallpaper.show(evening())
        self._asked = Program(self.desk, words)
        self._stand(LEFT, (700, 500))

    def walk(self, questions: Questions) -> None:
        self._spoken("spoken", CHORD, questions.spoken)
        self._spoken("follow-up", AGAIN, questions.follow_up)
        self._stopped(questions.stopped)
        self._typed(questions.typed)
        self._do("gone", lambda: self._keys.press("Escape"), "hidden")
        self._camera(questions.camera)
        self._do("gone again", lambda: self._keys.press("Escape"), "hidden")
        self._stand(RIGHT, (SIZE[0] // 2 + 60, 800))
        self._spoken("other monitor", CHORD, questions.spoken)
        self._do("gone from there", lambda: self._keys.press("Escape"), "hidden")
        self._stand(LEFT, (700, 500))
        self._pulled_out(questions.spoken)
        self._do("the end", lambda: self._keys.press("Escape"), "hidden")
        self._keys.close()

    def _spoken(self, name: str, chord: str, text: str) -> None:
        step = self._do(name, lambda: self._keys.press(chord), "hears")
        self._say(step, text)
        self._until(step, "ended")
        self._take(name)

    def _stopped(self, text: str) -> None:
        step = self._do("stopped", lambda: self._keys.press(AGAIN), "hears")
        self._say(step, text)
        self._keys.press(STOP)
        self._until(step, "ended")
        self._take("stopped")

    def _typed(self, text: str) -> None:
        step = self._do("typed", lambda: self._keys.press(TYPE), "focused")
        self._keys.write(text)
        self._take("typing")
        self._keys.press("Return")
        self._until(step, "ended")
        self._take("typed")

    def _pulled_out(self, text: str) -> None:
        """The microphone goes while it records; put back, the same question is heard."""
        step = self._do("microphone lost", lambda: self._keys.press(CHORD), "hears")
        self._room.pull_out()
        self._tell(step, Told("→ pulled out", time.monotonic()))
        self._room.put_back()
        self._tell(step, Told("→ put back", time.monotonic()))
        while (told := stage(self._program, NOTICED)) is not None:
            self._tell(step, told)
            if told.stage == "tells":  # or PulseAudio has moved the recording back by itself
                break
        self._say(step, text)
        self._until(step, "ended")
        self._take("microphone-lost")

    def _camera(self, text: str) -> None:
        step = self._do("camera", lambda: self._keys.press(CAMERA), "camera")
        until(lambda: active(self.desk) not in {"", self._asked.window}, seconds=60, what="the preview")
        self._take("camera-open")
        self._shoot(step)
        self._say(step, text)
        self._until(step, "ended")
        self._take("camera")

    def _shoot(self, step: Step) -> None:
        """Enter, until the question is listened to: before the camera's first picture nothing happens."""
        end = time.monotonic() + PATIENCE
        while step.told[-1].stage != "hears":
            if time.monotonic() > end:
                raise TimeoutError("no picture was taken\n" + "\n".join(self.log))
            if active(self.desk) not in {"", self._asked.window}:
                self._keys.press("Return")
            if (told := stage(self._program, 1.0)) is not None:
                self._tell(step, told)

    def _say(self, step: Step, text: str) -> None:
        self._tell(step, Told(f"→ says «{text}»", time.monotonic()))
        self._tell(step, Told("→ has said it", self._room.say(text)))

    def _do(self, name: str, act: Callable[[], float], wanted: str) -> Step:
        step = self.steps[name] = Step(name, controls=self._controls)
        self._tell(step, Told(f"→ {name}", act()))
        self._until(step, wanted)
        return step

    def _until(self, step: Step, wanted: str) -> None:
        while (told := stage(self._program, PATIENCE)) is not None:
            self._tell(step, told)
            if told.stage == wanted:
                return
        raise TimeoutError(f"«{wanted}» did not come in: {step.name}\n" + "\n".join(self.log))

    def _tell(self, step: Step, told: Told) -> None:
        step.told.append(told)
        self._lines.append(told)

    def _stand(self, window: tuple[int, int], pointer: tuple[int, int]) -> None:
        """The program there, and the pointer, near which the card shows, somewhere else."""
        self.desk.run("xdotool", "mousemove", *map(str, pointer))
        self._asked.move(*window)
        self._controls = self._asked.controls()

    def _take(self, name: str) -> None:
        if self._out is None:
            return
        from PIL import Image

        from desktop.capture.pixels_mss import MssPixels

        time.sleep(SETTLING)
        picture = Image.fromarray(MssPixels(self.desk.display).grab(Box(0, 0, *SIZE)))
        number = 1 + len(list(self._out.glob("*.png")))
        picture.quantize(COLOURS).save(self._out / f"{number:02}-{name.replace(' ', '-')}.png", optimize=True)


def evening() -> Any:
    """A quiet wallpaper: one colour that becomes another from the upper left to the lower right."""
    import numpy as np
    from PIL import Image

    wide, high = SIZE
    share = (np.arange(wide)[None, :] / wide + np.arange(high)[:, None] / high)[..., None] / 2
    upper, lower = np.array([0x24, 0x3B, 0x53]), np.array([0x6D, 0x8C, 0x9C])
    return Image.fromarray((upper + (lower - upper) * share).astype(np.uint8))


COLOURS = 256
"""of a picture: half the bytes"""
