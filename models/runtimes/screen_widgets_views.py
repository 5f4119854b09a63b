"""What the widget model sees of a line: the pixels around its beginning, its end, and a wide view of its neighbours.

All views are scaled so that the line's height is the same everywhere. Training and reading share this code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PIL import Image

from assistant.frames import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

NEAR_TEXT, FAR_TEXT = 14, 2.5
"""height of the line in the near and in the far view, in pixels"""
NEAR_HEIGHT, START_WIDTH, END_WIDTH = 40, 112, 48
START_LEFT, END_LEFT = 40, 16
"""how many of a near view's columns lie left of the line's beginning and of its end"""
FAR_HEIGHT, FAR_WIDTH, FAR_LEFT = 24, 64, 24
NEAR = (NEAR_HEIGHT, START_WIDTH + END_WIDTH, 4)
FAR = (FAR_HEIGHT, FAR_WIDTH, 4)
BAND_LEFT, BAND_RIGHT = 16, 61
"""how far colours and marks are looked for in a line's row, in its heights"""
LEAST_HEIGHT = 9
"""lines lower than this (a dash, "…") are taken to be of text this high"""
OUTSIDE = 128
"""grey of what lies beyond the picture's edge"""


class Views(NamedTuple):
    """near (n, 40, 160, 4), far (n, 24, 64, 4): uint8 RGB and a mask of the line's box; shape (n, 2) float32."""

    near: np.ndarray
    """the view of the beginning and, right of it, that of the end"""
    far: np.ndarray
    shape: np.ndarray
    """logarithms of the line's width in heights and of its height in pixels, about −1…1"""


def views_of(image: np.ndarray, boxes: Sequence[Box]) -> Views:
    """The views of lines with these boxes in (h, w, 3) uint8 `image`."""
    count = len(boxes)
    near = np.full((count, *NEAR), OUTSIDE, dtype=np.uint8)
    far = np.full((count, *FAR), OUTSIDE, dtype=np.uint8)
    shape = np.zeros((count, 2), dtype=np.float32)
    picture = Image.fromarray(image)
    for number, box in enumerate(boxes):
        high = max(LEAST_HEIGHT, box.height)
        middle = box.y + box.height / 2
        fill(
            near[number, :, :START_WIDTH],
            picture,
            box,
            (box.x, middle),
            left=START_LEFT,
            scale=NEAR_TEXT / high,
        )
        fill(
            near[number, :, START_WIDTH:],
            picture,
            box,
            (box.right, middle),
            left=END_LEFT,
            scale=NEAR_TEXT / high,
        )
        fill(far[number], picture, box, (box.x, middle), left=FAR_LEFT, scale=FAR_TEXT / high)
        shape[number] = np.log(box.width / high + 0.1) / 2 - 0.8, np.log(high / 16)
    return Views(near, far, shape)


def seen(box: Box) -> tuple[Box, Box]:
    """All that is looked at of a line: around it, and in the band of its row; may reach beyond the picture."""
    high = max(LEAST_HEIGHT, box.height)
    middle = box.y + box.height / 2
    right = max(
        box.x + (FAR_WIDTH - FAR_LEFT) * high / FAR_TEXT,
        box.right + (END_WIDTH - END_LEFT) * high / NEAR_TEXT,
    )
    left, tall = round(box.x - FAR_LEFT * high / FAR_TEXT), round(FAR_HEIGHT * high / FAR_TEXT)
    start = round(box.x - BAND_LEFT * high)
    return (
        Box(left, round(middle - tall / 2), round(right) - left, tall),
        Box(start, round(middle - high), round(box.right + BAND_RIGHT * high) - start, 2 * high),
    )


def fill(
    view: np.ndarray, picture: Image.Image, box: Box, at: tuple[float, float], *, left: int, scale: float
) -> None:
    """Write into (H, W, 4) `view` what `picture` shows at `scale` when point `at` stands in the middle row, `left` columns in."""
    height, width = view.shape[:2]
    x, y = at[0] - left / scale, at[1] - height / 2 / scale
    first_column, first_row = max(0, round(-x * scale)), max(0, round(-y * scale))
    columns = min(width, int((picture.width - x) * scale)) - first_column
    rows = min(height, int((picture.height - y) * scale)) - first_row
    if columns > 0 and rows > 0:
        x0, y0 = max(0.0, x), max(0.0, y)
        part = (x0, y0, min(picture.width, x0 + columns / scale), min(picture.height, y0 + rows / scale))
        seen = picture.resize((columns, rows), Image.Resampling.BILINEAR, part)
        view[first_row : first_row + rows, first_column : first_column + columns, :3] = np.asarray(seen)
    view[..., 3] = 0
    top, bottom = ((edge - y) * scale for edge in (box.y, box.bottom))
    begin, end = ((edge - x) * scale for edge in (box.x, box.right))
    view[max(0, round(top)) : max(0, round(bottom)), max(0, round(begin)) : max(0, round(end)), 3] = 255
