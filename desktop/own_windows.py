# ruff: noqa: TID253 - loaded by desktop.app only
"""The windows with a frame: made when somebody wants them, forgotten when they are closed. Their code loads only then."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.settings import Settings
from models.giving_back import give_back

if TYPE_CHECKING:
    from models.offers import Offer

GIVING_BACK_MS = 1_000
NAMES = ("settings", "history", "about", "first_run")


class OwnWindows(QObject):
    """`desk.show` comes here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.open: dict[str, QWidget] = {}
        desk.show = self.show
        desk.keeping.changed.connect(self._settings_changed)
        desk.downloads.arrived.connect(self._use)

    def show(self, what: str) -> None:
        """«settings», «history», «about», «first_run», or «settings:models» for a section."""
        name, _, section = what.partition(":")
        window = self.open.get(name) or self._make(name)
        if section:
            window.show_section(section)
        window.showNormal() if window.isMinimized() else window.show()
        window.raise_()
        window.activateWindow()

    def close(self) -> None:
        """All of them, and what is being fetched stops; it goes on from there the next time."""
        for window in list(self.open.values()):
            window.close()
        self.desk.downloads.close()

    def _make(self, name: str) -> QWidget:
        from desktop.settings_window.window import centred

        window = self.open[name] = _MAKERS[name](self.desk)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        window.destroyed.connect(lambda: self._gone(name))
        if name == "first_run":
            window.ended.connect(lambda: self.desk.keeping.change(first_run_done=True))
        centred(window)
        return window

    def _use(self, offer: Offer) -> None:
        """A model that somebody has waited for is the one that answers, or listens, from now on."""
        setting = {"vision": "vision_model", "speech": "speech_model"}.get(offer.kind)
        if setting is not None:
            self.desk.keeping.change(**{setting: offer.name})

    def _gone(self, name: str) -> None:
        self.open.pop(name, None)
        if not self.open:
            QTimer.singleShot(
                GIVING_BACK_MS, self, give_back
            )  # 134 MB became 121 where 96 were used before the first

    def _settings_changed(self, before: Settings, now: Settings) -> None:
        """Settings and first run dress themselves anew; the others are simply opened again."""
        if (before.language, before.theme, before.text_size) == (now.language, now.theme, now.text_size):
            return
        for name in ("history", "about"):
            old = self.open.pop(name, None)
            if old is not None:
                place = old.geometry()
                old.destroyed.disconnect()
                old.close()
                self._make(name).setGeometry(place)
                self.open[name].show()


def _settings(desk: Desk) -> QWidget:
    from desktop.settings_window.window import SettingsWindow

    return SettingsWindow(desk)


def _history(desk: Desk) -> QWidget:
    from desktop.history_window.window import HistoryWindow

    return HistoryWindow(desk)


def _about(desk: Desk) -> QWidget:
    from desktop.about_window import AboutWindow

    return AboutWindow(desk)


def _first_run(desk: Desk) -> QWidget:
    from desktop.first_run.window import FirstRun

    return FirstRun(desk)


_MAKERS: dict[str, Callable[[Desk], QWidget]] = {
    "settings": _settings, "history": _history, "about": _about, "first_run": _first_run,
}  # fmt: skip
