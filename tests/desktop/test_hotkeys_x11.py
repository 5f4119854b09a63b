"""Real grabs on a real X server: keys come from xdotool while another program has the focus."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from assistant.errors import DeviceFailed
from desktop.hotkeys.backend import Bound, Conflict, Reason, open_backend
from desktop.hotkeys.chord import Chord
from desktop.hotkeys.fallback import ListenerHotkeys
from desktop.hotkeys.x11 import X11Hotkeys
from tests.desktop.conftest import Desk, Running, need, until
from tests.desktop.listening import Heard

# A program that takes the focus and prints every key it is given.
TYPIST = """
from Xlib import X, display
d = display.Display()
w = d.screen().root.create_window(100, 100, 300, 200, 0, X.CopyFromParent,
                                  event_mask=X.KeyPressMask | X.FocusChangeMask)
w.set_wm_name("typist")
w.map()
while True:
    e = d.next_event()
    if e.type == X.FocusIn:
        print("focus", flush=True)
    elif e.type == X.KeyPress:
        print("key", e.detail, e.state & 0xff, flush=True)
"""


@pytest.fixture(scope="module")
def typist(desk: Desk) -> Iterator[Running]:
    program = desk.start(sys.executable, "-c", TYPIST)
    assert program.line() == "focus"
    yield program
    program.stop()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def keys(desk: Desk, heard: Heard) -> Iterator[X11Hotkeys]:
    backend = X11Hotkeys(heard, desk.display)
    yield backend
    backend.close()


@pytest.fixture
def korean_layout(desk: Desk) -> Iterator[None]:
    need("setxkbmap")
    desk.run("setxkbmap", "kr")
    yield
    desk.run("setxkbmap", "us")


ASK = Chord.parse("Ctrl+Alt+N")


def test_a_chord_works_while_another_program_has_the_focus(
    desk: Desk, typist: Running, keys: X11Hotkeys, heard: Heard
) -> None:
    """Pressed and released once each; the focused program gets the other keys but not the chord."""
    assert keys.bind("screen", ASK) == Bound("screen", ASK)
    desk.run("xdotool", "key", "ctrl+alt+n")
    assert heard.pressed("screen") <= heard.released("screen")
    desk.run("xdotool", "key", "b")
    seen = []
    while not (line := typist.line()).startswith("key 56"):
        seen.append(line)
    assert not [line for line in seen if line.startswith("key 57")], (
        "the chord's key reached the focused program"
    )
    assert heard.nothing_more


def test_a_held_key_is_pressed_once_and_released_when_it_goes_up(
    desk: Desk, typist: Running, keys: X11Hotkeys, heard: Heard
) -> None:
    """GIVEN fast auto-repeat WHEN the key is held THEN repeats come from X, and one press and one release to us."""
    keys.bind("screen", ASK)
    desk.run("xset", "r", "rate", "60", "50")
    repeats = _Repeats(desk)
    try:
        desk.run("xdotool", "keydown", "ctrl", "keydown", "alt", "keydown", "n")
        down = heard.pressed("screen")
        repeats.wait(10)
        assert heard.nothing_more
        desk.run("xdotool", "keyup", "n", "keyup", "alt", "keyup", "ctrl")
        assert heard.released("screen") - down > 0.15
        assert heard.nothing_more
    finally:
        repeats.close()
        desk.run("xset", "r", "rate", "500", "30")


class _Repeats:
    """Counts the raw presses that the X server makes, through the RECORD extension."""

    def __init__(self, desk: Desk) -> None:
        code = (
            "from Xlib import X, display\nfrom Xlib.ext import record\nfrom Xlib.protocol import rq\n"
            "c, d = display.Display(), display.Display()\n"
            "r = [{'core_requests': (0, 0), 'core_replies': (0, 0), 'ext_requests': (0, 0, 0, 0),"
            " 'ext_replies': (0, 0, 0, 0), 'delivered_events': (0, 0), 'device_events': (X.KeyPress, X.KeyPress),"
            " 'errors': (0, 0), 'client_started': False, 'client_died': False}]\n"
            "x = c.record_create_context(0, [record.AllClients], r)\n"
            "def told(reply):\n"
            "    data = reply.data\n"
            "    if reply.category == record.StartOfData: print('ready', flush=True)\n"
            "    while reply.category == record.FromServer and len(data):\n"
            "        e, data = rq.EventField(None).parse_binary_value(data, d.display, None, None)\n"
            "        print('press', e.detail, flush=True)\n"
            "c.record_enable_context(x, told)\n"
        )
        self.program = desk.start(sys.executable, "-c", code)
        assert self.program.line() == "ready"

    def wait(self, presses: int) -> None:
        seen = 0
        while seen < presses:
            seen += self.program.line(3) == "press 57"

    def close(self) -> None:
        self.program.stop()


@pytest.mark.parametrize("lock", ["Caps_Lock", "Num_Lock"])
def test_locks_do_not_matter(desk: Desk, keys: X11Hotkeys, heard: Heard, lock: str) -> None:
    keys.bind("screen", ASK)
    desk.run("xdotool", "key", lock)
    try:
        desk.run("xdotool", "key", "ctrl+alt+n")
        heard.pressed("screen")
        heard.released("screen")
    finally:
        desk.run("xdotool", "key", lock)


def test_other_modifiers_do_matter(desk: Desk, keys: X11Hotkeys, heard: Heard) -> None:
    keys.bind("screen", ASK)
    keys.bind("window", Chord.parse("Ctrl+Alt+Shift+N"))
    desk.run("xdotool", "key", "ctrl+n", "alt+n", "ctrl+shift+n", "ctrl+alt+shift+n")
    heard.pressed("window")
    heard.released("window")
    assert heard.nothing_more


def test_the_korean_layout_changes_nothing(
    desk: Desk, keys: X11Hotkeys, heard: Heard, korean_layout: None
) -> None:
    keys.bind("screen", ASK)
    desk.run("xdotool", "key", "ctrl+alt+57")  # the place of N, as a key code
    heard.pressed("screen")
    heard.released("screen")


def test_changing_the_layout_while_bound(desk: Desk, keys: X11Hotkeys, heard: Heard) -> None:
    """The chord stays at its place through us → kr → us,kr → us, with no grab lost."""
    need("setxkbmap")
    keys.bind("screen", ASK)
    for layout in ("kr", "us,kr", "us"):
        desk.run("setxkbmap", layout)
        desk.run("xdotool", "key", "ctrl+alt+57")
        heard.pressed("screen")
        heard.released("screen")


def test_a_chord_of_another_program_is_a_conflict(desk: Desk, keys: X11Hotkeys, heard: Heard) -> None:
    """The old chord stays bound, and the new one is free again once the other program lets go."""
    other = X11Hotkeys(Heard(), desk.display)
    taken = Chord.parse("Ctrl+Alt+B")
    try:
        assert other.bind("theirs", taken) == Bound("theirs", taken)
        keys.bind("screen", ASK)
        assert keys.bind("screen", taken) == Conflict("screen", taken, Reason.TAKEN)
        desk.run("xdotool", "key", "ctrl+alt+n")
        heard.pressed("screen")
        heard.released("screen")
    finally:
        other.close()
    assert isinstance(keys.bind("screen", taken), Bound)


def test_our_own_chord_is_a_conflict(keys: X11Hotkeys) -> None:
    keys.bind("screen", ASK)
    assert keys.bind("camera", ASK) == Conflict("camera", ASK, Reason.OURS, held_by="screen")


def test_rebinding_gives_the_old_chord_back(desk: Desk, keys: X11Hotkeys, heard: Heard) -> None:
    new = Chord.parse("Ctrl+Alt+B")
    keys.bind("screen", ASK)
    keys.bind("screen", new)
    desk.run("xdotool", "key", "ctrl+alt+n", "ctrl+alt+b")
    heard.pressed("screen")
    heard.released("screen")
    assert heard.nothing_more
    other = X11Hotkeys(Heard(), desk.display)
    assert isinstance(other.bind("theirs", ASK), Bound)
    other.close()


def test_other_keys_do_not_end_a_hold_but_another_chord_does(
    desk: Desk, keys: X11Hotkeys, heard: Heard
) -> None:
    keys.bind("screen", ASK)
    keys.bind("stop", Chord.parse("Ctrl+Alt+M"))
    desk.run("xdotool", "keydown", "ctrl", "keydown", "alt", "keydown", "n", "key", "b", "keyup", "ctrl")
    try:
        heard.pressed("screen")
        desk.run("xdotool", "keydown", "ctrl", "key", "m")
        heard.released("screen")
        heard.pressed("stop")
        heard.released("stop")
    finally:
        desk.run("xdotool", "keyup", "n", "keyup", "alt", "keyup", "ctrl")
    assert heard.nothing_more


def test_closing_while_held_releases(desk: Desk, heard: Heard) -> None:
    backend = X11Hotkeys(heard, desk.display)
    backend.bind("screen", ASK)
    desk.run("xdotool", "keydown", "ctrl", "keydown", "alt", "keydown", "n")
    try:
        heard.pressed("screen")
        backend.close()
        heard.released("screen")
    finally:
        desk.run("xdotool", "keyup", "n", "keyup", "alt", "keyup", "ctrl")


def test_no_display_is_said(desk: Desk) -> None:
    with pytest.raises(DeviceFailed, match="display_unreachable"):
        X11Hotkeys(Heard(), ":4711")


def test_the_first_back_end_that_works_is_taken(on_desk: Desk, heard: Heard) -> None:
    """On an X session that is X11, ahead of the listener."""
    backend = open_backend(heard)
    assert backend.name == "x11"
    backend.close()


def test_the_listener_works_where_nothing_else_does(on_desk: Desk, heard: Heard, typist: Running) -> None:
    """It is not exclusive and says so; repeats are left out."""
    pytest.importorskip("pynput", reason="pynput is not installed")
    backend = ListenerHotkeys(heard)
    try:
        assert backend.bind("screen", ASK) == Bound("screen", ASK, exclusive=False)
        until(lambda: _hears(on_desk, heard), what="pynput's listener")
        on_desk.run("xdotool", "keydown", "ctrl", "keydown", "alt", "keydown", "n")
        heard.pressed("screen")
        on_desk.run("xdotool", "keyup", "n", "keyup", "alt", "keyup", "ctrl")
        heard.released("screen")
        on_desk.run("xdotool", "key", "ctrl+n")
        assert heard.nothing_more
    finally:
        backend.close()
    assert not backend.running


def _hears(desk: Desk, heard: Heard) -> bool:
    """pynput says it is ready a little before the X server records for it."""
    desk.run("xdotool", "key", "ctrl+alt+n")
    try:
        heard.events.get(timeout=0.2)
    except Exception:
        return False
    heard.released("screen")
    return True
