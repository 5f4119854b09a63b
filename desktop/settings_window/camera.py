"""A row that tries the camera: opened until its first picture, which is thrown away, and closed again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from assistant.errors import DeviceFailed, NunchiError
from assistant.frames import Frame
from assistant.messages import message
from desktop.controls.buttons import Button
from desktop.controls.pages import Row
from desktop.words import shown

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.devices import Listening
    from desktop.look_and_feel import Palette

log = logging.getLogger(__name__)


class CameraTry(Row):
    """Says what was seen, or what is missing."""

    def __init__(self, desk: Desk, colours: Palette, title: str) -> None:
        self._desk, self._language = desk, desk.language
        self.button = Button(shown("see_screen_test", self._language), colours)
        super().__init__(title, colours, self.button, shown("camera_try_note", self._language))
        self._open: Listening | None = None
        self.button.clicked.connect(self.look)

    def look(self) -> None:
        self.button.setEnabled(False)
        try:
            self._open = self._desk.devices.look(self._desk.keeping.settings.camera, self._seen)
        except (NunchiError, ImportError) as error:
            self._seen(error if isinstance(error, NunchiError) else DeviceFailed("camera_unavailable"))

    def hideEvent(self, event: object) -> None:
        self._end()
        super().hideEvent(event)

    def _seen(self, result: Frame | NunchiError) -> None:
        if isinstance(result, NunchiError):
            log.info("the camera cannot be tried: %s", result)
            self.remark_on(message(result.code, self._language, **result.values), self._colours.alarm)
        else:
            seen = shown("see_screen_good", self._language, width=result.width, height=result.height)
            self.remark_on(seen, self._colours.accent)
        self._end()

    def _end(self) -> None:
        look, self._open = self._open, None
        if look is not None:
            look.close()
        self.button.setEnabled(True)
