"""Hot keys on macOS: Carbon's RegisterEventHotKey through ctypes. Needs no permission, gives presses and releases.

Carbon calls the handler on the main thread, whose event loop Qt runs. Open and bind on the main thread too.
The constants are those of CarbonEvents.h and Events.h.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import logging
import sys
import time
from collections.abc import Mapping
from typing import Any

from assistant.errors import DeviceFailed
from desktop.hotkeys.backend import (
    Bound,
    Conflict,
    HotkeyPressed,
    HotkeyReleased,
    OnHotkey,
    Reason,
    own_conflict,
)
from desktop.hotkeys.chord import Chord, Modifier

log = logging.getLogger(__name__)
CARBON = "/System/Library/Frameworks/Carbon.framework/Carbon"
KEYBOARD_CLASS = int.from_bytes(b"keyb", "big")
DIRECT_OBJECT = int.from_bytes(b"----", "big")
HOT_KEY_ID_TYPE = int.from_bytes(b"hkid", "big")
SIGNATURE = int.from_bytes(b"NCHI", "big")
KEY_PRESSED, KEY_RELEASED = 5, 6
EXCLUSIVE = 1
ALREADY_EXISTS, INVALID_KEY = -9878, -9879
MOD_BITS = {Modifier.META: 0x0100, Modifier.SHIFT: 0x0200, Modifier.ALT: 0x0800, Modifier.CTRL: 0x1000}


class EventTypeSpec(ctypes.Structure):
    _fields_ = (("event_class", ctypes.c_uint32), ("event_kind", ctypes.c_uint32))


class EventHotKeyID(ctypes.Structure):
    _fields_ = (("signature", ctypes.c_uint32), ("id", ctypes.c_uint32))


HANDLER = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


def carbon() -> Any:
    """The Carbon framework with its signatures. Errors: `DeviceFailed` where there is no Mac."""
    if sys.platform != "darwin":
        raise DeviceFailed("hotkeys_unavailable", tried=["MAC"])
    library = ctypes.CDLL(CARBON)
    pointer = ctypes.c_void_p
    library.GetApplicationEventTarget.restype = pointer
    library.InstallEventHandler.argtypes = (
        pointer, HANDLER, ctypes.c_ulong, ctypes.POINTER(EventTypeSpec), pointer, ctypes.POINTER(pointer),
    )  # fmt: skip
    library.RegisterEventHotKey.argtypes = (
        ctypes.c_uint32, ctypes.c_uint32, EventHotKeyID, pointer, ctypes.c_uint32, ctypes.POINTER(pointer),
    )  # fmt: skip
    library.GetEventParameter.argtypes = (
        pointer, ctypes.c_uint32, ctypes.c_uint32, pointer, ctypes.c_ulong, pointer, pointer,
    )  # fmt: skip
    library.UnregisterEventHotKey.argtypes = (pointer,)
    library.RemoveEventHandler.argtypes = (pointer,)
    library.GetEventKind.argtypes = (pointer,)
    library.GetEventKind.restype = ctypes.c_uint32
    return library


class MacHotkeys:
    """`library` is given by tests only."""

    name = "mac"

    def __init__(self, on_event: OnHotkey, library: Any = None) -> None:
        self._lib = library or carbon()
        self._on_event = on_event
        self._bound: dict[str, tuple[int, Chord, ctypes.c_void_p]] = {}
        self._next_id = 1
        self._held: str | None = None
        self._callback = HANDLER(self._handle)  # must outlive the handler, or Carbon calls freed memory
        self._handler = ctypes.c_void_p()
        kinds = (EventTypeSpec * 2)((KEYBOARD_CLASS, KEY_PRESSED), (KEYBOARD_CLASS, KEY_RELEASED))
        status = self._lib.InstallEventHandler(
            self._lib.GetApplicationEventTarget(), self._callback, 2, kinds, None, ctypes.byref(self._handler)
        )
        if status:
            raise DeviceFailed("hotkeys_unavailable", tried=["MAC"], status=status)

    def bind(self, action: str, chord: Chord) -> Bound | Conflict:
        ours = {name: its for name, (_, its, _) in self._bound.items()}
        if conflict := own_conflict(action, chord, ours):
            return conflict
        if ours.get(action) == chord:
            return Bound(action, chord)
        if chord.key.mac is None:
            return Conflict(action, chord, Reason.NO_SUCH_KEY)
        number, self._next_id = self._next_id, self._next_id + 1
        reference = ctypes.c_void_p()
        status = self._lib.RegisterEventHotKey(
            chord.key.mac,
            sum(MOD_BITS[one] for one in chord.modifiers),
            EventHotKeyID(SIGNATURE, number),
            self._lib.GetApplicationEventTarget(),
            EXCLUSIVE,
            ctypes.byref(reference),
        )
        if status:
            log.info("RegisterEventHotKey(%s) failed with status %d", chord, status)
            reasons = {ALREADY_EXISTS: Reason.TAKEN, INVALID_KEY: Reason.NO_SUCH_KEY}
            return Conflict(action, chord, reasons.get(status, Reason.REFUSED))
        self.unbind(action)
        self._bound[action] = (number, chord, reference)
        return Bound(action, chord)

    def bind_all(self, chords: Mapping[str, Chord]) -> dict[str, Bound | Conflict]:
        return {action: self.bind(action, chord) for action, chord in chords.items()}

    def unbind(self, action: str) -> None:
        if action in self._bound:
            if self._held == action:
                self._release_held()
            self._lib.UnregisterEventHotKey(self._bound.pop(action)[2])

    def close(self) -> None:
        for action in list(self._bound):
            self.unbind(action)
        if self._handler:
            self._lib.RemoveEventHandler(self._handler)
            self._handler = ctypes.c_void_p()

    def _handle(self, _next: int | None, event: int | None, _data: int | None) -> int:
        """Carbon's callback; returns an OSStatus (0: done). An exception must not cross into C."""
        try:
            self._take(event)
        except Exception:
            log.exception("a hot key event was lost")
        return 0

    def _take(self, event: int | None) -> None:
        which = EventHotKeyID()
        status = self._lib.GetEventParameter(
            event, DIRECT_OBJECT, HOT_KEY_ID_TYPE, None, ctypes.sizeof(which), None, ctypes.byref(which)
        )
        action = next((name for name, (number, _, _) in self._bound.items() if number == which.id), None)
        if status or which.signature != SIGNATURE or action is None:
            return
        if self._lib.GetEventKind(event) == KEY_RELEASED:
            if self._held == action:
                self._release_held()
        elif self._held != action:  # a held key repeats
            self._release_held()
            self._held = action
            self._on_event(HotkeyPressed(action, time.monotonic()))

    def _release_held(self) -> None:
        if self._held is not None:
            action, self._held = self._held, None
            self._on_event(HotkeyReleased(action, time.monotonic()))
