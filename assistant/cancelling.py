"""Time in a run: a cancel flag that also follows its parent, waits that never last forever, milliseconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from threading import Event, Thread
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


def in_background(work: Callable[[], _T]) -> Future[_T]:
    """Starts `work` in a thread of its own; what it returns or raises is the future's."""
    future: Future[_T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # handed to whoever waits; nothing of it may be lost
            future.set_exception(error)

    Thread(target=run, name="nunchi-loading", daemon=True).start()
    return future


def result_of(future: Future[_T], cancel: Event | None) -> _T:
    """The future's result, or what it raised; raises `Stopped` within a tick of `cancel`."""
    while not future.done():
        check(cancel)
        wait_for([future], timeout=TICK)
    check(cancel)
    return future.result()


def since(started: float) -> float:
    """Milliseconds since `started`, a perf_counter value."""
    return round((time.perf_counter() - started) * 1000, 3)
