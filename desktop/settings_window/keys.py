"""The page «단축키»: each action's keys, bound anew by pressing them; what stands in the way is said at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.controls.buttons import Button
from desktop.controls.key_field import KeyField
from desktop.controls.pages import Page, Row
from desktop.hotkeys.backend import Bound, Conflict, Reason
from desktop.hotkeys.chord import Chord
from desktop.settings import KEYS
from desktop.words import shown

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.look_and_feel import Palette


def page(desk: Desk, colours: Palette) -> Page:
    return KeysPage(desk, colours)


class KeysPage(Page):
    def __init__(self, desk: Desk, colours: Palette) -> None:
        self._desk, self._language = desk, desk.language
        super().__init__(self._word("section_keys"), colours, self._word("keys_introduction"))
        self.fields: dict[str, KeyField] = {}
        self._rows: dict[str, Row] = {}
        group = self.add_group(foot=self._foot())
        for action in KEYS:
            group.add(self._row(action))
        self.reset = Button(self._word("keys_reset"), colours)
        self.reset.clicked.connect(self.reset_all)
        self.add(self.reset)
        self._show_all()
        desk.keys.changed.connect(self._show_all)

    def change(self, action: str, chord: Chord | None) -> None:
        """Bind `action` to `chord`, or to nothing; keeps the earlier one where that is refused."""
        self._bind({action: chord})

    def reset_all(self) -> None:
        """The keys as they come."""
        self._bind({action: Chord.parse(keys) for action, keys in KEYS.items()})

    def _bind(self, wanted: dict[str, Chord | None]) -> None:
        settings = self._desk.keeping.settings
        after = {**settings.keys, **{action: str(chord) if chord else "" for action, chord in wanted.items()}}
        for action, chord in wanted.items():
            holder = next(
                (one for one, keys in after.items() if chord and keys == str(chord) and one != action), None
            )
            if holder is not None:
                self._tell(action, self._conflict(Conflict(action, chord, Reason.OURS, holder)), alarm=True)
                return
        for action, chord in wanted.items():
            if chord is None:
                self._desk.keys.release_key(action)
                self._tell(action, "")
        chords = {action: chord for action, chord in wanted.items() if chord is not None}
        if self._desk.keys.backend is None or not chords:
            self._desk.keeping.change(keys=after)
            self._show_all()
            return
        self._desk.keys.rebind(chords, lambda told: self._bound(wanted, told))

    def _bound(self, wanted: dict[str, Chord | None], told: dict[str, Bound | Conflict]) -> None:
        keys = dict(self._desk.keeping.settings.keys)
        for action, chord in wanted.items():
            result = told.get(action)
            if isinstance(result, Bound):
                keys[action] = str(result.chord)
                self._tell(action, self._remark(result))
            elif chord is not None:
                refused = result or Conflict(action, chord, Reason.REFUSED)
                self._tell(action, self._conflict(refused), alarm=True)
            else:
                keys[action] = ""
        self._desk.keeping.change(keys=keys)
        self._show_all(remarks=False)

    def _row(self, action: str) -> Row:
        field = self.fields[action] = KeyField(
            self._word(f"menu_{action}"), None, self.colours, self._language
        )
        row = self._rows[action] = Row(self._word(f"menu_{action}"), self.colours, field)
        field.wanted.connect(lambda chord: self.change(action, chord))
        field.refused.connect(lambda code: self._tell(action, self._word(code), alarm=True))
        field.waiting.connect(lambda on: self._waits(field if on else None))
        return row

    def _waits(self, field: KeyField | None) -> None:
        """While a field waits, a press of our own keys is meant for it."""
        if field is None:
            self._desk.keys.borrow(None)
            return

        def hear(action: str) -> None:
            bound = self._desk.keys.results.get(action)
            if bound is not None:
                field.take(bound.chord)

        self._desk.keys.borrow(hear)

    def _show_all(self, remarks: bool = True) -> None:
        settings, results = self._desk.keeping.settings, self._desk.keys.results
        for action, field in self.fields.items():
            keys = settings.keys.get(action, "")
            field.show_chord(Chord.parse(keys) if keys else None)
            result = results.get(action)
            if remarks and isinstance(result, Conflict):
                self._tell(action, self._conflict(result), alarm=True)
            elif remarks and isinstance(result, Bound) and result.trigger:
                self._tell(action, shown("key_given", self._language, keys=result.trigger))
        self.reset.setEnabled(any(settings.keys.get(action) != keys for action, keys in KEYS.items()))

    def _remark(self, bound: Bound) -> str:
        """What else the chord means elsewhere, or which keys the desktop gave instead."""
        if bound.trigger:
            return shown("key_given", self._language, keys=bound.trigger)
        return self._word(bound.chord.already_means) if bound.chord.already_means else ""

    def _conflict(self, conflict: Conflict) -> str:
        name = self._word(f"menu_{conflict.held_by}") if conflict.held_by else ""
        return shown(
            f"key_conflict_{conflict.reason.name.lower()}",
            self._language,
            keys=conflict.chord.korean(),
            name=name,
        )

    def _tell(self, action: str, text: str, alarm: bool = False) -> None:
        self._rows[action].remark_on(text, self.colours.alarm if alarm else "")

    def _foot(self) -> str:
        if self._desk.keys.failure is not None:
            return self._word("keys_foot_none")
        portal = self._desk.keys.backend is not None and self._desk.keys.backend.name == "portal"
        return self._word("keys_foot_portal" if portal else "keys_foot")

    def _word(self, key: str) -> str:
        return shown(key, self._language)
