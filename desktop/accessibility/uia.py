"""The accessibility tree of Windows: UI Automation through comtypes, all properties of a level in one call.

`automation` (an IUIAutomation) is the seam that tests replace. Constants are those of UIAutomationClient.h.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from assistant.errors import DeviceFailed
from assistant.frames import Box
from desktop.accessibility.reading import DEADLINE_MS, Collected, TreeText, one_state
from desktop.accessibility.timeboxed import TimeboxedWalker, Walk
from desktop.capture.values import Window, shared

TREE_SCOPE_ELEMENT, TREE_SCOPE_CHILDREN = 1, 2
BOUNDING_RECTANGLE, CONTROL_TYPE, NAME, HAS_FOCUS, IS_ENABLED = 30001, 30003, 30005, 30008, 30010
IS_PASSWORD, IS_OFFSCREEN, VALUE, EXPAND_STATE, IS_SELECTED, TOGGLE_STATE = (
    30019,
    30022,
    30045,
    30070,
    30079,
    30086,
)
ASKED = (
    BOUNDING_RECTANGLE, CONTROL_TYPE, NAME, HAS_FOCUS, IS_ENABLED, IS_PASSWORD, IS_OFFSCREEN, VALUE, EXPAND_STATE,
    IS_SELECTED, TOGGLE_STATE,
)  # fmt: skip
TOGGLED_ON, EXPANDED = 1, 1
MOST_CHILDREN = 300
DEEPEST = 40

BUTTON, CHECK_BOX, COMBO_BOX, EDIT, LINK, IMAGE, LIST_ITEM = 50000, 50002, 50003, 50004, 50005, 50006, 50007
MENU_ITEM, PROGRESS, RADIO, SLIDER, SPINNER, STATUS, TAB_ITEM = (
    50011,
    50012,
    50013,
    50015,
    50016,
    50017,
    50019,
)
TEXT, TOOL_TIP, TREE_ITEM, DATA_ITEM, DOCUMENT, SPLIT_BUTTON = 50020, 50022, 50024, 50029, 50030, 50031
HEADER_ITEM, TITLE_BAR = 50035, 50037
ROLES = {
    BUTTON: "button", CHECK_BOX: "check box", COMBO_BOX: "combo box", EDIT: "text field", LINK: "link",
    IMAGE: "icon", LIST_ITEM: "list item", MENU_ITEM: "menu item", PROGRESS: "progress", RADIO: "radio button",
    SLIDER: "slider", SPINNER: "text field", STATUS: "label", TAB_ITEM: "tab", TEXT: "label", TOOL_TIP: "label",
    TREE_ITEM: "tree item", DATA_ITEM: "cell", DOCUMENT: "text", SPLIT_BUTTON: "button", HEADER_ITEM: "header",
    TITLE_BAR: "title",
}  # fmt: skip
HAVE_VALUES = {COMBO_BOX, EDIT, SPINNER, DATA_ITEM, DOCUMENT}
CAN_BE_GREY = {BUTTON, CHECK_BOX, COMBO_BOX, EDIT, MENU_ITEM, RADIO, SLIDER, SPINNER, SPLIT_BUTTON, TAB_ITEM}


def _automation() -> Any:
    """In the thread that will use it. Errors: `DeviceFailed("accessibility_unavailable")`."""
    try:
        import comtypes
        import comtypes.client

        comtypes.CoInitializeEx(comtypes.COINIT_MULTITHREADED)
        interfaces = comtypes.client.GetModule("UIAutomationCore.dll")
        return comtypes.client.CreateObject(interfaces.CUIAutomation, interface=interfaces.IUIAutomation)
    except (ImportError, OSError) as reason:
        raise DeviceFailed("accessibility_unavailable", reason=str(reason)) from reason


class UiaReader:
    """Errors: `DeviceFailed("accessibility_unavailable")`, at the first reading."""

    def __init__(self, automation: Callable[[], Any] = _automation) -> None:
        if automation is _automation and sys.platform != "win32":
            raise DeviceFailed("accessibility_unavailable", reason="not Windows")
        self._open = automation
        self._walker = TimeboxedWalker("accessibility-uia", self._walk, self._begin)

    def read(
        self, area: Box, stack: Sequence[Window] = (), deadline_ms: float = DEADLINE_MS, scale: float = 1.0
    ) -> TreeText:
        """Only windows of `stack` are asked: UI Automation reaches a window by its handle."""
        return self._walker.read(Collected(area, stack, scale), deadline_ms / 1000)

    def close(self) -> None:
        self._walker.close()

    def _begin(self) -> None:
        self._automation = self._open()
        self._request = self._automation.CreateCacheRequest()
        for number in ASKED:
            self._request.AddProperty(number)
        self._request.TreeScope = TREE_SCOPE_ELEMENT
        self._all = self._automation.ControlViewCondition

    def _walk(self, walk: Walk) -> None:
        for window in walk.found.stack:
            walk.still_wanted()
            clip = shared(window.box, walk.found.area)
            if clip.width and clip.height:
                root = self._automation.ElementFromHandleBuildCache(window.handle, self._request)
                self._children(walk, root, clip, window, 0)

    def _children(self, walk: Walk, element: Any, clip: Box, window: Window, depth: int) -> None:
        if depth > DEEPEST:
            return
        children = element.FindAllBuildCache(TREE_SCOPE_CHILDREN, self._all, self._request)
        for number in range(min(children.Length, MOST_CHILDREN)):
            walk.still_wanted()
            self._element(walk, children.GetElement(number), clip, window, depth + 1)

    def _element(self, walk: Walk, element: Any, clip: Box, window: Window, depth: int) -> None:
        walk.found.elements += 1
        told = {number: element.GetCachedPropertyValue(number) for number in ASKED}
        if told[IS_OFFSCREEN] is True:
            return
        box = _box(told[BOUNDING_RECTANGLE])
        if box is not None:
            role = ROLES.get(told[CONTROL_TYPE])
            if role and told[IS_PASSWORD] is not True:
                walk.found.add(_words(told), shared(box, clip), role, _state(told), window)
            clip = shared(box, clip)
            if not clip.width or not clip.height:
                return
        self._children(walk, element, clip, window, depth)


def _box(told: Any) -> Box | None:
    """From left, top, width, height as doubles; None for what has no place."""
    if not isinstance(told, Sequence) or len(told) != 4 or told[2] <= 0 or told[3] <= 0:
        return None
    return Box(*(round(side) for side in told))


def _words(told: dict[int, Any]) -> str:
    """What stands in a field, else its name. A value that is not supported comes as an object, not as text."""
    value = told[VALUE]
    if told[CONTROL_TYPE] in HAVE_VALUES and isinstance(value, str) and value:
        return value
    if told[CONTROL_TYPE] in (EDIT, SPINNER):
        return ""
    return told[NAME] if isinstance(told[NAME], str) else ""


def _state(told: dict[int, Any]) -> str | None:
    kind, toggled = told[CONTROL_TYPE], told[TOGGLE_STATE]
    radio = kind == RADIO
    return one_state(
        checkable=radio or (isinstance(toggled, int) and kind in (CHECK_BOX, BUTTON, MENU_ITEM)),
        checked=(radio and told[IS_SELECTED] is True) or toggled == TOGGLED_ON,
        disabled=kind in CAN_BE_GREY and told[IS_ENABLED] is False,
        selected=told[IS_SELECTED] is True,
        expanded=told[EXPAND_STATE] == EXPANDED and kind in (TREE_ITEM, COMBO_BOX, MENU_ITEM),
        focused=told[HAS_FOCUS] is True,
    )
