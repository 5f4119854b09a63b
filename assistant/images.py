"""Opens a picture from anywhere: five formats, told by their first bytes, decoded where they can do no harm.

A file that comes from outside is decoded in a child process with 512 MB of memory and 5 seconds (decoding.py).
One child is kept and serves picture after picture: starting one takes 45 ms on a quiet machine (numpy would double
that), a full-HD screenshot 17 ms to decode and carry over. It is replaced after a crash, a memory error or a timeout.
`warm()` starts it while something else is loading. Our own pictures may be decoded in this process.
"""

from __future__ import annotations

import atexit
import json
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np

from assistant import decoding
from assistant.errors import BadInput, DeviceFailed
from assistant.frames import Frame

log = logging.getLogger(__name__)


def open_image(source: str | os.PathLike[str] | bytes, *, trusted: bool = False, name: str = "") -> Frame:
    """The picture as a Frame: first frame, upright, RGB, alpha on white.

    `trusted` decodes in this process: only for files that we made. `name` stands in messages about bytes.
    Errors, all BadInput: image_missing, image_is_folder, image_unreadable, image_empty, image_file_too_large,
    image_format, image_zero_size, image_too_large, image_truncated, image_broken, image_memory,
    image_crashed, image_timeout. DeviceFailed image_decoder_failed where no child can be started.
    """
    if isinstance(source, bytes):
        data = _checked(source, name)
    else:
        name = Path(source).name
        data = _checked(_read(Path(source), name), name)
    kind = decoding.kind_of(data)
    if kind is None:
        raise BadInput("image_format", name=name)
    return Frame(_decode_here(data, kind, name) if trusted else _child.decode(data, kind, name))


def warm() -> None:
    """Start the decoding child now, so that the first picture does not wait for it."""
    _child.start()


def _read(path: Path, name: str) -> bytes:
    """The file's bytes. Errors: BadInput."""
    try:
        if path.is_dir():
            raise BadInput("image_is_folder", name=name)
        if not path.is_file():
            # A device or pipe could be read for ever, so it counts as missing.
            raise BadInput("image_missing", name=name)
        if path.stat().st_size > decoding.LARGEST_FILE:
            raise BadInput("image_file_too_large", name=name, most=decoding.LARGEST_FILE >> 20)
        with path.open("rb") as file:
            return file.read(decoding.LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise BadInput("image_missing", name=name) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise BadInput("image_unreadable", name=name) from error


def _checked(data: bytes, name: str) -> bytes:
    if not data:
        raise BadInput("image_empty", name=name)
    if len(data) > decoding.LARGEST_FILE:
        raise BadInput("image_file_too_large", name=name, most=decoding.LARGEST_FILE >> 20)
    return data


def _decode_here(data: bytes, kind: str, name: str) -> np.ndarray:
    try:
        width, height, strips = decoding.decode(data, kind)
        image = np.frombuffer(b"".join(strips), np.uint8).reshape(height, width, 3)
    except decoding.Refused as refused:
        raise BadInput(refused.code, name=name, **refused.values) from refused
    return image


class _Child:
    """The decoding process: started when first needed, used by one caller at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        # Whether the last reply was read to its end, so that the next one starts where it should.
        self._in_step = True
        self._ready = False

    def start(self) -> None:
        with self._lock:
            self._running()

    def decode(self, data: bytes, kind: str, name: str) -> np.ndarray:
        """(height, width, 3) uint8. Errors: BadInput with the child's code, DeviceFailed; a child that dies is replaced."""
        with self._lock:
            process = self._running()
            self._await_ready(process)
            late = threading.Event()
            timer = threading.Timer(decoding.SECONDS, lambda: (late.set(), process.kill()))
            timer.daemon = True
            timer.start()
            try:
                return self._exchange(process, data, kind, name)
            except (OSError, ValueError, EOFError) as error:
                raise BadInput("image_timeout" if late.is_set() else "image_crashed", name=name) from error
            finally:
                timer.cancel()
                if late.is_set() or not self._in_step:
                    self._end()

    def _await_ready(self, process: subprocess.Popen[bytes]) -> None:
        """Loading counts apart from the picture's time. Errors: DeviceFailed for a child that does not come so far."""
        if self._ready:
            return
        timer = threading.Timer(decoding.STARTING, process.kill)
        timer.daemon = True
        timer.start()
        try:
            self._ready = process.stdout.readline(len(decoding.READY)) == decoding.READY
        finally:
            timer.cancel()
        if not self._ready:
            self._end()
            raise DeviceFailed("image_decoder_failed")

    def _exchange(self, process: subprocess.Popen[bytes], data: bytes, kind: str, name: str) -> np.ndarray:
        self._in_step = False
        process.stdin.write(decoding.HEADER.pack(kind.encode().ljust(4), len(data)))
        process.stdin.write(data)
        process.stdin.flush()
        reply = json.loads(process.stdout.readline(1_000) or _gone())
        if code := reply.pop("code", None):
            self._in_step = code != "image_memory"  # a process that ran out of memory is not used again
            raise BadInput(code, name=name, **reply)
        image = np.empty((reply["height"], reply["width"], 3), np.uint8)
        view = memoryview(image).cast("B")
        while view:
            view = view[process.stdout.readinto(view) or _gone() :]
        self._in_step = True
        return image

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._ready = False
            try:
                self._process = subprocess.Popen(
                    _command(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
            except OSError as error:
                raise DeviceFailed("image_decoder_failed") from error
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            try:
                pipe.close()
            except OSError:  # what was still buffered for a process that has died
                log.debug("the decoding process left its pipe early")

    def close(self) -> None:
        with self._lock:
            self._end()


def _command() -> list[str]:
    """How the child is started. A frozen program starts itself and must hand over to `decoding.main`."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "decode-pictures"]
    return [sys.executable, "-P", decoding.__file__]


def _gone() -> bytes:
    raise EOFError("the decoding process ended")


_child = _Child()
atexit.register(_child.close)
