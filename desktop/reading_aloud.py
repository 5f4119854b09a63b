# ruff: noqa: TID253 - loaded by desktop.app only
"""Answers read aloud while they stream, where the person wants that; ended by whatever they do next."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from assistant.errors import DeviceFailed, NunchiError
from assistant.events import Failed, Finished, Listening, Restarted, Said, Stopped, Thinking
from desktop.notices import Dismissed, Hushed, Notice
from desktop.settings import Settings
from desktop.speaking import Sentences
from desktop.words import shown

if TYPE_CHECKING:
    from desktop.speaking_voice import SpeakingVoice

log = logging.getLogger(__name__)


class ReadingAloud(QObject):
    """Hears the same notices as the windows. `open_voice` gets the name of the loudspeaker; tests give their own.

    `failed` has what is missing, once until the settings change. `speaking` tells when it begins and ends.
    """

    speaking = Signal(bool)
    failed = Signal(object)

    def __init__(
        self,
        settings: Callable[[], Settings],
        language: Callable[[], str],
        open_voice: Callable[[str], SpeakingVoice] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings, self._language = settings, language
        self._open_voice = open_voice or _korean_voice
        self._voice: SpeakingVoice | None = None
        self._device = ""
        self._sentences: Sentences | None = None
        self._told = False

    @property
    def is_speaking(self) -> bool:
        return self._voice is not None and self._voice.is_speaking

    def hear(self, notice: Notice) -> None:
        match notice:
            case Thinking():
                self._begin()
            case Restarted() if self._sentences is not None:
                self.hush()
                self._begin()
            case Said() if self._sentences is not None:
                self._say(self._sentences.push(notice.piece))
            case Finished() if self._sentences is not None:
                self._say(self._sentences.end())
                self._sentences = None
            case Hushed() | Listening() | Stopped() | Failed():
                self.hush()
            case Dismissed():
                self.close()

    def hush(self) -> None:
        """At once, in the middle of a word."""
        self._sentences = None
        if self._voice is not None:
            self._voice.stop()

    def close(self) -> None:
        """Give the voice back; the next answer opens it anew."""
        self._sentences = None
        voice, self._voice = self._voice, None
        if voice is not None:
            voice.close()
            voice.deleteLater()

    def settings_changed(self) -> None:
        self._told = False
        if not self._settings().voice_answers:
            self.close()

    def _begin(self) -> None:
        settings = self._settings()
        self._sentences = None
        if not settings.voice_answers:
            return
        if self._voice is not None and self._device != settings.speaker:
            self.close()
        try:
            if self._voice is None:
                self._voice, self._device = self._open_voice(settings.speaker), settings.speaker
                self._voice.speaking.connect(self.speaking)
                self._voice.failed.connect(self._fail)
        except NunchiError as missing:
            self._fail(missing)
            return
        self._sentences = Sentences(settings.masked_kinds, shown("hidden_number", self._language()))

    def _say(self, sentences: list[str]) -> None:
        for sentence in sentences:
            if self._voice is not None:
                self._voice.say(sentence)

    def _fail(self, error: NunchiError) -> None:
        log.warning("answers are not read aloud: %s", error)
        self.close()
        if not self._told:
            self._told = True
            self.failed.emit(error)


def _korean_voice(device: str) -> SpeakingVoice:
    """Errors: `DeviceFailed`. Answers are Korean, whatever the windows' language is."""
    try:
        from desktop.speaking_voice import SpeakingVoice
    except ImportError as missing:
        raise DeviceFailed("voice_unavailable", reason=str(missing)) from missing
    return SpeakingVoice(device=device)
