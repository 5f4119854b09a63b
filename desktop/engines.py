"""The models of the tray program, in the engine process: woken by the key, put on the best device, ended when idle."""

from __future__ import annotations

import functools
import logging
import threading
from collections.abc import Callable

from assistant.errors import NunchiError
from assistant.ports import Cancel
from models.engine_process.compiled import Compiled
from models.engine_process.host import EngineHost, Trouble
from models.engine_process.known import Known
from models.engine_process.ladder import LAST, Ladder
from models.engine_process.look_costs import LookCosts
from models.engine_process.patience import Patience
from models.engine_process.probing import probe, probe_transcriber
from models.engine_process.progress import Course, Progress
from models.engine_process.remote import RemoteReader, RemoteTranscriber
from models.engine_process.remote_vision import RemoteVision
from models.image_budget import SECONDS

TICK_SECONDS = 5.0
log = logging.getLogger(__name__)


class Engines:
    """`idle_seconds` says how long the process stays while nobody asks; 0: for ever. `look_seconds`: how long a look may take.

    `host` and `probing` are for tests.
    """

    def __init__(
        self,
        idle_seconds: Callable[[], float],
        host: EngineHost | None = None,
        probing: Callable[..., object] = probe,
        look_seconds: Callable[[], float] = lambda: SECONDS,
        timing: Callable[..., object] = probe_transcriber,
    ) -> None:
        self._timing = timing
        self._look_seconds = look_seconds
        self.host = host or EngineHost(idle_seconds=idle_seconds)
        self.reader = RemoteReader(self.host)
        self._patience, self._probing = Patience(), probing
        self._ladder: Ladder | None = None
        self._stop_trying, self._trying, self._unwanted = Cancel(), threading.Lock(), False
        self.trying: Callable[[Progress | None], None] = lambda progress: None
        """told how far trying a device out is, and None when that is over; in any thread"""

    @functools.cached_property
    def known(self) -> Known:
        return Known()

    @functools.cached_property
    def look_costs(self) -> LookCosts:
        return LookCosts()

    @functools.cached_property
    def _compiled(self) -> Compiled:
        return Compiled()

    @property
    def memory(self) -> int:
        """Bytes that the process with the models had taken at most when it last answered; 0 before."""
        return self.host.memory

    def told(self, tell: Callable[[Trouble], None]) -> None:
        """`tell` gets what went wrong on the way to an answer that still came; in any thread."""
        self.host.told = tell

    def wake(self) -> None:
        """A key went down: somebody will ask. Returns at once."""
        self.host.wake()

    def close(self) -> None:
        self._stop_trying.set()
        self.host.close()

    def try_devices(self) -> None:
        """Try out, one after the other and behind everything else, what nobody has tried yet. Returns at once.

        To be called when a question is over: the next one may run on what was found to be quicker.
        """
        ladder = self._ladder
        if ladder is not None and not self._unwanted and ladder.wanted != LAST and ladder.unprobed():
            threading.Thread(target=self._try, args=(ladder,), name="nunchi-probing", daemon=True).start()

    def try_transcribers(self) -> None:
        """Where one speech model is installed for two engines, time those that nobody has timed yet, as `try_devices` does."""
        if self._untimed():
            threading.Thread(target=self._time, name="nunchi-probing", daemon=True).start()

    def _untimed(self) -> list[str]:
        from models.catalogue import default_transcriber, forms

        try:
            both = [one.name for one in forms(default_transcriber())]
        except NunchiError:
            return []
        return [name for name in both if self.known.of(LAST, name) is None] if len(both) > 1 else []

    def _time(self) -> None:
        if not self._trying.acquire(blocking=False):
            return
        try:
            for name in self._untimed():
                self._timing(name, self.known, cancel=self._stop_trying)
        except NunchiError as reason:
            log.info("timing speech models ended: %s", reason)
        finally:
            self._trying.release()

    def vision(self, name: str, device: str) -> RemoteVision:
        """Not open yet. `name` "": the program's own choice, as where the chosen one was deleted elsewhere."""
        from models.catalogue import default_vision, find
        from models.machine import devices

        entry = find(name) if if_there(name) else default_vision()
        chosen = entry.name

        def image_tokens(where: str) -> int | None:
            found = self.look_costs.budget(entry, where, self._look_seconds())
            return found and found.image_tokens

        ladder = self._ladder = Ladder(chosen, device, devices(), self.known)
        return RemoteVision(
            self.host, chosen, ladder=ladder, compiled=self._compiled, patience=self._patience,
            image_tokens=image_tokens,
        )  # fmt: skip

    def cancel_trying(self) -> None:
        """The person wants no device tried out now, nor again before the program's next start."""
        self._unwanted = True
        self._stop_trying.set()

    def _try(self, ladder: Ladder) -> None:
        if not self._trying.acquire(blocking=False):
            return
        best, tried = ladder.devices()[0], []
        try:
            for device in ladder.unprobed():
                if self._unwanted:
                    return
                log.info("trying %s", device)
                self._try_one(ladder.model, device)
                tried.append(device)
            self._tell_result(best, ladder.devices()[0], tried)
        except NunchiError as reason:
            log.info("trying devices ended: %s", reason)
        finally:
            self._trying.release()

    def _try_one(self, model: str, device: str) -> None:
        """Tell how far it is at each stage, and every few seconds meanwhile. Errors: as `probe`."""
        if device == LAST:  # only to compare with; takes a moment
            self._probing(model, device, self.known, self._compiled, cancel=self._stop_trying)
            return
        course, over = Course(device, self.known.earlier(device, model)), threading.Event()

        def ticking() -> None:
            while not over.wait(TICK_SECONDS):
                self.trying(course.now())

        self.trying(course.now())
        threading.Thread(target=ticking, name="nunchi-progress", daemon=True).start()
        try:
            self._probing(
                model, device, self.known, self._compiled, cancel=self._stop_trying,
                progress=lambda *stage: self.trying(course.at(*stage)),
            )  # fmt: skip
        finally:
            over.set()
            self.trying(None)

    def _tell_result(self, before: str, now: str, tried: list[str]) -> None:
        """Once, and only what a person may want to know: a quicker device, or an NPU that was prepared for nothing."""
        if now != before:
            self.host.told(Trouble("engine_found", {"device": now}))
        elif tried and (one := self.known.of(tried[0], self._ladder.model if self._ladder else "")):
            self.host.told(
                Trouble("engine_unfit" if one.fault else "engine_slower", {"device": tried[0], "before": now})
            )

    def transcriber(self, name: str) -> RemoteTranscriber:
        """Not open yet."""
        return RemoteTranscriber(self.host, if_there(name))


def if_there(name: str) -> str | None:
    """The chosen model, or None for the program's own choice where it was deleted elsewhere."""
    from models.catalogue import installed

    if any(entry.name == name for entry in installed()):
        return name
    if name:
        log.warning("the chosen model %s is not there any more", name)
    return None
