"""What a compiler said of a tower, and the table of all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

BEGIN, END = "<!-- table: python -m models.npu compile -->", "<!-- end of table -->"


@dataclass(frozen=True)
class Outcome:
    """`elsewhere` counts operators by kind that the CPU would run, `at_the_door` those that only turn inputs and outputs into
    integers and back; `refused` is the compiler's reason, empty where it compiled."""

    tower: str
    platform: str
    numbers: str
    blob_bytes: int = 0
    compile_s: float = 0.0
    elsewhere: dict[str, int] = field(default_factory=dict)
    at_the_door: int = 0
    refused: str = ""


def table(outcomes: Iterable[Outcome]) -> str:
    """Markdown, a line each."""
    lines = [
        "| tower | platform | numbers | compiled | blob, MB | seconds | operators on the CPU |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in outcomes:
        if one.refused:
            lines.append(
                f"| {one.tower} | {one.platform} | {one.numbers} | **no**: {_short(one.refused)} | | | |"
            )
            continue
        fallen = ", ".join(f"{count} {kind}" for kind, count in sorted(one.elsewhere.items())) or "none"
        door = f"; {one.at_the_door} at the door" if one.at_the_door else ""
        size, seconds = f"{one.blob_bytes / 1e6:.1f}", f"{one.compile_s:.0f}"
        lines.append(
            f"| {one.tower} | {one.platform} | {one.numbers} | yes | {size} | {seconds} | {fallen}{door} |"
        )
    return "\n".join(lines)


def put(page: Path, written: str) -> None:
    """Replace what stands between the marks of a page. Raises ValueError where it has none."""
    text = page.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise ValueError(f"{page} has no place for the table")
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    page.write_text(f"{before}{BEGIN}\n{written}\n{END}{after}", encoding="utf-8")


def _short(reason: str) -> str:
    return " ".join(reason.replace("|", "/").split())[:200]
