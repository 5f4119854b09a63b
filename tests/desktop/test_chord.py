"""Chords as they are written, shown and pressed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import BadInput
from desktop.hotkeys.chord import Chord, Modifier
from desktop.hotkeys.keys import all_keys, named

PLAIN = [modifier for modifier in Modifier if modifier is not Modifier.NONE]


@settings(deadline=None)
@given(st.sets(st.sampled_from(PLAIN)), st.sampled_from(all_keys()))
def test_what_is_written_is_read_back(modifiers: set[Modifier], key: object) -> None:
    """Every chord that may be bound survives writing and reading; the others are refused with a code."""
    whole = Modifier.NONE
    for one in modifiers:
        whole |= one
    chord = Chord(whole, key)
    try:
        assert Chord.parse(str(chord)) == chord
    except BadInput as error:
        assert error.code == "hotkey_needs_modifier"
        assert whole in (Modifier.NONE, Modifier.SHIFT)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("ctrl+alt+n", "Ctrl+Alt+N"),
        ("Alt + Control + n", "Ctrl+Alt+N"),
        ("컨트롤+알트+스페이스바", "Ctrl+Alt+Space"),
        ("⌘+⇧+space", "Shift+Meta+Space"),
        ("Win+prtsc", "Meta+PrintScreen"),
        ("F9", "F9"),
        ("Ctrl+한/영", "Ctrl+Hangul"),
        ("Ctrl+page up", "Ctrl+PageUp"),
    ],
)
def test_many_ways_of_writing(text: str, written: str) -> None:
    assert str(Chord.parse(text)) == written


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "hotkey_unknown"), ("Ctrl+", "hotkey_unknown"), ("Ctrl+ㅜ", "hotkey_unknown"),
        ("Hyper+N", "hotkey_unknown"), ("N", "hotkey_needs_modifier"), ("Shift+N", "hotkey_needs_modifier"),
        ("Space", "hotkey_needs_modifier"),
    ],
)  # fmt: skip
def test_what_cannot_be_bound(text: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        Chord.parse(text)
    assert caught.value.code == code


def test_korean_names() -> None:
    chord = Chord.parse("Ctrl+Alt+Space")
    assert chord.korean() == "Ctrl+Alt+스페이스바"
    assert chord.korean("mac") == "⌃⌥스페이스바"
    assert Chord.parse("Meta+PageUp").korean("windows") == "Windows 키+Page Up"


@pytest.mark.parametrize(("system", "code"), [("x11", 57), ("windows", 0x31), ("mac", 45)])
def test_pressing_the_key_n_on_any_system(system: str, code: int) -> None:
    """The place of N, whatever the layout makes of it."""
    assert Chord.pressed(Modifier.CTRL | Modifier.ALT, system, code) == Chord.parse("Ctrl+Alt+N")


def test_a_modifier_alone_is_no_chord() -> None:
    assert Chord.pressed(Modifier.CTRL, "x11", 37) is None


@pytest.mark.parametrize("column", ["name", "evdev", "scan", "vk", "mac", "keysym"])
def test_no_two_keys_share_a_code(column: str) -> None:
    codes = [getattr(key, column) for key in all_keys() if getattr(key, column) is not None]
    assert len(codes) == len(set(codes))


def test_well_known_uses_are_told() -> None:
    assert Chord.parse("ctrl+space").already_means == "hotkey_used_by_completion"
    assert Chord.parse("Ctrl+Alt+N").already_means is None


def test_every_korean_name_is_read_back() -> None:
    assert all(named(key.shown) is key for key in all_keys())
