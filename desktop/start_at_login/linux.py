"""Linux: a desktop file in the autostart folder (freedesktop.org's Desktop Application Autostart Specification)."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from desktop.start_at_login.item import APP_ID, failed

_RESERVED = re.compile(r"[\s\"'\\><~|&;$*?#()`]")
"""what makes an argument need quotes in an Exec line"""
_ARGUMENT = re.compile(r'"(?P<quoted>(?:\\.|[^"\\])*)"|(?P<plain>[^\s"]+)')


class Autostart:
    """`folder` is for tests; else $XDG_CONFIG_HOME/autostart, ~/.config/autostart."""

    def __init__(self, folder: Path | None = None) -> None:
        config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
        self._file = (folder or Path(config) / "autostart") / f"{APP_ID}.desktop"

    def command(self) -> tuple[str, ...] | None:
        """None also where a desktop's own settings page has switched the entry off."""
        try:
            text = self._file.read_text("utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as reason:
            raise failed(reason if isinstance(reason, OSError) else OSError(str(reason))) from reason
        entries = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
        off = entries.get("Hidden") == "true" or entries.get("X-GNOME-Autostart-enabled") == "false"
        return None if off else _read_exec(entries.get("Exec", ""))

    def turn_on(self, command: Sequence[str]) -> None:
        lines = (
            "[Desktop Entry]", "Type=Application", "Name=Nunchi", "Name[ko]=눈치",
            "Comment=Answers questions about the screen, on this machine only",
            "Comment[ko]=화면에 대해 물으면 답해요. 아무것도 밖으로 보내지 않아요.",
            f"Exec={' '.join(_quoted(part) for part in command)}",
            "Icon=nunchi", "Terminal=false", "X-GNOME-Autostart-enabled=true",
        )  # fmt: skip
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            made = self._file.with_suffix(".part")
            made.write_text("\n".join(lines) + "\n", "utf-8")
            made.replace(self._file)
        except OSError as reason:
            raise failed(reason) from reason

    def turn_off(self) -> None:
        try:
            self._file.unlink(missing_ok=True)
        except OSError as reason:
            raise failed(reason) from reason


def _quoted(part: str) -> str:
    """For an Exec line: quoted where needed; \\ is doubled once more, because the file's own escapes come first."""
    part = part.replace("%", "%%")
    if part and not _RESERVED.search(part):
        return part
    inner = re.sub(r'(["`$\\])', r"\\\1", part)
    return '"' + inner.replace("\\", "\\\\") + '"'


def _read_exec(text: str) -> tuple[str, ...] | None:
    """The arguments of an Exec line; None where there is none."""
    parts = [
        re.sub(r"\\(.)", r"\1", match["quoted"]) if match["plain"] is None else match["plain"]
        for match in _ARGUMENT.finditer(text.replace("\\\\", "\\"))
    ]
    return tuple(part.replace("%%", "%") for part in parts) or None
