"""Other programs' windows on X11, as the window manager lists them (EWMH), through python-xlib."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import DeviceFailed
from assistant.frames import Box
from desktop.capture.values import Window

if TYPE_CHECKING:
    from Xlib.xobject.drawable import Window as XWindow

_EVERYWHERE = 0xFFFFFFFF
_NOT_FOR_READING = ("_NET_WM_WINDOW_TYPE_DOCK", "_NET_WM_WINDOW_TYPE_DESKTOP")


class X11Windows:
    """One connection, used by one thread at a time. Errors: `DeviceFailed("display_unreachable")`."""

    def __init__(self, display_name: str | None = None, own_process: int | None = None) -> None:
        from Xlib import display, error

        try:
            self._display = display.Display(display_name)
        except (error.DisplayError, OSError) as reason:
            raise DeviceFailed("display_unreachable", name=display_name or "") from reason
        self._root = self._display.screen().root
        self._own_process = own_process or os.getpid()
        self._lock = threading.Lock()

    def active(self) -> Window | None:
        with self._talking():
            focused = self._value(self._root, "_NET_ACTIVE_WINDOW")
            if focused and focused[0]:
                window = self._described(self._display.create_resource_object("window", focused[0]))
                if window is not None:
                    return window
            return next(self._stacked(), None)

    def stack(self) -> list[Window]:
        with self._talking():
            return list(self._stacked())

    def pointer(self) -> tuple[int, int]:
        with self._talking():
            told = self._root.query_pointer()
            return told.root_x, told.root_y

    def close(self) -> None:
        with self._lock:
            self._display.close()

    @contextlib.contextmanager
    def _talking(self) -> Iterator[None]:
        from Xlib import error

        with self._lock:
            try:
                yield
            except (error.ConnectionClosedError, OSError) as reason:
                raise DeviceFailed("display_unreachable") from reason

    def _stacked(self) -> Iterator[Window]:
        """Topmost first. A bare X server without a window manager lists none."""
        desktop = self._value(self._root, "_NET_CURRENT_DESKTOP") or [0]
        for handle in reversed(self._value(self._root, "_NET_CLIENT_LIST_STACKING") or []):
            window = self._described(self._display.create_resource_object("window", handle), desktop[0])
            if window is not None:
                yield window

    def _described(self, window: XWindow, desktop: int | None = None) -> Window | None:
        """None for what is ours, hidden, a panel or the desktop itself, and for a window that has just gone."""
        from Xlib import error

        try:
            process = (self._value(window, "_NET_WM_PID") or [0])[0]
            kinds = self._names(window, "_NET_WM_WINDOW_TYPE")
            hidden = "_NET_WM_STATE_HIDDEN" in self._names(window, "_NET_WM_STATE")
            on = (self._value(window, "_NET_WM_DESKTOP") or [_EVERYWHERE])[0]
            elsewhere = desktop is not None and on not in (desktop, _EVERYWHERE)
            if (
                process == self._own_process
                or hidden
                or elsewhere
                or any(kind in _NOT_FOR_READING for kind in kinds)
            ):
                return None
            inside = self._inside(window)
            title, program = self._title(window), self._program(window, process)
            return Window(title, program, self._framed(window, inside), process, window.id, inside=inside)
        except (error.BadWindow, error.BadDrawable):
            return None

    def _inside(self, window: XWindow) -> Box:
        size = window.get_geometry()
        at = window.translate_coords(self._root, 0, 0)
        return Box(-at.x, -at.y, size.width, size.height)

    def _framed(self, window: XWindow, inside: Box) -> Box:
        """The client area, plus the frame the window manager draws, less the shadow GTK draws inside its own."""
        frame = self._value(window, "_NET_FRAME_EXTENTS") or [0, 0, 0, 0]  # left, right, top, bottom
        shadow = self._value(window, "_GTK_FRAME_EXTENTS") or [0, 0, 0, 0]
        left, right, top, bottom = (ours - theirs for ours, theirs in zip(frame, shadow, strict=True))
        return Box(inside.x - left, inside.y - top, inside.width + left + right, inside.height + top + bottom)

    def _title(self, window: XWindow) -> str:
        told = self._value(window, "_NET_WM_NAME") or window.get_wm_name() or ""
        return told.decode("utf8", "replace") if isinstance(told, bytes) else str(told)

    def _program(self, window: XWindow, process: int) -> str:
        """The program's class («firefox-esr»), else its process's name."""
        kind = window.get_wm_class()
        if kind:
            return kind[1]
        with contextlib.suppress(OSError):
            return Path(f"/proc/{process}/comm").read_text().strip()
        return ""

    def _value(self, window: XWindow, name: str) -> Any:
        """A property's value: a list of numbers, or bytes; None when the window has none of that name."""
        from Xlib import X

        told = window.get_full_property(self._display.get_atom(name), X.AnyPropertyType)
        if told is None:
            return None
        return bytes(told.value) if told.format == 8 else list(told.value)

    def _names(self, window: XWindow, name: str) -> list[str]:
        return [self._display.get_atom_name(atom) for atom in self._value(window, name) or [] if atom]
