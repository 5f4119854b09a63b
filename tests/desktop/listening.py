"""A listener that keeps what a hot-key back end told it, and can be waited on."""

from __future__ import annotations

import queue

import pytest

from desktop.hotkeys.backend import HotkeyEvent, HotkeyPressed, HotkeyReleased


class Heard:
    """Pass it as `on_event`."""

    def __init__(self) -> None:
        self.events: queue.SimpleQueue[HotkeyEvent] = queue.SimpleQueue()

    def __call__(self, event: HotkeyEvent) -> None:
        self.events.put(event)

    def next(self, seconds: float = 3.0) -> HotkeyEvent:
        try:
            return self.events.get(timeout=seconds)
        except queue.Empty:
            pytest.fail(f"no hot key event in {seconds} s")

    def pressed(self, action: str) -> float:
        event = self.next()
        assert isinstance(event, HotkeyPressed) and event.action == action, event
        return event.at

    def released(self, action: str) -> float:
        event = self.next()
        assert isinstance(event, HotkeyReleased) and event.action == action, event
        return event.at

    @property
    def nothing_more(self) -> bool:
        return self.events.empty()
