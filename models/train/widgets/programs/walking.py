"""Walks through a program at random: tabs, rows, marks, menus, dialogs. Says what to do next; knows no display."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

MENU_ITEMS = ("menu item", "check menu item", "radio menu item")
ROWS = ("table cell", "list item", "tree item", "icon", "table row")
MARKS = ("check box", "radio button", "switch", "toggle")
OPENERS = re.compile(
    r"prefer|setting|option|propert|configur|new[ _]*tab|new document|find|replace|column|print|page setup|shortcut|plug|"
    r"customi|import|export|sort|filter|search|encoding|font|colou?r|view|mode|format|insert|tools?|add|manage|edit|bookmark|"
    r"profile|account|rename|go to|statistic|history",
    re.IGNORECASE,
)
HARMFUL = re.compile(
    r"quit|close|exit|log.?out|shut|delete|remove|full.?screen|hide|minimi|iconif|help|about|report|web",
    re.IGNORECASE,
)
WEIGHTS = {
    "tab": 4.0,
    "row": 4.0,
    "mark": 4.0,
    "menu": 1.6,
    "combo": 0.8,
    "button": 1.0,
    "context": 0.5,
    "key": 0.3,
    "toggle": 0.7,
}


class Acted(Protocol):
    """What the tree tells of an element (`tree.Element`)."""

    role: str
    name: str
    box: tuple[int, int, int, int]
    states: frozenset[str]
    popup: bool


@dataclass(frozen=True)
class Step:
    """What to do: click these points one after the other with `button`, a modifier held for the second on."""

    kind: str
    points: tuple[tuple[float, float], ...] = ()
    button: int = 1
    modifier: str | None = None
    key: str | None = None


def middle(box: Sequence[int]) -> tuple[float, float]:
    return box[0] + box[2] / 2, box[1] + box[3] / 2


def next_step(
    elements: Sequence[Acted], meanings: Mapping[str, str], rng: random.Random, more: Mapping[str, float]
) -> Step | None:
    """A step in the window in front. `meanings`: text as shown → the program's own message. `more`: factors of kinds."""
    if any(element.popup and element.role in MENU_ITEMS for element in elements):
        return in_menu(elements, meanings, rng)
    choices = {kind: found for kind, found in by_kind(elements, meanings).items() if found}
    choices["key"] = []
    names = sorted(choices)
    kind = rng.choices(names, [WEIGHTS[name] * more.get(name, 1.0) for name in names])[0]
    found = choices[kind]
    if kind == "key":
        return Step("key", key=rng.choice(("Tab", "Tab", "Down")))
    if kind == "mark":
        some = rng.sample(found, min(len(found), rng.randint(1, 5)))
        return Step(kind, tuple(on_mark(element) for element in some))
    if kind == "row":
        some = rng.sample(found, min(len(found), 2 if rng.random() < 0.15 else 1))
        return Step(kind, tuple(on_row(element) for element in some), modifier="Control_L")
    one = rng.choice(found)
    return Step(
        kind, (on_row(one) if kind == "context" else middle(one.box),), button=3 if kind == "context" else 1
    )


def by_kind(elements: Sequence[Acted], meanings: Mapping[str, str]) -> dict[str, list[Acted]]:
    """The elements that each kind of step can be done with."""
    alive = [e for e in elements if "sensitive" in e.states or "enabled" in e.states]
    rows = [e for e in alive if e.role in ROWS and not e.popup and 10 < e.box[3] < 160]
    buttons = [e for e in alive if e.role in ("push button", "button") and not e.popup]
    return {
        "tab": [e for e in alive if e.role == "page tab" and "selected" not in e.states],
        "row": rows,
        "context": [e for e in rows if e.name],
        "mark": [e for e in alive if e.role in MARKS and e.box[3] < 90 and not e.popup],
        "menu": [e for e in alive if e.role == "menu" and not e.popup],
        "combo": [e for e in alive if e.role == "combo box" and not e.popup],
        "toggle": [e for e in alive if e.role == "toggle button" and not e.popup],
        "button": [e for e in buttons if opens(e.name, meanings) or (not e.name and e.box[2] < 60)],
    }


def opens(name: str, meanings: Mapping[str, str]) -> bool:
    message = meanings.get(name, "")
    return bool(OPENERS.search(message)) and not HARMFUL.search(message)


def on_mark(element: Acted) -> tuple[float, float]:
    """Where to click a check box: its left end, as its label may be narrower than its box; a switch in its middle."""
    x, y, w, h = element.box
    return (
        (x + min(w / 2, h * 0.6), y + h / 2)
        if element.role in ("check box", "radio button")
        else middle(element.box)
    )


def on_row(element: Acted) -> tuple[float, float]:
    x, y, w, h = element.box
    return x + min(w / 2, 40), y + h / 2


def in_menu(elements: Sequence[Acted], meanings: Mapping[str, str], rng: random.Random) -> Step:
    """In an open menu: choose something that opens a window or has a mark, point at an entry, or close it."""
    items = [e for e in elements if e.popup and e.role in MENU_ITEMS and "sensitive" in e.states]
    opening = [e for e in items if e.role == "menu item" and opens(e.name, meanings)]
    marked = [e for e in items if e.role != "menu item" and not HARMFUL.search(meanings.get(e.name, "hide"))]
    inner = [e for e in elements if e.popup and e.role == "menu" and "sensitive" in e.states]
    draw = rng.random()
    if opening and draw < 0.6:
        return Step("open", (middle(rng.choice(opening).box),))
    if marked and draw < 0.75:
        return Step("choose", (middle(rng.choice(marked).box),))
    if inner and draw < 0.82:
        return Step("submenu", (middle(rng.choice(inner).box),))
    if items and draw < 0.9:
        return Step("point", (middle(rng.choice(items).box),), button=0)
    return Step("escape", key="Escape")
