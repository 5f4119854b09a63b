"""The `Screen` of the desktop: what to capture, where it is, and what must not be seen.

Reads the windows before the pixels, both within a few milliseconds of the key press and before anything of ours shows.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from assistant.errors import BadInput, DeviceFailed
from assistant.frames import Box
from desktop.capture.black import is_black
from desktop.capture.values import (
    Monitor,
    Pixels,
    ScreenFrame,
    Window,
    Windows,
    monitor_at,
    monitor_of,
    shared,
)

COVER = 96
"""the grey that excluded windows are painted with"""
IsExcluded = Callable[[str, str], bool]
"""`assistant.privacy.Exclusions.is_excluded`: title and program of a window that must not be looked at"""


class FrozenScreen(Protocol):
    """The `Screen` port, with frames that know their place."""

    def freeze(
        self, what: str = "screen", region: tuple[int, int, int, int] | None = None
    ) -> ScreenFrame: ...


class DesktopScreen:
    """Captures through `pixels`, with windows told by `windows`. `check_permission` is called first each time."""

    def __init__(
        self,
        pixels: Pixels,
        windows: Windows,
        is_excluded: IsExcluded = lambda title, program: False,
        check_permission: Callable[[], None] = lambda: None,
    ) -> None:
        self._pixels = pixels
        self._windows = windows
        self._is_excluded = is_excluded
        self._check_permission = check_permission

    def freeze(self, what: str = "screen", region: tuple[int, int, int, int] | None = None) -> ScreenFrame:
        """`what`: screen (the monitor under the pointer), desktop (all), window (the active one) or region.

        `region` is (x, y, width, height) in desktop coordinates and is clipped to the desktop.
        Errors: `BadInput` with capture_unknown or region_outside; `DeviceFailed` with capture_failed,
        capture_black, capture_permission, capture_excluded or no_window.
        """
        self._check_permission()
        desktop, monitors = self._pixels.monitors()
        window = self._window() if what == "window" else None
        place = self._place(what, region, window, desktop, monitors)
        stack = self._windows.stack()
        image = self._pixels.grab(place)
        taken_at = time.monotonic()
        if is_black(image):
            raise DeviceFailed("capture_black", protected=bool(window and window.protected))
        frame = ScreenFrame(
            image,
            source="screen" if what == "desktop" else what,
            title=window.title if window else "",
            place=place,
            monitor=monitor_of(monitors, place),
            program=window.program if window else "",
            taken_at=taken_at,
            covered=self._count_excluded(stack, place),
        )
        return _covered(frame, stack, self._is_excluded) if frame.covered else frame

    def glimpse(self, box: Box) -> np.ndarray:
        """What stands in a box of the desktop now, whoever's it is: to be compared, never kept or shown.

        Errors: `DeviceFailed`, also for a box outside of the desktop.
        """
        place = shared(box, self._pixels.monitors()[0])
        if not place.width or not place.height:
            raise DeviceFailed("capture_failed", reason="outside")
        return self._pixels.grab(place)

    def monitors(self) -> list[Monitor]:
        return self._pixels.monitors()[1]

    def windows(self) -> list[Window]:
        """Topmost first, for the accessibility reader."""
        return self._windows.stack()

    def _window(self) -> Window:
        window = self._windows.active()
        if window is None:
            raise DeviceFailed("no_window")
        if self._is_excluded(window.title, window.program):
            raise DeviceFailed("capture_excluded", program=window.program)
        return window

    def _place(
        self,
        what: str,
        region: tuple[int, int, int, int] | None,
        window: Window | None,
        desktop: Box,
        monitors: Sequence[Monitor],
    ) -> Box:
        """The box to grab, inside the desktop: mss fails on anything outside of it."""
        if what == "desktop":
            return desktop
        if what == "screen":
            monitor = monitor_at(monitors, *self._windows.pointer())
            return shared(monitor.box, desktop) if monitor else desktop
        if window is not None:
            place = shared(window.box, desktop)
            if not place.width or not place.height:
                raise DeviceFailed("no_window")
            return place
        if what != "region" or region is None:
            raise BadInput("capture_unknown", what=what)
        place = shared(Box(*region), desktop)
        if not place.width or not place.height:
            raise BadInput("region_outside", region=region)
        return place

    def _count_excluded(self, stack: Sequence[Window], place: Box) -> int:
        def on_it(window: Window) -> bool:
            part = shared(window.box, place)
            return bool(part.width and part.height)

        return sum(1 for window in stack if on_it(window) and self._is_excluded(window.title, window.program))


def _covered(frame: ScreenFrame, stack: Sequence[Window], is_excluded: IsExcluded) -> ScreenFrame:
    """The frame with the visible parts of excluded windows painted over."""
    hidden = np.zeros(frame.image.shape[:2], bool)
    for window in reversed(stack):  # from the bottom up: what lies over an excluded window may be seen
        box = frame.on_image(window.box)
        hidden[box.y : box.bottom, box.x : box.right] = is_excluded(window.title, window.program)
    frame.image[hidden] = COVER  # still ours alone: nobody has seen the frame yet
    return frame


def open_screen(is_excluded: IsExcluded = lambda title, program: False) -> FrozenScreen:
    """The screen of this session. Errors: `DeviceFailed`."""
    from desktop.capture.pixels_mss import MssPixels

    if sys.platform == "win32":
        from desktop.capture.windows_win32 import Win32Windows

        return DesktopScreen(MssPixels(), Win32Windows(), is_excluded)
    if sys.platform == "darwin":
        from desktop.capture.windows_mac import MacWindows

        windows = MacWindows()
        return DesktopScreen(MssPixels(), windows, is_excluded, windows.check_permission)
    if os.environ.get("WAYLAND_DISPLAY"):
        from desktop.capture.portal import PortalScreen

        return PortalScreen()
    from desktop.capture.windows_x11 import X11Windows

    return DesktopScreen(MssPixels(), X11Windows(), is_excluded)
