"""What GTK 3 widgets are, told by their accessible objects in the same process."""

# ruff: noqa: E402  (versions are chosen before the import)

from __future__ import annotations

from collections.abc import Callable, Iterator

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
gi.require_version("Atk", "1.0")
from content import Element
from gi.repository import Atk, Gtk

ROLES = {
    "push button": "button",
    "toggle button": "button",
    "check box": "check box",
    "radio button": "radio button",
    "page tab": "tab",
    "menu": "menu item",
    "menu item": "menu item",
    "check menu item": "menu item",
    "radio menu item": "menu item",
    "text": "text field",
    "password text": "text field",
    "spin button": "text field",
    "table cell": "cell",
    "table column header": "header",
    "column header": "header",
    "link": "link",
    "list item": "list item",
    "combo box": "combo box",
    "label": None,
    "icon": "icon",
    "progress bar": None,
}
CHECKED = ("check box", "radio button", "check menu item", "radio menu item", "toggle button")
Area = tuple[int, int, int, int]
CLIPPING = (
    "frame",
    "scroll pane",
    "table",
    "tree table",
    "viewport",
    "page tab list",
    "menu bar",
    "tool bar",
)


def common(box: Area, clip: Area | None) -> Area:
    """The part of the box inside the clip (of no size when there is none)."""
    if clip is None:
        return box
    x, y = max(box[0], clip[0]), max(box[1], clip[1])
    right, bottom = min(box[0] + box[2], clip[0] + clip[2]), min(box[1] + box[3], clip[1] + clip[3])
    return x, y, max(0, right - x), max(0, bottom - y)


def accessible_elements(node: Atk.Object, depth: int = 0, clip: Area | None = None) -> Iterator[Element]:
    """The elements under `node` that are showing, outer ones first, cut to what holds them."""
    states = node.ref_state_set()
    has = states.contains_state
    if depth and not has(Atk.StateType.SHOWING) and Atk.role_get_name(node.get_role()) not in ("page tab",):
        return
    kind = Atk.role_get_name(node.get_role())
    extents = Atk.Component.get_extents(node, Atk.CoordType.SCREEN)
    box = common((extents.x, extents.y, extents.width, extents.height), clip)
    if kind in ROLES and min(box[2:]) > 2:
        yield Element(ROLES[kind], box, tuple(held(kind, has)), node.get_name() or "")
    if kind in CLIPPING and min(box[2:]) > 2:
        clip = box
    if kind == "combo box" and not any(
        Atk.role_get_name(node.ref_accessible_child(n).get_role()) == "text"
        for n in range(node.get_n_accessible_children())
    ):
        return
    for number in range(min(node.get_n_accessible_children(), 400)):
        child = node.ref_accessible_child(number)
        if child is not None:
            yield from accessible_elements(child, depth + 1, clip)


def held(kind: str, has: Callable[[Atk.StateType], bool]) -> Iterator[str]:
    if kind in CHECKED:
        yield "checked" if has(Atk.StateType.CHECKED) else "unchecked"
    if kind in ("table cell", "page tab", "list item", "menu item", "menu", "check menu item") and has(
        Atk.StateType.SELECTED
    ):
        yield "selected"
    if not has(Atk.StateType.SENSITIVE):
        yield "disabled"
    if has(Atk.StateType.FOCUSED):
        yield "focused"
    if has(Atk.StateType.EXPANDED):
        yield "expanded"


def switch_rows(widget: Gtk.Widget) -> Iterator[Element]:
    """Rows with a switch at their end: what the label beside it says is a check box."""
    if not widget.get_mapped():
        return
    if hasattr(widget, "switch"):
        x, y = placed(widget)
        area = widget.get_allocation()
        states = ["checked" if widget.switch.get_active() else "unchecked"]
        if not widget.is_sensitive():
            states.append("disabled")
        yield Element("check box", (x, y, area.width, area.height), tuple(states))
    elif isinstance(widget, Gtk.Container):
        for child in widget.get_children():
            yield from switch_rows(child)


def placed(widget: Gtk.Widget) -> tuple[int, int]:
    """Where the widget's corner is on the screen."""
    _, x, y = widget.get_window().get_origin()
    if not widget.get_has_window():
        area = widget.get_allocation()
        x, y = x + area.x, y + area.y
    return x, y


def stack_buttons(widget: Gtk.Widget) -> Iterator[Element]:
    """A stack switcher's buttons look like tabs and are tabs here, not radio buttons as its tree says."""
    if not widget.get_mapped():
        return
    if isinstance(widget, Gtk.StackSwitcher):
        for child in widget.get_children():
            area = child.get_allocation()
            x, y = placed(child)
            yield Element("tab", (x, y, area.width, area.height), ("selected",) if child.get_active() else ())
    elif isinstance(widget, Gtk.Container):
        for child in widget.get_children():
            yield from stack_buttons(child)


def title_of(window: Gtk.Window) -> Iterator[Element]:
    """The bar that the window manager drew above the window."""
    if window.get_titlebar() is not None:
        bar = window.get_titlebar()
        x, y = placed(bar)
        yield Element("title", (x, y, bar.get_allocated_width(), bar.get_allocated_height()))
        return
    frame = window.get_window().get_frame_extents()
    _, _, y = window.get_window().get_origin()
    if y - frame.y > 8:
        yield Element("title", (frame.x, frame.y, frame.width, y - frame.y))
