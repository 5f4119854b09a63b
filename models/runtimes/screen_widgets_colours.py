"""The colours of a text line and of what is around it, exact where the scaled views are not: papers, borders, underlines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from assistant.frames import Box
from models.runtimes.screen_widgets_views import LEAST_HEIGHT, OUTSIDE

ASIDE = (0.0, 0.3, 0.7, 1.2, 2.0, 3.5, 6.0, 10.0, 16.0)
"""edges of the parts left and right of a line whose colours are told, in heights of the line"""
ABOVE = (0.0, 0.15, 0.3, 0.5, 0.75, 1.05, 1.4)
"""edges of the parts above and below it"""
PROBES = 2 + 2 * (len(ASIDE) - 1) + 2 * (len(ABOVE) - 1)
"""paper, ink, left, right, above, below"""


def probes_of(image: np.ndarray, boxes: Sequence[Box]) -> np.ndarray:
    """(n, PROBES, 3) uint8: paper and ink of each line; of each part left and right of it the middle colour; of each
    part above and below the colour of the row that differs most from the paper. Grey beyond the picture."""
    probes = np.full((len(boxes), PROBES, 3), OUTSIDE, dtype=np.uint8)
    for number, box in enumerate(boxes):
        high = max(LEAST_HEIGHT, box.height)
        paper, ink = paper_and_ink(image[box.y : box.bottom, box.x : box.right])
        probes[number, 0], probes[number, 1] = paper, ink
        at = 2
        middle = box.y + box.height / 2
        band = slice(max(0, round(middle - 0.35 * high)), round(middle + 0.35 * high) + 1)
        for start, end in parts(box.x, ASIDE, high, -1, image.shape[1]):
            if end > start:
                probes[number, at] = middle_colour(image[band, start:end])
            at += 1
        for start, end in parts(box.right, ASIDE, high, 1, image.shape[1]):
            if end > start:
                probes[number, at] = middle_colour(image[band, start:end])
            at += 1
        columns = slice(box.x, box.right)
        for edge, way in ((box.y, -1), (box.bottom, 1)):
            spans = parts(edge, ABOVE, high, way, image.shape[0])
            first = min(start for start, _ in spans)
            rows = image[first : max(end for _, end in spans), columns].mean(axis=1)
            apart = np.abs(rows - paper).sum(axis=1)
            for start, end in spans:
                if end > start:
                    probes[number, at] = rows[start - first + apart[start - first : end - first].argmax()]
                at += 1
    return probes


def parts(edge: int, shares: Sequence[float], high: int, way: int, size: int) -> list[tuple[int, int]]:
    """Start and end of the stretches away from `edge`, at least a pixel each, cut to 0…size (end ≤ start when outside)."""
    edges = [round(share * high) for share in shares]
    made = []
    for near, next_near in pairwise(edges):
        far = max(next_near, near + 1)
        start, end = (edge + near, edge + far) if way > 0 else (edge - far, edge - near)
        made.append((max(0, start), min(size, end)))
    return made


def middle_colour(pixels: np.ndarray) -> np.ndarray:
    """(3,) of (h, w, 3): the median of up to some sixty of them."""
    step = max(1, pixels.shape[1] // 8)
    some = pixels[:: max(1, pixels.shape[0] // 7), ::step].reshape(-1, 3)
    middle = len(some) // 2
    return np.partition(some, middle, axis=0)[middle]


def paper_and_ink(pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(3,) each of a line's (h, w, 3) pixels: the commonest colour, and the middle of the tenth that differ most from it."""
    some = pixels.reshape(-1, 3)
    if len(some) > 1600:
        some = some[:: len(some) // 800]
    some = some.astype(np.int16)
    shades = some >> 4
    codes = shades[:, 0] << 8 | shades[:, 1] << 4 | shades[:, 2]
    counts = np.bincount(codes)
    paper = some[codes == counts.argmax()].mean(axis=0)
    contrast = np.abs(some - paper).sum(axis=1)
    strongest = np.argpartition(contrast, -max(1, len(some) // 10))[-max(1, len(some) // 10) :]
    return paper, some[strongest].mean(axis=0)
