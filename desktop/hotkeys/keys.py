"""The physical keys that a hot key may use, under the names of a US keyboard, with each system's code for them.

A key is a place on the keyboard: with the Korean layout the character there is a jamo, the place stays. Codes:
`x11` is the X key code (evdev code + 8), `scan` the Windows set-1 scan code (0xE0xx for extended keys), `vk` the
Windows virtual key of the US layout, `mac` the Carbon virtual key code (None where a Mac keyboard lacks the key),
`keysym` the X key symbol's name, which the portal's shortcut syntax uses.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Key:
    """One physical key; see the module for what the codes mean."""

    name: str
    evdev: int
    scan: int
    vk: int
    mac: int | None
    keysym: str
    korean: str = ""
    """what a Korean reader calls it, where that is not `name`"""

    @property
    def x11(self) -> int:
        return self.evdev + 8

    @property
    def shown(self) -> str:
        return self.korean or self.name


_LETTERS_EVDEV = {
    "Q": 16, "W": 17, "E": 18, "R": 19, "T": 20, "Y": 21, "U": 22, "I": 23, "O": 24, "P": 25,
    "A": 30, "S": 31, "D": 32, "F": 33, "G": 34, "H": 35, "J": 36, "K": 37, "L": 38,
    "Z": 44, "X": 45, "C": 46, "V": 47, "B": 48, "N": 49, "M": 50,
}  # fmt: skip
_LETTERS_MAC = {
    "A": 0, "S": 1, "D": 2, "F": 3, "H": 4, "G": 5, "Z": 6, "X": 7, "C": 8, "V": 9, "B": 11, "Q": 12, "W": 13,
    "E": 14, "R": 15, "Y": 16, "T": 17, "O": 31, "U": 32, "I": 34, "P": 35, "L": 37, "J": 38, "K": 40, "N": 45,
    "M": 46,
}  # fmt: skip
_DIGITS_MAC = {"1": 18, "2": 19, "3": 20, "4": 21, "6": 22, "5": 23, "9": 25, "7": 26, "8": 28, "0": 29}
_F_MAC = {
    1: 122, 2: 120, 3: 99, 4: 118, 5: 96, 6: 97, 7: 98, 8: 100, 9: 101, 10: 109, 11: 103, 12: 111,
    13: 105, 14: 107, 15: 113, 16: 106, 17: 64, 18: 79, 19: 80, 20: 90,
}  # fmt: skip
_NAMED = (
    Key("Space", 57, 0x39, 0x20, 49, "space", "스페이스바"),
    Key("Tab", 15, 0x0F, 0x09, 48, "Tab", "탭"),
    Key("Enter", 28, 0x1C, 0x0D, 36, "Return", "엔터"),
    Key("Esc", 1, 0x01, 0x1B, 53, "Escape"),
    Key("Backspace", 14, 0x0E, 0x08, 51, "BackSpace", "백스페이스"),
    Key("Insert", 110, 0xE052, 0x2D, 114, "Insert"),
    Key("Delete", 111, 0xE053, 0x2E, 117, "Delete"),
    Key("Home", 102, 0xE047, 0x24, 115, "Home"),
    Key("End", 107, 0xE04F, 0x23, 119, "End"),
    Key("PageUp", 104, 0xE049, 0x21, 116, "Page_Up", "Page Up"),
    Key("PageDown", 109, 0xE051, 0x22, 121, "Page_Down", "Page Down"),
    Key("Left", 105, 0xE04B, 0x25, 123, "Left", "왼쪽 화살표"),
    Key("Right", 106, 0xE04D, 0x27, 124, "Right", "오른쪽 화살표"),
    Key("Up", 103, 0xE048, 0x26, 126, "Up", "위쪽 화살표"),
    Key("Down", 108, 0xE050, 0x28, 125, "Down", "아래쪽 화살표"),
    Key("PrintScreen", 99, 0xE037, 0x2C, None, "Print", "Print Screen"),
    Key("ScrollLock", 70, 0x46, 0x91, None, "Scroll_Lock", "Scroll Lock"),
    Key("Pause", 119, 0xE11D, 0x13, None, "Pause"),
    Key("Menu", 127, 0xE05D, 0x5D, None, "Menu", "메뉴 키"),
    Key("Hangul", 122, 0x72, 0x15, None, "Hangul", "한/영"),
    Key("Hanja", 123, 0x71, 0x19, None, "Hangul_Hanja", "한자"),
    Key("Backquote", 41, 0x29, 0xC0, 50, "grave", "`"),
    Key("Minus", 12, 0x0C, 0xBD, 27, "minus", "-"),
    Key("Equal", 13, 0x0D, 0xBB, 24, "equal", "="),
    Key("LeftBracket", 26, 0x1A, 0xDB, 33, "bracketleft", "["),
    Key("RightBracket", 27, 0x1B, 0xDD, 30, "bracketright", "]"),
    Key("Backslash", 43, 0x2B, 0xDC, 42, "backslash", "\\"),
    Key("Semicolon", 39, 0x27, 0xBA, 41, "semicolon", ";"),
    Key("Quote", 40, 0x28, 0xDE, 39, "apostrophe", "'"),
    Key("Comma", 51, 0x33, 0xBC, 43, "comma", ","),
    Key("Period", 52, 0x34, 0xBE, 47, "period", "."),
    Key("Slash", 53, 0x35, 0xBF, 44, "slash", "/"),
)
_ALIASES = {
    "ESCAPE": "Esc", "RETURN": "Enter", "DEL": "Delete", "INS": "Insert", "PGUP": "PageUp", "PGDN": "PageDown",
    "PRTSC": "PrintScreen", "PRINT": "PrintScreen", "BREAK": "Pause", "SPACEBAR": "Space", "GRAVE": "Backquote",
}  # fmt: skip


def _function_key(number: int) -> Key:
    evdev = 58 + number if number <= 10 else 76 + number if number <= 12 else 170 + number
    scan = 0x3A + number if number <= 10 else 0x4C + number if number <= 12 else 0x57 + number
    if number == 24:
        scan = 0x76
    return Key(f"F{number}", evdev, scan, 0x6F + number, _F_MAC.get(number), f"F{number}")


@cache
def all_keys() -> tuple[Key, ...]:
    """Every key that may be bound."""
    letters = [Key(c, code, code, ord(c), _LETTERS_MAC[c], c.lower()) for c, code in _LETTERS_EVDEV.items()]
    digits = [Key(d, n, n, ord(d), _DIGITS_MAC[d], d) for n, d in enumerate("1234567890", 2)]
    return (*letters, *digits, *(_function_key(n) for n in range(1, 25)), *_NAMED)


@cache
def _by_name() -> dict[str, Key]:
    names = {key.name.upper(): key for key in all_keys()}
    spoken = {key.korean.replace(" ", "").upper(): key for key in all_keys() if key.korean}
    return {**{alias: names[name.upper()] for alias, name in _ALIASES.items()}, **spoken, **names}


def named(name: str) -> Key | None:
    """The key called `name`: our name, a usual other name or the Korean one; case and blanks do not matter."""
    return _by_name().get(name.replace(" ", "").upper())


def pressed(system: str, code: int) -> Key | None:
    """The key behind a native code that a window got: X key code, Windows scan code or Mac virtual key code.

    `system` is x11, windows or mac. For the settings page, where a chord is chosen by pressing it.
    """
    column = {"x11": "x11", "windows": "scan", "mac": "mac"}[system]
    return next((key for key in all_keys() if getattr(key, column) == code), None)
