"""Hot keys through pynput's listener, where nothing better works.

It sees every key stroke, cannot tell of conflicts and cannot keep the chord from the focused program, so it comes
last and every `Bound` says `exclusive=False`. Never started on a Mac beside Qt (moses-palmer/pynput #511: crash).
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

from assistant.errors import DeviceFailed
from desktop.hotkeys.backend import Bound, Conflict, HotkeyPressed, HotkeyReleased, OnHotkey, own_conflict
from desktop.hotkeys.chord import Chord, Modifier
from desktop.hotkeys.keys import all_keys

_MODIFIERS = {
    "ctrl": Modifier.CTRL, "ctrl_l": Modifier.CTRL, "ctrl_r": Modifier.CTRL,
    "alt": Modifier.ALT, "alt_l": Modifier.ALT, "alt_r": Modifier.ALT, "alt_gr": Modifier.ALT,
    "shift": Modifier.SHIFT, "shift_l": Modifier.SHIFT, "shift_r": Modifier.SHIFT,
    "cmd": Modifier.META, "cmd_l": Modifier.META, "cmd_r": Modifier.META,
}  # fmt: skip
END_SECONDS = 5.0


class ListenerHotkeys:
    """Errors: `DeviceFailed` where pynput finds no back end (no display, no permission)."""

    name = "fallback"

    def __init__(self, on_event: OnHotkey) -> None:
        try:
            from pynput import keyboard
        except ImportError as reason:  # pynput raises it too where the display cannot be reached
            raise DeviceFailed("hotkeys_unavailable", tried=["FALLBACK"]) from reason
        self._on_event = on_event
        self._lock = threading.Lock()
        self._chords: dict[str, Chord] = {}
        self._down: set[Modifier] = set()
        self._held: str | None = None
        self._codes = self._key_codes()
        self._listener = keyboard.Listener(on_press=self._press, on_release=self._release)
        self._listener.start()
        self._listener.wait()

    def bind(self, action: str, chord: Chord) -> Bound | Conflict:
        with self._lock:
            if conflict := own_conflict(action, chord, self._chords):
                return conflict
            self._chords[action] = chord
            return Bound(action, chord, exclusive=False)

    def bind_all(self, chords: Mapping[str, Chord]) -> dict[str, Bound | Conflict]:
        return {action: self.bind(action, chord) for action, chord in chords.items()}

    def unbind(self, action: str) -> None:
        with self._lock:
            self._chords.pop(action, None)
        if self._held == action:
            self._release_held()

    def close(self) -> None:
        self._release_held()
        with self._lock:
            self._chords.clear()
        if hasattr(self._listener, "_display_stop"):
            self._end_recording()
        else:
            self._listener.stop()
        self._listener.join(END_SECONDS)

    def _end_recording(self) -> None:
        """X11: pynput 1.8.2's stop() only queues its request, and its thread sleeps on until the next key.

        A connection of our own asks instead, because Xlib's connections are not made for two threads.
        """
        from Xlib import display

        own = display.Display(self._listener._display_stop.get_display_name())
        own.record_disable_context(self._listener._context)
        own.sync()
        own.close()

    @property
    def running(self) -> bool:
        """Whether the listener still sees key strokes."""
        return self._listener.is_alive()

    def _key_codes(self) -> dict[int, str]:
        """pynput's code of a key → our name. On X11 it gives key symbols, elsewhere virtual keys."""
        if sys.platform == "win32":
            return {key.vk: key.name for key in all_keys()}
        from Xlib import XK

        XK.load_keysym_group("korean")
        codes = {XK.string_to_keysym(key.keysym): key.name for key in all_keys()}
        shifted = dict(zip("!@#$%^&*()", "1234567890", strict=True))
        return codes | {ord(sign): digit for sign, digit in shifted.items()} | {XK.XK_ISO_Left_Tab: "Tab"}

    def _name_of(self, key: Any) -> str | None:
        code = getattr(key, "vk", None)
        if code is None:
            code = getattr(getattr(key, "value", None), "vk", None)
        if code is None and getattr(key, "char", None):
            code = ord(key.char.lower())
        if code is not None and sys.platform != "win32" and 0x41 <= code <= 0x5A:
            code += 0x20  # with Shift, X gives the capital's symbol
        return self._codes.get(code) if code is not None else None

    def _press(self, key: Any) -> None:
        modifier = _MODIFIERS.get(getattr(key, "name", ""))
        if modifier is not None:
            self._down.add(modifier)
            return
        if self._held is not None:  # held keys repeat
            return
        name, seen = self._name_of(key), _together(self._down)
        with self._lock:
            found = next(
                (a for a, c in self._chords.items() if c.key.name == name and c.modifiers == seen), None
            )
        if found is not None:
            self._held = found
            self._on_event(HotkeyPressed(found, time.monotonic()))

    def _release(self, key: Any) -> None:
        modifier = _MODIFIERS.get(getattr(key, "name", ""))
        if modifier is not None:
            self._down.discard(modifier)
            return
        with self._lock:
            chord = self._chords.get(self._held) if self._held is not None else None
        if chord is not None and chord.key.name == self._name_of(key):
            self._release_held()

    def _release_held(self) -> None:
        if self._held is not None:
            action, self._held = self._held, None
            self._on_event(HotkeyReleased(action, time.monotonic()))


def _together(modifiers: set[Modifier]) -> Modifier:
    whole = Modifier.NONE
    for one in modifiers:
        whole |= one
    return whole
