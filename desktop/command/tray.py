"""`nunchi` without a verb: the tray program."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from assistant.errors import DeviceFailed

if TYPE_CHECKING:
    from argparse import Namespace


def run(_arguments: Namespace) -> int:
    """Errors: `DeviceFailed` where Qt is not installed or there is no screen."""
    check_qt()
    check_display()
    from desktop.app import main
    from desktop.command.main import language

    return main(language())


def check_qt() -> None:
    """Errors: `DeviceFailed("desktop_not_installed")`."""
    try:
        import PySide6.QtNetwork
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as missing:
        absent = isinstance(missing, ModuleNotFoundError)
        reason = "" if absent else str(missing)  # such as a system library that Qt needs
        raise DeviceFailed("desktop_not_installed", reason=reason) from missing


def check_display() -> None:
    """Qt ends the process where it finds no screen; this says so instead. Errors: `DeviceFailed`."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise DeviceFailed("display_unreachable")
