"""Pieces of pages as HTML; what each widget is stands in data-r (role) and data-s (states)."""

# ruff: noqa: E501  (tags)

from __future__ import annotations

import html
import random
from collections.abc import Callable

from content import Texts
from html_looks import Look

ARROWS = {"closed": ("▸", "›", "+"), "open": ("▾", "⌄", "−")}
WINDOWS = 0.6
"""share of the pages that look like the window of one program; the others are blocks side by side"""


class Page:
    """Makes blocks in one look."""

    def __init__(self, texts: Texts, look: Look) -> None:
        self.texts, self.look, self.rng = texts, look, texts.rng
        self.reading = texts.chance(0.3)
        """whether the page is mostly there to be read"""

    def some(self, least: int, most: int) -> range:
        return range(self.rng.randint(least, most))

    def label(self, longest: int = 12) -> str:
        return html.escape(self.texts.label(longest))

    def option_text(self) -> str:
        return html.escape(self.texts.option())

    def value(self) -> str:
        return html.escape(self.texts.value())

    def marked(self, role: str, states: list[str]) -> str:
        return f'data-r="{role}" data-s="{" ".join(states)}"'

    def option(self, kind: str, on: bool, off: bool, text: str, native: bool) -> str:
        """A check box or radio button with its text."""
        role = "check box" if kind == "checkbox" else "radio button"
        states = ["checked" if on else "unchecked"] + (["disabled"] if off else [])
        if native:
            mark = f'<input type="{kind}"{" checked" if on else ""}{" disabled" if off else ""}>'
        else:
            mark = f'<span class="m {"c" if kind == "checkbox" else "r"}{" on" if on else ""}"></span>'
        return f'<label class="o{" off" if off else ""}" {self.marked(role, states)}>{mark}<span>{text}</span></label>'

    def options(self, kind: str) -> str:
        across = self.texts.chance(0.4)
        native = self.texts.chance(0.6 if self.look.marks == "native" else 0.1)
        count = self.rng.randint(2, 5)
        chosen = self.rng.randrange(count)
        made = []
        for number in range(count):
            on = self.texts.chance(0.5) if kind == "checkbox" else number == chosen
            text = self.label(8) if across else self.option_text()
            made.append(self.option(kind, on, self.texts.chance(0.12), text, native))
        big = " big" if self.texts.chance(0.4) else ""
        return f'<div class="{"row" if across else "stack"}{big}">{"".join(made)}</div>'

    def checks(self) -> str:
        return self.options("checkbox")

    def radios(self) -> str:
        return self.options("radio")

    def toggles(self) -> str:
        made = []
        right, thin = self.texts.chance(0.6), " thin" if self.texts.chance(0.3) else ""
        for _ in self.some(2, 5):
            on, off = self.texts.chance(0.5), self.texts.chance(0.1)
            states = ["checked" if on else "unchecked"] + (["disabled"] if off else [])
            switch = f'<span class="t{" on" if on else ""}{thin}"></span>'
            parts = [f"<span>{self.option_text()}</span>", switch]
            space = "justify-content:space-between;" if right and self.texts.chance(0.8) else ""
            inside = "".join(parts if right else parts[::-1])
            made.append(
                f'<label class="o{" off" if off else ""}" style="{space}" {self.marked("check box", states)}>{inside}</label>'
            )
        return f'<div class="stack" style="gap:12px;min-width:{self.rng.randint(220, 420)}px">{"".join(made)}</div>'

    def field(self) -> str:
        off = self.texts.chance(0.15)
        focus = not off and self.texts.chance(0.12)
        states = (["disabled"] if off else []) + (["focused"] if focus else [])
        extra = f'class="f{" focus" if focus else ""}"{" disabled" if off else ""} style="width:{self.rng.randint(110, 300)}px"'
        kind = self.rng.random()
        if kind < 0.5:
            content = (
                f'value="{self.value()}"' if self.texts.chance(0.7) else f'placeholder="{self.label(14)}"'
            )
            return f"<input {extra} {content} {self.marked('text field', states)}>"
        if kind < 0.85:
            drawn = extra.replace('class="f', 'class="f drawn') if self.texts.chance(0.6) else extra
            return f"<select {drawn} {self.marked('combo box', states)}><option>{self.label(14)}</option></select>"
        if kind < 0.95:
            return f'<input type="number" {extra} value="{self.rng.randint(0, 2000)}" {self.marked("text field", states)}>'
        text = html.escape("\n".join(self.texts.sentence(40) for _ in range(3)))
        return f'<textarea rows="3" {extra} {self.marked("text field", states)}>{text}</textarea>'

    def form(self) -> str:
        above = self.texts.chance(0.3)
        made = []
        for _ in self.some(2, 6):
            cell = (
                "display:flex;flex-direction:column;align-items:flex-start"
                if above
                else "display:flex;align-items:center"
            )
            made.append(
                f'<div style="{cell};gap:6px"><span style="min-width:110px">{self.label(10)}</span>{self.field()}</div>'
            )
        return f'<div class="stack" style="gap:{self.rng.choice((4, 8, 14))}px">{"".join(made)}</div>'

    def button(self) -> str:
        off = self.texts.chance(0.2)
        focus = not off and self.texts.chance(0.08)
        kind = self.rng.choice(("", "", "p", "g", "k"))
        icon = (
            '<span class="i" style="vertical-align:-3px;margin-right:6px"></span>'
            if self.texts.chance(0.15)
            else ""
        )
        states = (["disabled"] if off else []) + (["focused"] if focus else [])
        state = " disabled" if off else ""
        return f'<button class="b {kind}{" focus" if focus else ""}"{state} {self.marked("button", states)}>{icon}{self.label(9)}</button>'

    def buttons(self) -> str:
        side = self.rng.choice(("flex-start", "flex-end", "center"))
        return f'<div class="row" style="justify-content:{side}">{"".join(self.button() for _ in self.some(1, 4))}</div>'

    def tabs(self, count: int = 0) -> str:
        count = count or self.rng.randint(2, 6)
        chosen = self.rng.randrange(count)
        browser = self.look.tabs in ("browser", "chrome")
        made = []
        for number in range(count):
            sel = number == chosen
            icon = '<span class="i"></span>' if browser or self.texts.chance(0.1) else ""
            cross = '<span class="x">✕</span>' if browser else ""
            text = self.label(18 if browser else 8)
            made.append(
                f'<div class="tab{" sel" if sel else ""}" {self.marked("tab", ["selected"] if sel else [])}>{icon}<span>{text}</span>{cross}</div>'
            )
        arrows = (
            '<span style="opacity:.6;padding:3px 8px">⇤ ← → ⇥ ＋</span>'
            if self.look.tabs == "sheet" and self.texts.chance(0.7)
            else ""
        )
        return f'<div class="tabs">{arrows}{"".join(made)}</div>'

    def items(self) -> str:
        role = "list item"
        chosen, bar, icons = self.rng.randrange(9), self.texts.chance(0.3), self.texts.chance(0.4)
        made = []
        for number in self.some(3, 9):
            sel = number == chosen
            icon = '<span class="i"></span>' if icons else ""
            second = (
                f'<small style="opacity:.7;margin-left:auto">{self.value()}</small>'
                if self.texts.chance(0.2)
                else ""
            )
            marks = self.marked(role, ["selected"] if sel else [])
            made.append(
                f'<div class="it{" sel" if sel else ""}{" bar" if bar else ""}" {marks}>{icon}<span>{self.label(14)}</span>{second}</div>'
            )
        return f'<div class="card" style="padding:{self.rng.choice((0, 4))}px;min-width:{self.rng.randint(150, 300)}px">{"".join(made)}</div>'

    def tree(self) -> str:
        chosen = self.rng.randrange(12)
        made = []
        for number in self.some(4, 12):
            depth = self.rng.choice((0, 1, 1, 2))
            branch = self.texts.chance(0.3)
            opened = branch and self.texts.chance(0.5)
            states = (["selected"] if number == chosen else []) + (["expanded"] if opened else [])
            arrow = self.rng.choice(ARROWS["open" if opened else "closed"]) if branch else "&nbsp;"
            marks = self.marked("list item", states)
            inside = (
                f'<span style="width:12px">{arrow}</span><span class="i"></span><span>{self.label(14)}</span>'
            )
            made.append(
                f'<div class="it{" sel" if number == chosen else ""}" style="padding-left:{6 + 18 * depth}px" {marks}>{inside}</div>'
            )
        return f'<div class="card" style="padding:2px;min-width:200px">{"".join(made)}</div>'

    def table(self) -> str:
        columns = [self.texts.column() for _ in self.some(2, 5)]
        checked = self.texts.chance(0.25)
        head = "".join(f"<th {self.marked('header', [])}>{html.escape(name)}</th>" for name, _ in columns)
        rows = []
        chosen = self.rng.sample(range(10), self.rng.choice((0, 1, 1, 1, 2)))
        for number in self.some(3, 10):
            sel = number in chosen
            states = ["selected"] if sel else []
            cells = [f"<td {self.marked('cell', states)}>{html.escape(make())}</td>" for _, make in columns]
            box = f'<td><input type="checkbox"{" checked" if sel else ""}></td>' if checked else ""
            rows.append(f'<tr class="{"sel" if sel else ""}">{box}{"".join(cells)}</tr>')
        first = "<th></th>" if checked else ""
        width = "width:100%" if self.texts.chance(0.4) else ""
        return f'<table class="d" style="{width}"><tr>{first}{head}</tr>{"".join(rows)}</table>'

    def sheet(self) -> str:
        """A spreadsheet with its heads and the frame around the current cell."""
        columns, rows = self.rng.randint(3, 7), self.rng.randint(4, 12)
        at = (self.rng.randrange(rows), self.rng.randrange(columns))
        head = "".join(f"<th {self.marked('header', [])}>{chr(65 + n)}</th>" for n in range(columns))
        makers = [self.texts.column()[1] for _ in range(columns)]
        body = []
        for row in range(rows):
            cells = []
            for number, make in enumerate(makers):
                here = (row, number) == at
                style = f'style="outline:2px solid {self.look.accent};outline-offset:-1px"' if here else ""
                text = html.escape(make()) if self.texts.chance(0.8) else ""
                cells.append(f"<td {style} {self.marked('cell', ['focused'] if here else [])}>{text}</td>")
            body.append(f"<tr><th {self.marked('header', [])}>{row + 1}</th>{''.join(cells)}</tr>")
        return f'<table class="d"><tr><th></th>{head}</tr>{"".join(body)}</table>'

    def menu(self, x: int, y: int) -> str:
        chosen, ticks = self.rng.randrange(14), self.texts.chance(0.6)
        made = []
        for number in self.some(4, 11):
            if self.texts.chance(0.12):
                made.append('<div class="sep"></div>')
                continue
            states, mark = [], ""
            if ticks and self.texts.chance(0.4):
                on = self.texts.chance(0.6)
                states = ["checked"] if on else []
                mark = self.rng.choice(("✓", "✓", "✔", "●")) if on else ""
            off = self.texts.chance(0.18)
            states += (["disabled"] if off else []) + (["selected"] if number == chosen else [])
            keys = (
                f'<span class="s">Ctrl+{self.rng.choice("ABCDEFGH")}</span>' if self.texts.chance(0.3) else ""
            )
            keys = '<span class="s">›</span>' if not keys and self.texts.chance(0.12) else keys
            classes = "mi" + (" off" if off else "") + (" sel" if number == chosen else "")
            made.append(
                f'<div class="{classes}" {self.marked("menu item", states)}><span class="h">{mark}</span><span>{self.label(14)}</span>{keys}</div>'
            )
        return f'<div class="menu" style="left:{x}px;top:{y}px">{"".join(made)}</div>'

    def menu_bar(self) -> str:
        chosen = self.rng.choice((99, 99, 0, 1, 2))
        made = [
            f'<span class="e{" sel" if number == chosen else ""}" {self.marked("menu item", ["selected"] if number == chosen else [])}>'
            f"{self.label(4)}{self.rng.choice(('', '', '(F)', '(E)'))}</span>"
            for number in self.some(3, 8)
        ]
        return f'<div class="bar">{"".join(made)}</div>'

    def words(self) -> str:
        kind = self.rng.random()
        if kind < 0.3:
            return f"<h2>{html.escape(self.texts.sentence(24))}</h2>"
        if kind < 0.75:
            lines = " ".join(html.escape(self.texts.sentence(70)) for _ in self.some(1, 4))
            return f'<p class="{"off" if self.texts.chance(0.2) else ""}">{lines}</p>'
        links = "".join(
            f'<a href="#" {self.marked("link", [])}>{self.label(12)}</a>' for _ in self.some(1, 6)
        )
        return f'<div class="row">{links}</div>'

    def article(self) -> str:
        """What is only read: headings, paragraphs, bullets, cards with a picture, messages, rows of links."""
        rng, kind = self.rng, self.rng.random()
        texts = [html.escape(self.texts.sentence(rng.choice((30, 60, 90)))) for _ in self.some(2, 6)]
        if kind < 0.25:
            mark = rng.choice(("•", "-", "○", "■", "▪", "1.", "①", "※", "✓", "★"))
            return "".join(
                f'<p style="margin:3px 0 3px {rng.choice((0, 12, 24))}px">{mark} {text}</p>' for text in texts
            )
        if kind < 0.4:
            return (
                f'<h2>{texts[0]}</h2><p style="max-width:{rng.randint(260, 640)}px">{" ".join(texts[1:])}</p>'
            )
        if kind < 0.55:
            shape = f"width:{(size := rng.choice((12, 16, 20, 24, 32)))}px;height:{size}px;border-radius:{rng.choice((0, 3, 16))}px"
            paint = f"background:hsl({rng.randrange(360)},60%,{rng.randint(30, 80)}%);flex:none"
            return "".join(
                f'<div style="display:flex;gap:8px;align-items:center;padding:3px"><span style="{shape};{paint}"></span><span>{text}</span></div>'
                for text in texts
            )
        if kind < 0.7:
            paper, side = (
                rng.choice((self.look.tint, self.look.line, self.look.base)),
                rng.choice(("flex-start", "flex-end")),
            )
            ink = f"color:{self.look.tint_ink};" if paper == self.look.tint else ""
            return "".join(
                f'<div style="display:flex;justify-content:{side};margin:5px"><span style="background:{paper};{ink}border-radius:12px;padding:7px 12px">{text}</span></div>'
                for text in texts
            )
        if kind < 0.85:
            links = "".join(
                f'<a href="#" {self.marked("link", [])}>{self.label(8)}</a>' for _ in self.some(3, 8)
            )
            band = rng.choice(
                (
                    "",
                    f"background:{self.look.accent};--c:#fff;",
                    f"background:{self.look.base};border-bottom:1px solid {self.look.line};",
                )
            )
            white = "color:#fff" if "--c" in band else ""
            return f'<div class="row" style="padding:8px 14px;gap:{rng.choice((14, 26, 40))}px;{band}">{links.replace("<a ", f"<a style={chr(34)}{white}{chr(34)} ")}</div>'
        code = "".join(
            f"<div>{html.escape(self.texts.file())}:{rng.randint(1, 99)}: {text}</div>" for text in texts
        )
        dark = rng.choice(
            ("background:#1e1e1e;color:#ddd", "background:#fff;color:#222", "background:#300a24;color:#eee")
        )
        return f'<div style="{dark};padding:8px;font-family:D2Coding,monospace">{code}</div>'

    def pairs(self) -> str:
        made = "".join(
            f'<div style="display:flex;gap:20px"><span style="width:110px;opacity:.7">{self.label(8)}</span><span>{self.value()}</span></div>'
            for _ in self.some(2, 6)
        )
        return f'<div class="stack">{made}</div>'

    def title(self) -> str:
        buttons = self.rng.choice(("— ▢ ✕", "− □ ×", "", "✕"))
        inside = f"<span>{self.label(20)}</span>"
        return f'<div class="title" {self.marked("title", [])}>{inside}<span style="margin-left:auto">{buttons}</span></div>'

    def block(self) -> str:
        makers: list[tuple[Callable[[], str], float]] = [
            (self.checks, 2.5), (self.radios, 2.5), (self.toggles, 1.6), (self.form, 2.5), (self.buttons, 1.6),
            (self.tabs, 2.6), (self.items, 1.8), (self.tree, 0.8), (self.table, 2.0), (self.sheet, 0.7),
            (self.words, 2.5), (self.pairs, 0.8)]  # fmt: skip
        makers.append((self.article, 3.0 if not self.reading else 40.0))
        made = self.rng.choices([m for m, _ in makers], [weight for _, weight in makers])[0]()
        return f'<div class="card">{made}</div>' if self.texts.chance(0.25) else made

    def whole(self, width: int, height: int) -> str:
        """The body of a page: bars, columns of blocks, maybe an open menu above all."""
        head = ""
        if self.texts.chance(0.35):
            head += self.title()
        if self.look.tabs in ("browser", "chrome") and self.texts.chance(0.8):
            head += self.tabs(self.rng.choice((1, 1, 2, 3, 4)))
            address = f'<span class="f" style="flex:1" {self.marked("text field", [])}>{html.escape(self.texts.address())}</span>'
            head += f'<div class="bar" style="padding:5px 10px;gap:12px"><span>←</span><span>→</span><span>⟳</span>{address}</div>'
        if self.texts.chance(0.4):
            head += self.menu_bar()
        columns = self.rng.choice((1, 2, 2, 3))
        parts = "".join(
            f'<div class="col" style="flex:{self.rng.choice((0, 1, 1))} 1 auto">{"".join(self.block() for _ in self.some(2, 5))}</div>'
            for _ in range(columns)
        )
        body = f'{head}<div style="display:flex;align-items:flex-start">{parts}</div>'
        if self.look.tabs == "sheet":
            body += f'<div style="position:fixed;bottom:{self.rng.choice((0, 24))}px;left:0;right:0">{self.tabs(self.rng.randint(1, 4))}</div>'
        if self.texts.chance(0.35):
            body += self.menu(
                self.rng.randrange(20, max(21, width - 260)), self.rng.randrange(20, max(21, height - 320))
            )
        return body


def page(rng: random.Random, texts: Texts, look: Look, width: int, height: int) -> str:
    """A whole document."""
    from html_sites import Sites

    windows = Sites(texts, look)
    made = windows.body(width, height) if texts.chance(WINDOWS) else windows.whole(width, height)
    return f'<!doctype html><html lang="ko"><meta charset="utf-8"><style>{look.css}</style><body>{made}</body></html>'
