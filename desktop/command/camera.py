"""A picture from the camera for a command: opened, settled, taken and closed, without a window."""

from __future__ import annotations

import os
import sys

from assistant.errors import DeviceFailed
from assistant.frames import Frame


def camera_frame() -> Frame:
    """From the camera of the settings, else the system's own. Errors: `DeviceFailed`, see `desktop.camera.take_picture`."""
    from desktop.settings_file import SettingsFile

    try:
        from PySide6.QtGui import QGuiApplication

        from desktop.camera import take_picture
        from desktop.immortal import keep_constants
    except ImportError as missing:
        raise DeviceFailed("camera_unavailable", reason=str(missing)) from missing
    if sys.platform not in {"win32", "darwin"} and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    ):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # a camera needs no screen
    keep_constants()
    application = QGuiApplication.instance() or QGuiApplication(["nunchi"])
    try:
        return take_picture(SettingsFile().load().camera)
    finally:
        application.processEvents()
