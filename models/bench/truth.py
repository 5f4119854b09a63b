"""What stands on the validation screens: their lines, from the programs' own accessibility trees."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.frames import Box, Frame
from assistant.images import open_image
from models.train.screen_text.charset import folded

LONGEST = 120
"""characters; longer texts are paragraphs that may be scrolled or cut"""
INTERFACE = frozenset({
    "button", "check box", "radio button", "tab", "menu", "menu item", "label", "header", "link", "list item", "title",
    "tree item", "combo box",
})  # fmt: skip
"""roles of what a program itself says; the others (cells, fields, documents, terminals) are what people wrote"""
ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "..."})
"""signs that cannot be told apart on a screen, or that the trees write either way"""


@dataclass(frozen=True)
class TrueLine:
    """One text on a screen, as its program says it."""

    text: str
    box: Box
    role: str
    state: str | None

    @property
    def clean(self) -> bool:
        """Whether it is interface text in full view: not greyed out, not cut short."""
        return self.role in INTERFACE and self.state != "disabled" and not self.text.endswith("...")


@dataclass(frozen=True)
class Screen:
    """One validation screen."""

    name: str
    picture: Path
    lines: tuple[TrueLine, ...]

    def frame(self) -> Frame:
        return open_image(self.picture)

    def size(self) -> tuple[int, int]:
        """Width and height of the picture."""
        from PIL import Image

        with Image.open(self.picture) as picture:
            return picture.size


def alike(text: str) -> str:
    """NFC, single blanks, look-alike signs made one: how both sides are compared."""
    return folded(text).translate(ALIKE)


def load_screens(folder: Path, every: int = 1) -> list[Screen]:
    """Every `every`th screen of `folder`, by name. Errors: FileNotFoundError when there are none."""
    files = sorted(file for file in folder.glob("*.json") if file.with_suffix(".png").exists())[::every]
    if not files:
        raise FileNotFoundError(f"no screens in {folder}")
    return [screen(file) for file in files]


def screen(file: Path) -> Screen:
    told = json.loads(file.read_text("utf-8"))
    lines = (
        TrueLine(alike(one["text"]), Box(*(round(n) for n in one["box"])), one["role"], one.get("state"))
        for one in told["lines"]
        if "\n" not in one["text"]
    )
    counted = tuple(line for line in lines if line.text and len(line.text) <= LONGEST)
    return Screen(file.stem, file.with_suffix(".png"), counted)


def changed_window(frame: Frame, other: np.ndarray) -> Frame:
    """`frame` with a window of a third of its width and two fifths of its height replaced by the middle of `other`."""
    width, height = frame.width // 3, frame.height * 2 // 5
    x, y = frame.width // 5, frame.height // 4
    width, height = min(width, other.shape[1]), min(height, other.shape[0])
    left, top = (other.shape[1] - width) // 2, (other.shape[0] - height) // 2
    image = frame.image.copy()
    image[y : y + height, x : x + width] = other[top : top + height, left : left + width]
    return Frame(image, frame.source, frame.title)
