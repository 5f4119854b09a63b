"""A chord: modifiers and one physical key. A value with a written form («Ctrl+Alt+N») and a Korean one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Flag, auto

from assistant.errors import BadInput
from desktop.hotkeys.keys import Key, named, pressed


class Modifier(Flag):
    """`META` is the Windows key, Command on a Mac, Super on Linux."""

    NONE = 0
    CTRL = auto()
    ALT = auto()
    SHIFT = auto()
    META = auto()


_WRITTEN = (
    (Modifier.CTRL, "Ctrl"),
    (Modifier.ALT, "Alt"),
    (Modifier.SHIFT, "Shift"),
    (Modifier.META, "Meta"),
)
_READ = {
    "CTRL": Modifier.CTRL, "CONTROL": Modifier.CTRL, "CTL": Modifier.CTRL, "컨트롤": Modifier.CTRL, "⌃": Modifier.CTRL,
    "ALT": Modifier.ALT, "OPTION": Modifier.ALT, "OPT": Modifier.ALT, "알트": Modifier.ALT, "⌥": Modifier.ALT,
    "SHIFT": Modifier.SHIFT, "시프트": Modifier.SHIFT, "⇧": Modifier.SHIFT,
    "META": Modifier.META, "WIN": Modifier.META, "WINDOWS": Modifier.META, "SUPER": Modifier.META,
    "CMD": Modifier.META, "COMMAND": Modifier.META, "윈도우": Modifier.META, "⌘": Modifier.META,
}  # fmt: skip
_NAMES = {
    "windows": {Modifier.META: "Windows 키"},
    "mac": {Modifier.CTRL: "⌃", Modifier.ALT: "⌥", Modifier.SHIFT: "⇧", Modifier.META: "⌘"},
    "x11": {Modifier.META: "Super"},
}
# A chord that would take something people use all day from every program. The value is a message code.
_ALREADY_MEANS = {
    "Ctrl+Space": "hotkey_used_by_completion",
    "Ctrl+Shift+Space": "hotkey_used_by_completion",
    "Ctrl+Hangul": "hotkey_used_by_hangul",
    "Alt+Space": "hotkey_used_by_window_menu",
    "Alt+Tab": "hotkey_used_by_window_switch",
    "Alt+F4": "hotkey_used_by_close",
    "Ctrl+C": "hotkey_used_by_copy", "Ctrl+V": "hotkey_used_by_paste", "Ctrl+X": "hotkey_used_by_cut",
    "Ctrl+Z": "hotkey_used_by_undo", "Ctrl+S": "hotkey_used_by_save", "Ctrl+A": "hotkey_used_by_select_all",
    "Ctrl+Alt+Delete": "hotkey_used_by_system", "Meta+L": "hotkey_used_by_system", "Meta+Space": "hotkey_used_by_system",
}  # fmt: skip
_ALONE = re.compile(r"F\d{1,2}|PrintScreen|ScrollLock|Pause|Hanja")


@dataclass(frozen=True)
class Chord:
    """Bound by place, not by character, so a Korean layout changes nothing."""

    modifiers: Modifier
    key: Key

    def __str__(self) -> str:
        names = [name for modifier, name in _WRITTEN if modifier in self.modifiers]
        return "+".join([*names, self.key.name])

    @classmethod
    def parse(cls, text: str) -> Chord:
        """«Ctrl+Alt+N», also «컨트롤 + 알트 + n» and «⌘ + ⇧ + Space». Errors: `BadInput`.

        Codes: `hotkey_unknown` (no such key or modifier), `hotkey_needs_modifier` (a bare letter, or only Shift).
        """
        parts = [part.strip() for part in text.strip().split("+")]
        modifiers = Modifier.NONE
        for part in parts[:-1]:
            if part.upper() not in _READ:
                raise BadInput("hotkey_unknown", text=text, part=part)
            modifiers |= _READ[part.upper()]
        key = named(parts[-1]) if parts[-1] else None
        if key is None:
            raise BadInput("hotkey_unknown", text=text, part=parts[-1])
        return cls(modifiers, key)._checked()

    @classmethod
    def pressed(cls, modifiers: Modifier, system: str, code: int) -> Chord | None:
        """What was pressed in a window, or None for a key that cannot be bound (a modifier itself, a media key).

        `code`: X key code (`x11`), scan code (`windows`) or virtual key code (`mac`). Errors as in `parse`.
        """
        key = pressed(system, code)
        return cls(modifiers, key)._checked() if key else None

    def _checked(self) -> Chord:
        if self.modifiers in (Modifier.NONE, Modifier.SHIFT) and not _ALONE.fullmatch(self.key.name):
            raise BadInput("hotkey_needs_modifier", text=str(self))
        return self

    def korean(self, system: str = "x11") -> str:
        """How it is shown to a Korean reader: «Ctrl+Alt+스페이스바»; on a Mac «⌃⌥스페이스바»."""
        own = _NAMES.get(system, {})
        names = [own.get(modifier, name) for modifier, name in _WRITTEN if modifier in self.modifiers]
        return ("" if system == "mac" else "+").join([*names, self.key.shown])

    @property
    def already_means(self) -> str | None:
        """A message code when the chord has a well-known meaning in other programs, else None."""
        return _ALREADY_MEANS.get(str(self))
