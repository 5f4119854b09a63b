"""An answer read aloud for a command: Qt's events are handled between the pieces, and until the last word at the end."""

from __future__ import annotations

from types import TracebackType

from assistant.errors import DeviceFailed, NunchiError
from desktop.speaking import Sentences


class Aloud:
    """Opened before the question is asked, so that a missing voice is said first. Errors: `DeviceFailed` voice_…."""

    def __init__(self) -> None:
        from desktop.settings_file import SettingsFile
        from desktop.words import shown

        try:
            from PySide6.QtCore import QCoreApplication

            from desktop.immortal import keep_constants
            from desktop.speaking_voice import SpeakingVoice
        except ImportError as missing:
            raise DeviceFailed("voice_unavailable", reason=str(missing)) from missing
        keep_constants()
        self._application = QCoreApplication.instance() or QCoreApplication(["nunchi"])
        settings = SettingsFile().load()
        self._voice = SpeakingVoice(device=settings.speaker)
        self._failures: list[NunchiError] = []
        self._voice.failed.connect(self._failures.append)
        self._sentences = Sentences(settings.masked_kinds, shown("hidden_number"))

    def __enter__(self) -> Aloud:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._voice.close()

    def push(self, piece: str) -> None:
        self._say(self._sentences.push(piece))

    def end(self, cancelled: object = None) -> None:
        """Says what is left and returns when all is said, or `cancelled` (an event) is set. Errors: `DeviceFailed`."""
        from PySide6.QtCore import QEventLoop

        self._say(self._sentences.end())
        while self._voice.is_speaking and not (cancelled is not None and cancelled.is_set()):
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 100)
        if self._failures:
            raise self._failures[0]

    def _say(self, sentences: list[str]) -> None:
        for sentence in sentences:
            self._voice.say(sentence)
        self._application.processEvents()
