"""Finds font files, says which characters each can draw, and splits them into training and held-out fonts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

SYSTEM = Path("/usr/share/fonts")
HELD_OUT = ("NanumBarunGothic.ttf", "NanumBarunGothicBold.ttf", "UnDotum", "NanumSquareRoundR")
"""interface fonts never trained on; they give the learning curve"""
WEIGHTS: tuple[tuple[str, float], ...] = (  # beginning of the file name: how often; the first match counts
    ("NotoSansCJK-Regular", 9), ("NotoSansCJK-Bold", 4), ("NanumGothicCoding", 3), ("NanumGothicEco", 1),
    ("NanumGothic.", 9), ("NanumGothicBold", 4), ("NanumGothic", 2), ("NanumBarunGothic-Yet", 1),
    ("NanumBarunGothic", 2), ("NanumSquare", 1), ("NanumMyeongjo", 1), ("NanumBarunpen", 0.7), ("NanumBrush", 0.15),
    ("NanumPen", 0.15), ("D2Coding", 5), ("NotoSerifCJK", 1.5), ("dotum", 4), ("gulim", 3), ("batang", 1.5),
    ("hline", 0.3), ("UnDotum", 2), ("UnBatang", 1), ("UnGraphic", 0.6), ("UnShinmun", 0.3), ("UnTaza", 0.2),
    ("UnVada", 0.2), ("UnJamoSora", 0.2), ("UnDinaru", 0.3), ("UnPen.", 0.15), ("UnGungseo", 0.3),
    ("Pretendard-Regular.otf", 5), ("Pretendard-Medium.otf", 3), ("Pretendard-SemiBold.otf", 2),
    ("Pretendard-Bold.otf", 2), ("Pretendard-Light.otf", 1.5), ("Pretendard-ExtraBold.otf", 0.7),
)  # fmt: skip
LATIN: tuple[tuple[str, float], ...] = (
    ("DejaVuSans.", 5), ("DejaVuSans-Bold.", 2), ("DejaVuSansMono.", 4), ("DejaVuSansMono-Bold.", 1),
    ("DejaVuSerif.", 1), ("DejaVuSansCondensed.", 1), ("LiberationSans-Regular", 4), ("LiberationSans-Bold.", 2),
    ("LiberationMono-Regular", 2), ("LiberationSerif-Regular", 1.5), ("LiberationSans-Italic", 0.7),
    ("Cantarell-Regular", 4), ("Cantarell-Bold", 2), ("Roboto-Regular", 4), ("Roboto-Medium", 2), ("Roboto-Bold.", 1),
    ("Roboto-Light.", 1), ("Inter-Regular", 3), ("Inter-SemiBold", 1), ("OpenSans-Regular", 3), ("OpenSans-Bold.", 1),
    ("Lato-Regular", 1), ("Carlito-Regular", 2), ("Carlito-Bold.", 1), ("Hack-Regular", 1.5), ("FiraCode-Regular", 1.5),
    ("NotoSansMono-Regular", 1), ("NotoMono", 1), ("DejaVuSans-Oblique", 0.5),
)  # fmt: skip
FALLBACKS = ("NotoSansCJK-Regular", "DejaVuSans.", "D2Coding", "UnDotum")
"""where characters come from that the chosen font cannot draw"""
KOREAN_FACE = {"NotoSansCJK": 1, "NotoSerifCJK": 1}
"""index of the Korean face in the collections of Noto"""
PROBE = "가힣한글"


@dataclass
class Face:
    """One font file (or one face of a collection) and the characters it draws."""

    path: Path
    index: int
    characters: frozenset[str]
    weight: float

    def at(self, size: float) -> ImageFont.FreeTypeFont:
        """The face at `size` pixels per em."""
        return _opened(self.path, self.index, size)


@lru_cache(maxsize=256)  # not all sizes of all faces: open faces of CJK fonts took 10 GB in twenty minutes
def _opened(path: Path, index: int, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, index=index, layout_engine=ImageFont.Layout.BASIC)


@dataclass
class Fonts:
    """The faces that lines are drawn with."""

    korean: list[Face]
    latin: list[Face]
    fallbacks: list[Face]

    def choose(self, r: random.Random) -> list[Face]:
        """Faces in the order in which a character is looked for: perhaps a Latin one, the Korean one, fallbacks."""
        first = r.choices(self.korean, [face.weight for face in self.korean])[0]
        if self.latin and r.random() < 0.3:
            latin = r.choices(self.latin, [face.weight for face in self.latin])[0]
            return [latin, first, *self.fallbacks]
        return [first, *self.fallbacks]


def find_fonts(folders: list[Path], held_out: bool = False) -> Fonts:
    """The fonts under `folders` for training, or the held-out ones. Raises FileNotFoundError without any."""
    files = sorted(
        {file for folder in folders for file in folder.rglob("*.[to]t[fc]")}, key=lambda file: file.name
    )
    files = list({file.name: file for file in files}.values())
    is_held = {file: file.name.startswith(HELD_OUT) for file in files}
    korean = [_face(file, WEIGHTS) for file in files if is_held[file] is held_out and _weight(file, WEIGHTS)]
    korean = [face for face in korean if face.characters.issuperset(PROBE)]
    if not korean:
        raise FileNotFoundError(f"no Korean fonts under {', '.join(map(str, folders))}")
    latin = [] if held_out else [_face(file, LATIN) for file in files if _weight(file, LATIN)]
    named = [next((f for f in files if f.name.startswith(name)), None) for name in FALLBACKS]
    fallbacks = [_face(file, WEIGHTS) for file in named if file]
    return Fonts(korean, latin, fallbacks)


def _weight(file: Path, table: tuple[tuple[str, float], ...]) -> float:
    return next((weight for beginning, weight in table if file.name.startswith(beginning)), 0.0)


def _face(file: Path, table: tuple[tuple[str, float], ...]) -> Face:
    from fontTools.ttLib import TTFont

    index = next((i for name, i in KOREAN_FACE.items() if file.name.startswith(name)), 0)
    with TTFont(file, fontNumber=index, lazy=True) as font:
        characters = frozenset(chr(code) for code in font.getBestCmap())
    return Face(file, index, characters, _weight(file, table))
