"""The accessibility tree of Linux desktops (AT-SPI), spoken directly over D-Bus.

Elements are asked about all at once, level by level, instead of one after the other: 0.3 ms an element instead of 1.
The registry's `Cache.GetItems` is not used: Qt 6.12 answers an empty list, GTK 3 has no such method, and GTK 4 lists
only what somebody has already walked (4 of 9 elements on the first call).
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Coroutine, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant.errors import DeviceFailed
from assistant.frames import Box
from desktop.accessibility.reading import DEADLINE_MS, LONGEST_TEXT, Collected, TreeText, one_state
from desktop.capture.values import Window, shared
from desktop.local_asyncio import asyncio
from desktop.session_bus import BUS, SessionBus, call

ACCESSIBLE = "org.a11y.atspi.Accessible"
COMPONENT = "org.a11y.atspi.Component"
TEXT = "org.a11y.atspi.Text"
PROPERTIES = "org.freedesktop.DBus.Properties"
REGISTRY = "org.a11y.atspi.Registry"
ROOT = "/org/a11y/atspi/accessible/root"
SCREEN = 0  # coordinates of the screen, not of the window
MANY_CHILDREN = 200
SHOWN_CHILDREN = 120
"""asked about of a long list, from the first visible one"""
MOST_ELEMENTS = 4000
LEAST_LINE_HEIGHT = 10
DEEPEST = 60
LONGEST_PAGE, MOST_LINES = 20_000, 400
"""characters and lines looked at of one text of several lines"""

# Bits of the state set (atspi-constants.h), of its first word.
CHECKED, ENABLED, EXPANDED, FOCUSED, ICONIFIED = 4, 8, 10, 12, 15
PRESSED, SELECTED, SENSITIVE, SHOWING, VISIBLE = 20, 23, 24, 25, 30

# Role numbers (atspi-constants.h) → our names, the same as in tests/screens.
ROLES = {
    2: "label", 7: "check box", 8: "menu item", 10: "header", 11: "combo box", 26: "icon", 27: "icon", 29: "label",
    32: "list item", 33: "menu", 35: "menu item", 37: "tab", 40: "text field", 42: "progress", 43: "button",
    44: "radio button", 45: "menu item", 47: "header", 51: "slider", 52: "text field", 54: "label", 56: "cell",
    57: "header", 58: "header", 59: "menu item", 60: "terminal", 61: "text field", 62: "button", 64: "label",
    73: "text", 76: "text field", 77: "text field", 79: "text field", 81: "label", 83: "label", 85: "text",
    88: "link", 91: "tree item", 101: "label", 102: "label", 103: "progress", 104: "title", 105: "text",
    109: "text", 116: "label", 122: "label", 123: "label", 127: "text", 129: "button", 130: "check box",
}  # fmt: skip
CHECKABLE = {7, 8, 44, 45, 62, 130}
SELECTABLE = {32, 37, 56, 91, 90}
CAN_BE_GREY = {7, 8, 11, 35, 33, 43, 44, 45, 51, 52, 61, 62, 79, 129, 130}
TYPED_IN = {52, 61, 76, 77, 79}
PASSWORD, TERMINAL, TOGGLE_BUTTON = 40, 60, 62
CAN_EXPAND = {11, 33, 56, 90, 91}
WORDY = {29, 56, 60, 61, 73, 79, 83, 85, 88, 105, 109, 116, 32, 2, 81, 94, 95, 123, 122, 127}
"""roles whose words are in their text where they have no name"""
HEADERS = {57, 58, 10, 47}
"""Qt never says that its headers are showing"""
CLIPS = {31, 49, 55, 60, 65, 66, 68, 82, 92, 93, 94, 95, 98}
"""what scrolls: children are seen only inside it"""
HOLDS_LINES = {60, 61, 73}
WINDOWS = {16, 23, 28, 69}
LEAVES = {7, 29, 40, 42, 43, 44, 50, 51, 52, 57, 58, 62, 79}
"""what holds nothing that is worth a question; GTK 4's buttons hold their own label"""

Reference = tuple[str, str]


class AtspiReader:
    """`address` is the session bus's, None for this session's own; `own_process` is given by tests.

    Errors: `DeviceFailed("dbus_unreachable")`, `DeviceFailed("accessibility_unavailable")`.
    """

    def __init__(self, address: str | None = None, own_process: int | None = None) -> None:
        self._address = address
        self._own_process = own_process or os.getpid()
        self._lock = threading.Lock()
        self._processes: dict[str, int] = {}
        self._bus = self._connected()

    def read(
        self, area: Box, stack: Sequence[Window] = (), deadline_ms: float = DEADLINE_MS, scale: float = 1.0
    ) -> TreeText:
        with self._lock:
            found = Collected(area, stack, scale)
            if not self._bus.alive:
                self._bus = self._connected()
            complete = self._bus.run(self._walk(found, deadline_ms / 1000), deadline_ms / 1000 + 5.0)
            return found.told(complete)

    def turn_on(self) -> None:
        """Asks programs to tell their trees from now on (`org.a11y.Status.IsEnabled`); many wait for that."""
        from dbus_fast import Variant

        session = SessionBus(self._address)
        try:
            body = ["org.a11y.Status", "IsEnabled", Variant("b", True)]
            where = ("org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set")
            session.call(*where, signature="ssv", body=body)
        finally:
            session.close()

    def close(self) -> None:
        self._bus.close()

    def _connected(self) -> SessionBus:
        """To the accessibility bus, whose address the session bus tells (and which it starts)."""
        session = SessionBus(self._address)
        try:
            address = session.call("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")[0]
        except (DeviceFailed, TimeoutError) as reason:
            raise DeviceFailed("accessibility_unavailable", reason=str(reason)) from reason
        finally:
            session.close()
        bus = SessionBus(address)
        self._processes.clear()
        return bus

    async def _walk(self, found: Collected, seconds: float) -> bool:
        """True when all of the tree was walked in time."""
        walk = asyncio.create_task(_Walk(self, found).everything())
        done, _ = await asyncio.wait({walk}, timeout=seconds)
        if not done:
            walk.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await walk
            return False
        return walk.result()

    async def process_of(self, name: str) -> int:
        """The process behind a name of the bus; 0 where the bus does not know."""
        if name not in self._processes:
            where = (BUS, "/org/freedesktop/DBus", BUS, "GetConnectionUnixProcessID")
            try:
                told = await call(self._bus.bus, *where, signature="s", body=[name])
            except DeviceFailed:
                return 0
            self._processes[name] = int(told[0])
        return self._processes[name]

    @property
    def own_process(self) -> int:
        return self._own_process

    async def ask(
        self, element: Reference, interface: str, method: str, signature: str = "", *body: Any
    ) -> Any:
        """The first thing a method of an element answers; None when it is gone or has no such interface."""
        told = await self.ask_all(element, interface, method, signature, *body)
        return told[0] if told else None

    async def ask_all(
        self, element: Reference, interface: str, method: str, signature: str = "", *body: Any
    ) -> list[Any] | None:
        """All that a method answers."""
        where = (*element, interface, method)
        try:
            return await call(self._bus.bus, *where, signature=signature, body=list(body))
        except DeviceFailed:
            return None


@dataclass(frozen=True)
class _Place:
    """What an element inherits from those above it."""

    clip: Box
    """where it can be seen, in desktop coordinates"""
    window: Window | None
    shift: tuple[int, int]
    """added to the boxes that the program tells"""
    shown_by: int = SHOWING
    """the state that says an element can be seen; GTK 4.8 sets SHOWING on its windows only"""

    def on_desktop(self, told: Any) -> Box | None:
        """A box as D-Bus gives it; None for what has no size or the impossible place of what is not shown."""
        if not told or len(told) != 4 or min(told[:2]) < -100_000 or min(told[2:]) <= 0:
            return None
        x, y, width, height = (int(side) for side in told)
        return Box(x + self.shift[0], y + self.shift[1], width, height)


@dataclass(frozen=True)
class _Node:
    """What an element told of itself."""

    element: Reference
    role: int
    states: int
    box: Box | None
    name: str

    def has(self, bit: int) -> bool:
        return bool(self.states >> bit & 1)

    @property
    def state(self) -> str | None:
        pressed = self.role == TOGGLE_BUTTON and self.has(PRESSED)
        return one_state(
            checkable=self.role in CHECKABLE,
            checked=self.has(CHECKED) or pressed,
            disabled=self.role in CAN_BE_GREY and not (self.has(ENABLED) and self.has(SENSITIVE)),
            selected=self.role in SELECTABLE and self.has(SELECTED),
            expanded=self.role in CAN_EXPAND and self.has(EXPANDED),
            focused=self.has(FOCUSED),
        )


class _Walk:
    """One pass over all programs that have a window in the area."""

    def __init__(self, reader: AtspiReader, found: Collected) -> None:
        self._reader = reader
        self._found = found
        self._complete = True

    async def everything(self) -> bool:
        """False when an element too many was met, or the registry did not answer."""
        programs = await self._reader.ask((REGISTRY, ROOT), ACCESSIBLE, "GetChildren")
        if programs is None:
            return False
        await _all(self._program(tuple(one)) for one in programs)
        return self._complete

    async def _program(self, program: Reference) -> None:
        process = await self._reader.process_of(program[0])
        theirs = [window for window in self._found.stack if window.process == process]
        if process == self._reader.own_process or (self._found.stack and not theirs):
            return
        windows = await self._reader.ask(program, ACCESSIBLE, "GetChildren") or []
        await _all(self._window(tuple(one), theirs) for one in windows)

    async def _window(self, element: Reference, theirs: Sequence[Window]) -> None:
        """Finds the window on the screen, and with it what may cover it; GTK 4 counts from the window's corner."""
        node = await self._node(element, _Place(self._found.area, None, (0, 0)))
        if node is None or node.box is None or node.has(ICONIFIED):
            return
        window = _matching(theirs, node.box, node.name)
        place = _Place(shared(node.box, self._found.area), window, (0, 0))
        if window is not None and window.inside is not None and (node.box.x, node.box.y) == (0, 0):
            corner = (window.inside.x, window.inside.y)
            box = Box(*corner, node.box.width, node.box.height)
            place = _Place(shared(box, self._found.area), window, corner, VISIBLE)
        if place.clip.width and place.clip.height:
            await self._children(element, place, 0)

    async def _children(self, element: Reference, place: _Place, depth: int) -> None:
        if depth > DEEPEST or self._found.elements > MOST_ELEMENTS:
            self._complete = False
            return
        children = [tuple(one) for one in await self._reader.ask(element, ACCESSIBLE, "GetChildren") or []]
        if len(children) > MANY_CHILDREN:
            children = await self._shown_of_many(children, place)
        await _all(self._element(child, place, depth + 1) for child in children)

    async def _shown_of_many(self, children: list[Reference], place: _Place) -> list[Reference]:
        """Of a list with thousands of rows: its first ones (headers), and those from the first visible one on."""
        low, high = 0, len(children)
        while low < high:
            middle = (low + high) // 2
            box = place.on_desktop(await self._extents(children[middle]))
            below = box is not None and box.bottom > place.clip.y
            low, high = (low, middle) if below else (middle + 1, high)
        return list(dict.fromkeys([*children[:16], *children[low : low + SHOWN_CHILDREN]]))

    async def _element(self, element: Reference, place: _Place, depth: int) -> None:
        self._found.elements += 1
        node = await self._node(element, place)
        if node is None:
            return
        if node.box is not None:
            await self._take(node, place)
            if node.role in CLIPS:
                place = replace(place, clip=shared(place.clip, node.box))
                if not place.clip.width or not place.clip.height:
                    return
        if node.role not in LEAVES:
            await self._children(element, place, depth)

    async def _node(self, element: Reference, place: _Place) -> _Node | None:
        """None for an element that is gone or does not show. Only what may be told is asked for its name."""
        role, states = await asyncio.gather(
            self._reader.ask(element, ACCESSIBLE, "GetRole"),
            self._reader.ask(element, ACCESSIBLE, "GetState"),
        )
        if role is None or not states or not (int(states[0]) >> place.shown_by & 1 or role in HEADERS):
            return None
        if role not in ROLES and role not in WINDOWS:
            return _Node(element, role, int(states[0]), place.on_desktop(await self._extents(element)), "")
        extents, name = await asyncio.gather(
            self._extents(element), self._reader.ask(element, PROPERTIES, "Get", "ss", ACCESSIBLE, "Name")
        )
        return _Node(element, role, int(states[0]), place.on_desktop(extents), str(name or ""))

    async def _take(self, node: _Node, place: _Place) -> None:
        seen = shared(node.box or place.clip, place.clip)
        if node.role not in ROLES or node.role == PASSWORD or not seen.width or not seen.height:
            return
        words = node.name
        if node.role in HOLDS_LINES and await self._lines(node, seen, place):
            return
        if node.role in TYPED_IN or (not words and node.role in WORDY):
            words = await self._text(node.element, LONGEST_TEXT)
        self._found.add(words, seen, ROLES[node.role], node.state, place.window)

    async def _lines(self, node: _Node, seen: Box, place: _Place) -> bool:
        """Text of several lines, each with its own place. False when it is no such text."""
        text = await self._text(node.element, LONGEST_PAGE)
        if "\n" not in text.strip("\n"):
            return False
        ends = [at for at, sign in enumerate(text) if sign == "\n"] + [len(text)]
        starts = [0, *(end + 1 for end in ends[:-1])]
        spans = [span for span in zip(starts, ends, strict=True) if text[slice(*span)].strip()][:MOST_LINES]
        where = (node.element, TEXT, "GetRangeExtents", "iiu")
        asked = (self._reader.ask_all(*where, *span, SCREEN) for span in spans)
        boxes = [place.on_desktop(told) for told in await asyncio.gather(*asked)]
        tops = [box.y for box in boxes if box is not None]
        if len(set(tops)) < len(tops):  # QPlainTextEdit of Qt 6.12 puts every line where the first one is
            return (
                len(spans) * LEAST_LINE_HEIGHT > seen.height
            )  # what is scrolled away would be told too: leave it
        role = "terminal" if node.role == TERMINAL else "text"
        for span, box in zip(spans, boxes, strict=True):
            if box is not None:
                self._found.add(text[slice(*span)], shared(box, seen), role, node.state, place.window)
        return True

    async def _text(self, element: Reference, most: int) -> str:
        """Qt answers nothing when asked beyond the end, so the end is asked for first."""
        length = await self._reader.ask(element, PROPERTIES, "Get", "ss", TEXT, "CharacterCount")
        if not isinstance(length, int) or length <= 0:
            return ""
        return await self._reader.ask(element, TEXT, "GetText", "ii", 0, min(length, most)) or ""

    async def _extents(self, element: Reference) -> Any:
        return await self._reader.ask(element, COMPONENT, "GetExtents", "u", SCREEN)


async def _all(jobs: Iterable[Coroutine[Any, Any, None]]) -> None:
    await asyncio.gather(*jobs)


def _matching(theirs: Sequence[Window], box: Box, name: str) -> Window | None:
    """Which of a program's windows this is: the same place, else the same title, else its only one."""

    def far(window: Window) -> int:
        inside = window.inside or window.box
        return sum(abs(one - other) for one, other in zip(inside, box, strict=True))

    nearest = min(theirs, key=far, default=None)
    if nearest is None or far(nearest) < 60:
        return nearest
    titled = next((window for window in theirs if name and window.title == name), None)
    return titled or (nearest if len(theirs) == 1 else None)
