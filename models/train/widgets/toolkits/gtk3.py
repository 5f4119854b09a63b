"""Random GTK 3 windows on the X display. Run: /usr/bin/python3 gtk3.py --out DIR --texts POOL --count N --seed S

The truth comes from the widgets' own accessible objects, read in the same process.
"""

# ruff: noqa: E402  (versions are chosen before the import)

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from content import Texts, arguments, write
from gi.repository import Gdk, Gtk
from gtk3_parts import Window, buttons, column, menu_bar, toolbar
from gtk3_scenes import SCENES, scene
from gtk3_truth import accessible_elements, placed, stack_buttons, switch_rows, title_of

THEMES = (
    "Adwaita", "Adwaita-dark", "Adwaita", "Adwaita-dark", "Adwaita", "Yaru", "Yaru-dark", "Yaru-blue", "Yaru-purple-dark",
    "Yaru-viridian", "Yaru-magenta", "Greybird", "Greybird", "Greybird", "Greybird-dark", "Arc", "Arc", "Arc-Dark", "Arc-Darker",
    "Arc-Lighter", "Breeze", "Breeze", "Breeze-Dark", "Numix", "Materia", "Materia-dark", "Materia-compact", "Materia-light",
    "HighContrast", "BlackMATE", "BlueMenta", "Menta", "TraditionalOk",
)  # fmt: skip
FONTS = (
    "Noto Sans CJK KR",
    "Noto Sans CJK KR",
    "NanumGothic",
    "NanumSquare",
    "NanumBarunGothic",
    "NanumSquareRound",
    "Baekmuk Gulim",
    "Cantarell",
    "DejaVu Sans",
)


def build(w: Window) -> tuple[Gtk.Window, Gtk.MenuBar | None]:
    window = Gtk.Window(title=w.texts.label(16))
    if w.texts.chance(SCENES):
        return window, scene(w, window)
    outer = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
    bar = None
    if w.texts.chance(0.35):
        head = Gtk.HeaderBar(title=window.get_title(), show_close_button=True)
        for _ in range(w.rng.randint(0, 2)):
            getattr(head, w.rng.choice(("pack_start", "pack_end")))(
                w.maybe_off(Gtk.Button(label=w.texts.label(5)))
            )
        window.set_titlebar(head)
    if w.texts.chance(0.4):
        bar = menu_bar(w)
        outer.pack_start(bar, False, False, 0)
    if w.texts.chance(0.25):
        outer.pack_start(toolbar(w), False, False, 0)
    middle = Gtk.Box(spacing=w.rng.choice((0, 8, 16)))
    for _ in range(w.rng.choice((1, 1, 2, 2, 3))):
        part = column(w, 0, w.rng.randint(1, 4))
        part.set_border_width(w.rng.choice((4, 8, 16)))
        middle.pack_start(part, True, True, 0)
    outer.pack_start(middle, True, True, 0)
    if w.texts.chance(0.4):
        last = buttons(w)
        last.set_border_width(6)
        outer.pack_end(last, False, False, 0)
    window.add(outer)
    return window, bar


def settle(seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        while Gtk.events_pending():
            Gtk.main_iteration_do(False)
        time.sleep(0.01)


def look(rng: random.Random, wanted: str, scale: float) -> str:
    settings = Gtk.Settings.get_default()
    theme = wanted or rng.choice(THEMES)
    font = rng.choice(FONTS)
    settings.set_property("gtk-theme-name", theme)
    settings.set_property(
        "gtk-application-prefer-dark-theme", theme.lower().endswith("dark") or rng.random() < 0.1
    )
    settings.set_property("gtk-font-name", f"{font} {rng.choice((9, 10, 10, 10, 11, 11, 12, 13))}")
    settings.set_property("gtk-icon-theme-name", rng.choice(("Papirus", "Adwaita", "breeze", "Papirus-Dark")))
    settings.set_property("gtk-xft-dpi", int(1024 * rng.choice((88, 96, 96, 96, 96, 108, 120, 144))))
    settings.set_property("gtk-xft-rgba", rng.choice(("none", "none", "rgb")))
    settings.set_property("gtk-xft-hintstyle", rng.choice(("hintslight", "hintfull", "hintnone")))
    settings.set_property("gtk-xft-antialias", 1)
    return theme


def picture(path: Path) -> tuple[int, int]:
    root = Gdk.get_default_root_window()
    width, height = root.get_width(), root.get_height()
    Gdk.pixbuf_get_from_window(root, 0, 0, width, height).savev(str(path), "png", ["compression"], ["1"])
    return width, height


def draw(options, number: int) -> None:  # noqa: ANN001
    rng = random.Random(f"{options.seed}-{number}")
    texts = Texts.read(options.texts, rng)
    theme = look(rng, options.look, options.scale)
    subprocess.run(["xsetroot", "-solid", f"#{rng.randrange(1 << 24):06x}"], check=False)
    w = Window(texts)
    window, bar = build(w)
    window.set_default_size(rng.randint(300, 900), rng.randint(200, 640))
    window.show_all()
    window.move(rng.randint(0, 160), rng.randint(0, 90))
    settle(0.18)
    for step in w.after:
        step()
    other = None
    if texts.chance(0.3):  # another window has the focus
        other = Gtk.Window(title=texts.label(), default_width=90, default_height=50)
        other.show_all()
        other.move(1200, 740)
    settle(0.2)
    opened = None
    if bar is not None and other is None and texts.chance(0.6):
        item = rng.choice(bar.get_children())
        opened = item.get_submenu()
        opened.popup_at_widget(item, Gdk.Gravity.SOUTH_WEST, Gdk.Gravity.NORTH_WEST, None)
        opened.select_item(rng.choice(opened.get_children()))
        settle(0.15)
    elements = list(title_of(window))
    elements += accessible_elements(window.get_accessible())
    elements += switch_rows(window)
    elements += stack_buttons(window)
    if window.get_titlebar() is not None:
        elements += accessible_elements(window.get_titlebar().get_accessible(), 1)
        elements += stack_buttons(window.get_titlebar())
    if opened is not None and opened.get_mapped():
        x, y = placed(opened)
        area = opened.get_allocation()
        elements = [e for e in elements if not inside(e.box, (x, y, area.width, area.height))]
        elements += accessible_elements(opened.get_accessible(), 1)
    path = options.out / f"gtk3-{options.seed}-{number:05}.png"
    picture(path)
    write(path, elements, "gtk3", theme)
    if opened is not None:
        opened.popdown()


def inside(box: tuple[int, int, int, int], outer: tuple[int, int, int, int]) -> bool:
    x, y = box[0] + box[2] / 2, box[1] + box[3] / 2
    return outer[0] <= x < outer[0] + outer[2] and outer[1] <= y < outer[1] + outer[3]


if __name__ == "__main__":
    given = arguments(__doc__ or "")
    for n in range(given.count):
        try:
            draw(given, n)
        except Exception as error:  # one odd window is no loss
            print(f"gtk3 {n}: {type(error).__name__}: {error}", file=sys.stderr)
        for left in Gtk.Window.list_toplevels():
            left.destroy()
