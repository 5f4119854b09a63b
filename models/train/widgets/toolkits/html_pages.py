"""Whole windows as HTML: browsers, spreadsheets, settings, file lists, calendars, dialogs with tabs. One is drawn at a time."""

# ruff: noqa: E501  (tags)

from __future__ import annotations

import html
from collections.abc import Callable

from html_blocks import Page

WINDOW_BUTTONS = ("— ▢ ✕", "− □ ×", "", "✕", "● ● ●")
GLYPHS = "⟳⌂☆☰⋮＋⚙✎🔍⤓⋯"


class Windows(Page):
    """Makes the body of a page that looks like one program's window."""

    def body(self, width: int, height: int) -> str:
        """A window of a random kind."""
        makers: tuple[Callable[[int, int], str], ...] = (
            self.browser, self.browser, self.browser, self.workbook, self.settings, self.files, self.calendar, self.dialog, self.studio,
        )  # fmt: skip
        return self.rng.choice(makers)(width, height)

    def px(self, *choices: int) -> str:
        return f"{self.rng.choice(choices)}px"

    def glyphs(self, least: int, most: int) -> str:
        """Small pictures of tool buttons."""
        size = self.rng.choice((14, 16, 18, 22))
        drawn = f'<span style="width:{size}px;height:{size}px;border-radius:{self.rng.choice((0, 3, 9))}px;background:hsl({self.rng.randrange(360)},{self.rng.randrange(70)}%,50%)"></span>'
        return "".join(
            drawn if self.texts.chance(0.5) else f"<span>{self.rng.choice(GLYPHS)}</span>"
            for _ in self.some(least, most)
        )

    def caption(self) -> str:
        """A title bar."""
        paint = self.rng.choice(
            (self.look.page, self.look.base, self.look.line, self.look.accent, "#2f343f", "#dfe3e8")
        )
        ink = (
            "#fff"
            if paint in (self.look.accent, "#2f343f")
            else "#222"
            if paint == "#dfe3e8"
            else self.look.ink
        )
        place = self.rng.choice(("flex-start", "center"))
        bold = self.rng.choice((400, 700))
        icon = '<span class="i"></span>' if self.texts.chance(0.5) else ""
        buttons = f'<span style="position:absolute;right:10px">{self.rng.choice(WINDOW_BUTTONS)}</span>'
        name = (
            f"{self.texts.file()} - {self.texts.label(10)}"
            if self.texts.chance(0.5)
            else self.texts.label(18)
        )
        return f'<div style="position:relative;height:{self.px(24, 28, 34, 42)};display:flex;align-items:center;gap:8px;padding:0 10px;background:{paint};color:{ink};justify-content:{place};font-weight:{bold}" {self.marked("title", [])}>{icon}<span>{html.escape(name)}</span>{buttons}</div>'

    def strip(self) -> str:
        """A browser's row of tabs; mostly one."""
        rng, look = self.rng, self.look
        band = rng.choice(
            (
                look.line,
                look.page,
                look.base,
                "#c4c6ca",
                "#dee1e6",
                "#3b3f45" if look.dark else "#e9e9ed",
                look.accent,
            )
        )
        high, wide = rng.randint(30, 46), rng.randint(130, 290)
        inset = rng.choice((0, 3, 5, 7))
        corner = rng.choice((0, 4, 8, 10))
        full = rng.choice((f"{corner}px {corner}px 0 0", f"{corner}px"))
        chosen_paint = (
            rng.choice((look.base, look.page, "#ffffff"))
            if not look.dark
            else rng.choice((look.base, look.page, "#42414d"))
        )
        line = rng.choice(
            (
                "",
                "",
                f"border-top:2px solid {look.accent};",
                f"border-bottom:2px solid {look.accent};",
                "box-shadow:0 0 3px #0006;",
            )
        )
        count = rng.choice((1, 1, 1, 1, 2, 3, 4, 5))
        chosen = rng.randrange(count)
        icons, cross, fade = self.texts.chance(0.75), self.texts.chance(0.8), self.texts.chance(0.5)
        made = []
        for number in range(count):
            sel = number == chosen
            paint = (
                f"background:{chosen_paint};color:{look.ink};{line}"
                if sel
                else f"color:{'#fff' if band == look.accent else look.ink};opacity:{rng.choice((0.7, 0.85, 1))};"
            )
            name = (
                self.texts.label(16)
                + rng.choice((" - ", " | ", " – ", ": ", ""))
                + self.texts.label(rng.choice((4, 14)))
            )
            mask = "-webkit-mask-image:linear-gradient(90deg,#000 80%,transparent);" if fade else ""
            shape = rng.choice((0, 3, 8))
            icon = (
                f'<span style="flex:none;width:16px;height:16px;border-radius:{shape}px;background:hsl({rng.randrange(360)},55%,55%)"></span>'
                if icons
                else ""
            )
            shut = '<span style="margin-left:auto;padding-left:6px">✕</span>' if cross else ""
            made.append(
                f'<div style="display:flex;align-items:center;gap:8px;flex:none;width:{wide}px;height:{high - inset}px;margin-top:{inset}px;padding:0 {self.px(8, 10, 14)};border-radius:{full};{paint}" {self.marked("tab", ["selected"] if sel else [])}><span style="display:flex;gap:8px;overflow:hidden;align-items:center">{icon}<span style="overflow:hidden;white-space:nowrap;flex:1;{mask}">{html.escape(name)}</span></span>{shut}</div>'
            )
        before = (
            f'<span style="padding:0 12px;opacity:.7">{rng.choice("☰▤◧⌂")}</span>'
            if self.texts.chance(0.5)
            else ""
        )
        after = f'<span style="padding:0 10px">＋</span><span style="margin-left:auto;padding:0 12px;letter-spacing:8px">{rng.choice(WINDOW_BUTTONS)}</span>'
        return f'<div style="display:flex;align-items:center;background:{band};height:{high}px;gap:{self.px(0, 2, 6)};padding-left:{self.px(0, 6, 90)}">{before}{"".join(made)}{after}</div>'

    def browser(self, width: int, height: int) -> str:
        """Tabs, address, marks and a page."""
        place = html.escape(self.texts.address())
        style = f"flex:1;margin:0 {self.px(6, 40, 160)};border-radius:{self.px(3, 8, 18)}"
        address = f'<span class="f" style="{style}" {self.marked("text field", [])}>{place}</span>'
        tools = f'<div class="bar" style="padding:5px 10px;gap:14px;background:{self.rng.choice((self.look.base, self.look.page))}"><span>←</span><span>→</span><span>⟳</span>{address}{self.glyphs(1, 4)}</div>'
        marks = ""
        if self.texts.chance(0.3):
            links = "".join(
                f'<span style="display:flex;gap:6px" {self.marked("button", [])}><span class="i"></span><span>{self.label(8)}</span></span>'
                for _ in self.some(2, 7)
            )
            marks = f'<div class="bar" style="padding:4px 12px;gap:18px">{links}</div>'
        blocks = "".join(self.block() for _ in self.some(3, 7))
        narrow = self.rng.choice(("", f"max-width:{self.rng.randint(520, 900)}px;margin:0 auto"))
        return f'{self.strip()}{tools}{marks}<div class="col" style="{narrow}">{blocks}</div>'

    def workbook(self, width: int, height: int) -> str:
        """A spreadsheet with bars above and tabs of sheets below."""
        look, rng = self.look, self.rng
        columns, rows = rng.randint(6, 14), (height - 190) // 22
        wide = [rng.randint(60, 150) for _ in range(columns)]
        at = (rng.randrange(min(rows, 8)), rng.randrange(min(columns, 4)))
        used = rng.randint(3, min(rows, 16)), rng.randint(2, min(columns, 7))
        rule = rng.choice((look.line, "transparent", "#8884"))
        lit = rng.choice(
            (
                f"background:{look.accent};color:#fff",
                f"background:{look.tint};color:{look.tint_ink}",
                "font-weight:700",
            )
        )
        head = "".join(
            f'<td style="text-align:center;background:{look.page};border:1px solid {look.line};{lit if n == at[1] else ""}" {self.marked("header", [])}>{chr(65 + n)}</td>'
            for n in range(columns)
        )
        makers = [self.texts.column()[1] for _ in range(columns)]
        body = []
        striped = rng.choice(("", f"background:{look.accent};color:#fff;font-weight:700", "font-weight:700"))
        for row in range(rows):
            made = f'<td style="text-align:center;background:{look.page};border:1px solid {look.line};{lit if row == at[0] else ""}" {self.marked("header", [])}>{row + 1}</td>'
            for number, make in enumerate(makers):
                here = (row, number) == at
                frame = f"outline:2px solid {look.accent};outline-offset:-1px;" if here else ""
                said = (
                    html.escape(make())
                    if row < used[0] and number < used[1] and self.texts.chance(0.9)
                    else ""
                )
                named = self.marked("cell", ["focused"] if here else []) if said else ""
                made += f'<td style="border:1px solid {rule};overflow:hidden;white-space:nowrap;{striped if row == 0 and said else ""};{frame}" {named}>{said}</td>'
            body.append(f'<tr style="height:22px">{made}</tr>')
        grid = f'<table style="border-collapse:collapse;table-layout:fixed;background:{look.base};width:{38 + sum(wide)}px"><colgroup><col style="width:38px">{"".join(f"<col style=width:{w}px>" for w in wide)}</colgroup><tr style="height:20px"><td></td>{head}</tr>{"".join(body)}</table>'
        names = rng.choice(
            (
                ["Sheet1"],
                ["Sheet1"],
                ["시트1"],
                ["Sheet1", "Sheet2", "Sheet3"],
                [self.label(6)],
                [self.label(6) for _ in self.some(2, 4)],
            )
        )
        chosen = rng.randrange(len(names))
        style = rng.choice(
            (
                f"background:{look.base};font-weight:700;",
                f"background:{look.base};border-bottom:2px solid {look.accent};",
                f"background:{look.base};border:1px solid {look.line};",
                f"background:{look.base};color:{look.accent};font-weight:700;",
            )
        )
        plain = rng.choice(("", f"border-right:1px solid {look.line};", f"background:{look.line};"))
        sheets = "".join(
            f'<span style="padding:{self.px(2, 4)} {self.px(9, 14, 20)};{style if n == chosen else plain}" {self.marked("tab", ["selected"] if n == chosen else [])}>{name}</span>'
            for n, name in enumerate(names)
        )
        arrows = rng.choice(("◀ ▶", "⏮ ◀ ▶ ⏭ ＋", "＋ ☰", "", ""))
        field = self.marked("text field", [])
        status = (
            "".join(f"<span>{self.value()}</span>" for _ in self.some(2, 4)) if self.texts.chance(0.7) else ""
        )
        return (
            f'{self.caption() if self.texts.chance(0.6) else ""}{self.menu_bar()}<div class="bar" style="padding:4px 8px;gap:12px">{self.glyphs(6, 16)}</div>'
            f'<div class="bar" style="padding:3px 6px;gap:8px"><span class="f" style="width:90px" {field}>{chr(65 + at[1])}{at[0] + 1}</span><i>fx</i><span class="f" style="flex:1" {field}>{self.value()}</span></div>'
            f'<div style="height:{height - 190}px;overflow:hidden">{grid}</div><div style="display:flex;align-items:center;background:{rng.choice((look.page, look.line))};border-top:1px solid {look.line}"><span style="padding:0 10px;opacity:.8">{arrows}</span>{sheets}</div>'
            f'<div style="display:flex;gap:60px;padding:2px 10px;background:{look.page}">{status}</div>'
        )

    def places(self, role: str, tall: bool = False) -> str:
        """A column of things of which one is chosen, by paper, a bar, or only the colour of its letters."""
        look, rng = self.look, self.rng
        count = rng.randint(4, 12)
        chosen = rng.randrange(count)
        style = rng.choice((
            f"background:{look.tint};color:{look.tint_ink};", f"background:{look.tint};color:{look.tint_ink};", f"color:{look.accent};font-weight:600;",
            f"border-left:3px solid {look.accent};", f"background:{look.line};", f"background:{look.accent};color:#fff;", f"color:{look.accent};background:{look.accent}22;",
        ))  # fmt: skip
        icons, corner, pad = (
            self.texts.chance(0.7),
            rng.choice((0, 0, 4, 8, 20)),
            rng.choice((2, 4, 7, 10, 13)),
        )
        made = []
        for number in range(count):
            sel = number == chosen
            paint = f"background:hsl({rng.randrange(360)},55%,55%);border-radius:{rng.choice((0, 2, 8))}px"
            size = 28 if tall else 16
            icon = f'<span style="flex:none;width:{size}px;height:{size}px;{paint}"></span>' if icons else ""
            way = "flex-direction:column;" if tall else ""
            indent = 14 * rng.choice((0, 0, 0, 1)) if role == "list item" else 0
            made.append(
                f'<div style="display:flex;{way}align-items:center;gap:{4 if tall else 9}px;white-space:nowrap;border-radius:{corner}px;padding:{pad}px 10px {pad}px {10 + indent}px;{style if sel else ""}" {self.marked(role, ["selected"] if sel else [])}>{icon}<span>{self.label(12)}</span></div>'
            )
        paper = rng.choice((look.base, look.page, look.line, "transparent"))
        return f'<div style="background:{paper};padding:{self.px(0, 6)};min-width:{self.px(90, 150, 210, 260)};border-right:1px solid {look.line};align-self:stretch">{"".join(made)}</div>'

    def switch_rows(self) -> str:
        """A card with texts at its left end and switches, check boxes or values at its right end, far away."""
        look, rng = self.look, self.rng
        kind = rng.choice(("switch", "switch", "switch", "check", "value"))
        thin = " thin" if self.texts.chance(0.3) else ""
        large = rng.choice((1, 1, 1, 1.2, 1.4, 1.7))
        made = []
        for _ in self.some(2, 6):
            on, off = self.texts.chance(0.5), self.texts.chance(0.1)
            states = ["checked" if on else "unchecked"] + (["disabled"] if off else [])
            more = (
                f'<div style="opacity:.65;font-size:.9em">{html.escape(self.texts.sentence(50))}</div>'
                if self.texts.chance(0.35)
                else ""
            )
            if kind == "value":
                made.append(
                    f'<div style="display:flex;justify-content:space-between;padding:10px 14px;border-bottom:1px solid {look.line}"><span>{self.label(14)}</span><span style="opacity:.7">{self.value()}</span></div>'
                )
                continue
            end = (
                f'<span class="t{" on" if on else ""}{thin}" style="zoom:{large}"></span>'
                if kind == "switch"
                else f'<span class="m c{" on" if on else ""}"></span>'
            )
            said = f"<div><span {self.marked('check box', states)}>{self.option_text()}</span>{more}</div>"
            made.append(
                f'<div class="{"off" if off else ""}" style="display:flex;align-items:center;justify-content:space-between;padding:{self.px(6, 10, 14)} 14px;border-bottom:1px solid {look.line}">{said}{end}</div>'
            )
        return f'<div class="card" style="padding:0;width:{rng.randint(360, 860)}px">{"".join(made)}</div>'

    def settings(self, width: int, height: int) -> str:
        """Categories at the left, what the chosen one holds at the right."""
        role = self.rng.choice(("list item", "list item", "tab"))
        right = "".join(
            self.rng.choice(
                (self.switch_rows, self.switch_rows, self.checks, self.radios, self.form, self.words)
            )()
            for _ in self.some(2, 5)
        )
        head = self.caption() if self.texts.chance(0.6) else self.strip()
        return f'{head}<div style="display:flex;min-height:{height - 60}px">{self.places(role, self.texts.chance(0.2))}<div class="col" style="flex:1">{right}</div></div>'

    def files(self, width: int, height: int) -> str:
        """Places, path, and a list of files of which some are chosen."""
        look, rng = self.look, self.rng
        columns = [self.texts.column() for _ in self.some(1, 4)]
        chosen = set(rng.sample(range(14), rng.choice((0, 1, 1, 1, 2, 3))))
        zebra = rng.choice(("", "", f"background:{look.page};"))
        style = rng.choice(
            (
                f"background:{look.tint};color:{look.tint_ink};",
                f"background:{look.accent};color:#fff;",
                f"background:{look.accent}33;",
            )
        )
        head = "".join(
            f'<td style="padding:3px 8px;border-bottom:1px solid {look.line};border-right:1px solid {look.line}" {self.marked("header", [])}>{html.escape(name)}</td>'
            for name, _ in (("이름", None), *columns)
        )
        pad, rows = rng.choice((1, 3, 5, 8)), []
        for number in self.some(4, 14):
            sel = number in chosen
            states = ["selected"] if sel else []
            icon = f'<span style="flex:none;width:16px;height:16px;border-radius:{rng.choice((0, 2))}px;background:hsl({rng.randrange(360)},60%,60%)"></span>'
            first = f'<td style="padding:{pad}px 8px"><span style="display:flex;gap:7px;align-items:center">{icon}<span {self.marked("cell", states)}>{html.escape(self.texts.file())}</span></span></td>'
            cells = first + "".join(
                f'<td style="padding:{pad}px 8px" {self.marked("cell", states)}>{html.escape(make())}</td>'
                for _, make in columns
            )
            rows.append(
                f'<tr style="{style if sel else zebra if number % 2 else ""}white-space:nowrap">{cells}</tr>'
            )
        table = f'<table style="border-collapse:collapse;width:100%;background:{look.base}"><tr>{head}</tr>{"".join(rows)}</table>'
        path = (
            "".join(self.button() for _ in self.some(2, 5))
            if self.texts.chance(0.6)
            else f'<span class="f" style="flex:1" {self.marked("text field", [])}>/{self.label(6)}/{self.label(6)}</span>'
        )
        return f'{self.caption()}{self.menu_bar() if self.texts.chance(0.6) else ""}<div class="bar" style="padding:4px 8px;gap:8px"><span>←</span><span>→</span>{path}</div><div style="display:flex;min-height:{height - 110}px;align-items:flex-start">{self.places("list item")}<div style="flex:1;background:{look.base};align-self:stretch">{table}</div></div>'

    def calendar(self, width: int, height: int) -> str:
        """A month, its chosen day, and a choice of views."""
        look, rng = self.look, self.rng
        first, size = rng.randrange(7), rng.choice((30, 38, 46, 80))
        today, chosen = rng.randrange(31), rng.randrange(31)
        round_ = rng.choice((0, 4, 50))
        style = rng.choice(
            (
                f"background:{look.accent};color:#fff;",
                f"outline:2px solid {look.accent};",
                f"background:{look.tint};color:{look.tint_ink};",
            )
        )
        names = "".join(
            f'<td style="text-align:center;opacity:.7" {self.marked("header", [])}>{day}</td>'
            for day in "일월화수목금토"
        )
        cells = [""] * first + [str(n + 1) for n in range(31)] + [""] * 7
        body = ""
        for week in range(0, first + 31, 7):
            made = ""
            for place, text in enumerate(cells[week : week + 7], week - first):
                sel = place == chosen and text
                paint = style if sel else f"color:{look.accent};font-weight:700;" if place == today else ""
                named = self.marked("cell", ["selected"] if sel else []) if text else ""
                made += f'<td style="padding:2px"><div style="width:{size}px;height:{min(size, 46)}px;display:flex;align-items:center;justify-content:center;border-radius:{round_}%;{paint}" {named}>{text}</div></td>'
            body += f"<tr>{made}</tr>"
        views = self.segments(
            [["일", "주", "월"], ["월", "연"], ["일간", "주간", "월간", "목록"]][rng.randrange(3)]
        )
        agenda = "".join(
            f'<div style="padding:5px;border-left:3px solid hsl({rng.randrange(360)},60%,50%);margin:5px">{self.label(12)} <small>{html.escape(self.texts.date())}</small></div>'
            for _ in self.some(1, 5)
        )
        times = "".join(self.button() for _ in self.some(2, 6))
        return f'{self.caption()}<div class="bar" style="padding:8px;gap:16px;justify-content:{rng.choice(("center", "flex-start", "space-between"))}"><span>‹</span><b>{rng.randint(2020, 2030)}년 {rng.randint(1, 12)}월</b><span>›</span>{views}</div><div class="row" style="align-items:flex-start;padding:12px"><table>{"<tr>" + names + "</tr>"}{body}</table><div>{agenda}</div></div><div class="row" style="padding:10px">{times}</div>'

    def segments(self, names: list[str], icons: bool = False) -> str:
        """Choices side by side in one frame, one of them pressed: a switcher of views."""
        look, rng = self.look, self.rng
        chosen = rng.randrange(len(names))
        style = rng.choice(
            (
                f"background:{look.line};",
                f"background:{look.accent};color:#fff;",
                f"background:{look.base};box-shadow:0 1px 3px #0005;",
                f"background:{look.tint};color:{look.tint_ink};",
                "font-weight:700;background:#8883;",
            )
        )
        above = icons and self.texts.chance(0.4)
        made = []
        for number, name in enumerate(names):
            picture = (
                f'<span style="width:16px;height:16px;border-radius:{rng.choice((2, 9))}px;border:2px solid currentColor"></span>'
                if icons
                else ""
            )
            made.append(
                f'<div style="display:flex;{"flex-direction:column;" if above else ""}align-items:center;gap:6px;padding:{self.px(3, 5, 8)} {self.px(10, 16, 24)};border-radius:{self.px(0, 4, 6)};{style if number == chosen else ""}" {self.marked("tab", ["selected"] if number == chosen else [])}>{picture}<span>{name}</span></div>'
            )
        frame = rng.choice(("", f"border:1px solid {look.line};", f"background:{look.page};padding:2px;"))
        return f'<div style="display:inline-flex;border-radius:6px;{frame}">{"".join(made)}</div>'

    def dialog(self, width: int, height: int) -> str:
        """A window of options under tabs, with its buttons below."""
        rng = self.rng
        inside = "".join(
            rng.choice(
                (self.checks, self.radios, self.form, self.checks, self.toggles, self.table, self.words)
            )()
            for _ in self.some(2, 5)
        )
        if self.texts.chance(0.35):
            top = f'<div style="display:flex;justify-content:center;padding:6px">{self.segments([self.label(6) for _ in self.some(2, 5)], self.texts.chance(0.6))}</div>'
        else:
            place = rng.choice(("flex-start", "flex-start", "center"))
            top = f'<div style="display:flex;justify-content:{place};padding:{self.px(0, 6, 12)}">{self.tabs(rng.randint(1, 7))}</div>'
        wide = rng.randint(420, min(900, width))
        return f'<div style="width:{wide}px;margin:{rng.choice((0, 20, 60))}px auto;border:1px solid {self.look.line}">{self.caption()}{top}<div class="col">{inside}{self.buttons()}</div></div>'

    def studio(self, width: int, height: int) -> str:
        """An editor: tabs of documents, a side bar with tabs of its own, tabs below."""
        look, rng = self.look, self.rng
        chosen = rng.randrange(3)
        names = [self.label(6) for _ in range(3)]
        lit, dull = rng.choice(
            ((look.base, look.line), (look.page, look.line), (look.base, look.page), (look.line, look.page))
        )
        side = "".join(
            f'<div style="padding:6px 12px;text-align:center;background:{lit if n == chosen else dull};{"" if n == chosen else "opacity:.75"}" {self.marked("tab", ["selected"] if n == chosen else [])}>{name}</div>'
            for n, name in enumerate(names)
        )
        code = "".join(
            f"<div>{html.escape(self.texts.file())} = {html.escape(self.texts.sentence(40))}</div>"
            for _ in self.some(5, 16)
        )
        numbers = "".join(f"<div>{n + 1}</div>" for n in range(16))
        pane = f'<div style="display:flex;gap:12px;background:{look.base};font-family:D2Coding,monospace;padding:4px"><div style="opacity:.5;text-align:right">{numbers}</div><div>{code}</div></div>'
        left = f'<div style="min-width:{rng.randint(150, 240)}px">{self.tabs(2) if self.texts.chance(0.7) else ""}{self.tree()}</div>'
        return f'{self.caption()}{self.menu_bar()}<div class="bar" style="padding:5px;gap:12px">{self.glyphs(4, 12)}</div><div style="display:flex">{left}<div style="flex:1">{self.tabs(rng.choice((1, 1, 2, 3)))}{pane}</div></div><div style="display:flex;border-top:1px solid {look.line}"><div style="min-width:70px;background:{dull}">{side}</div><div style="padding:6px">{html.escape(self.texts.sentence(60))}</div></div>'
