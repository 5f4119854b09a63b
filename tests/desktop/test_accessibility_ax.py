"""macOS' accessibility through recorded ApplicationServices."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.errors import DeviceFailed
from assistant.frames import Box
from desktop.accessibility import ax
from desktop.accessibility.ax import AxReader
from desktop.capture.values import Window

WINDOW = Window("설정", "System Settings", Box(100, 100, 500, 400), 10, 77)
MISSING = SimpleNamespace(error="kAXErrorNoValue")
"""pyobjc gives an AXValueRef of an error for an attribute that is missing"""


class Wrapped:
    """An AXValueRef."""

    def __init__(self, kind: int, value: Any) -> None:
        self.kind, self.value = kind, value


def element(
    role: str, box: tuple[float, ...] | None = (110.0, 110.0, 80.0, 20.0), *children: Any, **told: Any
) -> Any:
    """Attributes by their names without AX, missing ones as errors."""
    values = dict.fromkeys(ax.ASKED, MISSING) | {"AXRole": role, "AXChildren": list(children)}
    if box is not None:
        values["AXPosition"] = Wrapped(ax.POINT, SimpleNamespace(x=box[0], y=box[1]))
        values["AXSize"] = Wrapped(ax.SIZE, SimpleNamespace(width=box[2], height=box[3]))
    return values | {f"AX{name}": value for name, value in told.items()}


class Services:
    def __init__(self, *windows: Any, trusted: bool = True, error: int = 0) -> None:
        self.windows, self.trusted, self.error = list(windows), trusted, error
        self.timeout = 0.0

    def AXIsProcessTrusted(self) -> bool:
        return self.trusted

    def AXUIElementCreateApplication(self, process: int) -> str:
        assert process == WINDOW.process
        return "program"

    def AXUIElementSetMessagingTimeout(self, program: str, seconds: float) -> int:
        self.timeout = seconds
        return 0

    def AXUIElementCopyAttributeValue(self, program: str, name: str, _out: None) -> tuple[int, Any]:
        assert (program, name) == ("program", "AXWindows")
        return self.error, None if self.error else self.windows

    def AXUIElementCopyMultipleAttributeValues(
        self, one: Any, names: Any, options: int, _out: None
    ) -> tuple[int, Any]:
        assert (tuple(names), options) == (ax.ASKED, 0)
        return 0, tuple(one[name] for name in names)

    def AXValueGetValue(self, wrapped: Any, kind: int, _out: None) -> tuple[bool, Any]:
        fits = isinstance(wrapped, Wrapped) and wrapped.kind == kind
        return fits, wrapped.value if fits else None


def read(*children: Any, **how: Any) -> Any:
    services = Services(element("AXWindow", (100.0, 100.0, 500.0, 400.0), *children), **how)
    reader = AxReader(services)
    try:
        return reader.read(Box(0, 0, 800, 600), [WINDOW], 2000)
    finally:
        reader.close()


CASES = [
    (element("AXCheckBox", Title="알림 받기", Value=1), ("알림 받기", "check box", "checked")),
    (element("AXCheckBox", Title="자동 저장", Value=0), ("자동 저장", "check box", "unchecked")),
    (element("AXRadioButton", Title="정확하게", Value=1), ("정확하게", "radio button", "checked")),
    (element("AXRadioButton", Title="일반", Value=1, Subrole="AXTabButton"), ("일반", "tab", "selected")),
    (element("AXRadioButton", Title="고급", Value=0, Subrole="AXTabButton"), ("고급", "tab", None)),
    (element("AXButton", Title="삭제", Enabled=False), ("삭제", "button", "disabled")),
    (element("AXButton", Title="", Description="닫기"), ("닫기", "button", None)),
    (element("AXStaticText", Value="마지막 저장"), ("마지막 저장", "label", None)),
    (element("AXTextField", Title="이름", Value="홍길동", Focused=True), ("홍길동", "text field", "focused")),
    (element("AXRow", Title="3월", Selected=True), ("3월", "list item", "selected")),
]


@pytest.mark.parametrize(("one", "told"), CASES)
def test_a_control(one: Any, told: tuple[str, str, str | None]) -> None:
    text = read(one)
    assert [(line.text, line.role, line.state) for line in text.lines] == [told]
    assert text.lines[0].box == Box(110, 110, 80, 20)
    assert text.complete


def test_a_password_is_never_told() -> None:
    assert read(element("AXTextField", Value="비밀1234", Subrole="AXSecureTextField")).lines == ()


def test_groups_without_a_place_are_walked_and_what_is_scrolled_away_is_not() -> None:
    inside = element("AXStaticText", Value="속")
    away = element("AXStaticText", (110.0, 900.0, 80.0, 20.0), Value="아래")
    assert [line.text for line in read(element("AXGroup", None, inside, away)).lines] == ["속"]


def test_each_program_has_a_short_time_to_answer() -> None:
    services = Services()
    reader = AxReader(services)
    reader.read(Box(0, 0, 800, 600), [WINDOW], 2000)
    reader.close()
    assert services.timeout == ax.ANSWER_SECONDS


def test_without_permission_it_is_said() -> None:
    with pytest.raises(DeviceFailed, match="accessibility_permission"):
        read(trusted=False)


def test_a_program_that_does_not_answer_gives_nothing() -> None:
    assert read(error=-25204).lines == ()


def test_there_is_no_mac_here() -> None:
    if sys.platform == "darwin":
        pytest.skip("this is a Mac")
    with pytest.raises(DeviceFailed, match="accessibility_unavailable"):
        AxReader()
