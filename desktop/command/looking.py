"""What a command is asked about: a picture file, the screen, a window, a part of the desktop, or the camera."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from assistant.errors import BadInput, DeviceFailed
from assistant.frames import Frame
from assistant.images import open_image

if TYPE_CHECKING:
    from argparse import Namespace

WAYS = ("image", "screen", "window", "region", "camera")


def given(arguments: Namespace) -> list[str]:
    """Which of `WAYS` the command line names."""
    return [way for way in WAYS if getattr(arguments, way, None)]


def looking(arguments: Namespace) -> Callable[[], Frame]:
    """What takes the one picture that was asked for. Errors: `BadInput` image_not_given, image_twice, region_wrong."""
    ways = given(arguments)
    if not ways:
        raise BadInput("image_not_given")
    if len(ways) > 1:
        raise BadInput("image_twice")
    if ways == ["image"]:
        return lambda: open_image(arguments.image)
    if ways == ["camera"]:
        return camera_frame
    region = _region(arguments.region) if ways == ["region"] else None
    return lambda: screen_frame(ways[0], region)


def screen_frame(what: str, region: tuple[int, int, int, int] | None = None) -> Frame:
    """The screen without the windows that the settings exclude. Errors: `DeviceFailed`, `BadInput("region_outside")`."""
    from desktop.capture.screen import open_screen
    from desktop.settings_file import SettingsFile

    return open_screen(SettingsFile().load().exclusions.is_excluded).freeze(what, region)


def camera_frame() -> Frame:
    """From the camera of the settings, else the system's own: opened, settled, taken and closed, without a window.

    Errors: `DeviceFailed`, see `desktop.camera.take_picture`.
    """
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


def _region(told: str) -> tuple[int, int, int, int]:
    try:
        x, y, width, height = (int(part) for part in told.split(","))
    except ValueError as error:
        raise BadInput("region_wrong", given=told) from error
    if width <= 0 or height <= 0:
        raise BadInput("region_wrong", given=told)
    return x, y, width, height
