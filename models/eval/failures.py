"""Wrong answers as one picture: the part of the screen, the question, what was answered and what would have been right."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from models.eval.scoring import Item

WIDTH, TALL, GAP = 560, 300, 24
COLUMNS = 3
_INK, _FAINT, _PAPER, _CARD, _WRONG, _RIGHT = "#1d1d1f", "#6e6e73", "#f5f5f7", "#ffffff", "#d70015", "#248a3d"
_SIZE = 18


def chosen(answers: list[dict], count: int) -> list[dict]:
    """`count` wrong answers, from the kinds that went wrong most often, one of each kind at a time."""
    by_kind: dict[str, list[dict]] = defaultdict(list)
    for answer in answers:
        if not answer["right"]:
            by_kind[answer["type"]].append(answer)
    kinds = sorted(by_kind, key=lambda kind: -len(by_kind[kind]))
    found: list[dict] = []
    for turn in range(count):
        for kind in kinds:
            if turn < len(by_kind[kind]) and len(found) < count:
                found.append(by_kind[kind][turn])
    return found


def picture(wrong: list[dict], items: list[Item], screens: Path, font: Path) -> Image.Image:
    """Cards with a crop of the screen (the cited line outlined), the question, the answer and the accepted one."""
    accepted = {item.id: item for item in items}
    rows = -(-len(wrong) // COLUMNS)
    high = TALL + 3 * (_SIZE + 12) + 20
    sheet = Image.new("RGB", (COLUMNS * (WIDTH + GAP) + GAP, rows * (high + GAP) + GAP), _PAPER)
    letters = ImageFont.truetype(str(font), _SIZE)
    for n, answer in enumerate(wrong):
        at = GAP + (n % COLUMNS) * (WIDTH + GAP), GAP + (n // COLUMNS) * (high + GAP)
        _card(sheet, at, high, answer, accepted[answer["id"]], screens=screens, letters=letters)
    return sheet


def write(answers: Path, items: list[Item], screens: Path, *, font: Path, out: Path, count: int) -> int:
    """Draw wrong answers of a file that `models.eval screens --out` wrote; how many were drawn."""
    asked = {item.id for item in items}
    told = json.loads(answers.read_text(encoding="utf-8"))["answers"]
    wrong = chosen([answer for answer in told if answer["id"] in asked], count)
    picture(wrong, items, screens, font).save(out, optimize=True)
    return len(wrong)


def _card(
    sheet: Image.Image, at: tuple[int, int], high: int, answer: dict, item: Item, *, screens: Path,
    letters: ImageFont.FreeTypeFont,
) -> None:  # fmt: skip
    draw = ImageDraw.Draw(sheet)
    x, y = at
    draw.rounded_rectangle((x, y, x + WIDTH, y + high), 12, fill=_CARD)
    with Image.open(screens / answer["image"]) as opened:
        screen = opened.convert("RGB")
    box = answer.get("box")
    shown, outline = _crop(screen, box)
    sheet.paste(shown, (x + (WIDTH - shown.width) // 2, y))
    if outline:
        left = x + (WIDTH - shown.width) // 2
        draw.rounded_rectangle([left + outline[0], y + outline[1], left + outline[2], y + outline[3]], 4, outline=_WRONG, width=3)  # fmt: skip
    right = (
        "말하지 않아야 합니다" if item.kind == "absent" else " / ".join((*item.answers, *item.keywords)[:3])
    )
    told = (
        (answer["question"], _INK),
        (f"✗ {answer['answer']}", _WRONG),
        (f"✓ {right or '표시된 곳'}", _RIGHT),
    )
    for row, (text, colour) in enumerate(told):
        draw.text(
            (x + 16, y + TALL + 14 + row * (_SIZE + 12)), _fitting(text, letters), fill=colour, font=letters
        )


def _crop(
    screen: Image.Image, box: list[int] | None
) -> tuple[Image.Image, tuple[float, float, float, float] | None]:
    """The part of a screen around a box at up to twice its smallest scale, and the box in it; the whole without one."""
    whole = min(WIDTH / screen.width, TALL / screen.height)
    scale = max(whole, min(1.0, 2.2 * whole)) if box else whole
    wide, tall = min(screen.width, int(WIDTH / scale)), min(screen.height, int(TALL / scale))
    left = min(max(0, (box[0] + box[2] // 2) - wide // 2), screen.width - wide) if box else 0
    top = min(max(0, (box[1] + box[3] // 2) - tall // 2), screen.height - tall) if box else 0
    shown = screen.crop((left, top, left + wide, top + tall))
    shown = shown.resize((int(wide * scale), int(tall * scale)), Image.Resampling.LANCZOS)
    if not box:
        return shown, None
    x, y = (box[0] - left) * scale - 4, (box[1] - top) * scale - 4
    return shown, (x, y, x + box[2] * scale + 8, y + box[3] * scale + 8)


def _fitting(text: str, letters: ImageFont.FreeTypeFont) -> str:
    """`text` on one line, its end cut where it is too long."""
    while letters.getlength(text) > WIDTH - 32 and len(text) > 1:
        text = text[:-2].rstrip("…") + "…"
    return text
