"""Blocks of Qt widgets filled at random."""

from __future__ import annotations

from collections.abc import Callable

from content import Texts
from qt_names import GENERATION, Qt, QtCore, QtGui, QtWidgets

Widget = QtWidgets.QWidget
ICONS = [getattr(QtWidgets.QStyle.StandardPixmap, f"SP_{name}") for name in (
    "DialogSaveButton", "DirHomeIcon", "FileIcon", "TrashIcon", "ArrowUp", "ComputerIcon", "DirIcon", "DriveHDIcon",
    "MessageBoxInformation", "BrowserReload", "MediaPlay")]  # fmt: skip


class Window:
    def __init__(self, texts: Texts) -> None:
        self.texts, self.rng = texts, texts.rng
        self.after: list[Callable[[], None]] = []

    def maybe_off(self, widget: Widget, share: float = 0.15) -> Widget:
        widget.setEnabled(not self.texts.chance(share))
        return widget

    def icon(self) -> QtGui.QIcon:
        return QtWidgets.QApplication.style().standardIcon(self.rng.choice(ICONS))


def boxed(w: Window, horizontal: bool = False) -> tuple[Widget, QtWidgets.QBoxLayout]:
    widget = Widget()
    layout = (QtWidgets.QHBoxLayout if horizontal else QtWidgets.QVBoxLayout)(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(w.rng.choice((2, 4, 6, 12)))
    return widget, layout


def checks(w: Window) -> Widget:
    horizontal = w.texts.chance(0.3)
    widget, layout = boxed(w, horizontal)
    for _ in range(w.rng.randint(2, 4 if horizontal else 6)):
        button = QtWidgets.QCheckBox(w.texts.label(8) if horizontal else w.texts.option())
        button.setChecked(w.texts.chance(0.5))
        layout.addWidget(w.maybe_off(button))
    if horizontal:
        layout.addStretch()
    return widget


def radios(w: Window) -> Widget:
    horizontal = w.texts.chance(0.4)
    widget, layout = boxed(w, horizontal)
    made = []
    for _ in range(w.rng.randint(2, 5)):
        made.append(QtWidgets.QRadioButton(w.texts.label(8) if horizontal else w.texts.option()))
        layout.addWidget(w.maybe_off(made[-1], 0.08))
    w.rng.choice(made).setChecked(True)
    if horizontal:
        layout.addStretch()
    return w.maybe_off(widget, 0.12)


def field(w: Window) -> Widget:
    kind = w.rng.random()
    if kind < 0.4:
        edit = QtWidgets.QLineEdit(w.texts.value() if w.texts.chance(0.75) else "")
        if w.texts.chance(0.4):
            edit.setPlaceholderText(w.texts.label(14))
        return edit
    if kind < 0.75:
        combo = QtWidgets.QComboBox()
        combo.addItems(w.texts.some(2, 4, 16))
        combo.setEditable(w.texts.chance(0.12))
        return combo
    if kind < 0.9:
        spin = QtWidgets.QSpinBox()
        spin.setRange(0, 99999)
        spin.setValue(w.rng.randint(0, w.rng.choice((50, 5000))))
        spin.setSuffix(w.rng.choice(("", "", " px", " %", "초")))
        return spin
    if kind < 0.95:
        return QtWidgets.QDateEdit(QtCore.QDate(w.rng.randint(2015, 2030), w.rng.randint(1, 12), 3))
    return QtWidgets.QLabel(w.texts.value())


def form(w: Window) -> Widget:
    widget = Widget()
    layout = QtWidgets.QGridLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setVerticalSpacing(w.rng.choice((3, 6, 12)))
    for row in range(w.rng.randint(2, 6)):
        label = QtWidgets.QLabel(w.texts.label(12) + w.rng.choice((":", "")))
        if w.texts.chance(0.4):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        value = field(w)
        if w.texts.chance(0.15):
            label.setEnabled(False)
            value.setEnabled(False)
        layout.addWidget(label, row, 0)
        layout.addWidget(value, row, 1)
        if w.texts.chance(0.2):
            layout.addWidget(QtWidgets.QPushButton(w.texts.label(6)), row, 2)
    return widget


def buttons(w: Window) -> Widget:
    widget, layout = boxed(w, True)
    if w.texts.chance(0.5):
        layout.addStretch()
    for number in range(w.rng.randint(2, 4)):
        button = QtWidgets.QPushButton(w.texts.label(9))
        if w.texts.chance(0.2):
            button.setIcon(w.icon())
        if w.texts.chance(0.12):
            button.setCheckable(True)
            button.setChecked(w.texts.chance(0.5))
        button.setDefault(number == 0 and w.texts.chance(0.3))
        button.setFlat(w.texts.chance(0.05))
        layout.addWidget(w.maybe_off(button, 0.2))
    return widget


def sized(view: Widget, w: Window) -> Widget:
    view.setMinimumSize(w.rng.randint(160, 380), w.rng.randint(80, 230))
    return view


def tree(w: Window) -> Widget:
    view = QtWidgets.QTreeWidget()
    columns = [w.texts.column() for _ in range(w.rng.randint(1, 5))]
    view.setHeaderLabels([head for head, _ in columns])
    view.setHeaderHidden(w.texts.chance(0.2))
    view.setAlternatingRowColors(w.texts.chance(0.3))
    view.setRootIsDecorated(w.texts.chance(0.6))
    checked, icons, nested = w.texts.chance(0.25), w.texts.chance(0.4), w.texts.chance(0.4)
    parent = None
    items = []
    for _ in range(w.rng.randint(3, 12)):
        item = QtWidgets.QTreeWidgetItem([maker() for _, maker in columns])
        if checked:
            item.setCheckState(0, w.rng.choice((Qt.CheckState.Checked, Qt.CheckState.Unchecked)))
        if icons:
            item.setIcon(0, w.icon())
        if nested and parent is not None and w.texts.chance(0.7):
            parent.addChild(item)
        else:
            view.addTopLevelItem(item)
            parent = item
        items.append(item)
        if w.texts.chance(0.05):
            item.setDisabled(True)
    view.expandAll()
    for number in range(len(columns) - 1):
        view.resizeColumnToContents(number)
    view.setSelectionMode(QtWidgets.QAbstractItemView.SelectionMode.MultiSelection)
    w.after.append(
        lambda: (
            [i.setSelected(True) for i in w.rng.sample(items, min(len(items), w.rng.choice((0, 1, 1, 1, 2))))]
            and None
        )
    )
    return sized(w.maybe_off(view, 0.06), w)


def grid(w: Window) -> Widget:
    columns = [w.texts.column() for _ in range(w.rng.randint(2, 5))]
    view = QtWidgets.QTableWidget(w.rng.randint(3, 10), len(columns))
    view.setHorizontalHeaderLabels([head for head, _ in columns])
    view.setShowGrid(w.texts.chance(0.6))
    view.setAlternatingRowColors(w.texts.chance(0.3))
    view.verticalHeader().setVisible(w.texts.chance(0.5))
    view.verticalHeader().setDefaultSectionSize(w.rng.choice((20, 24, 30, 36)))
    rows = w.texts.chance(0.7)
    view.setSelectionBehavior(
        getattr(QtWidgets.QAbstractItemView.SelectionBehavior, "SelectRows" if rows else "SelectItems")
    )
    for row in range(view.rowCount()):
        for number, (_, maker) in enumerate(columns):
            view.setItem(row, number, QtWidgets.QTableWidgetItem(maker()))
    if w.texts.chance(0.8):
        w.after.append(
            lambda: view.selectRow(w.rng.randrange(view.rowCount())) if rows else view.setCurrentCell(1, 0)
        )
    view.horizontalHeader().setStretchLastSection(True)
    return sized(w.maybe_off(view, 0.05), w)


def items(w: Window) -> Widget:
    view = QtWidgets.QListWidget()
    checked, icons = w.texts.chance(0.25), w.texts.chance(0.4)
    for text in w.texts.some(3, 9, 16):
        item = QtWidgets.QListWidgetItem(text)
        if icons:
            item.setIcon(w.icon())
        if checked:
            item.setCheckState(w.rng.choice((Qt.CheckState.Checked, Qt.CheckState.Unchecked)))
        view.addItem(item)
    view.setSpacing(w.rng.choice((0, 0, 1, 3)))
    if icons and w.texts.chance(0.2):
        view.setViewMode(QtWidgets.QListView.ViewMode.IconMode)
        view.setIconSize(QtCore.QSize(32, 32))
        view.setGridSize(QtCore.QSize(w.rng.randint(70, 100), w.rng.randint(64, 80)))
    if w.texts.chance(0.85):
        w.after.append(lambda: view.setCurrentRow(w.rng.randrange(view.count())))
    return sized(view, w)


def tabs(w: Window, depth: int) -> Widget:
    book = QtWidgets.QTabWidget()
    book.setDocumentMode(w.texts.chance(0.25))
    book.setTabsClosable(w.texts.chance(0.15))
    position = w.rng.choice(("North",) * 6 + ("South", "North"))
    book.setTabPosition(getattr(QtWidgets.QTabWidget.TabPosition, position))
    for text in w.texts.some(2, 5, 8):
        page = column(w, depth + 1, w.rng.randint(1, 2))
        page.layout().setContentsMargins(8, 8, 8, 8)
        number = book.addTab(page, text)
        if w.texts.chance(0.12):
            book.setTabIcon(number, w.icon())
        if w.texts.chance(0.05):
            book.setTabEnabled(number, False)
    book.setCurrentIndex(w.rng.randrange(book.count()))
    return book


def grouped(w: Window, depth: int) -> Widget:
    group = QtWidgets.QGroupBox(w.texts.label(12))
    layout = QtWidgets.QVBoxLayout(group)
    layout.addWidget(column(w, depth + 1, w.rng.randint(1, 2)))
    if w.texts.chance(0.25):
        group.setCheckable(True)
        group.setChecked(w.texts.chance(0.6))
    return group


def words(w: Window) -> Widget:
    kind = w.rng.random()
    if kind < 0.4:
        label = QtWidgets.QLabel(w.texts.sentence(70))
        label.setWordWrap(True)
        font = label.font()
        font.setBold(w.texts.chance(0.3))
        font.setPointSizeF(max(6.0, font.pointSizeF() * w.rng.choice((1, 1, 1.4, 0.9))))
        label.setFont(font)
        return label
    if kind < 0.55:
        return QtWidgets.QLabel(f'<a href="x">{w.texts.label(14).replace("<", "")}</a>')
    if kind < 0.75:
        edit = QtWidgets.QPlainTextEdit("\n".join(w.texts.sentence(50) for _ in range(w.rng.randint(2, 5))))
        edit.setMaximumHeight(120)
        return w.maybe_off(edit, 0.1)
    if kind < 0.9:
        bar = QtWidgets.QProgressBar()
        bar.setValue(w.rng.randint(0, 100))
        return bar
    slider = QtWidgets.QSlider(Qt.Orientation.Horizontal)
    slider.setValue(w.rng.randint(0, 99))
    return slider


def tools(w: Window) -> Widget:
    bar = QtWidgets.QToolBar()
    style = w.rng.choice(("ToolButtonTextBesideIcon", "ToolButtonTextUnderIcon", "ToolButtonTextOnly"))
    bar.setToolButtonStyle(getattr(Qt.ToolButtonStyle, style))
    for text in w.texts.some(2, 6, 6):
        action = bar.addAction(w.icon(), text)
        action.setEnabled(not w.texts.chance(0.2))
        if w.texts.chance(0.2):
            action.setCheckable(True)
            action.setChecked(w.texts.chance(0.5))
    return bar


def column(w: Window, depth: int, count: int) -> Widget:
    widget, layout = boxed(w)
    makers: list[tuple[Callable[[], Widget], float]] = [
        (lambda: checks(w), 3.0), (lambda: radios(w), 2.5), (lambda: form(w), 2.5), (lambda: buttons(w), 1.5),
        (lambda: tree(w), 1.6), (lambda: grid(w), 1.4), (lambda: items(w), 1.6), (lambda: words(w), 2.0),
        (lambda: tools(w), 0.6)]  # fmt: skip
    if depth < 2:
        makers += [(lambda: tabs(w, depth), 2.5), (lambda: grouped(w, depth), 1.5)]
    for _ in range(count):
        layout.addWidget(w.rng.choices([m for m, _ in makers], [weight for _, weight in makers])[0]())
    if w.texts.chance(0.6):
        layout.addStretch()
    return widget


def fill_menu(w: Window, menu: QtWidgets.QMenu, depth: int = 0) -> None:
    checked, icons = w.texts.chance(0.6), w.texts.chance(0.3)
    group = QtGui.QActionGroup(menu) if GENERATION == "qt6" else QtWidgets.QActionGroup(menu)
    for _ in range(w.rng.randint(4, 11)):
        kind = w.rng.random()
        if kind < 0.1:
            menu.addSeparator()
            continue
        if kind < 0.2 and depth < 1:
            fill_menu(w, menu.addMenu(w.texts.label(10)), 1)
            continue
        action = menu.addAction(w.texts.label(14) + w.rng.choice(("", "", "(&A)", "(&F)...")))
        action.setEnabled(not w.texts.chance(0.18))
        if icons and w.texts.chance(0.7):
            action.setIcon(w.icon())
        if w.texts.chance(0.3):
            action.setShortcut("Ctrl+" + w.rng.choice("ABCDEFGH"))
        if checked and w.texts.chance(0.45):
            action.setCheckable(True)
            action.setChecked(w.texts.chance(0.5))
            if w.texts.chance(0.3):
                group.addAction(action)


def build(w: Window) -> QtWidgets.QMainWindow:
    window = QtWidgets.QMainWindow()
    window.setWindowTitle(w.texts.label(16))
    if w.texts.chance(0.45):
        for text in w.texts.some(3, 8, 5):
            fill_menu(w, window.menuBar().addMenu(text + w.rng.choice(("(&F)", "(&E)", "(&V)", "", ""))))
    if w.texts.chance(0.25):
        window.addToolBar(tools(w))
    middle, layout = boxed(w, True)
    layout.setContentsMargins(*[w.rng.choice((6, 10, 16))] * 4)
    for _ in range(w.rng.choice((1, 1, 2, 2, 3))):
        layout.addWidget(column(w, 0, w.rng.randint(1, 4)))
    window.setCentralWidget(middle)
    if w.texts.chance(0.3):
        window.statusBar().showMessage(w.texts.sentence(30))
    return window
