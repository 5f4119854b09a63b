"""Hot keys on X11: XGrabKey through python-xlib. Exclusive, tells of conflicts, sees no other key stroke.

One thread owns the connection; other threads hand it work through a queue and a wake-up socket. A grabbed key is
asked for four times, because Caps Lock and Num Lock count as modifiers for X.
"""

from __future__ import annotations

import logging
import queue
import select
import socket
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from Xlib.protocol.rq import Event

log = logging.getLogger(__name__)
ANSWER_SECONDS = 5.0
# Modifier → the key symbols by which its bit (Mod1 … Mod5) is found; Shift, Lock and Control have fixed bits.
_SYMBOLS = {
    Modifier.ALT: ("Alt_L", "Meta_L", "Alt_R"),
    Modifier.META: ("Super_L", "Super_R", "Hyper_L"),
}


class X11Hotkeys:
    """Opens its own connection to `display_name` (None: $DISPLAY). Errors: `DeviceFailed("display_unreachable")`."""

    name = "x11"

    def __init__(self, on_event: OnHotkey, display_name: str | None = None) -> None:
        from Xlib import display, error

        try:
            self._display = display.Display(display_name)
        except (error.DisplayError, OSError) as reason:
            raise DeviceFailed("display_unreachable", name=display_name or "") from reason
        self._on_event = on_event
        self._root = self._display.screen().root
        self._chords: dict[str, Chord] = {}
        self._held: str | None = None
        self._last_release = (0, -1)  # key code and server time
        self._work: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = queue.SimpleQueue()
        self._wake, self._woken = socket.socketpair()
        self._closing = False
        self._read_modifier_bits()
        self._thread = threading.Thread(target=self._run, name="hotkeys-x11", daemon=True)
        self._thread.start()

    def bind(self, action: str, chord: Chord) -> Bound | Conflict:
        return self._in_thread(lambda: self._bind(action, chord))

    def bind_all(self, chords: Mapping[str, Chord]) -> dict[str, Bound | Conflict]:
        return {action: self.bind(action, chord) for action, chord in chords.items()}

    def unbind(self, action: str) -> None:
        self._in_thread(lambda: self._unbind(action))

    def close(self) -> None:
        if self._thread.is_alive():
            self._closing = True
            self._wake.send(b"x")
            self._thread.join(ANSWER_SECONDS)

    def _in_thread(self, job: Callable[[], Any]) -> Any:
        if not self._thread.is_alive():
            raise DeviceFailed("hotkeys_unavailable", tried=["X11"])
        answer: Future[Any] = Future()
        self._work.put((job, answer))
        self._wake.send(b"x")
        return answer.result(ANSWER_SECONDS)

    def _run(self) -> None:
        try:
            while not self._closing:
                if not self._display.pending_events():
                    select.select([self._display, self._woken], [], [])
                self._do_work()
                while self._display.pending_events():
                    self._take(self._display.next_event())
        except Exception:  # the X server has gone: nothing can be grabbed any more
            log.exception("the X connection of the hot keys is lost")
        finally:
            self._release_held()
            self._display.close()

    def _do_work(self) -> None:
        if select.select([self._woken], [], [], 0)[0]:
            self._woken.recv(4096)
        while not self._work.empty():
            job, answer = self._work.get()
            try:
                answer.set_result(job())
            except Exception as reason:
                answer.set_exception(reason)

    def _bind(self, action: str, chord: Chord) -> Bound | Conflict:
        if conflict := own_conflict(action, chord, self._chords):
            return conflict
        if self._chords.get(action) == chord:
            return Bound(action, chord)
        if not any(self._display.keycode_to_keysym(chord.key.x11, level) for level in (0, 1)):
            return Conflict(action, chord, Reason.NO_SUCH_KEY)
        if not self._grab(chord):
            return Conflict(action, chord, Reason.TAKEN)
        self._unbind(action)
        self._chords[action] = chord
        return Bound(action, chord)

    def _unbind(self, action: str) -> None:
        if chord := self._chords.pop(action, None):
            if self._held == action:
                self._release_held()
            self._ungrab(chord)

    def _grab(self, chord: Chord) -> bool:
        """False when another program has the chord, with any of the locks."""
        from Xlib import X, error

        taken = error.CatchError(error.BadAccess)
        for locks in self._locks:
            self._root.grab_key(
                chord.key.x11,
                self._bits(chord) | locks,
                False,
                X.GrabModeAsync,
                X.GrabModeAsync,
                onerror=taken,
            )
        self._display.sync()
        if taken.get_error():
            self._ungrab(chord)
            return False
        return True

    def _ungrab(self, chord: Chord) -> None:
        from Xlib import error

        for locks in self._locks:  # a lock state that was not ours is no error worth telling
            self._root.ungrab_key(chord.key.x11, self._bits(chord) | locks, onerror=error.CatchError())
        self._display.sync()

    def _bits(self, chord: Chord) -> int:
        return sum(self._modifier_bits[one] for one in chord.modifiers)

    def _read_modifier_bits(self) -> None:
        """Which of X's eight modifier bits Alt, Super and Num Lock are on this keyboard."""
        from Xlib import XK, X

        bits: dict[str, int] = {}
        for index, codes in enumerate(self._display.get_modifier_mapping()):
            for code in codes:
                for symbol in (
                    {self._display.keycode_to_keysym(code, level) for level in (0, 1)} if code else ()
                ):
                    bits.setdefault(XK.keysym_to_string(symbol) or str(symbol), 1 << index)
        by_symbol = {s: bits.get(s) or bits.get(str(XK.string_to_keysym(s))) for s in self._wanted_symbols()}
        self._modifier_bits = {Modifier.CTRL: X.ControlMask, Modifier.SHIFT: X.ShiftMask}
        fallback = {Modifier.ALT: X.Mod1Mask, Modifier.META: X.Mod4Mask}
        for modifier, symbols in _SYMBOLS.items():
            found = next((by_symbol[s] for s in symbols if by_symbol[s]), None)
            self._modifier_bits[modifier] = found or fallback[modifier]
        number = by_symbol["Num_Lock"] or 0
        self._locks = sorted({0, X.LockMask, number, X.LockMask | number})

    @staticmethod
    def _wanted_symbols() -> list[str]:
        return ["Num_Lock", *(symbol for symbols in _SYMBOLS.values() for symbol in symbols)]

    def _take(self, event: Event) -> None:
        from Xlib import X

        if event.type == X.KeyPress:
            self._pressed(event.detail, event.state, event.time)
        elif event.type == X.KeyRelease:
            self._released(event.detail, event.time)
        elif event.type == X.MappingNotify:
            self._layout_changed(event)

    def _pressed(self, code: int, state: int, at: int) -> None:
        if (
            code,
            at,
        ) == self._last_release:  # X repeats a held key, every 40 ms: release and press of one instant
            return
        seen = state & sum(self._modifier_bits.values())
        for action, chord in self._chords.items():
            if chord.key.x11 == code and self._bits(chord) == seen:
                self._release_held()
                self._held = action
                self._on_event(HotkeyPressed(action, time.monotonic()))
                return

    def _released(self, code: int, at: int) -> None:
        """Only the server knows whether a release is real, or half of a repeat whose other half is on its way."""
        self._last_release = (code, at)
        if self._held is None or self._chords[self._held].key.x11 != code:
            return
        down = self._display.query_keymap()
        if not down[code // 8] & (1 << code % 8):
            self._release_held()

    def _release_held(self) -> None:
        if self._held is not None:
            action, self._held = self._held, None
            self._on_event(HotkeyReleased(action, time.monotonic()))

    def _layout_changed(self, event: Event) -> None:
        """Places stay where they are; only where Alt, Super or Num Lock got other bits must we grab again."""
        from Xlib import X

        if event.request == X.MappingPointer:
            return
        self._display.refresh_keyboard_mapping(event)
        bits, locks = self._modifier_bits, self._locks
        self._read_modifier_bits()
        if (bits, locks) == (self._modifier_bits, self._locks):
            return
        new = self._modifier_bits, self._locks
        self._modifier_bits, self._locks = bits, locks
        for chord in self._chords.values():
            self._ungrab(chord)
        self._modifier_bits, self._locks = new
        for action, chord in self._chords.items():
            if not self._grab(chord):
                log.warning("%s lost %s when the keyboard layout changed", action, chord)
