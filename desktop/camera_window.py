# ruff: noqa: TID253 - loaded by desktop.app only
"""The camera as the app sees it: wanted, then looked through, then closed. QtMultimedia loads with the first wish only."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from assistant.errors import DeviceFailed, NunchiError
from assistant.frames import Frame

if TYPE_CHECKING:
    from desktop.overlay.camera_preview import CameraPreview

log = logging.getLogger(__name__)


class CameraWindow:
    """`look_at` gets the frame that was taken, `fail` why there is none, `leave` is called when the person went away."""

    def __init__(
        self,
        look_at: Callable[[Frame], None],
        fail: Callable[[NunchiError], None],
        leave: Callable[[], None],
        composited: bool | None = None,
    ) -> None:
        self._look_at, self._fail, self._leave, self._composited = look_at, fail, leave, composited
        self.preview: CameraPreview | None = None

    @property
    def is_open(self) -> bool:
        return self.preview is not None and self.preview.isVisible()

    def want(self, name: str, language: str, pointer: QPoint) -> None:
        """Open the camera called `name`; take the picture where it is open already."""
        if self.preview is not None and self.is_open:
            self.preview.take()
            return
        self.close()
        try:
            from desktop.overlay.camera_preview import CameraPreview
        except ImportError as missing:
            self._fail(DeviceFailed("camera_unavailable", reason=str(missing)))
            return
        self.preview = CameraPreview(language, self._composited)
        self.preview.taken.connect(self._look_at)
        self.preview.failed.connect(self._fail)
        self.preview.left.connect(self._leave)
        self.preview.open(name, pointer)

    def close(self) -> None:
        """Give the camera back."""
        preview, self.preview = self.preview, None
        if preview is not None:
            preview.shut()
            preview.deleteLater()
