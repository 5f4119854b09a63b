"""Carbon hot keys through a recorded framework: what is registered, and what its callback makes of events."""

from __future__ import annotations

import ctypes
from typing import Any

import pytest

from assistant.errors import DeviceFailed
from desktop.hotkeys import mac
from desktop.hotkeys.backend import Bound, Conflict, Reason
from desktop.hotkeys.chord import Chord
from desktop.hotkeys.mac import MacHotkeys
from tests.desktop.listening import Heard

ASK = Chord.parse("Ctrl+Alt+N")
CONTROL_OPTION = 0x1000 | 0x0800


class Carbon:
    """Keeps what was registered; `send` calls the installed handler as the system would."""

    TARGET = 99

    def __init__(self) -> None:
        self.hot_keys: dict[int, tuple[int, int, int]] = {}
        self.taken: set[tuple[int, int]] = set()
        self.handler: Any = None
        self.event: tuple[int, int, int] = (0, 0, 0)

    def GetApplicationEventTarget(self) -> int:
        return self.TARGET

    def InstallEventHandler(
        self, target: int, handler: Any, count: int, kinds: Any, _data: None, out: Any
    ) -> int:
        assert target == self.TARGET
        told = [(one.event_class, one.event_kind) for one in kinds[:count]]
        assert told == [(int.from_bytes(b"keyb", "big"), 5), (int.from_bytes(b"keyb", "big"), 6)]
        self.handler = handler
        out._obj.value = 1
        return 0

    def RemoveEventHandler(self, _handler: Any) -> int:
        self.handler = None
        return 0

    def RegisterEventHotKey(
        self, key: int, bits: int, which: Any, _target: int, options: int, out: Any
    ) -> int:
        assert options == mac.EXCLUSIVE
        if (key, bits) in self.taken:
            return mac.ALREADY_EXISTS
        out._obj.value = 1000 + which.id
        self.hot_keys[1000 + which.id] = (key, bits, which.id)
        return 0

    def UnregisterEventHotKey(self, reference: Any) -> int:
        del self.hot_keys[reference.value]
        return 0

    def GetEventParameter(
        self, _event: int, name: int, kind: int, _a: None, size: int, _b: None, out: Any
    ) -> int:
        assert (name, kind, size) == (
            mac.DIRECT_OBJECT,
            mac.HOT_KEY_ID_TYPE,
            ctypes.sizeof(mac.EventHotKeyID),
        )
        out._obj.signature, out._obj.id = self.event[1], self.event[2]
        return 0

    def GetEventKind(self, _event: int) -> int:
        return self.event[0]

    def send(self, kind: int, number: int, signature: int = mac.SIGNATURE) -> None:
        self.event = (kind, signature, number)
        assert self.handler(None, 5, None) == 0


@pytest.fixture
def carbon() -> Carbon:
    return Carbon()


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def keys(carbon: Carbon, heard: Heard) -> MacHotkeys:
    return MacHotkeys(heard, carbon)


def test_a_hold_is_one_press_and_one_release(carbon: Carbon, keys: MacHotkeys, heard: Heard) -> None:
    """A repeat and a foreign program's event change nothing."""
    assert keys.bind("screen", ASK) == Bound("screen", ASK)
    assert list(carbon.hot_keys.values()) == [(45, CONTROL_OPTION, 1)]
    carbon.send(mac.KEY_PRESSED, 1)
    carbon.send(mac.KEY_PRESSED, 1)
    carbon.send(mac.KEY_RELEASED, 1, signature=1)
    heard.pressed("screen")
    assert heard.nothing_more
    carbon.send(mac.KEY_RELEASED, 1)
    heard.released("screen")


def test_a_taken_chord_is_a_conflict_and_the_old_one_stays(carbon: Carbon, keys: MacHotkeys) -> None:
    keys.bind("screen", ASK)
    taken = Chord.parse("Ctrl+Alt+B")
    carbon.taken.add((11, CONTROL_OPTION))
    assert keys.bind("screen", taken) == Conflict("screen", taken, Reason.TAKEN)
    assert [its[0] for its in carbon.hot_keys.values()] == [45]


def test_a_key_that_macs_lack(keys: MacHotkeys) -> None:
    chord = Chord.parse("Ctrl+PrintScreen")
    assert keys.bind("screen", chord) == Conflict("screen", chord, Reason.NO_SUCH_KEY)


def test_closing_while_held_releases_and_leaves_nothing(
    carbon: Carbon, keys: MacHotkeys, heard: Heard
) -> None:
    keys.bind("screen", ASK)
    carbon.send(mac.KEY_PRESSED, 1)
    keys.close()
    heard.pressed("screen")
    heard.released("screen")
    assert carbon.hot_keys == {}
    assert carbon.handler is None


def test_an_error_in_the_listener_does_not_reach_carbon(carbon: Carbon) -> None:
    def broken(_event: object) -> None:
        raise RuntimeError("listener")

    keys = MacHotkeys(broken, carbon)
    keys.bind("screen", ASK)
    carbon.send(mac.KEY_PRESSED, 1)  # asserts that the handler answers 0


def test_there_is_no_mac_here() -> None:
    if mac.sys.platform == "darwin":
        pytest.skip("this is a Mac")
    with pytest.raises(DeviceFailed, match="hotkeys_unavailable"):
        MacHotkeys(Heard())
