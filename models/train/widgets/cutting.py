"""Text lines inside the known elements of a drawn window, cut as the reader cuts them, without its detector: much cheaper."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from assistant.frames import Box
from models.runtimes.screen_text_cutting import cut_lines, paper_of, stretches_of
from models.runtimes.screen_text_detector import Found

LEAST, MOST = 7, 64
"""heights of text, in pixels"""
INK = 40
TALLER, LOWER = 1.8, 0.45
"""a band of ink this many times higher or lower than the window's usual text is no text"""


@dataclass(frozen=True)
class Element:
    """A widget as the drawing program told it; `text` is empty where it told none."""

    role: str | None
    box: Box
    states: tuple[str, ...]
    text: str = ""


def lines_in(image: np.ndarray, elements: list[Element], rng: random.Random) -> list[tuple[Box, str]]:
    """Box and text of the text lines in the elements of one window, each once; texts are empty where several lines are in one."""
    bands = [(band, element) for element in elements for band in bands_of(image, element.box)]
    heights = [band.height for band, _ in bands if band.height <= 40]
    if not heights:
        return []
    usual = float(np.median(heights))
    boxes: list[Box] = []
    texts: list[str] = []
    for band, element in bands:
        if LOWER * usual < band.height < TALLER * usual:
            cut = text_boxes(image, band, element, rng)
            fresh = [box for box in cut if not taken(box, boxes)]
            boxes += fresh
            texts += [element.text if len(cut) == 1 else ""] * len(fresh)
    return list(zip(boxes, texts, strict=True))


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
