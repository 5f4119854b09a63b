"""Blocks of sound on their way from the audio callback to whoever records, with a ring for the moment before the key."""

from __future__ import annotations

import collections
import threading
import time
from typing import Any

import numpy as np


class Tape:
    """Filled by one stream. While nobody records, only the last few blocks are kept.

    `press` is the number of the key press whose question the blocks belong to; 0 while nobody records.
    """

    def __init__(self, ring_blocks: int) -> None:
        self.ring_blocks = ring_blocks
        self._blocks: collections.deque[np.ndarray] = collections.deque()
        self._changed = threading.Condition()
        self.press = 0
        self.ended = False
        self.last_at = 0.0
        self.arrived = 0
        """blocks ever put"""

    def put(self, samples: np.ndarray, *_told: Any) -> None:
        """PortAudio's callback: (frames, 1) float32."""
        with self._changed:
            self._blocks.append(samples[:, 0].copy())
            self.last_at = time.monotonic()
            self.arrived += 1
            if not self.press:
                self._keep_ring()
            self._changed.notify_all()

    def end(self) -> None:
        """PortAudio's finished callback."""
        with self._changed:
            self.ended = True
            self._changed.notify_all()

    def give(self, press: int) -> None:
        """From now on the blocks are this press's, with those of the ring; what an earlier one has not taken is gone."""
        with self._changed:
            if self.press != press:
                self._keep_ring()
                self.press = press
                self._changed.notify_all()

    def _keep_ring(self) -> None:
        while len(self._blocks) > self.ring_blocks:
            self._blocks.popleft()

    @property
    def taken(self) -> int:
        """Blocks that are no longer here: given out, or dropped from the ring."""
        with self._changed:
            return self.arrived - len(self._blocks)

    def wait_first(self, seconds: float) -> bool:
        """Whether a block has come, at the latest after `seconds`."""
        with self._changed:
            return (
                self._changed.wait_for(lambda: self.arrived > 0 or self.ended, seconds) and self.arrived > 0
            )

    def take(self, press: int, seconds: float) -> np.ndarray | None:
        """The next block of that press; None when none came in time, the stream has ended, or another press came."""
        with self._changed:
            self._changed.wait_for(lambda: self._blocks or self.ended or self.press != press, seconds)
            return self._blocks.popleft() if self._blocks and self.press == press else None
