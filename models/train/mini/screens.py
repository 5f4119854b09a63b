"""Whole screens: a window or a crop of one, or a desktop with windows over each other. Deterministic by seed."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from PIL import Image

from models.train.mini import bars, pages, values, windows
from models.train.mini.canvas import Canvas, Fact, Item, Rect, Theme, make_theme
from models.train.mini.corpus import Pools
from models.train.mini.reading import Noise, Reading, make_noise, read

MAX_PIXELS = 640 * 352
MIN_PIXELS = 64 * 64
CELL = 32
"""image sides are multiples of this: patch 16, merged two by two"""

TOP_ONLY = (
    "title",
    "app",
    "message",
    "next",
    "english",
    "heading",
    "error",
    "prompted",
    "status",
    "path",
    "asked",
    "mode",
)
"""facts that hold for the window in front only"""


def _send_back(c: Canvas) -> None:
    """What is known of the window in front becomes what is known of one behind."""
    behind = [
        Fact("behind", (), f.targets, f.value)
        for f in c.facts
        if f.kind == "app" and f.targets and f.number != 1
    ]
    c.facts = [f for f in c.facts if f.kind not in TOP_ONLY] + behind


LEVELS = (((300, 620), (170, 400)), ((620, 1100), (400, 760)), ((1100, 1920), (640, 1080)))
FULL = (
    (1920, 1080),
    (1366, 768),
    (1280, 720),
    (1600, 900),
    (1440, 900),
    (1280, 800),
    (1920, 1200),
    (1024, 768),
)


@dataclass(eq=False)
class Screen:
    """A drawn screen, what a reader read there, and all that is true about it."""

    size: tuple[int, int]
    items: list[Item]
    facts: list[Fact]
    reading: Reading
    page: str
    """what the front window is called in Korean"""
    image: Image.Image | None
    """RGB, already at the size the model sees; None when only the text was wanted"""


def model_size(
    width: int, height: int, longest: int = MAX_PIXELS, shortest: int = MIN_PIXELS
) -> tuple[int, int]:
    """(width, height) the Qwen image processor resizes to: multiples of 32 inside the pixel bounds."""
    w, h = max(CELL, round(width / CELL) * CELL), max(CELL, round(height / CELL) * CELL)
    if w * h > longest:
        beta = math.sqrt(width * height / longest)
        w, h = (max(CELL, math.floor(v / beta / CELL) * CELL) for v in (width, height))
    elif w * h < shortest:
        beta = math.sqrt(shortest / (width * height))
        w, h = (math.ceil(v * beta / CELL) * CELL for v in (width, height))
    return w, h


def _panel(c: Canvas, t: Theme, p: Pools) -> None:
    """The desktop's own bar with a clock."""
    rng = c.rng
    high = 36
    y = rng.choice((0, c.height - high))
    c.box(Rect(0, y, c.width, high), fill=t.bar)
    clock = bars.put(c, t, c.width - 110, y + 9, values.time_of_day(rng), paper=t.bar, role="clock")
    c.fact("clock", clock)
    x = 60
    for app in rng.sample(values.APPS, rng.randint(0, 4)):
        item = bars.put(c, t, x, y + 9, app, paper=t.bar, role="task", limit=140)
        x = (item.box.right if item else x) + 30


def make_screen(
    seed: int, p: Pools, level: int = 1, picture: bool = True, noise: Noise | None = None
) -> Screen:
    """Screen number `seed` of a level: 0 a crop or small dialog, 1 a window, 2 a whole desktop."""
    rng = random.Random(f"screen {seed} {level}")
    names = list(pages.PAGES)
    weights = [pages.PAGES[n][2] for n in names]
    if level == 2 and rng.random() < 0.7:
        width, height = rng.choice(FULL)
    else:
        width, height = (rng.randint(*side) for side in LEVELS[level])
    small = model_size(width, height)
    c = Canvas(width, height, (small[0] / width, small[1] / height) if picture else (0, 0), rng)
    name = rng.choices(names, weights)[0]
    t = make_theme(rng)
    if level == 2 and rng.random() < 0.75:
        if rng.random() < 0.8:
            _panel(c, make_theme(rng), p)
        count = rng.choice((1, 1, 2, 2, 3))
        for n in range(count):
            last = n == count - 1
            name, t = rng.choices(names, weights)[0], make_theme(rng)
            share = (0.3, 0.55) if name in pages.SMALL else (0.5, 0.95)
            w, h = (int(side * rng.uniform(*share)) for side in (width, height - 80))
            w, h = (
                (min(w, 760), min(max(h, 260), 560 if name != "dialog" else 360))
                if name in pages.SMALL
                else (w, h)
            )
            window = Rect(rng.randint(0, width - w), 40 + rng.randint(0, height - 80 - h), w, h)
            _send_back(c)
            c.cover(window)
            windows.window(c, t, p, window, name, bare=not last and rng.random() < 0.1)
        titles = [f.targets[0] for f in c.facts if f.kind in ("title", "behind")]
        if 1 < count == len({id(title) for title in titles}):
            c.fact("group", *{id(title): title for title in titles}.values(), value="창")
    else:
        windows.window(c, t, p, Rect(0, 0, width, height), name, bare=level == 0 and rng.random() < 0.5)
        if level == 1 and name not in pages.SMALL and rng.random() < 0.2:
            name = rng.choice(("dialog", "dialog", "options", "about", "properties", "printing"))
            w, h = (
                min(width - 20, rng.randint(320, 620)),
                min(height - 20, rng.randint(180, 240) if name == "dialog" else rng.randint(280, 420)),
            )
            window = Rect(rng.randint(0, width - w), rng.randint(0, height - h), w, h)
            _send_back(c)
            c.cover(window)
            t = make_theme(rng)
            windows.window(c, t, p, window, name)
    reading = read(c.items, (width, height), noise or make_noise(rng), rng)
    return Screen((width, height), c.items, c.facts, reading, pages.PAGES[name][1], c.image)
