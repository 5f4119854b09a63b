"""What the accessibility tree says is on the screen now. Runs under Debian's python3 (gi, Xlib), as the collection of the
validation screens does, and with the same rules: an element counts when it is showing, inside its scrolled area and its
window, and no other window lies over it.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

from models.train.widgets.programs.bus import ACCESSIBLE, Bus, Question, Talk, ask, prop  # noqa: E402
from models.train.widgets.programs.truth import (  # noqa: E402
    CLIPPING,
    LINED,
    NAMELESS,
    ROLES,
    Box,
    Line,
    meet,
    shown_state,
)
from models.train.widgets.programs.windows import Windows  # noqa: E402

EMBED = "\ufffc"
STATES = {int(value): value.value_nick for value in Atspi.StateType.__enum_values__.values()}
MAX_NODES = 2500
MAX_CHILDREN = 400
HOLDERS = {
    "list item",
    "tree item",
    "table cell",
    "page tab",
    "push button",
    "toggle button",
    "check box",
    "radio button",
    "table row",
}
"""what a label may be the face of"""
POPPING = {"menu item", "check menu item", "radio menu item", "menu", "separator", "window", "tool tip"}


@dataclass
class Element:
    """A node that can be acted on: where it is, what it is."""

    role: str
    name: str
    box: Box
    states: frozenset[str]
    popup: bool


@dataclass(frozen=True)
class Place:
    """Where in a window a walk is."""

    clip: Box
    top: dict[str, Any] | None
    popup: bool
    depth: int
    holder: tuple[str, str]
    """role and states of what a label is the face of"""
    tabs: int | None
    """number of the chosen one among tabs"""


class Node:
    """What an object tells of itself."""

    def __init__(self, name: str, path: str, number: int = 0) -> None:
        self.name, self.path, self.number = name, path, number
        self.role, self.title, self.children = "", "", 0
        self.states: set[str] = set()
        self.box: Box | None = None

    def questions(self) -> list[Question]:
        about = self.name, self.path
        return [
            ask(*about, "Accessible", "GetState"), ask(*about, "Accessible", "GetRole"),
            ask(*about, "Component", "GetExtents", "u", 0), prop(*about, ACCESSIBLE, "Name"), prop(*about, ACCESSIBLE, "ChildCount"),
        ]  # fmt: skip

    def hear(self, answers: Sequence[Any]) -> None:
        states, role, box, title, children = answers
        if states and role:
            low, high = (*states[0], 0, 0)[:2]
            held = low | high << 32
            self.states = {nick for number, nick in STATES.items() if held >> number & 1}
            self.role = Atspi.role_get_name(Atspi.Role(role[0])) or ""
        if box and box[0][2] > 0 and box[0][3] > 0:
            self.box = tuple(box[0])
        self.title = str(title[0]) if title else ""
        self.children = int(children[0]) if children else 0


class Walk:
    """One pass over a visible window of a program. `scale`: pixels for each of the toolkit's own."""

    def __init__(self, bus: Bus, windows: Windows, toolkit: str, scale: float) -> None:
        self.bus, self.windows, self.scale = bus, windows, scale
        self.gtk4, self.qt = toolkit == "GTK4", toolkit == "Qt"
        self.lines: list[Line] = []
        self.elements: list[Element] = []
        self.count, self.shift = 0, (0, 0)
        self.screen: Box = (0, 0, *windows.size)

    def window(self, name: str, path: str) -> Talk:
        node = Node(name, path)
        node.hear((yield node.questions()))
        if node.box is None or not ({"showing", "visible"} & node.states) or "iconified" in node.states:
            return
        if self.gtk4:  # GTK 4.8 counts from the window's corner and leaves out "showing"
            box = self.scaled(node.box)
            same = [
                top
                for top in self.windows.tops
                if top["client"]
                and 0 <= top["client"][2] - box[2] < 60
                and 0 <= top["client"][3] - box[3] < 60
            ]
            if not same:
                return
            x, y, w, h = same[0]["client"]
            self.shift = (x + (w - box[2]) // 2, y + (h - box[3]) // 2)
        elif self.scale != 1 and self.windows.far(node.box) <= self.windows.far(self.scaled(node.box)):
            self.scale = 1.0  # a toolkit that does not scale, or tells pixels
        box = self.moved(node.box)
        clip = meet(box, self.screen) or box
        yield from self.down(node, Place(clip, self.windows.of(box), False, 0, ("", ""), None))

    def scaled(self, box: Box) -> Box:
        return box if self.scale == 1 else tuple(round(v * self.scale) for v in box)  # type: ignore[return-value]

    def moved(self, box: Box) -> Box:
        box = self.scaled(box)
        return box[0] + self.shift[0], box[1] + self.shift[1], box[2], box[3]

    def visible(self, box: Box, place: Place, popup: bool) -> Box | None:
        seen = meet(box, self.screen) if popup else meet(box, place.clip)
        if seen is None or seen[3] < 0.6 * min(box[3], 60) or seen[2] < 3:
            return None
        for share in (0.5, 0.1, 0.9):
            over = self.windows.at(seen[0] + seen[2] * share, seen[1] + seen[3] / 2)
            if over is None or over is place.top or (popup and over["popup"]):
                continue
            return None
        if popup:
            over = self.windows.at(seen[0] + seen[2] / 2, seen[1] + seen[3] / 2)
            if over is None or not over["popup"]:
                return None
        return seen

    def add(self, text: str, box: Box, role: str, states: set[str], holder: tuple[str, str]) -> None:
        line: Line = {
            "text": " ".join(text.split()),
            "box": list(box),
            "role": ROLES.get(role, role),
            "kind": role,
        }
        if state := shown_state(role, states):
            line["state"] = state
        if holder[0] and line["role"] in ("label", "text", "icon"):
            line["holder"], line["holder_state"] = holder
        self.lines.append(line)

    def child(self, name: str, path: str, number: int, place: Place) -> Talk:
        node = Node(name, path, number)
        node.hear((yield node.questions()))
        yield from self.down(node, place)

    def down(self, node: Node, place: Place) -> Talk:
        """Take a node that has told itself, and begin with those in it."""
        self.count += 1
        role, states = node.role, node.states
        if self.gtk4:  # it tells of few widgets whether they can be used
            states = states | {"sensitive", "enabled"}
        if self.count > MAX_NODES or place.depth > 50:
            return
        if place.depth and not self.gtk4 and "showing" not in states and role != "application":
            return
        popup, clip, holder, tabs = place.popup, place.clip, place.holder, place.tabs
        box = self.moved(node.box) if node.box else None
        if box:
            over = self.windows.at(box[0] + box[2] / 2, box[1] + box[3] / 2)
            if role in POPPING:
                popup = popup or bool(over and over["popup"])
            elif place.depth and not popup:  # a panel that fills a popup window
                popup = bool(
                    over
                    and over["popup"]
                    and sum(abs(p - q) for p, q in zip(over["box"], box, strict=True)) < 60
                )
            if role == "page tab" and tabs is not None:
                states = states - {"selected"} | ({"selected"} if tabs == node.number else set())
            elif role == "page tab" and self.qt:  # Qt 5 calls the chosen tab focused, whatever has the focus
                states = states - {"focused", "selected"} | (
                    {"selected"} if {"focused", "selected"} & states else set()
                )
            yield from self.take(node, states, box, place, popup)
            if role in CLIPPING:
                clip = meet(clip, box) or clip
            if role in HOLDERS:
                holder = (role, shown_state(role, states))
        if not node.children or (
            self.qt and role == "combo box" and not any(top["popup"] for top in self.windows.tops)
        ):
            return  # Qt tells the entries of lists that are not open
        chosen = None
        if role == "page tab list":
            chosen = yield from chosen_tab(node)
        inner = Place(clip, place.top, popup, place.depth + 1, holder, chosen)
        if node.children <= 600:
            (got,) = yield [ask(node.name, node.path, "Accessible", "GetChildren")]
            children = got[0] if got else []
        else:
            some = range(min(node.children, MAX_CHILDREN))
            answers = yield [ask(node.name, node.path, "Accessible", "GetChildAtIndex", "i", n) for n in some]
            children = [answer[0] for answer in answers if answer]
        for number, (name, path) in enumerate(children[:MAX_CHILDREN]):
            if not path.endswith("/null"):
                self.bus.begin(self.child(name, path, number, inner))

    def take(self, node: Node, states: set[str], box: Box, place: Place, popup: bool) -> Talk:
        name, role = node.title.strip(), node.role
        if self.gtk4:  # a widget's class as its name, or the label twice
            half = name[: len(name) // 2]
            name = (
                "" if name.startswith(("Gtk", "Adw")) else half if half and name == f"{half} {half}" else name
            )
        seen = self.visible(box, place, popup)
        if not seen:
            return
        self.elements.append(Element(role, name, seen, frozenset(states), popup))
        if role in LINED and not self.gtk4:
            found = yield from self.pieces(node)
            for text, where in found:
                if piece := self.visible(where, place, popup):
                    self.add(text, piece, role, states, place.holder)
            if found:
                return
        if role not in ROLES or role in NAMELESS:
            return
        if role in {"entry", "spin button", "password text", "combo box", "text"}:
            (got,) = yield [ask(node.name, node.path, "Text", "GetText", "ii", 0, -1)]
            value = got[0] if got else ""
            name = value or ("" if role in {"entry", "text", "spin button"} else name)
        if name:
            self.add(name, seen, role, states, place.holder)

    def pieces(self, node: Node, most: int = 25) -> Generator[Any, Any, list[tuple[str, Box]]]:
        """The lines of a text as they are broken on the screen, each with its box."""
        about = node.name, node.path, "Text"
        whole, extents, first = yield [
            ask(*about, "GetText", "ii", 0, -1), ask(*about, "GetRangeExtents", "iiu", 0, -1, 0),
            ask(*about, "GetCharacterExtents", "iu", 0, 0),
        ]  # fmt: skip
        text = (whole or ("",))[0].replace(EMBED, " ")
        if not text.strip() or len(text) > 3000:
            return []
        plain = len(text) < 200 and "\n" not in text and text == text.strip()
        if plain and extents and first and 0 < extents[3] < 1.6 * first[3] and extents[2] > 0:
            return [(text, self.moved(tuple(extents[:4])))]
        found, offset = [], 0
        while offset < len(text) and len(found) < most:
            (part,) = yield [ask(*about, "GetStringAtOffset", "iu", offset, 3)]
            if part and part[2] <= offset:  # the blank at which GTK breaks a line belongs to the line before
                (part,) = yield [ask(*about, "GetStringAtOffset", "iu", offset + 1, 3)]
            if not part or part[2] <= offset:
                break
            piece, start, end = part
            shown = piece.replace(EMBED, " ")
            if shown.strip():
                lead = len(shown) - len(shown.lstrip())
                (r,) = yield [
                    ask(*about, "GetRangeExtents", "iiu", start + lead, start + len(shown.rstrip()), 0)
                ]
                if r and r[2] > 0 and r[3] > 0:
                    found.append((shown.strip(), self.moved(tuple(r[:4]))))
            offset = end
        return found


def chosen_tab(node: Node) -> Generator[Any, Any, int | None]:
    """Number of the tab that a row of tabs says is chosen; None when it does not say. GTK 2 tells it nowhere else."""
    (count,) = yield [prop(node.name, node.path, "org.a11y.atspi.Selection", "NSelectedChildren")]
    if not count or count[0] != 1:
        return None
    answers = yield [
        ask(node.name, node.path, "Selection", "IsChildSelected", "i", n)
        for n in range(min(node.children, 60))
    ]
    chosen = [number for number, answer in enumerate(answers) if answer and answer[0]]
    return chosen[0] if len(chosen) == 1 else None


def read_tree(
    bus: Bus, windows: Windows, scale: float, seconds: float = 12.0
) -> tuple[list[Line], list[Element]]:
    """Lines and elements of all programs on this desktop. Errors: TimeoutError when they do not answer in time."""
    walks: list[Walk] = []

    def everything() -> Talk:
        (got,) = yield [
            ask("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root", "Accessible", "GetChildren")
        ]
        for name, path in got[0] if got else []:
            kit, version, tops = yield [
                prop(name, path, "org.a11y.atspi.Application", "ToolkitName"),
                prop(name, path, "org.a11y.atspi.Application", "Version"),
                ask(name, path, "Accessible", "GetChildren"),
            ]
            toolkit = str(kit[0]) if kit else ""
            if toolkit == "GTK" and version and str(version[0]).startswith("4"):
                toolkit = "GTK4"
            for top, at in tops[0] if tops else []:
                walk = Walk(bus, windows, toolkit, scale)
                walks.append(walk)
                bus.begin(walk.window(top, at))

    if not bus.run(everything(), seconds):
        raise TimeoutError("the tree was not told in time")
    return [line for walk in walks for line in walk.lines], [one for walk in walks for one in walk.elements]
