"""The engine process: takes calls from a pipe, each in a thread of its own, and tells what comes of them.

    in:  {"call": 7, "do": "look", "with": {…}, "frame": {…}} · {"cancel": 7} · {"ping": 3}
    out: {"ready": 1} · {"got": 4} · {"call": 7, "piece": "…"} · {"call": 7, "done": {…}} · {"call": 7, "error": {…}} · {"pong": 3}

Reading never waits for a call: pings are answered and cancels arrive while everything else is busy. When the pipe ends, so does
the process, in the middle of whatever it does: its parent is gone.
"""

from __future__ import annotations

import contextlib
import faulthandler
import io
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from assistant.errors import EngineFailed, NunchiError
from assistant.frames import Frame
from models.engine_process import pictures, values, wire
from models.engine_process.engines import CALLS, Asked, Engines, Lost, Openers
from models.standing_back import share_the_interpreter, stand_back

BEHIND = "--behind"
"""given to a process that only tries something out: all of it stands back behind everything else"""


class Server:
    """Serves one parent. `send` is written to from many threads, one message at a time; `behind` lets all calls stand back."""

    def __init__(self, receive: BinaryIO, send: BinaryIO, engines: Engines, behind: bool = False) -> None:
        self._receive, self._send, self._engines, self._behind = receive, send, engines, behind
        self._sending = threading.Lock()
        self._cancels: dict[int, threading.Event] = {}
        self._frame: tuple[int, Frame] | None = None

    def serve(self) -> None:
        """Until the parent is gone. Errors: `BadMessage`."""
        self._tell({"ready": 1})
        while (message := wire.read(self._receive, longest_payload=wire.LONGEST_PAYLOAD)) is not None:
            header, payload = message
            if "ping" in header:
                self._tell({"pong": header["ping"], "spent": time.process_time()})
            elif "cancel" in header:
                cancel = self._cancels.get(header["cancel"])
                if cancel is not None:
                    cancel.set()
            elif "call" in header:
                self._begin(header, payload)

    def _begin(self, header: dict[str, Any], payload: bytes) -> None:
        number, cancel = header["call"], threading.Event()
        self._cancels[number] = cancel
        frame = self._framed(header["frame"]) if "frame" in header else None
        asked = Asked(
            header.get("with", {}), cancel, frame, payload,
            lambda piece, tokens: self._tell({"call": number, "piece": piece, "tokens": tokens}),
        )  # fmt: skip
        threading.Thread(
            target=self._work, args=(number, header["do"], asked), name="engine-call", daemon=True
        ).start()

    def _work(self, number: int, name: str, asked: Asked) -> None:
        if self._behind:
            stand_back()
        try:
            if name not in CALLS:
                raise EngineFailed("engine_failed", engine="", reason=f"no call {name}")
            told = {"done": getattr(self._engines, name)(asked)}
        except Lost:
            told = {"lost": True}
        except NunchiError as error:
            told = {"error": values.error_told(error)}
        except BaseException as error:  # told to whoever waits; nothing of it may be lost
            traceback.print_exc()
            told = {"error": values.error_told(_unknown(error))}
        self._cancels.pop(number, None)
        self._tell({"call": number, **told})

    def _framed(self, told: dict[str, Any]) -> Frame | None:
        """The frame of a call: copied out of the shared memory where it is a new one."""
        number = told["id"]
        if "where" in told:
            self._frame = None
            try:
                image = pictures.taken(told["where"])
                self._frame = number, Frame(image, told["source"], told["title"])
            except (OSError, ValueError, MemoryError):
                traceback.print_exc()
            self._tell({"got": number})
        return self._frame[1] if self._frame is not None and self._frame[0] == number else None

    def _tell(self, header: dict[str, Any]) -> None:
        try:
            with self._sending:
                wire.write(self._send, header)
        except OSError:  # nobody reads any more
            os._exit(0)


def _unknown(error: BaseException) -> NunchiError:
    if isinstance(error, MemoryError):
        return EngineFailed("engine_failed", engine="", reason="out of memory")
    return EngineFailed("engine_failed", engine="", reason=f"{type(error).__name__}: {error}"[:300])


def main(openers: Callable[[], Openers] = Openers) -> int:
    """The whole life of the process. `openers` is for tests and benches."""
    receive, send = _pipes()
    faulthandler.enable()
    _no_core_dumps()
    share_the_interpreter()  # the pipe's thread must not wait for those that compute
    behind = BEHIND in sys.argv
    if behind:
        stand_back()
    from models.runtimes.few_shapes import keep_few_primitives

    keep_few_primitives()
    try:
        Server(receive, send, Engines(openers()), behind).serve()
    except wire.BadMessage as error:
        sys.stderr.write(f"the engine process understood nothing: {error}\n")
        os._exit(1)
    os._exit(0)  # at once: engines that still compute would hold up the interpreter's own end


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The parent's pipes, out of reach of whatever prints: from now on standard output is standard error."""
    receive = io.BufferedReader(io.FileIO(os.dup(0), "rb"), 1 << 16)
    send = io.BufferedWriter(io.FileIO(os.dup(1), "wb"), 1 << 16)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    if sys.stderr is None:  # a windowed program
        sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)
    sys.stdout = sys.stderr
    return receive, send


def _no_core_dumps() -> None:
    """A crash must not write what was on the screen to a disk. One byte: the kernel then skips helpers too (core(5))."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
