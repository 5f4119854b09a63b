# ruff: noqa: TID253 - loaded by desktop.own_windows only
"""A window with a frame of the system's: our ground, icon, sizes and keys, in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop import look_and_feel
from desktop.controls.pages import sheet


class Framed(QWidget):
    """`keys`: chord → what it does. `dress` before anything is put in, and again when looks or language change."""

    def __init__(self, size: QSize, smallest: QSize, keys: Mapping[str, Callable[[], object]]) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowIcon(look_and_feel.icon("tray-ready", "#ffffff"))
        self.setMinimumSize(smallest)
        self.resize(size)
        for chord, act in keys.items():
            QShortcut(QKeySequence(chord), self, activated=act)

    def dress(self, title: str) -> None:
        self.colours = look_and_feel.palette()
        self.setWindowTitle(title)
        self.setStyleSheet(sheet(self.colours))
