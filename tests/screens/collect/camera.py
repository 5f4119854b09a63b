"""Photographs of paper as a camera would see them, drawn: a receipt and a notice, warped, unevenly lit and blurred.

`/usr/bin/python3 -m collect.camera RAW_FOLDER` from tests/screens. No camera took them and nobody's paper is on them;
the boxes are exact because the same warp that bends the picture moves the corners of each drawn text.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = Path("/usr/share/fonts/truetype")
CODING, ROUND = FONTS / "nanum/NanumGothicCoding.ttf", FONTS / "nanum/NanumSquareRoundB.ttf"
Point = tuple[float, float]


@dataclass
class Paper:
    """A flat sheet and the texts drawn on it; boxes in the sheet's pixels."""

    size: tuple[int, int]
    colour: str
    texts: list[tuple[str, tuple[int, int, int, int]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", self.size, self.colour)
        self.draw = ImageDraw.Draw(self.image)

    def write(
        self,
        text: str,
        at: tuple[int, int],
        font: ImageFont.FreeTypeFont,
        ink: str = "#222",
        anchor: str = "la",
    ) -> None:
        self.draw.text(at, text, ink, font, anchor=anchor)
        left, top, right, bottom = self.draw.textbbox(at, text, font, anchor=anchor)
        self.texts.append((text, (left, top, right, bottom)))


def homography(source: list[Point], target: list[Point]) -> np.ndarray:
    """The 3×3 matrix that takes four source points to four target points."""
    rows, right = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return np.append(np.linalg.solve(np.array(rows, float), np.array(right, float)), 1).reshape(3, 3)


def bend(y: np.ndarray | float, height: int) -> np.ndarray | float:
    """How far (pixels, to the right) a held sheet is bowed at height `y`."""
    return 9 * np.sin(np.pi * y / height * 1.3)


def photograph(paper: Paper, corners: list[Point], size: tuple[int, int], table: str, dim: float) -> tuple:
    """The picture and the lines: bowed, seen from a side, lit from the upper left, slightly out of focus."""
    w, h = paper.size
    pixels = np.asarray(paper.image)
    bowed = np.stack([np.roll(row, int(round(float(bend(y, h)))), axis=0) for y, row in enumerate(pixels)])
    matrix = homography([(0, 0), (w, 0), (w, h), (0, h)], corners)
    back = np.linalg.inv(matrix)
    back /= back[2, 2]
    coefficients = tuple(back.ravel()[:8])
    seen = Image.fromarray(bowed).transform(size, Image.PERSPECTIVE, coefficients, Image.BICUBIC)
    mask = Image.new("L", paper.size, 255).transform(size, Image.PERSPECTIVE, coefficients, Image.BICUBIC)
    scene = Image.new("RGB", size, table)
    shadow = mask.filter(ImageFilter.GaussianBlur(14)).point(lambda v: v // 3)
    scene.paste("#1a1510", (10, 14), shadow)
    scene.paste(seen, (0, 0), mask)
    y, x = np.mgrid[0 : size[1], 0 : size[0]]
    light = 1.04 - dim * np.hypot(x / size[0] - 0.25, y / size[1] - 0.15)
    lit = np.clip(np.asarray(scene, float) * light[..., None], 0, 255).astype(np.uint8)
    lines = [{"text": t, "box": moved(b, matrix, h), "role": "text"} for t, b in paper.texts]
    return Image.fromarray(lit).filter(ImageFilter.GaussianBlur(0.7)), lines


def moved(box: tuple[int, int, int, int], matrix: np.ndarray, height: int) -> list[int]:
    """The upright rectangle around a sheet's box after bow and warp: x, y, width, height."""
    left, top, right, bottom = box
    points = [(x + bend(y, height), y, 1) for x in (left, right) for y in (top, bottom)]
    spots = [(u / k, v / k) for u, v, k in (matrix @ np.array(p, float) for p in points)]
    xs, ys = zip(*spots, strict=True)
    x, y = int(min(xs)), int(min(ys))
    return [x, y, int(np.ceil(max(xs))) - x, int(np.ceil(max(ys))) - y]


def receipt() -> Paper:
    paper = Paper((560, 860), "#f7f5ee")
    big, plain = ImageFont.truetype(str(CODING), 40), ImageFont.truetype(str(CODING), 26)
    paper.write("달맞이분식", (280, 26), big, anchor="ma")
    paper.write("대표 하늬솔  전화 02-000-7741", (280, 84), plain, anchor="ma")
    paper.write("2026-11-21 (토) 18:42", (40, 130), plain)
    paper.write("영수증 번호 0387", (40, 164), plain)
    rows = [("품목", "수량", "금액"), ("참치김밥", "2", "8,400"), ("치즈라면", "1", "5,500"), ("떡볶이", "1", "4,800"),
            ("군만두", "3", "10,500"), ("사이다", "2", "3,600")]  # fmt: skip
    for number, (name, count, price) in enumerate(rows):
        y = 222 + 44 * number
        paper.write(name, (40, y), plain)
        paper.write(count, (350, y), plain, anchor="ra")
        paper.write(price, (520, y), plain, anchor="ra")
    paper.draw.line([(36, 206), (524, 206)], "#555", 2)
    paper.draw.line([(36, 494), (524, 494)], "#555", 2)
    for number, (name, value) in enumerate([("합계", "32,800"), ("할인", "-2,000"), ("받은 금액", "30,800")]):
        y = 512 + 46 * number
        paper.write(name, (40, y), plain)
        paper.write(value, (520, y), plain, anchor="ra")
    paper.write("결제: 체크카드 (일시불)", (40, 664), plain)
    paper.write("적립 포인트 308점", (40, 704), plain)
    paper.write("교환·환불은 7일 안에 영수증과 함께", (280, 766), plain, anchor="ma")
    paper.write("고맙습니다. 또 오세요!", (280, 808), plain, anchor="ma")
    return paper


def notice() -> Paper:
    paper = Paper((760, 980), "#fff3d6")
    big, middle, plain = (ImageFont.truetype(str(ROUND), points) for points in (70, 40, 33))
    paper.draw.rectangle([0, 0, 760, 190], "#2b6e4f")
    paper.write("토요 나눔 장터", (380, 34), big, "#fff7e0", "ma")
    paper.write("안 쓰는 물건, 새 주인을 만나요", (380, 128), plain, "#e6f2d8", "ma")
    paper.write("11월 28일 토요일", (60, 240), middle, "#b03a1e")
    paper.write("오전 11시 ~ 오후 4시", (60, 300), middle, "#b03a1e")
    for number, text in enumerate(
        [
            "장소: 너른마루공원 분수대 앞",
            "참가비: 자리당 3,000원",
            "신청: 11월 25일까지, 선착순 40팀",
            "문의: 주민자치회 02-000-1184",
        ]
    ):
        paper.write(text, (60, 392 + 66 * number), plain)
    paper.draw.rounded_rectangle([50, 680, 710, 850], 20, "#ffd98a")
    paper.write("팔 수 없는 것", (80, 700), middle, "#7a3b00")
    paper.write("음식, 약, 살아 있는 동물", (80, 770), plain, "#7a3b00")
    paper.write("비가 오면 12월 5일로 미룹니다", (380, 892), plain, "#2b6e4f", "ma")
    return paper


def main(folder: str) -> None:
    shots = {
        "camera-receipt": (receipt(), [(402, 24), (858, 52), (828, 704), (370, 676)], (1280, 720), "#6b4a30", 0.42, "분식집 영수증"),
        "camera-notice": (notice(), [(470, 70), (1118, 28), (1150, 872), (430, 820)], (1600, 900), "#8d9299", 0.34, "장터 알림 포스터"),
    }  # fmt: skip
    for name, (paper, corners, size, table, dim, title) in shots.items():
        image, lines = photograph(paper, corners, size, table, dim)
        image.save(Path(folder) / f"{name}.png")
        record = {
            "id": name, "program": "camera", "title": title, "size": list(size), "theme": "light",
            "lines": lines, "source": "drawn",
        }  # fmt: skip
        Path(folder, f"{name}.json").write_text(json.dumps(record, ensure_ascii=False, indent=0))


if __name__ == "__main__":
    main(sys.argv[1])
