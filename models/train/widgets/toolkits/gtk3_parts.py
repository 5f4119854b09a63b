"""Blocks of GTK 3 widgets filled at random."""

# ruff: noqa: E402  (versions are chosen before the import)

from __future__ import annotations

import contextlib
from collections.abc import Callable

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from content import Texts
from gi.repository import Gdk, Gtk

ICONS = ("document-open", "document-save", "edit-copy", "edit-delete", "go-home", "folder", "list-add", "view-refresh",
         "system-search", "user-home", "text-x-generic", "image-x-generic", "preferences-system")  # fmt: skip


class Window:
    """A window being filled: what its makers share."""

    def __init__(self, texts: Texts) -> None:
        self.texts, self.rng = texts, texts.rng
        self.after: list[Callable[[], None]] = []
        """what to do once the window is shown: selections, focus"""

    def maybe_off(self, widget: Gtk.Widget, share: float = 0.15) -> Gtk.Widget:
        widget.set_sensitive(not self.texts.chance(share))
        return widget


def checks(w: Window) -> Gtk.Widget:
    box = Gtk.Box(
        orientation=w.rng.choice(
            (Gtk.Orientation.VERTICAL, Gtk.Orientation.VERTICAL, Gtk.Orientation.HORIZONTAL)
        ),
        spacing=w.rng.choice((0, 2, 6, 12)),
    )
    horizontal = box.get_orientation() == Gtk.Orientation.HORIZONTAL
    for _ in range(w.rng.randint(2, 4 if horizontal else 6)):
        button = Gtk.CheckButton(label=w.texts.label(8) if horizontal else w.texts.option())
        button.set_active(w.texts.chance(0.5))
        if w.texts.chance(0.06):
            button.set_inconsistent(True)
        box.pack_start(w.maybe_off(button), False, False, 0)
    return box


def radios(w: Window) -> Gtk.Widget:
    vertical = w.texts.chance(0.6)
    box = Gtk.Box(
        orientation=Gtk.Orientation.VERTICAL if vertical else Gtk.Orientation.HORIZONTAL,
        spacing=w.rng.choice((0, 4, 10)),
    )
    group: list[Gtk.RadioButton] = []
    off = w.texts.chance(0.15)
    for _ in range(w.rng.randint(2, 5)):
        button = Gtk.RadioButton(label=w.texts.option() if vertical else w.texts.label(8))
        if group:
            button.join_group(group[0])
        group.append(button)
        button.set_sensitive(not off and not w.texts.chance(0.08))
        box.pack_start(button, False, False, 0)
    w.rng.choice(group).set_active(True)
    return box


def switches(w: Window) -> Gtk.Widget:
    box = Gtk.ListBox() if w.texts.chance(0.5) else Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=6)
    for _ in range(w.rng.randint(2, 5)):
        row = Gtk.Box(spacing=12)
        row.set_border_width(w.rng.choice((2, 6, 10)))
        row.pack_start(Gtk.Label(label=w.texts.option(), xalign=0), True, True, 0)
        switch = Gtk.Switch(active=w.texts.chance(0.5), valign=Gtk.Align.CENTER)
        row.pack_end(switch, False, False, 0)
        w.maybe_off(row, 0.1)
        row.switch = switch
        box.add(row)
    return box


def form(w: Window) -> Gtk.Widget:
    grid = Gtk.Grid(row_spacing=w.rng.choice((4, 8, 12)), column_spacing=w.rng.choice((6, 12, 20)))
    for row in range(w.rng.randint(2, 6)):
        off = w.texts.chance(0.15)
        label = Gtk.Label(label=w.texts.label(12) + w.rng.choice((":", "", "")), xalign=w.rng.choice((0, 1)))
        value = field(w)
        value.set_hexpand(w.texts.chance(0.6))
        label.set_sensitive(not off)
        value.set_sensitive(not off)
        grid.attach(label, 0, row, 1, 1)
        grid.attach(value, 1, row, 1, 1)
        if w.texts.chance(0.2):
            grid.attach(Gtk.Button(label=w.texts.label(6)), 2, row, 1, 1)
    return grid


def field(w: Window) -> Gtk.Widget:
    kind = w.rng.random()
    if kind < 0.45:
        entry = Gtk.Entry(text=w.texts.value() if w.texts.chance(0.75) else "")
        if w.texts.chance(0.3):
            entry.set_placeholder_text(w.texts.label(14))
        if w.texts.chance(0.2):
            entry.set_icon_from_icon_name(Gtk.EntryIconPosition.SECONDARY, w.rng.choice(ICONS))
        if w.texts.chance(0.08):
            entry.set_text("secret12")
            entry.set_visibility(False)
        return entry
    if kind < 0.75:
        combo = Gtk.ComboBoxText.new_with_entry() if w.texts.chance(0.15) else Gtk.ComboBoxText()
        for text in w.texts.some(2, 4, 16):
            combo.append_text(text)
        combo.set_active(0)
        return combo
    if kind < 0.9:
        high = w.rng.choice((100, 1000, 1_000_000))
        spin = Gtk.SpinButton.new_with_range(0, high, 1)
        spin.set_value(w.rng.randint(0, high))
        return spin
    return Gtk.Label(label=w.texts.value(), xalign=0, selectable=w.texts.chance(0.3))


def buttons(w: Window) -> Gtk.Widget:
    box = Gtk.Box(
        spacing=w.rng.choice((0, 4, 8)), halign=w.rng.choice((Gtk.Align.END, Gtk.Align.START, Gtk.Align.FILL))
    )
    linked = box.get_spacing() == 0
    if linked:
        box.get_style_context().add_class("linked")
    for number in range(w.rng.randint(2, 4)):
        if linked and w.texts.chance(0.7):
            button = Gtk.ToggleButton(label=w.texts.label(7))
            button.set_active(number == 0)
        else:
            button = Gtk.Button(label=w.texts.label(9))
            if w.texts.chance(0.15):
                button.get_style_context().add_class(
                    w.rng.choice(("suggested-action", "destructive-action", "flat"))
                )
            if w.texts.chance(0.25):
                image = Gtk.Image.new_from_icon_name(w.rng.choice(ICONS), Gtk.IconSize.BUTTON)
                button.set_image(image)
                button.set_always_show_image(True)
        box.pack_start(w.maybe_off(button, 0.2), linked, linked, 0)
    return box


def table(w: Window) -> Gtk.Widget:
    columns = [w.texts.column() for _ in range(w.rng.randint(1, 5))]
    tree = w.texts.chance(0.35)
    store = Gtk.TreeStore(*([bool] + [str] * len(columns)))
    parent = None
    for _ in range(w.rng.randint(3, 12)):
        row = [w.texts.chance(0.5)] + [maker() for _, maker in columns]
        if tree and (parent is None or w.texts.chance(0.3)):
            parent = store.append(None, row)
        else:
            store.append(parent, row)
    view = Gtk.TreeView(model=store, headers_visible=w.texts.chance(0.75))
    with contextlib.suppress(AttributeError):
        view.set_grid_lines(w.rng.choice((Gtk.TreeViewGridLines.NONE,) * 3 + (Gtk.TreeViewGridLines.BOTH,)))
    if w.texts.chance(0.25):
        toggle = Gtk.CellRendererToggle()
        toggle.set_radio(w.texts.chance(0.2))
        view.append_column(Gtk.TreeViewColumn(w.texts.label(4), toggle, active=0))
    for number, (head, _) in enumerate(columns):
        column = Gtk.TreeViewColumn(head)
        if number == 0 and w.texts.chance(0.5):
            icon = Gtk.CellRendererPixbuf()
            icon.set_property("icon-name", w.rng.choice(ICONS))
            column.pack_start(icon, False)
        cell = Gtk.CellRendererText()
        if w.texts.chance(0.2):
            cell.set_property("xalign", 1.0)
        column.pack_start(cell, True)
        column.add_attribute(cell, "text", number + 1)
        column.set_resizable(True)
        column.set_expand(w.texts.chance(0.5))
        if w.texts.chance(0.2):
            column.set_sort_indicator(True)
        view.append_column(column)
    if tree:
        view.expand_all()
    selection = view.get_selection()
    selection.set_mode(Gtk.SelectionMode.MULTIPLE)

    def select() -> None:
        selection.unselect_all()
        paths: list[Gtk.TreePath] = []
        store.foreach(lambda _m, path, _i: paths.append(path) and False)
        for path in w.rng.sample(paths, k=min(len(paths), w.rng.choice((0, 1, 1, 1, 1, 2, 3)))):
            selection.select_path(path)
        if w.texts.chance(0.4):
            view.grab_focus()

    w.after.append(select)
    return scrolled(w.maybe_off(view, 0.05), w)


def scrolled(widget: Gtk.Widget, w: Window) -> Gtk.Widget:
    window = Gtk.ScrolledWindow(shadow_type=w.rng.choice((Gtk.ShadowType.IN, Gtk.ShadowType.NONE)))
    window.set_size_request(w.rng.randint(180, 460), w.rng.randint(90, 260))
    window.add(widget)
    return window


def rows(w: Window) -> Gtk.Widget:
    box = Gtk.ListBox(selection_mode=Gtk.SelectionMode.SINGLE)
    if w.texts.chance(0.4):
        box.get_style_context().add_class(
            w.rng.choice(("sidebar", "navigation-sidebar", "view", "rich-list"))
        )
    icons = w.texts.chance(0.4)
    padding = w.rng.choice((2, 4, 8, 12))
    made = []
    for text in w.texts.some(3, 8, 14):
        row = Gtk.ListBoxRow()
        inside = Gtk.Box(spacing=8, margin=padding)
        if icons:
            inside.pack_start(
                Gtk.Image.new_from_icon_name(w.rng.choice(ICONS), Gtk.IconSize.MENU), False, False, 0
            )
        inside.pack_start(Gtk.Label(label=text, xalign=0), True, True, 0)
        row.add(inside)
        box.add(row)
        made.append(row)
    w.after.append(lambda: box.select_row(w.rng.choice(made)) if w.texts.chance(0.85) else None)
    return scrolled(box, w) if w.texts.chance(0.5) else box


def notebook(w: Window, depth: int) -> Gtk.Widget:
    book = Gtk.Notebook(
        tab_pos=w.rng.choice((Gtk.PositionType.TOP,) * 6 + (Gtk.PositionType.BOTTOM, Gtk.PositionType.LEFT))
    )
    closing = w.texts.chance(0.2)
    for text in w.texts.some(2, 5, 8):
        tab: Gtk.Widget = Gtk.Label(label=text)
        if closing:
            tab = Gtk.Box(spacing=4)
            if w.texts.chance(0.5):
                tab.pack_start(
                    Gtk.Image.new_from_icon_name(w.rng.choice(ICONS), Gtk.IconSize.MENU), False, False, 0
                )
            tab.pack_start(Gtk.Label(label=text), True, True, 0)
            cross = Gtk.Button.new_from_icon_name("window-close-symbolic", Gtk.IconSize.MENU)
            cross.set_relief(Gtk.ReliefStyle.NONE)
            tab.pack_start(cross, False, False, 0)
            tab.show_all()
        page = column(w, depth + 1, w.rng.randint(1, 2))
        page.set_border_width(w.rng.choice((0, 6, 12)))
        book.append_page(page, tab)
        if w.texts.chance(0.3):
            book.child_set_property(page, "tab-expand", True)
    book.set_scrollable(True)
    w.after.append(lambda: book.set_current_page(w.rng.randrange(book.get_n_pages())))
    return book


def stack(w: Window) -> Gtk.Widget:
    pages = Gtk.Stack()
    for number, text in enumerate(w.texts.some(2, 5, 8)):
        pages.add_titled(Gtk.Label(label=w.texts.sentence(30)), str(number), text)
    bar: Gtk.Widget
    if w.texts.chance(0.7):
        bar = Gtk.StackSwitcher(stack=pages, halign=w.rng.choice((Gtk.Align.CENTER, Gtk.Align.START)))
        box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=6)
    else:
        bar = Gtk.StackSidebar(stack=pages)
        box = Gtk.Box(spacing=6)
    box.pack_start(bar, False, False, 0)
    box.pack_start(pages, True, True, 0)
    w.after.append(lambda: pages.set_visible_child(w.rng.choice(pages.get_children())))
    return box


def toolbar(w: Window) -> Gtk.Widget:
    bar = Gtk.Toolbar(
        toolbar_style=w.rng.choice(
            (Gtk.ToolbarStyle.BOTH, Gtk.ToolbarStyle.BOTH_HORIZ, Gtk.ToolbarStyle.TEXT)
        )
    )
    for _ in range(w.rng.randint(2, 6)):
        if w.texts.chance(0.2):
            item = Gtk.ToggleToolButton(label=w.texts.label(6), icon_name=w.rng.choice(ICONS))
            item.set_active(w.texts.chance(0.5))
        else:
            item = Gtk.ToolButton(label=w.texts.label(6), icon_name=w.rng.choice(ICONS))
        item.set_is_important(True)
        bar.insert(w.maybe_off(item, 0.2), -1)
        if w.texts.chance(0.15):
            bar.insert(Gtk.SeparatorToolItem(), -1)
    return bar


def menu_items(w: Window, depth: int = 0) -> Gtk.Menu:
    menu = Gtk.Menu()
    checked, radio, group = w.texts.chance(0.6), w.texts.chance(0.3), None
    for _ in range(w.rng.randint(4, 11)):
        kind = w.rng.random()
        text = w.texts.label(14) + w.rng.choice(("", "", "...", "(A)", "(F)"))
        if kind < 0.3 and checked:
            item = Gtk.CheckMenuItem(label=text, active=w.texts.chance(0.5))
        elif kind < 0.45 and radio:
            item = Gtk.RadioMenuItem(label=text)
            if group:
                item.join_group(group)
            group = item
        elif kind < 0.55 and depth < 1:
            item = Gtk.MenuItem(label=text)
            item.set_submenu(menu_items(w, depth + 1))
        elif kind < 0.62:
            item = Gtk.SeparatorMenuItem()
        else:
            item = Gtk.MenuItem(label=text)
            if w.texts.chance(0.3):
                keys = Gtk.AccelGroup()
                item.add_accelerator(
                    "activate",
                    keys,
                    ord(w.rng.choice("ABCDEFGHIJ")),
                    Gdk.ModifierType.CONTROL_MASK,
                    Gtk.AccelFlags.VISIBLE,
                )
                item.keys = keys
        menu.append(w.maybe_off(item, 0.18))
    menu.show_all()
    return menu


def menu_bar(w: Window) -> Gtk.Widget:
    bar = Gtk.MenuBar()
    for text in w.texts.some(3, 8, 5):
        item = Gtk.MenuItem(label=text + w.rng.choice(("(F)", "(E)", "(V)", "", "")))
        item.set_submenu(menu_items(w))
        bar.append(item)
    return bar


def texts_block(w: Window) -> Gtk.Widget:
    kind = w.rng.random()
    if kind < 0.4:
        label = Gtk.Label(xalign=0, wrap=True, max_width_chars=40)
        text = w.texts.sentence(90).replace("&", "").replace("<", "")
        label.set_markup(
            w.rng.choice(("<b>%s</b>", "%s", "<big>%s</big>", "<small>%s</small>", "<i>%s</i>")) % text
        )
        return label
    if kind < 0.55:
        return Gtk.LinkButton(uri="https://example.com", label=w.texts.label(14), halign=Gtk.Align.START)
    if kind < 0.7:
        view = Gtk.TextView(wrap_mode=Gtk.WrapMode.WORD, left_margin=4)
        view.get_buffer().set_text("\n".join(w.texts.sentence(60) for _ in range(w.rng.randint(2, 5))))
        return scrolled(view, w)
    if kind < 0.85:
        bar = Gtk.ProgressBar(fraction=w.rng.random(), show_text=w.texts.chance(0.7))
        return bar
    scale = Gtk.Scale.new_with_range(Gtk.Orientation.HORIZONTAL, 0, 100, 1)
    scale.set_value(w.rng.randint(0, 100))
    return scale


def framed(w: Window, depth: int) -> Gtk.Widget:
    if w.texts.chance(0.3):
        outer = Gtk.Expander(label=w.texts.label(10), expanded=w.texts.chance(0.6))
    else:
        outer = Gtk.Frame(label=w.texts.label(10))
        if w.texts.chance(0.6):
            outer.set_label_widget(
                Gtk.Label(
                    label=f"<b>{w.texts.label(10).replace('&', '').replace('<', '')}</b>", use_markup=True
                )
            )
            outer.set_shadow_type(Gtk.ShadowType.NONE)
    inside = column(w, depth + 1, w.rng.randint(1, 2))
    inside.set_border_width(8)
    outer.add(inside)
    return outer


def column(w: Window, depth: int, count: int) -> Gtk.Box:
    box = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, spacing=w.rng.choice((4, 8, 14)))
    makers: list[tuple[Callable[[], Gtk.Widget], float]] = [
        (lambda: checks(w), 3.0),
        (lambda: radios(w), 2.5),
        (lambda: switches(w), 0.8),
        (lambda: form(w), 2.5),
        (lambda: buttons(w), 1.5),
        (lambda: table(w), 2.5),
        (lambda: rows(w), 1.5),
        (lambda: stack(w), 0.6),
        (lambda: toolbar(w), 0.7),
        (lambda: texts_block(w), 2.0),
    ]
    if depth < 2:
        makers += [(lambda: notebook(w, depth), 2.5), (lambda: framed(w, depth), 1.5)]
    for _ in range(count):
        make = w.rng.choices([m for m, _ in makers], [weight for _, weight in makers])[0]
        box.pack_start(make(), w.texts.chance(0.2), w.texts.chance(0.5), 0)
    return box
