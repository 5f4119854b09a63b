"""Style sheets that make Qt widgets look as on other systems: flat, rounded, accented, light and dark.

The marks of check boxes are pictures, drawn here as SVG files, because a style sheet can draw none.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.gettempdir()) / "nunchi-widget-marks"
TICKS = ("M3 8 L7 12 L13 4", "M4 8.5 L7 11.5 L12 5", "M3 7.5 L6.5 12 L13 3")


def mark(kind: str, colour: str, width: float) -> str:
    """The path of a tick, a dot or an arrow in this colour."""
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"{kind}-{colour.strip('#')}-{width}.svg"
    if kind.startswith("tick"):
        shape = f'<path d="{TICKS[int(kind[4:])]}" fill="none" stroke="{colour}" stroke-width="{width}" stroke-linecap="round"/>'
    elif kind == "dot":
        shape = f'<circle cx="8" cy="8" r="{width + 1.5}" fill="{colour}"/>'
    else:
        shape = f'<path d="M4 6 L8 10.5 L12 6" fill="none" stroke="{colour}" stroke-width="{width}"/>'
    if not path.exists():
        path.write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">{shape}</svg>'
        )
    return path.as_posix()


def sheet(rng: random.Random) -> tuple[str, str]:
    """Name and text of a random style sheet."""
    dark = rng.random() < 0.35
    window, base, ink, line = (
        rng.choice((("#202020", "#2b2b2b", "#f2f2f2", "#5a5a5a"), ("#1c1c1e", "#2c2c2e", "#ffffff", "#48484a"),
                    ("#23272e", "#1e2227", "#abb2bf", "#3e4452")))
        if dark
        else rng.choice((("#f3f3f3", "#ffffff", "#1b1b1b", "#c8c8c8"), ("#ececec", "#ffffff", "#000000", "#bdbdbd"),
                         ("#ffffff", "#fafafa", "#212121", "#dddddd"), ("#f6f5f4", "#ffffff", "#2e3436", "#cdc7c2"),
                         ("#eff0f1", "#fcfcfc", "#232629", "#bcbebf")))
    )  # fmt: skip
    accent = rng.choice(
        ("#0067c0", "#007aff", "#3584e4", "#6200ee", "#009688", "#e95420", "#1a73e8", "#d81b60", "#34c759")
    )
    soft = rng.random() < 0.4  # selected rows in a pale tint instead of the accent
    chosen_paper = ("#37373d" if dark else rng.choice(("#e5f1fb", "#e0e0e0", "#d7e9ff"))) if soft else accent
    chosen_ink = ink if soft else "#ffffff"
    grey = "#787878" if dark else "#a0a0a0"
    size, corner, field_corner = (
        rng.choice((12, 13, 14, 16, 18)),
        rng.choice((0, 2, 3, 4)),
        rng.choice((0, 3, 4, 6, 8)),
    )
    tick = mark(f"tick{rng.randrange(3)}", "#ffffff", rng.choice((1.6, 2.0, 2.6)))
    dot = mark("dot", "#ffffff" if rng.random() < 0.6 else accent, rng.choice((1.0, 2.0, 3.0)))
    dot_paper = base if accent.strip("#") in dot else accent
    tabs = rng.choice(("line", "box", "pill"))
    tab = {
        "line": f"QTabBar::tab{{padding:6px 12px;border:none;border-bottom:2px solid transparent;background:transparent;}}"
                f"QTabBar::tab:selected{{border-bottom:{rng.choice((2, 3))}px solid {accent};color:{rng.choice((accent, ink))};}}",
        "box": f"QTabBar::tab{{padding:5px 12px;border:1px solid {line};background:{window};margin-right:{rng.choice((0, 2))}px;"
               f"border-top-left-radius:{corner}px;border-top-right-radius:{corner}px;}}"
               f"QTabBar::tab:selected{{background:{base};border-bottom-color:{base};}}",
        "pill": f"QTabBar::tab{{padding:5px 14px;background:{line};border-radius:{field_corner}px;margin:2px;}}"
                f"QTabBar::tab:selected{{background:{rng.choice((accent, base))};}}",
    }[tabs]  # fmt: skip
    text = f"""
    QWidget{{background:{window};color:{ink};}}
    QWidget:disabled{{color:{grey};}}
    QCheckBox::indicator,QRadioButton::indicator,QGroupBox::indicator,QTreeView::indicator,QListView::indicator{{
      width:{size}px;height:{size}px;border:1px solid {grey};background:{base};border-radius:{corner}px;}}
    QRadioButton::indicator{{border-radius:{size // 2 + 1}px;}}
    QCheckBox::indicator:checked,QGroupBox::indicator:checked,QTreeView::indicator:checked,QListView::indicator:checked{{
      background:{accent};border-color:{accent};image:url({tick});}}
    QRadioButton::indicator:checked{{background:{dot_paper};border-color:{accent};image:url({dot});}}
    QCheckBox::indicator:disabled,QRadioButton::indicator:disabled{{border-color:{line};background:{window};}}
    QCheckBox::indicator:checked:disabled,QRadioButton::indicator:checked:disabled{{background:{grey};}}
    QPushButton{{background:{base};border:1px solid {line};border-radius:{field_corner}px;padding:{rng.choice((3, 5, 7))}px 12px;}}
    QPushButton:default,QPushButton:checked{{background:{accent};color:#ffffff;border-color:{accent};}}
    QPushButton:disabled{{background:{window};color:{grey};}}
    QLineEdit,QSpinBox,QComboBox,QPlainTextEdit,QDateEdit{{background:{base};border:1px solid {line};border-radius:{field_corner}px;
      padding:{rng.choice((1, 3, 5))}px 6px;}}
    QLineEdit:focus,QSpinBox:focus,QPlainTextEdit:focus{{border:{rng.choice((1, 2))}px solid {accent};}}
    QComboBox::drop-down{{border:none;width:20px;}}
    QComboBox::down-arrow{{image:url({mark("arrow", ink, 1.5)});width:12px;height:12px;}}
    QTreeView,QListView,QTableView{{background:{base};border:1px solid {line};selection-background-color:{chosen_paper};
      selection-color:{chosen_ink};outline:none;}}
    QTreeView::item,QListView::item{{padding:{rng.choice((1, 3, 6))}px;}}
    QTreeView::item:selected,QListView::item:selected,QTableView::item:selected{{background:{chosen_paper};color:{chosen_ink};}}
    QListView::item:selected{{border-radius:{rng.choice((0, 4, 6))}px;}}
    QHeaderView::section{{background:{window};border:none;border-bottom:1px solid {line};border-right:1px solid {line};padding:4px;}}
    QMenu{{background:{base};border:1px solid {line};padding:4px;}}
    QMenu::item{{padding:{rng.choice((3, 5, 7))}px 24px;}}
    QMenu::item:selected{{background:{chosen_paper};color:{chosen_ink};border-radius:{corner}px;}}
    QMenu::item:disabled{{color:{grey};}}
    QMenu::indicator{{width:14px;height:14px;left:5px;}}
    QMenu::indicator:checked{{image:url({mark("tick0", ink, 2.0)});}}
    QGroupBox{{border:1px solid {line};border-radius:{field_corner}px;margin-top:12px;}}
    QGroupBox::title{{subcontrol-origin:margin;left:8px;}}
    {tab}
    """
    return f"{'dark' if dark else 'light'}-{tabs}", text
