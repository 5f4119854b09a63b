"""RegisterHotKey through a recorded user32: the message thread, conflicts, releases by looking at the key."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from typing import Any

import pytest

from assistant.errors import DeviceFailed
from desktop.hotkeys import windows
from desktop.hotkeys.backend import Bound, Conflict, Reason
from desktop.hotkeys.chord import Chord
from desktop.hotkeys.windows import Libraries, WindowsHotkeys
from tests.desktop.listening import Heard

ASK = Chord.parse("Ctrl+Alt+N")
CTRL_ALT_NO_REPEAT = 0x2 | 0x1 | 0x4000


class User32:
    """The message queue of one thread, hot keys with other programs' ones already taken, and the keyboard's state."""

    def __init__(self) -> None:
        self.messages: queue.SimpleQueue[tuple[int, int]] = queue.SimpleQueue()
        self.taken: set[tuple[int, int]] = set()
        self.registered: dict[int, tuple[int, int]] = {}
        self.down: set[int] = set()
        self.timers: set[int] = set()
        self.error = 0
        self.layout: dict[int, int] = {}

    def PeekMessageW(self, _message: Any, *_filter: int | None) -> int:
        return 0

    def GetMessageW(self, message: Any, *_filter: int | None) -> int:
        message._obj.message, message._obj.wParam = self.messages.get(timeout=5)
        return int(message._obj.message != windows.WM_QUIT)

    def PostThreadMessageW(self, thread: int, message: int, word: int, _long: int) -> int:
        assert thread == Kernel32.THREAD
        self.messages.put((message, word))
        return 1

    def RegisterHotKey(self, window: None, number: int, bits: int, key: int) -> int:
        assert window is None
        if (bits, key) in self.taken or (bits, key) in self.registered.values():
            self.error = windows.ERROR_HOTKEY_ALREADY_REGISTERED
            return 0
        self.registered[number] = (bits, key)
        return 1

    def UnregisterHotKey(self, _window: None, number: int) -> int:
        return int(self.registered.pop(number, None) is not None)

    def MapVirtualKeyW(self, scan: int, kind: int) -> int:
        assert kind == windows.MAPVK_VSC_TO_VK_EX
        return self.layout.get(scan, 0)

    def SetTimer(self, _window: None, _number: int, milliseconds: int, _call: None) -> int:
        assert milliseconds == windows.LOOK_MS
        self.timers.add(7)
        return 7

    def KillTimer(self, _window: None, number: int) -> int:
        self.timers.discard(number)
        return 1

    def GetAsyncKeyState(self, key: int) -> int:
        return -32768 if key in self.down else 0

    def press(self, bits: int, key: int) -> None:
        """What Windows does when a person presses: the registered hot key's message."""
        self.down.add(key)
        for number, its in self.registered.items():
            if its == (bits, key):
                self.messages.put((windows.WM_HOTKEY, number))

    def tick(self) -> None:
        self.messages.put((windows.WM_TIMER, 0))


class Kernel32:
    THREAD = 1234

    def GetCurrentThreadId(self) -> int:
        return self.THREAD


@pytest.fixture
def user32() -> User32:
    return User32()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def keys(user32: User32, heard: Heard) -> Iterator[WindowsHotkeys]:
    backend = WindowsHotkeys(heard, Libraries(user32, Kernel32(), lambda: user32.error))
    yield backend
    backend.close()
    assert user32.registered == {}, "a hot key was left behind"


def test_a_hold_is_one_press_and_one_release(user32: User32, keys: WindowsHotkeys, heard: Heard) -> None:
    """The timer runs only while the key is held."""
    assert keys.bind("screen", ASK) == Bound("screen", ASK)
    assert list(user32.registered.values()) == [(CTRL_ALT_NO_REPEAT, ord("N"))]
    user32.press(CTRL_ALT_NO_REPEAT, ord("N"))
    heard.pressed("screen")
    user32.tick()
    user32.tick()
    keys.unbind("nothing")  # a message behind the two ticks: they have been handled when it returns
    assert heard.nothing_more
    assert user32.timers
    user32.down.clear()
    user32.tick()
    heard.released("screen")
    assert not user32.timers


def test_a_taken_chord_is_a_conflict_and_the_old_one_stays(user32: User32, keys: WindowsHotkeys) -> None:
    keys.bind("screen", ASK)
    user32.taken.add((CTRL_ALT_NO_REPEAT, ord("B")))
    taken = Chord.parse("Ctrl+Alt+B")
    assert keys.bind("screen", taken) == Conflict("screen", taken, Reason.TAKEN)
    assert list(user32.registered.values()) == [(CTRL_ALT_NO_REPEAT, ord("N"))]
    user32.taken.clear()
    assert isinstance(keys.bind("screen", taken), Bound)
    assert list(user32.registered.values()) == [(CTRL_ALT_NO_REPEAT, ord("B"))]


def test_our_own_chord_is_a_conflict(keys: WindowsHotkeys) -> None:
    assert keys.bind_all({"screen": ASK, "camera": ASK}) == {
        "screen": Bound("screen", ASK),
        "camera": Conflict("camera", ASK, Reason.OURS, "screen"),
    }


def test_a_place_is_bound_whatever_stands_there(user32: User32, keys: WindowsHotkeys) -> None:
    """On a layout that has B at the place of N, the virtual key of B is registered."""
    user32.layout[0x31] = ord("B")
    keys.bind("screen", ASK)
    assert list(user32.registered.values()) == [(CTRL_ALT_NO_REPEAT, ord("B"))]


def test_unbinding_while_held_releases(user32: User32, keys: WindowsHotkeys, heard: Heard) -> None:
    keys.bind("screen", ASK)
    user32.press(CTRL_ALT_NO_REPEAT, ord("N"))
    heard.pressed("screen")
    keys.unbind("screen")
    heard.released("screen")


def test_there_is_no_windows_here() -> None:
    if hasattr(windows.ctypes, "WinDLL"):
        pytest.skip("this is Windows")
    with pytest.raises(DeviceFailed, match="hotkeys_unavailable"):
        WindowsHotkeys(Heard())
