# ruff: noqa: TID253 - loaded by desktop.settings_window.general only
"""The group «새 버전»: the switch, what is known, and the one button that fits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from assistant.messages import message
from desktop.controls.buttons import Button, Switch
from desktop.controls.pages import Group, Row
from desktop.words import shown

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.look_and_feel import Palette


class NewVersions(QObject):
    """Lives as long as its group. The second row is there only while the switch is on."""

    def __init__(self, group: Group, desk: Desk, colours: Palette) -> None:
        super().__init__(group)
        assert desk.updates is not None
        self._desk, self._updates, self._colours = desk, desk.updates, colours
        switch = Switch(colours)
        switch.setChecked(desk.keeping.settings.updates)
        switch.toggled.connect(lambda on: desk.keeping.change(updates=on))
        group.add(Row(self._word("updates_ask"), colours, switch, self._word("updates_ask_note")))
        self._button = Button(self._word("updates_check"), colours)
        self._button.clicked.connect(self._pressed)
        self._row = Row(self._word("updates_row", version=desk.updates.version), colours, self._button, " ")
        group.add(self._row)
        self._updates.changed.connect(self._show)
        desk.keeping.changed.connect(self._show)
        self._show()

    def _show(self, *_what: object) -> None:
        updates = self._updates
        self._row.setVisible(self._desk.keeping.settings.updates)
        self._button.setEnabled(not updates.busy)
        self._button.setText(self._word(self._step()))
        self._button.updateGeometry()
        if updates.failure is not None and not updates.busy:
            told = message(updates.failure.code, self._desk.language, **updates.failure.values)
            self._row.remark_on(told, self._colours.alarm)
        else:
            self._row.remark_on(self._told())

    def _told(self) -> str:
        updates = self._updates
        if updates.bringing:
            return self._word("updates_getting", percent=round(updates.part * 100))
        if updates.busy:
            return self._word("updates_asking")
        if updates.brought is not None:
            return self._word("updates_got", file=updates.brought.name)
        if updates.release is not None:
            return self._word("updates_there", version=updates.release.version)
        return self._word("updates_newest" if updates.checked else "updates_not_yet")

    def _step(self) -> str:
        if self._updates.brought is not None:
            return "updates_show"
        return "updates_get" if self._updates.release is not None else "updates_check"

    def _pressed(self) -> None:
        match self._step():
            case "updates_show":  # the folder, never the file: who starts an installer is the person
                folder = self._updates.brought.parent  # type: ignore[union-attr]
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
            case "updates_get":
                self._updates.bring()
            case _:
                self._updates.check()

    def _word(self, key: str, **values: object) -> str:
        return shown(key, self._desk.language, **values)
