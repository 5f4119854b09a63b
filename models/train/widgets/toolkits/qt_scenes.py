"""Qt windows that look like whole programs: editors with documents in tabs, dialogs of options, lists with places."""

from __future__ import annotations

from collections.abc import Callable

from qt_names import Qt, QtWidgets
from qt_parts import (
    Widget,
    Window,
    boxed,
    buttons,
    checks,
    column,
    field,
    fill_menu,
    form,
    grid,
    items,
    radios,
    tools,
    tree,
)

SCENES = 0.4
"""share of the windows that look like one program; the others are blocks side by side"""


def scene(w: Window) -> QtWidgets.QMainWindow:
    """A window of a random kind."""
    window = QtWidgets.QMainWindow()
    window.setWindowTitle(
        f"{w.texts.file()} — {w.texts.label(8)}" if w.texts.chance(0.5) else w.texts.label(16)
    )
    make = w.rng.choice((editor, editor, options, options, browsing))
    if make is not options and w.texts.chance(0.7):
        for text in w.texts.some(3, 8, 5):
            fill_menu(w, window.menuBar().addMenu(text + w.rng.choice(("(&F)", "(&E)", ""))))
    if make is not options and w.texts.chance(0.6):
        window.addToolBar(tools(w))
    window.setCentralWidget(make(w))
    if w.texts.chance(0.6):
        window.statusBar().showMessage(w.texts.sentence(30))
        for text in ["행 1, 열 1", "UTF-8", *w.texts.some(1, 2, 6)][: w.rng.randint(0, 4)]:
            window.statusBar().addPermanentWidget(QtWidgets.QLabel(text))
    window.resize(w.rng.randint(420, 980), w.rng.randint(300, 640))
    return window


def words(w: Window) -> Widget:
    return QtWidgets.QPlainTextEdit("\n".join(w.texts.sentence(60) for _ in range(w.rng.randint(2, 14))))


def documents(w: Window) -> Widget:
    """Documents in tabs, often only one."""
    book = QtWidgets.QTabWidget()
    book.setDocumentMode(w.texts.chance(0.6))
    book.setTabsClosable(w.texts.chance(0.6))
    book.setMovable(w.texts.chance(0.5))
    icons = w.texts.chance(0.3)
    for _ in range(w.rng.choice((1, 1, 2, 2, 3, 4, 6))):
        name = w.rng.choice((w.texts.file, w.texts.file, w.texts.label))()
        number = book.addTab(words(w), name + w.rng.choice(("", "", "", "*", " [*]")))
        if icons:
            book.setTabIcon(number, w.icon())
    book.setCurrentIndex(w.rng.randrange(book.count()))
    return book


def panel(w: Window, make: Callable[[Window], Widget], place: str) -> Widget:
    """One to three views in tabs."""
    book = QtWidgets.QTabWidget()
    book.setTabPosition(getattr(QtWidgets.QTabWidget.TabPosition, place))
    for text in w.texts.some(1, 3, 6):
        book.addTab(make(w), text)
    book.setCurrentIndex(w.rng.randrange(book.count()))
    return book


def editor(w: Window) -> Widget:
    """Documents, a side panel, a panel below."""
    across = QtWidgets.QSplitter(Qt.Orientation.Horizontal)
    if w.texts.chance(0.65):
        make = w.rng.choice((tree, items))
        across.addWidget(panel(w, make, w.rng.choice(("North", "South"))) if w.texts.chance(0.6) else make(w))
    if not w.texts.chance(0.3):
        across.addWidget(documents(w))
        return across
    down = QtWidgets.QSplitter(Qt.Orientation.Vertical)
    down.addWidget(documents(w))
    down.addWidget(panel(w, words, w.rng.choice(("North", "South"))))
    across.addWidget(down)
    return across


def options(w: Window) -> Widget:
    """Pages of options under tabs or beside a list of kinds; buttons below."""
    widget, layout = boxed(w)
    layout.setContentsMargins(*[w.rng.choice((4, 9, 14))] * 4)
    if w.texts.chance(0.6):
        book = QtWidgets.QTabWidget()
        icons = w.texts.chance(0.15)
        for text in w.texts.some(1, 6, 8):
            number = book.addTab(page_of_options(w), text + w.rng.choice(("", "", "(&G)", "(&U)")))
            if icons:
                book.setTabIcon(number, w.icon())
        book.setCurrentIndex(w.rng.randrange(book.count()))
        layout.addWidget(book)
    else:
        middle, beside = boxed(w, True)
        beside.addWidget(items(w))
        beside.addWidget(page_of_options(w))
        layout.addWidget(middle)
    layout.addWidget(buttons(w))
    return widget


def page_of_options(w: Window) -> Widget:
    widget, layout = boxed(w)
    layout.setContentsMargins(*[w.rng.choice((6, 10, 16))] * 4)
    for _ in range(w.rng.randint(2, 4)):
        part = w.rng.choice((checks, checks, radios, radios, form, beside_fields))(w)
        if w.texts.chance(0.5):
            group = QtWidgets.QGroupBox(w.texts.label(12))
            QtWidgets.QVBoxLayout(group).addWidget(part)
            part = group
        layout.addWidget(part)
    layout.addStretch()
    return widget


def beside_fields(w: Window) -> Widget:
    """Check boxes and radio buttons each with a field behind it."""
    widget = Widget()
    layout = QtWidgets.QGridLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    radio = w.texts.chance(0.3)
    for row in range(w.rng.randint(2, 5)):
        text = w.texts.label(12) + w.rng.choice((":", "", "(&D):", "(&N)"))
        button = QtWidgets.QRadioButton(text) if radio else QtWidgets.QCheckBox(text)
        button.setChecked(row == 0 if radio else w.texts.chance(0.5))
        value = field(w)
        value.setEnabled(button.isChecked() or w.texts.chance(0.2))
        layout.addWidget(w.maybe_off(button, 0.1), row, 0)
        layout.addWidget(value, row, 1)
    return widget


def browsing(w: Window) -> Widget:
    """Places at the left, a table or tree with its chosen rows at the right."""
    across = QtWidgets.QSplitter(Qt.Orientation.Horizontal)
    across.addWidget(w.rng.choice((items, tree))(w))
    across.addWidget(w.rng.choice((tree, grid, lambda w: column(w, 1, 2)))(w))
    across.setStretchFactor(1, 1)
    return across
