"""What every accessibility reader gives: the exact words, roles, states and places of what is shown, in little time.

A reader never waits for a slow program longer than its deadline; what was read until then is the answer.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from assistant.errors import DeviceFailed
from assistant.frames import Box, ScreenText, TextLine
from desktop.capture.values import Window, shared, topmost_at
from models.runtimes.screen_reader import in_reading_order

DEADLINE_MS = 150.0
LONGEST_TEXT = 2000
"""characters kept of one element"""


@dataclass(frozen=True)
class TreeText(ScreenText):
    """Screen text from a tree. `complete` is False when time ran out or a program did not answer."""

    complete: bool = True
    elements: int = 0
    """how many elements were asked about"""


class AccessibilityReader(Protocol):
    """Opened once, read by one thread at a time."""

    def read(
        self, area: Box, stack: Sequence[Window] = (), deadline_ms: float = DEADLINE_MS, scale: float = 1.0
    ) -> TreeText:
        """What is shown inside `area`, a rectangle of the desktop.

        `stack` are the windows, topmost first: an element under another window is left out, and only programs
        with a window there are asked. Boxes are relative to the area, times `scale`: pixels of a `ScreenFrame`.
        Errors: `DeviceFailed` when there is no tree to ask at all.
        """
        ...

    def close(self) -> None: ...


@dataclass
class Collected:
    """Gathers elements while a tree is walked; boxes come in desktop coordinates."""

    area: Box
    stack: Sequence[Window] = ()
    scale: float = 1.0
    elements: int = 0
    lines: list[TextLine] = field(default_factory=list)
    started: float = field(default_factory=time.perf_counter)

    def add(self, text: str, box: Box, role: str, state: str | None, window: Window | None) -> None:
        """Keeps an element if its words can be seen: inside the area, not under another window than its own."""
        text = " ".join(text.replace("\ufffc", " ").split())[:LONGEST_TEXT]
        seen = shared(box, self.area)
        if not text or seen.width < 2 or seen.height < 2 or seen.height < 0.5 * min(box.height, 40):
            return
        if window is not None and self._is_covered(seen, window):
            return
        self.lines.append(TextLine(text, self._on_image(seen), role=role, state=state))

    def _is_covered(self, seen: Box, window: Window) -> bool:
        x, y = seen.centre
        top = topmost_at(self.stack, x, y)
        return top is not None and top.handle != window.handle

    def _on_image(self, box: Box) -> Box:
        x, y = (box.x - self.area.x) * self.scale, (box.y - self.area.y) * self.scale
        return Box(round(x), round(y), round(box.width * self.scale), round(box.height * self.scale))

    def told(self, complete: bool) -> TreeText:
        """What has been gathered, in reading order, as it stands now."""
        lines = tuple(in_reading_order(without_echoes(list(self.lines))))
        milliseconds = 1000 * (time.perf_counter() - self.started)
        return TreeText(lines, milliseconds, "accessibility", complete, self.elements)


def without_echoes(lines: Sequence[TextLine]) -> list[TextLine]:
    """Without labels that only repeat the control they sit in: a button's own label says nothing new."""
    kept: list[TextLine] = []
    for line in sorted(lines, key=lambda one: one.box.width * one.box.height):
        twin = next((k for k in kept if k.text == line.text and _holds(line.box, k.box)), None)
        if twin is None:
            kept.append(line)
        elif twin.role in {"label", "text", None} and line.role not in {"label", "text", None}:
            kept[kept.index(twin)] = line
        elif twin.state is None and line.state is not None and line.role == twin.role:
            kept[kept.index(twin)] = replace(twin, state=line.state)
    return kept


def _holds(outer: Box, inner: Box) -> bool:
    x, y = inner.centre
    return outer.x - 2 <= x <= outer.right + 2 and outer.y - 2 <= y <= outer.bottom + 2


def one_state(*, checkable: bool = False, checked: bool = False, disabled: bool = False, selected: bool = False,
              expanded: bool = False, focused: bool = False) -> str | None:  # fmt: skip
    """The state a reader is told; what a box is set to matters more than that it is grey or has the focus."""
    if checkable:
        return "checked" if checked else "unchecked"
    told = {"disabled": disabled, "selected": selected, "expanded": expanded, "focused": focused}
    return next((name for name, true in told.items() if true), None)


def open_reader() -> AccessibilityReader:
    """The reader of this system. Errors: `DeviceFailed("accessibility_unavailable")`."""
    try:
        if sys.platform == "win32":
            from desktop.accessibility.uia import UiaReader

            return UiaReader()
        if sys.platform == "darwin":
            from desktop.accessibility.ax import AxReader

            return AxReader()
        from desktop.accessibility.atspi import AtspiReader

        return AtspiReader(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))
    except ImportError as reason:
        raise DeviceFailed("accessibility_unavailable", reason=str(reason)) from reason
