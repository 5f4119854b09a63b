"""What came of trying devices out on this machine: kept in its cache folder, for one driver, engine and model.

A file that cannot be read counts as empty; what was found for another driver, engine or machine does not count.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from models.catalogue import DATA_VARIABLE
from models.engine_process.drivers import stamp

NAME = "devices.json"
LARGEST = 1 << 20
MOST = 200
ANSWER_TOKENS = 30
"""what a typical answer has"""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Probed:
    """One device with one model: what it took in milliseconds, or `fault`: crashed, hung, or an error's code."""

    load_ms: float = 0.0
    look_ms: float = 0.0
    first_token_ms: float = 0.0
    tokens_per_s: float = 0.0
    fault: str = ""
    at: float = 0.0
    """seconds since 1970"""

    @property
    def question_ms(self) -> float:
        """What a question takes there, from the picture to the last word."""
        speaking = 1000 * ANSWER_TOKENS / self.tokens_per_s if self.tokens_per_s > 0 else 0.0
        return self.look_ms + self.first_token_ms + speaking


def cache_folder() -> Path:
    """Below `NUNCHI_DATA` where that is set, else the system's place for what can be made again."""
    if named := os.environ.get(DATA_VARIABLE):
        return Path(named) / "cache"
    import platformdirs

    return platformdirs.user_cache_path("nunchi", appauthor=False)


class Known:
    """Any thread. `stamp` gives what a device's results are bound to; tests give their own."""

    def __init__(self, path: Path | None = None, stamp: Callable[[str], str] = stamp) -> None:
        self._path = path or cache_folder() / NAME
        self._stamp = stamp
        self._lock = threading.Lock()
        self._read: dict[str, dict[str, Any]] | None = None

    def of(self, device: str, model: str) -> Probed | None:
        """What is known for the present driver; None where nobody has tried."""
        with self._lock:
            told = self._all().get(f"{device}/{model}")
        if told is None or told.get("stamp") != self._stamp(device):
            return None
        return _probed(told)

    def earlier(self, device: str, model: str) -> Probed | None:
        """What it took with whatever driver: good for guessing how long it will take."""
        with self._lock:
            told = self._all().get(f"{device}/{model}")
        return _probed(told) if told is not None else None

    def keep(self, device: str, model: str, found: Probed) -> None:
        """Written whole or not at all; where nothing can be written, it is known until the program ends."""
        with self._lock:
            known = self._all()
            known.pop(f"{device}/{model}", None)
            known[f"{device}/{model}"] = asdict(found) | {"stamp": self._stamp(device), "at": time.time()}
            for old in tuple(known)[:-MOST]:
                del known[old]
            with contextlib.suppress(OSError):
                write_whole(self._path, json.dumps({"version": 1, "devices": known}))

    def all(self) -> dict[str, Probed]:
        """«device/model» → what is known for the present drivers."""
        with self._lock:
            names = tuple(self._all())
        found = {name: self.of(*name.split("/", 1)) for name in names}
        return {name: one for name, one in found.items() if one is not None}

    def _all(self) -> dict[str, dict[str, Any]]:
        if self._read is None:
            self._read = _entries(self._path)
        return self._read


def _entries(path: Path) -> dict[str, dict[str, Any]]:
    try:
        with path.open("rb") as stream:
            told = json.loads(stream.read(LARGEST))
        entries = told["devices"]
        return {
            name: one
            for name, one in entries.items()
            if "/" in name and isinstance(one, dict) and _probed(one)
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as reason:
        log.warning("what is known of devices cannot be read: %s", reason)
        return {}


def _probed(told: dict[str, Any]) -> Probed | None:
    values = {one.name: told.get(one.name) for one in fields(Probed)}
    numbers = [value for name, value in values.items() if name != "fault"]
    if not isinstance(values["fault"], str) or not all(
        isinstance(one, int | float) and 0 <= one < 1e12 for one in numbers
    ):
        return None
    return Probed(**values)


def write_whole(path: Path, text: str) -> None:
    """Written whole or not at all. Errors: `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(scratch).replace(path)
    except OSError:
        Path(scratch).unlink(missing_ok=True)
        raise
