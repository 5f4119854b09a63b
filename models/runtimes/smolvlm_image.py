"""A frame as SmolVLM and Idefics3 want it: stretched to whole tiles, cut, with a small picture of all of it behind.

Gives the same numbers as transformers' `SmolVLMImageProcessor` on Pillow (a test holds them together).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from models.runtimes.qwen3vl_image import normalised_levels

if TYPE_CHECKING:
    from assistant.frames import Frame

MOST_SIDE = 4096
"""no side grows longer than this, as in transformers"""


@dataclass(frozen=True)
class TileRules:
    """`preprocessor_config.json`: the longest side a picture is stretched to first (None: not at all), the side of a
    tile, and whether it is cut at all."""

    longest: int | None = 2048
    tile: int = 512
    split: bool = True
    resample: int = Image.Resampling.LANCZOS
    mean: tuple[float, ...] = (0.5, 0.5, 0.5)
    std: tuple[float, ...] = (0.5, 0.5, 0.5)


@dataclass(frozen=True, eq=False)
class Tiles:
    """`pixels` (tiles, 3, side, side) float32: row by row, the whole picture last. 0 × 0 where it was not cut."""

    pixels: np.ndarray
    rows: int
    columns: int


def tiles(frame: Frame, rules: TileRules) -> Tiles:
    """Stretch, cut and normalise `frame`."""
    picture = Image.fromarray(frame.image)
    if rules.longest is not None:
        picture = _resized(picture, stretched_size(*picture.size, rules.longest), rules)
    whole = (rules.tile, rules.tile)
    if not rules.split:
        return Tiles(_normalised([_resized(picture, whole, rules)], rules), 0, 0)
    picture = _resized(picture, tiled_size(*picture.size, rules.tile), rules)
    if picture.size == whole:
        return Tiles(_normalised([picture], rules), 0, 0)
    columns, rows = picture.width // rules.tile, picture.height // rules.tile
    cut = [
        picture.crop((x * rules.tile, y * rules.tile, (x + 1) * rules.tile, (y + 1) * rules.tile))
        for y in range(rows)
        for x in range(columns)
    ]
    return Tiles(_normalised([*cut, _resized(picture, whole, rules)], rules), rows, columns)


def stretched_size(width: int, height: int, longest: int) -> tuple[int, int]:
    """(width, height) with the longer side `longest`, the other one even, neither above MOST_SIDE."""
    ratio = width / height
    if width >= height:
        width, height = longest, int(longest / ratio)
        height += height % 2
    else:
        width, height = int(longest * ratio), longest
        width += width % 2
    width, height = max(width, 1), max(height, 1)
    ratio = width / height
    if width >= height and width > MOST_SIDE:
        width, height = MOST_SIDE, int(MOST_SIDE / ratio)
    elif height > width and height > MOST_SIDE:
        width, height = int(MOST_SIDE * ratio), MOST_SIDE
    return max(width, 1), max(height, 1)


def tiled_size(width: int, height: int, tile: int) -> tuple[int, int]:
    """(width, height) in whole tiles: the longer side rounded up, the other one after it and rounded up too."""
    ratio = width / height
    if width >= height:
        width = math.ceil(width / tile) * tile
        height = math.ceil(int(width / ratio) / tile) * tile
    else:
        height = math.ceil(height / tile) * tile
        width = math.ceil(int(height * ratio) / tile) * tile
    return max(width, tile), max(height, tile)


def longest_side(image_tokens: int, tile_tokens: int, size: tuple[int, int], rules: TileRules) -> int:
    """To what a picture of (width, height) is stretched before it is cut: whole tiles, its tokens within `image_tokens`.

    Never more than the rules say, nor than whole tiles of what the picture has, so that a window or a region is not enlarged; one
    tile at least.
    """
    tile, longest = rules.tile, rules.longest or MOST_SIDE
    own = tile * math.ceil(max(size) / tile)
    for side in range(min(own, longest), tile, -tile):
        wide, high = tiled_size(*stretched_size(*size, side), tile)
        if ((wide // tile) * (high // tile) + 1) * tile_tokens <= image_tokens:
            return side
    return min(tile, longest)


def _resized(picture: Image.Image, size: tuple[int, int], rules: TileRules) -> Image.Image:
    return picture.resize(size, Image.Resampling(rules.resample))


def _normalised(pictures: list[Image.Image], rules: TileRules) -> np.ndarray:
    table = normalised_levels(rules.mean, rules.std)
    planes = np.empty((len(pictures), 3, rules.tile, rules.tile), np.float32)
    for number, picture in enumerate(pictures):
        levels = np.asarray(picture)
        for channel in range(3):
            planes[number, channel] = table[channel][levels[..., channel]]
    return planes
