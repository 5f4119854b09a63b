"""Files for the programs to show, with our words: folders, tables, texts, pictures, sounds, archives."""

from __future__ import annotations

import random
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw

ENDINGS = (
    ".txt",
    ".txt",
    ".csv",
    ".md",
    ".html",
    ".py",
    ".json",
    ".pdf",
    ".docx",
    ".hwp",
    ".xlsx",
    ".zip",
    ".mp4",
    ".xml",
)
FOLDERS = ("문서", "다운로드", "사진", "음악", "비디오", "바탕화면", "공개", "서식")


def write_content(home: Path, words: Sequence[str], rng: random.Random) -> None:
    """Fill an empty home folder."""
    kinds = ("DOCUMENTS", "DOWNLOAD", "PICTURES", "MUSIC", "VIDEOS", "DESKTOP", "PUBLICSHARE", "TEMPLATES")
    (home / ".config").mkdir(parents=True, exist_ok=True)
    (home / ".config/user-dirs.dirs").write_text(
        "".join(f'XDG_{kind}_DIR="$HOME/{name}"\n' for kind, name in zip(kinds, FOLDERS, strict=True)),
        encoding="utf-8",
    )
    for folder in FOLDERS:
        (home / folder).mkdir(exist_ok=True)
    for folder in ("문서", "다운로드", "."):
        for _ in range(rng.randint(2, 8)):
            (home / folder / named(words, rng)).mkdir(exist_ok=True)
        for _ in range(rng.randint(4, 24)):
            path = home / folder / (named(words, rng) + rng.choice(ENDINGS))
            path.write_text(text(words, rng, rng.randint(1, 60)), encoding="utf-8")
    for number in range(rng.randint(3, 12)):
        picture(home / "사진" / f"{named(words, rng)} {number}.png", rng)
    for number in range(rng.randint(2, 6)):
        sound(home / "음악" / f"{number + 1:02} {named(words, rng)}.wav", rng)
    (home / "표.csv").write_text(table(words, rng), encoding="utf-8")
    (home / "글.txt").write_text(text(words, rng, 80), encoding="utf-8")
    (home / "둘째 글.txt").write_text(text(words, rng, 50), encoding="utf-8")
    (home / "쪽.html").write_text(
        "<h1>" + rng.choice(words) + "</h1><p>" + text(words, rng, 20), encoding="utf-8"
    )
    (home / "꾸러미.xml").write_text(
        "<목록>"
        + "".join(f"<항목 이름='{named(words, rng)}'>{rng.choice(words)}</항목>" for _ in range(30))
        + "</목록>",
        encoding="utf-8",
    )
    picture(home / "그림.png", rng)
    sound(home / "소리.wav", rng)
    with zipfile.ZipFile(home / "묶음.zip", "w") as bundle:
        for _ in range(rng.randint(5, 25)):
            inner = rng.choice(("", "", named(words, rng) + "/"))
            bundle.writestr(inner + named(words, rng) + rng.choice(ENDINGS), text(words, rng, 4))


def named(words: Sequence[str], rng: random.Random) -> str:
    """A file's name."""
    name = rng.choice(words).replace("/", "·")[:30].strip(" .")
    return name + rng.choice(
        (
            "",
            "",
            "",
            f"_{rng.randint(1, 30):02}",
            f" ({rng.randint(1, 9)})",
            f"_2026{rng.randint(101, 1231):04}",
        )
    )


def text(words: Sequence[str], rng: random.Random, lines: int) -> str:
    return (
        "\n".join(" ".join(rng.choice(words) for _ in range(rng.randint(0, 6))) for _ in range(lines)) + "\n"
    )


def table(words: Sequence[str], rng: random.Random) -> str:
    columns = rng.randint(4, 9)
    rows = [[rng.choice(words).replace(",", " ") for _ in range(columns)]]
    for number in range(rng.randint(12, 50)):
        rows.append([str(number + 1)] + [cell(words, rng) for _ in range(columns - 1)])
    return "\n".join(",".join(row) for row in rows) + "\n"


def cell(words: Sequence[str], rng: random.Random) -> str:
    return rng.choice(
        (str(rng.randint(0, 99999)), f"{rng.uniform(0, 100):.1f}", rng.choice(words).replace(",", " "))
    )


def picture(path: Path, rng: random.Random) -> None:
    image = Image.new("RGB", (320, 240), tuple(rng.randrange(256) for _ in range(3)))
    draw = ImageDraw.Draw(image)
    for _ in range(12):
        x, y = rng.randrange(320), rng.randrange(240)
        draw.ellipse(
            [x, y, x + rng.randint(10, 120), y + rng.randint(10, 120)],
            tuple(rng.randrange(256) for _ in range(3)),
        )
    image.save(path)


def sound(path: Path, rng: random.Random) -> None:
    """Eight-bit mono noise of two to nine seconds."""
    count = 8000 * rng.randint(2, 9)
    head = struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        36 + count,
        b"WAVE",
        b"fmt ",
        16,
        1,
        1,
        8000,
        8000,
        1,
        8,
        b"data",
        count,
    )
    path.write_bytes(head + bytes(rng.randrange(120, 136) for _ in range(800)) * (count // 800))
