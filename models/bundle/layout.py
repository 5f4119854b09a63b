"""What a bundle looks like from outside: the names in it and what `bundle.json` says."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from assistant.errors import Stopped
from models.manifest import Manifest

SUFFIX = ".nunchi-model"
CARD = "bundle.json"
INSIDE = "model/"
FORMAT = {"format": "nunchi-model", "version": 1}
CHUNK = 1 << 20  # bytes copied at once, between two looks at `stop`


@dataclass(frozen=True)
class Contents:
    """What a bundle brings, to be shown before anything is unpacked.

    `notice` is the text its licence wants shown; `accept` says that the person must agree to it first.
    """

    manifest: Manifest
    title: str
    licence: str
    licence_address: str
    notice: str
    accept: bool
    code: tuple[str, ...]
    """Python files in it; empty for nearly all models"""


class Copying:
    """Counts bytes of one packing or unpacking, tells how far it is, and ends it when the person says so."""

    def __init__(
        self, total: int, stop: threading.Event | None, progress: Callable[[int, int], None] | None
    ) -> None:
        self._total = total
        self._done = 0
        self._stop = stop
        self._progress = progress

    def moved(self, count: int) -> None:
        """Errors: `Stopped`."""
        if self._stop and self._stop.is_set():
            raise Stopped()
        self._done += count
        if self._progress:
            self._progress(self._done, self._total)
