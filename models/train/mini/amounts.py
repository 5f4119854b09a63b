"""Numbers, money, sizes, dates and times as they stand in table columns: made in one form per column, and read back."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from models.train.mini import values
from models.train.mini.corpus import Pools

_BYTES = {
    "바이트": 1, "b": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "kib": 1024, "mib": 1024**2, "gib": 1024**3,
}  # fmt: skip
_NUMBER = re.compile(r"^[₩\\+]?\s*([-−]?[\d,]+(?:\.\d+)?)\s*([^\d\s].*)?$")
_DATE = re.compile(r"^(?:(\d{4})\s*[-./년]\s*)?(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?(?:\s.*)?$")
_CLOCK = re.compile(r"^(오전|오후)?\s*(\d{1,2})\s*[:시]\s*(\d{2})\s*분?$")
_LONG = re.compile(r"^(?:(\d+)시간)?\s*(?:(\d+)분)?$")
COMPARABLE = (
    "number", "money", "percent", "bytes", "date", "time", "score", "degrees", "lasting", "stock", "signed",
)  # fmt: skip
SUMMABLE = ("number", "money", "stock")


def amount(text: str, sort: str) -> float | None:
    """What can be compared in a cell of that sort; None when it is cut off or of another form."""
    text = text.strip()
    if sort == "date":
        match = _DATE.match(text)
        return (
            int(match[1] or 0) * 10_000 + int(match[2]) * 100 + int(match[3])
            if match and int(match[2]) <= 12
            else None
        )
    if sort == "time":
        match = _CLOCK.match(text)
        if not match:
            return None
        hour = int(match[2]) % 12 + (12 if match[1] == "오후" else 0) if match[1] else int(match[2])
        return hour * 60 + int(match[3])
    if sort == "lasting":
        if match := re.match(r"^(\d+):(\d{2})$", text):
            return int(match[1]) * 60 + int(match[2])
        match = _LONG.match(text)
        return int(match[1] or 0) * 60 + int(match[2] or 0) if match and text else None
    match = _NUMBER.match(text)
    if not match:
        return None
    value = float(match[1].replace(",", "").replace("−", "-"))
    if sort == "bytes":
        unit = (match[2] or "").strip().lower()
        return value * _BYTES[unit] if unit in _BYTES else None
    return value


def column(sort: str, count: int, p: Pools, rng: random.Random) -> list[str]:
    """`count` values of one column, all written in the same form."""
    n = rng.randint
    makers: dict[str, Callable[[], str]] = {}
    if sort == "money":
        unit, tail = 10 ** rng.choice((1, 2, 2, 3, 3, 4)), rng.choice(("원", "원", "", ""))
        head, most = rng.choice(("", "", "", "₩ ")), rng.choice((99, 999, 999, 9999))
        makers[sort] = lambda: f"{head}{n(1, most) * unit:,}{'' if head else tail}"
    elif sort == "number":
        most, tail, comma = (
            rng.choice((50, 200, 2000, 30_000)),
            "",
            rng.random() < 0.85,
        )
        makers[sort] = lambda: (f"{v:,}" if comma else str(v)) + tail if (v := n(0, most)) >= 0 else ""
    elif sort == "stock":
        tail, most = rng.choice(("", "", "개", "대", "상자")), rng.choice((30, 120, 600))
        makers[sort] = lambda: f"{n(0, most)}{tail}"
    elif sort == "score":
        tail, part = rng.choice(("", "", "점")), rng.random() < 0.2
        makers[sort] = lambda: f"{n(40, 100)}{f'.{n(0, 9)}' if part else ''}{tail}"
    elif sort == "degrees":
        tail = rng.choice(("°", "℃", "도", "°C"))
        makers[sort] = lambda: f"{n(-12, 36)}{tail}"
    elif sort == "signed":
        makers[sort] = lambda: f"{rng.choice(('-', '-', ''))}{n(1, 900) * 100:,}"
    elif sort == "bytes":
        units = rng.choice(
            (("KB", "MB", "GB"), ("KiB", "MiB", "MiB", "GiB"), ("바이트", "KB", "MB"), ("MB",))
        )
        makers[sort] = lambda: f"{n(1, 999)}{rng.choice(('', f'.{n(1, 9)}'))} {rng.choice(units)}"
    elif sort == "date":
        form, year = n(0, 5), n(2019, 2026)
        makers[sort] = lambda: _date(form, year if rng.random() < 0.8 else year - 1, n(1, 12), n(1, 28))
    elif sort == "time":
        form = n(0, 2)
        makers[sort] = lambda: _clock(form, n(0, 23), rng.choice((0, 10, 15, 20, 30, 40, 45, n(0, 59))))
    elif sort == "lasting":
        form = n(0, 1)
        makers[sort] = lambda: (
            f"{n(0, 9)}:{n(0, 59):02}" if form else f"{f'{h}시간 ' if (h := n(0, 4)) else ''}{n(1, 59)}분"
        )
    make = makers.get(sort) or (lambda: values.value(sort, p, rng))
    return [make() for _ in range(count)]


def _date(form: int, y: int, m: int, d: int) -> str:
    return (f"{y}-{m:02}-{d:02}", f"{y}년 {m}월 {d}일", f"{y}.{m:02}.{d:02}", f"{m}월 {d}일", f"{y}/{m:02}/{d:02}",
            f"{m:02}.{d:02}")[form]  # fmt: skip


def _clock(form: int, h: int, m: int) -> str:
    half = "오전" if h < 12 else "오후"
    return (f"{h:02}:{m:02}", f"{half} {h % 12 or 12}:{m:02}", f"{h:02}:{m:02}")[form]


def total(cells: list[str], sort: str) -> str | None:
    """The sum of a column written as its cells are; None where it cannot be written."""
    found = [amount(cell, sort) for cell in cells]
    if any(v is None for v in found):
        return None
    match = _NUMBER.match(cells[0])
    head = "₩ " if cells[0].startswith("₩") else ""
    return f"{head}{round(sum(v or 0 for v in found)):,}{(match[2] or '') if match and not head else ''}"
