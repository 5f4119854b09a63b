# ruff: noqa: TID253 - loaded by desktop.app only
"""The present settings: changed in one place, saved at once, and told to whoever shows or uses them."""

from __future__ import annotations

import logging
from typing import Any

from PySide6.QtCore import QObject, Signal

from assistant.errors import NunchiError
from desktop.settings import Settings, changed
from desktop.settings_file import SettingsFile

log = logging.getLogger(__name__)


class Keeping(QObject):
    """`settings` may be read in any thread; changed beside the windows only. Without a file nothing is saved."""

    changed = Signal(object, object)
    """the settings before and now"""
    not_saved = Signal(object)
    """the error; the change counts until the program ends"""

    def __init__(self, file: SettingsFile | None = None) -> None:
        super().__init__()
        self.file = file
        self.settings: Settings = file.load() if file is not None else Settings()

    def change(self, **values: Any) -> None:
        """Errors: `BadInput("setting_refused")`; nothing is changed then."""
        self.become(changed(self.settings, **values))

    def become(self, wanted: Settings) -> None:
        """All of `wanted`."""
        before = self.settings
        if wanted == before:
            return
        self.settings = wanted
        if self.file is not None:
            try:
                self.file.save(wanted)
            except NunchiError as error:
                log.warning("%s", error)
                self.not_saved.emit(error)
        self.changed.emit(before, wanted)
