"""Parts of windows: buttons, fields, check boxes, lists and tables, drawn and remembered with their facts."""

# ruff: noqa: PLR0917  (drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import values
from models.train.mini.bars import icon, put
from models.train.mini.canvas import Canvas, Item, Rect, Theme
from models.train.mini.corpus import Pools


def button(
    c: Canvas, t: Theme, x: int, y: int, text: str, *, loud: bool = False, off: bool = False, wide: int = 0
) -> Item | None:
    """One push button; `loud` ones have the accent colour, `off` ones cannot be pressed."""
    wide = wide or max(64, c.width_of(text, t.size, t.font) + 28)
    high = t.size + 16
    paper = t.accent if loud else t.bar
    if x + wide > c.width or y + high > c.height:
        return None
    c.box(Rect(x, y, wide, high), fill=paper, outline=t.line, radius=c.rng.choice((0, 4)))
    ink = t.on_accent if loud else t.faint if off else t.ink
    return put(
        c,
        t,
        x + 2,
        y + 7,
        text,
        ink=ink,
        paper=paper,
        role="button",
        state="disabled" if off else None,
        centre=wide - 4,
    )


def button_row(c: Canvas, t: Theme, r: Rect, names: list[str], loud: int = -1, off: int = -1) -> list[Item]:
    """Buttons at the right end (or the middle, or the left) of `r`."""
    wides = [max(64, c.width_of(n, t.size, t.font) + 28) for n in names]
    total = sum(wides) + 10 * (len(names) - 1)
    x = c.rng.choice((r.right - total, r.right - total, r.x + (r.width - total) // 2, r.x))
    shown = []
    for n, (name, wide) in enumerate(zip(names, wides, strict=True)):
        item = button(c, t, max(r.x, x), r.y, name, loud=n == loud, off=n == off, wide=wide)
        if item:
            shown.append(item)
            c.fact("off" if n == off else "press", item)
        x += wide + 10
    if len(shown) == len(names):
        c.fact("group", *shown, value="버튼")
    return shown


def fields(c: Canvas, t: Theme, p: Pools, r: Rect, rows: list[tuple[str, str]], boxed: bool = True) -> int:
    """Labels with values beside (or, now and then, below) them; the y behind the last row comes back."""
    column = min(r.width // 2, 24 + max(c.width_of(name, t.size, t.font) for name, _ in rows))
    below = c.rng.random() < 0.15
    y, step = r.y, t.size + c.rng.choice((14, 18, 24))
    colon = c.rng.choice(("", "", ":"))
    joined = c.rng.random() < 0.2
    bullet = c.rng.choice(("", "", "- ", "• ", "· ", "○ "))
    for name, kind in rows:
        if y + step * (2 if below else 1) > r.bottom:
            break
        value = values.value(kind, p, c.rng)
        if joined:
            line = put(
                c,
                t,
                r.x,
                y,
                f"{bullet}{name}{c.rng.choice((':', ':', ' -', ''))} {value}",
                role="text",
                limit=r.width,
            )
            c.fact("joined", line, names=(name,), value=values.ASKED_AS.get(kind, "text"))
            y += step
            continue
        left = put(
            c,
            t,
            r.x,
            y,
            name + colon,
            ink=c.rng.choice((t.ink, t.faint)),
            role="label",
            limit=column if not below else r.width,
        )
        at = (r.x, y + step) if below else (r.x + column, y)
        room = max(40, r.right - at[0])
        if boxed:
            c.box(Rect(at[0] - 6, at[1] - 5, min(room, 300), t.size + 12), fill=t.paper, outline=t.line)
        right = put(c, t, *at, value, role="field", limit=room)
        c.fact("value", left, right, names=(name,), value=values.ASKED_AS.get(kind, "text"))
        y += step * (2 if below else 1)
    return y


def checks(c: Canvas, t: Theme, p: Pools, r: Rect, names: list[str]) -> int:
    """Check boxes or switches, each on or off."""
    switch, y, on_ones, all_ones = c.rng.random() < 0.35, r.y, [], []
    step = t.size + c.rng.choice((12, 16, 22))
    for name in names:
        if y + step > r.bottom:
            break
        on = c.rng.random() < 0.45
        item = put(
            c,
            t,
            r.x + (0 if switch else t.size + 10),
            y,
            name,
            role="check",
            state="checked" if on else "unchecked",
            limit=r.width - 70,
        )
        if switch:
            wide = t.size * 2
            c.box(
                Rect(r.right - wide, y, wide, t.size + 2), fill=t.accent if on else t.line, radius=t.size // 2
            )
            c.round(Rect(r.right - (t.size if on else wide), y + 1, t.size, t.size), fill=(255, 255, 255))
        else:
            side = Rect(r.x, y + 1, t.size, t.size)
            c.box(side, fill=t.accent if on else t.paper, outline=t.faint)
            if on:
                c.stroke(
                    [
                        (r.x + 3, y + t.size * 0.55),
                        (r.x + t.size * 0.4, y + t.size - 2),
                        (r.x + t.size - 2, y + 4),
                    ],
                    t.on_accent,
                )
        c.fact("state", item, value="on" if on else "off")
        if item:
            all_ones.append(item)
            on_ones += [item] if on else []
        y += step
    c.fact("checked", *on_ones, number=len(all_ones))
    c.fact("group", *all_ones, value="체크 상자")
    return y


def radios(c: Canvas, t: Theme, r: Rect, heading: str, names: list[str]) -> int:
    """A heading and choices of which one is taken."""
    head = put(c, t, r.x, r.y, heading, role="label", limit=r.width)
    chosen, y, shown = c.rng.randrange(len(names)), r.y + t.size + 14, []
    for n, name in enumerate(names):
        if y + t.size + 8 > r.bottom:
            break
        side = Rect(r.x + 8, y + 1, t.size, t.size)
        c.round(side, outline=t.accent if n == chosen else t.faint, fill=t.paper)
        if n == chosen:
            c.round(side.inset(3), fill=t.accent)
        shown.append(
            put(
                c,
                t,
                r.x + t.size + 18,
                y,
                name,
                role="radio",
                state="checked" if n == chosen else "unchecked",
            )
        )
        y += t.size + 12
    if chosen < len(shown) and head:
        c.fact("choice", shown[chosen], head, names=(heading,))
        c.fact("state", shown[chosen], value="on")
    return y


def side_list(c: Canvas, t: Theme, r: Rect, names: list[str], noun: str = "항목", icons: bool = True) -> int:
    """A list with one row chosen."""
    c.box(r, fill=t.panel)
    chosen, y, shown = c.rng.randrange(len(names)), r.y + 8, []
    step = t.size + c.rng.choice((10, 14, 20))
    loud = c.rng.random() < 0.6
    for n, name in enumerate(names):
        if y + step > r.bottom:
            break
        on = n == chosen
        paper = (t.accent if loud else t.soft) if on else t.panel
        if on:
            c.box(Rect(r.x, y - 4, r.width, step), fill=paper)
        if icons:
            icon(c, t, Rect(r.x + 8, y, t.size, t.size))
        ink = t.on_accent if on and loud else t.ink
        shown.append(
            put(
                c,
                t,
                r.x + (t.size + 18 if icons else 12),
                y,
                name,
                ink=ink,
                paper=paper,
                role="list",
                state="selected" if on else None,
                limit=r.width - 40,
            )
        )
        y += step
    if chosen < len(shown):
        c.fact("chosen", shown[chosen], value=noun)
    c.fact("group", *shown, value=noun)
    return y


def table(
    c: Canvas,
    t: Theme,
    p: Pools,
    r: Rect,
    columns: list[tuple[str, str]],
    row_names: list[str],
    *,
    lined: bool = True,
    noun: str = "줄",
) -> int:
    """A table: first column the row's name, then one value per column; perhaps one row chosen."""
    step, y = t.size + c.rng.choice((8, 12, 16)), r.y
    shares = [1.5] + [1.0] * (len(columns) - 1)
    wides = [int(r.width * s / sum(shares)) for s in shares]
    lefts = [r.x + sum(wides[:n]) for n in range(len(columns))]
    head_paper = c.rng.choice((t.bar, t.panel, t.soft, t.accent))
    c.box(Rect(r.x, y, r.width, step), fill=head_paper)
    ink = t.on_accent if head_paper == t.accent else t.ink
    heads = [
        put(
            c,
            t,
            x + 8,
            y + step // 2 - t.size // 2 - 1,
            name,
            ink=ink,
            paper=head_paper,
            role="header",
            limit=w - 12,
        )
        for (name, _), x, w in zip(columns, lefts, wides, strict=True)
    ]
    y += step
    chosen = c.rng.randrange(len(row_names)) if c.rng.random() < 0.3 else -1
    firsts = []
    for n, name in enumerate(row_names):
        if y + step > r.bottom:
            break
        paper = t.soft if n == chosen else t.paper
        if n == chosen:
            c.box(Rect(r.x, y, r.width, step), fill=paper)
        elif lined:
            c.box(Rect(r.x, y, r.width, step), outline=t.line)
        first = put(
            c,
            t,
            lefts[0] + 8,
            y + step // 2 - t.size // 2 - 1,
            name,
            paper=paper,
            role="cell",
            limit=wides[0] - 12,
        )
        for (head, kind), x, w, top in zip(columns[1:], lefts[1:], wides[1:], heads[1:], strict=True):
            if c.rng.random() < 0.04:
                continue
            right = {"right": w - 12} if kind in ("money", "number", "percent") else {"limit": w - 12}
            value = values.value(kind, p, c.rng)
            cell = put(c, t, x + 8, y + step // 2 - t.size // 2 - 1, value, paper=paper, role="cell", **right)
            c.fact("cell", cell, first, top, names=(name, head), value=values.ASKED_AS.get(kind, "text"))
        if n == chosen:
            c.fact("chosen", first, value=noun)
        firsts.append(first)
        y += step
    c.fact("group", *firsts, value=noun)
    c.fact("group", *heads, value="열")
    return y


SHORTCUTS = (
    "Ctrl+{}",
    "Ctrl+{}",
    "Ctrl+{}",
    "Ctrl+Shift+{}",
    "Alt+{}",
    "F{n}",
    "Shift+Ctrl+{}",
    "Shift+F{n}",
)


def popup(c: Canvas, t: Theme, p: Pools, x: int, y: int) -> None:
    """An open menu: entries with keys beside them, some that cannot be chosen, perhaps one under the pointer."""
    rng = c.rng
    names = [f"{n}{rng.choice(('', '', '...'))}" for n in values.labels(p, rng, rng.randint(3, 14), 16)]
    if rng.random() < 0.5:
        names = [f"{n.rstrip('.')}({rng.choice('ABCDEFGHIJKLMNOPQRSTUVWXYZ')})" for n in names]
    step = t.size + rng.choice((8, 12, 16))
    wide = 130 + max(c.width_of(n, t.size, t.font) for n in names)
    high = step * len(names) + 10
    if x + wide > c.width or y + high > c.height:
        return
    c.cover(Rect(x, y, wide, high))
    c.box(Rect(x, y, wide, high), fill=t.paper, outline=t.line)
    under, shown = rng.randrange(len(names)) if rng.random() < 0.5 else -1, []
    for n, name in enumerate(names):
        top = y + 6 + n * step
        paper = t.accent if n == under else t.paper
        if n == under:
            c.box(Rect(x + 1, top - 3, wide - 2, step), fill=paper)
        off = n != under and rng.random() < 0.15
        ink = t.on_accent if n == under else t.faint if off else t.ink
        entry = put(
            c, t, x + 28, top, name, ink=ink, paper=paper, role="menu", state="disabled" if off else None
        )
        if rng.random() < 0.55:
            keys = rng.choice(SHORTCUTS).format(
                rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), n=rng.randint(1, 12)
            )
            beside = put(c, t, x + 28, top, keys, ink=ink, paper=paper, role="label", right=wide - 40)
            c.fact("keys", beside, entry)
        c.fact("off" if off else "press", entry)
        if n == under:
            c.fact("chosen", entry, value="메뉴")
        shown.append(entry)
    c.fact("group", *shown, value="메뉴 항목")
