"""Other programs' windows on macOS, and the screen-recording permission, through pyobjc's Quartz and AppKit.

Boxes are points, origin at the top left of the primary screen. Titles come only with the permission.
"""

from __future__ import annotations

import os
from typing import Any

from assistant.errors import DeviceFailed
from assistant.frames import Box
from desktop.capture.values import Window

NORMAL_LAYER = 0
SHARING_NONE = 0


class MacWindows:
    """`quartz` and `appkit` are given by tests only. Errors: `DeviceFailed("capture_unavailable")`."""

    def __init__(self, quartz: Any = None, appkit: Any = None, own_process: int | None = None) -> None:
        if quartz is None:
            try:
                import AppKit as appkit
                import Quartz as quartz
            except ImportError as reason:
                raise DeviceFailed("capture_unavailable") from reason
        self._quartz, self._appkit = quartz, appkit
        self._own_process = own_process or os.getpid()

    def check_permission(self) -> None:
        """Errors: `DeviceFailed("capture_permission")`; the system's own question is shown the first time."""
        if not self._quartz.CGPreflightScreenCaptureAccess():
            self._quartz.CGRequestScreenCaptureAccess()
            raise DeviceFailed("capture_permission")

    def active(self) -> Window | None:
        """The frontmost program's topmost window; the topmost of all when that program is us."""
        front = self._appkit.NSWorkspace.sharedWorkspace().frontmostApplication()
        process = front.processIdentifier() if front is not None else -1
        stack = self.stack()
        return next((window for window in stack if window.process == process), stack[0] if stack else None)

    def stack(self) -> list[Window]:
        quartz = self._quartz
        which = quartz.kCGWindowListOptionOnScreenOnly | quartz.kCGWindowListExcludeDesktopElements
        listed = quartz.CGWindowListCopyWindowInfo(which, quartz.kCGNullWindowID)
        if listed is None:
            raise DeviceFailed("capture_permission")
        return [window for told in listed if (window := self._described(told)) is not None]

    def pointer(self) -> tuple[int, int]:
        at = self._quartz.CGEventGetLocation(self._quartz.CGEventCreate(None))
        return int(at.x), int(at.y)

    def _described(self, told: Any) -> Window | None:
        """None for what is ours, a menu bar, a panel, the Dock, or fully transparent."""
        quartz = self._quartz
        process = int(told[quartz.kCGWindowOwnerPID])
        bounds = told[quartz.kCGWindowBounds]
        box = Box(*(int(bounds[side]) for side in ("X", "Y", "Width", "Height")))
        invisible = not told.get(quartz.kCGWindowAlpha, 1.0) or not box.width or not box.height
        if process == self._own_process or invisible or told.get(quartz.kCGWindowLayer, 0) != NORMAL_LAYER:
            return None
        return Window(
            str(told.get(quartz.kCGWindowName) or ""),
            str(told.get(quartz.kCGWindowOwnerName) or ""),
            box,
            process,
            int(told[quartz.kCGWindowNumber]),
            told.get(quartz.kCGWindowSharingState, 1) == SHARING_NONE,
        )
