"""Remembers what an encoder made of pieces of a picture: what has not changed since the last capture is not encoded again.

Between two captures of a screen most tiles are the same, and encoding is most of what a look costs. Pieces are told apart by a
digest of their pixels; the oldest ones go. Any thread.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable

import numpy as np

MOST_BYTES = 16 << 20
"""of encoded pieces: some hundred tiles of SmolVLM 256M (64 × 576 float32 each), or four pictures of Qwen3-VL 2B"""


class SeenTiles:
    """`encoded` gives what was made of the same pixels before, or makes it."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[bytes, tuple[np.ndarray, ...]] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self.reused = 0

    def encoded(
        self, pixels: np.ndarray, encode: Callable[[], tuple[np.ndarray, ...]], layout: tuple[int, ...] = ()
    ) -> tuple[np.ndarray, ...]:
        """What `encode` gives for `pixels`; nothing is kept where it raises. The arrays are not to be written to.

        `layout` is whatever else decides the result, such as rows and columns of patches.
        """
        mark = hashlib.blake2b(np.ascontiguousarray(pixels).data, digest_size=16)
        mark.update(repr((pixels.shape, pixels.dtype.str, layout)).encode())
        key = mark.digest()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                self.reused += 1
                return self._kept[key]
        made = encode()
        for part in made:
            part.flags.writeable = False
        size = sum(part.nbytes for part in made)
        with self._lock:
            if key not in self._kept and size <= self._most:
                self._kept[key] = made
                self._size += size
            while self._size > self._most:
                _, gone = self._kept.popitem(last=False)
                self._size -= sum(part.nbytes for part in gone)
        return made

    def forget(self) -> None:
        """Give the memory back."""
        with self._lock:
            self._kept.clear()
            self._size = 0
