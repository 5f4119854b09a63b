"""Stopping a run: a cancel flag that also follows its parent, and waits that never last forever."""

from __future__ import annotations

import time
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from threading import Event
from typing import TypeVar

from assistant.errors import Stopped

TICK = 0.02
"""seconds between two looks at a cancel flag"""

_T = TypeVar("_T")


class LinkedCancel(Event):
    """Set by itself or by its parent: closing one run must not stop the caller's other runs."""

    def __init__(self, parent: Event | None = None) -> None:
        super().__init__()
        self._parent = parent

    def is_set(self) -> bool:
        return super().is_set() or (self._parent is not None and self._parent.is_set())

    def wait(self, timeout: float | None = None) -> bool:
        """Like Event.wait; notices the parent within a tick."""
        end = None if timeout is None else time.monotonic() + timeout
        while not self.is_set():
            left = TICK if end is None else min(TICK, end - time.monotonic())
            if left <= 0:
                break
            super().wait(left)
        return self.is_set()


def check(cancel: Event | None) -> None:
    """Raises `Stopped` once `cancel` is set."""
    if cancel is not None and cancel.is_set():
        raise Stopped


def result_of(future: Future[_T], cancel: Event | None) -> _T:
    """The future's result, or what it raised; raises `Stopped` within a tick of `cancel`."""
    while not future.done():
        check(cancel)
        wait_for([future], timeout=TICK)
    check(cancel)
    return future.result()
