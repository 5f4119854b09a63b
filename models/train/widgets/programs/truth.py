"""What is kept of an accessibility tree's lines, and which windows are left out because their truth cannot be right.

Pure: boxes, roles, states and pixels. Boxes are (x, y, width, height) in pixels of the screen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

Box = tuple[int, int, int, int]
Line = dict[str, Any]

ROLES = {
    "push button": "button", "toggle button": "button", "button": "button", "toggle": "button", "check box": "check box",
    "switch": "check box", "radio button": "radio button", "page tab": "tab", "menu": "menu", "menu item": "menu item",
    "check menu item": "menu item", "radio menu item": "menu item", "tearoff menu item": "menu item", "label": "label",
    "static": "label", "heading": "label", "status bar": "label", "alert": "label", "info bar": "label", "caption": "label",
    "notification": "label", "label text": "label", "text": "text field", "entry": "text field",
    "password text": "text field", "spin button": "text field", "editbar": "text field", "autocomplete": "text field",
    "table cell": "cell", "table row": "cell", "table column header": "header", "column header": "header",
    "row header": "header", "table row header": "header", "link": "link", "list item": "list item",
    "list box": "list item", "tree item": "tree item", "combo box": "combo box", "slider": "slider",
    "progress bar": "progress", "level bar": "progress", "paragraph": "text", "icon": "icon", "image": "icon",
    "canvas": "icon", "section": "text", "form": "text", "panel": "text", "list": "text",
}  # fmt: skip
"""role of the tree → role of a line, as in the validation set"""
NAMELESS = {"panel", "list", "form", "section", "list box", "canvas"}
"""their names are not what is drawn"""
LINED = {"text", "paragraph", "heading", "section", "link", "list item", "static", "label", "form", "table cell", "caption",
         "table column header", "column header", "row header", "panel"}  # fmt: skip
CLIPPING = {
    "scroll pane",
    "viewport",
    "table",
    "tree table",
    "tree",
    "list",
    "text",
    "layered pane",
    "list box",
}
TOGGLES = {
    "check box",
    "radio button",
    "check menu item",
    "radio menu item",
    "toggle button",
    "switch",
    "toggle",
}
DULLED = {"push button", "check box", "radio button", "menu item", "menu", "entry", "combo box", "check menu item",
          "radio menu item", "toggle button", "button", "text", "spin button", "slider"}  # fmt: skip
FOREIGN = re.compile(r"[A-Za-z]{4,}")
INK = 24
"""how far a pixel is from the box's usual colour to be drawn on, of 255"""
FAINT = 8
"""the same for check marks, of which some are faint"""
FOREIGN_SHARE, FAINT_SHARE, MOVED_SHARE = 0.35, 0.3, 0.3


def meet(a: Box, b: Box) -> Box | None:
    x, y = max(a[0], b[0]), max(a[1], b[1])
    right, bottom = min(a[0] + a[2], b[0] + b[2]), min(a[1] + a[3], b[1] + b[3])
    return (x, y, right - x, bottom - y) if right > x and bottom > y else None


def shown_state(role: str, states: set[str]) -> str:
    """The states told of an element, joined with commas, as in the validation set."""
    out = []
    if role in TOGGLES:
        on = "checked" in states or ("pressed" in states and role in ("toggle button", "switch"))
        out.append("checked" if on else "unchecked")
    if "selected" in states and role not in {"menu", "menu item"}:
        out.append("selected")
    out += [state for state in ("expanded", "focused") if state in states]
    if ("sensitive" not in states or "enabled" not in states) and role in DULLED:
        out.append("disabled")
    return ",".join(out)


def unique(lines: Sequence[Line]) -> list[Line]:
    """Drop a line that another one of the same text already covers (label inside button, link inside item)."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda n: n["box"][2] * n["box"][3]):
        x, y, w, h = line["box"]
        twin = next((k for k in kept if k["text"] == line["text"] and inside(k["box"], (x, y, w, h))), None)
        if twin is None:
            kept.append(line)
        elif twin["role"] in {"check box", "radio button"} and line["role"] in {"label", "text"}:
            twin["box"] = line["box"]  # the mark alone becomes mark and label
        elif twin["role"] in {"label", "text"} and line["role"] not in {"label", "text"}:
            twin["role"], twin["kind"] = line["role"], line["kind"]
            if line["role"] in {"check box", "radio button"}:
                twin["box"] = line["box"]
            if line.get("state"):
                twin["state"] = line["state"]
    return sorted(kept, key=lambda n: (n["box"][1] // 8, n["box"][0]))


def inside(box: Sequence[int], around: Sequence[int]) -> bool:
    """Whether the middle of `box` lies in `around`, two pixels more or less."""
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    return around[0] - 2 <= x <= around[0] + around[2] + 2 and around[1] - 2 <= y <= around[1] + around[3] + 2


def states_of(line: Line) -> set[str]:
    return set(line.get("state", "").split(",")) - {""}


def drawn(image: np.ndarray, box: Sequence[int]) -> bool:
    """Whether anything is drawn in the box of (h, w, 3) uint8 `image`."""
    x, y, w, h = box
    part = image[max(0, y) : y + h, max(0, x) : x + w].astype(np.int16)
    if part.size == 0:
        return False
    paper = np.median(part.reshape(-1, 3), axis=0)
    return bool((np.abs(part - paper).max(axis=2) > INK).sum() >= 6)


def marked(image: np.ndarray, box: Sequence[int]) -> bool | None:
    """Whether a squarish thing stands at an end of the box, apart from the words: the mark of a check box.

    Toolkits call buttons that stay pressed check boxes and radio buttons too; those have letters or a frame there.
    None where it cannot be told: no room, an icon, a mark too faint to see or under the pointer.
    """
    x, y, w, h = box
    part = image[max(0, y) + 1 : y + h - 1, max(0, x) + 1 : x + w - 1].astype(np.int16)
    if w < 1.8 * h or part.shape[0] < 6 or part.shape[1] < 8:
        return None
    inked = np.abs(part - np.median(part.reshape(-1, 3), axis=0)).max(axis=2) > FAINT
    columns = np.flatnonzero(inked.any(axis=0))
    if not len(columns) or columns[0] > 0.5 * h:
        return None
    breaks = np.flatnonzero(np.diff(columns) > 2)
    groups = np.split(columns, breaks + 1)
    if squarish(inked, groups[0]):
        return True if columns[0] <= max(6, 0.22 * h) else None
    if inked[:, : columns[0] + 2].any(axis=1).mean() > 0.85:  # a frame
        return False
    if len(groups) > 1 and squarish(inked, groups[-1]) and w - columns[-1] < 0.6 * h:
        return True
    return None if columns[0] <= 0.15 * h else False


def squarish(inked: np.ndarray, columns: np.ndarray) -> bool:
    """Whether what is drawn in these columns of the (h, w) bool mask may be a check mark by its size."""
    rows = np.flatnonzero(inked[:, columns[0] : columns[-1] + 1].any(axis=1))
    width, height = columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1
    return bool(8 <= width <= 52 and 0.7 < width / height < 1.4)


def with_true_marks(lines: Sequence[Line], image: np.ndarray) -> list[Line]:
    """Check boxes and radio buttons that are drawn as buttons become buttons; those that may be either are dropped."""
    kept = []
    for line in lines:
        mark = marked(image, line["box"]) if line["kind"] in ("check box", "radio button") else True
        if mark is False and "focused" in states_of(
            line
        ):  # the focus may be drawn around a mark and its words
            mark = None
        if mark is not None:
            kept.append(line if mark else line | {"role": "button"})
    return kept


def still(before: np.ndarray, after: np.ndarray, box: Sequence[int]) -> bool:
    """Whether the box looks alike on both pictures but for a caret."""
    x, y, w, h = (max(0, v) for v in box)
    a, b = before[y : y + h, x : x + w].astype(np.int16), after[y : y + h, x : x + w]
    return a.size == 0 or float((np.abs(a - b).max(axis=2) > INK).mean()) < 0.08


def crossing(lines: Sequence[Line]) -> set[int]:
    """Numbers of lines that lie over one another without one holding the other: hidden pages that the tree calls shown."""
    found: set[int] = set()
    boxes = np.array([line["box"] for line in lines], dtype=np.int64).reshape(-1, 4)
    for one in range(len(lines)):
        x, y, w, h = boxes[one]
        across = np.minimum(boxes[:, 0] + boxes[:, 2], x + w) - np.maximum(boxes[:, 0], x)
        down = np.minimum(boxes[:, 1] + boxes[:, 3], y + h) - np.maximum(boxes[:, 1], y)
        both = np.clip(across, 0, None) * np.clip(down, 0, None)
        areas = boxes[:, 2] * boxes[:, 3]
        smaller = np.minimum(areas, w * h)
        bad = (both > 0.25 * smaller) & (both < 0.8 * smaller)
        bad[one] = False
        if bad.any():
            found.add(one)
    return found


def sound(lines: Sequence[Line], before: np.ndarray, after: np.ndarray) -> tuple[list[Line], str | None]:
    """The lines that can be believed, and why the window must be left out (None: it need not).

    `before` and `after`: (h, w, 3) uint8 pictures of the screen around the reading of the tree.
    """
    if len(lines) < 3:
        return [], "few lines"
    seen = [line for line in lines if drawn(before, line["box"])]
    if len(lines) - len(seen) > FAINT_SHARE * len(lines):
        return [], "boxes without ink"
    quiet = [line for line in seen if still(before, after, line["box"])]
    if len(seen) - len(quiet) > MOVED_SHARE * len(seen):
        return [], "moved"
    crossed = crossing(quiet)
    if len(crossed) > FAINT_SHARE * len(quiet):
        return (
            [],
            f"crossing: {', '.join(quiet[number]['text'] + '|' + quiet[number]['kind'] for number in sorted(crossed)[:4])}",
        )
    told = [line for number, line in enumerate(quiet) if number not in crossed]
    told = with_true_marks(told, before)
    foreign = [
        line["text"]
        for line in told
        if FOREIGN.search(line["text"]) and not re.search("[가-힣]", line["text"])
    ]
    if len(foreign) > FOREIGN_SHARE * len(told):
        return [], f"words that are not ours: {', '.join(foreign[:4])}"
    if reason := wrong_tabs(told):
        return [], reason
    return told, None


def news(lines: Sequence[Line], before: Sequence[Line]) -> int:
    """How many lines are not as they were, the focus aside."""

    def shape(line: Line) -> tuple[object, ...]:
        return line["text"], *line["box"], line["role"], frozenset(states_of(line) - {"focused"})

    there = {shape(line) for line in before}
    return sum(shape(line) not in there for line in lines)


def wrong_tabs(lines: Sequence[Line]) -> str | None:
    """Why tabs of this window cannot be right: in each run of tabs side by side, or below each other, one is selected."""
    for row in runs([line for line in lines if line["role"] == "tab"]):
        chosen = sum("selected" in states_of(line) for line in row)
        if chosen > 1:
            return "several selected tabs"
        if not chosen and len(row) > 1:
            return "no selected tab"
    return None


def runs(tabs: Sequence[Line]) -> list[list[Line]]:
    """Tabs by rows, and those left alone by columns."""
    made: list[list[Line]] = []
    for line in sorted(tabs, key=lambda n: (n["box"][0], n["box"][1])):
        x, y, _, h = line["box"]
        for row in made:
            last = row[-1]["box"]
            beside = abs(y + h / 2 - last[1] - last[3] / 2) < h / 2 and -4 <= x - last[0] - last[2] < 14 * h
            below = abs(x - last[0]) < 6 and 0 < y - last[1] < 3.5 * h
            if beside or (below and len(tabs) > 1):
                row.append(line)
                break
        else:
            made.append([line])
    return made
