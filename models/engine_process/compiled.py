"""Where drivers' compilers keep what they compiled: a folder for each device, driver and engine version.

What an older driver compiled is removed before it is loaded, as a newer one may crash over it; the folder is emptied too when a
process dies while it loads from there.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from models.engine_process.drivers import stamp
from models.engine_process.known import cache_folder

COMPILED = ("GPU", "NPU")
"""on the CPU loading takes as long as compiling"""


class Compiled:
    """`root` and `stamp` are for tests."""

    def __init__(self, root: Path | None = None, stamp: Callable[[str], str] = stamp) -> None:
        self._root, self._stamp = root or cache_folder() / "compiled", stamp

    def folder(self, device: str) -> Path | None:
        """For the present driver, others' removed; None for a device that keeps nothing, or where nothing can be written."""
        if device.partition(".")[0] not in COMPILED:
            return None
        folder = self._root / f"{device}-{self._stamp(device)}"
        try:
            for old in self._root.glob(f"{device}-*"):
                if old != folder:
                    shutil.rmtree(old)
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return None
        return folder

    def empty(self, device: str) -> bool:
        """Remove what is there; whether there was something, so that compiling anew may help."""
        folder = self._root / f"{device}-{self._stamp(device)}"
        had = folder.is_dir() and any(folder.iterdir())
        shutil.rmtree(folder, ignore_errors=True)
        return had
