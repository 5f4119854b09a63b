"""Windows: a value in the person's own Run key. No administrator is asked."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Sequence
from typing import Any

from desktop.start_at_login.item import failed

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
"""where the Task Manager notes what a person has switched off: an odd first byte means off"""
NAME = "Nunchi"


class RunKey:
    """`registry` is `winreg`, or a stand-in for tests."""

    def __init__(self, registry: Any = None) -> None:
        if registry is None:
            import winreg as registry  # type: ignore[import-not-found,no-redef,unused-ignore]
        self._registry = registry

    def command(self) -> tuple[str, ...] | None:
        """None also where the Task Manager has switched it off."""
        line = self._value(RUN)
        if not isinstance(line, str) or not line:
            return None
        approved = self._value(APPROVED)
        off = isinstance(approved, bytes) and bool(approved) and approved[0] % 2 == 1
        return None if off else tuple(_parts(line))

    def turn_on(self, command: Sequence[str]) -> None:
        try:
            with self._registry.CreateKey(self._registry.HKEY_CURRENT_USER, RUN) as key:
                line = subprocess.list2cmdline(list(command))
                self._registry.SetValueEx(key, NAME, 0, self._registry.REG_SZ, line)
        except OSError as reason:
            raise failed(reason) from reason
        self._delete(APPROVED)  # switched on here after it was switched off there

    def turn_off(self) -> None:
        self._delete(RUN)
        self._delete(APPROVED)

    def _value(self, path: str) -> object:
        try:
            with self._registry.OpenKey(self._registry.HKEY_CURRENT_USER, path) as key:
                return self._registry.QueryValueEx(key, NAME)[0]
        except FileNotFoundError:
            return None
        except OSError as reason:
            raise failed(reason) from reason

    def _delete(self, path: str) -> None:
        try:
            with (
                contextlib.suppress(FileNotFoundError),
                self._registry.OpenKey(
                    self._registry.HKEY_CURRENT_USER, path, 0, self._registry.KEY_SET_VALUE
                ) as key,
            ):
                self._registry.DeleteValue(key, NAME)
        except OSError as reason:
            raise failed(reason) from reason


def _parts(line: str) -> list[str]:
    """A command line as `list2cmdline` writes it, taken apart again: quotes hold blanks, a backslash only before a quote counts."""
    parts: list[str] = []
    current, quoted, slashes, started = "", False, 0, False
    for sign in line:
        if sign == "\\":
            slashes += 1
            continue
        if sign == '"':
            current += "\\" * (slashes // 2)
            if slashes % 2:
                current += '"'
            else:
                quoted, started = not quoted, True
        else:
            current += "\\" * slashes
            if sign in " \t" and not quoted:
                if current or started:
                    parts.append(current)
                current, started = "", False
            else:
                current += sign
        slashes = 0
    current += "\\" * slashes
    return [*parts, current] if current or started else parts
