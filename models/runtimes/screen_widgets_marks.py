"""Looks for check marks, radio buttons, switches and icons beside and inside text lines, and cuts them out at one scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image

from assistant.frames import Box
from models.runtimes.screen_text_cutting import paper_of, stretches_of
from models.runtimes.screen_widgets_views import LEAST_HEIGHT, OUTSIDE, fill

SIDES = ("left", "inside", "right")
SIZE, TEXT = 32, 16
"""of a mark's picture, and height of the line in it, in pixels"""
MARKS = (len(SIDES), SIZE, SIZE, 4)
FACTS = 5
"""what is told of each mark in numbers"""
LEFT_REACH, RIGHT_REACH = 3.5, 60.0
"""how far from the text a mark is looked for, in heights of the line"""
BAND = 0.7
"""half the height of the band that is looked through, in heights of the line"""
INK = 24
FIRST_LOOK = 4
"""so many heights are looked through first"""
JOINED, THIN = 0.15, 0.2
"""gaps up to this are inside a mark; inked columns narrower than this and as high as the band are rules (both in heights)"""
WIDEST = 2.6
"""in heights; what is wider is no mark, and is seen from its near end"""
SQUARISH = 1.7
"""a line narrower than this many heights does not end the search: it may be the mark, read as a character"""


class Marks(NamedTuple):
    """crops (n, 3, 32, 32, 4) uint8: RGB and the mask of the line's box; facts (n, 3, 5) float32.

    Facts: whether something is there, how far from the text, its width and height (all in heights of the line), how full.
    """

    crops: np.ndarray
    facts: np.ndarray


def marks_of(
    image: np.ndarray,
    boxes: Sequence[Box],
    papers: np.ndarray,
    ends: tuple[np.ndarray, np.ndarray] | None = None,
) -> Marks:
    """The marks of the lines with these boxes on (n, 3) `papers`; where there is none, grey and zeros.

    `ends`: what `limits` says of these lines among all of the screen; without, these are all.
    """
    crops = np.full((len(boxes), *MARKS), OUTSIDE, dtype=np.uint8)
    crops[..., 3] = 0
    facts = np.zeros((len(boxes), len(SIDES), FACTS), dtype=np.float32)
    picture = Image.fromarray(image)
    lefts, rights = ends if ends is not None else limits(boxes, image.shape[1])
    for number, box in enumerate(boxes):
        high = max(LEAST_HEIGHT, box.height)
        paper = papers[number].astype(np.int16)
        top = max(0, round(box.y + box.height / 2 - BAND * high))
        bottom = round(box.y + box.height / 2 + BAND * high) + 1
        spans = (
            (max(lefts[number], box.x - round(LEFT_REACH * high)), box.x - 1, True),
            (max(0, box.x - 1), min(image.shape[1], box.right + 1, box.x + round(3 * high)), False),
            (box.right + 1, min(rights[number], box.right + round(RIGHT_REACH * high)), False),
        )
        for side, (start, end, backwards) in enumerate(spans):
            if end - start < 2:
                continue
            rows = (box.y, box.bottom) if side == 1 else (top, bottom)
            strip = image[rows[0] : rows[1], start:end]
            mask, found = looked_through(strip[:, ::-1] if backwards else strip, paper, high)
            if found is None:
                continue
            near, far = found
            part = mask[:, near:far]
            tall = np.flatnonzero(part.any(axis=1))
            wide = min(far - near, SIZE // TEXT * high)
            middle = near + wide / 2
            x = end - middle if backwards else start + middle
            y = rows[0] + (tall[0] + tall[-1] + 1) / 2
            fill(crops[number, side], picture, box, (x, y), left=SIZE // 2, scale=TEXT / high)
            size = (far - near) / high, (tall[-1] + 1 - tall[0]) / high
            facts[number, side] = 1, np.log1p(near / high), min(size[0], 3), min(size[1], 2), part.mean()
    return Marks(crops, facts)


def without_mark(image: np.ndarray, box: Box) -> Box:
    """The box without a squarish thing at its beginning: a mark that was taken for the text's first character."""
    pixels = image[box.y : box.bottom, box.x : box.right]
    groups = stretches_of(inked(pixels, paper_of(pixels)).any(axis=0))
    if len(groups) < 2:
        return box
    (left, right), start = groups[0], groups[1][0]
    squarish = 0.55 * box.height < right - left and right < 1.6 * box.height
    if not squarish or box.width - start < 8:
        return box
    return Box(box.x + start - 1, box.y, box.width - start + 1, box.height)


def looked_through(
    strip: np.ndarray, paper: np.ndarray, high: int
) -> tuple[np.ndarray, tuple[int, int] | None]:
    """Where the beginning of a (h, w, 3) strip is inked, and `first_run` of the whole strip.

    Most marks are near, so a longer and longer beginning is looked at until what follows cannot change the answer.
    """
    reach = FIRST_LOOK * high
    while True:
        mask = inked(strip[:, :reach], paper)
        found = first_run(mask, high)
        if reach >= strip.shape[1] or (found is not None and reach - found[1] > JOINED * high):
            return mask, found
        reach *= 3


def inked(pixels: np.ndarray, paper: np.ndarray) -> np.ndarray:
    """(h, w) bool: where a channel of (h, w, 3) uint8 pixels is more than INK away from the paper, (3,) int16."""
    other = np.zeros(pixels.shape[:2], dtype=bool)
    for channel, value in enumerate(paper.tolist()):
        least, most = max(0, value - INK), min(255, value + INK)
        other |= (
            pixels[..., channel] - np.uint8(least) > most - least
        )  # below `least` it wraps to a large number
    return other


def first_run(mask: np.ndarray, high: int) -> tuple[int, int] | None:
    """Start and end of the first inked columns that are no rule; None when there are none."""
    columns = mask.any(axis=0)
    full = mask.all(axis=0)
    run: tuple[int, int] | None = None
    for start, end in stretches_of(columns):
        if run is not None and start - run[1] > JOINED * high:
            break
        if run is None and end - start <= max(2, THIN * high) and full[start:end].any():
            continue
        run = (start if run is None else run[0], end)
        if run[1] - run[0] > WIDEST * high:
            break
    return run


def limits(boxes: Sequence[Box], width: int) -> tuple[np.ndarray, np.ndarray]:
    """For each line where its neighbours in the same row end (left of it) and begin (right of it)."""
    if not boxes:
        return np.zeros(0, dtype=int), np.zeros(0, dtype=int)
    x, y, w, h = np.array(boxes).T
    middle = y + h / 2
    level = np.abs(middle[:, None] - middle[None]) < 0.6 * np.maximum(h[:, None], h[None])
    level &= (w > SQUARISH * h)[None]
    np.fill_diagonal(level, False)
    before = level & ((x + w)[None] <= (x + 0.3 * h)[:, None])
    after = level & (x[None] >= (x + w - 0.3 * h)[:, None])
    lefts = np.where(before, (x + w)[None], 0).max(axis=1)
    rights = np.where(after, x[None], width).min(axis=1)
    return lefts.astype(int), rights.astype(int)
