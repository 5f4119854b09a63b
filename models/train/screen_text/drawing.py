"""Draws a text as a coverage mask, the way screens do: hinted, smooth, per subpixel or without anti-aliasing."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from models.train.screen_text.fonts import Face

BASELINE = 1.6
"""height of the baseline in the picture, in ems from the top"""
FINE = 3
"""how many times finer the masks of unhinted and subpixel text are drawn"""
FILTER = np.array([1, 2, 3, 2, 1], dtype=np.float32) / 9
"""FreeType's way of spreading a subpixel over its neighbours, against colour fringes"""


@dataclass(frozen=True)
class Drawn:
    """A text as coverage: (h, w, 3) float32 0…1, per colour channel, with what could not be drawn left out."""

    text: str
    mask: np.ndarray
    ink: tuple[int, int, int, int]
    """left, top, right, bottom of what was drawn"""
    baseline: int
    ends: list[float]
    """x where each character of `text` ends, in pixels"""


def runs_of(text: str, faces: list[Face]) -> list[tuple[Face, str]]:
    """The text cut into runs of one face each; characters that no face has are dropped."""
    runs: list[tuple[Face, str]] = []
    for character in text:
        face = next((f for f in faces if character in f.characters), None)
        if character == " " and runs:
            face = runs[-1][0]
        if face is None:
            continue
        if runs and runs[-1][0] is face:
            runs[-1] = (face, runs[-1][1] + character)
        else:
            runs.append((face, character))
    return runs


def draw(text: str, faces: list[Face], size: float, r: random.Random, beside: float = 0.8) -> Drawn | None:
    """`text` at `size` pixels per em in one of the ways of drawing, chosen by `r`; None when nothing shows.

    `beside`: ems of empty picture left and right of the text.
    """
    way = r.choices(("hinted", "smooth", "subpixel", "hard"), (45, 25, 25, 5))[0]
    scale = 1 if way in ("hinted", "hard") else FINE
    spacing = r.choice((0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.02, 0.05, 0.12, 0.2, -0.03)) * size
    thin = r.uniform(0.5, 0.9) if r.random() < 0.08 else 1.0
    pieces = [
        (face.at(size * scale), piece)
        for face, run in runs_of(text, faces)
        for piece in (run if spacing or thin < 1 else (run,))
    ]
    picture, ends = _picture(
        pieces, size * scale, (spacing * scale, thin), hard=way == "hard", shift=r.randrange(scale)
    )
    box = picture.getbbox()
    if box is None:
        return None
    rooms = [FINE * round(size * scale * ems / FINE) for ems in (beside, 0.8)]
    left, top = (max(0, edge - room) // FINE * FINE for edge, room in zip(box[:2], rooms, strict=True))
    right, bottom = (edge + room + -(edge + room) % FINE for edge, room in zip(box[2:], rooms, strict=True))
    picture = picture.crop((left, top, right, bottom))
    if way == "smooth":
        picture = picture.reduce(FINE)
    elif way == "subpixel":
        picture = picture.reduce((1, FINE))
    mask = np.asarray(picture, dtype=np.float32) / 255
    mask = _per_subpixel(mask, r) if way == "subpixel" else np.repeat(mask[..., None], 3, axis=2)
    ink = (
        (box[0] - left) // scale,
        (box[1] - top) // scale,
        -(-(box[2] - left) // scale),
        -(-(box[3] - top) // scale),
    )
    baseline = (int(size * scale * BASELINE) - top) // scale
    said = "".join(piece for _, piece in pieces)
    return Drawn(said, mask, ink, baseline, [(end - left) / scale for end in ends])


def _per_subpixel(fine: np.ndarray, r: random.Random) -> np.ndarray:
    """(h, 3w) coverage of subpixels → (h, w, 3)."""
    spread = np.zeros_like(fine)
    for offset, part in enumerate(FILTER, start=-2):
        spread += part * np.roll(fine, offset, axis=1)
    mask = spread.reshape(len(fine), -1, 3)
    return mask[..., ::-1] if r.random() < 0.1 else mask


def _picture(
    pieces: list[tuple[ImageFont.FreeTypeFont, str]],
    size: float,
    spacing: tuple[float, float],
    hard: bool,
    shift: int,
) -> tuple[Image.Image, list[float]]:
    """The pieces drawn in a row with empty room around them, and where each character ends.

    `spacing`: pixels more behind each piece, and how wide a space that is its own piece is against the font's.
    """
    more, thin = spacing
    widths = [font.getlength(piece) * (thin if piece == " " else 1) + more for font, piece in pieces]
    picture = Image.new("L", (int(sum(widths)) + 5 * int(size) + 3, int(size * 2.4)))
    pen = ImageDraw.Draw(picture)
    pen.fontmode = "1" if hard else "L"
    x, baseline = float(2 * int(size) + shift), int(size * BASELINE)
    ends: list[float] = []
    for (font, piece), width in zip(pieces, widths, strict=True):
        pen.text((round(x), baseline), piece, fill=255, font=font, anchor="ls")
        ends += [x + width * (i + 1) / len(piece) for i in range(len(piece))]
        x += width
    return picture, ends
