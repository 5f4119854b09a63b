"""Hot keys on Windows: RegisterHotKey, in a message thread of our own. Exclusive, tells of conflicts, no key logging.

Windows tells of no release, so a timer of the same thread looks every 15 ms whether the key is still down, and only
while it is. `Libraries` is the seam: three ctypes functions sets that tests replace.
"""

from __future__ import annotations

import ctypes
import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from ctypes import wintypes
from dataclasses import dataclass
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
WM_QUIT, WM_TIMER, WM_HOTKEY, WM_APP = 0x0012, 0x0113, 0x0312, 0x8000
MOD_NOREPEAT = 0x4000
MOD_BITS = {Modifier.ALT: 0x1, Modifier.CTRL: 0x2, Modifier.SHIFT: 0x4, Modifier.META: 0x8}
ERROR_HOTKEY_ALREADY_REGISTERED = 1409
MAPVK_VSC_TO_VK_EX = 3
LOOK_MS = 15
ANSWER_SECONDS = 5.0


@dataclass(frozen=True)
class Libraries:
    """user32, kernel32 and the thread's last error."""

    user32: Any
    kernel32: Any
    last_error: Callable[[], int]

    @classmethod
    def real(cls) -> Libraries:
        """Errors: `DeviceFailed` where there is no Windows."""
        if not hasattr(ctypes, "WinDLL"):
            raise DeviceFailed("hotkeys_unavailable", tried=["WINDOWS"])
        user32 = ctypes.WinDLL("user32", use_last_error=True)
        kernel32 = ctypes.WinDLL("kernel32", use_last_error=True)
        user32.RegisterHotKey.argtypes = (wintypes.HWND, ctypes.c_int, wintypes.UINT, wintypes.UINT)
        user32.UnregisterHotKey.argtypes = (wintypes.HWND, ctypes.c_int)
        user32.GetMessageW.argtypes = (
            ctypes.POINTER(wintypes.MSG),
            wintypes.HWND,
            wintypes.UINT,
            wintypes.UINT,
        )
        user32.GetMessageW.restype = ctypes.c_int
        user32.PeekMessageW.argtypes = (*user32.GetMessageW.argtypes, wintypes.UINT)
        user32.PostThreadMessageW.argtypes = (wintypes.DWORD, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)
        user32.SetTimer.argtypes = (wintypes.HWND, ctypes.c_size_t, wintypes.UINT, ctypes.c_void_p)
        user32.SetTimer.restype = ctypes.c_size_t
        user32.KillTimer.argtypes = (wintypes.HWND, ctypes.c_size_t)
        user32.GetAsyncKeyState.argtypes = (ctypes.c_int,)
        user32.GetAsyncKeyState.restype = ctypes.c_short
        user32.MapVirtualKeyW.argtypes = (wintypes.UINT, wintypes.UINT)
        user32.MapVirtualKeyW.restype = wintypes.UINT
        kernel32.GetCurrentThreadId.restype = wintypes.DWORD
        return cls(user32, kernel32, ctypes.get_last_error)


@dataclass
class _Registered:
    action: str
    chord: Chord
    virtual_key: int


class WindowsHotkeys:
    """`libraries` is given by tests only."""

    name = "windows"

    def __init__(self, on_event: OnHotkey, libraries: Libraries | None = None) -> None:
        self._lib = libraries or Libraries.real()
        self._on_event = on_event
        self._registered: dict[int, _Registered] = {}
        self._next_id = 1
        self._held: int | None = None
        self._timer = 0
        self._work: queue.SimpleQueue[tuple[Callable[[], Any], Future[Any]]] = queue.SimpleQueue()
        self._thread_id = 0
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), name="hotkeys-windows", daemon=True)
        self._thread.start()
        if not ready.wait(ANSWER_SECONDS):
            raise DeviceFailed("hotkeys_unavailable", tried=["WINDOWS"])

    def bind(self, action: str, chord: Chord) -> Bound | Conflict:
        return self._in_thread(lambda: self._bind(action, chord))

    def bind_all(self, chords: Mapping[str, Chord]) -> dict[str, Bound | Conflict]:
        return {action: self.bind(action, chord) for action, chord in chords.items()}

    def unbind(self, action: str) -> None:
        self._in_thread(lambda: self._unbind(action))

    def close(self) -> None:
        if self._thread.is_alive():
            self._lib.user32.PostThreadMessageW(self._thread_id, WM_QUIT, 0, 0)
            self._thread.join(ANSWER_SECONDS)

    def _in_thread(self, job: Callable[[], Any]) -> Any:
        """RegisterHotKey belongs to the thread that called it: every call is made in the message thread."""
        answer: Future[Any] = Future()
        self._work.put((job, answer))
        if not self._lib.user32.PostThreadMessageW(self._thread_id, WM_APP, 0, 0):
            raise DeviceFailed("hotkeys_unavailable", tried=["WINDOWS"])
        return answer.result(ANSWER_SECONDS)

    def _run(self, ready: threading.Event) -> None:
        user32, message = self._lib.user32, wintypes.MSG()
        self._thread_id = self._lib.kernel32.GetCurrentThreadId()
        user32.PeekMessageW(
            ctypes.byref(message), None, WM_APP, WM_APP, 0
        )  # makes this thread's message queue
        ready.set()
        while user32.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
            if message.message == WM_HOTKEY:
                self._pressed(int(message.wParam))
            elif message.message == WM_TIMER:
                self._look()
            elif message.message == WM_APP:
                self._do_work()
        self._release_held()
        for number in list(self._registered):
            user32.UnregisterHotKey(None, number)

    def _do_work(self) -> None:
        while not self._work.empty():
            job, answer = self._work.get()
            try:
                answer.set_result(job())
            except Exception as reason:
                answer.set_exception(reason)

    def _bind(self, action: str, chord: Chord) -> Bound | Conflict:
        ours = {one.action: one.chord for one in self._registered.values()}
        if conflict := own_conflict(action, chord, ours):
            return conflict
        if ours.get(action) == chord:
            return Bound(action, chord)
        virtual_key = self._virtual_key(chord)
        bits = sum(MOD_BITS[one] for one in chord.modifiers) | MOD_NOREPEAT
        number, self._next_id = self._next_id, self._next_id + 1
        if not self._lib.user32.RegisterHotKey(None, number, bits, virtual_key):
            code = self._lib.last_error()
            log.info("RegisterHotKey(%s) failed with error %d", chord, code)
            return Conflict(
                action, chord, Reason.TAKEN if code == ERROR_HOTKEY_ALREADY_REGISTERED else Reason.REFUSED
            )
        self._unbind(action)
        self._registered[number] = _Registered(action, chord, virtual_key)
        return Bound(action, chord)

    def _virtual_key(self, chord: Chord) -> int:
        """The virtual key that stands at this place in the current layout; the US one where Windows knows none."""
        return self._lib.user32.MapVirtualKeyW(chord.key.scan, MAPVK_VSC_TO_VK_EX) or chord.key.vk

    def _unbind(self, action: str) -> None:
        for number, one in list(self._registered.items()):
            if one.action == action:
                if self._held == number:
                    self._release_held()
                self._lib.user32.UnregisterHotKey(None, number)
                del self._registered[number]

    def _pressed(self, number: int) -> None:
        if number not in self._registered:
            return
        self._release_held()
        self._held = number
        self._on_event(HotkeyPressed(self._registered[number].action, time.monotonic()))
        self._timer = self._lib.user32.SetTimer(None, 0, LOOK_MS, None)

    def _look(self) -> None:
        """While held: has the key gone up?"""
        if self._held is None:
            return
        if not self._lib.user32.GetAsyncKeyState(self._registered[self._held].virtual_key) & 0x8000:
            self._release_held()

    def _release_held(self) -> None:
        if self._held is None:
            return
        self._lib.user32.KillTimer(None, self._timer)
        number, self._held = self._held, None
        self._on_event(HotkeyReleased(self._registered[number].action, time.monotonic()))
