"""One engine process at a time: started when somebody needs it, ended when nobody did for a while, replaced when it died."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.errors import EngineFailed, NunchiError
from models.engine_process.drivers import stamp
from models.engine_process.process import EngineProcess
from models.giving_back import trim

IDLE_SECONDS = 300.0
LOADING_SECONDS = 120.0
"""what reads the screen"""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Trouble:
    """What happened on the way to an answer that still came. `code` is a word of the windows: engine_restarted or engine_moved."""

    code: str
    values: dict[str, object] = field(default_factory=dict)


class EngineHost:
    """`idle_seconds` is asked each time; 0 keeps the process for ever. `start` starts one; tests and benches give theirs.

    `told` is called with a `Trouble` in the thread that met it.
    """

    def __init__(
        self,
        start: Callable[[], EngineProcess] = EngineProcess,
        idle_seconds: Callable[[], float] = lambda: IDLE_SECONDS,
    ) -> None:
        self._start, self._idle_seconds = start, idle_seconds
        self._lock = threading.Lock()
        self._process: EngineProcess | None = None
        self._closed = False
        self.told: Callable[[Trouble], None] = lambda trouble: None
        self.memory = 0
        """bytes that a process had taken at most when it last answered"""
        self.starts = 0
        """how many processes there have been"""

    @property
    def running(self) -> EngineProcess | None:
        """The process, if there is one that lives."""
        process = self._process
        return process if process is not None and process.alive else None

    def process(self) -> EngineProcess:
        """The living process, started if need be. Errors: `EngineFailed` engine_closed, engine_load_failed."""
        with self._lock:
            if self._closed:
                raise EngineFailed("engine_closed", engine="")
            if self._process is None or not self._process.alive:
                stamp.cache_clear()  # a driver may have been replaced since the last one
                self._process = self._start()
                self.starts += 1
                threading.Thread(
                    target=self._keep, args=(self._process,), name="nunchi-engine-keeper", daemon=True
                ).start()
            self._process.last_used = time.monotonic()
            return self._process

    def wake(self) -> None:
        """Somebody will ask soon: start the process, and load what reads the screen. Returns at once; never fails."""
        threading.Thread(target=self._wake, name="nunchi-engine-wake", daemon=True).start()

    def close(self) -> None:
        """End the process, and start no other."""
        with self._lock:
            self._closed = True
            process, self._process = self._process, None
        if process is not None:
            process.close()

    def rest(self) -> None:
        """End the process now, if nobody is using it; its memory goes back to the system."""
        with self._lock:
            process = self._process
            if process is None or process.busy:
                return
            self._process = None
        process.close()

    def _wake(self) -> None:
        try:
            self.process().tell("warm", {}, LOADING_SECONDS)
        except NunchiError as error:
            log.warning("the engine process does not start: %s", error)

    def _keep(self, process: EngineProcess) -> None:
        """End `process` when nobody has used it for a while."""
        while process.alive and not self._closed:
            limit = self._idle_seconds()
            idle = 0.0 if process.busy else time.monotonic() - process.last_used
            if 0 < limit <= idle and self._let_go(process):
                process.close()
                trim()
                return
            if process.wait_ended(max(limit - idle, 0.05) if limit > 0 else 60.0):
                return

    def _let_go(self, process: EngineProcess) -> bool:
        with self._lock:
            if process.busy or time.monotonic() - process.last_used < self._idle_seconds():
                return False
            if self._process is process:
                self._process = None
            return True
