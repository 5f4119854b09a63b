"""How large a picture a model is shown: image tokens are most of what an answer costs, and small print comes as text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 1280 * 704
"""880 tokens of 32 × 32 pixels"""


def fitted(picture: Image.Image, most_pixels: int) -> Image.Image:
    """`picture`, made smaller where it has more pixels than that; its shape stays."""
    from PIL.Image import Resampling

    share = math.sqrt(most_pixels / (picture.width * picture.height))
    if share >= 1:
        return picture
    size = (max(1, int(picture.width * share)), max(1, int(picture.height * share)))
    return picture.resize(size, Resampling.LANCZOS)
