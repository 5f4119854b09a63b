"""Paper that screens are drawn on: every word put on it is remembered as an `Item` with its exact box and colours.

Layout happens in frame pixels (say 1920 × 1080); the picture is drawn at a smaller scale at once, or not at all.
Nothing here knows about windows, questions or models.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from assistant.frames import Box

Colour = tuple[int, int, int]

FONT_FILES = (
    "truetype/nanum/NanumGothic.ttf", "truetype/nanum/NanumBarunGothic.ttf", "truetype/nanum/NanumSquareR.ttf",
    "opentype/noto/NotoSansCJK-Regular.ttc", "opentype/noto/NotoSansCJK-Medium.ttc", "truetype/unfonts-core/UnDotum.ttf",
    "opentype/noto/NotoSerifCJK-Regular.ttc", "truetype/nanum/NanumGothicBold.ttf", "opentype/noto/NotoSansCJK-Bold.ttc",
)  # fmt: skip
MONO_FILES = (
    "truetype/naver-d2coding/D2Coding-Ver1.3.2-20180524-all.ttc",
    "truetype/nanum/NanumGothicCoding.ttf",
)
FONT_FOLDERS = ("/usr/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")


@lru_cache(maxsize=4)
def font_paths(names: tuple[str, ...]) -> tuple[str, ...]:
    """The fonts of `names` that this machine has, the first Pillow font when it has none."""
    found = [
        str(Path(root) / name) for root in FONT_FOLDERS for name in names if (Path(root) / name).is_file()
    ]
    return tuple(found) or ("",)


@lru_cache(maxsize=512)
def font(path: str, size: int) -> ImageFont.FreeTypeFont:
    """A font at `size` pixels (basic layout: three times as fast as raqm, equal for Hangul)."""
    if not path:
        return ImageFont.load_default(size)  # type: ignore[return-value]
    index = 1 if path.endswith(".ttc") and "CJK" in path else 0
    return ImageFont.truetype(path, size, index=index, layout_engine=ImageFont.Layout.BASIC)


class Rect(Box):
    """A region in frame pixels, as a box that can be made smaller."""

    __slots__ = ()

    def inset(self, by: int) -> Rect:
        return Rect(self.x + by, self.y + by, max(1, self.width - 2 * by), max(1, self.height - 2 * by))


@dataclass(eq=False)
class Item:
    """One piece of text on the screen, with the truth about it."""

    text: str
    box: Box
    ink: Colour
    paper: Colour
    role: str | None = None
    state: str | None = None
    korean: str | None = None
    """what an English text means, where that is known"""


@dataclass(eq=False)
class Fact:
    """Something that can be asked: its kind, the names a question may use, and the items that answer it."""

    kind: str
    names: tuple[str, ...] = ()
    targets: tuple[Item, ...] = ()
    value: str = ""
    """type of the value, noun of a count, on/off of a state …: what it is depends on the kind"""
    number: int = 0
    answer: str = "{}입니다."
    """for kind "asked": the answer, `{}` being the citations of `targets` ("{0}" … one of them)"""
    slots: dict[str, Item | str] = field(default_factory=dict)
    """for kind "asked": what stands in the questions' slots; an item is named in some way of its own"""


@dataclass(frozen=True)
class Theme:
    """Colours and fonts of one program."""

    paper: Colour
    panel: Colour
    bar: Colour
    ink: Colour
    faint: Colour
    line: Colour
    accent: Colour
    on_accent: Colour
    soft: Colour
    """the paper of a selected row where the accent is too loud"""
    font: str
    mono: str
    size: int
    dark: bool


SIDES = (
    ("왼쪽 위", "위쪽 가운데", "오른쪽 위"),
    ("왼쪽 가운데", "한가운데", "오른쪽 가운데"),
    ("왼쪽 아래", "아래쪽 가운데", "오른쪽 아래"),
)


ACCENTS: tuple[Colour, ...] = (
    (53, 132, 228), (38, 103, 196), (0, 120, 212), (46, 160, 90), (38, 162, 105), (230, 97, 0), (224, 27, 36),
    (145, 65, 172), (98, 60, 180), (0, 150, 170), (190, 40, 110), (233, 84, 32), (3, 199, 90), (254, 229, 0), (61, 174, 233),
)  # fmt: skip


def _mix(a: Colour, b: Colour, share: float) -> Colour:
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


def make_theme(rng: random.Random) -> Theme:
    """A light (three of four) or dark theme."""
    dark = rng.random() < 0.26
    accent = rng.choice(ACCENTS)
    paper = (
        _mix((18, 18, 20), (52, 54, 60), rng.random())
        if dark
        else _mix((244, 244, 244), (255, 255, 255), rng.random())
    )
    ink = (
        _mix((205, 205, 205), (255, 255, 255), rng.random())
        if dark
        else _mix((0, 0, 0), (60, 60, 64), rng.random())
    )
    shade = (255, 255, 255) if dark else (0, 0, 0)
    bright = sum(accent) > 480
    return Theme(
        paper=paper, panel=_mix(paper, shade, rng.uniform(0.02, 0.09)), bar=_mix(paper, shade, rng.uniform(0.03, 0.14)),
        ink=ink, faint=_mix(ink, paper, rng.uniform(0.35, 0.55)), line=_mix(paper, shade, rng.uniform(0.12, 0.25)),
        accent=accent, on_accent=(20, 20, 20) if bright else (255, 255, 255), soft=_mix(paper, accent, rng.uniform(0.2, 0.45)),
        font=rng.choice(font_paths(FONT_FILES)), mono=rng.choice(font_paths(MONO_FILES)),
        size=rng.choice((12, 13, 14, 14, 15, 16, 18)), dark=dark,
    )  # fmt: skip


@dataclass(eq=False)
class Canvas:
    """A frame of `width` × `height` pixels; `scale` is the picture's pixels per frame pixel, 0 draws no picture."""

    width: int
    height: int
    scale: tuple[float, float]
    rng: random.Random
    items: list[Item] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    image: Image.Image | None = None
    _draw: ImageDraw.ImageDraw | None = None

    def __post_init__(self) -> None:
        if self.scale[0] > 0:
            size = (round(self.width * self.scale[0]), round(self.height * self.scale[1]))
            self.image = Image.new("RGB", size, (90, 110, 130))
            self._draw = ImageDraw.Draw(self.image)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return x * self.scale[0], y * self.scale[1]

    def box(
        self, rect: Rect, fill: Colour | None = None, outline: Colour | None = None, radius: int = 0
    ) -> None:
        """A filled or outlined rectangle."""
        if self._draw is None:
            return
        (x0, y0), (x1, y1) = self._at(rect.x, rect.y), self._at(rect.right, rect.bottom)
        corners = (x0, y0, max(x0, x1 - 1), max(y0, y1 - 1))
        if radius:
            self._draw.rounded_rectangle(corners, radius * self.scale[1], fill=fill, outline=outline)
        else:
            self._draw.rectangle(corners, fill=fill, outline=outline)

    def round(self, rect: Rect, fill: Colour | None = None, outline: Colour | None = None) -> None:
        if self._draw is not None:
            (x0, y0), (x1, y1) = self._at(rect.x, rect.y), self._at(rect.right, rect.bottom)
            self._draw.ellipse((x0, y0, max(x0, x1 - 1), max(y0, y1 - 1)), fill=fill, outline=outline)

    def slice(self, rect: Rect, start: float, end: float, fill: Colour) -> None:
        """A slice of a pie, from `start` to `end` degrees, clockwise from three o'clock."""
        if self._draw is not None:
            (x0, y0), (x1, y1) = self._at(rect.x, rect.y), self._at(rect.right, rect.bottom)
            self._draw.pieslice((x0, y0, max(x0, x1 - 1), max(y0, y1 - 1)), start, end, fill=fill)

    def stroke(self, points: list[tuple[float, float]], colour: Colour, width: int = 2) -> None:
        if self._draw is not None:
            thick = max(1, round(width * self.scale[1]))
            self._draw.line([self._at(*p) for p in points], fill=colour, width=thick)

    def width_of(self, text: str, size: int, path: str) -> int:
        """Width of `text` in frame pixels."""
        return round(font(path, 20).getlength(text) * size / 20)

    def text(
        self, x: int, y: int, text: str, *, size: int, ink: Colour, paper: Colour, font_path: str, limit: int = 0,
        role: str | None = None, state: str | None = None, centre: int = 0, right: int = 0,
    ) -> Item | None:  # fmt: skip
        """Write one line with its top left at (x, y); cut off at `limit` pixels, or centred in `centre` pixels, or
        ending `right` pixels from x. Text that would leave the frame is not written, and None comes back."""
        wide = self.width_of(text, size, font_path)
        limit = limit or max(centre, right) or self.width
        while wide > limit and len(text) > 2:
            text = text[: max(1, int(len(text) * limit / wide) - 1)].rstrip() + "…"
            wide = self.width_of(text, size, font_path) if len(text) > 2 else 0
        if centre:
            x += max(0, (centre - wide) // 2)
        elif right:
            x += right - wide
        high = round(size * 1.2)
        if not text.strip() or x < 0 or y < 0 or x + wide > self.width or y + high > self.height:
            return None
        if self._draw is not None:
            small = max(4, round(size * self.scale[1]))
            self._draw.text(self._at(x, y), text, fill=ink, font=font(font_path, small))
        item = Item(text, Box(x, y, max(1, wide), high), ink, paper, role, state)
        self.items.append(item)
        return item

    def fact(
        self, kind: str, *targets: Item | None, names: tuple[str, ...] = (), value: str = "", number: int = 0
    ) -> None:
        """Remember something askable; nothing happens when one of its items could not be written."""
        if all(target is not None for target in targets):
            self.facts.append(Fact(kind, names, tuple(t for t in targets if t is not None), value, number))

    def ask(
        self, kind: str, questions: tuple[str, ...], *targets: Item | None, answer: str = "{}입니다.", **slots: Item | str | None,
    ) -> None:  # fmt: skip
        """Remember ready questions of an evaluation kind, and what answers them; nothing where an item is missing."""
        if all(target is not None for target in (*targets, *slots.values())):
            known = {name: slot for name, slot in slots.items() if slot is not None}
            self.facts.append(
                Fact("asked", questions, tuple(t for t in targets if t), kind, 0, answer, known)
            )

    def cover(self, rect: Rect) -> None:
        """Forget what lies under `rect` (a window that is opened over others): items and their facts."""
        hidden = {
            id(i) for i in self.items
            if i.box.x < rect.right and i.box.right > rect.x and i.box.y < rect.bottom and i.box.bottom > rect.y
        }  # fmt: skip
        if hidden:
            self.items = [i for i in self.items if id(i) not in hidden]
            self.facts = [
                f for f in self.facts if not any(id(t) in hidden for t in (*f.targets, *f.slots.values()))
            ]


def side_of(item: Item, size: tuple[int, int]) -> str:
    """Which ninth of the screen an item's middle lies in."""
    x, y = item.box.centre
    return SIDES[min(2, int(3 * y / size[1]))][min(2, int(3 * x / size[0]))]
