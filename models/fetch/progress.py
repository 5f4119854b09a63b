"""How far a download is, as one value; reporting it often enough to see and seldom enough to cost nothing."""

from __future__ import annotations

import collections
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """`bytes` of `total` are on the disk; `speed` in bytes a second over the last seconds; `file` moved last."""

    file: str
    bytes: int
    total: int
    speed: float
    files_done: int
    files: int

    @property
    def seconds_left(self) -> float | None:
        return (self.total - self.bytes) / self.speed if self.speed > 0 else None


class Meter:
    """Adds up what the downloading threads report; read by one thread."""

    WINDOW = 5.0  # seconds the speed is taken over

    def __init__(self, total: int, files: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._lock = threading.Lock()
        self._clock = clock
        self._file = ""
        self._bytes = 0
        self._total = total
        self._done = 0
        self._files = files
        self._recent: collections.deque[tuple[float, int]] = collections.deque([(clock(), 0)])
        self._received = 0

    def found(self, file: str, count: int) -> None:
        """`count` bytes of `file` were on the disk already; negative when they had to be given up."""
        with self._lock:
            self._file = file
            self._bytes += count

    def received(self, file: str, count: int) -> None:
        """`count` bytes of `file` came over the network."""
        with self._lock:
            self._file = file
            self._bytes += count
            self._received += count
            now = self._clock()
            self._recent.append((now, self._received))
            while len(self._recent) > 2 and now - self._recent[0][0] > self.WINDOW:
                self._recent.popleft()

    def finished(self, file: str) -> None:
        """`file` is whole and its bytes are right."""
        with self._lock:
            self._file = file
            self._done += 1

    def read(self) -> Progress:
        with self._lock:
            first, last = self._recent[0], (self._clock(), self._received)
            spent = last[0] - first[0]
            speed = (last[1] - first[1]) / spent if spent > 0 else 0.0
            return Progress(self._file, self._bytes, self._total, speed, self._done, self._files)
