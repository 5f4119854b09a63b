"""Where lines stand and what their texts look like, in numbers; which lines are near each other, and how they lie."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from models.runtimes.screen_widgets_views import LEAST_HEIGHT

NEIGHBOURS = 20
"""lines that each line is compared with; itself is the first"""
CHUNK = 256
"""lines whose distances to all others are worked out at once"""
MARKS = "□■☐☑☒▢▣✓✔√○●◉◎⊙◯®©ㅁㅇ☆Oo0ⓞ"
"""what the recogniser makes of a check box or radio button that it took for the first character"""
SURE_MARKS = "□○☐☑●■◉✓✔"
"""those that are marks even without a blank behind them"""
CROSSES = "×xX✕⊗"
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\([A-Z0-9]\)", r"[::]$", r"(…|\.\.\.?)$", r"^[\d\s,.%:₩$+\-/()]+$", r"\d", r"[A-Za-z]{2}", r"[가-힣]", r"://|www\.|\.(com|kr|example|net)\b|@",
        r"\.[a-z0-9]{2,4}$", r"(다|요|오)[.!?]?$", r"[.!?]$", r"^[^\w\s]", r"(Ctrl|Alt|Shift|F\d)", r" [-—|–] ", r"^[A-Za-z]\w*\d*$", r"[{}();=<>]",
    )
)  # fmt: skip
NUMBERS = 14 + len(PATTERNS) + 3
PLACE = slice(0, 6)
"""where on the screen: the numbers that training hides at times"""
PAIR = 11


class Places(NamedTuple):
    """numbers (n, NUMBERS), neighbours (n, k) int64, pairs (n, k, PAIR): how the neighbours lie, in the line's heights."""

    numbers: np.ndarray
    neighbours: np.ndarray
    pairs: np.ndarray


def places_of(at: np.ndarray, letters: np.ndarray, size: tuple[int, int]) -> Places:
    """For n ≥ 1 lines of a picture of `size` (width, height): (n, 4) float32 boxes, and `letters_of` the text of each.

    k is NEIGHBOURS always; where there are fewer lines, a line is its own neighbour again.
    """
    near = neighbours_of(at)
    return Places(numbers_of(at, letters, size), near, pairs_of(at, near))


def numbers_of(at: np.ndarray, letters: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """(n, NUMBERS) float32 of (n, 4) boxes: place, size, kinds of characters."""
    x, y, w, h = at.T
    high = np.maximum(h, LEAST_HEIGHT)
    width, height = size
    columns = [
        x / width - 0.5, y / height - 0.5, squeezed(x / high), squeezed(y / high), squeezed((width - x - w) / high),
        squeezed((height - y - h) / high), np.log(w / high + 0.1) / 2 - 0.8, np.log(high / 16), squeezed(w / high), w / width,
        high / np.median(high) - 1, np.full(len(at), np.log(len(at)) / 4 - 1), w < 1.7 * h, h / high - 1,
    ]  # fmt: skip
    return np.concatenate([np.stack(columns, axis=1), letters], axis=1).astype(np.float32)


def letters_of(text: str) -> list[float]:
    """What a text's characters say of its kind, 0…1 each."""
    kinds = [float(pattern.search(text) is not None) for pattern in PATTERNS]
    return [*kinds, float(begins_with_mark(text)), float(text[-1:] in CROSSES), min(1.0, len(text) / 30)]


def begins_with_mark(text: str) -> bool:
    """Whether a text's first character is likely a mark that was read as one."""
    return len(text) > 1 and text[0] in MARKS and (text[1] == " " or text[0] in SURE_MARKS)


def squeezed(values: np.ndarray) -> np.ndarray:
    """Far things nearer: −∞…∞ → about −2…2, steepest at 0."""
    return np.sign(values) * np.log1p(np.abs(values)) / 2.5


def neighbours_of(at: np.ndarray) -> np.ndarray:
    """(n, k) int64: the nearest lines of each, by the gaps between boxes; those in the same row count as nearer."""
    count = len(at)
    near = np.zeros((count, NEIGHBOURS), dtype=np.int64)
    x, y, w, h = at.T
    for first in range(0, count, CHUNK):
        own = slice(first, min(count, first + CHUNK))
        high = np.maximum(h[own], LEAST_HEIGHT)[:, None]
        across = np.maximum(x[None] - (x + w)[own, None], x[own, None] - (x + w)[None]).clip(0) / high
        down = np.maximum(y[None] - (y + h)[own, None], y[own, None] - (y + h)[None]).clip(0) / high
        sideways = np.abs(x[None] - x[own, None]) / high
        apart = np.sqrt(across * 1.5) + down + 0.05 * np.sqrt(sideways)
        apart[np.arange(len(apart)), np.arange(first, first + len(apart))] = -1
        kept = min(count, NEIGHBOURS)
        order = np.argpartition(apart, kept - 1, axis=1)[:, :kept]
        order = np.take_along_axis(order, np.take_along_axis(apart, order, axis=1).argsort(axis=1), axis=1)
        near[own, :kept] = order
        near[own, kept:] = np.arange(first, first + len(apart))[:, None]
    return near


def pairs_of(at: np.ndarray, near: np.ndarray) -> np.ndarray:
    """(n, k, PAIR) float32: how each neighbour lies from its line."""
    x, y, w, h = at.T
    high = np.maximum(h, LEAST_HEIGHT)
    own = high[:, None]
    right, middle = x + w, y + h / 2
    shared = np.minimum(right[near], right[:, None]) - np.maximum(x[near], x[:, None])
    lies = [
        squeezed((x[near] - x[:, None]) / own), squeezed((right[near] - right[:, None]) / own),
        squeezed((x[near] - right[:, None]) / own), squeezed((right[near] - x[:, None]) / own),
        squeezed((middle[near] - middle[:, None]) / own), np.log(high[near] / own),
        np.abs(middle[near] - middle[:, None]) < 0.5 * own, np.abs(x[near] - x[:, None]) < 0.35 * own,
        np.abs(right[near] - right[:, None]) < 0.35 * own, (shared / np.minimum(w[near], w[:, None])).clip(-1, 1),
        near == np.arange(len(at))[:, None],
    ]  # fmt: skip
    return np.stack([one.astype(np.float32) for one in lies], axis=-1)
