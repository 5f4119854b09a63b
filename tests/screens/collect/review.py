"""Find the lines of raw captures that the picture may not bear out, for a person to look at.

Every picture is read with Tesseract (a weak reader, only used to sort); lines that differ are put on contact sheets
with their number, the tree's text and the crop. The decisions are written down in repairs.json and applied by
finish.py.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps, ImageStat

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
PER_SHEET = 84


def crop_of(image: Image.Image, box: list[int], pad: int = 3) -> Image.Image:
    x, y, w, h = box
    left, top = min(max(0, x - pad), image.width - 9), min(max(0, y - pad), image.height - 9)
    return image.crop(
        (
            left,
            top,
            max(left + 8, min(image.width, x + w + pad)),
            max(top + 8, min(image.height, y + h + pad)),
        )
    )


def words(image: Image.Image) -> list[tuple[str, float, float]]:
    """Tesseract's words of the whole picture, twice enlarged: text and middle in picture pixels."""
    grey = ImageOps.grayscale(image)
    if ImageStat.Stat(grey).median[0] < 110:
        grey = ImageOps.invert(grey)
    path = Path(tempfile.gettempdir()) / f"review-{os.getpid()}.png"
    grey.resize((grey.width * 2, grey.height * 2), Image.LANCZOS).save(path)
    try:
        done = subprocess.run(
            ["tesseract", str(path), "-", "-l", "kor+eng", "--psm", "11", "tsv"],
            capture_output=True,
            text=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
            check=False,
        )
    finally:
        path.unlink()
    rows = [row.split("\t") for row in done.stdout.splitlines()[1:]]
    return [
        (r[11], (int(r[6]) + int(r[8]) / 2) / 2, (int(r[7]) + int(r[9]) / 2) / 2)
        for r in rows
        if len(r) > 11 and r[11].strip()
    ]


def within(seen: list[tuple[str, float, float]], box: list[int]) -> str:
    x, y, w, h = box
    return "".join(t for t, cx, cy in seen if x - 2 <= cx <= x + w + 2 and y - 2 <= cy <= y + h + 2)


def same(a: str, b: str) -> float:
    a, b = (re.sub(r"[\W_]+", "", s).lower() for s in (a, b))
    return difflib.SequenceMatcher(None, a, b).ratio() if a and b else 0.0


def looks_iconic(line: dict) -> bool:
    """A box too narrow for its text: an icon's name, or a text that is cut off."""
    font = ImageFont.truetype(FONT, 12, index=1)
    return (
        line["role"] in {"button", "check box", "radio button", "icon", "combo box", "menu", "tab"}
        and font.getlength(line["text"]) > line["box"][2] - 6
    )


def doubtful(raw: Path) -> list[dict]:
    """Lines of one capture whose crop reads otherwise than the tree says; `number` is the line's place."""
    record = json.loads(raw.read_text())
    image = Image.open(raw.with_suffix(".png")).convert("RGB")
    crops = [crop_of(image, line["box"]) for line in record["lines"]]
    found = words(image)
    seen = [within(found, line["box"]) for line in record["lines"]]
    out = []
    for number, (line, crop, text) in enumerate(zip(record["lines"], crops, seen, strict=True)):
        score = same(line["text"], text)
        if score < 0.75:
            out.append(
                {
                    "id": record["id"],
                    "number": number,
                    "text": line["text"],
                    "role": line["role"],
                    "read": text,
                    "score": round(score, 2),
                    "iconic": looks_iconic(line),
                    "crop": crop,
                }
            )
    return out


def sheets(rows: list[dict], folder: Path) -> None:
    """Contact sheets of the doubtful lines, three columns."""
    font = ImageFont.truetype(FONT, 14, index=1)
    for start in range(0, len(rows), PER_SHEET):
        page = Image.new("RGB", (1860, 36 * PER_SHEET // 3 + 8), "white")
        draw = ImageDraw.Draw(page)
        for place, row in enumerate(rows[start : start + PER_SHEET]):
            x, y = 620 * (place % 3), 36 * (place // 3)
            crop = row["crop"]
            crop.thumbnail((300, 34))
            page.paste(crop, (x + 4, y + 1))
            mark = "*" if row["iconic"] else ""
            draw.text(
                (x + 310, y + 6), f"{row['id'][:12]}#{row['number']}{mark} {row['text'][:18]}", "red", font
            )
        page.save(folder / f"sheet-{start // PER_SHEET:02d}.png")


def main(folder: str, *names: str) -> None:
    place = Path(folder)
    rows = [
        row for raw in sorted(place.glob("*.json")) if not names or raw.stem in names for row in doubtful(raw)
    ]
    sheets(rows, place.parent)
    for row in rows:
        row.pop("crop")
    (place.parent / "doubtful.jsonl").write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
    )
    print(len(rows), "doubtful lines")


if __name__ == "__main__":
    main(*sys.argv[1:])
