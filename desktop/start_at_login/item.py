"""What every system can do about starting at login, what is started, and which module does it here.

The system's own list is the truth: nothing about it is kept in our settings, so both never disagree.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from assistant.errors import DeviceFailed

log = logging.getLogger(__name__)
APP_ID = "io.github.nunchi_desktop.Nunchi"


class LoginItem(Protocol):
    """Errors of all three: `DeviceFailed("login_item_failed")`."""

    def command(self) -> tuple[str, ...] | None:
        """What is started at login now; None where we are not."""
        ...

    def turn_on(self, command: Sequence[str]) -> None: ...

    def turn_off(self) -> None: ...


def open_login_item() -> LoginItem:
    if sys.platform == "win32":
        from desktop.start_at_login.windows import RunKey

        return RunKey()
    if sys.platform == "darwin":
        from desktop.start_at_login.mac import LaunchAgent

        return LaunchAgent()
    from desktop.start_at_login.linux import Autostart

    return Autostart()


def our_command(executable: str = sys.executable, frozen: bool | None = None) -> tuple[str, ...]:
    """How this program is started: the bundle's own program, the installed `nunchi`, or Python with our module.

    On Windows `pythonw` is preferred to the console script, which would open a black window at every login.
    """
    beside = Path(executable).parent
    if getattr(sys, "frozen", False) if frozen is None else frozen:
        if image := os.environ.get("APPIMAGE"):  # what runs is mounted for this run only
            return (image,)
        windowed = beside / "nunchi-tray.exe"
        return (str(windowed) if windowed.exists() else executable,)
    if sys.platform == "win32":
        windowed = beside / "pythonw.exe"
        return (str(windowed if windowed.exists() else executable), "-m", "desktop.command.main")
    script = beside / "nunchi"
    return (str(script),) if script.exists() else (executable, "-m", "desktop.command.main")


def renew(item: LoginItem, command: Sequence[str]) -> bool:
    """After an update that moved the program: start the new one, where the old one is gone. Whether it was changed."""
    there = item.command()
    if there is None or there == tuple(command) or Path(there[0]).exists():
        return False
    item.turn_on(command)
    return True


def renew_login_item() -> None:
    """At the program's start. What goes wrong is nobody's concern then."""
    try:
        renew(open_login_item(), our_command())
    except DeviceFailed as reason:
        log.info("starting at login was not renewed: %s", reason)


def failed(reason: OSError) -> DeviceFailed:
    return DeviceFailed("login_item_failed", reason=reason.strerror or str(reason))
