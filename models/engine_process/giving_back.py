"""Gives memory that was freed back to the system, where the C library keeps it otherwise (Linux)."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys


def give_back() -> None:
    gc.collect()
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
