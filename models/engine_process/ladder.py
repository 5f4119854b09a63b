"""On which device an answer is tried, and on which next: NPU, GPU, CPU in the order this machine's own probe measured.

A device that failed is left out until its driver, the engine or the model is another one (`known.py`). The CPU is always the last
resort, and gets a second try in a new process.
"""

from __future__ import annotations

import threading
from collections import Counter

from assistant.errors import DeviceFailed, EngineFailed, NunchiError
from models.engine_process.known import Known, Probed
from models.engine_process.process import Gone
from models.engine_process.remote import MOST_CLOSED, public

AUTO = "AUTO"
LAST = "CPU"
_DEVICE_CODES = {"engine_failed", "engine_load_failed", "device_missing", "device_failed"}


def is_the_devices(error: NunchiError) -> bool:
    """Whether another device may do better."""
    return isinstance(error, EngineFailed | DeviceFailed) and error.code in _DEVICE_CODES


class Ladder:
    """For one model. `wanted` is AUTO, or the device the person chose, which then comes first.

    `there` are the devices the system lists. Under AUTO a device counts only once it was probed.
    """

    def __init__(self, model: str, wanted: str, there: tuple[str, ...], known: Known) -> None:
        self.model, self.wanted, self._there, self._known = model, wanted, there, known
        self._lock = threading.Lock()
        self._failed: set[str] = set()

    def devices(self) -> tuple[str, ...]:
        """Best first; never empty."""
        probed = {device: self._known.of(device, self.model) for device in self._there if device != LAST}
        good = [device for device, one in probed.items() if one is not None and not one.fault]
        with self._lock:
            good = [device for device in good if device not in self._failed]
        if self.wanted in (AUTO, LAST):
            return self._by_time(good) if self.wanted == AUTO else (LAST,)
        asked = self.wanted
        refused = asked in self._failed or (probed.get(asked) is not None and bool(probed[asked].fault))
        first = () if refused else (asked,)
        return (*first, *(device for device in self._by_time(good) if device != asked))

    def unprobed(self) -> tuple[str, ...]:
        """What the system lists and nobody has tried; nothing where there is only the CPU."""
        others = [device for device in self._there if device != LAST]
        fresh = [device for device in others if self._known.of(device, self.model) is None]
        if fresh and self._known.of(LAST, self.model) is None:
            fresh.append(LAST)  # there must be something to compare with
        return tuple(fresh)

    def fault(self, device: str, reason: str) -> None:
        """It failed here and now: remembered for its present driver. The CPU's faults are not the CPU's."""
        if device == LAST:
            return
        with self._lock:
            self._failed.add(device)
        self._known.keep(device, self.model, Probed(fault=reason))

    def _by_time(self, good: list[str]) -> tuple[str, ...]:
        last = self._known.of(LAST, self.model)
        times = {device: self._known.of(device, self.model).question_ms for device in good}
        times[LAST] = last.question_ms if last is not None and not last.fault else float("inf")
        return tuple(sorted(times, key=lambda device: times[device]))


class Attempts:
    """One operation's way down: each device once, the last one twice."""

    def __init__(self, ladder: Ladder | None) -> None:
        """Without a ladder there is one place only, such as a server, and a process that died is replaced once."""
        self._ladder = ladder
        self._tried: Counter[str] = Counter()
        self._closed = 0

    @property
    def device(self) -> str:
        """The next one to try."""
        return self._next() or LAST

    def failed(self, device: str, error: Gone | NunchiError) -> bool:
        """There is another attempt; whether this one counted. Errors: what the person is told, where there is none."""
        if isinstance(error, Gone) and error.reason == "closed":
            self._closed += 1
            if self._closed > MOST_CLOSED:
                raise public(error) from error
            return False
        if isinstance(error, NunchiError) and (self._ladder is None or not is_the_devices(error)):
            raise error
        self._tried[device] += 1
        if self._ladder is not None:
            self._ladder.fault(device, error.reason if isinstance(error, Gone) else error.code)
        if self._next() is None:
            raise (public(error) if isinstance(error, Gone) else error) from error
        return True

    def _next(self) -> str | None:
        devices = self._ladder.devices() if self._ladder is not None else (LAST,)
        fresh = [device for device in devices if not self._tried[device]]
        return fresh[0] if fresh else LAST if self._tried[LAST] < 2 else None
