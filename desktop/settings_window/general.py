"""The page «일반»: language, looks, where answers show, starting at login."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import NunchiError
from assistant.messages import message
from desktop.controls.buttons import Button, Choice, Segments, Switch
from desktop.controls.pages import Page, Row
from desktop.settings import PLACES, TEXT_SIZES, THEMES
from desktop.start_at_login.item import our_command
from desktop.words import shown

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.look_and_feel import Palette


def page(desk: Desk, colours: Palette) -> Page:
    settings, keeping, language = desk.keeping.settings, desk.keeping, desk.language

    def word(key: str) -> str:
        return shown(key, language)

    made = Page(word("section_general"), colours)
    looks = made.add_group()
    names = (("system", word("as_system")), ("ko", "한국어"), ("en", "English"))
    spoken = Segments(names, settings.language, colours)
    spoken.picked.connect(lambda value: keeping.change(language=value))
    looks.add(Row(word("language"), colours, spoken))
    themes = [(theme, word("as_system" if theme == "system" else f"theme_{theme}")) for theme in THEMES]
    theme = Segments(themes, settings.theme, colours)
    theme.picked.connect(lambda value: keeping.change(theme=value))
    looks.add(Row(word("theme"), colours, theme))
    size = Choice([(one, word(f"text_{one}")) for one in TEXT_SIZES], settings.text_size, colours)
    size.picked.connect(lambda value: keeping.change(text_size=value))
    looks.add(Row(word("text_size"), colours, size))

    answers = made.add_group(word("answers"))
    places = [(place, word(f"place_{place}")) for place in PLACES]
    place = Choice(places, settings.answer_place, colours, width=236)
    place.picked.connect(lambda value: keeping.change(answer_place=value))
    answers.add(Row(word("answer_place"), colours, place, word("answer_place_note")))

    if desk.updates is not None and desk.updates.available:
        from desktop.settings_window.updates import NewVersions

        host = desk.updates.host
        NewVersions(
            made.add_group(word("updates"), shown("updates_foot", language, host=host)), desk, colours
        )
    start = made.add_group(word("starting"))
    start.add(_login_row(desk, colours))
    again = Button(word("first_run_again"), colours)
    again.clicked.connect(lambda: desk.show("first_run"))
    start.add(Row(word("first_run_row"), colours, again, word("first_run_row_note")))
    return made


def _login_row(desk: Desk, colours: Palette) -> Row:
    """The system's own list of programs that start is the truth."""
    switch = Switch(colours)
    row = Row(
        shown("start_at_login", desk.language), colours, switch, shown("start_at_login_note", desk.language)
    )

    def told(error: NunchiError) -> None:
        row.remark_on(message(error.code, desk.language, **error.values), colours.alarm)

    try:
        switch.setChecked(desk.login().command() is not None)
    except NunchiError as error:
        switch.setEnabled(False)
        told(error)

    def change(on: bool) -> None:
        try:
            if on:
                desk.login().turn_on(our_command())
            else:
                desk.login().turn_off()
        except NunchiError as error:
            told(error)
            switch.blockSignals(True)
            switch.setChecked(not on)
            switch.blockSignals(False)

    switch.toggled.connect(change)
    return row
