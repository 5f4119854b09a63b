# ruff: noqa: TID253 - loaded by desktop.settings_window.window only
"""The page «고급»: where things are kept, what to tell when something goes wrong, and everything as it came."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from desktop.controls.asking import confirmed
from desktop.controls.buttons import Button
from desktop.controls.pages import Page, Row
from desktop.settings import Settings
from desktop.threads import off_the_windows
from desktop.words import shown

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.look_and_feel import Palette


def page(desk: Desk, colours: Palette) -> Page:
    return AdvancedPage(desk, colours)


class AdvancedPage(Page):
    def __init__(self, desk: Desk, colours: Palette) -> None:
        self._desk, self._language = desk, desk.language
        super().__init__(self._word("section_advanced"), colours)
        folders = self.add_group(self._word("folders"))
        for name, path in self._folders():
            button = Button(self._word("open_folder"), colours)
            button.setEnabled(path is not None)
            button.clicked.connect(lambda _on, path=path: open_folder(path))
            row = Row(self._word(name), colours, button, told(path) if path else self._word("folder_none"))
            folders.add(row)
        help_group = self.add_group(self._word("when_wrong"))
        self.copy = Button(self._word("diagnosis_copy"), colours)
        self.copy.clicked.connect(self._diagnose)
        self._diagnosis = Row(self._word("diagnosis"), colours, self.copy, self._word("diagnosis_note"))
        help_group.add(self._diagnosis)
        about = Button(self._word("menu_about"), colours)
        about.clicked.connect(lambda: desk.show("about"))
        help_group.add(Row(self._word("about_row"), colours, about))
        fresh = self.add_group()
        self.reset = Button(self._word("reset_all"), colours, "alarm")
        self.reset.clicked.connect(self._reset_all)
        fresh.add(Row(self._word("reset_row"), colours, self.reset, self._word("reset_note")))

    def _folders(self) -> list[tuple[str, Path | None]]:
        from models.catalogue import data_folder

        file = self._desk.keeping.file
        return [("folder_settings", file.path.parent if file else None), ("folder_data", data_folder())]

    def _diagnose(self) -> None:
        """`nunchi doctor` runs a model once: off the windows."""
        self.copy.setEnabled(False)
        self._diagnosis.remark_on(self._word("diagnosis_runs"))

        def work() -> dict:
            from desktop.command.doctor import examined

            return examined()

        off_the_windows(work, self._diagnosed, self)

    def _diagnosed(self, result: dict | Exception) -> None:
        self.copy.setEnabled(True)
        if isinstance(result, Exception):
            self._diagnosis.remark_on(str(result), self.colours.alarm)
            return
        QGuiApplication.clipboard().setText(json.dumps(result, ensure_ascii=False, indent=2))
        self._diagnosis.remark_on(self._word("diagnosis_copied"))

    def _reset_all(self) -> None:
        """All settings as they came, but for having seen the first run. Models and history stay."""
        if confirmed(
            self, self._word("reset_question"), self._word("reset_all"), self.colours, self._language,
            more=self._word("reset_note"),
        ):  # fmt: skip
            self._desk.keeping.become(fresh(self._desk.keeping.settings))

    def _word(self, key: str) -> str:
        return shown(key, self._language)


def fresh(settings: Settings) -> Settings:
    """The first settings for somebody who is not new."""
    return Settings(first_run_done=settings.first_run_done)


def told(path: Path) -> str:
    """A path as people write it, the home folder as ~."""
    home = Path.home()
    return f"~{os.sep}{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def open_folder(path: Path | None) -> None:
    if path is not None:
        path.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
