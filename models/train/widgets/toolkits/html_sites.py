"""Windows beside those of `html_pages`: header bars with a choice of views, sites whose links look like tabs,
colours that choose nothing, status lines."""

# ruff: noqa: E501  (tags)

from __future__ import annotations

import html

from html_pages import WINDOW_BUTTONS, Windows

MORE = 0.3
"""share of the windows that are made here"""


class Sites(Windows):
    """All kinds of windows."""

    def body(self, width: int, height: int) -> str:
        made = (
            self.rng.choice((self.headed, self.site, self.coloured))(width, height)
            if self.texts.chance(MORE)
            else super().body(width, height)
        )
        return made + (self.status_line() if self.texts.chance(0.25) else "")

    def status_line(self) -> str:
        """What stands at the foot of a window: counts, a language, a zoom; no tabs, though they look alike."""
        look, rng = self.look, self.rng
        rule = rng.choice(("", f"border-left:1px solid {look.line};"))
        said = [
            rng.choice(
                (f"{rng.randint(1, 30)}쪽", f"{rng.randint(20, 200)}%", f"{rng.randint(10, 999)}단어, {rng.randint(100, 9999)}자",
                 f"{rng.randint(1, 99)}줄 {rng.randint(1, 80)}칸", "UTF-8", "한국어", "영어", "삽입", self.label(10), self.value())
            )
            for _ in self.some(3, 7)
        ]  # fmt: skip
        made = "".join(
            f'<span style="padding:1px {self.px(8, 14, 24)};{rule};white-space:nowrap">{text}</span>'
            for text in said
        )
        place = rng.choice(("flex-start", "space-between", "flex-end"))
        paint = rng.choice((look.page, look.line, look.base))
        return f'<div style="position:fixed;bottom:0;left:0;right:0;display:flex;align-items:center;height:{self.px(20, 24, 28)};font-size:.9em;background:{paint};border-top:1px solid {look.line};justify-content:{place}">{made}</div>'

    def headed(self, width: int, height: int) -> str:
        """A header bar whose middle chooses one of several views, or says which document is open."""
        look, rng = self.look, self.rng
        paint = rng.choice((look.page, look.base, look.line, "#2e2e32" if look.dark else "#ebebeb"))
        names = [self.label(rng.choice((3, 6, 8))) for _ in self.some(2, 4)]
        middle = self.segments(names, self.texts.chance(0.7))
        under = ""
        if self.texts.chance(0.25):
            under = f'<div style="display:flex;justify-content:center;background:{paint};padding:3px">{middle}</div>'
            middle = f"<b {self.marked('title', [])}>{self.label(12)}</b>"
        left = (
            "".join(self.button() for _ in self.some(0, 2)) if self.texts.chance(0.5) else self.glyphs(1, 3)
        )
        bar = f'<div style="display:flex;align-items:center;justify-content:space-between;background:{paint};border-bottom:1px solid {look.line};padding:{self.px(3, 6, 9)} 10px"><span style="display:flex;gap:8px">{left}</span>{middle}<span style="letter-spacing:10px">{rng.choice(WINDOW_BUTTONS)}</span></div>'
        blocks = "".join(
            rng.choice(
                (self.items, self.checks, self.table, self.toggles, self.form, self.words, self.pairs)
            )()
            for _ in self.some(2, 4)
        )
        return f'{bar}{under}<div class="col" style="max-width:{rng.randint(420, 900)}px;margin:0 auto">{blocks}</div>'

    def site(self, width: int, height: int) -> str:
        """A page of a site in a browser: its head with links, the one of this page marked, which are links and no tabs."""
        look, rng = self.look, self.rng
        band = rng.choice((look.base, look.page, look.accent, "#1f2937", look.line))
        ink = "#fff" if band in (look.accent, "#1f2937") else look.ink
        count = rng.randint(3, 8)
        here = rng.choice((-1, *range(count)))
        style = rng.choice((
            "font-weight:700;", f"border-bottom:3px solid {ink};", "background:#8884;", f"color:{ink};text-decoration:underline;",
            f"border-bottom:3px solid {look.accent};font-weight:700;", "background:#fff2;border-radius:6px;",
        ))  # fmt: skip
        pad = f"{self.px(4, 10, 16)} {self.px(6, 12, 18)}"
        links = "".join(
            f'<a style="color:{ink};text-decoration:none;padding:{pad};{style if n == here else ""}" {self.marked("link", [])}>{self.label(7)}</a>'
            for n in range(count)
        )
        name = f'<span style="font-size:{rng.choice((16, 20, 26))}px;font-weight:700;padding:0 16px">{self.label(8)}</span>'
        head = f'<div style="display:flex;align-items:center;flex-wrap:wrap;gap:{self.px(0, 8, 20)};background:{band};color:{ink};padding:{self.px(4, 10)}">{name}{links}</div>'
        place = html.escape(self.texts.address())
        address = f'<span class="f" style="flex:1;margin:0 {self.px(6, 40)}" {self.marked("text field", [])}>{place}</span>'
        tools = f'<div class="bar" style="padding:5px 10px;gap:14px;background:{look.base}"><span>←</span><span>→</span><span>⟳</span>{address}{self.glyphs(1, 3)}</div>'
        blocks = "".join(
            rng.choice(
                (
                    self.article,
                    self.article,
                    self.words,
                    self.radios,
                    self.checks,
                    self.table,
                    self.switch_rows,
                    self.buttons,
                )
            )()
            for _ in self.some(3, 6)
        )
        return f'{self.strip()}{tools}{head}<div class="col">{blocks}</div>'

    def tint(self) -> str:
        """A paper that is no sign of being chosen: green, red, yellow, blue, pale or strong, with letters that can be read."""
        rng, hue = self.rng, self.rng.choice((0, 30, 50, 100, 140, 200, 215, 280))
        light = rng.choice((25, 40, 50, 80, 88, 94))
        return (
            f"background:hsl({hue},{rng.randint(30, 85)}%,{light}%);color:{'#fff' if light <= 50 else '#222'}"
        )

    def coloured(self, width: int, height: int) -> str:
        """Colours that choose nothing: tables with coloured cells and heads, compared texts, bars, words marked in a text."""
        blocks = "".join(
            self.rng.choice(
                (self.coloured_table, self.coloured_table, self.compared, self.bars, self.marked_words)
            )()
            for _ in self.some(2, 4)
        )
        head = self.caption() if self.texts.chance(0.6) else self.strip()
        return f'{head}{self.menu_bar() if self.texts.chance(0.5) else ""}<div class="col">{blocks}</div>'

    def coloured_table(self) -> str:
        """Cells by their value, a head or a sum in colour; one row chosen at times."""
        rng, look = self.rng, self.look
        columns = [self.texts.column() for _ in self.some(3, 6)]
        count, rows = rng.randint(4, 12), []
        chosen = rng.choice((-1, rng.randrange(count)))
        way = rng.choice(("head", "sum", "column", "cells", "rows"))
        paints, share = [self.tint() for _ in range(3)], rng.choice((0.1, 0.3))
        for number in range(count):
            sel, made = number == chosen, ""
            for at, (_, make) in enumerate(columns):
                lit = {
                    "head": number == 0, "sum": number == count - 1, "column": at == len(columns) - 1,
                    "cells": self.texts.chance(share), "rows": number % 4 == 1,
                }[way]  # fmt: skip
                paint = (
                    f"background:{look.tint};color:{look.tint_ink}"
                    if sel
                    else rng.choice(paints)
                    if lit
                    else ""
                )
                style = f"padding:3px 9px;border:1px solid {look.line};{paint}"
                made += f'<td style="{style}" {self.marked("cell", ["selected"] if sel else [])}>{html.escape(make())}</td>'
            rows.append(f"<tr>{made}</tr>")
        return f'<table style="border-collapse:collapse;background:{look.base}">{"".join(rows)}</table>'

    def compared(self) -> str:
        """Two texts beside one another whose differing lines have another paper."""
        paints = [self.tint() for _ in range(2)]
        panes = "".join(
            f'<div style="flex:1;background:{self.look.base};border:1px solid {self.look.line}">'
            + "".join(
                f'<div style="padding:1px 6px;{self.rng.choice(paints) if self.texts.chance(0.3) else ""}">{html.escape(self.texts.sentence(40))}</div>'
                for _ in self.some(4, 10)
            )
            + "</div>"
            for _ in range(2)
        )
        return f'<div style="display:flex;gap:8px">{panes}</div>'

    def bars(self) -> str:
        """Bars that show how much, with words on them."""
        made = ""
        for _ in self.some(1, 4):
            share = self.rng.randint(15, 100)
            said = f"{self.label(8)}: {share} %" if self.texts.chance(0.6) else f"{share}%"
            made += f'<div style="width:{self.rng.randint(140, 420)}px;border:1px solid {self.look.line};margin:4px 0"><div style="width:{share}%;{self.tint()};padding:2px 6px;white-space:nowrap;overflow:hidden">{said}</div></div>'
        return made

    def marked_words(self) -> str:
        """Chosen or found words inside a text or a terminal, and the line of the caret."""
        rows = []
        for _ in self.some(3, 8):
            words = html.escape(self.texts.sentence(60))
            if self.texts.chance(0.35):
                words = f'<span style="background:{self.look.tint};color:{self.look.tint_ink}">{words}</span>'
            rows.append(f'<div style="{self.tint() if self.texts.chance(0.1) else ""}">{words}</div>')
        dark = self.rng.choice(("background:#1e1e1e;color:#ddd", "background:#fff;color:#222", ""))
        return f'<div style="{dark};padding:6px;font-family:D2Coding,monospace">{"".join(rows)}</div>'
