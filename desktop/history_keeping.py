"""Writes finished answers down while the person wants that, beside the windows and never in their way.

Hears the same notices as the windows. Nothing is kept in memory either once the card is closed.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from assistant.errors import NunchiError
from assistant.events import Answer, Captured, Finished, Read
from assistant.frames import Frame, ScreenText
from desktop.history import History
from desktop.notices import Dismissed, Notice
from desktop.settings import Settings

log = logging.getLogger(__name__)


class HistoryKeeper:
    """`settings` gives the present ones; `failed` is told what went wrong, in the writing thread."""

    def __init__(
        self,
        history: History,
        settings: Callable[[], Settings],
        failed: Callable[[NunchiError], None] = lambda error: None,
    ) -> None:
        self.history, self._settings, self._failed = history, settings, failed
        self._frame: Frame | None = None
        self._screen_text: ScreenText | None = None
        self._writing = threading.Lock()

    def hear(self, notice: Notice) -> None:
        match notice:
            case Captured():
                self._frame = notice.frame
            case Read():
                self._screen_text = notice.screen_text
            case Finished() if self._frame is not None and self._settings().history:
                self._start(notice.answer, self._frame, self._screen_text)
            case Dismissed():
                self._frame = self._screen_text = None

    def prune(self) -> None:
        """Delete what is too old by now; at the start, and now and then while the program runs."""
        self._run(lambda: self.history.prune(self._settings().history_days))

    def _start(self, answer: Answer, frame: Frame, screen_text: ScreenText | None) -> None:
        settings = self._settings()

        def write() -> None:
            self.history.keep(answer, frame, screen_text, settings.masked_kinds)
            self.history.prune(settings.history_days)

        self._run(write)

    def _run(self, work: Callable[[], object]) -> None:
        def job() -> None:
            with self._writing:
                try:
                    work()
                except NunchiError as error:
                    log.warning("the history was not written: %s", error)
                    self._failed(error)

        threading.Thread(target=job, name="nunchi-history", daemon=True).start()
