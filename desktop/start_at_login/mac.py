"""macOS: a property list in ~/Library/LaunchAgents, which launchd reads at the next login."""

from __future__ import annotations

import plistlib
from collections.abc import Sequence
from pathlib import Path

from desktop.start_at_login.item import APP_ID, failed


class LaunchAgent:
    """`folder` is for tests. Nothing is loaded now: the program that writes it is running already."""

    def __init__(self, folder: Path | None = None) -> None:
        self._file = (folder or Path.home() / "Library" / "LaunchAgents") / f"{APP_ID}.plist"

    def command(self) -> tuple[str, ...] | None:
        try:
            told = plistlib.loads(self._file.read_bytes())
        except FileNotFoundError:
            return None
        except (plistlib.InvalidFileException, ValueError, TypeError):
            return None
        except OSError as reason:
            raise failed(reason) from reason
        parts = told.get("ProgramArguments") if isinstance(told, dict) else None
        if not isinstance(parts, list) or not parts or not told.get("RunAtLoad") or told.get("Disabled"):
            return None
        return tuple(str(part) for part in parts)

    def turn_on(self, command: Sequence[str]) -> None:
        told = {
            "Label": APP_ID,
            "ProgramArguments": list(command),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
            "LimitLoadToSessionType": "Aqua",
        }
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            made = self._file.with_suffix(".part")
            made.write_bytes(plistlib.dumps(told))
            made.replace(self._file)
        except OSError as reason:
            raise failed(reason) from reason

    def turn_off(self) -> None:
        try:
            self._file.unlink(missing_ok=True)
        except OSError as reason:
            raise failed(reason) from reason
