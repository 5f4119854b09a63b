"""Tables: what they are about, how they are drawn, and the facts of their cells, columns and rows."""

# ruff: noqa: PLR0917  (drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

import random

from models.train.mini import amounts, values
from models.train.mini.bars import put
from models.train.mini.canvas import Canvas, Item, Rect, Theme
from models.train.mini.corpus import Pools
from models.train.mini.topics import POSTS, Column, Topic


def table(
    c: Canvas, t: Theme, p: Pools, r: Rect, about: Topic, names: list[str], *, lined: bool = True, totals: bool = False,
    select: float = 0.3, tops: list[Item | None] | None = None, lefts: list[int] | None = None, step: int = 0, plain: bool = False,
) -> int:  # fmt: skip
    """Draw a table; perhaps one row is chosen. The y behind the last row comes back.

    `tops` are heads that are drawn already (then `lefts` says where columns begin, one more than there are).
    """
    rng, columns = c.rng, about.columns
    step, y = step or t.size + rng.choice((8, 12, 16)), r.y
    wides = [int(r.width * s / (1.5 + len(columns))) for s in [1.5] + [1.0] * len(columns)]
    cells = [_filled(col, min(len(names), max(0, r.height // step)), p, rng) for col in columns]
    if lefts is None and rng.random() < 0.4:
        wides = _tight(c, t, about, names, cells) or wides
    lefts = lefts or [r.x + sum(wides[:n]) for n in range(len(columns) + 2)]
    if tops is None:
        tops = _heads(c, t, Rect(r.x, y, r.width, step), [about.head, *(col.head for col in columns)], lefts)
        y += step
    names = names[: max(0, (r.bottom - y) // step)]
    cells = [found[: len(names)] for found in cells]
    chosen = rng.randrange(len(names)) if names and rng.random() < select else -1
    grid: list[tuple[Item | None, list[Item | None]]] = []
    for n, name in enumerate(names):
        paper = rng.choice((t.soft, t.soft, t.accent)) if n == chosen else t.paper
        ink = t.on_accent if paper == t.accent and n == chosen else t.ink
        if n == chosen:
            c.box(Rect(r.x, y, r.width, step), fill=paper)
        elif lined:
            c.box(Rect(r.x, y, r.width, step), outline=t.line)
        state = "selected" if n == chosen else None
        top = y + step // 2 - t.size // 2 - 1
        first = put(
            c,
            t,
            lefts[0] + 8,
            top,
            name,
            paper=paper,
            ink=ink,
            role="cell",
            state=state,
            limit=lefts[1] - lefts[0] - 12,
        )
        row = [
            _cell(c, t, lefts, m, top, col, cells[m][n], paper, ink, state) for m, col in enumerate(columns)
        ]
        grid.append((first, row))
        y += step
    _facts(c, about, tops, grid)
    if chosen >= 0 and not plain:
        c.fact("chosen", grid[chosen][0], value=about.noun)
    c.fact("group", *(first for first, _ in grid), value=about.noun)
    if totals and len(names) > 1 and y + step <= r.bottom:
        _total(c, t, about, tops, lefts, y + step // 2 - t.size // 2 - 1, cells)
        y += step
    return y


def _tight(c: Canvas, t: Theme, about: Topic, names: list[str], cells: list[list[str]]) -> list[int] | None:
    """Widths of columns that are just as wide as what stands in them."""
    gap = c.rng.choice((18, 24, 34))
    texts = [
        [about.head, *names],
        *([col.head, *found] for col, found in zip(about.columns, cells, strict=True)),
    ]
    wides = [max(c.width_of(text, t.size, t.font) for text in column) + gap for column in texts]
    return wides if max(wides) < 320 else None


def _filled(col: Column, count: int, p: Pools, rng: random.Random) -> list[str]:
    if col.words:
        return [rng.choice(col.words) for _ in range(count)]
    if col.sort == "posted":
        return [rng.choice(POSTS) for _ in range(count)]
    return amounts.column(col.sort, count, p, rng)


def _heads(c: Canvas, t: Theme, r: Rect, heads: list[str], lefts: list[int]) -> list[Item | None]:
    paper = c.rng.choice((t.bar, t.panel, t.soft, t.accent, t.paper))
    c.box(r, fill=paper)
    ink = t.on_accent if paper == t.accent else t.ink
    shown = [
        put(c, t, lefts[n] + 8, r.y + r.height // 2 - t.size // 2 - 1, head, ink=ink, paper=paper, role="header", limit=lefts[n + 1] - lefts[n] - 12)
        for n, head in enumerate(heads)
    ]  # fmt: skip
    c.fact("group", *shown, value="열")
    return shown


def _cell(
    c: Canvas,
    t: Theme,
    lefts: list[int],
    m: int,
    top: int,
    col: Column,
    text: str,
    paper: tuple,
    ink: tuple,
    state: str | None,
) -> Item | None:
    if c.rng.random() < 0.01:
        return None
    wide = lefts[m + 2] - lefts[m + 1] - 12
    right = (
        {"right": wide}
        if col.sort in ("money", "number", "percent", "score", "stock", "bytes")
        else {"limit": wide}
    )
    if (
        col.sort == "status"
        and text in ("오류", "품절", "모자람", "취소", "매진", "미제출")
        and c.rng.random() < 0.5
        and not state
    ):
        ink = (210, 40, 40)
    return put(c, t, lefts[m + 1] + 8, top, text, paper=paper, ink=ink, role="cell", state=state, **right)


def _facts(
    c: Canvas, about: Topic, tops: list[Item | None], grid: list[tuple[Item | None, list[Item | None]]]
) -> None:
    """Cells under their row and head, columns, and rows with columns of one sort."""
    if not grid:
        return
    for m, col in enumerate(about.columns):
        head = tops[m + 1] if m + 1 < len(tops) else None
        if head is None:
            continue
        for first, row in grid:
            if row[m] and first:
                c.fact(
                    "cell",
                    row[m],
                    first,
                    head,
                    names=(first.text, col.head),
                    value=values.ASKED_AS.get(col.sort, "text"),
                )
        c.fact(
            "column",
            head,
            *(i for first, row in grid for i in (first, row[m])),
            names=(col.head, about.noun),
            value=col.sort,
        )
    alike = [
        m
        for m, col in enumerate(about.columns)
        if col.sort in ("number", "score", "stock", "money")
        and col.head not in ("합계", "평균", "단가", "총점")
    ]
    alike = [m for m in alike if about.columns[m].sort == about.columns[alike[0]].sort and m + 1 < len(tops)]
    if len(alike) > 1:
        for first, row in grid:
            c.fact(
                "across",
                first,
                *(i for m in alike for i in (tops[m + 1], row[m])),
                value=about.columns[alike[0]].sort,
            )


def _total(
    c: Canvas,
    t: Theme,
    about: Topic,
    tops: list[Item | None],
    lefts: list[int],
    top: int,
    cells: list[list[str]],
) -> None:
    """A last row with the sums of the columns that can be summed."""
    sums = [
        amounts.total(cells[m], col.sort)
        if col.sort in amounts.SUMMABLE and cells[m] and col.head not in ("단가", "잔액") else None
        for m, col in enumerate(about.columns)
    ]  # fmt: skip
    if not any(sums):
        return
    name = c.rng.choice(("합계", "총계", "총합계", "계"))
    first, found = put(c, t, lefts[0] + 8, top, name, role="cell"), []
    for m, (col, text) in enumerate(zip(about.columns, sums, strict=True)):
        if text is None:
            continue
        item = put(c, t, lefts[m + 1] + 8, top, text, role="cell", right=lefts[m + 2] - lefts[m + 1] - 12)
        found.append(item)
        if first and item and m + 1 < len(tops):
            c.fact(
                "cell",
                item,
                first,
                tops[m + 1],
                names=(name, col.head),
                value=values.ASKED_AS.get(col.sort, "text"),
            )
            c.ask(
                "lookup",
                (
                    "{b} 다 더하면 얼마야",
                    "{b} 전부 합쳐서 얼마라고 나와",
                    "{b} 총합이 얼마야",
                    "{b} 모두 얼마야",
                    "전체 {b}[이가] 얼마야",
                ),
                item,
                b=tops[m + 1],
            )
    if len(found) == 1:
        c.ask(
            "lookup",
            (
                "다 해서 얼마야",
                "총합이 얼마야",
                "모두 더하면 얼마라고 돼 있어",
                "전부 합쳐서 얼마야",
                "맨 아래 합계가 얼마야",
            ),
            found[0],
        )
