# ruff: noqa: TID253 - loaded by desktop.app only
"""Threads and Qt: the only module that knows both. Notices from any thread arrive in the thread of the windows."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal, Slot

log = logging.getLogger(__name__)


class Bridge(QObject):
    """`tell` may be called in any thread; `hear` is called with the same value in the bridge's own thread."""

    _told = Signal(object)

    def __init__(self, hear: Callable[[Any], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hear = hear
        self._told.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def tell(self, value: object) -> None:
        try:
            self._told.emit(value)
        except RuntimeError:  # the windows are gone already
            log.debug("told after the end: %r", value)

    @Slot(object)
    def _arrived(self, value: object) -> None:
        self._hear(value)


_door: list[Bridge] = []


class InWindows(QObject):
    """Lets other threads have something done beside the windows, and wait for it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = Bridge(lambda job: job(), self)

    def run(self, work: Callable[[], Any], seconds: float) -> Any:
        """What `work` returned, or None where the windows did not get to it in time. Not for their own thread."""
        done, results = threading.Event(), []

        def job() -> None:
            results.append(work())
            done.set()

        self._bridge.tell(job)
        done.wait(seconds)
        return results[0] if results else None


def door() -> Bridge:
    """The one bridge for whatever windows come and go: it is never deleted while a thread may be using it.

    `tell` it a function without arguments. To be called beside the windows first. (A bridge that went away with its
    window while a thread was emitting through it has crashed the program.)
    """
    if not _door or not shiboken6.isValid(_door[0]):
        _door[:] = [Bridge(lambda job: job(), QCoreApplication.instance())]
    return _door[0]


def off_the_windows(
    work: Callable[[], Any], then: Callable[[Any], None], parent: QObject
) -> threading.Thread:
    """Run `work` in a thread and hand what it returns, or the exception it raised, to `then` beside the windows.

    `then` is not called where `parent` has gone meanwhile.
    """
    way = door()

    def run() -> None:
        try:
            result = work()
        except Exception as error:
            result = error
        way.tell(lambda: then(result) if shiboken6.isValid(parent) else None)

    thread = threading.Thread(target=run, name="nunchi-off-windows", daemon=True)
    thread.start()
    return thread
