# ruff: noqa: TID253 - loaded by desktop.app only
"""Downloads that go on while windows come and go; one for each model, stopped by the person or at the program's end."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assistant.errors import NunchiError, Stopped
from desktop.model_shelf import Shelf
from desktop.threads import door

if TYPE_CHECKING:
    from models.fetch import Progress
    from models.offers import Offer


class Download(QObject):
    """One model on its way. `moved` tells of progress; then `ended` comes once, with the error or None."""

    moved = Signal(object)
    ended = Signal(object)

    def __init__(self, offer: Offer, shelf: Shelf, parent: QObject) -> None:
        super().__init__(parent)
        self.offer = offer
        self.progress: Progress | None = None
        self._shelf = shelf
        self._stop = threading.Event()
        self._way = door()
        self._thread = threading.Thread(target=self._work, name="nunchi-download", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """What has arrived stays, so that it can go on from there."""
        self._stop.set()

    def wait(self, seconds: float) -> None:
        self._thread.join(seconds)

    def _work(self) -> None:
        error: Exception | None = None
        try:
            self._shelf.pull(self.offer, self._stop, self._tell_progress)
        except Exception as reason:
            error = reason
        self._way.tell(lambda: self.ended.emit(error))

    def _tell_progress(self, progress: Progress) -> None:
        """In the downloading thread."""
        self._way.tell(lambda: self._moved(progress))

    def _moved(self, progress: Progress) -> None:
        self.progress = progress
        self.moved.emit(progress)


class Downloads(QObject):
    """By model name. `changed` when one begins or ends; `arrived` has the offer of a model that is whole now."""

    changed = Signal()
    arrived = Signal(object)
    failed = Signal(object)

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self.running: dict[str, Download] = {}
        self.errors: dict[str, NunchiError] = {}
        """why the last download of a model ended"""

    def begin(self, offer: Offer) -> Download:
        """The download of `offer`, started now unless it is under way."""
        if offer.name in self.running:
            return self.running[offer.name]
        self.errors.pop(offer.name, None)
        made = self.running[offer.name] = Download(offer, self._shelf, self)
        made.ended.connect(lambda error: self._ended(made, error))
        made.start()
        self.changed.emit()
        return made

    def close(self) -> None:
        """Stop all; waits a moment."""
        for one in self.running.values():
            one.stop()
        for one in self.running.values():
            one.wait(3.0)

    def _ended(self, download: Download, error: Exception | None) -> None:
        del self.running[download.offer.name]
        download.deleteLater()
        if error is None:
            self.arrived.emit(download.offer)
        elif not isinstance(error, Stopped):
            known = error if isinstance(error, NunchiError) else NunchiError("internal")
            self.errors[download.offer.name] = known
            self.failed.emit(known)
        self.changed.emit()
