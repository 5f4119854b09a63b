"""Turns drawn windows and their truth into what the network learns from: views of lines with role and states.

Line boxes are made by the reader's own cutting, so that they take in or leave out an indicator as often as there.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from assistant.frames import Box
from models.runtimes.screen_text_cutting import cut_lines, paper_of, stretches_of
from models.runtimes.screen_text_detector import Found
from models.runtimes.screen_widgets import ROLES, STATES
from models.runtimes.screen_widgets_views import FAR, NEAR, Views, views_of

LEAST, MOST = 7, 64
"""heights of text, in pixels"""
INK = 40
TALLER, LOWER = 1.8, 0.45
"""a band of ink this many times higher or lower than the window's usual text is no text"""


@dataclass(frozen=True)
class Element:
    """A widget as the drawing program told it."""

    role: str | None
    box: Box
    states: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """One line of text: its box and what it is."""

    box: Box
    role: int
    states: tuple[bool, ...]


@dataclass(frozen=True)
class Examples:
    """Many lines: `views` with (n,) int64 roles and (n, states) bool."""

    views: Views
    roles: np.ndarray
    states: np.ndarray

    def __len__(self) -> int:
        return len(self.roles)


def read_elements(path: Path, size: tuple[int, int]) -> list[Element]:
    """The elements beside a picture of `size`, cut to it; those outside left out."""
    found = []
    for one in json.loads(path.read_text(encoding="utf-8"))["elements"]:
        box = Box(*one["box"]).clipped(*size)
        if box.width >= LEAST and box.height >= LEAST and one["role"] in ROLES:
            found.append(Element(one["role"], box, tuple(one["states"])))
    return found


def examples_of(image: np.ndarray, elements: list[Element], rng: random.Random) -> list[Example]:
    """The text lines in the elements of one window, each once, with what they are."""
    bands = [(band, element) for element in elements for band in bands_of(image, element.box)]
    heights = [band.height for band, _ in bands if band.height <= 40]
    if not heights:
        return []
    usual = float(np.median(heights))
    boxes: list[Box] = []
    for band, element in bands:
        if LOWER * usual < band.height < TALLER * usual:
            boxes += [box for box in text_boxes(image, band, element, rng) if not taken(box, boxes)]
    return [described(box, elements) for box in boxes]


def bands_of(image: np.ndarray, box: Box) -> Iterator[Box]:
    """Rows of ink inside an element, its frame left out."""
    edge = 3 if box.height > 16 else 1
    inner = Box(box.x + edge, box.y + edge, box.width - 2 * edge, box.height - 2 * edge)
    pixels = image[inner.y : inner.bottom, inner.x : inner.right]
    if pixels.size == 0:
        return
    mask = np.abs(pixels.astype(np.int16) - paper_of(pixels)).max(axis=2) > INK
    mask[mask.mean(axis=1) > 0.9] = False
    mask[:, mask.mean(axis=0) > 0.9] = False
    rows = mask.any(axis=1)
    rows[1:-1] |= rows[:-2] & rows[2:]
    for top, bottom in stretches_of(rows):
        columns = np.flatnonzero(mask[top:bottom].any(axis=0))
        if LEAST <= bottom - top <= MOST and len(columns) and columns[-1] - columns[0] > 3:
            yield Box(
                inner.x + int(columns[0]), inner.y + top, int(columns[-1] - columns[0]) + 1, bottom - top
            )


def text_boxes(image: np.ndarray, band: Box, element: Element, rng: random.Random) -> list[Box]:
    """The boxes that the reader would give the texts of a band; a lone indicator among them mostly left out."""
    room = max(2, round(0.25 * band.height))
    around = Box(band.x - room, band.y - room, band.width + 2 * room, band.height + 2 * room)
    around = around.clipped(image.shape[1], image.shape[0])
    boxes = [line.box for line in cut_lines(image, Found(band, around, 1.0))]
    squarish = [0.6 < box.width / box.height < 1.5 for box in boxes]
    marked = {"checked", "unchecked"} & set(element.states) or element.role in (
        "list item",
        "cell",
        "combo box",
        "menu item",
    )
    if marked and len(boxes) > 1 and rng.random() < 0.85:
        boxes = [box for box, square in zip(boxes, squarish, strict=True) if not square] or boxes
    if boxes and {"checked", "unchecked"} & set(element.states) and rng.random() < 0.35:
        boxes = [without_mark(image, boxes[0]), *boxes[1:]]
    return [jittered(box, rng, image.shape) for box in boxes if box.height >= LEAST]


def without_mark(image: np.ndarray, box: Box) -> Box:
    """The box without a squarish thing at its beginning, as when the detector has not taken it for text."""
    pixels = image[box.y : box.bottom, box.x : box.right]
    inked = (np.abs(pixels.astype(np.int16) - paper_of(pixels)).max(axis=2) > INK).any(axis=0)
    groups = stretches_of(inked)
    if len(groups) < 2 or groups[0][1] > 1.6 * box.height or groups[0][1] - groups[0][0] < 0.6 * box.height:
        return box
    start = groups[1][0]
    return Box(box.x + start - 1, box.y, box.width - start + 1, box.height) if box.width - start > 8 else box


def jittered(box: Box, rng: random.Random, shape: tuple[int, ...]) -> Box:
    """The box with its edges moved a little, as much as the reader's vary."""

    def off(share: float) -> int:
        return round(rng.gauss(0, share * box.height))

    left, top, right, bottom = off(0.05), off(0.06), off(0.06), off(0.06)
    moved = Box(box.x + left, box.y + top, box.width - left + right, box.height - top + bottom)
    moved = moved.clipped(shape[1], shape[0])
    return moved if moved.width > 3 and moved.height > 4 else box


def taken(box: Box, boxes: list[Box]) -> bool:
    """Whether another box has most of this one."""
    for other in boxes:
        across = min(box.right, other.right) - max(box.x, other.x)
        down = min(box.bottom, other.bottom) - max(box.y, other.y)
        if (
            across > 0
            and down > 0
            and across * down > 0.5 * min(box.width * box.height, other.width * other.height)
        ):
            return True
    return False


def described(box: Box, elements: list[Element]) -> Example:
    """The line with role and states of the smallest element that holds its middle; plain text where none does."""
    x, y = box.centre
    around = [e for e in elements if e.box.x <= x < e.box.right and e.box.y <= y < e.box.bottom]
    widgets = [e for e in around if e.role is not None]
    owners = widgets or around
    if not owners:
        return Example(box, 0, (False,) * len(STATES))
    owner = min(reversed(owners), key=lambda e: e.box.width * e.box.height)
    return Example(box, ROLES.index(owner.role), tuple(state in owner.states for state in STATES))


def cut_windows(folder: Path, cache: Path) -> int:
    """Cut all drawn windows in `folder` that are not cached yet; returns how many new ones. One npz file a window."""
    cache.mkdir(parents=True, exist_ok=True)
    new = 0
    for truth in sorted(folder.glob("*.json")):
        target = cache / f"{truth.stem}.npz"
        if target.exists() or not truth.with_suffix(".png").exists():
            continue
        image = np.array(Image.open(truth.with_suffix(".png")).convert("RGB"))
        elements = read_elements(truth, (image.shape[1], image.shape[0]))
        made = examples_of(image, elements, random.Random(truth.stem))
        if made:
            views = views_of(image, [one.box for one in made])
            np.savez(
                target,
                near=views.near,
                far=views.far,
                shape=views.shape,
                roles=np.array([one.role for one in made]),
                states=np.array([one.states for one in made]),
            )
            new += 1
    return new


def read_examples(files: list[Path]) -> Examples:
    """All lines of these cached windows, about 55 kB of memory each."""
    counts = [len(np.load(file, allow_pickle=False)["roles"]) for file in files]
    total, at = sum(counts), 0
    near = np.empty((total, *NEAR), dtype=np.uint8)
    far = np.empty((total, *FAR), dtype=np.uint8)
    shape = np.empty((total, 2), dtype=np.float32)
    roles = np.empty(total, dtype=np.int64)
    states = np.empty((total, len(STATES)), dtype=bool)
    for file, count in zip(files, counts, strict=True):
        part = slice(at, at + count)
        with np.load(file, allow_pickle=False) as held:
            near[part], far[part], shape[part] = held["near"], held["far"], held["shape"]
            roles[part], states[part] = held["roles"], held["states"]
        at += count
    return Examples(Views(near, far, shape), roles, states)
