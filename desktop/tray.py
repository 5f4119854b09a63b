# ruff: noqa: TID253 - loaded by desktop.app only
"""The icon in the tray: a picture for each state, where the model runs, and the menu."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QAction, QColor, QIcon, QPainter, QPen
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop import look_and_feel
from desktop.notices import State
from desktop.trying import trying_words
from desktop.words import shown

if TYPE_CHECKING:
    from models.engine_process.progress import Progress

MENU = ("screen", "window", "region", "camera", "again", "type", "stop")
OWN_WINDOWS = ("history", "settings", "about")
GET_A_MODEL = "settings:models"
"""offered first while there is no model for a question"""
NEW_VERSION = "settings:general"
"""offered while a new version is known"""

STOP_TRYING = "stop-trying"
"""offered while a device is being made ready"""
_WORDS = {STOP_TRYING: "menu_stop_trying", GET_A_MODEL: "menu_get_model", NEW_VERSION: "menu_new_version"}


class Tray(QObject):
    """`do` gets an action of `MENU`, a window of `OWN_WINDOWS`, `GET_A_MODEL`, or quit."""

    def __init__(
        self, do: Callable[[str], None], language: str = "ko", keys: dict[str, str] | None = None
    ) -> None:
        super().__init__()
        self._do = do
        self._state, self._device = State.READY, ""
        self._speaks = self._microphone_open = False
        self._new_version = ""
        self._progress: Progress | None = None
        self._menu = QMenu()
        self._where = QAction(self._menu)
        self._where.setEnabled(False)
        self.actions: dict[str, QAction] = {}
        self._icon = QSystemTrayIcon()
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._menu.addAction(self._where)
        self._trying = QAction(self._menu)
        self._trying.setEnabled(False)
        self._trying.setVisible(False)
        self._menu.addAction(self._trying)
        self.actions[STOP_TRYING] = self._entry(STOP_TRYING)
        self.actions[STOP_TRYING].setVisible(False)
        self.actions[GET_A_MODEL] = self._entry(GET_A_MODEL)
        self.actions[NEW_VERSION] = self._entry(NEW_VERSION)
        self.actions[NEW_VERSION].setVisible(False)
        for group in (MENU, OWN_WINDOWS, ("quit",)):
            self._menu.addSeparator()
            for action in group:
                self.actions[action] = self._entry(action)
        self.relabel(language, keys or {})

    def relabel(self, language: str, keys: dict[str, str]) -> None:
        """In another language, or with other keys."""
        self._language = language
        self._menu.setFont(look_and_feel.font(14))
        for action, entry in self.actions.items():
            text = shown(_WORDS.get(action, f"menu_{action}"), language, version=self._new_version)
            entry.setText(f"{text}\t{keys[action]}" if action in keys else text)
        self.show_state(self._state, self._device)

    @property
    def tool_tip(self) -> str:
        return self._icon.toolTip()

    @property
    def where(self) -> str:
        return self._where.text()

    @property
    def trying(self) -> str:
        """What is told of a device that is being made ready; "" where none is."""
        return self._trying.text() if self._progress is not None else ""

    @property
    def menu(self) -> QMenu:
        return self._menu

    def show(self) -> None:
        self._icon.show()

    def close(self) -> None:
        self._icon.hide()

    def show_state(self, state: State, device: str = "") -> None:
        self._state, self._device = state, device
        self._icon.setIcon(state_icon(state, self._microphone_open))
        word = "running_on" if device else "not_yet"
        self._where.setText(shown(word, self._language, device=device))
        words = [shown("name", self._language), shown(state.value, self._language)]
        if self._microphone_open:
            words.append(shown("microphone_open", self._language))
        words += [self._where.text()] if device else []
        if self._progress is not None:
            self._trying.setText(trying_words(self._progress, self._language))
            words.append(self._trying.text())
        self._icon.setToolTip(" · ".join(words))
        self.actions["stop"].setEnabled(state.busy or self._speaks)
        self.actions[GET_A_MODEL].setVisible(state is State.MODEL_MISSING)

    def show_speaking(self, on: bool) -> None:
        """An answer is being read aloud: that can be stopped."""
        self._speaks = on
        self.actions["stop"].setEnabled(self._state.busy or on)

    def show_open_microphone(self, on: bool) -> None:
        """The microphone is open although nobody asks: a dot on the icon, and words."""
        self._microphone_open = on
        self.show_state(self._state, self._device)

    def show_trying(self, progress: Progress | None) -> None:
        """A device is being made ready while another one answers: how far it is, and an entry that gives it up."""
        self._progress = progress
        for one in (self._trying, self.actions[STOP_TRYING]):
            one.setVisible(progress is not None)
        self.show_state(self._state, self._device)

    def show_new_version(self, version: str) -> None:
        """An entry that leads to it; none where `version` is ""."""
        self._new_version = version
        entry = self.actions[NEW_VERSION]
        entry.setText(shown("menu_new_version", self._language, version=version))
        entry.setVisible(bool(version))

    def tell(self, text: str) -> None:
        """A notification."""
        self._icon.showMessage(shown("name", self._language), text, state_icon(State.READY))

    def _entry(self, action: str) -> QAction:
        entry = QAction(self._menu)
        entry.triggered.connect(lambda: self._do(action))
        self._menu.addAction(entry)
        return entry

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self._do("screen")


def state_icon(state: State, microphone_open: bool = False) -> QIcon:
    """A coloured tile, seen on light and dark panels alike; in macOS's menu bar a template that the system colours.

    A dot in a corner where the microphone is open all the time.
    """
    if sys.platform != "darwin":
        return _dotted(look_and_feel.icon(f"tray-{state.value}", "#ffffff"), "#e0533d", microphone_open)
    made = _dotted(look_and_feel.icon(f"tray-{state.value}-template", "#000000"), "#000000", microphone_open)
    made.setIsMask(True)
    return made


def _dotted(icon: QIcon, colour: str, dotted: bool) -> QIcon:
    if not dotted:
        return icon
    made = QIcon()
    for size in icon.availableSizes():
        pixmap, side = icon.pixmap(size), size.width()
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(colour))
        painter.setPen(QPen(QColor("#ffffff"), max(1.0, side / 16)))
        painter.drawEllipse(QRectF(side * 0.6, side * 0.6, side * 0.36, side * 0.36))
        painter.end()
        made.addPixmap(pixmap)
    return made
