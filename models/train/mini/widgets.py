"""Parts of windows: buttons, fields, check boxes, lists and tables, drawn and remembered with their facts."""

# ruff: noqa: PLR0917  (drawing starts with canvas, theme, pools, rectangle)

from __future__ import annotations

from models.train.mini import values
from models.train.mini.bars import put
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
        picks = boxed and kind in ("font", "label", "resolution", "thing", "percent") and c.rng.random() < 0.5
        focus = boxed and not picks and c.rng.random() < 0.06
        if boxed:
            edge = t.accent if focus else t.line
            c.box(Rect(at[0] - 6, at[1] - 5, min(room, 300), t.size + 12), fill=t.paper, outline=edge)
        role = "combo" if picks else "field" if boxed else "text"
        right = put(c, t, *at, value, role=role, limit=room, state="focused" if focus else None)
        c.fact("value", left, right, names=(name,), value=values.ASKED_AS.get(kind, "text"))
        if picks:
            c.fact("choice", right, left, names=(name,))
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
            role="toggle" if switch else "check",
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
    c.fact("boxes", *all_ones)
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
        others = [item for n, item in enumerate(shown) if n != chosen]
        c.fact("choice", shown[chosen], head, *others, names=(heading,))
        for n, item in enumerate(shown):
            c.fact("state", item, value="on" if n == chosen else "off")
        c.fact("group", *shown, value="라디오 버튼")
    return y
