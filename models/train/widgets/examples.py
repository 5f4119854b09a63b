"""Turns pictures of windows and their truth into what the networks learn from. One npz file a window.

Two kinds of truth are understood: `elements` of the drawing programs, inside which lines are cut as the reader cuts them, and
`lines` of recorded programs (the format of tests/screens), whose pictures the reader itself reads.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.frames import Box, Frame, TextLine
from models.runtimes.screen_widgets import ROLES, STATES, without_marks
from models.runtimes.screen_widgets_colours import probes_of
from models.runtimes.screen_widgets_marks import marks_of
from models.runtimes.screen_widgets_parting import with_marks_parted
from models.runtimes.screen_widgets_places import letters_of
from models.runtimes.screen_widgets_views import views_of
from models.train.widgets.cutting import LEAST, Element, lines_in
from models.train.widgets.measure import matched, truth_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

UNKNOWN = -1
"""role of a line that the truth does not hold"""


@dataclass(frozen=True)
class Example:
    """One line of text: its box and what it is."""

    box: Box
    text: str
    role: int
    states: tuple[bool, ...]


def read_elements(record: dict, size: tuple[int, int]) -> list[Element]:
    """The elements of a picture of `size`, cut to it; those outside left out."""
    found = []
    for one in record["elements"]:
        box = Box(*one["box"]).clipped(*size)
        if box.width >= LEAST and box.height >= LEAST and one["role"] in ROLES:
            found.append(Element(one["role"], box, tuple(one["states"]), one.get("text", "")))
    return found


def drawn(image: np.ndarray, record: dict, rng: random.Random) -> list[Example]:
    """The lines in the elements that a drawing program told, with what they are."""
    elements = read_elements(record, (image.shape[1], image.shape[0]))
    return [described(box, text, elements) for box, text in lines_in(image, elements, rng)]


def recorded(truth: Path, lines: Sequence[TextLine]) -> list[Example]:
    """Lines with what the truth says of the text that each reads; UNKNOWN where it says nothing."""
    told = truth_of(truth)
    known = {
        id(line): (ROLES.index(one.role), tuple(state in one.states for state in STATES))
        for one, line in matched(told, {told[0].screen: lines} if told else {})
        if line is not None and one.role in ROLES and not one.drawn_otherwise
    }
    nothing = (UNKNOWN, (False,) * len(STATES))
    return [Example(line.box, line.text, *known.get(id(line), nothing)) for line in lines]


def described(box: Box, text: str, elements: Sequence[Element]) -> Example:
    """The line with role and states of the smallest element that holds its middle; plain text where none does."""
    x, y = box.centre
    around = [e for e in elements if e.box.x <= x < e.box.right and e.box.y <= y < e.box.bottom]
    owners = [e for e in around if e.role is not None] or around
    if not owners:
        return Example(box, text, 0, (False,) * len(STATES))
    owner = min(reversed(owners), key=lambda e: e.box.width * e.box.height)
    return Example(box, text, ROLES.index(owner.role), tuple(state in owner.states for state in STATES))


def lines_of(image: np.ndarray, kept: Path, read: Callable[[Frame], Sequence[TextLine]]) -> list[TextLine]:
    """The lines of a picture, read once and then kept as JSON: text and box of each."""
    if not kept.exists():
        told = [[line.text, list(line.box)] for line in read(Frame(image))]
        kept.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return [TextLine(one[0], Box(*one[1])) for one in json.loads(kept.read_text(encoding="utf-8"))]


def prepare(folder: Path, cache: Path, read: Callable[[Frame], Sequence[TextLine]]) -> int:
    """Cut all windows of `folder` that are not in `cache` yet; returns how many new ones. Recorded ones are read with `read`."""
    from PIL import Image

    cache.mkdir(parents=True, exist_ok=True)
    new = 0
    for truth in sorted(folder.glob("*.json")):
        target, picture = cache / f"{truth.stem}.npz", truth.with_suffix(".png")
        if target.exists() or not picture.exists():
            continue
        with Image.open(picture) as opened:
            image = np.ascontiguousarray(opened.convert("RGB"))
        record = json.loads(truth.read_text(encoding="utf-8"))
        if "elements" in record:
            made = drawn(image, record, random.Random(truth.stem))
        else:
            lines = lines_of(image, cache / f"{truth.stem}.json", read)
            made = recorded(truth, [without_marks(image, line) for line in with_marks_parted(image, lines)])
        if any(one.role != UNKNOWN for one in made):
            save(image, made, target, "elements" not in record)
            new += 1
    return new


def save(image: np.ndarray, made: Sequence[Example], target: Path, recorded: bool = False) -> None:
    """Write all that training needs of one window; `recorded`: of a real program, not drawn for training."""
    boxes = [one.box for one in made]
    probes, views = probes_of(image, boxes), views_of(image, boxes)
    marks = marks_of(image, boxes, probes[:, 0])
    np.savez(
        target,
        near=views.near, far=views.far, marks=marks.crops, facts=marks.facts, probes=probes,
        boxes=np.array(boxes, dtype=np.float32), letters=np.array([letters_of(one.text) for one in made], dtype=np.float32),
        size=np.array([image.shape[1], image.shape[0]]), recorded=np.array(recorded),
        roles=np.array([one.role for one in made]), states=np.array([one.states for one in made]),
    )  # fmt: skip
