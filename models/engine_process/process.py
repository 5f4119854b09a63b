"""One engine process as its parent sees it: started, asked, listened to, and ended on every path.

Knows nothing about devices or what a call means. Nobody who asks ever waits for the pipe itself: a thread writes, a thread
reads, a thread keeps the last lines of standard error.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from assistant.errors import EngineFailed, NunchiError, Stopped
from assistant.frames import Frame
from assistant.ports import Cancel
from models.engine_process import pictures, values, wire
from models.machine import processor_seconds

ROOT = Path(__file__).resolve().parents[2]
WORD = "run-engines"
"""what the packaged program is started with to become the engine process (packaging/start.py)"""
TICK = 0.02
"""seconds between two looks at cancel"""
START_SECONDS = 30.0
PING_SECONDS = 2.0
PONG_SECONDS = 10.0
"""without an answer to a ping, while somebody waits, the process hangs; longer as it computes or is starved, as with calls"""
AT_WORK_SHARE = 0.002
"""of a core: who gets less than that in all the time a call may take does nothing, however busy the machine is"""
MOST_TIMES = 4
"""as long as it may take, by the clock and in processor time, a call that is at work may go on: then it is a loop without end"""
STARVED_TIMES = 12
"""by the clock, whatever it computes: threads that only wait use a little too"""
ABANDONED_SECONDS = 20.0
"""a call that nobody wants any more must have ended by then, or the process hangs"""
END_SECONDS = 2.0
KEPT_LINES, LONGEST_LINE = 40, 300
log = logging.getLogger(__name__)


class Gone(Exception):
    """The process ended before the call did. `reason`: crashed, hung, or closed (by us, or what was asked for is not open there)."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


def command() -> list[str]:
    """How the product's own engine process is started."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORD]
    return [sys.executable, "-P", "-m", "models.engine_process"]


class _Wait:
    """For the next message of a call. `process_time` is the process's processor time by its last word."""

    def __init__(self, seconds: float, process_time: float) -> None:
        now = time.monotonic()
        self._seconds, self._began, self._end = seconds, now, now + seconds
        self._first = self._spent = process_time

    def is_over(self, process_time: float) -> bool:
        now, most = time.monotonic(), MOST_TIMES * self._seconds
        if now > self._end and process_time - self._spent >= AT_WORK_SHARE * self._seconds:
            self._end, self._spent = now + self._seconds, process_time
        looping = now > self._began + most and process_time > self._first + most
        return now > self._end or looping or now > self._began + STARVED_TIMES * self._seconds


@dataclass
class _Call:
    number: int
    name: str
    abandoned: _Wait | None = None
    """for its end, once nobody wants it any more"""
    arrived: SimpleQueue[dict[str, Any] | None] = field(default_factory=SimpleQueue)


class EngineProcess:
    """Started at once; ready a little later, which calls wait for. Any thread. Errors: `EngineFailed` engine_load_failed."""

    def __init__(self, wanted: Sequence[str] | None = None) -> None:
        self._numbers = itertools.count(1)
        self._calls: dict[int, _Call] = {}
        self._lock = threading.Lock()
        self._outbox: SimpleQueue[list[bytes | memoryview] | None] = SimpleQueue()
        self._memory = pictures.PictureMemory()
        self._shipping = threading.Lock()
        self._copied = threading.Event()
        self._copied.set()
        self._last: tuple[int, weakref.ref[Frame]] = (0, lambda: None)
        self._reason, self._ready, self._ended = "", threading.Event(), threading.Event()
        self._asked_ping = self._answered_ping = 0
        self._pinged_at, self._process_time = time.monotonic(), 0.0
        self._pong_wait = _Wait(PONG_SECONDS, 0.0)
        self.started = self.last_used = time.monotonic()
        self.errors: deque[str] = deque(maxlen=KEPT_LINES)
        """the last lines of its standard error"""
        try:
            self._process = subprocess.Popen(
                list(wanted or command()), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                env=_environment(), **pictures.pass_on(self._memory),
            )  # fmt: skip
        except OSError as error:
            self._memory.close()
            raise EngineFailed(
                "engine_load_failed", engine="", device="", path=sys.executable, reason=str(error)
            ) from error
        for work in (self._read, self._write, self._keep_errors):
            name = f"nunchi-engine{work.__name__}"
            threading.Thread(target=work, name=name, daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return not self._ended.is_set() and not self._reason

    @property
    def busy(self) -> bool:
        """Whether somebody waits for it."""
        return any(call.abandoned is None for call in tuple(self._calls.values()))

    @property
    def owing(self) -> int:
        """Calls that it has not ended yet, those that nobody wants any more included."""
        return len(self._calls)

    def wait_ended(self, seconds: float | None = None) -> bool:
        """Until it is gone and everything it held is given back."""
        return self._ended.wait(seconds)

    # Asking ---------------------------------------------------------------------------------------------------------

    def call(self, name: str, arguments: dict[str, Any] | None = None, **how: Any) -> dict[str, Any]:
        """What came of a call; `how` as in `pieces`. Errors: as `pieces`."""
        pieces = self.pieces(name, arguments, **how)
        while True:
            try:
                next(pieces)
            except StopIteration as end:
                return end.value

    def pieces(
        self,
        name: str,
        arguments: dict[str, Any] | None = None,
        *,
        frame: Frame | None = None,
        payload: bytes | memoryview = b"",
        cancel: Cancel | None = None,
        seconds: float = 60.0,
        between: float = 30.0,
    ) -> Generator[tuple[str, int], None, dict[str, Any]]:
        """The pieces that a call tells, with the number of tokens so far; returns what came of it.

        The process is ended as hanging when nothing comes for `seconds`, later for `between`, and it did not compute meanwhile
        (four times as long where it did; a process that a busy machine starves gets its time). Closing the generator cancels the call.
        Errors: `Gone`, `Stopped` within 20 ms of `cancel`, and what the engine raised.
        """
        call = _Call(next(self._numbers), name)
        with self._lock:
            if not self.alive:
                raise Gone(self._reason or "crashed")
            self._calls[call.number] = call
        finished = False
        try:
            header = {"call": call.number, "do": name, "with": arguments or {}}
            self._send(header, payload, frame, cancel)
            patience = seconds
            while True:
                told = self._next(call, cancel, patience)
                patience = between
                if "piece" in told:
                    yield self._checked(lambda told=told: (
                        values.text(told["piece"], values.LONGEST_PIECE), values.whole(told.get("tokens", 0))
                    ))  # fmt: skip
                    continue
                finished = True
                return self._result(told)
        finally:
            self.last_used = time.monotonic()
            if finished or not self.alive or not self._abandon(call):
                self._calls.pop(call.number, None)
            else:
                self._put({"cancel": call.number})

    def _abandon(self, call: _Call) -> bool:
        """Nobody waits for its messages any more; False where the last of them has come meanwhile, for there will be no other."""
        with self._lock:
            call.abandoned = _Wait(ABANDONED_SECONDS, self._process_time)
            came: list[dict[str, Any] | None] = []
            with contextlib.suppress(Empty):
                while True:
                    came.append(call.arrived.get_nowait())
        return all(told is not None and "piece" in told for told in came)

    def tell(self, name: str, arguments: dict[str, Any], seconds: float = ABANDONED_SECONDS) -> None:
        """A call whose end nobody waits for; after `seconds` it counts as hanging, as in `pieces`."""
        with self._lock:
            if not self.alive:
                return
            wait = _Wait(seconds, self._process_time)
            call = _Call(next(self._numbers), name, wait)
            self._calls[call.number] = call
        self._put({"call": call.number, "do": name, "with": arguments})

    def close(self) -> None:
        """Let it end by itself, soon; waits for that, and ends it after two seconds."""
        self._reason = self._reason or "closed"
        self._outbox.put(None)
        if not self._ended.wait(END_SECONDS):
            self.end("closed")
            self._ended.wait(END_SECONDS)

    def end(self, reason: str) -> None:
        """Kill it, and what it started. Returns at once."""
        self._reason = self._reason or reason
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self._process.kill()
            elif self._process.poll() is None:
                os.killpg(self._process.pid, signal.SIGKILL)
        self._outbox.put(None)

    # Waiting --------------------------------------------------------------------------------------------------------

    def _next(self, call: _Call, cancel: Cancel | None, seconds: float) -> dict[str, Any]:
        """The call's next message. Errors: `Gone`, `Stopped`."""
        wait: _Wait | None = None
        while True:
            try:
                told = call.arrived.get(timeout=TICK)
            except Empty:
                if cancel is not None and cancel.is_set():
                    raise Stopped from None
                if wait is None and self._ready.is_set():
                    wait = _Wait(seconds, self._process_time)
                self._look_after()
                if wait is not None and wait.is_over(self._process_time):
                    self._hangs(call.name)
                continue
            if told is None:
                raise Gone(self._reason or "crashed", self._how_it_ended())
            if cancel is not None and cancel.is_set():
                raise Stopped
            return told

    def _look_after(self) -> None:
        """Notice a process that died without a word, does not start, answers no ping or does not let go of a call."""
        now = time.monotonic()
        if self._process.poll() is not None:
            self.end("crashed")  # its pipe may be held by something it had started
        elif not self._ready.is_set():
            if now > self.started + START_SECONDS:
                self._hangs("start")
        elif self._answered_ping == self._asked_ping:
            if now > self._pinged_at + PING_SECONDS:
                self._asked_ping += 1
                self._pinged_at = now
                self._pong_wait = _Wait(PONG_SECONDS, processor_seconds(self._process.pid))
                self._put({"ping": self._asked_ping})
        elif self._pong_wait.is_over(processor_seconds(self._process.pid)):
            self._hangs("ping")
        if self.alive and any(
            one.abandoned and one.abandoned.is_over(self._process_time) for one in tuple(self._calls.values())
        ):
            self._hangs("a call that nobody wants")

    def _hangs(self, where: str) -> None:
        with self._lock:  # everybody who waits notices it in the same moment
            first, self._reason = self.alive, self._reason or "hung"
        if first:
            log.warning("the engine process hangs at %s and is ended", where)
            self.end("hung")

    def _how_it_ended(self) -> str:
        code = self._process.poll()
        if code is not None and code < 0:
            with contextlib.suppress(ValueError):
                return signal.Signals(-code).name
        return "" if code is None else f"exit status {code}"

    def _result(self, told: dict[str, Any]) -> dict[str, Any]:
        if "lost" in told:
            raise Gone("closed", "not open there")
        if "error" in told:
            failure: NunchiError = self._checked(lambda: values.error(told["error"]))
            raise failure
        return self._checked(lambda: values.record(told.get("done")))

    def _checked(self, read: Callable[[], Any]) -> Any:
        """What `read` makes of a message; a process that tells nonsense is ended."""
        try:
            return read()
        except (wire.BadMessage, KeyError, TypeError, ValueError) as error:
            self.end("crashed")
            raise Gone("crashed", str(error)) from error

    def understood(self, read: Callable[[dict[str, Any]], Any], told: dict[str, Any]) -> Any:
        """What `read` makes of a call's result. Errors: `Gone` for nonsense."""
        return self._checked(lambda: read(told))

    # Sending --------------------------------------------------------------------------------------------------------

    def _send(
        self, header: dict[str, Any], payload: bytes | memoryview, frame: Frame | None, cancel: Cancel | None
    ) -> None:
        if frame is None:
            self._put(header, payload)
            return
        while not self._shipping.acquire(timeout=TICK):
            self._stop_if(cancel)
        try:
            number, last = self._last
            told: dict[str, Any] = {"source": frame.source, "title": frame.title}
            if last() is not frame:
                while not self._copied.wait(TICK):
                    self._stop_if(cancel)
                    self._look_after()
                if not self.alive:
                    raise Gone(self._reason or "crashed")
                self._copied.clear()
                number += 1
                told["where"] = self._written(frame)
                self._last = number, weakref.ref(frame)
            self._put({**header, "frame": told | {"id": number}}, payload)
        finally:
            self._shipping.release()

    def _written(self, frame: Frame) -> dict[str, Any]:
        try:
            return self._memory.put(frame.image)
        except (OSError, ValueError, MemoryError) as error:
            self._copied.set()
            raise EngineFailed("engine_failed", engine="", reason=f"a picture's memory: {error}") from error

    def _stop_if(self, cancel: Cancel | None) -> None:
        if cancel is not None and cancel.is_set():
            raise Stopped
        if not self.alive:
            raise Gone(self._reason or "crashed")

    def _put(self, header: dict[str, Any], payload: bytes | memoryview = b"") -> None:
        try:
            self._outbox.put(wire.packed(header, payload))
        except ValueError as error:
            raise EngineFailed("engine_failed", engine="", reason=str(error)) from error

    # Threads --------------------------------------------------------------------------------------------------------

    def _write(self) -> None:
        with contextlib.suppress(OSError, ValueError), self._process.stdin as pipe:
            while (parts := self._outbox.get()) is not None:
                for part in parts:
                    pipe.write(part)
                pipe.flush()

    def _keep_errors(self) -> None:
        with contextlib.suppress(OSError, ValueError), self._process.stderr as pipe:
            for line in iter(lambda: pipe.readline(LONGEST_LINE), b""):
                self.errors.append(line.decode(errors="replace").rstrip())

    def _read(self) -> None:
        try:
            while (message := wire.read(self._process.stdout, longest_payload=0)) is not None:
                self._take(message[0])
        except (wire.BadMessage, OSError, ValueError) as error:
            if self.alive:
                log.warning("the engine process told nonsense and is ended: %s", error)
        finally:
            self._over()

    def _take(self, header: dict[str, Any]) -> None:
        if "ready" in header:
            self._ready.set()
        elif "pong" in header:
            self._answered_ping = self._asked_ping
            spent = header.get("spent")
            self._process_time = float(spent) if isinstance(spent, int | float) else 0.0
        elif "got" in header:
            self._memory.free()
            self._copied.set()
        else:
            number = header.get("call")
            call = self._calls.get(number) if isinstance(number, int) else None
            if call is None:
                return
            with self._lock:  # or it is put where nobody looks any more
                if call.abandoned is None:
                    call.arrived.put(header)
                elif "piece" not in header:
                    self._calls.pop(call.number, None)

    def _over(self) -> None:
        """It is gone, or goes now: everything it held is given back, and whoever waits is told."""
        self.end("crashed")
        self._process.wait()
        with contextlib.suppress(OSError):
            self._process.stdout.close()
        if self._reason != "closed":
            log.warning("the engine process %s (%s)", self._reason, self._how_it_ended())
        with self._shipping:  # nobody may write into a descriptor that is somebody else's by now
            self._memory.close()
        self._copied.set()
        with self._lock:
            calls, self._calls = tuple(self._calls.values()), {}
        for call in calls:
            call.arrived.put(None)
        self._ended.set()


def _environment() -> dict[str, str]:
    """Where our packages are, and few arenas: each thread of the process would else keep memory of its own."""
    told = dict(os.environ)
    if not getattr(sys, "frozen", False):
        told["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [told.get("PYTHONPATH")])])
    return {"MALLOC_ARENA_MAX": "2", **told}
