"""What looks have cost on this machine: kept in its cache folder for each device and model, as long as driver and engine stay.

Numbers only. The choice made from them (models/image_budget.py) is kept beside them, so that it does not waver between
two starts. A file that cannot be read counts as empty.
"""

from __future__ import annotations

import contextlib
import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.engine_process.drivers import stamp
from models.engine_process.known import LARGEST, cache_folder, write_whole
from models.engine_process.ladder import LAST
from models.image_budget import (
    MOST_LOOKS,
    SECONDS,
    Budget,
    Looked,
    Sizes,
    chosen,
    remembered,
    sizes_of,
)

if TYPE_CHECKING:
    from assistant.events import Answer
    from models.catalogue import Entry

NAME = "looks.json"
MOST = 40
"""devices with a model"""
log = logging.getLogger(__name__)


class LookCosts:
    """Any thread. `stamp` and `clock` are for tests."""

    def __init__(
        self,
        path: Path | None = None,
        stamp: Callable[[str], str] = stamp,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._path = path or cache_folder() / NAME
        self._stamp, self._clock = stamp, clock
        self._lock = threading.Lock()
        self._read: dict[str, dict[str, Any]] | None = None

    def budget(self, entry: Entry, device: str, seconds: float = SECONDS) -> Budget | None:
        """What a look of that model may have on `device` now; None where its pictures have one size."""
        sizes = _sizes(entry, device)
        if sizes is None:
            return None
        model = entry.name
        with self._lock:
            looks, present = self._of(device, model)
            found = chosen(sizes, looks, seconds, self._clock(), present)
            if found.ms is not None and found.image_tokens != present:
                log.info("%s on %s looks with %d image tokens", model, device, found.image_tokens)
                self._keep(device, model, looks, found.image_tokens)
            return found

    def expected(self, entry: Entry, seconds: float = SECONDS) -> Budget | None:
        """The same on the device where it looked last, for who only wants to show it: nothing is kept."""
        with self._lock:
            device = self._last_device(entry.name)
            sizes = _sizes(entry, device)
            if sizes is None:
                return None
            looks, present = self._of(device, entry.name)
            return chosen(sizes, looks, seconds, self._clock(), present)

    def note(self, answer: Answer) -> None:
        """Remember what its look cost; one that found its picture seen before tells nothing, nor does another's server."""
        usage, timings = answer.usage, answer.timings
        if not answer.model or usage.image_tokens <= 0 or usage.fresh_tokens <= 0 or not answer.device:
            return
        encode, prefill = timings.encode_ms or 0.0, timings.prefill_ms or 0.0
        if encode <= 0:  # an engine that looks when it is asked
            encode, prefill = timings.first_token_ms or 0.0, 0.0
        if encode <= 0:
            return
        look = Looked(
            image_tokens=usage.image_tokens,
            tokens=max(usage.image_tokens, usage.look_tokens),
            encode_ms=round(encode * usage.image_tokens / usage.fresh_tokens, 1),
            prefill_ms=round(prefill, 1),
            at=self._clock(),
        )
        with self._lock:
            looks, present = self._of(answer.device, answer.model)
            self._keep(answer.device, answer.model, remembered(looks, look), present)

    def _last_device(self, model: str) -> str:
        if self._read is None:
            self._read = _entries(self._path)
        used = [name.partition("/")[0] for name in self._read if name.partition("/")[2] == model]
        return used[-1] if used else LAST

    def _of(self, device: str, model: str) -> tuple[list[Looked], int | None]:
        """Looks, oldest first, and the size in use; nothing where driver, engine or machine are others."""
        if self._read is None:
            self._read = _entries(self._path)
        told = self._read.get(f"{device}/{model}")
        if told is None or told["stamp"] != self._stamp(device):
            return [], None
        return [Looked(**one) for one in told["looks"]], told["present"]

    def _keep(self, device: str, model: str, looks: list[Looked], present: int | None) -> None:
        known = self._read or {}
        known.pop(f"{device}/{model}", None)
        known[f"{device}/{model}"] = {
            "stamp": self._stamp(device), "present": present, "looks": [asdict(one) for one in looks],
        }  # fmt: skip
        for old in tuple(known)[:-MOST]:
            del known[old]
        self._read = known
        with contextlib.suppress(OSError):
            write_whole(self._path, json.dumps({"version": 1, "looks": known}))


def _sizes(entry: Entry, device: str) -> Sizes | None:
    return sizes_of(entry.folder, device) if entry.engine == "openvino" else None


def _entries(path: Path) -> dict[str, dict[str, Any]]:
    try:
        with path.open("rb") as stream:
            told = json.loads(stream.read(LARGEST))["looks"]
        return {name: one for name, one in told.items() if "/" in name and _good(one)}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as reason:
        log.warning("what is known of looks cannot be read: %s", reason)
        return {}


def _good(one: object) -> bool:
    if not isinstance(one, dict) or set(one) != {"stamp", "present", "looks"}:
        return False
    numbers = {field.name for field in fields(Looked)}
    return (
        (one["present"] is None or type(one["present"]) is int)
        and isinstance(one["looks"], list)
        and len(one["looks"]) <= MOST_LOOKS
        and all(
            isinstance(look, dict)
            and set(look) == numbers
            and all(type(value) in (int, float) and 0 <= value < 1e12 for value in look.values())
            and look["image_tokens"] >= 1
            for look in one["looks"]
        )
    )
