"""A frame as Qwen3-VL wants it: resized, normalised, cut into patches. numpy and Pillow only.

Gives the same numbers as transformers' `Qwen2VLImageProcessor` on Pillow (a test holds them together).
Knows nothing about weights.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from assistant.errors import BadInput

if TYPE_CHECKING:
    from assistant.frames import Frame

MOST_LOPSIDED = 200
"""Sides of an image may differ this many times, as in transformers."""


@dataclass(frozen=True)
class ImageRules:
    """How a model's pictures are cut: `preprocessor_config.json`, with our own cap on pixels applied."""

    patch: int = 16
    merge: int = 2
    temporal: int = 2
    min_pixels: int = 65_536
    max_pixels: int = 901_120
    mean: tuple[float, ...] = (0.5, 0.5, 0.5)
    std: tuple[float, ...] = (0.5, 0.5, 0.5)


@dataclass(frozen=True, eq=False)
class Patches:
    """`pixels` (rows × columns, 3 × temporal × patch × patch) float32, in blocks of merge × merge."""

    pixels: np.ndarray
    rows: int
    columns: int


def fitted_size(height: int, width: int, rules: ImageRules) -> tuple[int, int]:
    """(height, width) in whole blocks nearest to the image, its pixels within the rules.

    Errors: `BadInput` image_too_narrow.
    """
    if min(height, width) < 1 or max(height, width) / min(height, width) > MOST_LOPSIDED:
        raise BadInput("image_too_narrow", width=width, height=height)
    block = rules.patch * rules.merge
    high, wide = round(height / block) * block, round(width / block) * block
    if high * wide > rules.max_pixels:
        shrink = math.sqrt(height * width / rules.max_pixels)
        high = max(block, math.floor(height / shrink / block) * block)
        wide = max(block, math.floor(width / shrink / block) * block)
    elif high * wide < rules.min_pixels:
        grow = math.sqrt(rules.min_pixels / (height * width))
        high = math.ceil(height * grow / block) * block
        wide = math.ceil(width * grow / block) * block
    return high, wide


def patches(frame: Frame, rules: ImageRules) -> Patches:
    """Resize (bicubic), normalise and cut `frame`. Errors: `BadInput` image_too_narrow."""
    high, wide = fitted_size(frame.height, frame.width, rules)
    resized = np.asarray(Image.fromarray(frame.image).resize((wide, high), Image.Resampling.BICUBIC))
    table = normalised_levels(rules.mean, rules.std)
    planes = np.stack([table[channel][resized[..., channel]] for channel in range(3)])  # (3, high, wide)
    rows, columns, merge, patch = high // rules.patch, wide // rules.patch, rules.merge, rules.patch
    blocks = planes.reshape(3, rows // merge, merge, patch, columns // merge, merge, patch)
    blocks = blocks.transpose(1, 4, 2, 5, 0, 3, 6)  # (row block, column block, row, column, 3, patch, patch)
    flat = blocks.reshape(rows * columns, 3, 1, patch, patch)
    still = np.broadcast_to(flat, (rows * columns, 3, rules.temporal, patch, patch))
    return Patches(np.ascontiguousarray(still).reshape(rows * columns, -1), rows, columns)


def normalised_levels(mean: tuple[float, ...], std: tuple[float, ...]) -> np.ndarray:
    """(3, 256) float32: what each of a channel's 256 levels becomes, in transformers' order of roundings."""
    levels = (np.arange(256, dtype=np.float64) * (1 / 255)).astype(np.float32)
    means, stds = np.array(mean, np.float32), np.array(std, np.float32)
    return (levels[None] - means[:, None]) / stds[:, None]
