"""Print, as JSON, the texts that the accessibility tree says are on the screen now: text, box, role, state.

Runs under Debian's /usr/bin/python3 (gi, Xlib). An element counts when it is showing, inside its scrolled area and
its window, and no other window lies over its middle. What the tree gets wrong is repaired later, by looking.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402
from Xlib import X, display  # noqa: E402

Box = tuple[int, int, int, int]

ROLES = {
    "push button": "button",
    "toggle button": "button",
    "check box": "check box",
    "radio button": "radio button",
    "page tab": "tab",
    "menu": "menu",
    "menu item": "menu item",
    "check menu item": "menu item",
    "radio menu item": "menu item",
    "tearoff menu item": "menu item",
    "label": "label",
    "static": "label",
    "text": "text field",
    "entry": "text field",
    "password text": "text field",
    "spin button": "text field",
    "table cell": "cell",
    "table column header": "header",
    "column header": "header",
    "row header": "header",
    "table row header": "header",
    "link": "link",
    "list item": "list item",
    "tree item": "tree item",
    "combo box": "combo box",
    "slider": "slider",
    "progress bar": "progress",
    "paragraph": "text",
    "heading": "label",
    "terminal": "terminal",
    "icon": "icon",
    "status bar": "label",
    "alert": "label",
    "document frame": "text",
    "block quote": "text",
    "section": "text",
    "image": "icon",
    "caption": "label",
    "level bar": "progress",
    "info bar": "label",
    "list box": "list item",
    "button": "button",
    "editbar": "text field",
    "notification": "label",
    "table row": "cell",
    "autocomplete": "text field",
    "description term": "label",
    "description value": "label",
    "form": "text",
    "article": "text",
    "document web": "text",
    "landmark": "text",
    "label text": "label",
    "footer": "text",
    "list": "text",
    "panel": "text",
    "canvas": "icon",
    "toggle": "button",
    "switch": "check box",
    "calendar": "text",
    "mark": "text",
    "content deletion": "text",
    "content insertion": "text",
    "code": "text",
}
LINED = {
    "text",
    "terminal",
    "paragraph",
    "heading",
    "section",
    "document frame",
    "block quote",
    "link",
    "list item",
    "static",
    "label",
    "form",
    "article",
    "table cell",
    "document web",
    "landmark",
    "footer",
    "caption",
    "table column header",
    "column header",
    "row header",
    "panel",
    "description term",
    "description value",
    "mark",
    "content deletion",
    "content insertion",
    "code",
}
EMBED = "\ufffc"
MAX_NODES = 6000


def role_of(node: Atspi.Accessible) -> str:
    return node.get_role_name() or ""


def states_of(node: Atspi.Accessible) -> set[str]:
    return {s.value_nick for s in node.get_state_set().get_states()}


def box_of(node: Atspi.Accessible) -> Box | None:
    try:
        component = node.get_component_iface()
        if component is None:
            return None
        r = component.get_extents(Atspi.CoordType.SCREEN)
    except Exception:  # noqa: BLE001  (a program that closes while it is read)
        return None
    return (r.x, r.y, r.width, r.height) if r.width > 0 and r.height > 0 else None


def meet(a: Box, b: Box) -> Box | None:
    x, y = max(a[0], b[0]), max(a[1], b[1])
    right, bottom = min(a[0] + a[2], b[0] + b[2]), min(a[1] + a[3], b[1] + b[3])
    return (x, y, right - x, bottom - y) if right > x and bottom > y else None


class Windows:
    """The X server's windows from the top down, to say what covers a point."""

    def __init__(self) -> None:
        self.display = display.Display()
        self.root = self.display.screen().root
        self.size = (self.root.get_geometry().width, self.root.get_geometry().height)
        self.tops = []
        for window in reversed(self.root.query_tree().children):
            attributes, g = window.get_attributes(), window.get_geometry()
            if attributes.map_state == X.IsViewable and g.width > 4 and g.height > 4:
                client = self._client(window)
                self.tops.append(
                    {
                        "box": (g.x, g.y, g.width, g.height),
                        "client": client[0],
                        "title": client[1],
                        "popup": bool(attributes.override_redirect) and client[1] is None,
                    }
                )

    def _client(self, frame: Any) -> tuple[Box | None, str | None]:
        """The managed window inside a frame: its box on the screen and its title."""
        title_atom, utf8 = self.display.intern_atom("_NET_WM_NAME"), self.display.intern_atom("UTF8_STRING")
        state = self.display.intern_atom("WM_STATE")
        stack = [frame]
        while stack:
            window = stack.pop()
            if window.get_full_property(state, X.AnyPropertyType):
                g, at = window.get_geometry(), window.translate_coords(self.root, 0, 0)
                name = window.get_full_property(title_atom, utf8)
                text = bytes(name.value).decode("utf8", "replace") if name else (window.get_wm_name() or "")
                return (-at.x, -at.y, g.width, g.height), str(text)
            stack += window.query_tree().children
        return None, None

    def at(self, x: float, y: float) -> dict | None:
        for top in self.tops:
            bx, by, bw, bh = top["box"]
            if bx <= x < bx + bw and by <= y < by + bh:
                return top
        return None

    def of(self, box: Box) -> dict | None:
        """The window whose client area is nearest to an accessible window's box."""

        def far(top: dict) -> int:
            c = top["client"] or top["box"]
            return sum(abs(p - q) for p, q in zip(c, box, strict=True))

        best = min(self.tops, key=far, default=None)
        return best if best and far(best) < 140 else None


def pieces(node: Atspi.Accessible, limit: int = 400) -> Iterator[tuple[str, Box]]:
    """The lines of a text as they are broken on the screen, each with its box."""
    iface = node.get_text_iface()
    if iface is None:
        return
    total = iface.get_character_count()
    offset = 0
    if role_of(node) == "terminal" or total > 4000:
        clip = box_of(node)
        if clip:
            first = iface.get_offset_at_point(clip[0] + 4, clip[1] + 6, Atspi.CoordType.SCREEN)
            offset = max(0, first)
    for _ in range(limit):
        if offset >= total:
            return
        part = iface.get_string_at_offset(offset, Atspi.TextGranularity.LINE)
        start, end = part.start_offset, part.end_offset
        if (
            end <= offset
        ):  # the blank at which GTK breaks a line belongs to the line before: step over it once
            part = iface.get_string_at_offset(offset + 1, Atspi.TextGranularity.LINE)
            start, end = part.start_offset, part.end_offset
            if end <= offset + 1:
                return
        text = Atspi.Text.get_text(iface, start, end)
        shown = text.replace(EMBED, " ").rstrip("\n")
        if shown.strip():
            lead = len(text) - len(text.lstrip())
            stop = start + len(text.rstrip())
            r = iface.get_range_extents(start + lead, stop, Atspi.CoordType.SCREEN)
            if r.width > 0 and r.height > 0:
                yield shown.strip(), (r.x, r.y, r.width, r.height)
        offset = end


def shown_state(role: str, states: set[str]) -> str:
    out = []
    if role in {
        "check box",
        "radio button",
        "check menu item",
        "radio menu item",
        "toggle button",
        "switch",
        "toggle",
    }:
        out.append(
            "checked"
            if "checked" in states or ("pressed" in states and role == "toggle button")
            else "unchecked"
        )
    if "selected" in states and role not in {"menu", "menu item"}:
        out.append("selected")
    if "expanded" in states:
        out.append("expanded")
    if "focused" in states:
        out.append("focused")
    if ("sensitive" not in states or "enabled" not in states) and role in {
        "push button",
        "check box",
        "radio button",
        "menu item",
        "menu",
        "entry",
        "combo box",
        "check menu item",
        "radio menu item",
        "toggle button",
        "button",
        "text",
        "spin button",
        "slider",
    }:
        out.append("disabled")
    return ",".join(out)


class Walk:
    """One pass over an application's visible windows."""

    def __init__(self, windows: Windows, gtk4: bool = False) -> None:
        self.windows, self.lines, self.count, self.gtk4 = windows, [], 0, gtk4
        self.shift = (0, 0)
        self.screen: Box = (0, 0, *windows.size)

    def window(self, node: Atspi.Accessible) -> None:
        box = box_of(node)
        states = states_of(node)
        if box and self.gtk4:  # GTK 4.8 counts from the window's corner and leaves out "showing"
            same = [
                t
                for t in self.windows.tops
                if t["client"] and 0 <= t["client"][2] - box[2] < 40 and 0 <= t["client"][3] - box[3] < 40
            ]
            if not same:
                return
            x, y, w, h = same[0]["client"]
            self.shift = (
                x + (w - box[2]) // 2,
                y + (h - box[3]) // 2,
            )  # its own frame is equally wide all round
            box = self.moved(box)
        if box is None or not ({"showing", "visible"} & states) or "iconified" in states:
            return
        top = self.windows.of(box)
        self.down(node, meet(box, self.screen) or box, top, inside_popup=False, depth=0)

    def moved(self, box: Box | None) -> Box | None:
        return box and (box[0] + self.shift[0], box[1] + self.shift[1], box[2], box[3])

    def visible(self, box: Box, clip: Box, top: dict | None, popup: bool) -> Box | None:
        seen = meet(box, self.screen) if popup else meet(box, clip)
        if seen is None or seen[3] < 0.6 * min(box[3], 60) or seen[2] < 3:
            return None
        for share in (0.5, 0.1, 0.9):
            over = self.windows.at(seen[0] + seen[2] * share, seen[1] + seen[3] / 2)
            if over is None or over is top or (popup and over["popup"]):
                continue
            return None
        if popup:
            over = self.windows.at(seen[0] + seen[2] / 2, seen[1] + seen[3] / 2)
            if over is None or not over["popup"]:
                return None
        return seen

    def add(self, text: str, box: Box, role: str, states: set[str]) -> None:
        line = {"text": " ".join(text.split()), "box": list(box), "role": ROLES.get(role, role)}
        state = shown_state(role, states)
        if state:
            line["state"] = state
        self.lines.append(line)

    def down(
        self, node: Atspi.Accessible, clip: Box, top: dict | None, inside_popup: bool, depth: int
    ) -> None:
        self.count += 1
        if self.count > MAX_NODES or depth > 60:
            return
        try:
            role, states = role_of(node), states_of(node)
            if depth and not self.gtk4 and "showing" not in states and role not in {"application"}:
                return
            box = self.moved(box_of(node))
            popup = inside_popup
            if role in {
                "menu item",
                "check menu item",
                "radio menu item",
                "menu",
                "separator",
                "window",
                "tool tip",
            }:
                over = box and self.windows.at(box[0] + box[2] / 2, box[1] + box[3] / 2)
                popup = popup or bool(over and over["popup"])
            elif box and depth and not popup:  # a panel that fills a popup window (a browser's own menus)
                over = self.windows.at(box[0] + box[2] / 2, box[1] + box[3] / 2)
                popup = bool(
                    over
                    and over["popup"]
                    and sum(abs(p - q) for p, q in zip(over["box"], box, strict=True)) < 60
                )
            if box:
                self.take(node, role, states, box, clip, top, popup)
                if role in {
                    "scroll pane",
                    "viewport",
                    "table",
                    "tree table",
                    "tree",
                    "list",
                    "document web",
                    "text",
                    "document frame",
                    "document spreadsheet",
                    "layered pane",
                    "list box",
                    "terminal",
                }:
                    clip = meet(clip, box) or clip
            if role == "table" and node.get_child_count() > 5000:
                self.sheet(node, clip, top)
                return
            for i in range(min(node.get_child_count(), 1500)):
                child = node.get_child_at_index(i)
                if child is not None:
                    self.down(child, clip, top, popup, depth + 1)
        except Exception as error:  # noqa: BLE001  (one broken node must not lose the screen)
            print("node:", error, file=sys.stderr)

    def take(
        self,
        node: Atspi.Accessible,
        role: str,
        states: set[str],
        box: Box,
        clip: Box,
        top: dict | None,
        popup: bool,
    ) -> None:
        name = (node.get_name() or "").strip()
        if self.gtk4:  # a widget's class as its name, or the label twice
            half = name[: len(name) // 2]
            name = (
                "" if name.startswith(("Gtk", "Adw")) else half if half and name == f"{half} {half}" else name
            )
        if role in LINED and not self.gtk4 and node.get_text_iface() is not None:
            found = False
            for text, where in pieces(node):
                found = True
                if seen := self.visible(where, clip, top, popup):
                    self.add(text, seen, role, states)
            if found:
                return
        if role in ROLES and role not in {
            "panel",
            "list",
            "form",
            "document frame",
            "document web",
            "section",
            "landmark",
            "list box",
            "article",
            "footer",
            "calendar",
            "canvas",
        }:
            if role in {"entry", "spin button", "password text", "combo box", "text"}:
                iface = node.get_text_iface()
                value = Atspi.Text.get_text(iface, 0, -1) if iface else ""
                name = value or ("" if role in {"entry", "text", "spin button"} else name)
            if name and (seen := self.visible(box, clip, top, popup)):
                self.add(name, seen, role, states)

    def sheet(self, node: Atspi.Accessible, clip: Box, top: dict | None) -> None:
        """A spreadsheet: millions of cells, so only rows and columns from the first one until they leave the clip."""
        table = node.get_table_iface()
        for row in range(120):
            first = table.get_accessible_at(row, 0)
            box = first and box_of(first)
            if not box or box[1] >= clip[1] + clip[3]:
                return
            for column in range(40):
                cell = table.get_accessible_at(row, column)
                where = cell and box_of(cell)
                if not where or where[0] >= clip[0] + clip[2]:
                    break
                iface = cell.get_text_iface()
                text = Atspi.Text.get_text(iface, 0, -1) if iface else cell.get_name()
                seen = self.visible(where, clip, top, False) if text and text.strip() else None
                if seen:
                    self.add(text, seen, "table cell", states_of(cell) - {"sensitive"})


def titles(windows: Windows) -> list[dict]:
    """Title bars drawn by the window manager: the strip above each client area, when its middle is not covered."""
    lines = []
    for top in windows.tops:
        client, (fx, fy, fw, _fh) = top["client"], top["box"]
        if client and top["title"] and client[1] - fy >= 12:
            strip = (fx, fy, fw, client[1] - fy)
            if windows.at(fx + fw / 2, fy + strip[3] / 2) is top:
                lines.append({"text": top["title"], "box": list(strip), "role": "title"})
    return lines


def unique(lines: list[dict]) -> list[dict]:
    """Drop a line that another one of the same text already covers (label inside button, link inside item)."""
    kept: list[dict] = []
    for line in sorted(lines, key=lambda n: n["box"][2] * n["box"][3]):
        x, y, w, h = line["box"]
        twin = next(
            (
                k
                for k in kept
                if k["text"] == line["text"]
                and x - 2 <= k["box"][0] + k["box"][2] / 2 <= x + w + 2
                and y - 2 <= k["box"][1] + k["box"][3] / 2 <= y + h + 2
            ),
            None,
        )
        if twin is None:
            kept.append(line)
        elif twin["role"] in {"check box", "radio button"} and line["role"] in {"label", "text"}:
            twin["box"] = line["box"]  # the mark alone becomes mark and label
        elif twin["role"] in {"label", "text"} and line["role"] not in {"label", "text"}:
            twin["role"] = line["role"]
            if line.get("state"):
                twin["state"] = line["state"]
    return sorted(kept, key=lambda n: (n["box"][1] // 8, n["box"][0]))


def main() -> None:
    windows = Windows()
    desktop = Atspi.get_desktop(0)
    lines = titles(windows)
    for i in range(desktop.get_child_count()):
        app = desktop.get_child_at_index(i)
        if app is None:
            continue
        gtk4 = app.get_toolkit_name() == "GTK" and (app.get_toolkit_version() or "").startswith("4")
        for j in range(app.get_child_count()):
            walk = Walk(windows, gtk4)
            window = app.get_child_at_index(j)
            if window is not None:
                walk.window(window)
            lines += walk.lines
    print(json.dumps(unique(lines), ensure_ascii=False))


if __name__ == "__main__":
    main()
