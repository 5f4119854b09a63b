"""Whole screens: a window or a crop of one, or a desktop with windows over each other. Deterministic by seed."""

# ruff: noqa: PLR0917  (drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from PIL import Image

from models.train.mini import bars, pages, values, widgets
from models.train.mini.canvas import Canvas, Fact, Item, Rect, Theme, make_theme
from models.train.mini.corpus import Pools
from models.train.mini.reading import Noise, Reading, make_noise, read

MAX_PIXELS = 640 * 352
MIN_PIXELS = 64 * 64
CELL = 32
"""image sides are multiples of this: patch 16, merged two by two"""

TOP_ONLY = ("title", "app", "message", "next", "english", "heading", "error")
"""facts that hold for the window in front only"""

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


def _window(c: Canvas, t: Theme, p: Pools, r: Rect, name: str, bare: bool = False) -> None:
    """One window: bars, then the page."""
    rng = c.rng
    c.box(r, fill=t.paper, outline=t.line)
    if p.english and rng.random() < 0.1:
        p = p.english
    app = rng.choice(values.APPS)
    top = r.y
    if not bare:
        thing = rng.choice((rng.choice(p.headings)[:18], values.file_name(p, rng), values.label(p, rng), ""))
        title = rng.choice(
            (f"{thing} - {app}", f"{thing} — {app}", app, thing or app, f"{app}: {thing}")
        ).strip(" -—:")
        if name == "dialog":
            title = rng.choice((app, "알림", "경고", "오류", "확인", "정보", "질문", values.label(p, rng)))
        top += bars.title_bar(c, t, r, title, app if app in title else "")
        room = r.bottom - top > 220
        if room and name not in ("dialog", "form", "shop", "news", "chat") and rng.random() < 0.6:
            top += bars.menu_bar(c, t, Rect(r.x, top, r.width, 0))
        if room and name in ("spreadsheet", "editor", "files", "mail", "sheet") and rng.random() < 0.6:
            top += bars.tool_bar(c, t, p, Rect(r.x, top, r.width, 0))
        if room and name in ("shop", "news", "chat", "sheet") and rng.random() < 0.7:
            top += bars.tabs(
                c, t, Rect(r.x, top, r.width, 0), [h[:14] for h in rng.sample(p.headings, rng.randint(1, 4))]
            )
            address = bars.put(
                c,
                t,
                r.x + 90,
                top + 8,
                f"https://www.{rng.choice(('example', 'shop', 'news', 'help', 'bank'))}.co.kr/{rng.randint(1, 999)}",
                role="field",
            )
            c.fact("address", address)
            top += t.size + 22
    menu = Rect(r.x + rng.randint(0, max(1, r.width // 2)), top, 0, 0)
    pages.PAGES[name][0](c, t, p, Rect(r.x, top, r.width, r.bottom - top))
    if name != "dialog" and rng.random() < 0.14:
        widgets.popup(c, t, p, menu.x, menu.y)


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
            share = (0.35, 0.6) if name == "dialog" else (0.5, 0.95)
            w, h = (int(side * rng.uniform(*share)) for side in (width, height - 80))
            h = min(h, 360) if name == "dialog" else h
            window = Rect(rng.randint(0, width - w), 40 + rng.randint(0, height - 80 - h), w, h)
            c.cover(window)
            c.facts = [f for f in c.facts if f.kind not in TOP_ONLY]
            _window(c, t, p, window, name, bare=not last and rng.random() < 0.1)
    else:
        _window(c, t, p, Rect(0, 0, width, height), name, bare=level == 0 and rng.random() < 0.5)
        if level == 1 and name != "dialog" and rng.random() < 0.15:
            w, h = min(width - 20, rng.randint(320, 520)), rng.randint(180, 240)
            window = Rect(rng.randint(0, width - w), rng.randint(0, height - h), w, h)
            c.cover(window)
            c.facts = [f for f in c.facts if f.kind not in TOP_ONLY]
            name, t = "dialog", make_theme(rng)
            _window(c, t, p, window, name)
    reading = read(c.items, (width, height), noise or make_noise(rng), rng)
    return Screen((width, height), c.items, c.facts, reading, pages.PAGES[name][1], c.image)
