"""What every hot-key back end does, the order in which they are tried, and the first that works.

Back ends call `on_event` from a thread of their own: the listener must only pass the event on.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from assistant.errors import DeviceFailed, NunchiError
from desktop.hotkeys.chord import Chord

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HotkeyPressed:
    """The chord of `action` went down; `at` is `time.monotonic()` seconds. Never repeats while held."""

    action: str
    at: float


@dataclass(frozen=True)
class HotkeyReleased:
    """The chord's key went up. Follows every `HotkeyPressed` exactly once."""

    action: str
    at: float


HotkeyEvent = HotkeyPressed | HotkeyReleased
OnHotkey = Callable[[HotkeyEvent], None]


class Reason(Enum):
    """Why a chord could not be bound."""

    TAKEN = "hotkey_taken"
    """another program has it"""
    OURS = "hotkey_ours"
    """another action of ours has it"""
    NO_SUCH_KEY = "hotkey_no_such_key"
    """this keyboard or system lacks the key"""
    REFUSED = "hotkey_refused"
    """the person or the desktop said no"""


@dataclass(frozen=True)
class Bound:
    """The chord works from now on."""

    action: str
    chord: Chord
    exclusive: bool = True
    """whether the focused program is spared the key stroke"""
    trigger: str = ""
    """what the desktop says the keys are, where it let the person choose others (Wayland)"""


@dataclass(frozen=True)
class Conflict:
    """The chord does not work; whatever `action` was bound to before stays bound."""

    action: str
    chord: Chord
    reason: Reason
    held_by: str = ""
    """our own action that has the chord, for `Reason.OURS`"""


class HotkeyBackend(Protocol):
    """Opened once; gives presses and releases until `close`."""

    name: str

    def bind(self, action: str, chord: Chord) -> Bound | Conflict:
        """Bind `action`, in place of its earlier chord. Blocks for milliseconds (Wayland: until answered)."""
        ...

    def bind_all(self, chords: Mapping[str, Chord]) -> dict[str, Bound | Conflict]:
        """Bind several actions at once: the desktop of Wayland asks the person only once."""
        ...

    def unbind(self, action: str) -> None: ...

    def close(self) -> None:
        """Give every key back. A chord that is held is released first."""
        ...


class Backend(Enum):
    """In order of preference."""

    WINDOWS = ("windows", "WindowsHotkeys")
    MAC = ("mac", "MacHotkeys")
    PORTAL = ("portal", "PortalHotkeys")
    X11 = ("x11", "X11Hotkeys")
    FALLBACK = ("fallback", "ListenerHotkeys")

    @property
    def fits(self) -> bool:
        """Whether it can work at all in this session, judged without opening anything."""
        if self is Backend.WINDOWS:
            return sys.platform == "win32"
        if self is Backend.MAC:
            return sys.platform == "darwin"
        on_linux = sys.platform not in {"win32", "darwin"}
        wayland = on_linux and bool(os.environ.get("WAYLAND_DISPLAY"))
        if self is Backend.PORTAL:
            return wayland
        if self is Backend.X11:  # under Wayland it would see XWayland's own windows only
            return on_linux and not wayland and bool(os.environ.get("DISPLAY"))
        # pynput's listener crashes beside Qt on a Mac (moses-palmer/pynput #511)
        return sys.platform != "darwin" and (not on_linux or bool(os.environ.get("DISPLAY")))

    def open(self, on_event: OnHotkey) -> HotkeyBackend:
        """Errors: `DeviceFailed` and whatever a missing library raises."""
        module, name = self.value
        return getattr(importlib.import_module(f"desktop.hotkeys.{module}"), name)(on_event)


def open_backend(on_event: OnHotkey) -> HotkeyBackend:
    """The first back end that works here. Errors: `DeviceFailed("hotkeys_unavailable")` when none does."""
    tried: list[str] = []
    for backend in Backend:
        if not backend.fits:
            continue
        try:
            return backend.open(on_event)
        except (NunchiError, ImportError, OSError) as error:
            log.warning("hot keys through %s do not work here: %s", backend.name, error)
            tried.append(backend.name)
    raise DeviceFailed("hotkeys_unavailable", tried=tried)


def own_conflict(action: str, chord: Chord, bound: Mapping[str, Chord]) -> Conflict | None:
    """The conflict with another action of ours, if there is one."""
    holder = next((other for other, its in bound.items() if its == chord and other != action), None)
    return Conflict(action, chord, Reason.OURS, holder) if holder else None
