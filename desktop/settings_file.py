"""The settings on the disk: one JSON file in the system's place for configuration.

Written whole or not at all. What this version does not know stays in the file; a file that cannot be read, and one
with values that cannot be used, is set aside beside it before anything is written: nothing a person typed is lost.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import tempfile
import time
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from assistant.errors import DeviceFailed
from desktop.settings import VERSION, Settings, parsed, written

CONFIG_VARIABLE = "NUNCHI_CONFIG"
NAME = "settings.json"
LARGEST = 1 << 20
log = logging.getLogger(__name__)


def config_folder() -> Path:
    """`NUNCHI_CONFIG`, else the system's place: ~/.config/nunchi, %LOCALAPPDATA%\\nunchi, ~/Library/Application Support/nunchi."""
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named)
    import platformdirs

    return platformdirs.user_config_path("nunchi", appauthor=False)


@dataclass(frozen=True)
class Trouble:
    """What was wrong with the file. `set_aside` is the copy that keeps it, None where even that failed."""

    code: str
    """settings_broken (nothing could be read) or settings_partly_broken"""
    set_aside: Path | None = None
    names: tuple[str, ...] = ()
    """of the values that could not be used"""


class SettingsFile:
    """`load` first, then `save` as often as wanted. One thread."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = (path or config_folder() / NAME).resolve()  # a link keeps pointing to the file it names
        self.trouble: Trouble | None = None
        self._unknown: dict[str, Any] = {}
        self._version = VERSION

    def load(self) -> Settings:
        """What stands there, else the first values; `trouble` says what was wrong. Never raises."""
        self.trouble, self._unknown, self._version = None, {}, VERSION
        try:
            raw = self._read()
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, RecursionError) as reason:
            log.warning("the settings cannot be read: %s", reason)
            self.trouble = Trouble("settings_broken", self._set_aside("broken"))
            return Settings()
        settings, bad = parsed(raw)
        known = {one.name for one in fields(Settings)} | {"version"}
        self._unknown = {name: value for name, value in raw.items() if name not in known}
        version = raw.get("version")
        self._version = version if type(version) is int and version > VERSION else VERSION
        if bad:
            self.trouble = Trouble("settings_partly_broken", self._set_aside("kept"), tuple(bad))
        return settings

    def save(self, settings: Settings) -> None:
        """The whole file at once. Errors: `DeviceFailed("settings_not_saved")`; the old file is then as it was."""
        told = {"version": self._version, **self._unknown, **written(settings)}
        data = (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
        made: Path | None = None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".settings-", suffix=".part", dir=self.path.parent)
            made = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            made.replace(self.path)
        except OSError as reason:
            if made is not None:
                with contextlib.suppress(OSError):
                    made.unlink(missing_ok=True)
            raise DeviceFailed("settings_not_saved", reason=reason.strerror or str(reason)) from reason

    def _read(self) -> dict[str, Any]:
        """Errors: OSError, ValueError."""
        with self.path.open("rb") as file:
            raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise ValueError("too large")
        told = json.loads(raw.decode("utf-8-sig"))
        if not isinstance(told, dict):
            raise ValueError("not an object")
        return told

    def _set_aside(self, word: str) -> Path | None:
        """A copy beside the file; the newest few only would lose something, so all of them stay."""
        stamp = time.strftime("%Y%m%d-%H%M%S")
        for number in range(100):
            there = self.path.with_name(f"settings-{word}-{stamp}{f'-{number}' if number else ''}.json")
            if not there.exists():
                try:
                    shutil.copyfile(self.path, there)
                except OSError as reason:
                    log.warning("the broken settings cannot be set aside: %s", reason)
                    return None
                return there
        return None
