"""Keeps Python 3.11 alive beside PySide6 6.12, whose wheels lose a reference to None, True or False in many calls.

Measured with 6.12.0 on 3.11.7: each `Signal.emit` takes one from True, each `QTimer.start` one from None, until Python
aborts («deallocating None»). From 3.12 on these objects are immortal and nothing has to be done; here they are made so.
"""

from __future__ import annotations

import sys

PLENTY = 1 << 40
"""references: at a million lost in each second these last for twelve days"""


def keep_constants() -> None:
    """Once, before the first window. Does nothing from Python 3.12 on."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    import ctypes

    for constant in (None, True, False):
        if sys.getrefcount(constant) < PLENTY:
            ctypes.c_ssize_t.from_address(id(constant)).value += PLENTY
