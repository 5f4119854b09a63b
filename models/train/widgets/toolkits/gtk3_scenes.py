"""GTK 3 windows that look like whole programs: editors with documents in tabs, header bars with choices, options, lists."""

# ruff: noqa: E402  (versions are chosen before the import)

from __future__ import annotations

from collections.abc import Callable

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Pango", "1.0")
from gi.repository import Gtk, Pango
from gtk3_parts import (
    ICONS,
    Window,
    buttons,
    checks,
    column,
    form,
    menu_bar,
    radios,
    rows,
    switches,
    table,
    toolbar,
)

SCENES = 0.4
"""share of the windows that look like one program; the others are blocks side by side"""


def scene(w: Window, window: Gtk.Window) -> Gtk.MenuBar | None:
    """Fill the window; its menu bar, if there is one."""
    makers: tuple[Callable[[Window, Gtk.Window, Gtk.Box], None], ...] = (
        editor, editor, switcher, options, options, browsing,
    )  # fmt: skip
    outer = Gtk.Box(orientation=Gtk.Orientation.VERTICAL)
    window.add(outer)
    make = w.rng.choice(makers)
    bar = None
    if make is not switcher and w.texts.chance(0.5):
        bar = menu_bar(w)
        outer.pack_start(bar, False, False, 0)
    make(w, window, outer)
    return bar


def words(w: Window) -> Gtk.Widget:
    """A page of text, numbers beside it at times."""
    view = Gtk.TextView(wrap_mode=Gtk.WrapMode.WORD, left_margin=w.rng.choice((2, 6, 12)))
    view.get_buffer().set_text("\n".join(w.texts.sentence(60) for _ in range(w.rng.randint(2, 14))))
    if w.texts.chance(0.3):
        view.set_monospace(True)
    held = Gtk.ScrolledWindow()
    held.add(view)
    return held


def document_tab(w: Window, text: str, closing: bool, icon: bool) -> Gtk.Widget:
    """What stands on the tab of a document."""
    label = Gtk.Label(label=text)
    if w.texts.chance(0.3):
        label.set_ellipsize(Pango.EllipsizeMode.END)
        label.set_width_chars(min(len(text), w.rng.randint(6, 14)))
    if not closing and not icon:
        return label
    tab = Gtk.Box(spacing=w.rng.choice((2, 4, 8)))
    if icon:
        tab.pack_start(Gtk.Image.new_from_icon_name(w.rng.choice(ICONS), Gtk.IconSize.MENU), False, False, 0)
    tab.pack_start(label, True, True, 0)
    if closing:
        cross = Gtk.Button.new_from_icon_name("window-close-symbolic", Gtk.IconSize.MENU)
        cross.set_relief(Gtk.ReliefStyle.NONE)
        tab.pack_start(cross, False, False, 0)
    tab.show_all()
    return tab


def documents(w: Window) -> Gtk.Notebook:
    """Documents in tabs, often only one."""
    book = Gtk.Notebook(scrollable=True, show_border=w.texts.chance(0.6))
    closing, icon, wide = w.texts.chance(0.7), w.texts.chance(0.3), w.texts.chance(0.3)
    for _ in range(w.rng.choice((1, 1, 2, 2, 3, 4, 6))):
        name = w.rng.choice((w.texts.file, w.texts.file, w.texts.label, lambda: w.texts.label(16)))()
        text = w.rng.choice(("", "", "", "*")) + name
        page = words(w)
        book.append_page(page, document_tab(w, text, closing, icon))
        book.child_set_property(page, "tab-expand", wide)
    w.after.append(lambda: book.set_current_page(w.rng.randrange(book.get_n_pages())))
    return book


def panel(w: Window, make: Callable[[], Gtk.Widget]) -> Gtk.Notebook:
    """One to three views in tabs, at the side or below."""
    book = Gtk.Notebook()
    if w.texts.chance(0.25):
        book.set_tab_pos(w.rng.choice((Gtk.PositionType.BOTTOM, Gtk.PositionType.LEFT)))
    for text in w.texts.some(1, 3, 6):
        book.append_page(make(), Gtk.Label(label=text))
    w.after.append(lambda: book.set_current_page(w.rng.randrange(book.get_n_pages())))
    return book


def editor(w: Window, window: Gtk.Window, outer: Gtk.Box) -> None:
    """Documents, side panel, panel below, status line."""
    if w.texts.chance(0.6):
        outer.pack_start(toolbar(w), False, False, 0)
    middle = Gtk.Paned(position=w.rng.randint(110, 260))
    if w.texts.chance(0.6):
        middle.add1(panel(w, lambda: w.rng.choice((rows, table))(w)) if w.texts.chance(0.6) else rows(w))
    middle.add2(documents(w))
    outer.pack_start(middle, True, True, 0)
    if w.texts.chance(0.3):
        outer.pack_start(panel(w, lambda: words(w)), False, False, 0)
    if w.texts.chance(0.6):
        status = Gtk.Box(spacing=w.rng.choice((12, 30)), margin=3)
        for text in ["행 1, 열 1", "100%", *w.texts.some(1, 3, 6)][: w.rng.randint(1, 5)]:
            status.pack_start(Gtk.Label(label=text), False, False, 4)
        outer.pack_end(status, False, False, 0)


def switcher(w: Window, window: Gtk.Window, outer: Gtk.Box) -> None:
    """A header bar in whose middle, or a bar under it in which, one of several views is chosen."""
    pages = Gtk.Stack()
    icons, short = w.texts.chance(0.4), w.texts.chance(0.4)
    for number, text in enumerate(w.texts.some(2, 4, 3 if short else 8)):
        page = column(w, 1, w.rng.randint(1, 3))
        page.set_border_width(w.rng.choice((6, 14, 30)))
        pages.add_titled(page, str(number), text)
        if icons and w.texts.chance(0.3):
            pages.child_set_property(page, "icon-name", w.rng.choice(ICONS))
    bar = Gtk.StackSwitcher(stack=pages, halign=Gtk.Align.CENTER)
    head = Gtk.HeaderBar(show_close_button=True)
    for _ in range(w.rng.randint(0, 3)):
        button = (
            Gtk.Button.new_from_icon_name(w.rng.choice(ICONS), Gtk.IconSize.MENU)
            if w.texts.chance(0.6)
            else Gtk.Button(label=w.texts.label(5))
        )
        getattr(head, w.rng.choice(("pack_start", "pack_end")))(button)
    if w.texts.chance(0.65):
        head.set_custom_title(bar)
    else:
        head.set_title(w.texts.label(12))
        bar.set_margin_top(6)
        outer.pack_start(bar, False, False, 0)
    window.set_titlebar(head)
    outer.pack_start(pages, True, True, 0)
    w.after.append(lambda: pages.set_visible_child(w.rng.choice(pages.get_children())))


def options(w: Window, window: Gtk.Window, outer: Gtk.Box) -> None:
    """Pages of options under tabs or beside a list of kinds, with buttons below."""
    kind = w.rng.random()
    if kind < 0.7:
        book = Gtk.Notebook(tab_pos=w.rng.choice((Gtk.PositionType.TOP,) * 5 + (Gtk.PositionType.LEFT,)))
        book.set_border_width(w.rng.choice((0, 6, 12)))
        for text in w.texts.some(1, 6, 8):
            said = text + w.rng.choice(("", "", "(_G)", "(_U)", "(_B)"))
            label = Gtk.Label.new_with_mnemonic(said) if "(_" in said else Gtk.Label(label=said)
            if w.texts.chance(0.15):
                label = document_tab(w, text, False, True)
            book.append_page(page_of_options(w), label)
        w.after.append(lambda: book.set_current_page(w.rng.randrange(book.get_n_pages())))
        outer.pack_start(book, True, True, 0)
    else:
        middle = Gtk.Box(spacing=w.rng.choice((0, 6, 12)))
        middle.pack_start(rows(w), False, False, 0)
        middle.pack_start(page_of_options(w), True, True, 0)
        outer.pack_start(middle, True, True, 0)
    last = buttons(w)
    last.set_border_width(w.rng.choice((4, 8, 12)))
    outer.pack_end(last, False, False, 0)


def page_of_options(w: Window) -> Gtk.Widget:
    page = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=w.rng.choice((4, 8, 16)))
    page.set_border_width(w.rng.choice((6, 12, 18)))
    for _ in range(w.rng.randint(2, 4)):
        if w.texts.chance(0.5):
            page.pack_start(
                Gtk.Label(label=f"<b>{w.texts.label(10).replace('&', '').replace('<', '')}</b>", use_markup=True, xalign=0),
                False, False, 0,
            )  # fmt: skip
        make = w.rng.choice((checks, checks, radios, radios, form, switches, beside_fields))
        part = make(w)
        part.set_margin_start(w.rng.choice((0, 12, 24)))
        page.pack_start(part, False, False, 0)
    return page


def beside_fields(w: Window) -> Gtk.Widget:
    """Check boxes and radio buttons each with a field behind it."""
    grid = Gtk.Grid(row_spacing=w.rng.choice((2, 6, 10)), column_spacing=w.rng.choice((6, 12)))
    group: list[Gtk.RadioButton] = []
    radio = w.texts.chance(0.3)
    for row in range(w.rng.randint(2, 5)):
        text = w.texts.label(12) + w.rng.choice((":", "", "(_D):", "(_N)"))
        if radio:
            button = Gtk.RadioButton.new_with_mnemonic_from_widget(group[0] if group else None, text)
            group.append(button)
        else:
            button = Gtk.CheckButton.new_with_mnemonic(text)
            button.set_active(w.texts.chance(0.5))
        value = (
            Gtk.SpinButton.new_with_range(0, 999, 1)
            if w.texts.chance(0.6)
            else Gtk.Entry(text=w.texts.value())
        )
        if not radio:
            value.set_sensitive(button.get_active())
        grid.attach(w.maybe_off(button, 0.1), 0, row, 1, 1)
        grid.attach(value, 1, row, 1, 1)
    return grid


def browsing(w: Window, window: Gtk.Window, outer: Gtk.Box) -> None:
    """Places at the left, a list or a table with its chosen rows at the right, a line of numbers below."""
    if w.texts.chance(0.6):
        outer.pack_start(toolbar(w), False, False, 0)
    middle = Gtk.Paned(position=w.rng.randint(120, 240))
    middle.add1(w.rng.choice((rows, table))(w))
    right = table(w)
    middle.add2(right)
    outer.pack_start(middle, True, True, 0)
    if w.texts.chance(0.7):
        said = f"{w.rng.randint(1, 40)}개 {w.texts.label(8)}, {w.rng.randint(1, 900)} MB"
        outer.pack_end(Gtk.Label(label=said, xalign=0, margin=4), False, False, 0)
