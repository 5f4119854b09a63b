"""The tray program on a desk of its own, keys pressed by xdotool, pictures on the screen, and what /proc says of it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

from desktop.bench.headless import Desk, Running, environment, start_screen, start_sound

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "tests" / "screens"
SIZE = (1920, 1080)
PATIENCE = 180.0
MB = 1024 * 1024


class Told(NamedTuple):
    """A line of the watched program: what, when of `time.monotonic()`, and its words."""

    stage: str
    at: float
    words: str = ""


@contextmanager
def started(
    *arguments: str, before: Callable[[Desk], object] = lambda desk: None, **environment_too: str
) -> Iterator[tuple[Desk, Running]]:
    """A desk with the watched tray program (watched.py) on it, its keys bound. `before` sets up what must be there first."""
    with tempfile.TemporaryDirectory(prefix="nunchi-bench-", ignore_cleanup_errors=True) as home:
        desk = Desk(environment(Path(home)) | {"PULSE_LATENCY_MSEC": "20"})
        desk.environment["PULSE_SERVER"] = f"unix:{desk.environment['XDG_RUNTIME_DIR']}/pulse/native"
        desk.environment |= {"PYTHONPATH": str(ROOT), "PYTHONFAULTHANDLER": "1"}
        try:
            start_screen(desk, SIZE)
            start_sound(desk)
            before(desk)
            program = desk.start(
                sys.executable, "-m", "desktop.bench.watched", *arguments, errors=None, **environment_too
            )
            await_stage(program, "ready")
            yield desk, program
        finally:
            desk.stop()


def stage(program: Running, seconds: float = PATIENCE) -> Told | None:
    """The next stage the program tells; None where nothing more came in time."""
    try:
        name, at, *words = program.line(seconds).split(" ", 2)
    except AssertionError:
        if program.process.poll() is not None:
            raise
        return None
    return Told(name, float(at), *words)


def await_stage(program: Running, wanted: str, seconds: float = PATIENCE) -> float:
    """The moment of the next stage of that name. Errors: `TimeoutError`."""
    return await_stages(program, wanted, seconds=seconds)[wanted]


def await_stages(program: Running, *wanted: str, seconds: float = PATIENCE) -> dict[str, float]:
    """The moments of the next stages of those names, in whatever order they come: a short answer ends before its first word is
    drawn. Errors: `TimeoutError`."""
    found: dict[str, float] = {}
    while (told := stage(program, seconds)) is not None:
        if told[0] in wanted:
            found.setdefault(told[0], told[1])
        if len(found) == len(wanted):
            return found
    missing = ", ".join(name for name in wanted if name not in found)
    raise TimeoutError(f"the tray program did not tell «{missing}» in {seconds} s")


def pictures(folder: Path = SCREENS) -> Iterator[Any]:
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
        self._last: Any = None

    def show(self, picture: Any) -> None:
        """An RGB picture of PIL's, of the screen's size."""
        from Xlib import Xatom

        pixmap = self._root.create_pixmap(*picture.size, self._connection.screen().root_depth)
        pen = pixmap.create_gc()
        pixmap.put_pil_image(pen, 0, 0, picture)
        self._root.change_attributes(background_pixmap=pixmap)
        name = self._connection.intern_atom("_XROOTPMAP_ID")  # by which a compositor finds it
        self._root.change_property(name, Xatom.PIXMAP, 32, [pixmap.id])
        self._root.clear_area()
        pen.free()
        if self._last is not None:
            self._last.free()
        self._last = pixmap
        self._connection.sync()


class Keys:
    """An xdotool that is running already: starting one takes longer than the program does."""

    def __init__(self, desk: Desk) -> None:
        self._process = subprocess.Popen(
            ("xdotool", "-"),
            env=desk.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )

    def press(self, chord: str) -> float:
        """Sends it without the 12 ms that xdotool else waits; the moment before, of `time.monotonic()`."""
        return self._send(f"key --delay 0 {chord}")

    def write(self, text: str) -> float:
        """Types a text without quotation marks. For each syllable xdotool lends a key, which programs must hear of."""
        delay = 1 if text.isascii() else 120
        return self._send(f'type --delay {delay} "{text}"')

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(5)

    def _send(self, command: str) -> float:
        assert self._process.stdin is not None
        at = time.monotonic()
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()
        return at


@dataclass(frozen=True)
class Taken:
    """What a process holds now."""

    megabytes: float
    """resident set size: libraries that others use too count in full"""
    own_megabytes: float
    """of it, what no file stands behind"""
    files: int
    threads: int
    processor_seconds: float
    written: int
    """bytes it has written to disks so far"""
    devices: tuple[str, ...]
    """open files that are microphones, cameras or loudspeakers"""


def taken(process: int) -> Taken:
    """Of a process of this Linux machine. Errors: `OSError` when it has gone."""
    about = Path(f"/proc/{process}")
    rollup = dict(_numbers((about / "smaps_rollup").read_text()))
    spent = (about / "stat").read_text().rpartition(")")[2].split()
    names = [_target(one) for one in (about / "fd").iterdir()]
    devices = tuple(name for name in names if name.startswith(("/dev/snd", "/dev/video", "/dev/media")))
    return Taken(
        rollup["Rss"] / 1024,
        rollup["Anonymous"] / 1024,
        len(names),
        len(list((about / "task").iterdir())),
        (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK"),
        dict(_numbers((about / "io").read_text()))["write_bytes"],
        devices,
    )


def children(process: int) -> list[int]:
    """The processes it has started and that still run, such as the one of the models; threads may end meanwhile."""
    found: list[int] = []
    for told in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, told.read_text().split())
    return found


def own_megabytes(processes: Iterable[int]) -> float:
    """Of them all, what no file stands behind; those that have gone meanwhile do not count."""
    held = 0.0
    for one in processes:
        with suppress(OSError):
            held += taken(one).own_megabytes
    return held


def _numbers(text: str) -> Iterator[tuple[str, int]]:
    """`name: 12 kB` lines → names and numbers."""
    for line in text.splitlines():
        name, _, told = line.partition(":")
        words = told.split()
        if words and words[0].isdigit():
            yield name, int(words[0])


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:  # closed meanwhile
        return ""
