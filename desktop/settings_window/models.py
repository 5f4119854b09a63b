# ruff: noqa: TID253 - loaded by desktop.settings_window.window only
"""The page «모델»: which models are here and which of them answers, where it runs, and getting others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assistant.errors import NunchiError
from assistant.messages import message
from desktop.command.models import told_size
from desktop.controls.asking import confirmed
from desktop.controls.buttons import Button, Choice, Segments
from desktop.controls.pages import Page, Row
from desktop.controls.text import Text
from desktop.model_shelf import budget_words
from desktop.offer_row import OfferRow, focused
from desktop.overlay.parts import IconButton
from desktop.settings import AUTO, DEVICES, IDLE_MINUTES, LOOK_SECONDS
from desktop.threads import off_the_windows
from desktop.trying import trying_words
from desktop.words import shown
from models.catalogue import SYNTHETIC

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.look_and_feel import Palette
    from desktop.model_shelf import Offered
    from models.catalogue import Entry

OWN_NAMES = {
    "nunchi-mini": "model_mini", "screen-text-ko": "model_reads_text", "whisper-synth-ko": "model_practice",
    "screen-text-det": "model_finds_text", "screen-widgets": "model_finds_widgets",
}  # fmt: skip
"""ours, which are told in the language of the windows"""
KINDS = ("vision", "speech", "screen-text")


def page(desk: Desk, colours: Palette) -> Page:
    return ModelsPage(desk, colours)


class ModelsPage(Page):
    def __init__(self, desk: Desk, colours: Palette) -> None:
        self._desk, self._language = desk, desk.language
        super().__init__(self._word("section_models"), colours, self._word("models_introduction"))
        self._here = {kind: self.add_group(self._word(f"models_{kind}")) for kind in KINDS}
        running = self.add_group(self._word("running_group"))
        self.device = Choice([], desk.keeping.settings.device, colours)
        self.device.picked.connect(lambda value: desk.keeping.change(device=value))
        self._device_row = Row(self._word("device"), colours, self.device, self._word("device_note"))
        running.add(self._device_row)
        desk.trying.changed.connect(self._tell_trying)
        self._tell_trying()
        spans = [(one, self._word(f"idle_{one}")) for one in IDLE_MINUTES]
        self.idle = Choice(spans, desk.keeping.settings.idle_minutes, colours)
        self.idle.picked.connect(lambda value: desk.keeping.change(idle_minutes=value))
        running.add(Row(self._word("idle_minutes"), colours, self.idle, self._word("idle_note")))
        choices = [(one, self._word(f"look_{one}")) for one in sorted(LOOK_SECONDS)]
        self.look = Segments(choices, desk.keeping.settings.look_seconds, colours)
        self.look.picked.connect(self._look_as_long)
        self._look_row = Row(self._word("look_time"), colours, self.look, self._word("look_note"))
        running.add(self._look_row)
        self._offers = self.add_group(self._word("models_offered"), self._word("models_offered_foot"))
        self.rows_offered: dict[str, OfferRow] = {}
        self._asked = False
        self._troubles: dict[str, NunchiError] = {}
        """by the name of a model that could not be removed"""
        desk.downloads.changed.connect(self._look_again)
        self._show_here()

    def showEvent(self, event: object) -> None:
        """Looking what suits this machine takes a moment: only once somebody looks, and off the windows."""
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            self._offer_devices()
            self._ask()
        self._tell_budget()

    def _ask(self) -> None:
        off_the_windows(self._desk.shelf.offered, self._show_offers, self)

    def _tell_trying(self) -> None:
        """A device that is being made ready, above the note."""
        progress, note = self._desk.trying.progress, self._word("device_note")
        told = f"{trying_words(progress, self._language)}\n{note}" if progress is not None else note
        self._device_row.remark_on(told)
        self.device.setAccessibleDescription(told)

    def _look_as_long(self, seconds: float) -> None:
        self._desk.keeping.change(look_seconds=seconds)
        self._tell_budget()

    def _tell_budget(self) -> None:
        """What the choice means for the chosen model on this machine."""
        settings, shelf = self._desk.keeping.settings, self._desk.shelf

        def budget() -> str:
            found = shelf.look_budget(settings.vision_model, settings.look_seconds)
            return budget_words(found and found.image_tokens, found and found.ms, self._language)

        off_the_windows(budget, self._show_budget, self)

    def _show_budget(self, told: str | Exception) -> None:
        if not isinstance(told, Exception):
            note = f"{told}\n{self._word('look_note')}"
            self._look_row.remark_on(note)
            self.look.setAccessibleDescription(note)

    def _look_again(self) -> None:
        if self._asked:
            self._show_here()
            self._ask()

    def _show_here(self) -> None:
        """What is installed, by what it is for."""
        installed = self._desk.shelf.installed()
        for kind, group in self._here.items():
            group.clear()
            entries = [entry for entry in installed if entry.kind == kind]
            for entry in entries:
                group.add(self._installed_row(entry))
            if not entries:
                group.add(
                    Row(
                        self._word(f"models_none_{kind}"),
                        self.colours,
                        note=self._word(f"models_none_{kind}_note"),
                    )
                )

    def _installed_row(self, entry: Entry) -> Row:
        settings = self._desk.keeping.settings
        chosen = {"vision": settings.vision_model, "speech": settings.speech_model}.get(entry.kind)
        used = entry.kind == "screen-text" or (chosen or self._desk.shelf.preferred(entry.kind)) == entry.name
        control = QWidget()
        row = QHBoxLayout(control)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        if used:
            row.addWidget(Text(self._word("model_used"), 13.5, self.colours.accent))
        elif not entry.broken:
            use = Button(self._word("model_use"), self.colours)
            use.setAccessibleName(f"{entry.name}: {use.text()}")
            use.clicked.connect(lambda: self._use(entry))
            row.addWidget(use)
        if not entry.bundled:
            away = IconButton("trash", shown("model_delete", self._language, name=entry.name), self.colours)
            away.clicked.connect(lambda: self._remove(entry))
            row.addWidget(away, 0, Qt.AlignmentFlag.AlignVCenter)
        facts = [told_size(entry.size), entry.licence, self._word("model_bundled") if entry.bundled else ""]
        made = Row(self._title(entry.name), self.colours, control, " · ".join(fact for fact in facts if fact))
        if entry.name == SYNTHETIC:
            made.remark_on(f"{made.note}\n{self._word('synthetic_note')}")
        trouble = self._troubles.get(entry.name)
        if trouble is not None:
            made.remark_on(message(trouble.code, self._language, **trouble.values), self.colours.alarm)
        elif entry.broken:
            made.remark_on(message(entry.broken, self._language, model=entry.name), self.colours.alarm)
        return made

    def _use(self, entry: Entry) -> None:
        self._desk.keeping.change(
            **{"vision_model" if entry.kind == "vision" else "speech_model": entry.name}
        )
        self._show_here()
        if entry.kind == "vision":
            self._tell_budget()

    def _remove(self, entry: Entry) -> None:
        question = shown(
            "model_delete_question", self._language, name=self._title(entry.name), size=told_size(entry.size)
        )
        if not confirmed(self, question, self._word("delete"), self.colours, self._language):
            return
        self._troubles.pop(entry.name, None)
        off_the_windows(
            lambda: self._desk.shelf.remove(entry.name), lambda told: self._removed(entry.name, told), self
        )

    def _removed(self, name: str, told: int | Exception) -> None:
        if isinstance(told, Exception):
            self._troubles[name] = told if isinstance(told, NunchiError) else NunchiError("internal")
        else:
            settings = self._desk.keeping.settings
            left = {one: "" for one in ("vision_model", "speech_model") if getattr(settings, one) == name}
            self._desk.keeping.change(**left)
        self._look_again()

    def _offer_devices(self) -> None:
        there = self._desk.shelf.devices()
        choices = [
            (one, one if one in there else shown("device_missing", self._language, name=one))
            for one in DEVICES
            if one != AUTO
        ]
        choices.insert(0, (AUTO, self._word("device_auto")))
        self.device.offer(choices, self._desk.keeping.settings.device)

    def _show_offers(self, result: list[Offered] | Exception) -> None:
        held = focused(self.rows_offered)
        self._offers.clear()
        self.rows_offered = {}
        for offered in [] if isinstance(result, Exception) else result:
            row = self.rows_offered[offered.offer.name] = OfferRow(offered, self._desk, self.colours)
            self._offers.add(row)
        if held in self.rows_offered:
            self.rows_offered[held].take_focus()

    def _title(self, name: str) -> str:
        """The name people know, where the model is one of our offers or ours."""
        from models.offers import offers

        if name in OWN_NAMES:
            return self._word(OWN_NAMES[name])
        return next((one.title for one in offers() if one.name == name), name)

    def _word(self, key: str) -> str:
        return shown(key, self._language)
