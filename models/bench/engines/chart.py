"""The figures of a run as a picture: for each model and stage a bar for each engine, ours first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from models.bench.picture import opened

STAGES = (
    ("encode_ms", "picture encoded, ms"), ("prefill_ms", "prefill, ms"), ("first_cold_ms", "first token, cold, ms"),
    ("first_after_look_ms", "first token after a look, ms"), ("tokens_per_s", "decode, tokens/s (more is better)"),
    ("peak_mb", "peak memory, MB"),
)  # fmt: skip
COLOURS = {
    "openvino": "#1677ff", "transformers-fp32": "#bfbfbf", "transformers-bf16": "#8c8c8c", "genai": "#13c2c2",
    "llama.cpp": "#d48806",
}  # fmt: skip
BAR, GAP, LEFT, WIDE, LABEL = 18, 26, 190, 460, 130
"""pixels: height of a bar, space between groups, room for names, the longest bar, room for its figure"""


def drawn(told: dict[str, Any]) -> Image.Image:
    """Two columns of stages for each model."""
    blocks = [_block(name, model) for name, model in told["models"].items()]
    whole = Image.new("RGB", (max(b.width for b in blocks), sum(b.height for b in blocks)), "white")
    top = 0
    for block in blocks:
        whole.paste(block, (0, top))
        top += block.height
    return whole


def save(told: dict[str, Any], path: Path) -> None:
    """Write the drawing as a PNG of few colours. Errors: OSError without a font."""
    drawn(told).quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


def _block(name: str, model: dict[str, Any]) -> Image.Image:
    engines = [key for key, one in model["engines"].items() if "skipped" not in one]
    column, high = LEFT + WIDE + LABEL, GAP + len(engines) * (BAR + 4) + 12
    rows = -(-len(STAGES) // 2)
    block = Image.new("RGB", (2 * column + 20, 40 + rows * high), "white")
    pen = ImageDraw.Draw(block)
    pen.text(
        (16, 10),
        f"{name}  (medians of {model['rounds']} rounds, engines in turn)",
        fill="black",
        font=opened(16),
    )
    for number, (key, label) in enumerate(STAGES):
        x, y = (number % 2) * (column + 10), 40 + number // 2 * high
        pen.text((x + 16, y), label, fill="black", font=opened(14))
        values = {engine: model["engines"][engine].get(key) for engine in engines}
        most = max((value for value in values.values() if value), default=1.0)
        for place, (engine, value) in enumerate(values.items()):
            top = y + GAP + place * (BAR + 4)
            pen.text((x + 16, top + BAR / 2), engine, fill="#434343", font=opened(13), anchor="lm")
            if not value:
                pen.text((x + LEFT, top + BAR / 2), "–", fill="#8c8c8c", font=opened(13), anchor="lm")
                continue
            end = x + LEFT + max(2, round(WIDE * value / most))
            pen.rectangle((x + LEFT, top, end, top + BAR), fill=COLOURS.get(engine, "#722ed1"))
            told = f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
            pen.text((end + 6, top + BAR / 2), told, fill="black", font=opened(13), anchor="lm")
    return block
