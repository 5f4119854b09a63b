"""Windows of real programs as training screens: their pictures, what the accessibility tree says of them, what the
reader reads in them.

A folder holds NAME.png and NAME.json as `python -m models.train.widgets.programs` records them, with words of our own
texts in place of the programs' words. `read_all` runs the reader over it once and keeps NAME.read.json beside them.
"""

from __future__ import annotations

import difflib
import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from PIL import Image

from assistant import colours, prompts
from assistant.frames import Box, Frame, TextLine
from models.train.mini.canvas import Colour, Fact, Item
from models.train.mini.mentions import bare, packed
from models.train.mini.reading import Reading
from models.train.mini.screens import Screen, model_size

ROLES = {
    "title": "title", "button": "button", "check box": "check", "toggle": "toggle", "radio button": "radio", "tab": "tab", "menu": "menu",
    "menu item": "entry", "text field": "field", "combo box": "combo", "link": "link", "header": "header", "cell": "cell", "list item": "list",
    "tree item": "list", "icon": "icon",
}  # fmt: skip
"""roles of the accessibility tree → what the generator calls them; the others are plain text"""
AS_READ = {"menu": "menu item", "tree item": "list item", "toggle": "check box"}
"""roles that the reader calls otherwise than the tree"""
_LIKE = 0.6
"""likeness of a line's text and an element's from which they are the same"""
_PIXEL: dict[str, Colour] = {
    "black": (16, 16, 16), "grey": (128, 128, 128), "white": (250, 250, 250), "red": (215, 40, 40), "orange": (240, 140, 30),
    "yellow": (240, 220, 50),
    "green": (50, 160, 70), "cyan": (70, 190, 225), "blue": (40, 90, 210), "purple": (130, 60, 170), "pink": (240, 120, 170), "brown": (120, 75, 40),
}  # fmt: skip


@dataclass(frozen=True)
class Element:
    """One element of a window, as the accessibility tree has it."""

    text: str
    box: Box
    role: str | None
    states: tuple[str, ...]


@dataclass(frozen=True)
class Window:
    """One recorded window and the lines that the reader finds in it."""

    picture: Path
    size: tuple[int, int]
    elements: tuple[Element, ...]
    lines: tuple[TextLine, ...] = field(repr=False)


def load(picture: Path) -> Window:
    """A recorded window. Raises OSError, KeyError or ValueError where it was not recorded, or not read."""
    told = json.loads(picture.with_suffix(".json").read_text(encoding="utf-8"))
    read = json.loads(picture.with_suffix(".read.json").read_text(encoding="utf-8"))
    elements = tuple(
        Element(
            line["text"], Box(*line["box"]), line.get("role"), tuple((line.get("state") or "").split(","))
        )
        for line in told["lines"]
        if not _own_words(line["text"])
    )
    lines = tuple(
        TextLine(text, Box(*box), score, *rest) for text, box, score, *rest in read if not _own_words(text)
    )
    return Window(picture, (told["size"][0], told["size"][1]), elements, lines)


def _own_words(text: str) -> bool:
    """Whether a text looks like the program's own English sentence, which no catalogue of ours replaced."""
    return len(re.findall("[A-Za-z]{3,}", text)) >= 3


@lru_cache(maxsize=2)
def load_all(folder: Path) -> tuple[Window, ...]:
    """All windows of a folder that were recorded and read."""
    pictures = (file.with_suffix("").with_suffix(".png") for file in sorted(folder.glob("*.read.json")))
    return tuple(load(file) for file in pictures if file.is_file() and file.with_suffix(".json").is_file())


def read_all(folder: Path, read: Callable[[Frame], Sequence[TextLine]], say: Callable[[str], None]) -> int:
    """Read every recorded window that was not read yet with `read`; how many were."""
    import numpy as np

    waiting = [
        file
        for file in sorted(folder.glob("*.png"))
        if file.with_suffix(".json").is_file() and not file.with_suffix(".read.json").is_file()
    ]
    for n, file in enumerate(waiting, 1):
        with Image.open(file) as opened:
            frame = Frame(np.ascontiguousarray(opened.convert("RGB")))
        rows = [
            [line.text, list(line.box), line.score, line.role, line.state, line.ink, line.paper]
            for line in read(frame)
        ]
        file.with_suffix(".read.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        say(f"{n}/{len(waiting)} {file.stem}: {len(rows)} lines")
    return len(waiting)


def make(window: Window, picture: bool, rng: random.Random) -> Screen:
    """The training screen of a window: the reader's lines with the tree's roles and states, some of them lost, since the
    reader's own classifier changes from version to version."""
    told, lost = rng.random() < 0.9, rng.random() * 0.15
    lines = [replace(line, role=None, state=None) for line in window.lines]
    items: list[Item] = []
    numbers: dict[int, tuple[int, ...]] = {}
    owners: dict[int, list[int]] = {}
    for element in window.elements:
        held = _lines_of(element, window.lines)
        first = window.lines[held[0] - 1] if held else None
        item = Item(
            element.text, element.box, _pixel(first.ink if first else None), _pixel(first.paper if first else None),
            ROLES.get(element.role or "", "text"), _state(element.states),
        )  # fmt: skip
        items.append(item)
        if held:
            numbers[id(item)] = held
            for number in held:
                owners.setdefault(number, []).append(id(item))
                if told and rng.random() >= lost:
                    role, state = AS_READ.get(element.role or "", element.role), _state(element.states)
                    lines[number - 1] = replace(
                        lines[number - 1],
                        role=role if role in prompts.ROLES else None,
                        state=state if rng.random() >= lost else None,
                    )
    reading = Reading(tuple(lines), numbers, {i for held in owners.values() if len(held) > 1 for i in held})
    image = None
    if picture:
        with Image.open(window.picture) as opened:
            image = opened.convert("RGB").resize(model_size(*window.size), Image.Resampling.BICUBIC)
    return Screen(window.size, items, facts_of(items), reading, "", image)


def _pixel(name: str | None) -> Colour:
    return _PIXEL[name] if name in colours.NAMES else (128, 128, 128)


def _state(states: tuple[str, ...]) -> str | None:
    known = ("disabled", "checked", "selected", "unchecked", "expanded", "focused")
    return next((state for state in known if state in states), None)


def _lines_of(element: Element, lines: Sequence[TextLine]) -> tuple[int, ...]:
    """Numbers (from 1) of the lines that are an element's text; none where the reader found something else there."""
    inside = [
        n
        for n, line in enumerate(lines, 1)
        if element.box.x - 2 <= line.box.centre[0] <= element.box.right + 2
        and element.box.y - 2 <= line.box.centre[1] <= element.box.bottom + 2
    ]
    wanted = packed(element.text)
    if len(inside) == 1 and _alike(packed(lines[inside[0] - 1].text), wanted):
        return tuple(inside)
    joined = "".join(packed(lines[n - 1].text) for n in inside)
    return tuple(inside) if len(inside) in (2, 3) and _alike(joined, wanted) else ()


def _alike(read: str, wanted: str) -> bool:
    return bool(read and wanted) and difflib.SequenceMatcher(None, read, wanted).ratio() >= _LIKE


# --- what can be asked -----------------------------------------------------------------------------------------------


def facts_of(items: Sequence[Item]) -> list[Fact]:
    """All that the tree tells of a window which a question may be about."""
    by_role: dict[str, list[Item]] = {}
    for item in items:
        by_role.setdefault(item.role or "", []).append(item)
    found = [Fact("title", (), (item,)) for item in by_role.get("title", ())[:1]]
    for role, noun in (("tab", "탭"), ("menu", "메뉴"), ("entry", "메뉴 항목")):
        rows = _rows(by_role.get(role, ()))
        if len(rows) == 1 or (role == "entry" and rows):
            found.append(Fact("group", (), tuple(by_role[role]), noun))
        for row in rows if role == "tab" else ():
            open_ones = [item for item in row if item.state == "selected"]
            if len(open_ones) == 1 and len(row) > 1:
                found.append(Fact("chosen", (), (open_ones[0],), noun))
    for item in items:
        if item.role in ("button", "entry", "link"):
            found.append(Fact("off" if item.state == "disabled" else "press", (), (item,)))
        if item.role in ("check", "toggle", "radio") and item.state in ("checked", "unchecked"):
            found.append(Fact("state", (), (item,), "on" if item.state == "checked" else "off"))
    found += _rows_chosen(by_role)
    found += _boxes([*by_role.get("check", ()), *by_role.get("toggle", ())])
    return found + _values(items)


def _rows(items: Sequence[Item]) -> list[list[Item]]:
    """Items on one level beside each other."""
    rows: list[list[Item]] = []
    for item in sorted(items, key=lambda i: i.box.centre[1]):
        if rows and abs(rows[-1][0].box.centre[1] - item.box.centre[1]) < item.box.height * 0.6:
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def _rows_chosen(by_role: dict[str, list[Item]]) -> list[Fact]:
    """The chosen row of a list, named by its first cell."""
    found = []
    for role in ("list", "cell", "icon"):
        chosen = [item for item in by_role.get(role, ()) if item.state == "selected"]
        rows = _rows(chosen)
        if len(rows) == 1:
            found.append(Fact("chosen", (), (min(rows[0], key=lambda i: i.box.x),), "항목"))
    return found


def _boxes(items: Sequence[Item]) -> list[Fact]:
    """The check boxes that are on, and all of them."""
    every = [item for item in items if item.state in ("checked", "unchecked")]
    if len(every) < 2 or len(every) != len(items):
        return []
    on = tuple(item for item in every if item.state == "checked")
    return [Fact("checked", (), on, number=len(every)), Fact("boxes", (), tuple(every))]


def _values(items: Sequence[Item]) -> list[Fact]:
    """What fields and combo boxes hold, by the label left of them or over them."""
    labels = [i for i in items if i.role == "text" and 2 <= len(packed(i.text)) <= 16]
    found = []
    for item in items:
        if item.role not in ("field", "combo") or not packed(item.text):
            continue
        beside = [i for i in labels if _beside(i.box, item.box)]
        if beside:
            label = max(beside, key=lambda i: i.box.x)
            kind = "choice" if item.role == "combo" and random.Random(item.text).random() < 0.5 else "value"
            targets = (item, label) if kind == "choice" else (label, item)
            found.append(Fact(kind, (bare(label.text),), targets, "text"))
    return found


def _beside(label: Box, box: Box) -> bool:
    level = abs(label.centre[1] - box.centre[1]) < 0.6 * max(label.height, box.height)
    return level and 0 <= box.x - label.right < 8 * label.height
