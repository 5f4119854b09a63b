"""The key of the screen question: while this row is seen a press is only greeted; it can be changed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.controls.key_field import KeyField
from desktop.controls.pages import Row
from desktop.hotkeys.backend import Bound, Conflict
from desktop.hotkeys.chord import Chord
from desktop.words import shown

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.look_and_feel import Palette


class KeyRow(Row):
    """Says below its name what to do, what came of it, or what is in the way."""

    def __init__(self, desk: Desk, colours: Palette) -> None:
        self._desk, self._language = desk, desk.language
        self.field = KeyField(self._word("menu_screen"), None, colours, self._language)
        super().__init__(self._word("menu_screen"), colours, self.field)
        self.tried = False
        self._trouble = ""
        """why the last wish could not be had; until the next one, or until the key is pressed"""
        self.field.wanted.connect(self._wanted)
        self.field.refused.connect(lambda code: self._complain(self._word(code)))
        desk.keys.changed.connect(self._show)
        self._show()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)
        self._desk.keys.borrow(self._pressed)

    def hideEvent(self, event: object) -> None:
        self._desk.keys.borrow(None)
        super().hideEvent(event)

    def _pressed(self, action: str) -> None:
        bound = self._desk.keys.results.get(action)
        if self.field.is_waiting and bound is not None:
            self.field.take(bound.chord)
        elif action == "screen":
            self.tried, self._trouble = True, ""
            self._show()

    def _show(self) -> None:
        keys, text = self._desk.keys, self._desk.keeping.settings.keys.get("screen", "")
        self.field.show_chord(Chord.parse(text) if text else None)
        result = keys.results.get("screen")
        if keys.failure is not None:
            self.remark_on(self._word("try_key_none"))
        elif self._trouble:
            self.remark_on(self._trouble, self._colours.alarm)
        elif isinstance(result, Conflict):
            self.remark_on(self._conflict(result), self._colours.alarm)
        elif self.tried:
            self.remark_on(self._word("try_key_done"), self._colours.accent)
        else:
            self.remark_on(self._word("try_key_wait" if text else "try_key_unset"))

    def _wanted(self, chord: Chord | None) -> None:
        if chord is None:
            return
        held = self._desk.keeping.settings.keys
        holder = next((one for one, keys in held.items() if keys == str(chord) and one != "screen"), None)
        if holder is not None:
            name = self._word(f"menu_{holder}")
            self._complain(self._word("key_conflict_ours", keys=chord.korean(), name=name))
            return
        self._desk.keys.rebind({"screen": chord}, lambda told: self._bound(chord, told.get("screen")))

    def _bound(self, chord: Chord, result: Bound | Conflict | None) -> None:
        if isinstance(result, Bound):
            self._desk.keeping.change(keys={**self._desk.keeping.settings.keys, "screen": str(chord)})
            self.tried, self._trouble = False, ""
            self._show()
        elif isinstance(result, Conflict):
            self._complain(self._conflict(result))

    def _complain(self, words: str) -> None:
        self._trouble = words
        self._show()

    def _conflict(self, result: Conflict) -> str:
        word = f"key_conflict_{result.reason.name.lower()}"
        return self._word(word, keys=result.chord.korean(), name="")

    def _word(self, key: str, **values: object) -> str:
        return shown(key, self._language, **values)
