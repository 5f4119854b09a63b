"""Walking a tree whose calls block: in a thread of its own that is never waited for longer than the deadline."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.errors import DeviceFailed
from desktop.accessibility.reading import Collected, TreeText

log = logging.getLogger(__name__)
END_SECONDS = 1.0


class OutOfTime(Exception):
    """Raised inside a walk when nobody waits for it any more."""


@dataclass
class Walk:
    """One reading: what was found, and whether anybody still waits."""

    found: Collected
    over: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    error: DeviceFailed | None = None
    complete: bool = False

    def still_wanted(self) -> None:
        """Called between elements. Errors: `OutOfTime`."""
        if self.over.is_set():
            raise OutOfTime


class TimeboxedWalker:
    """`begin` runs once in the thread, before the first walk (COM wants that); `walk` runs for each reading."""

    def __init__(
        self, name: str, walk: Callable[[Walk], None], begin: Callable[[], None] = lambda: None
    ) -> None:
        self._walk, self._begin = walk, begin
        self._jobs: queue.SimpleQueue[Walk | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def read(self, found: Collected, seconds: float) -> TreeText:
        """What was found in time. While a stuck program holds the thread, nothing, after the deadline.

        Errors: what the walk raised as `DeviceFailed`.
        """
        walk = Walk(found)
        self._jobs.put(walk)
        walk.done.wait(seconds)
        walk.over.set()
        if walk.error is not None:
            raise walk.error
        return found.told(walk.complete)

    def close(self) -> None:
        self._jobs.put(None)
        self._thread.join(END_SECONDS)

    def _run(self) -> None:
        broken: DeviceFailed | None = None
        try:
            self._begin()
        except DeviceFailed as error:
            broken = error
        while (walk := self._jobs.get()) is not None:
            walk.error = broken
            if broken is None and not walk.over.is_set():
                self._one(walk)
            walk.done.set()

    def _one(self, walk: Walk) -> None:
        try:
            self._walk(walk)
            walk.complete = True
        except OutOfTime:
            pass
        except DeviceFailed as error:
            walk.error = error
        except Exception:  # a program's provider may raise anything
            log.warning("a program broke off its accessibility tree", exc_info=True)
