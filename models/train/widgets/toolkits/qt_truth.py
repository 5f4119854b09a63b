"""What Qt widgets are and in which state, asked of themselves."""

from __future__ import annotations

from collections.abc import Iterator

from content import Element
from qt_names import Qt, QtCore, QtWidgets

Widget = QtWidgets.QWidget


def rect_of(widget: Widget, area: QtCore.QRect | None = None) -> tuple[int, int, int, int]:
    """An area of the widget (all of it when None) in pixels of the screen."""
    area = widget.rect() if area is None else area
    ratio = widget.devicePixelRatioF()
    corner = widget.mapToGlobal(area.topLeft())
    return tuple(round(v * ratio) for v in (corner.x(), corner.y(), area.width(), area.height()))  # type: ignore[return-value]


def button_role(widget: QtWidgets.QAbstractButton) -> tuple[str, list[str]]:
    checked = "checked" if widget.isChecked() else "unchecked"
    if isinstance(widget, QtWidgets.QCheckBox):
        return "check box", [checked]
    if isinstance(widget, QtWidgets.QRadioButton):
        return "radio button", [checked]
    return "button", [checked] if widget.isCheckable() else []


def widgets_under(widget: Widget) -> Iterator[Element]:
    if not widget.isVisible():
        return
    off = [] if widget.isEnabled() else ["disabled"]
    focus = ["focused"] if widget.hasFocus() else []
    if isinstance(widget, QtWidgets.QAbstractButton):
        role, states = button_role(widget)
        if widget.text():
            yield Element(role, rect_of(widget), (*states, *off, *focus), widget.text())
    elif isinstance(widget, QtWidgets.QComboBox):
        yield Element("combo box", rect_of(widget), (*off, *focus), widget.currentText())
    elif isinstance(widget, (QtWidgets.QLineEdit, QtWidgets.QAbstractSpinBox, QtWidgets.QPlainTextEdit)):
        yield Element("text field", rect_of(widget), (*off, *focus))
    elif isinstance(widget, QtWidgets.QLabel):
        yield Element("link" if "<a " in widget.text() else None, rect_of(widget), tuple(off))
    elif isinstance(widget, QtWidgets.QGroupBox) and widget.isCheckable():
        height = widget.fontMetrics().height() + 4
        area = QtCore.QRect(0, 0, widget.width(), height)
        yield Element(
            "check box", rect_of(widget, area), ("checked" if widget.isChecked() else "unchecked", *off)
        )
    elif isinstance(widget, QtWidgets.QTabBar):
        for n in range(widget.count()):
            states = (["selected"] if n == widget.currentIndex() else []) + (
                [] if widget.isTabEnabled(n) else ["disabled"]
            )
            area = widget.tabRect(n).intersected(widget.rect())
            yield Element("tab", rect_of(widget, area), tuple(states + off), widget.tabText(n))
    elif isinstance(widget, QtWidgets.QHeaderView):
        yield from heads(widget)
    elif isinstance(widget, QtWidgets.QAbstractItemView):
        yield from cells(widget)
    elif isinstance(widget, (QtWidgets.QMenuBar, QtWidgets.QMenu)):
        yield from actions(widget)
        return
    for child in widget.children():
        if isinstance(child, Widget) and not child.isWindow():
            yield from widgets_under(child)


def heads(view: QtWidgets.QHeaderView) -> Iterator[Element]:
    across = view.orientation() == Qt.Orientation.Horizontal
    for n in range(view.count()):
        start, size = view.sectionViewportPosition(n), view.sectionSize(n)
        area = (
            QtCore.QRect(start, 0, size, view.height())
            if across
            else QtCore.QRect(0, start, view.width(), size)
        )
        area = area.intersected(view.viewport().rect())
        if area.width() < 6 or area.height() < 6:
            continue
        yield Element("header", rect_of(view.viewport(), area), () if view.isEnabled() else ("disabled",))


def cells(view: QtWidgets.QAbstractItemView) -> Iterator[Element]:
    model = view.model()
    single = isinstance(view, QtWidgets.QListView)
    role = "list item" if single else "cell"

    def under(parent: QtCore.QModelIndex) -> Iterator[Element]:
        for row in range(model.rowCount(parent)):
            for number in range(1 if single else model.columnCount(parent)):
                index = model.index(row, number, parent)
                area = view.visualRect(index).intersected(view.viewport().rect())
                if area.height() < 6 or area.width() < 6:
                    continue
                states = []
                check = model.data(index, Qt.ItemDataRole.CheckStateRole)
                if check is not None:
                    states.append("checked" if check in (2, Qt.CheckState.Checked) else "unchecked")
                if view.selectionModel().isSelected(index):
                    states.append("selected")
                if not (view.isEnabled() and index.flags() & Qt.ItemFlag.ItemIsEnabled):
                    states.append("disabled")
                if (
                    isinstance(view, QtWidgets.QTreeView)
                    and model.hasChildren(index)
                    and view.isExpanded(index)
                ):
                    states.append("expanded")
                yield Element(
                    role, rect_of(view.viewport(), area), tuple(states), str(model.data(index) or "")
                )
            yield from under(model.index(row, 0, parent))

    yield from under(QtCore.QModelIndex())


def actions(menu: QtWidgets.QMenu | QtWidgets.QMenuBar) -> Iterator[Element]:
    for action in menu.actions():
        area = menu.actionGeometry(action).intersected(menu.rect())
        if action.isSeparator() or area.width() < 3:
            continue
        states = []
        if action.isCheckable():
            states.append("checked" if action.isChecked() else "unchecked")
        if menu.activeAction() == action:
            states.append("selected")
        if not action.isEnabled():
            states.append("disabled")
        yield Element("menu item", rect_of(menu, area), tuple(states), action.text())
