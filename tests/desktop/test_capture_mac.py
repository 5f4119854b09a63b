"""macOS' windows and permission through recorded Quartz and AppKit."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.errors import DeviceFailed
from assistant.frames import Box
from desktop.capture.windows_mac import MacWindows

OURS = 4242


class Quartz:
    """Keys are their own names, as pyobjc gives them; windows front to back."""

    kCGWindowListOptionOnScreenOnly, kCGWindowListExcludeDesktopElements, kCGNullWindowID = 1, 16, 0

    def __init__(self, windows: list[dict[str, Any]] | None, allowed: bool = True) -> None:
        self.windows, self.allowed, self.asked = windows, allowed, 0

    def __getattr__(self, name: str) -> str:
        if name.startswith("kCGWindow"):
            return name
        raise AttributeError(name)

    def CGWindowListCopyWindowInfo(self, which: int, relative: int) -> list[dict[str, Any]] | None:
        assert (which, relative) == (17, 0)
        return self.windows

    def CGPreflightScreenCaptureAccess(self) -> bool:
        return self.allowed

    def CGRequestScreenCaptureAccess(self) -> bool:
        self.asked += 1
        return False

    def CGEventCreate(self, _source: None) -> str:
        return "event"

    def CGEventGetLocation(self, event: str) -> Any:
        assert event == "event"
        return SimpleNamespace(x=-100.5, y=20.0)


def told(title: str, process: int = 7, layer: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "kCGWindowName": title, "kCGWindowOwnerName": "Pages", "kCGWindowOwnerPID": process, "kCGWindowLayer": layer,
        "kCGWindowBounds": {"X": 10.0, "Y": 25.0, "Width": 800.0, "Height": 600.0}, "kCGWindowNumber": 3,
        "kCGWindowAlpha": 1.0, "kCGWindowSharingState": 1, **more,
    }  # fmt: skip


def windows(listed: list[dict[str, Any]] | None, front: int | None = 7, allowed: bool = True) -> MacWindows:
    program = None if front is None else SimpleNamespace(processIdentifier=lambda: front)
    workspace = SimpleNamespace(frontmostApplication=lambda: program)
    appkit = SimpleNamespace(NSWorkspace=SimpleNamespace(sharedWorkspace=lambda: workspace))
    return MacWindows(Quartz(listed, allowed), appkit, OURS)


def test_the_front_programs_topmost_window() -> None:
    window = windows([told("떠 있는", process=8), told("보고서")]).active()
    assert (window.title, window.program, window.box) == ("보고서", "Pages", Box(10, 25, 800, 600))


def test_when_we_are_in_front_the_topmost_other_window_counts() -> None:
    assert (
        windows([told("눈치", process=OURS), told("남의 창", process=8)], front=OURS).active().title
        == "남의 창"
    )


def test_what_is_no_window_to_read() -> None:
    empty = {"X": 0.0, "Y": 0.0, "Width": 0.0, "Height": 0.0}
    listed = [
        told("메뉴 막대", layer=24),
        told("투명", kCGWindowAlpha=0.0),
        told("없음", kCGWindowBounds=empty),
        told("메모"),
    ]
    assert [window.title for window in windows(listed).stack()] == ["메모"]


def test_a_protected_window_and_one_without_a_title() -> None:
    listed = told("영상", kCGWindowSharingState=0)
    del listed["kCGWindowName"]
    window = windows([listed]).stack()[0]
    assert window.protected
    assert window.title == ""


def test_without_permission_the_system_asks_and_we_say_so() -> None:
    mac = windows([], allowed=False)
    with pytest.raises(DeviceFailed, match="capture_permission"):
        mac.check_permission()
    assert mac._quartz.asked == 1
    windows([]).check_permission()


def test_no_list_means_no_permission() -> None:
    with pytest.raises(DeviceFailed, match="capture_permission"):
        windows(None).stack()


def test_the_pointer_and_an_empty_desktop() -> None:
    assert windows([]).pointer() == (-100, 20)
    assert windows([], front=None).active() is None


def test_there_is_no_mac_here() -> None:
    if sys.platform == "darwin":
        pytest.skip("this is a Mac")
    with pytest.raises(DeviceFailed, match="capture_unavailable"):
        MacWindows()
