"""Other programs' windows on Windows: the z-order walk of user32, the true frame of dwmapi.

`Libraries` is the seam that tests replace. Boxes are physical pixels when the process is per-monitor DPI aware,
which Qt 6 and mss both make it.
"""

from __future__ import annotations

import ctypes
import os
from ctypes import wintypes
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Any

from assistant.errors import DeviceFailed
from assistant.frames import Box
from desktop.capture.values import Window

GW_HWNDNEXT = 2
DWMWA_EXTENDED_FRAME_BOUNDS = 9
DWMWA_CLOAKED = 14
WDA_NONE = 0
PROCESS_QUERY_LIMITED_INFORMATION = 0x1000
MOST_WINDOWS = 2000
"""a walk by GetWindow may go in circles when windows move in the z-order meanwhile"""
_NOT_FOR_READING = {"Progman", "WorkerW", "Shell_TrayWnd", "Shell_SecondaryTrayWnd"}


@dataclass(frozen=True)
class Libraries:
    user32: Any
    dwmapi: Any
    kernel32: Any

    @classmethod
    def real(cls) -> Libraries:
        """Errors: `DeviceFailed` where there is no Windows."""
        if not hasattr(ctypes, "WinDLL"):
            raise DeviceFailed("capture_unavailable")
        user32, kernel32 = ctypes.WinDLL("user32"), ctypes.WinDLL("kernel32")
        for name in ("GetForegroundWindow", "GetTopWindow", "GetWindow"):
            getattr(user32, name).restype = wintypes.HWND
        user32.GetTopWindow.argtypes = (wintypes.HWND,)
        user32.GetWindow.argtypes = (wintypes.HWND, wintypes.UINT)
        for name in ("IsWindowVisible", "IsIconic", "GetWindowTextLengthW"):
            getattr(user32, name).argtypes = (wintypes.HWND,)
        for name in ("GetWindowTextW", "GetClassNameW"):
            getattr(user32, name).argtypes = (wintypes.HWND, wintypes.LPWSTR, ctypes.c_int)
        user32.GetWindowThreadProcessId.argtypes = (wintypes.HWND, ctypes.POINTER(wintypes.DWORD))
        user32.GetWindowRect.argtypes = (wintypes.HWND, ctypes.POINTER(wintypes.RECT))
        user32.GetWindowDisplayAffinity.argtypes = (wintypes.HWND, ctypes.POINTER(wintypes.DWORD))
        kernel32.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
        kernel32.OpenProcess.restype = wintypes.HANDLE
        kernel32.CloseHandle.argtypes = (wintypes.HANDLE,)
        kernel32.QueryFullProcessImageNameW.argtypes = (
            wintypes.HANDLE, wintypes.DWORD, wintypes.LPWSTR, ctypes.POINTER(wintypes.DWORD),
        )  # fmt: skip
        dwmapi = ctypes.WinDLL("dwmapi")
        dwmapi.DwmGetWindowAttribute.argtypes = (
            wintypes.HWND,
            wintypes.DWORD,
            ctypes.c_void_p,
            wintypes.DWORD,
        )
        return cls(user32, dwmapi, kernel32)


class Win32Windows:
    """`libraries` and `own_process` are given by tests only."""

    def __init__(self, libraries: Libraries | None = None, own_process: int | None = None) -> None:
        self._lib = libraries or Libraries.real()
        self._own_process = own_process or os.getpid()

    def active(self) -> Window | None:
        focused = self._lib.user32.GetForegroundWindow()
        window = self._described(focused) if focused else None
        return window or next(iter(self.stack()), None)

    def stack(self) -> list[Window]:
        found: list[Window] = []
        handle = self._lib.user32.GetTopWindow(None)
        for _ in range(MOST_WINDOWS):
            if not handle:
                break
            if (window := self._described(handle)) is not None:
                found.append(window)
            handle = self._lib.user32.GetWindow(handle, GW_HWNDNEXT)
        return found

    def pointer(self) -> tuple[int, int]:
        point = wintypes.POINT()
        self._lib.user32.GetCursorPos(ctypes.byref(point))
        return point.x, point.y

    def _described(self, handle: int) -> Window | None:
        """None for what is ours, hidden, cloaked (other virtual desktop, sleeping app), shell, or without area."""
        user32 = self._lib.user32
        if not user32.IsWindowVisible(handle) or user32.IsIconic(handle) or self._cloaked(handle):
            return None
        process = wintypes.DWORD()
        user32.GetWindowThreadProcessId(handle, ctypes.byref(process))
        box = self._box(handle)
        if (
            process.value == self._own_process
            or self._class(handle) in _NOT_FOR_READING
            or not box.width
            or not box.height
        ):
            return None
        return Window(
            self._title(handle),
            self._program(process.value),
            box,
            process.value,
            handle,
            self._protected(handle),
        )

    def _box(self, handle: int) -> Box:
        """The visible frame: GetWindowRect would add the invisible resize borders of Windows 10 and later."""
        rectangle = wintypes.RECT()
        where = (ctypes.byref(rectangle), ctypes.sizeof(rectangle))
        if self._lib.dwmapi.DwmGetWindowAttribute(handle, DWMWA_EXTENDED_FRAME_BOUNDS, *where):
            self._lib.user32.GetWindowRect(handle, ctypes.byref(rectangle))
        width, height = rectangle.right - rectangle.left, rectangle.bottom - rectangle.top
        return Box(rectangle.left, rectangle.top, max(0, width), max(0, height))

    def _cloaked(self, handle: int) -> bool:
        value = wintypes.DWORD()
        failed = self._lib.dwmapi.DwmGetWindowAttribute(handle, DWMWA_CLOAKED, ctypes.byref(value), 4)
        return not failed and value.value != 0

    def _protected(self, handle: int) -> bool:
        value = wintypes.DWORD()
        told = self._lib.user32.GetWindowDisplayAffinity(handle, ctypes.byref(value))
        return bool(told) and value.value != WDA_NONE

    def _title(self, handle: int) -> str:
        room = self._lib.user32.GetWindowTextLengthW(handle) + 1
        text = ctypes.create_unicode_buffer(room)
        self._lib.user32.GetWindowTextW(handle, text, room)
        return text.value

    def _class(self, handle: int) -> str:
        text = ctypes.create_unicode_buffer(256)
        self._lib.user32.GetClassNameW(handle, text, 256)
        return text.value

    def _program(self, process: int) -> str:
        """The program's file name («KeePassXC.exe»); empty where Windows does not let us ask."""
        opened = self._lib.kernel32.OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, False, process)
        if not opened:
            return ""
        try:
            size = wintypes.DWORD(1024)
            path = ctypes.create_unicode_buffer(size.value)
            told = self._lib.kernel32.QueryFullProcessImageNameW(opened, 0, path, ctypes.byref(size))
            return PureWindowsPath(path.value).name if told else ""
        finally:
            self._lib.kernel32.CloseHandle(opened)
