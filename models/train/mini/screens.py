"""Whole screens: a window or a crop of one, or a desktop with windows over each other. Deterministic by seed."""

# ruff: noqa: PLR0917  (drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace

from PIL import Image

from models.train.mini import bars, pages, values, windows
from models.train.mini.canvas import Canvas, Fact, Item, Rect, Theme, make_theme
from models.train.mini.corpus import Pools
from models.train.mini.pages_files import icons
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
    "site",
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


DESKTOP_ICONS = (
    "휴지통",
    "홈",
    "내 컴퓨터",
    "파일 시스템",
    "문서",
    "USB 드라이브",
    "인터넷",
    "메모.txt",
    "사진",
    "네트워크",
    "설정",
    "과제.hwp",
)
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


def _pick(rng: random.Random, small: bool | None = None) -> str:
    """A page by its weight; `small` asks for one that fills a small window, or for one that does not."""
    names = [n for n in pages.PAGES if small is None or (n in pages.SMALL) == small]
    return rng.choices(names, [pages.PAGES[n][2] for n in names])[0]


def _room(rng: random.Random, name: str, width: int, height: int) -> tuple[int, int]:
    """The size of a window that stands on a desktop or before another window."""
    if name not in pages.SMALL:
        return int(width * rng.uniform(0.5, 0.96)), int(height * rng.uniform(0.5, 0.98))
    high = rng.randint(180, 340) if name == "dialog" else rng.randint(320, 580)
    return min(width - 20, rng.randint(340, 760)), min(height - 20, high)


def _front(c: Canvas, t: Theme, p: Pools, name: str, where: Rect, bare: bool = False) -> None:
    """A window over what is there already."""
    w, h = _room(c.rng, name, where.width, where.height)
    window = Rect(
        where.x + c.rng.randint(0, where.width - w), where.y + c.rng.randint(0, where.height - h), w, h
    )
    _send_back(c)
    c.cover(window)
    windows.window(c, t, p, window, name, bare=bare)


def _desktop(c: Canvas, p: Pools) -> str:
    """A panel, icons, one to three windows; the name of the page in front comes back."""
    rng = c.rng
    if rng.random() < 0.8:
        _panel(c, make_theme(rng), p)
    if rng.random() < 0.3:
        t = make_theme(rng)
        names = rng.sample(DESKTOP_ICONS, rng.randint(2, 6))
        icons(
            c,
            replace(t, paper=(90, 110, 130), ink=(255, 255, 255)),
            Rect(10, 50, 130, c.height - 120),
            names,
            "아이콘",
        )
    count, name, t = rng.choice((1, 1, 1, 2, 2, 3)), "", make_theme(rng)
    for n in range(count):
        last = n == count - 1
        name = _pick(rng, None if last and n else False if rng.random() < 0.8 else None)
        t = t if name in pages.SMALL and n and rng.random() < 0.7 else make_theme(rng)
        where = Rect(0, 40, c.width, c.height - 80)
        _front(c, t, p, name, where, bare=not last and rng.random() < 0.1)
    titles = {id(f.targets[0]): f.targets[0] for f in c.facts if f.kind in ("title", "behind")}
    if 1 < count == len(titles):
        c.fact("group", *titles.values(), value="창")
    return name


def make_screen(
    seed: int, p: Pools, level: int = 1, picture: bool = True, noise: Noise | None = None
) -> Screen:
    """Screen number `seed` of a level: 0 a crop or small dialog, 1 a window, 2 a whole desktop."""
    rng = random.Random(f"screen {seed} {level}")
    if level == 2 and rng.random() < 0.7:
        width, height = rng.choice(FULL)
    else:
        width, height = (rng.randint(*side) for side in LEVELS[level])
    small = model_size(width, height)
    c = Canvas(width, height, (small[0] / width, small[1] / height) if picture else (0, 0), rng)
    if level == 2 and rng.random() < 0.75:
        name = _desktop(c, p)
    else:
        name, t = _pick(rng, None if level == 0 else False), make_theme(rng)
        windows.window(c, t, p, Rect(0, 0, width, height), name, bare=level == 0 and rng.random() < 0.5)
        if level > 0 and rng.random() < 0.4:
            name = _pick(rng, True)
            _front(c, t if rng.random() < 0.7 else make_theme(rng), p, name, Rect(0, 0, width, height))
    reading = read(c.items, (width, height), noise or make_noise(rng), rng)
    return Screen((width, height), c.items, c.facts, reading, pages.PAGES[name][1], c.image)
