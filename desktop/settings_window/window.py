# ruff: noqa: TID253 - loaded by desktop.own_windows only
"""The window of the settings: sections at the left with a search, the chosen section's page at the right."""

from __future__ import annotations

import importlib
import logging

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QRadioButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop import look_and_feel
from desktop.controls.buttons import Ringed, blend, draw_ring, line_height
from desktop.controls.fields import Field
from desktop.controls.framed import Framed
from desktop.controls.pages import Page
from desktop.controls.text import named
from desktop.desk import Desk
from desktop.look_and_feel import Palette
from desktop.settings import Settings
from desktop.words import shown

SECTIONS = ("general", "keys", "privacy", "models", "sound", "advanced")
SIZE = QSize(880, 640)
SMALLEST = QSize(720, 480)
SIDE = 206
log = logging.getLogger(__name__)


class SettingsWindow(Framed):
    """Made when it is opened. Made anew inside when language or looks change."""

    def __init__(self, desk: Desk, section: str = "general") -> None:
        super().__init__(
            SIZE, SMALLEST, {"Ctrl+F": self._to_search, "Ctrl+W": self.close, "Esc": self._escape}
        )
        self.desk = desk
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self.section = section
        self._build()
        self._buttons[section].setFocus()
        desk.keeping.changed.connect(self._settings_changed)

    def show_section(self, section: str) -> None:
        self.section = section
        self.pages.setCurrentWidget(self._pages[section])
        self._buttons[section].setChecked(True)

    def page(self, section: str) -> Page:
        return self._pages[section]

    def find(self, text: str) -> None:
        """Mark the rows with all of these words; sections without any go grey, the first with one opens."""
        words = text.casefold().split()
        first: tuple[str, QWidget] | None = None
        for section in SECTIONS:
            hits = [row for row in self._pages[section].rows if row.matches(words)]
            for row in self._pages[section].rows:
                row.mark(row in hits)
            self._buttons[section].dim(bool(words) and not hits)
            if hits and first is None:
                first = (section, hits[0])
        if first is not None:
            section, row = first
            if not any(row.found for row in self._pages[self.section].rows):
                self.show_section(section)
            here = next(row for row in self._pages[self.section].rows if row.found)
            self._pages[self.section].ensureWidgetVisible(here, 0, 80)

    def _build(self) -> None:
        language = self.desk.language
        self.dress(shown("settings_title", language))
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.pages = QStackedWidget()
        self._pages: dict[str, Page] = {}
        for section in SECTIONS:
            made = importlib.import_module(f"desktop.settings_window.{section}").page(self.desk, self.colours)
            self._pages[section] = made
            self.pages.addWidget(made)
        row.addWidget(self._side(language))
        row.addWidget(self.pages, 1)
        while self._whole.count():
            old = self._whole.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        self._whole.addWidget(inside)
        self.show_section(self.section)

    def _side(self, language: str) -> QWidget:
        side = QWidget()
        side.setObjectName("side")
        side.setFixedWidth(round(SIDE * max(1.0, look_and_feel.CHOSEN.text_size / 115)))
        stack = QVBoxLayout(side)
        stack.setContentsMargins(12, 16, 12, 12)
        stack.setSpacing(2)
        self.search = Field(shown("settings_search", language), self.colours, "search")
        self.search.textChanged.connect(self.find)
        stack.addWidget(self.search)
        stack.addSpacing(10)
        self._buttons: dict[str, _Section] = {}
        group = QButtonGroup(side)
        for section in SECTIONS:
            button = self._buttons[section] = _Section(
                section, shown(f"section_{section}", language), self.colours
            )
            group.addButton(button)
            button.clicked.connect(lambda _on, section=section: self.show_section(section))
            button.moved.connect(self._step)
            stack.addWidget(button)
        stack.addStretch(1)
        return side

    def _step(self, by: int) -> None:
        """The arrow keys walk through the sections."""
        at = (SECTIONS.index(self.section) + by) % len(SECTIONS)
        self.show_section(SECTIONS[at])
        self._buttons[SECTIONS[at]].setFocus(Qt.FocusReason.TabFocusReason)

    def _settings_changed(self, before: Settings, now: Settings) -> None:
        if (before.language, before.theme, before.text_size) != (now.language, now.theme, now.text_size):
            self._build()

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _escape(self) -> None:
        if self.search.text():
            self.search.clear()
        else:
            self.close()

    def changeEvent(self, event: QEvent) -> None:
        """The system went light or dark."""
        if event.type() == QEvent.Type.ThemeChange and look_and_feel.palette() != self.colours:
            self._build()
        super().changeEvent(event)


class _Section(Ringed, QRadioButton):
    """One section in the side bar; for screen readers one of several to choose from."""

    moved = Signal(int)

    def __init__(self, icon: str, text: str, colours: Palette) -> None:
        super().__init__(text)
        self._icon, self._colours, self._dim = icon, colours, False
        self.setFont(look_and_feel.font(14))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(line_height(14) + 16)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        named(self, text)

    def hitButton(self, position: object) -> bool:
        return self.rect().contains(position)

    def dim(self, wanted: bool) -> None:
        self._dim = wanted
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        c = self._colours
        area = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(blend(c.side, c.accent, 0.16))
            painter.drawRoundedRect(area, 8, 8)
        elif self.underMouse():
            painter.setBrush(blend(c.side, c.text, 0.05))
            painter.drawRoundedRect(area, 8, 8)
        painter.setOpacity(0.4 if self._dim else 1.0)
        ink = c.accent if self.isChecked() else c.quiet
        picture = look_and_feel.icon_pixmap(self._icon, ink, 20, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(10, (self.height() - 20) / 2), picture)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(QColor(c.text))
        painter.drawText(area.adjusted(40, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setOpacity(1.0)
        if self.ringed:
            draw_ring(painter, area, 8, c)
        painter.end()


def centred(window: QWidget) -> None:
    """In the middle of the screen with the pointer."""
    from PySide6.QtGui import QCursor

    screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
    free = screen.availableGeometry()
    window.resize(window.size().boundedTo(free.size()))
    window.move(free.center() - window.rect().center())
