"""Windows' windows through recorded user32, dwmapi and kernel32."""

from __future__ import annotations

import ctypes
from ctypes import wintypes
from dataclasses import dataclass
from typing import Any

import pytest

from assistant.errors import DeviceFailed
from assistant.frames import Box
from desktop.capture import windows_win32 as win32
from desktop.capture.windows_win32 import Libraries, Win32Windows

OURS = 4242


@dataclass
class Told:
    """What Windows says of one window."""

    title: str
    kind: str = "Notepad"
    process: int = 10
    frame: tuple[int, int, int, int] = (-8, 30, 792, 630)
    visible: bool = True
    minimised: bool = False
    cloaked: int = 0
    affinity: int = 0


class User32:
    """Windows by handle, topmost first."""

    def __init__(self, windows: dict[int, Told], focused: int = 0) -> None:
        self.windows, self.focused = windows, focused
        self.circle = False

    def GetForegroundWindow(self) -> int | None:
        return self.focused or None

    def GetTopWindow(self, _parent: None) -> int | None:
        return next(iter(self.windows), None)

    def GetWindow(self, handle: int, which: int) -> int | None:
        assert which == win32.GW_HWNDNEXT
        order = list(self.windows)
        following = order.index(handle) + 1
        if following < len(order):
            return order[following]
        return order[0] if self.circle else None

    def IsWindowVisible(self, handle: int) -> int:
        return int(self.windows[handle].visible)

    def IsIconic(self, handle: int) -> int:
        return int(self.windows[handle].minimised)

    def GetWindowTextLengthW(self, handle: int) -> int:
        return len(self.windows[handle].title)

    def GetWindowTextW(self, handle: int, text: Any, room: int) -> int:
        text.value = self.windows[handle].title[: room - 1]
        return len(text.value)

    def GetClassNameW(self, handle: int, text: Any, _room: int) -> int:
        text.value = self.windows[handle].kind
        return len(text.value)

    def GetWindowThreadProcessId(self, handle: int, out: Any) -> int:
        out._obj.value = self.windows[handle].process
        return 1

    def GetWindowRect(self, handle: int, out: Any) -> int:
        self._fill(out, tuple(side - 7 for side in self.windows[handle].frame))
        return 1

    def GetWindowDisplayAffinity(self, handle: int, out: Any) -> int:
        out._obj.value = self.windows[handle].affinity
        return 1

    def GetCursorPos(self, out: Any) -> int:
        out._obj.x, out._obj.y = -5, 77
        return 1

    @staticmethod
    def _fill(out: Any, sides: tuple[int, ...]) -> None:
        out._obj.left, out._obj.top, out._obj.right, out._obj.bottom = sides


class Dwmapi:
    """Answers S_OK with the frame, or an error when composition is off."""

    def __init__(self, user32: User32, composed: bool = True) -> None:
        self.user32, self.composed = user32, composed

    def DwmGetWindowAttribute(self, handle: int, which: int, out: Any, size: int) -> int:
        if not self.composed:
            return -2147024809
        if which == win32.DWMWA_CLOAKED:
            assert size == 4
            out._obj.value = self.user32.windows[handle].cloaked
        else:
            assert (which, size) == (win32.DWMWA_EXTENDED_FRAME_BOUNDS, ctypes.sizeof(wintypes.RECT))
            User32._fill(out, self.user32.windows[handle].frame)
        return 0


class Kernel32:
    """Process 10 may be asked for its program; others may not."""

    def __init__(self) -> None:
        self.open = 0

    def OpenProcess(self, rights: int, _inherit: bool, process: int) -> int:
        assert rights == win32.PROCESS_QUERY_LIMITED_INFORMATION
        self.open += process == 10
        return 55 if process == 10 else 0

    def QueryFullProcessImageNameW(self, _process: int, _flags: int, path: Any, _size: Any) -> int:
        path.value = r"C:\Program Files\한글\Hwp.exe"
        return 1

    def CloseHandle(self, _process: int) -> int:
        self.open -= 1
        return 1


def windows(listed: dict[int, Told], focused: int = 0, composed: bool = True) -> Win32Windows:
    user32 = User32(listed, focused)
    return Win32Windows(Libraries(user32, Dwmapi(user32, composed), Kernel32()), OURS)


def test_the_focused_window() -> None:
    """Its visible frame, at a negative place too, and its program by file name."""
    window = windows({1: Told("위에"), 2: Told("보고서.hwp - 한글")}, focused=2).active()
    assert (window.title, window.program, window.handle) == ("보고서.hwp - 한글", "Hwp.exe", 2)
    assert window.box == Box(-8, 30, 800, 600)
    assert not window.protected


def test_when_the_focus_is_ours_the_topmost_other_window_counts() -> None:
    listed = {1: Told("눈치", process=OURS), 2: Told("남의 창", process=11)}
    window = windows(listed, focused=1).active()
    assert (window.title, window.program) == ("남의 창", "")


def test_what_is_no_window_to_read() -> None:
    listed = {
        1: Told("숨김", visible=False),
        2: Told("최소화", minimised=True),
        3: Told("다른 데스크톱", cloaked=2),
        4: Told("", kind="Shell_TrayWnd"),
        5: Told("Program Manager", kind="Progman"),
        6: Told("빈 창", frame=(5, 5, 5, 5)),
        7: Told("메모장"),
    }
    assert [window.title for window in windows(listed).stack()] == ["메모장"]


def test_a_protected_window_is_known() -> None:
    assert windows({1: Told("영상", affinity=0x11)}).stack()[0].protected


def test_without_composition_the_plain_rectangle_is_taken() -> None:
    assert windows({1: Told("메모장")}, composed=False).stack()[0].box == Box(-15, 23, 800, 600)


def test_a_z_order_that_changes_meanwhile_ends() -> None:
    user32 = User32({1: Told("가"), 2: Told("나")})
    user32.circle = True
    found = Win32Windows(Libraries(user32, Dwmapi(user32), Kernel32()), OURS).stack()
    assert len(found) == win32.MOST_WINDOWS


def test_processes_are_closed_again() -> None:
    user32, kernel32 = User32({1: Told("가"), 2: Told("나")}), Kernel32()
    Win32Windows(Libraries(user32, Dwmapi(user32), kernel32), OURS).stack()
    assert kernel32.open == 0


def test_the_pointer() -> None:
    assert windows({}).pointer() == (-5, 77)


def test_no_window_at_all() -> None:
    assert windows({}).active() is None


def test_there_is_no_windows_here() -> None:
    if hasattr(win32.ctypes, "WinDLL"):
        pytest.skip("this is Windows")
    with pytest.raises(DeviceFailed, match="capture_unavailable"):
        Win32Windows()
