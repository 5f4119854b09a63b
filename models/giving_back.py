"""Gives memory that was freed back to the system, where the C library keeps it otherwise (Linux)."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys

MMAP_THRESHOLD, ARENA_MAX = -3, -8
"""of mallopt(3)"""
LARGE = 256 * 1024
ARENAS = 2


def give_back() -> None:
    """Also what only waits for Python's collector."""
    gc.collect()
    trim()


def trim() -> None:
    """Only what nobody refers to any more; a few milliseconds. Any thread; others go on meanwhile."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):  # a C library without it
            ctypes.CDLL(None).malloc_trim(0)


def keep_little() -> None:
    """For a whole process, before its first thread: pictures go back to the system as soon as they are freed, and threads share
    what is kept. Left alone, the C library raises the size from which that is so up to 32 MB, and gives each thread a store of its own.
    """
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            library = ctypes.CDLL(None)
            library.mallopt(MMAP_THRESHOLD, LARGE)
            library.mallopt(ARENA_MAX, ARENAS)
