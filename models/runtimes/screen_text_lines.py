"""Turns the picture of one line of text into what the recogniser reads. Training and reading share this code.

The recogniser sees ink, not colours: 0 is the paper, 1 the strongest ink, whatever their colours. So dark themes
look like light ones, and the zeros that pad a batch look like empty paper.
"""

from __future__ import annotations

import numpy as np
from PIL import Image

HEIGHT = 32
"""rows of a prepared line"""
LONGEST = 4096
"""columns of a prepared line, at most"""
FAINTEST = 24.0
"""grey levels between paper and ink below which contrast is not stretched further (noise stays faint)"""
LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
INK = 0.25
MARGIN = 0.12
"""empty rows kept above and below the ink, as a share of the ink's height"""
LEAST_KEPT = 0.55
"""share of the crop's height that trimming never goes below, so that a dash does not fill the line"""


def prepare_line(crop: np.ndarray) -> np.ndarray:
    """(h, w, 3) uint8 RGB, at least 1×1 → (HEIGHT, W) float32: 0 paper … 1 ink."""
    ink = trimmed(inked(crop))
    height, width = ink.shape
    wide = int(np.clip(round(width * HEIGHT / height), 8, LONGEST))
    picture = Image.fromarray(ink).resize((wide, HEIGHT), Image.Resampling.BILINEAR)
    return np.asarray(picture, dtype=np.float32)


def inked(crop: np.ndarray) -> np.ndarray:
    """(h, w, 3) uint8 → (h, w) float32 distance from the paper's grey, stretched to 0…1."""
    pixels = crop.astype(np.float32)
    grey = pixels @ LUMA
    if float(np.ptp(grey)) < 2 * FAINTEST:  # coloured text of the paper's own brightness
        channel = int(np.argmax(np.ptp(pixels.reshape(-1, 3), axis=0)))
        grey = max(grey, pixels[..., channel], key=lambda plane: float(np.ptp(plane)))
    paper = float(np.median(border(grey)))
    lowest, highest = float(grey.min()), float(grey.max())
    signed = grey - paper if highest - paper > paper - lowest else paper - grey
    return np.clip(signed / max(FAINTEST, float(signed.max())), 0, 1)


def border(plane: np.ndarray) -> np.ndarray:
    """The values of the outermost rows and columns: mostly paper."""
    return np.concatenate([plane[0], plane[-1], plane[:, 0], plane[:, -1]])


def trimmed(ink: np.ndarray) -> np.ndarray:
    """Without most of the empty rows above and below, so that letters fill the height the recogniser is used to."""
    height = len(ink)
    rows = np.flatnonzero(ink.max(axis=1) > INK)
    if len(rows) == 0:
        return ink
    margin = max(1, round(MARGIN * (rows[-1] + 1 - rows[0])))
    top, bottom = max(0, rows[0] - margin), min(height, rows[-1] + 1 + margin)
    missing = round(LEAST_KEPT * height) - (bottom - top)
    if missing > 0:
        top = max(0, top - missing // 2)
        bottom = min(height, bottom + missing - missing // 2)
    return ink[top:bottom]
