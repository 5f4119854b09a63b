"""Renders one training line: a text on a screen-like background, cut out as inexactly as a detector cuts."""

from __future__ import annotations

import io
import random
import re
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from models.train.screen_text.drawing import Drawn, draw
from models.train.screen_text.fonts import Fonts
from models.train.screen_text.texts import Texts

ACCESS_KEY = re.compile(r"\(([A-Z])\)")
Box = tuple[int, int, int, int]
SCALES = (1.25, 1.5, 1.75, 2.0, 0.8, 0.9)


@dataclass(frozen=True)
class Line:
    """A rendered line, (h, w, 3) uint8 RGB, and what it says."""

    text: str
    crop: np.ndarray
    size: float
    font: str


class LineRenderer:
    """Renders line number n of a stream: the same seed and number give the same line."""

    def __init__(self, texts: Texts, fonts: Fonts, seed: int) -> None:
        self.texts, self.fonts, self.seed = texts, fonts, seed

    def line(self, number: int) -> Line:
        r = random.Random(self.seed * 1_000_003 + number)
        while True:
            line = self._try(self.texts.draw(r), r)
            if line is not None:
                return line

    def _try(self, text: str, r: random.Random) -> Line | None:
        size = font_size(r)
        faces = self.fonts.choose(r)
        pictured = r.random() < 0.1
        drawn = draw(text, faces, size, r, beside=2.0 if pictured else 0.8)
        said = " ".join(drawn.text.split()) if drawn else ""
        if drawn is None or not said:
            return None
        canvas, box = painted(drawn, size, r, pictured)
        crop = worn(cut_out(canvas, box, size, r), r)
        return Line(said, crop, size, faces[0].path.name)


def font_size(r: random.Random) -> float:
    """Pixels per em: mostly what interfaces use, with tails down to 7 and up to 48."""
    low, high = r.choices(((7, 10), (10, 15), (15, 20), (20, 30), (30, 48)), (22, 44, 20, 9, 5))[0]
    size = r.uniform(low, high)
    return float(round(size)) if r.random() < 0.6 else round(size * 3) / 3


def colours(r: random.Random) -> tuple[np.ndarray, np.ndarray]:
    """Ink and paper, RGB 0…255, light or dark themes, tinted, sometimes of low contrast."""
    kind = r.random()
    if kind < 0.5:  # light themes, down to disabled items
        paper = np.full(3, r.uniform(225, 255)) + [r.uniform(-8, 4) for _ in range(3)]
        ink = np.full(3, r.choice((0, 20, 40, 60, 90, 120, 165))) + [r.uniform(0, 25) for _ in range(3)]
    elif kind < 0.75:  # dark themes
        paper = np.full(3, r.uniform(10, 70)) + [r.uniform(-6, 10) for _ in range(3)]
        ink = np.full(3, r.choice((255, 235, 215, 190, 160, 130, 105))) + [
            r.uniform(-20, 5) for _ in range(3)
        ]
    else:  # coloured buttons, links, selections
        while True:
            paper = np.array([r.uniform(0, 255) for _ in range(3)])
            ink = np.array([r.choice((0.0, 255.0, r.uniform(0, 255))) for _ in range(3)])
            if abs(float((paper - ink) @ (0.299, 0.587, 0.114))) > r.uniform(35, 110):
                break
    return np.clip(ink, 0, 255), np.clip(paper, 0, 255)


def painted(drawn: Drawn, size: float, r: random.Random, pictured: bool) -> tuple[np.ndarray, Box]:
    """The whole picture, (h, w, 3) float32 0…255: paper, what lies around the text, and the text; and what to cut out."""
    height, width = drawn.mask.shape[:2]
    ink, paper = colours(r)
    canvas = np.empty((height, width, 3), dtype=np.float32)
    canvas[:] = paper
    if r.random() < 0.06:  # a gradient across
        canvas += np.linspace(-r.uniform(5, 40), r.uniform(5, 40), width)[None, :, None]
    if r.random() < 0.04:  # and down
        canvas += np.linspace(-r.uniform(5, 40), r.uniform(5, 40), height)[:, None, None]
    if r.random() < 0.05:  # a grainy background
        canvas += np.random.default_rng(r.getrandbits(32)).normal(0, r.uniform(1, 10), (height, width, 1))
    strokes = np.empty_like(canvas)
    strokes[:] = ink
    if r.random() < 0.04:  # a part of the text is selected
        start = r.uniform(drawn.ink[0], drawn.ink[2])
        end = r.uniform(start, drawn.ink[2] + size)
        other_ink, other_paper = colours(r)
        top, bottom = drawn.ink[1] - 2, drawn.ink[3] + 2
        canvas[max(0, top) : bottom, int(start) : int(end)] = other_paper
        strokes[:, int(start) : int(end)] = other_ink
    clutter(canvas, drawn, ink, size, r)
    box = icon(canvas, drawn, ink, size, r) if pictured else drawn.ink
    gamma = r.choice((1.0, 1.0, 0.8, 1.2))
    mask = drawn.mask if gamma == 1.0 else drawn.mask**gamma
    return np.clip(canvas * (1 - mask) + strokes * mask, 0, 255), box


def clutter(canvas: np.ndarray, drawn: Drawn, ink: np.ndarray, size: float, r: random.Random) -> None:
    """Paint things that are not text of this line, each now and then, onto (h, w, 3) `canvas`."""
    for chance, paint in (
        (0.05, neighbours),
        (0.07, frame),
        (0.06, underline),
        (0.08, squiggle),
        (0.02, cursor),
    ):
        if r.random() < chance:
            paint(canvas, drawn, ink, size, r)
    if ACCESS_KEY.search(drawn.text) and r.random() < 0.6:
        underline(canvas, drawn, ink, size, r)


def neighbours(canvas: np.ndarray, drawn: Drawn, ink: np.ndarray, size: float, r: random.Random) -> None:
    """Pieces of the lines above or below."""
    _, top, _, bottom = drawn.ink
    neighbour = drawn.mask[top:bottom][::-1, ::-1]
    offset = r.randint(1, 3) + (bottom - top)
    for start in ((top - offset,), (top + offset,), (top - offset, top + offset))[r.randrange(3)]:
        first, last = max(0, start), min(len(canvas), start + len(neighbour))
        piece = neighbour[first - start : last - start]
        canvas[first:last] = canvas[first:last] * (1 - piece) + ink * piece


def frame(canvas: np.ndarray, drawn: Drawn, ink: np.ndarray, size: float, r: random.Random) -> None:
    """A box around the text, or some sides of one: fields, buttons, table rules."""
    left, top, right, bottom = drawn.ink
    thick = max(1, round(size / 14))
    shade = ink if r.random() < 0.5 else canvas.mean() * 0.7 + ink * 0.3
    gap = r.randint(1, 2 + int(size / 4))
    for side in r.sample(("top", "bottom", "left", "right"), r.randint(1, 4)):
        if side == "top" and top - gap - thick >= 0:
            canvas[top - gap - thick : top - gap] = shade
        elif side == "bottom":
            canvas[bottom + gap : bottom + gap + thick] = shade
        elif side == "left":
            canvas[:, max(0, left - gap - thick) : max(0, left - gap)] = shade
        elif side == "right":
            canvas[:, right + gap : right + gap + thick] = shade


def underline(canvas: np.ndarray, drawn: Drawn, ink: np.ndarray, size: float, r: random.Random) -> None:
    """Under the access key of a menu label, else under one character or the whole link."""
    key = ACCESS_KEY.search(drawn.text)
    number = key.start(1) if key else r.randrange(len(drawn.ends))
    start = drawn.ends[number - 1] if number else drawn.ink[0]
    end = drawn.ends[number] if key or r.random() < 0.5 else drawn.ink[2]
    y = drawn.baseline + r.randint(1, 1 + max(1, round(size / 7)))
    canvas[y : y + max(1, round(size / 16)), round(start) : round(end)] = ink


def cursor(canvas: np.ndarray, drawn: Drawn, ink: np.ndarray, size: float, r: random.Random) -> None:
    """The text cursor between two characters."""
    x = int(r.choice(drawn.ends))
    canvas[max(0, drawn.ink[1] - 1) : drawn.ink[3] + 1, x : x + max(1, round(size / 14))] = ink


def squiggle(canvas: np.ndarray, drawn: Drawn, ink: np.ndarray, size: float, r: random.Random) -> None:
    """A spelling checker's coloured wave under a part of the text."""
    start, end = sorted(r.uniform(drawn.ink[0], drawn.ink[2]) for _ in range(2))
    if r.random() < 0.5:
        start, end = drawn.ink[0], drawn.ink[2]
    colour = np.array(r.choice(((224, 27, 36), (255, 0, 0), (30, 60, 220), (20, 150, 60))), dtype=np.float32)
    period = r.randint(3, max(4, round(size / 3)))
    high, thick = drawn.baseline + round(size * r.uniform(-0.04, 0.12)), max(1, round(size / 18))
    for x in range(int(start), int(end)):
        y = high + abs(x % period - period // 2)
        canvas[y : y + thick, x : x + 1] = colour


def icon(canvas: np.ndarray, drawn: Drawn, ink: np.ndarray, size: float, r: random.Random) -> Box:
    """A small picture before or after the text: a blot of colours, or a drawing in one colour. Returns the box of both."""
    left, top, right, bottom = drawn.ink
    side = int(size * r.uniform(0.6, 1.3))
    gap = r.randint(2, 3 + int(size / 2))
    x = left - side - gap if r.random() < 0.75 else right + gap
    y = max(0, (top + bottom - side) // 2)
    room = canvas[y : y + side, max(0, x) : x + side]
    if x < 0 or side < 5 or room.shape[:2] != (side, side):
        return drawn.ink
    if r.random() < 0.3:
        rng = np.random.default_rng(r.getrandbits(32))
        small = rng.uniform(0, 255, (r.randint(1, 4), r.randint(1, 4), 3)).astype(np.uint8)
        room[:] = np.asarray(Image.fromarray(small).resize((side, side), Image.Resampling.BICUBIC))
    else:
        colour = ink if r.random() < 0.6 else np.array([r.uniform(0, 255) for _ in range(3)])
        mask = pictogram(side, r)[..., None]
        room[:] = room * (1 - mask) + colour * mask
    return min(left, x), min(top, y), max(right, x + side), max(bottom, y + side)


def pictogram(side: int, r: random.Random) -> np.ndarray:
    """(side, side) float32 coverage of a few shapes: outlines, discs, polygons, bars, rings."""
    fine = side * 4
    picture = Image.new("L", (fine, fine))
    pen = ImageDraw.Draw(picture)
    thick = max(3, fine // r.randint(8, 14))
    for _ in range(r.randint(1, 3)):
        x0, x1 = sorted(r.uniform(0, fine) for _ in range(2))
        y0, y1 = sorted(r.uniform(0, fine) for _ in range(2))
        box = (x0, y0, max(x1, x0 + fine * 0.35), max(y1, y0 + fine * 0.35))
        shape = r.randrange(6)
        if shape == 0:
            pen.rounded_rectangle(box, thick, outline=255, width=thick)
        elif shape == 1:
            pen.ellipse(box, outline=255, width=thick)
        elif shape == 2:
            pen.ellipse(box, fill=255)
        elif shape == 3:
            corners = [(r.uniform(0, fine), r.uniform(0, fine)) for _ in range(r.randint(3, 6))]
            pen.polygon(corners, fill=255)
        elif shape == 4:
            for bar in range(3):
                height = fine * (0.2 + 0.3 * bar)
                pen.line((fine * 0.1, height, fine * r.choice((0.6, 0.9)), height), fill=255, width=thick)
        else:
            pen.line([(r.uniform(0, fine), r.uniform(0, fine)) for _ in range(3)], fill=255, width=thick)
    return np.asarray(picture.resize((side, side), Image.Resampling.BOX), dtype=np.float32) / 255


def cut_out(canvas: np.ndarray, box: Box, size: float, r: random.Random) -> np.ndarray:
    """The text with room around it as a detector leaves it: usually some, sometimes a pixel too little."""
    left, top, right, bottom = box
    room = max(1.0, size * r.choice((0.1, 0.2, 0.35)))
    clipped = -1 if size > 12 and r.random() < 0.1 else 0
    above, below, before, after = (int(r.uniform(clipped, room + 1)) for _ in range(4))
    before, after = before + int(r.random() * size * 0.25), after + int(r.random() * size * 0.25)
    height, width = canvas.shape[:2]
    return canvas[
        max(0, top - above) : min(height, bottom + below), max(0, left - before) : min(width, right + after)
    ]


def worn(crop: np.ndarray, r: random.Random) -> np.ndarray:
    """What happens to a screen on its way: display scaling, JPEG, blur, noise. Returns (h, w, 3) uint8."""
    picture = Image.fromarray(crop.astype(np.uint8))
    if r.random() < 0.14:
        scale = r.choice(SCALES)
        wanted = (max(4, round(picture.width * scale)), max(6, round(picture.height * scale)))
        if wanted[1] >= 9:  # smaller is unreadable
            way = r.choice((Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS))
            picture = picture.resize(wanted, way)
    if r.random() < 0.03 and picture.height > 16:
        picture = picture.filter(ImageFilter.GaussianBlur(r.uniform(0.3, 0.8)))
    if r.random() < 0.1:
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=r.randint(45, 95), subsampling=r.choice((0, 2)))
        picture = Image.open(file)
    pixels = np.asarray(picture.convert("RGB"))
    if r.random() < 0.04:
        noise = np.random.default_rng(r.getrandbits(32)).normal(0, r.uniform(1, 6), pixels.shape)
        pixels = np.clip(pixels + noise, 0, 255).astype(np.uint8)
    return pixels
