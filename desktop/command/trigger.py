"""`nunchi trigger …`: asks the running tray for an action, for desktops that bind keys to commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.errors import BadInput, DeviceFailed
from desktop.command.tray import check_qt

if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace) -> int:
    """Errors: `DeviceFailed("nunchi_not_running")`; `BadInput("capture_unknown")` for what the tray cannot do yet."""
    check_qt()
    from PySide6.QtCore import QCoreApplication

    from desktop.immortal import keep_constants
    from desktop.single_instance import request

    keep_constants()

    application = QCoreApplication.instance() or QCoreApplication([])
    reply = request(arguments.what)
    del application
    if reply is None:
        raise DeviceFailed("nunchi_not_running")
    if reply != "ok":
        raise BadInput("capture_unknown", what=arguments.what)
    return 0
