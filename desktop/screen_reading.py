"""The `ScreenReader` of the desktop: what programs tell about their windows, merged with what is read from the pixels.

The tree is asked first and for 150 ms at most, while the screen is still as it was frozen. A frame that is not of the
screen, and a system without a tree, get the pixels' text alone.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Sequence

from assistant.errors import DeviceFailed
from assistant.frames import Frame, ScreenText
from assistant.ports import Cancel, ScreenReader
from desktop.accessibility.merge import merge
from desktop.accessibility.reading import AccessibilityReader, open_reader
from desktop.capture.values import ScreenFrame, Window

log = logging.getLogger(__name__)


class DesktopReader:
    """`pixels` gives the reader of pictures; `stack` the windows, topmost first; `open_tree` is for tests."""

    def __init__(
        self,
        pixels: Callable[[], ScreenReader],
        stack: Callable[[], Sequence[Window]],
        open_tree: Callable[[], AccessibilityReader] = open_reader,
    ) -> None:
        self._pixels, self._stack = pixels, stack
        self._tree = functools.cache(open_tree)
        self._no_tree = False

    def read(self, frame: Frame, cancel: Cancel | None = None) -> ScreenText:
        told = self._told(frame)
        return merge(self._pixels().read(frame, cancel), told)

    def _told(self, frame: Frame) -> ScreenText:
        """Empty where there is nobody to ask. Covered windows of a frame stay unread."""
        if self._no_tree or not isinstance(frame, ScreenFrame) or frame.covered or frame.monitor is None:
            return ScreenText(source="accessibility")
        try:
            return self._tree().read(frame.place, self._stack(), scale=frame.scale)
        except DeviceFailed as reason:
            log.info("no accessibility tree: %s", reason)
            self._no_tree = True
            return ScreenText(source="accessibility")
