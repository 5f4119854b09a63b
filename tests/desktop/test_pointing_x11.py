"""Outlines on a real X server with two monitors of different scale: at the right pixels, and gone when the screen changes."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from assistant.frames import Box
from tests.desktop.conftest import SIZE, Desk, need, until
from tests.desktop.painting import paint

PROGRAM = """
import sys
import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from assistant.frames import Box
from desktop.capture.values import ScreenFrame
from desktop.capture.pixels_mss import MssPixels
from desktop.immortal import keep_constants
from desktop.pointing import Pointing, screens_now
keep_constants()
application = QApplication(sys.argv)
place = Box(0, 0, *map(int, sys.argv[1:3]))
frame = ScreenFrame(MssPixels().grab(place), place=place)
pointing = Pointing(composited=False, shown_ms=60_000)
for told in sys.argv[3:]:
    pointing.point(frame, Box(*map(int, told.split(","))))
ratios = " ".join(str(shape.ratio) for shape in screens_now())
QTimer.singleShot(0, lambda: print("shown", ratios, flush=True))
watch = QTimer(interval=20)
watch.timeout.connect(lambda: None if pointing.outlines else (print("gone", flush=True), application.quit()))
watch.start()
application.exec()
"""
ACCENT = np.array([0x4A, 0x5B, 0xE0])
"""of the light theme"""
ROOM = 9
"""logical pixels from a line to its outline's outer edge"""


@pytest.fixture
def two_monitors(desk: Desk):
    need("xrandr")
    wide, high = SIZE
    half = wide // 2
    desk.run("xrandr", "--setmonitor", "LEFT", f"{half}/300x{high}/200+0+0", "screen")
    desk.run("xrandr", "--setmonitor", "RIGHT", f"{half}/300x{high}/200+{half}+0", "none")
    yield half
    desk.run("xrandr", "--delmonitor", "RIGHT")
    desk.run("xrandr", "--delmonitor", "LEFT")


def ring(desk: Desk, left: int, right: int) -> Box | None:
    """What of the accent colour stands between two columns of the screen."""
    from desktop.capture.pixels_mss import MssPixels

    pixels = MssPixels(desk.display).grab(Box(left, 0, right - left, SIZE[1]))
    ys, xs = np.nonzero((np.abs(pixels.astype(int) - ACCENT) < 12).all(axis=2))
    if not len(xs):
        return None
    return Box(left + int(xs.min()), int(ys.min()), int(np.ptp(xs)) + 1, int(np.ptp(ys)) + 1)


def test_outlines_are_at_the_right_pixels_of_both_monitors_and_go_when_the_screen_changes(
    desk: Desk, two_monitors: int
) -> None:
    here, there = Box(120, 200, 150, 30), Box(two_monitors + 200, 400, 160, 40)
    program = desk.start(
        sys.executable, "-c", PROGRAM, *map(str, SIZE), *(",".join(map(str, box)) for box in (here, there)),
        QT_SCREEN_SCALE_FACTORS="LEFT=1;RIGHT=2", NUNCHI_THEME="light", PYTHONPATH=".",
    )  # fmt: skip
    assert program.line() == "shown 1.0 2.0"
    for box, scale, left, right in ((here, 1, 0, two_monitors), (there, 2, two_monitors, SIZE[0])):
        seen = until(lambda left=left, right=right: ring(desk, left, right), what="an outline")
        room = ROOM * scale
        wanted = Box(box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room)
        assert all(abs(one - other) <= scale for one, other in zip(seen, wanted, strict=True)), (seen, wanted)
    window = paint(desk, "다른 창", Box(there.x - 40, there.y - 60, 300, 200), 0xF4F4F4)
    assert program.line() == "gone"
    assert ring(desk, 0, SIZE[0]) is None
    window.close()
