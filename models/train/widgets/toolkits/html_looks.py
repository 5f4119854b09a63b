"""Random style sheets for the pages: colours, corners, native and drawn check marks, kinds of tabs and rows."""

# ruff: noqa: E501  (style sheets and tags)

from __future__ import annotations

import random
from dataclasses import dataclass

FONTS = ("'Noto Sans CJK KR'", "'Noto Sans CJK KR'", "'NanumGothic'", "'NanumSquare'", "'NanumBarunGothic'", "'Pretendard'",
         "'NanumSquareRound'", "'Baekmuk Gulim'", "Roboto,'Noto Sans CJK KR'", "'Open Sans','NanumGothic'")  # fmt: skip
LIGHT = (("#ffffff", "#f5f5f5", "#1f1f1f", "#d0d0d0"), ("#f3f3f3", "#ffffff", "#1b1b1b", "#c8c8c8"), ("#ececec", "#ffffff", "#111111", "#bdbdbd"),
         ("#fafafa", "#ffffff", "#333333", "#e0e0e0"), ("#eff0f1", "#fcfcfc", "#232629", "#bcbebf"), ("#fdf6e3", "#fffdf5", "#586e75", "#ddd6c1"),
         ("#eef2f7", "#ffffff", "#1c2b3a", "#ccd6e0"))  # fmt: skip
DARK = (("#202124", "#292a2d", "#e8eaed", "#4a4b4e"), ("#1e1e1e", "#252526", "#d4d4d4", "#3c3c3c"), ("#2b2a33", "#42414d", "#fbfbfe", "#5b5b66"),
        ("#1c1c1e", "#2c2c2e", "#ffffff", "#48484a"), ("#0d1117", "#161b22", "#e6edf3", "#30363d"))  # fmt: skip
ACCENTS = ("#0067c0", "#007aff", "#1a73e8", "#3584e4", "#6200ee", "#009688", "#e95420", "#d81b60", "#34c759", "#03c75a", "#222222", "#b8860b",
           "#00ddff", "#c2185b")  # fmt: skip
TICK = "M3 8.2 L6.6 11.8 L13 4.6"


@dataclass(frozen=True)
class Look:
    """The colours and habits of one page."""

    dark: bool
    page: str
    base: str
    ink: str
    line: str
    accent: str
    tint: str
    """paper of selected rows"""
    tint_ink: str
    css: str
    marks: str
    """native, drawn"""
    tabs: str
    pad: int


KINDS = ("line", "box", "pill", "browser", "chrome", "sheet", "sheet", "segment", "bold", "top", "browser")


def look(rng: random.Random, tabs: str = "") -> Look:
    """A random look; `tabs` names the kind of tabs instead of leaving it to chance."""
    dark = rng.random() < 0.3
    page, base, ink, line = rng.choice(DARK if dark else LIGHT)
    accent = rng.choice(ACCENTS)
    if accent == "#222222" and dark:
        accent = "#8ab4f8"
    grey = "#777777" if dark else rng.choice(("#9a9a9a", "#aaaaaa", "#bbbbbb"))
    strong = rng.random() < 0.5
    pale = (
        "rgba(255,255,255,.13)"
        if dark
        else rng.choice(("#e8f0fe", "#e5f1fb", "#e3e3e3", "#dcdcdc", "#fff3cd", "#eaeaea", "#d7e9ff"))
    )
    tint, tint_ink = (accent, "#ffffff") if strong else (pale, rng.choice((ink, accent)))
    corner = rng.choice((0, 2, 3, 4, 6, 8, 12))
    size = rng.choice((12, 13, 13, 14, 14, 15, 16, 18))
    pad = rng.choice((2, 4, 6, 8, 10, 14))
    box = rng.choice((13, 14, 16, 18, 20))
    fields = rng.choice((f"border:1px solid {line};background:{base};", f"border:none;border-bottom:1px solid {grey};background:transparent;",
                         f"border:1px solid {grey};background:{base};", f"border:1px solid transparent;background:{line};"))  # fmt: skip
    focus = rng.choice((f"outline:2px solid {accent};", f"border-color:{accent};box-shadow:0 0 0 3px {accent}55;", f"border-bottom:2px solid {accent};",
                        f"outline:1px solid {accent};outline-offset:1px;"))  # fmt: skip
    tabs = tabs or rng.choice(KINDS)
    weight = rng.choice((400, 400, 500))
    mark_ink = rng.choice(("#ffffff", "#ffffff", accent))
    mark_paper = accent if mark_ink == "#ffffff" else base
    mark_edge = rng.choice((grey, line, ink, accent))
    css = f"""
*{{box-sizing:border-box}} body{{margin:0;background:{page};color:{ink};font:{weight} {size}px/{rng.choice((1.3, 1.4, 1.5, 1.6))} {rng.choice(FONTS)},sans-serif}}
.col{{display:flex;flex-direction:column;gap:{rng.choice((6, 10, 16, 24))}px;padding:{rng.choice((8, 16, 24))}px}}
.row{{display:flex;gap:{rng.choice((6, 10, 18, 28))}px;align-items:center;flex-wrap:wrap}} .stack{{display:flex;flex-direction:column;gap:{rng.choice((2, 4, 8, 12))}px;align-items:stretch}}
.card{{background:{base};border:1px solid {line};border-radius:{corner}px;padding:{rng.choice((8, 12, 20))}px}}
h2{{font-size:{rng.choice((1.0, 1.2, 1.5))}em;margin:0}} p{{margin:0}} .off{{color:{grey};{rng.choice(("", "opacity:.6;", "opacity:.45;"))}}}
label.o{{display:flex;align-items:center;gap:{rng.choice((4, 6, 8, 12))}px}} input[type=checkbox],input[type=radio]{{accent-color:{accent};margin:{rng.choice(("0", "3px", "2px"))};flex:none}}
.big input{{width:{box}px;height:{box}px}}
.m{{width:{box}px;height:{box}px;border:{rng.choice((1, 1, 2))}px solid {mark_edge};background:{base};flex:none;display:inline-block;border-radius:{rng.choice((0, 2, 3, 5))}px;position:relative}}
.m.r{{border-radius:50%}} .m.on{{background-color:{mark_paper};border-color:{accent}}}
.m.c.on{{background-image:url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='{TICK}' fill='none' stroke='{mark_ink.replace("#", "%23")}' stroke-width='{rng.choice((1.6, 2, 2.6))}'/%3E%3C/svg%3E");background-size:100%}}
.m.r.on::after{{content:'';position:absolute;inset:{rng.choice((2, 3, 4))}px;border-radius:50%;background:{mark_ink}}}
.off .m{{border-color:{line};background-color:{page}}} .off .m.on{{background-color:{grey};border-color:{grey}}}
.t{{width:{round(box * rng.choice((1.8, 2.0, 2.3)))}px;height:{box}px;border-radius:{box}px;background:{grey};flex:none;position:relative}} .t.on{{background:{accent}}}
.t::after{{content:'';position:absolute;width:{box - 4}px;height:{box - 4}px;top:2px;left:2px;border-radius:50%;background:#fff}} .t.on::after{{left:auto;right:2px}}
.t.thin{{height:{box - 6}px}} .t.thin::after{{width:{box}px;height:{box}px;top:-3px;left:-1px;box-shadow:0 1px 3px #0006}} .t.thin.on::after{{left:auto;right:-1px;background:{accent};filter:brightness(1.3)}}
input.f,select.f,textarea.f,.f{{font:inherit;color:inherit;padding:{rng.choice((2, 4, 6, 8))}px {rng.choice((4, 8, 12))}px;border-radius:{corner}px;{fields}}} .f:disabled,.f.off{{background:{page};color:{grey}}}
.f:focus,.f.focus{{{focus}}} select.f.drawn{{appearance:none;background-image:url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Cpath d='M4 6 L8 10 L12 6' fill='none' stroke='{ink.replace("#", "%23")}' stroke-width='1.5'/%3E%3C/svg%3E");background-repeat:no-repeat;background-position:right 6px center;background-size:14px;padding-right:28px}}
button.b{{font:inherit;padding:{rng.choice((2, 4, 6, 9))}px {rng.choice((8, 14, 22))}px;border-radius:{corner}px;border:1px solid {line};background:{base};color:{ink}}} button.p{{background:{accent};border-color:{accent};color:#fff}} button.g{{border-color:transparent;background:transparent;color:{accent}}}
button.k{{border-color:{accent};color:{accent}}} button.b:disabled{{opacity:{rng.choice((0.4, 0.5, 0.6))}}} button.p:disabled{{background:{line};border-color:{line};color:{grey}}} button.b.focus{{{focus}}}
table.d{{border-collapse:collapse;background:{base}}} .d td,.d th{{padding:{rng.choice((2, 4, 8, 12))}px {rng.choice((6, 10, 16))}px;text-align:left;{rng.choice((f"border:1px solid {line}", f"border-bottom:1px solid {line}", "border:none"))};white-space:nowrap}}
.d th{{{rng.choice((f"background:{page};", f"background:{line};", f"color:{grey};", f"background:{accent};color:#fff;", ""))}font-weight:{rng.choice((400, 600, 700))}}} .d tr.sel td,.it.sel{{background:{tint};color:{tint_ink}}}
.it{{padding:{pad}px {rng.choice((6, 10, 16))}px;display:flex;gap:8px;align-items:center;border-radius:{rng.choice((0, 0, 4, 8))}px;white-space:nowrap}} .it.bar.sel{{border-left:3px solid {accent};font-weight:{rng.choice((400, 600))}}}
.menu{{background:{base};border:1px solid {line};border-radius:{corner}px;box-shadow:0 4px 14px #0005;padding:{rng.choice((2, 4, 8))}px 0;position:absolute;min-width:170px;z-index:9}} .mi{{display:flex;padding:{rng.choice((2, 4, 7))}px 14px {rng.choice((2, 4, 7))}px 0;gap:18px;white-space:nowrap}} .mi .h{{width:{rng.choice((22, 28, 34))}px;text-align:center;margin-right:-18px;flex:none}} .mi .s{{margin-left:auto;opacity:.7}}
.mi.sel{{background:{rng.choice((tint, accent))};color:{rng.choice((tint_ink, tint_ink)) if tint != accent else "#fff"}}} .sep{{height:1px;background:{line};margin:4px 0}} .bar{{display:flex;gap:2px;align-items:center;background:{rng.choice((page, base))};}} .bar .e{{padding:3px {rng.choice((6, 9, 12))}px}} .bar .e.sel{{background:{tint};color:{tint_ink}}}
.i{{width:16px;height:16px;border-radius:3px;background:{accent};flex:none;display:inline-block;opacity:.8}} a{{color:{accent};{rng.choice(("", "text-decoration:none;"))}}}
.title{{height:{rng.choice((26, 30, 36, 42))}px;display:flex;align-items:center;padding:0 10px;gap:10px;background:{rng.choice((page, base, line, accent))};justify-content:{rng.choice(("flex-start", "center"))}}}
{tab_css(tabs, rng, page=page, base=base, ink=ink, line=line, accent=accent, grey=grey, corner=corner)}
"""
    return Look(
        dark, page, base, ink, line, accent, tint, tint_ink, css, rng.choice(("native", "drawn")), tabs, pad
    )


def tab_css(
    kind: str,
    rng: random.Random,
    *,
    page: str,
    base: str,
    ink: str,
    line: str,
    accent: str,
    grey: str,
    corner: int,
) -> str:
    """The rules of .tabs and .tab for one kind of tab."""
    wide = rng.choice((8, 12, 18, 26))
    high = rng.choice((3, 5, 8, 11))
    fade = f"color:{grey};" if rng.random() < 0.4 else ""
    common = f".tabs{{display:flex;align-items:flex-end}} .tab{{padding:{high}px {wide}px;display:flex;gap:8px;align-items:center;white-space:nowrap;{fade}}} .tab.sel{{color:{ink}}} .tab .x{{opacity:.7}}"
    coloured = f"color:{rng.choice((accent, ink))};font-weight:{rng.choice((400, 600, 700))};"
    thick = rng.choice((1, 2, 3, 4))
    rules = {
        "line": f".tabs{{border-bottom:1px solid {line};gap:{rng.choice((0, 4, 12))}px}} .tab{{border-bottom:{thick}px solid transparent;margin-bottom:-1px}} .tab.sel{{border-bottom-color:{accent};{coloured}}}",
        "top": f".tab{{border-top:{thick}px solid transparent;border-right:1px solid {line};background:{line}}} .tab.sel{{border-top-color:{accent};background:{base}}}",
        "box": f".tabs{{border-bottom:1px solid {line}}} .tab{{border:1px solid {rng.choice((line, 'transparent'))};border-bottom:none;margin-bottom:-1px;border-radius:{corner}px {corner}px 0 0;background:{rng.choice((page, 'transparent'))}}} .tab.sel{{background:{base};border-color:{line};padding-top:{high + rng.choice((0, 2))}px}}",
        "pill": f".tabs{{gap:6px}} .tab{{border-radius:20px}} .tab.sel{{background:{rng.choice((accent, line))};color:{rng.choice(('#fff', ink))}}}",
        "browser": f".tabs{{background:{line};padding:5px 8px 4px;gap:4px}} .tab{{min-width:150px;border-radius:{rng.choice((4, 6))}px}} .tab.sel{{background:{base};box-shadow:0 0 4px #0004}} .tab .x{{margin-left:auto}}",
        "chrome": f".tabs{{background:{line};padding:6px 8px 0}} .tab{{min-width:160px;border-radius:10px 10px 0 0}} .tab.sel{{background:{page}}} .tab .x{{margin-left:auto}}",
        "sheet": f".tabs{{background:{page};border-top:1px solid {line};padding:0 30px}} .tab{{border-right:1px solid {line};padding:{min(high, 5)}px {wide}px}} .tab.sel{{background:{base};font-weight:700;{rng.choice((f'border-bottom:2px solid {accent};', f'border:1px solid {line};', f'color:{accent};'))}}}",
        "segment": f".tabs{{display:inline-flex;border:1px solid {line};border-radius:{corner}px;overflow:hidden;align-self:flex-start}} .tab{{border-right:1px solid {line};background:{base}}} .tab.sel{{background:{rng.choice((accent, line))};color:{ink}}}",
        "bold": f".tabs{{gap:{rng.choice((4, 16))}px}} .tab.sel{{font-weight:700;{rng.choice((f'color:{accent};', f'border-bottom:2px solid {ink};'))}}}",
    }  # fmt: skip
    return common + rules[kind]
