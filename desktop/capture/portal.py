"""Captures under Wayland: the desktop's Screenshot portal, which gives a picture file of the whole desktop.

Wayland tells no program where other programs' windows are, so for a window the desktop itself lets the person choose.
The portal's file is deleted once it is read: GNOME puts it among the person's pictures.
"""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import numpy as np

from assistant.errors import BadInput, DeviceFailed
from assistant.frames import Box
from desktop.capture.black import is_black
from desktop.capture.values import ScreenFrame
from desktop.session_bus import SessionBus, request

SCREENSHOT = "org.freedesktop.portal.Screenshot"
CHOOSING_SECONDS = 60.0


class PortalScreen:
    """`address` is for tests. Errors: `DeviceFailed("dbus_unreachable")`."""

    def __init__(self, address: str | None = None, choosing_seconds: float = CHOOSING_SECONDS) -> None:
        self._bus = SessionBus(address)
        self._choosing_seconds = choosing_seconds

    def freeze(self, what: str = "screen", region: tuple[int, int, int, int] | None = None) -> ScreenFrame:
        """`what`: screen or desktop (all monitors), window (the person chooses), region (of the whole desktop).

        Errors: `DeviceFailed` with capture_denied, capture_failed or capture_black; `BadInput("region_outside")`.
        """
        image = self._picture(interactive=what == "window")
        whole = Box(0, 0, image.shape[1], image.shape[0])
        place = whole
        if what == "region":
            place = Box(*region).clipped(whole.width, whole.height) if region else Box(0, 0, 0, 0)
            if not place.width or not place.height:
                raise BadInput("region_outside", region=region)
            image = np.ascontiguousarray(image[place.y : place.bottom, place.x : place.right])
        if is_black(image):
            raise DeviceFailed("capture_black")
        source = "screen" if what == "desktop" else what
        return ScreenFrame(image, source, place=place, taken_at=time.monotonic())

    def close(self) -> None:
        self._bus.close()

    def _picture(self, interactive: bool) -> np.ndarray:
        """(height, width, 3) uint8 RGB of what the desktop gave."""
        from dbus_fast import Variant

        options = {"interactive": Variant("b", interactive)}
        asked = request(
            self._bus.bus, SCREENSHOT, "Screenshot", signature="sa{sv}", body=[""], options=options,
            seconds=self._choosing_seconds,
        )  # fmt: skip
        try:
            code, results = self._bus.run(asked, self._choosing_seconds + 5.0)
        except TimeoutError as reason:
            raise DeviceFailed("capture_denied") from reason
        if code:
            raise DeviceFailed("capture_denied", response=code)
        return _read_and_delete(results.get("uri", ""))


def _read_and_delete(uri: str) -> np.ndarray:
    """Errors: `DeviceFailed("capture_failed")`."""
    from PIL import Image, UnidentifiedImageError

    parts = urlsplit(uri)
    path = Path(unquote(parts.path))
    if parts.scheme != "file":
        raise DeviceFailed("capture_failed", reason="not a file")
    try:
        with Image.open(path, formats=["PNG", "JPEG"]) as picture:
            return np.array(picture.convert("RGB"))
    except (OSError, UnidentifiedImageError) as reason:
        raise DeviceFailed("capture_failed", reason=type(reason).__name__) from reason
    finally:
        path.unlink(missing_ok=True)
