"""A frame's pixels in memory that two processes share: written once, copied out at once, given back when that is told.

The memory never has a name that could stay behind: on Linux a memfd, which goes with the last process that holds it; on
macOS a POSIX object whose name is taken away as soon as it is open; on Windows a section of the page file, which the
system drops with its last handle. Nothing of it touches a disk.

On Linux pixels move by `pwrite` and `pread`, never through a mapping: a process that cut the memory short would otherwise end
the other one with SIGBUS.
"""

from __future__ import annotations

import mmap
import os
import secrets
import subprocess
import sys
from typing import Any

import numpy as np

LARGEST = 50_000_000 * 3
"""bytes: the 50 megapixels that a picture may have"""
GROWS = hasattr(os, "memfd_create")
"""whether the memory takes any size at any time; a POSIX object of macOS takes one, once, and can only be mapped"""


class PictureMemory:
    """The tray's side. One picture at a time. Errors: `OSError` where the system has no memory."""

    def __init__(self) -> None:
        self.descriptor = _memory() if sys.platform != "win32" else -1
        self._name = f"nunchi-{secrets.token_hex(16)}"
        self._sections = 0
        self._section: mmap.mmap | None = None

    @property
    def inherited(self) -> tuple[int, ...]:
        """Descriptors for `Popen(pass_fds=…)`."""
        return (self.descriptor,) if self.descriptor >= 0 else ()

    def put(self, image: np.ndarray) -> dict[str, Any]:
        """Write `image`, (height, width, 3) uint8; how the other side finds it. The last picture must have been `free`d."""
        data = memoryview(np.ascontiguousarray(image)).cast("B")
        where: dict[str, Any] = {"height": image.shape[0], "width": image.shape[1]}
        if self.descriptor >= 0:
            _write(self.descriptor, data)
            return where | {"descriptor": self.descriptor}
        self._sections += 1
        name = f"{self._name}-{self._sections}"
        self._section = mmap.mmap(-1, len(data), tagname=name)
        self._section[: len(data)] = data
        return where | {"section": name}

    def free(self) -> None:
        """The other side has its copy, or is gone: the memory goes back to the system."""
        section, self._section = self._section, None
        if section is not None:
            section.close()
        if self.descriptor >= 0 and GROWS:
            os.ftruncate(self.descriptor, 0)

    def close(self) -> None:
        section, self._section = self._section, None
        if section is not None:
            section.close()
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


def taken(where: dict[str, Any]) -> np.ndarray:
    """The engine process's side: a copy of the picture, (height, width, 3) uint8. Errors: `ValueError`, `OSError`."""
    height, width = int(where["height"]), int(where["width"])
    size = height * width * 3
    if not 0 < size <= LARGEST:
        raise ValueError("a picture of no size")
    if "section" in where:
        with mmap.mmap(-1, size, tagname=str(where["section"]), access=mmap.ACCESS_READ) as section:
            data = section[:size]
    else:
        data = _read(int(where["descriptor"]), size)
    if len(data) != size:
        raise ValueError("a picture that is cut")
    return np.frombuffer(data, np.uint8).reshape(height, width, 3)


def pass_on(memory: PictureMemory) -> dict[str, Any]:
    """Arguments of `subprocess.Popen` that let a child have the memory."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW}
    return {"pass_fds": memory.inherited, "start_new_session": True}


def _memory() -> int:
    if GROWS:
        return os.memfd_create("nunchi-picture", os.MFD_CLOEXEC)
    from _posixshmem import shm_open, shm_unlink

    name = f"/nunchi-{secrets.token_hex(8)}"
    descriptor = shm_open(name, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode=0o600)
    shm_unlink(name)
    os.ftruncate(descriptor, LARGEST)  # pages that are never written take no memory
    return descriptor


def _write(descriptor: int, data: memoryview) -> None:
    if not GROWS:
        with mmap.mmap(descriptor, len(data)) as mapped:
            mapped[: len(data)] = data
        return
    os.ftruncate(descriptor, len(data))
    written = 0
    while written < len(data):
        written += os.pwrite(descriptor, data[written:], written)


def _read(descriptor: int, size: int) -> bytes:
    if not GROWS:
        with mmap.mmap(descriptor, size, access=mmap.ACCESS_READ) as mapped:
            return mapped[:size]
    return os.pread(descriptor, size, 0)
