# ruff: noqa: TID253 - loaded by desktop.app only
"""Asks for new versions while the person wants that, and brings one when told to. Everything else about them is not done here:
the installer is put into the person's folder for downloads and shown; who starts it is the person.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from assistant.errors import NunchiError, Stopped
from desktop import about
from desktop.threads import door
from desktop.updates.source import Source, downloads_folder, installed_as, source, state_folder

if TYPE_CHECKING:
    from desktop.updates.checking import Asking
    from desktop.updates.release import Release

FIRST_MS = 60_000
"""after the start: what a person wants from us comes first"""
LOOK_MS = 15 * 60_000
DAY_S = 24 * 3600.0
"""by the clock of the wall: a timer of a day stands still while a laptop sleeps"""
log = logging.getLogger(__name__)


class Updates(QObject):
    """`follow(on)` with the setting, before anything else. Off, nothing connects: `check` and `bring` do nothing."""

    changed = Signal()
    """one of `release`, `brought`, `failure`, `busy`, `bringing` or `part`"""
    found = Signal(object)
    """a release, the first time that it is seen"""

    def __init__(
        self,
        version: str,
        state: Path,
        downloads: Path,
        known: Callable[[], Source | None] = source,
        kind: str = "",
    ) -> None:
        """`version` is ours; `state` keeps what was proved before; `kind` is for tests, else how we were installed."""
        super().__init__()
        self.version, self._state, self._downloads = version, state, downloads
        self._source, self._kind = known, kind or installed_as()
        self._on = False
        self._asked = 0.0
        self._asking: Asking | None = None
        self._way = door()
        self.release: Release | None = None
        self.brought: Path | None = None
        self.failure: NunchiError | None = None
        self.checked = False
        """whether an answer has come since the program started"""
        self.bringing = False
        """whether an installer is on its way"""
        self.part = 0.0
        """of the installer on its way, 0 to 1"""
        self._first = QTimer(self, interval=FIRST_MS, singleShot=True)
        self._looks = QTimer(self, interval=LOOK_MS)
        self._first.timeout.connect(self.check)
        self._looks.timeout.connect(self._look)

    @property
    def available(self) -> bool:
        """Whether this copy can ask at all."""
        return bool(self._kind) and self._source() is not None

    @property
    def host(self) -> str:
        """Whom it asks; "" for a copy that asks nobody."""
        known = self._source()
        return known.host if known is not None else ""

    @property
    def busy(self) -> bool:
        return self._asking is not None

    def follow(self, on: bool) -> None:
        """The setting is `on` now."""
        if on == self._on:
            return
        self._on = on
        if on and self.available:
            self._first.start()
            self._looks.start()
            return
        self._first.stop()
        self._looks.stop()
        self._stop()
        self.release = self.brought = self.failure = None
        self.checked = False
        self.changed.emit()

    def check(self) -> None:
        """Ask now."""
        self._asked = time.time()
        self._begin(lambda asking: asking.newer(self._kind, self.version), self._answered)

    def bring(self) -> None:
        """The installer of `release`, into the folder for downloads."""
        release = self.release
        if release is not None:
            self.part, self.bringing = 0.0, not self.busy
            self._begin(lambda asking: asking.bring(release, self._downloads, self._moved), self._arrived)

    def close(self) -> None:
        self._first.stop()
        self._looks.stop()
        self._stop()

    def _look(self) -> None:
        if abs(time.time() - self._asked) >= DAY_S:
            self.check()

    def _begin(self, work: Callable[[Asking], object], then: Callable[[object], None]) -> None:
        known = self._source() if self._on and self._kind else None
        if known is None or self.busy:
            return
        from desktop.updates.checking import Asking

        asking = self._asking = Asking(known, self._state)

        def run() -> None:
            try:
                result: object = work(asking)
            except Exception as error:
                result = error
            self._way.tell(lambda: self._ended(asking, result, then))

        threading.Thread(target=run, name="nunchi-updates", daemon=True).start()
        self.changed.emit()

    def _ended(self, asking: Asking, result: object, then: Callable[[object], None]) -> None:
        if asking is not self._asking:  # turned off meanwhile
            return
        self._asking, self.failure, self.bringing = None, None, False
        if isinstance(result, Stopped):
            pass
        elif isinstance(result, Exception):
            log.warning("new versions: %s", result)
            self.failure = result if isinstance(result, NunchiError) else NunchiError("internal")
        else:
            then(result)
        self.changed.emit()

    def _answered(self, release: object) -> None:
        self.checked = True
        new = release is not None and release != self.release
        self.release = release  # type: ignore[assignment]
        if new:
            self.brought = None
            self.found.emit(release)

    def _arrived(self, file: object) -> None:
        self.brought = file  # type: ignore[assignment]

    def _moved(self, part: float) -> None:
        """In the downloading thread; told on in hundredths."""
        if part - self.part >= 0.01 or part >= 1:
            self.part = part
            self._way.tell(self.changed.emit)

    def _stop(self) -> None:
        asking, self._asking, self.bringing = self._asking, None, False
        if asking is not None:
            asking.stop()


def our_updates() -> Updates:
    """For the program that runs."""
    return Updates(about.version(), state_folder(), downloads_folder())
