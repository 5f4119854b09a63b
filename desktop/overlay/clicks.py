"""Whether a mouse button is down anywhere on the desktop: how a card that has no focus learns of a click elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable


def open_button_watch() -> Callable[[], bool]:
    """A cheap question to be asked a few times a second. Where the system does not tell, the answer is always no."""
    if sys.platform == "win32":
        import ctypes

        down = ctypes.windll.user32.GetAsyncKeyState
        return lambda: any(down(button) & 0x8000 for button in (1, 2, 4))
    if sys.platform == "darwin" or os.environ.get("WAYLAND_DISPLAY") or not os.environ.get("DISPLAY"):
        return lambda: False
    from Xlib import X, display

    root = display.Display().screen().root
    buttons = X.Button1Mask | X.Button2Mask | X.Button3Mask
    return lambda: bool(root.query_pointer().mask & buttons)
