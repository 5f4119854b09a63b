"""What a text reader makes of a drawn screen: lines in reading order, with the mistakes readers make.

`numbers` says under which line numbers (from 1) each item is found; an item that was missed has none.
"""

# ruff: noqa: E501  (lists of Korean strings, where a syllable counts double)

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from assistant import colours, prompts
from assistant.frames import Box, TextLine
from models.train.mini.canvas import Item
from models.train.mini.wording import slip

JUNK = (
    "□",
    "=",
    "x",
    "0",
    "<",
    ">",
    "Q",
    "·",
    "ㅁ",
    "ㅇ",
    "三",
    "|",
    "v",
    "+",
    "o",
    "—",
    "×",
    "◎",
    "口",
    "1",
)
_LOOKS = {"0": "O", "O": "0", "1": "l", "l": "1", "I": "l", "5": "S", "8": "B", "rn": "m", ".": ",", ":": ".", "(": "〈", "이": "01", "을": "올",
          "음": "응", "를": "률", "의": "외", "니": "나", "다": "디", "파": "따", "정": "징"}  # fmt: skip
ROLES = {
    "title": "title", "button": "button", "task": "button", "check": "check box", "toggle": "check box", "radio": "radio button", "tab": "tab",
    "menu": "menu item", "entry": "menu item", "field": "text field", "combo": "combo box", "link": "link", "header": "header", "cell": "cell",
    "list": "list item", "file": "icon", "icon": "icon",
}  # fmt: skip
"""what the reader calls the roles of drawn items; the others are plain text"""
MISTAKEN = {
    "title": ("button", None), "button": ("tab", "combo box", "text field", "icon"), "check box": ("radio button", None), "radio button": ("check box", None),
    "tab": ("button", "header", None), "menu item": ("list item", "button", None), "text field": ("combo box", "cell", None), "combo box": ("button", "text field"),
    "link": (None, "button"), "header": ("cell", "tab", None), "cell": ("list item", None, "text field"), "list item": ("cell", "menu item", None), "icon": ("list item", "button", None),
    None: ("link", "cell", "button", "header", "list item"),
}  # fmt: skip
"""what a role is taken for when it is taken for another"""
SIGNED = {
    "check": 1.0,
    "radio": 1.0,
    "list": 0.35,
    "entry": 0.25,
    "cell": 0.08,
    "button": 0.1,
    "file": 0.1,
    "tab": 0.1,
    "combo": 0.2,
}
SIGNS = ("□", "□", "○", "O", "0", "J", "L", "v", "V", "M", "@", "Q", "三", "▷", "=", "◎", "<", "»", "e", "A")
FLIPPED = {
    "checked": "unchecked",
    "unchecked": "checked",
    "selected": "focused",
    "focused": "selected",
    "disabled": None,
    "expanded": None,
}


@dataclass
class Reading:
    """Text lines in reading order, and where each drawn item went."""

    lines: tuple[TextLine, ...]
    numbers: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """id(item) → line numbers from 1"""
    shared: set[int] = field(default_factory=set)
    """ids of items that share their line with another item"""

    def of(self, item: Item) -> tuple[int, ...]:
        return self.numbers.get(id(item), ())


@dataclass(frozen=True)
class Noise:
    """How well the reader reads."""

    characters: float = 0.0
    """share of characters that come out wrong"""
    missed: float = 0.0
    merged: float = 0.0
    """chance that neighbours with a narrow gap become one line"""
    split: float = 0.0
    junk: float = 0.0
    """junk lines per real line"""
    jitter: int = 0
    signs: float = 0.0
    """share of check boxes, radio buttons and entries whose sign is read as a character before their text"""
    reach: float = 1.3
    """how wide a gap (in heights) neighbours may have that are taken for one line"""
    colours: bool = True
    roles: bool = True
    states: bool = True
    no_role: float = 0.0
    """share of roles that are not told"""
    other_role: float = 0.0
    no_state: float = 0.0
    other_state: float = 0.0


def make_noise(rng: random.Random, clean: float = 0.35) -> Noise:
    """A reader's quality for one screen; `clean` of them read without mistakes.

    Of seven screens one comes without roles, and half of those without states: a reader without its classifier.
    """
    told, roles = rng.random() < 0.9, rng.random() >= 0.15
    states = roles or rng.random() < 0.5
    if rng.random() < clean:
        return Noise(colours=told, roles=roles, states=states)
    worst = rng.random() ** 2
    much = rng.random() * 2
    return Noise(
        characters=0.08 * worst, missed=0.03 * worst, merged=rng.choice((0, 0.3, 0.8)) * rng.random(),
        split=0.04 * worst, junk=0.1 * worst, jitter=rng.randint(0, 3), colours=told, roles=roles, states=states,
        no_role=0.1 * much, other_role=0.03 * much, no_state=0.07 * much, other_state=0.02 * much,
        signs=rng.choice((0.0, 0.1, 0.4)), reach=rng.choice((1.3, 1.3, 2.2, 3.5)),
    )  # fmt: skip


def rows_of(boxes: list[Box]) -> list[int]:
    """Indexes of `boxes` in reading order: rows from the top, inside a row from the left."""
    order = sorted(range(len(boxes)), key=lambda i: boxes[i].y + boxes[i].height / 2)
    rows: list[list[int]] = []
    for i in order:
        middle = boxes[i].y + boxes[i].height / 2
        if rows:
            first = boxes[rows[-1][0]]
            if abs(middle - first.y - first.height / 2) <= 0.5 * min(first.height, boxes[i].height):
                rows[-1].append(i)
                continue
        rows.append([i])
    return [i for row in rows for i in sorted(row, key=lambda i: boxes[i].x)]


def misread(text: str, rate: float, rng: random.Random) -> str:
    """`text` with about `rate` of its characters read wrongly."""
    if rate <= 0:
        return text
    out = []
    for character in text:
        if rng.random() >= rate:
            out.append(character)
        elif character in _LOOKS and rng.random() < 0.7:
            out.append(_LOOKS[character])
        elif (kind := rng.random()) < 0.45:
            out.append(
                slip(character * 3, rng)[1] if "가" <= character <= "힣" and rng.random() < 0.5 else ""
            )
        elif kind < 0.6:
            out.append(character + " ")
        elif "가" <= character <= "힣":
            out.append(
                chr(0xAC00 + (ord(character) - 0xAC00 + rng.choice((-28, 28, 1, 4, -4, 588, -588))) % 11172)
            )
    return "".join(out)


def _colour(value: tuple[int, int, int], noise: Noise, rng: random.Random) -> str | None:
    if not noise.colours:
        return None
    if rng.random() < 0.3 * noise.missed:
        return rng.choice(colours.NAMES)
    return colours.nearest(*value)


def _kind(item: Item, noise: Noise, rng: random.Random) -> tuple[str | None, str | None]:
    """(role, state) as the reader tells them."""
    role, state = ROLES.get(item.role or ""), item.state
    if rng.random() < noise.no_role:
        role = None
    elif rng.random() < noise.other_role:
        role = rng.choice(MISTAKEN[role])
    if state and rng.random() < noise.no_state:
        state = None
    elif rng.random() < noise.other_state:
        state = FLIPPED[state] if state else rng.choice(("selected", "disabled", "focused", None, None, None))
    return role if noise.roles else None, state if noise.states else None


def _line(item: Item, text: str, box: Box, noise: Noise, rng: random.Random) -> TextLine:
    jitter = (lambda: rng.randint(-noise.jitter, noise.jitter)) if noise.jitter else (lambda: 0)
    seen = Box(
        max(0, box.x + jitter()),
        max(0, box.y + jitter()),
        max(1, box.width + jitter()),
        max(1, box.height + jitter()),
    )
    role, state = _kind(item, noise, rng)
    if item.role in SIGNED and rng.random() < noise.signs * SIGNED[item.role]:
        text = rng.choice(SIGNS) + rng.choice(("", "", " ")) + text
    return TextLine(
        misread(text, noise.characters, rng), seen, score=1.0, role=role, state=state,
        ink=_colour(item.ink, noise, rng), paper=_colour(item.paper, noise, rng),
    )  # fmt: skip


def read(items: list[Item], size: tuple[int, int], noise: Noise, rng: random.Random) -> Reading:
    """Read the items of a screen of `size` (width, height)."""
    pieces: list[tuple[TextLine, tuple[int, ...]]] = []
    order = rows_of([item.box for item in items])
    for i in order:
        item = items[i]
        if rng.random() < noise.missed:
            continue
        words = item.text.split(" ")
        if len(words) > 3 and rng.random() < noise.split:
            at = rng.randint(1, len(words) - 1)
            parts = [" ".join(words[:at]), " ".join(words[at:])]
            share = len(parts[0]) / max(1, len(item.text))
            left = int(item.box.width * share)
            boxes = [
                item.box._replace(width=max(1, left)),
                item.box._replace(x=item.box.x + left + 4, width=max(1, item.box.width - left - 4)),
            ]
            pieces += [
                (_line(item, text, box, noise, rng), (id(item),))
                for text, box in zip(parts, boxes, strict=True)
            ]
            continue
        line = _line(item, item.text, item.box, noise, rng)
        if pieces and noise.merged and rng.random() < noise.merged:
            before, owners = pieces[-1]
            gap = line.box.x - before.box.right
            level = abs(before.box.y - line.box.y) < line.box.height // 3
            if level and 0 <= gap < noise.reach * line.box.height and before.paper == line.paper:
                pieces[-1] = (
                    replace(
                        before, text=f"{before.text} {line.text}", box=Box.around([before.box, line.box])
                    ),
                    (*owners, id(item)),
                )
                continue
        pieces.append((line, (id(item),)))
    for _ in range(sum(rng.random() < noise.junk for _ in items)):
        side = rng.randint(8, 20)
        at = Box(rng.randrange(max(1, size[0] - side)), rng.randrange(max(1, size[1] - side)), side, side)
        pieces.append((TextLine(rng.choice(JUNK), at, ink="grey" if noise.colours else None), ()))
    pieces = [piece for piece in pieces if prompts.plain(piece[0].text)]
    order = rows_of([line.box for line, _ in pieces])[: prompts.MAX_LINES]
    reading = Reading(tuple(pieces[i][0] for i in order))
    for number, i in enumerate(order, 1):
        for owner in pieces[i][1]:
            reading.numbers[owner] = (*reading.numbers.get(owner, ()), number)
            if len(pieces[i][1]) > 1:
                reading.shared.add(owner)
    return reading
