"""Make the committed files from raw captures: repairs applied, boxes tightened, pictures reduced to a palette.

`python3 -m collect.finish RAW_FOLDER OUT_FOLDER [ID…]` from tests/screens. repairs.json says what looking at the
pictures found wrong in the trees, by capture: `drop` texts that are not on the picture (icons' names, covered or cut
texts; "text|role" when only one role is wrong), `fix` old → new (also by "text|role"), `add` lines the tree lacks, `numbers` how
a sheet formats its cells.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from PIL import Image, ImageChops

HERE = Path(__file__).parent


def without_hidden_menus(lines: list[dict]) -> list[dict]:
    """LibreOffice keeps a second, hidden menu bar under its tool bar: of equal menus in two rows keep the upper."""
    rows = Counter(line["box"][1] for line in lines if line["role"] == "menu")
    first = {
        line["text"]: line["box"][1]
        for line in reversed(lines)
        if line["role"] == "menu" and rows[line["box"][1]] > 3
    }
    return [
        line
        for line in lines
        if line["role"] != "menu" or rows[line["box"][1]] <= 3 or line["box"][1] <= first[line["text"]]
    ]


def as_shown(text: str, numbers: str) -> str:
    """A cell's stored value as its sheet shows it: thousands separated, shares as per cent, one decimal."""
    if numbers == "comma" and re.fullmatch(r"-?\d{4,}", text):
        return f"{int(text):,}"
    if numbers == "comma" and re.fullmatch(r"0\.\d+", text):
        return f"{float(text):.1%}"
    if numbers == "tenth" and re.fullmatch(r"\d+(\.\d+)?", text) and "." in text:
        return f"{float(text):.1f}"
    return text


def tight(image: Image.Image, box: list[int]) -> list[int]:
    """A title strip cut down to its text: the widest run of ink without a gap of 24 pixels.

    The frame's borders, the menu button on the left and the three buttons on the right are left out.
    """
    x, y, w, h = box
    strip = image.crop((x + 2, y + 3, x + w - 2, y + h - 2)).convert("L")
    background = strip.getpixel((strip.width // 2, strip.height - 2))
    ink = ImageChops.difference(strip, Image.new("L", strip.size, background)).point(
        lambda v: 255 if v > 60 else 0
    )
    columns = [i for i in range(26, ink.width - 76) if ink.crop((i, 0, i + 1, ink.height)).getbbox()]
    runs: list[list[int]] = []
    for column in columns:
        if runs and column - runs[-1][1] < 24:
            runs[-1][1] = column
        else:
            runs.append([column, column])
    if not runs:
        return box
    left, right = max(runs, key=lambda r: r[1] - r[0])
    return [x + 2 + left - 2, y + 2, min(right - left + 6, w), h - 4]


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def named_by_their_text(lines: list[dict]) -> list[dict]:
    """Give a small check box or radio button the box of the label beside it, and drop that label."""
    gone: list[int] = []
    for box in (n for n in lines if n["role"] in {"check box", "radio button"} and n["box"][2] <= 26):
        x, y, w, h = box["box"]
        for label in lines:
            lx, ly, lw, lh = label["box"]
            if (
                label["text"] == box["text"]
                and label is not box
                and 0 <= lx - x - w < 40
                and abs(ly + lh / 2 - y - h / 2) < 9
            ):
                top = min(y, ly)
                box["box"] = [x, top, lx + lw - x, max(y + h, ly + lh) - top]
                gone.append(id(label))
                break
        else:
            if w <= 14:  # Chromium does not place its labels: 16 pixel letters beside the mark
                box["box"] = [x, y - 4, w + 8 + round(columns(box["text"]) * 7.6), h + 8]
    return [line for line in lines if id(line) not in gone]


def without_parts(lines: list[dict]) -> list[dict]:
    """Browsers give a paragraph and its pieces: drop a text that lies inside a longer one holding it."""
    plain = {"text", "label", "link"}

    def part(a: dict, b: dict) -> bool:
        (ax, ay, aw, ah), (bx, by, bw, bh) = a["box"], b["box"]
        return (
            a is not b
            and len(a["text"]) < len(b["text"])
            and a["text"] in b["text"]
            and ax >= bx - 3
            and ay >= by - 3
            and ax + aw <= bx + bw + 3
            and ay + ah <= by + bh + 3
        )

    return [
        a
        for a in lines
        if a["role"] not in plain
        or a["role"] == "link"
        or not any(b["role"] in plain and part(a, b) for b in lines)
    ]


def widened(line: dict) -> list[int]:
    """Terminals give Hangul one column instead of two; a sheet's heading runs over its cell: boxes as wide as the ink."""
    x, y, w, h = line["box"]
    if line["role"] == "terminal":
        return [x, y, round(w / len(line["text"]) * columns(line["text"])), h]
    if line["role"] == "cell" and h >= 30:
        return [x, y, max(w, round(columns(line["text"]) * 10.2)), h]
    return line["box"]


def moved(line: dict, repair: dict) -> dict:
    """Boxes that a program reports wrongly: `left` moves list entries to the left, `down` a sheet's cells and edges."""
    x, y, w, h = line["box"]
    entry = line["text"] in repair.get("left", {}).get("texts", []) and line["role"] == "cell"
    if entry:
        x -= repair["left"]["by"]
    down = repair.get("down")
    if down and not entry and ((line["role"] == "cell" and w >= 95) or line["text"] in down["also"]):
        y += down["by"]
    return line | {"box": [x, y, w, h]}


def repaired(record: dict, repair: dict, image: Image.Image) -> dict:
    """The record with its repairs; boxes are cut to the picture and title strips to their texts."""
    dropped = set(repair.get("drop", []))
    lines = []
    for line in without_hidden_menus(record["lines"]):
        keys = {line["text"], f"{line['text']}|{line['role']}", "{}@{},{}".format(line["text"], *line["box"])}
        if keys & dropped or not re.search(r"\w|[+×÷=−%]", line["text"]):
            continue
        fixes = repair.get("fix", {})
        text = fixes.get(f"{line['text']}|{line['role']}", fixes.get(line["text"], line["text"])).strip()
        text = " ".join(text.replace("\u200e", "").replace("\u200b", "").replace("\u2236", ":").split())
        if line["role"] == "cell":
            text = as_shown(text, repair.get("numbers", ""))
        line = moved(line, repair)
        x, y, w, h = tight(image, line["box"]) if line["role"] == "title" else widened(line)
        x2, y2 = min(x + w, image.width), min(y + h, image.height)
        x, y = max(x, 0), max(y, 0)
        box = repair.get("boxes", {}).get(line["text"], [x, y, x2 - x, y2 - y])
        if text and box[2] > 2 and box[3] > 2:
            lines.append(line | {"text": text, "box": box})
    lines = without_parts(named_by_their_text(lines))
    lines += [dict(zip(("text", "box", "role", "state"), row, strict=False)) for row in repair.get("add", [])]
    lines.sort(key=lambda n: (n["box"][1] // 8, n["box"][0]))
    source = repair.get("source", record["source"])
    return record | {
        "program": repair.get("program", record["program"]),
        "title": repair.get("title", record["title"]),
        "theme": repair.get("theme", record["theme"]),
        "lines": lines,
        "source": source,
    }


def dump(record: dict) -> str:
    """JSON with one line of the screen per row."""
    head = {k: v for k, v in record.items() if k != "lines"}
    rows = ",\n".join(json.dumps(line, ensure_ascii=False) for line in record["lines"])
    return json.dumps(head, ensure_ascii=False)[:-1] + ', "lines": [\n' + rows + "\n]}\n"


def main(raw: str, out: str, *names: str) -> None:
    repairs = json.loads((HERE / "repairs.json").read_text())
    target = Path(out)
    for name in names or sorted(repairs):
        source = Path(raw) / f"{name}.png"
        image = Image.open(source).convert("RGB")
        record = repaired(json.loads(source.with_suffix(".json").read_text()), repairs.get(name, {}), image)
        (target / f"{name}.json").write_text(dump(record))
        subprocess.run(
            [
                "pngquant",
                "--force",
                "--skip-if-larger",
                "--strip",
                "--speed",
                "1",
                "--quality",
                "80-100",
                "--output",
                str(target / f"{name}.png"),
                "256",
                str(source),
            ],
            check=True,
        )
        print(name, len(record["lines"]), (target / f"{name}.png").stat().st_size // 1024, "KiB")


if __name__ == "__main__":
    main(*sys.argv[1:])
