"""The page «화면·개인정보»: what is never looked at, what is hidden, and what is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.errors import BadInput, NunchiError
from assistant.messages import message
from assistant.privacy import PROGRAMS, TITLES
from desktop.controls.asking import confirmed
from desktop.controls.buttons import Button, Choice, Switch
from desktop.controls.lists import ListEditor
from desktop.controls.pages import Group, Page, Row
from desktop.settings import DAYS, Settings
from desktop.words import shown

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.look_and_feel import Palette


def page(desk: Desk, colours: Palette) -> Page:
    return PrivacyPage(desk, colours)


class PrivacyPage(Page):
    def __init__(self, desk: Desk, colours: Palette) -> None:
        self._desk, self._language = desk, desk.language
        super().__init__(self._word("section_privacy"), colours, self._word("privacy_introduction"))
        hidden = self.add_group(self._word("excluded"), self._word("excluded_foot"))
        settings = desk.keeping.settings
        self.programs = self._editor(hidden, "programs", settings.programs, PROGRAMS, Settings.with_programs)
        self.titles = self._editor(hidden, "titles", settings.titles, TITLES, Settings.with_titles)
        self._masks()
        self._history()

    def _editor(
        self,
        group: Group,
        name: str,
        entries: tuple[str, ...],
        first: tuple[str, ...],
        apply: Callable[[Settings, list[str]], Settings],
    ) -> ListEditor:
        """A row that tells how many there are, and under it the list, once it is wanted."""
        edit = Button(self._word("edit"), self.colours)
        row = Row(self._word(f"excluded_{name}"), self.colours, edit, self._count(len(entries)))
        words = {
            "add": self._word(f"excluded_{name}_add"), "add_button": self._word("add"),
            "remove": self._word("remove"), "restore": self._word("restore"),
        }  # fmt: skip
        editor = ListEditor(self._word(f"excluded_{name}"), entries, self.colours, words)
        inside = Row(self._word(f"excluded_{name}"), self.colours, editor, below=True)
        inside.heading.hide()
        group.add(row)
        group.add(inside)
        inside.hide()

        def toggle() -> None:
            inside.setVisible(inside.isHidden())
            edit.setText(self._word("edit" if inside.isHidden() else "done"))
            edit.updateGeometry()
            group.update()

        def edited(wanted: list[str]) -> None:
            try:
                self._desk.keeping.become(apply(self._desk.keeping.settings, wanted))
            except BadInput as error:
                row.remark_on(message(error.code, self._language, **error.values), self.colours.alarm)
                return
            row.remark_on(self._count(len(wanted)))

        def restore() -> None:
            editor.show_entries(first)
            edited(list(first))

        edit.clicked.connect(toggle)
        editor.edited.connect(edited)
        editor.restored.connect(restore)
        return editor

    def _masks(self) -> None:
        settings, keeping = self._desk.keeping.settings, self._desk.keeping
        group = self.add_group(self._word("masks"))
        numbers, phones = Switch(self.colours), Switch(self.colours)
        numbers.setChecked(settings.mask_numbers)
        phones.setChecked(settings.mask_phones)
        phones.setEnabled(settings.mask_numbers)
        row = Row(self._word("mask_numbers"), self.colours, numbers, self._word("mask_numbers_note"))
        group.add(row)
        group.add(Row(self._word("mask_phones"), self.colours, phones))

        def change(on: bool) -> None:
            keeping.change(mask_numbers=on)
            phones.setEnabled(on)
            row.remark_on(
                self._word("mask_numbers_note" if on else "mask_numbers_off"),
                "" if on else self.colours.alarm,
            )

        numbers.toggled.connect(change)
        phones.toggled.connect(lambda on: keeping.change(mask_phones=on))
        if not settings.mask_numbers:
            change(False)

    def _history(self) -> None:
        settings, keeping = self._desk.keeping.settings, self._desk.keeping
        group = self.add_group(self._word("history"), self._word("history_foot"))
        keep = Switch(self.colours)
        keep.setChecked(settings.history)
        days = Choice([(one, self._word(f"days_{one}")) for one in DAYS], settings.history_days, self.colours)
        days.setEnabled(settings.history)
        see = Button(self._word("history_see"), self.colours)
        self.delete_all = Button(self._word("history_delete_all"), self.colours, "alarm")
        group.add(Row(self._word("history_keep"), self.colours, keep, self._word("history_keep_note")))
        group.add(Row(self._word("history_days"), self.colours, days))
        group.add(Row(self._word("history_kept"), self.colours, see))
        self._delete_row = group.add(Row(self._word("history_all"), self.colours, self.delete_all))

        def change(on: bool) -> None:
            keeping.change(history=on)
            days.setEnabled(on)

        keep.toggled.connect(change)
        days.picked.connect(lambda value: keeping.change(history_days=value))
        see.clicked.connect(lambda: self._desk.show("history"))
        self.delete_all.clicked.connect(self._delete_everything)

    def _delete_everything(self) -> None:
        if not confirmed(
            self,
            self._word("history_delete_all_question"),
            self._word("history_delete_all"),
            self.colours,
            self._language,
        ):
            return
        try:
            count = self._desk.history.delete_all()
            self._delete_row.remark_on(shown("history_deleted", self._language, count=count))
        except NunchiError as error:
            self._delete_row.remark_on(
                message(error.code, self._language, **error.values), self.colours.alarm
            )

    def _count(self, count: int) -> str:
        return shown("entries", self._language, count=count)

    def _word(self, key: str) -> str:
        return shown(key, self._language)
