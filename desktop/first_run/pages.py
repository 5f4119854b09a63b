# ruff: noqa: TID253 - loaded by desktop.first_run.window only
"""The three pages: what stays here, the key and the permissions, the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from assistant.errors import NunchiError
from assistant.messages import message
from desktop import look_and_feel
from desktop.controls.buttons import Button, Segments
from desktop.controls.pages import Group, Inside, Row, Scrolling
from desktop.controls.text import Text, named
from desktop.first_run.key_row import KeyRow
from desktop.offer_row import OfferRow, focused
from desktop.settings_window.camera import CameraTry
from desktop.settings_window.sound import MicrophoneTest
from desktop.threads import off_the_windows
from desktop.words import shown

if TYPE_CHECKING:
    from assistant.frames import Frame
    from desktop.desk import Desk
    from desktop.look_and_feel import Palette
    from desktop.model_shelf import Offered

EDGE = 44
MOST_OFFERS = 2


class FirstPage(Scrolling):
    """A picture, a title and a sentence in the middle; `stack` takes what follows."""

    def __init__(
        self, desk: Desk, colours: Palette, icon: str, title: str, text: str, *, room: int = 0
    ) -> None:
        """`room`: how much of the empty room is above, for pages with little on them."""
        super().__init__()
        self.desk, self.colours, self.language = desk, colours, desk.language
        inside = Inside()
        inside.setObjectName("page")
        self.stack = QVBoxLayout(inside)
        self.stack.setContentsMargins(EDGE, 34, EDGE, 8)
        self.stack.setSpacing(0)
        self.stack.addStretch(room)
        picture = QLabel()
        ink = "#ffffff" if icon.startswith("tray") else colours.accent
        side = 72 if icon.startswith("tray") else 52
        picture.setPixmap(look_and_feel.icon_pixmap(icon, ink, side, 2.0))
        self.title = Text(self.word(title), 24, colours.text, wraps=True, bold=True)
        self.text = Text(self.word(text), 15, colours.quiet, wraps=True)
        for part, space in ((picture, 14), (self.title, 8), (self.text, 24)):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.stack.addWidget(part)
            self.stack.addSpacing(space)
        self.setWidget(inside)
        named(self, self.word(title), self.word(text))

    def word(self, key: str, **values: object) -> str:
        return shown(key, self.language, **values)


class WelcomePage(FirstPage):
    def __init__(self, desk: Desk, colours: Palette) -> None:
        super().__init__(desk, colours, "tray-ready", "welcome", "welcome_text")
        group = Group(colours)
        for icon, word in (
            ("lock", "welcome_local"),
            ("eye", "welcome_asked"),
            ("privacy", "welcome_hidden"),
        ):
            group.add(self._promise(icon, word))
        self.stack.addWidget(group)
        self.stack.addStretch(1)
        names = (("system", self.word("as_system")), ("ko", "한국어"), ("en", "English"))
        self.languages = Segments(names, desk.keeping.settings.language, colours)
        named(self.languages, self.word("language"))
        self.languages.picked.connect(lambda value: desk.keeping.change(language=value))
        self.stack.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignHCenter)
        self.stack.addSpacing(8)

    def _promise(self, icon: str, word: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(18, 12, 18, 12)
        line.setSpacing(16)
        picture = QLabel()
        picture.setPixmap(look_and_feel.icon_pixmap(icon, self.colours.accent, 24, 2.0))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text(self.word(word), 15, self.colours.text, wraps=True, bold=True))
        words.addWidget(Text(self.word(f"{word}_text"), 13.5, self.colours.quiet, wraps=True))
        line.addWidget(picture)
        line.addLayout(words, 1)
        return row


class TryingPage(FirstPage):
    """The key and what it needs to see and hear, each tried on the spot."""

    def __init__(self, desk: Desk, colours: Palette) -> None:
        super().__init__(desk, colours, "keys", "try_out", "try_out_text", room=1)
        group = Group(colours)
        self.key_row = group.add(KeyRow(desk, colours))
        self.stack.addWidget(group)
        self.stack.addSpacing(16)
        group = Group(colours)
        self.check = Button(self.word("see_screen_test"), colours)
        self.check.setEnabled(desk.look is not None)
        self.check.clicked.connect(self.look)
        self.screen_row = Row(self.word("see_screen"), colours, self.check, self.word("see_screen_note"))
        group.add(self.screen_row)
        self.test = MicrophoneTest(desk, colours)
        self.sound_row = Row(self.word("microphone"), colours, self.test, self.word("microphone_note"))
        self.test.tell = lambda text, alarm: self.sound_row.remark_on(text, colours.alarm if alarm else "")
        group.add(self.sound_row)
        self.camera_row = CameraTry(desk, colours, self.word("camera"))
        group.add(self.camera_row)
        self.stack.addWidget(group)
        self.stack.addStretch(2)

    def look(self) -> None:
        """One frame, thrown away at once."""
        self.check.setEnabled(False)
        off_the_windows(self.desk.look, self._seen, self)

    def _seen(self, result: Frame | Exception) -> None:
        self.check.setEnabled(True)
        if isinstance(result, Exception):
            known = result if isinstance(result, NunchiError) else NunchiError("internal")
            self.screen_row.remark_on(message(known.code, self.language, **known.values), self.colours.alarm)
        else:
            self.screen_row.remark_on(
                self.word("see_screen_good", width=result.width, height=result.height), self.colours.accent
            )


class ModelsPage(FirstPage):
    """What suits this machine, to be fetched now or later. `changed` when there is something else to fetch."""

    changed = Signal()

    def __init__(self, desk: Desk, colours: Palette) -> None:
        super().__init__(desk, colours, "models", "first_models", "first_models_text")
        if not desk.shelf.preferred("vision"):
            self.text.say(self.word("first_models_missing"))
        self.group = Group(colours)
        self.group.hide()
        self.stack.addWidget(self.group)
        self.stack.addSpacing(12)
        self.later = Text(self.word("first_models_later"), 13.5, colours.quiet, wraps=True)
        self.later.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.stack.addWidget(self.later)
        self.stack.addStretch(1)
        self._asked = False
        self.rows: dict[str, OfferRow] = {}
        self._begun = False
        desk.downloads.changed.connect(self._ask)

    @property
    def can_wait(self) -> bool:
        """Is there something to fetch, and nothing on its way yet?"""
        return bool(self.rows) and not self._begun

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        if not self._asked:
            self._ask()

    def _ask(self) -> None:
        self._asked = True
        off_the_windows(self.desk.shelf.offered, self._show, self)

    def _show(self, result: list[Offered] | Exception) -> None:
        offers = [] if isinstance(result, Exception) else result
        fitting = [one for one in offers if not one.hindrance and one.suits.fits is not False][:MOST_OFFERS]
        held = focused(self.rows)
        self.group.clear()
        self.rows = {one.offer.name: OfferRow(one, self.desk, self.colours) for one in fitting}
        for row in self.rows.values():
            self.group.add(row)
        if held in self.rows:
            self.rows[held].take_focus()
        self.group.setVisible(bool(fitting))
        self._begun = self._begun or bool(self.desk.downloads.running)
        self.later.say(self.word("first_models_later" if fitting else "first_models_nothing"))
        self.changed.emit()
