"""The accessibility tree of macOS (AX) through pyobjc: eleven attributes of an element in one call.

`services` (pyobjc's ApplicationServices) is the seam that tests replace. Needs the Accessibility permission.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.errors import DeviceFailed
from assistant.frames import Box
from desktop.accessibility.reading import DEADLINE_MS, Collected, TreeText, one_state
from desktop.accessibility.timeboxed import TimeboxedWalker, Walk
from desktop.capture.values import Window, shared

ASKED = (
    "AXRole", "AXSubrole", "AXTitle", "AXDescription", "AXValue", "AXPosition", "AXSize", "AXEnabled", "AXSelected",
    "AXFocused", "AXExpanded", "AXChildren",
)  # fmt: skip
POINT, SIZE = 1, 2
"""kAXValueCGPointType and kAXValueCGSizeType"""
ANSWER_SECONDS = 0.1
"""how long one program may take for one answer"""
MOST_CHILDREN = 300
DEEPEST = 40
ROLES = {
    "AXButton": "button", "AXPopUpButton": "combo box", "AXMenuButton": "button", "AXCheckBox": "check box",
    "AXRadioButton": "radio button", "AXStaticText": "label", "AXTextField": "text field", "AXTextArea": "text",
    "AXComboBox": "combo box", "AXLink": "link", "AXImage": "icon", "AXCell": "cell", "AXMenuItem": "menu item",
    "AXMenuBarItem": "menu item", "AXSlider": "slider", "AXProgressIndicator": "progress", "AXHeading": "label",
    "AXRow": "list item", "AXDisclosureTriangle": "button", "AXIncrementor": "text field",
}  # fmt: skip
TYPED_IN = {"AXTextField", "AXTextArea", "AXComboBox", "AXStaticText", "AXPopUpButton"}
CHECKABLE = {"AXCheckBox", "AXRadioButton"}


class AxReader:
    """Errors: `DeviceFailed("accessibility_unavailable")`; reading: `DeviceFailed("accessibility_permission")`."""

    def __init__(self, services: Any = None) -> None:
        if services is None:
            try:
                import ApplicationServices as services
            except ImportError as reason:
                raise DeviceFailed("accessibility_unavailable", reason=str(reason)) from reason
        self._ax = services
        self._walker = TimeboxedWalker("accessibility-ax", self._walk)

    def read(
        self, area: Box, stack: Sequence[Window] = (), deadline_ms: float = DEADLINE_MS, scale: float = 1.0
    ) -> TreeText:
        """Only programs with a window in `stack` are asked: AX reaches windows through their process."""
        return self._walker.read(Collected(area, stack, scale), deadline_ms / 1000)

    def close(self) -> None:
        self._walker.close()

    def _walk(self, walk: Walk) -> None:
        if not self._ax.AXIsProcessTrusted():
            raise DeviceFailed("accessibility_permission")
        for process in dict.fromkeys(window.process for window in walk.found.stack):
            walk.still_wanted()
            program = self._ax.AXUIElementCreateApplication(process)
            self._ax.AXUIElementSetMessagingTimeout(program, ANSWER_SECONDS)
            error, windows = self._ax.AXUIElementCopyAttributeValue(program, "AXWindows", None)
            theirs = [window for window in walk.found.stack if window.process == process]
            for element in [] if error or windows is None else windows:
                self._window(walk, element, theirs)

    def _window(self, walk: Walk, element: Any, theirs: Sequence[Window]) -> None:
        told = self._told(element)
        box = self._box(told)
        if box is None:
            return
        clip = shared(box, walk.found.area)
        if clip.width and clip.height:
            window = min(theirs, key=lambda one: sum(abs(a - b) for a, b in zip(one.box, box, strict=True)))
            self._children(walk, told, clip, window, 0)

    def _children(self, walk: Walk, told: dict[str, Any], clip: Box, window: Window, depth: int) -> None:
        children = told["AXChildren"]
        if depth > DEEPEST or not isinstance(children, Sequence) or isinstance(children, str):
            return
        for child in children[:MOST_CHILDREN]:
            walk.still_wanted()
            self._element(walk, child, clip, window, depth + 1)

    def _element(self, walk: Walk, element: Any, clip: Box, window: Window, depth: int) -> None:
        walk.found.elements += 1
        told = self._told(element)
        box = self._box(told)
        if box is not None:
            seen = shared(box, clip)
            if not seen.width or not seen.height:
                return
            role = _role(told)
            if role and told["AXSubrole"] != "AXSecureTextField":
                walk.found.add(_words(told), seen, role, _state(told), window)
            clip = seen
        self._children(walk, told, clip, window, depth)

    def _told(self, element: Any) -> dict[str, Any]:
        """All attributes; those that are missing come as error values, which the readers below do not take."""
        error, values = self._ax.AXUIElementCopyMultipleAttributeValues(element, ASKED, 0, None)
        if error or values is None:
            return dict.fromkeys(ASKED)
        return dict(zip(ASKED, values, strict=True))

    def _box(self, told: dict[str, Any]) -> Box | None:
        at, size = self._value(told["AXPosition"], POINT), self._value(told["AXSize"], SIZE)
        if at is None or size is None or size.width <= 0 or size.height <= 0:
            return None
        return Box(round(at.x), round(at.y), round(size.width), round(size.height))

    def _value(self, wrapped: Any, kind: int) -> Any:
        if wrapped is None:
            return None
        fits, value = self._ax.AXValueGetValue(wrapped, kind, None)
        return value if fits else None


def _role(told: dict[str, Any]) -> str | None:
    """Tabs are radio buttons of a tab group, switches are check boxes."""
    if told["AXSubrole"] in ("AXTabButton", "AXTab"):
        return "tab"
    return ROLES.get(told["AXRole"])


def _words(told: dict[str, Any]) -> str:
    value = told["AXValue"]
    if told["AXRole"] in TYPED_IN and isinstance(value, str) and value:
        return value
    named = (told[name] for name in ("AXTitle", "AXDescription"))
    return next((name for name in named if isinstance(name, str) and name), "")


def _state(told: dict[str, Any]) -> str | None:
    tab = _role(told) == "tab"
    on = told["AXValue"] in (1, True)
    return one_state(
        checkable=told["AXRole"] in CHECKABLE and not tab,
        checked=on,
        disabled=told["AXEnabled"] is False,
        selected=told["AXSelected"] is True or (tab and on),
        expanded=told["AXExpanded"] is True,
        focused=told["AXFocused"] is True,
    )
