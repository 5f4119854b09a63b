"""Windows' UI Automation through a recorded IUIAutomation: which properties are asked for and what is made of them."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from assistant.errors import DeviceFailed
from assistant.frames import Box
from desktop.accessibility import uia
from desktop.accessibility.uia import UiaReader
from desktop.capture.values import Window

AREA = Box(0, 0, 800, 600)
WINDOW = Window("설정", "SystemSettings.exe", Box(100, 100, 500, 400), 10, 77)
NOT_SUPPORTED = object()
"""UI Automation's reserved value: an interface pointer"""


class Element:
    """Properties by number, as cached; children as a tree."""

    def __init__(self, kind: int, name: str, box: tuple[float, ...], *children: Element, **told: Any) -> None:
        self.told = dict.fromkeys(uia.ASKED, NOT_SUPPORTED) | {
            uia.CONTROL_TYPE: kind, uia.NAME: name, uia.BOUNDING_RECTANGLE: box, uia.IS_ENABLED: True,
            uia.IS_OFFSCREEN: False, uia.IS_PASSWORD: False, uia.HAS_FOCUS: False,
        }  # fmt: skip
        self.told |= {getattr(uia, name.upper()): value for name, value in told.items()}
        self.children = list(children)

    def GetCachedPropertyValue(self, number: int) -> Any:
        return self.told[number]

    def FindAllBuildCache(self, scope: int, condition: Any, request: Request) -> Elements:
        assert (scope, condition) == (uia.TREE_SCOPE_CHILDREN, "control view")
        assert set(request.properties) == set(uia.ASKED)
        return Elements(self.children)


class Elements:
    def __init__(self, listed: list[Element]) -> None:
        self.listed, self.Length = listed, len(listed)

    def GetElement(self, number: int) -> Element:
        return self.listed[number]


class Request:
    def __init__(self) -> None:
        self.properties: list[int] = []
        self.TreeScope = 0

    def AddProperty(self, number: int) -> None:
        self.properties.append(number)


class Automation:
    ControlViewCondition = "control view"

    def __init__(self, root: Element) -> None:
        self.root, self.thread = root, threading.get_ident()

    def CreateCacheRequest(self) -> Request:
        return Request()

    def ElementFromHandleBuildCache(self, handle: int, request: Request) -> Element:
        assert handle == WINDOW.handle
        assert request.TreeScope == uia.TREE_SCOPE_ELEMENT
        return self.root


def read(*children: Element, **how: Any) -> Any:
    root = Element(50032, "설정", (100.0, 100.0, 500.0, 400.0), *children)
    reader = UiaReader(lambda: Automation(root))
    try:
        return reader.read(
            how.pop("area", AREA), how.pop("stack", [WINDOW]), how.pop("deadline_ms", 2000), **how
        )
    finally:
        reader.close()


CASES = [
    (Element(uia.CHECK_BOX, "알림 받기", (110.0, 110.0, 80.0, 20.0), toggle_state=1), "check box", "checked"),
    (
        Element(uia.CHECK_BOX, "자동 저장", (110.0, 110.0, 80.0, 20.0), toggle_state=0),
        "check box",
        "unchecked",
    ),
    (Element(uia.RADIO, "정확하게", (110.0, 110.0, 80.0, 20.0), is_selected=True), "radio button", "checked"),
    (Element(uia.TAB_ITEM, "일반", (110.0, 110.0, 80.0, 20.0), is_selected=True), "tab", "selected"),
    (Element(uia.BUTTON, "삭제", (110.0, 110.0, 80.0, 20.0), is_enabled=False), "button", "disabled"),
    (Element(uia.BUTTON, "저장", (110.0, 110.0, 80.0, 20.0)), "button", None),
    (Element(uia.BUTTON, "굵게", (110.0, 110.0, 80.0, 20.0), toggle_state=1), "button", "checked"),
    (Element(uia.TREE_ITEM, "내 문서", (110.0, 110.0, 80.0, 20.0), expand_state=1), "tree item", "expanded"),
    (Element(uia.TEXT, "마지막 저장", (110.0, 110.0, 80.0, 20.0)), "label", None),
    (Element(uia.LINK, "자세히", (110.0, 110.0, 80.0, 20.0), has_focus=True), "link", "focused"),
]


@pytest.mark.parametrize(("element", "role", "state"), CASES)
def test_a_control(element: Element, role: str, state: str | None) -> None:
    text = read(element)
    assert [(line.text, line.role, line.state) for line in text.lines] == [
        (element.told[uia.NAME], role, state)
    ]
    assert text.lines[0].box == Box(110, 110, 80, 20)
    assert text.complete


def test_what_stands_in_a_field_and_never_a_password() -> None:
    """A field's name is not its content; a password's content is not looked at."""
    name = Element(uia.EDIT, "이름", (110.0, 110.0, 80.0, 20.0), value="홍길동")
    empty = Element(uia.EDIT, "주소", (110.0, 140.0, 80.0, 20.0), value="")
    secret = Element(uia.EDIT, "비밀번호", (110.0, 170.0, 80.0, 20.0), value="비밀1234", is_password=True)
    assert [line.text for line in read(name, empty, secret).lines] == ["홍길동"]


def test_a_tree_in_reading_order_and_without_echoes() -> None:
    """A button's inner text is not told again; what is off the screen is skipped with all in it."""
    label = Element(uia.TEXT, "저장", (215.0, 212.0, 30.0, 16.0))
    save = Element(uia.BUTTON, "저장", (210.0, 210.0, 60.0, 20.0), label)
    first = Element(uia.TEXT, "먼저", (110.0, 120.0, 80.0, 20.0))
    gone = Element(
        50026, "", (0.0, 0.0, 0.0, 0.0), Element(uia.TEXT, "숨음", (9.0, 9.0, 9.0, 9.0)), is_offscreen=True
    )
    pane = Element(50033, "", (100.0, 100.0, 500.0, 400.0), save, first, gone)
    assert [(line.text, line.role) for line in read(pane).lines] == [("먼저", "label"), ("저장", "button")]


def test_boxes_are_the_frames_pixels() -> None:
    """Relative to the area, scaled, clipped to the parent."""
    wide = Element(uia.TEXT, "긴 줄", (150.0, 150.0, 900.0, 20.0))
    text = read(wide, area=Box(100, 100, 500, 400), scale=1.5)
    assert text.lines[0].box == Box(75, 75, 675, 30)


def test_a_covered_control_is_left_out() -> None:
    over = Window("위에", "x.exe", Box(100, 100, 60, 60), 11, 78)

    class Two(Automation):
        def ElementFromHandleBuildCache(self, handle: int, request: Request) -> Element:
            return (
                self.root if handle == WINDOW.handle else Element(50032, "위에", (100.0, 100.0, 60.0, 60.0))
            )

    children = [
        Element(uia.TEXT, "가려짐", (110.0, 110.0, 30.0, 20.0)),
        Element(uia.TEXT, "보임", (300.0, 110.0, 30.0, 20.0)),
    ]
    root = Element(50032, "설정", (100.0, 100.0, 500.0, 400.0), *children)
    reader = UiaReader(lambda: Two(root))
    assert [line.text for line in reader.read(AREA, [over, WINDOW], 2000).lines] == ["보임"]
    reader.close()


def test_a_program_that_hangs_is_not_waited_for() -> None:
    """What was read until the deadline is given; the next reading works once the program answers again."""
    let_go = threading.Event()

    class Stuck(Element):
        def FindAllBuildCache(self, *how: Any) -> Elements:
            let_go.wait(10)
            return super().FindAllBuildCache(*how)

    first = Element(uia.TEXT, "읽은 것", (110.0, 110.0, 80.0, 20.0))
    stuck = Stuck(50026, "", (110.0, 140.0, 80.0, 20.0))
    root = Element(50032, "설정", (100.0, 100.0, 500.0, 400.0), first, stuck)
    reader = UiaReader(lambda: Automation(root))
    try:
        text = reader.read(AREA, [WINDOW], deadline_ms=100)
        assert [line.text for line in text.lines] == ["읽은 것"]
        assert not text.complete
        assert text.milliseconds < 1000
        let_go.set()
        assert reader.read(AREA, [WINDOW], deadline_ms=2000).complete
    finally:
        let_go.set()
        reader.close()


def test_a_provider_that_breaks_gives_what_came_before() -> None:
    class Broken(Element):
        def FindAllBuildCache(self, *_how: Any) -> Elements:
            raise OSError(-2147220991, "an event was unable to invoke any of the subscribers")

    first = Element(uia.TEXT, "읽은 것", (110.0, 110.0, 80.0, 20.0))
    text = read(first, Broken(50026, "", (110.0, 140.0, 80.0, 20.0)))
    assert [line.text for line in text.lines] == ["읽은 것"]
    assert not text.complete


def test_com_is_opened_in_the_thread_that_uses_it() -> None:
    made: list[Automation] = []

    def automation() -> Automation:
        made.append(Automation(Element(50032, "", (0.0, 0.0, 1.0, 1.0))))
        return made[0]

    reader = UiaReader(automation)
    reader.read(AREA, [WINDOW], 2000)
    reader.close()
    assert made[0].thread != threading.get_ident()


def test_no_ui_automation_is_said() -> None:
    def broken() -> Any:
        raise DeviceFailed("accessibility_unavailable", reason="no COM")

    reader = UiaReader(broken)
    with pytest.raises(DeviceFailed, match="accessibility_unavailable"):
        reader.read(AREA, [WINDOW], 2000)
    reader.close()


def test_there_is_no_windows_here() -> None:
    if uia.sys.platform == "win32":
        pytest.skip("this is Windows")
    with pytest.raises(DeviceFailed, match="accessibility_unavailable"):
        UiaReader()
