# ruff: noqa: TID253 - loaded by desktop.app only
"""A model that can be fetched: what it is, whether it suits this machine, and how far it is once it is on its way."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from assistant.errors import NunchiError
from assistant.messages import message
from desktop.command.models import told_size
from desktop.controls.asking import confirmed
from desktop.controls.buttons import Button
from desktop.controls.fields import Bar
from desktop.controls.pages import Row
from desktop.controls.text import Text, named
from desktop.threads import off_the_windows
from desktop.words import shown

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.downloads import Download
    from desktop.look_and_feel import Palette
    from desktop.model_shelf import Offered
    from models.fetch import Progress

USUAL_LINE = 100e6 / 8
"""bytes a second: 100 Mbps"""


class OfferRow(Row):
    def __init__(self, offered: Offered, desk: Desk, colours: Palette) -> None:
        self._offered, self._desk, self._language = offered, desk, desk.language
        offer = offered.offer
        self._half = desk.shelf.half_fetched(offer.name)
        self.get = Button(
            self._word("model_go_on" if self._half else "model_get"),
            colours,
            "filled" if offered.recommended else "plain",
        )
        self.get.clicked.connect(self.begin)
        self.stop = Button(self._word("model_pause"), colours)
        self.drop = Button(self._word("cancel"), colours)
        for button in (self.get, self.stop, self.drop):
            named(button, f"{offer.title}: {button.text()}")
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.stop, self.drop, self.get):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        named(buttons, offer.title)
        super().__init__(offer.title, colours, buttons, self._facts())
        if offered.recommended:
            self.heading.say(f"{offer.title}  ·  {self._word('model_recommended')}")
        self.told = Text("", 13, colours.quiet, wraps=True)
        self.bar = named(Bar(colours), self._word("model_progress"))
        extra = QVBoxLayout()
        extra.setSpacing(6)
        extra.setContentsMargins(0, 4, 0, 0)
        extra.addWidget(self.told)
        extra.addWidget(self.bar)
        self.words.addLayout(extra)
        self.drop.clicked.connect(self._drop)
        self._dropping = False
        self._look()
        running = desk.downloads.running.get(offer.name)
        if running is not None:
            self._watch(running)

    def take_focus(self) -> None:
        """For a row that takes the place of one that had it."""
        for button in (self.stop, self.get, self.drop):
            if not button.isHidden():
                button.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def begin(self) -> None:
        """Fetch it, after its terms were agreed to where it has some."""
        offer = self._offered.offer
        if offer.accept or offer.code:
            terms = [
                shown("model_terms", self._language, licence=offer.licence),
                offer.licence_address,
                offer.notice,
            ]
            if offer.code:
                terms.append(self._word("model_terms_code"))
            question = shown("model_terms_question", self._language, name=offer.title)
            if not confirmed(
                self.window(), question, self._word("model_agree"), self._colours, self._language,
                more="\n".join(filter(None, terms)), kind="filled",
            ):  # fmt: skip
                return
        self._desk.downloads.begin(offer)

    def _watch(self, download: Download) -> None:
        """What it is was read before it was wanted: now only how far it is."""
        self.remark.hide()
        self.get.hide()
        self.stop.show()
        self.drop.show()
        self.bar.show()
        self.stop.clicked.connect(download.stop)
        download.moved.connect(self._moved)
        self.told.say(self._word("model_asking"))
        self.told.show()
        if download.progress is not None:
            self._moved(download.progress)

    def _moved(self, progress: Progress) -> None:
        part = progress.bytes / progress.total if progress.total else 0.0
        self.bar.setValue(round(1000 * part))
        words = [f"{told_size(progress.bytes)} / {told_size(progress.total)}"]
        if progress.speed > 0:
            words.append(f"{told_size(progress.speed)}/s")
        left = progress.seconds_left
        if left is not None and left >= 90:
            words.append(shown("minutes_left", self._language, minutes=round(left / 60)))
        elif left is not None:
            words.append(shown("seconds_left", self._language, seconds=round(left)))
        self.told.say(" · ".join(words))

    def _look(self) -> None:
        """Without a download: what can be done, or why it cannot."""
        offer, hindrance = self._offered.offer, self._offered.hindrance
        error = self._desk.downloads.errors.get(offer.name)
        self.stop.hide()
        self.bar.hide()
        self.get.setVisible(not hindrance)
        self.drop.setVisible(self._half)
        text = self._word(hindrance) if hindrance else self._word("model_half") if self._half else ""
        if error is not None:
            text = message(error.code, self._language, **error.values)
            self.told.ink(self._colours.alarm)
        self.told.say(text)
        self.told.setVisible(bool(text))

    def _drop(self) -> None:
        """Stop, and give back the room of what has arrived."""
        name = self._offered.offer.name
        running = self._desk.downloads.running.get(name)
        shelf, downloads = self._desk.shelf, self._desk.downloads
        self.drop.setEnabled(False)

        def remove() -> None:
            if running is not None:
                running.stop()
                running.wait(10.0)
            shelf.remove(name)

        def done(told: object) -> None:
            if isinstance(told, NunchiError) and told.code != "model_not_installed":
                downloads.errors[name] = told
            downloads.changed.emit()

        off_the_windows(remove, done, downloads)

    def _facts(self) -> str:
        offer, suits = self._offered.offer, self._offered.suits
        size = offer.download or offer.size
        facts = [
            self._word(f"kind_{offer.kind}"), told_size(size) if size else "", self._time(size), offer.licence,
            self._verdict() if suits.fits is not None else "",
        ]  # fmt: skip
        note = offer.note.get(self._language, "")
        return "\n".join(filter(None, [" · ".join(fact for fact in facts if fact), note]))

    def _time(self, size: int | None) -> str:
        """How long so many bytes take over a usual line; "" where nobody knows how many."""
        if not size:
            return ""
        return shown("model_time", self._language, minutes=math.ceil(size / USUAL_LINE / 60))

    def _verdict(self) -> str:
        suits = self._offered.suits
        if suits.fits:
            return self._word("suits_good")
        return ", ".join(
            shown(f"suits_{one.code}", self._language, need=told_size(one.need), have=told_size(one.have))
            for one in suits.reasons
            if one.code != "not_available"
        )

    def _word(self, key: str) -> str:
        return shown(key, self._language)


def focused(rows: Mapping[str, OfferRow]) -> str:
    """Name of the row that the keyboard is in; "" where it is elsewhere."""
    widget = QApplication.focusWidget()
    return next((name for name, row in rows.items() if widget is not None and row.isAncestorOf(widget)), "")
