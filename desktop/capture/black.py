"""Recognising a capture that shows nothing: what protected windows and missing permissions give."""

from __future__ import annotations

import numpy as np

NEARLY_BLACK = 8
"""of 255; protected video comes as 0, and as up to 4 after a colour profile"""
BORDER = 0.02
"""share of each side that does not count: a protected window still has its own frame's pixels"""


def is_black(image: np.ndarray) -> bool:
    """Whether an RGB image (height, width, 3) uint8 holds nothing but black inside its border.

    Every 16th pixel is looked at first, which ends at once for nearly every real screen.
    """
    height, width = image.shape[:2]
    top, left = int(height * BORDER), int(width * BORDER)
    inner = image[top : height - top or None, left : width - left or None]
    if inner.size == 0 or inner[::16, ::16].max() > NEARLY_BLACK:
        return False
    return bool(inner.max() <= NEARLY_BLACK)
