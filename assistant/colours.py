"""The twelve colour names that screens are described with, and the nearest one to a pixel."""

from __future__ import annotations

import colorsys
from collections import Counter

import numpy as np

from assistant.frames import Box

NAMES = (
    "black", "grey", "white", "red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink", "brown",
)  # fmt: skip
KOREAN = {
    "black": "검은색", "grey": "회색", "white": "흰색", "red": "빨간색", "orange": "주황색", "yellow": "노란색",
    "green": "초록색", "cyan": "하늘색", "blue": "파란색", "purple": "보라색", "pink": "분홍색", "brown": "갈색",
}  # fmt: skip


def nearest(red: int, green: int, blue: int) -> str:
    """The name of an RGB colour (0…255 each), by hue with thresholds for grey, dark and pale tones."""
    hue, lightness, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    chroma = max(red, green, blue) - min(red, green, blue)
    if chroma < 28 or (lightness > 0.93 and chroma < 36):
        return "black" if lightness < 0.27 else "white" if lightness > 0.86 else "grey"
    if lightness < 0.09:
        return "black"
    degrees = hue * 360
    if degrees < 14 or degrees >= 345:
        return "pink" if lightness > 0.72 else "red"
    if degrees < 42:
        return "brown" if lightness < 0.38 or saturation < 0.4 else "orange"
    if degrees < 68:
        return "brown" if lightness < 0.22 else "yellow"
    if degrees < 165:
        return "green"
    if degrees < 202:
        return "cyan"
    if degrees < 255:
        return "blue"
    if degrees < 292:
        return "purple"
    return "pink" if lightness > 0.35 else "purple"


def mark_beside(pixels: np.ndarray, box: Box) -> str | None:
    """The colour of a mark at the left of a line, such as a chart's legend has; None where nothing there is coloured.

    `pixels` is the frame, (height, width, 3) uint8 RGB; `box` is the line's.
    """
    high = max(6, box.height)
    left, right = max(0, box.x - 2 * high), box.x + high
    seen = pixels[max(0, box.y) : box.bottom, left:right].reshape(-1, 3)
    if not len(seen):
        return None
    loud = seen[(seen.max(-1).astype(int) - seen.min(-1)) > 70]
    if len(loud) < 0.04 * high * high:
        return None
    names = Counter(nearest(*pixel) for pixel in loud[:: max(1, len(loud) // 200)].tolist())
    return names.most_common(1)[0][0]
