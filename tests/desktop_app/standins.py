"""A screen, a voice and keys that do what a test says."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

import numpy as np

from assistant.frames import Box, Frame, Speech
from assistant.ports import Cancel
from desktop.capture.values import ScreenFrame
from desktop.hotkeys.backend import Bound, Conflict, HotkeyEvent, HotkeyPressed, HotkeyReleased, Reason
from desktop.hotkeys.chord import Chord
from tests.fakes import PATIENCE, a_speech

PLACE = Box(0, 0, 640, 480)


def a_screen_frame(place: Box = PLACE, source: str = "screen") -> ScreenFrame:
    return ScreenFrame(np.full((place.height, place.width, 3), 180, np.uint8), source=source, place=place)


class StandInScreen:
    """Gives frames at once, or waits while `gate` is closed; `fails` is raised instead."""

    def __init__(self, frame: Frame | None = None) -> None:
        self.frame = frame or a_screen_frame()
        self.received: list[str] = []
        self.fails: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()

    def freeze(self, what: str = "screen") -> Frame:
        self.received.append(what)
        assert self.gate.wait(PATIENCE), "nobody opened the gate"
        if self.fails is not None:
            raise self.fails
        return self.frame


class StandInVoice:
    """Speaks until it is released or cancelled; with `talks_alone` silence ends it, unless the key is held."""

    def __init__(self, *, talks_alone: bool = False) -> None:
        self.talks_alone = talks_alone
        self.recordings = self.presses = 0
        self.held: list[bool] = []
        """for each press, whether the key was down"""
        self.tapped = 0
        self.is_open = False
        self.opened = threading.Event()
        self._hold = False
        self._released = threading.Event()

    def press(self, hold: bool = False) -> int:
        self.presses += 1
        self.held.append(hold)
        self._hold, self.is_open = hold, True
        self._released.clear()
        self.opened.set()
        return self.presses

    def record(self, cancel: Cancel | None = None) -> Speech:
        from assistant.cancelling import check

        self.recordings += 1
        press = self.presses
        try:
            end = time.monotonic() + PATIENCE
            while not (self.talks_alone and not self._hold) and not self._released.wait(0.01):
                check(cancel)
                assert time.monotonic() < end
            return a_speech()
        finally:
            self.rest(press)

    def tap(self) -> None:
        self.tapped += 1
        self._hold = False

    def release(self) -> None:
        self._released.set()

    def rest(self, press: int) -> None:
        if press == self.presses:
            self.is_open = False


class StandInKeys:
    """A hot-key back end whose keys are pressed by `press`; `taken` chords belong to another program."""

    name = "x11"

    def __init__(self, on_event: Callable[[HotkeyEvent], None]) -> None:
        self._on_event = on_event
        self.bound: dict[str, Chord] = {}
        self.taken: set[str] = set()
        self.closed = False

    def bind(self, action: str, chord: Chord) -> Bound | Conflict:
        if str(chord) in self.taken:
            return Conflict(action, chord, Reason.TAKEN)
        self.bound[action] = chord
        return Bound(action, chord)

    def bind_all(self, chords: Mapping[str, Chord]) -> dict[str, Bound | Conflict]:
        return {action: self.bind(action, chord) for action, chord in chords.items()}

    def unbind(self, action: str) -> None:
        self.bound.pop(action, None)

    def close(self) -> None:
        self.closed = True

    def press(self, keys: str, held: float = 0.05) -> None:
        """The chord as written, down and up, by somebody else than the thread of the windows."""

        def type_it() -> None:
            action = next(name for name, chord in self.bound.items() if str(chord) == keys)
            now = time.monotonic()
            self._on_event(HotkeyPressed(action, now))
            self._on_event(HotkeyReleased(action, now + held))

        typist = threading.Thread(target=type_it)
        typist.start()
        typist.join()
