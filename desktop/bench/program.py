"""A real Korean program on the headless desk, which is asked about: where its window is, and what it says itself of its controls."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.frames import Box
from desktop.bench.headless import Desk, until
from desktop.bench.tray import SIZE

KEYBOARD = ("xfce4-keyboard-settings",)
"""three tabs, two buttons, sliders; its Korean words come with Debian's xfce4-settings"""
WORDS = Path("/usr/share/locale/ko/LC_MESSAGES/xfce4-settings.mo")
"""without this file it speaks English: small images of Debian leave it out"""
KOREAN = {"LANG": "C.UTF-8", "LANGUAGE": "ko"}
"""no Korean locale has to be made for this"""


class Program:
    """`words` start it. It has the focus from then on. Errors: `AssertionError` where no window comes."""

    def __init__(self, desk: Desk, words: Sequence[str] = KEYBOARD) -> None:
        self._desk = desk
        before = active(desk)
        desk.start(*words, **KOREAN, QT_SCALE_FACTOR="1")
        self.window = str(
            until(lambda: (now := active(desk)) != before and now, seconds=60, what=f"a window of {words[0]}")
        )

    def move(self, x: int, y: int) -> None:
        """Its frame's upper left corner, in the system's pixels."""
        self._desk.run("xdotool", "windowmove", "--sync", self.window, str(x), str(y))

    def controls(self) -> dict[str, Box]:
        """Name → place on the screen, in the system's pixels, as the program tells screen readers (AT-SPI)."""
        from desktop.accessibility.atspi import AtspiReader
        from desktop.capture.windows_x11 import X11Windows

        windows, reader = X11Windows(self._desk.display), AtspiReader(self._desk.bus)
        mine = [one for one in windows.stack() if str(one.handle) == self.window]
        try:
            told = reader.read(Box(0, 0, *SIZE), mine, deadline_ms=5000)
        finally:
            reader.close()
            windows.close()
        return {line.text: line.box for line in told.lines if line.role in {"tab", "button"}}


def active(desk: Desk) -> str:
    """The number of the window with the focus; "" where none has it."""
    try:
        return desk.run("xdotool", "getactivewindow").strip()
    except AssertionError:
        return ""
