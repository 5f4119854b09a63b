# ruff: noqa: TID253 - loaded when an answer is to be read aloud only
"""Says sentences aloud with the system's own voice of a language, through QtTextToSpeech. Lives beside the windows."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtTextToSpeech import QTextToSpeech

from assistant.errors import DeviceFailed

PRETENDED = "mock"
"""Qt's engine for tests; it makes no sound"""
TAKES_A_DEVICE = frozenset({"winrt", "flite"})
"""engines that play on the loudspeaker we name; the others play where the system does"""
log = logging.getLogger(__name__)


def engines() -> list[str]:
    """Those of this system, Qt's own preference first."""
    return [name for name in QTextToSpeech.availableEngines() if name != PRETENDED]


class SpeakingVoice(QObject):
    """A `Speaker`. `speaking` tells when it begins and ends; `failed` has a `DeviceFailed` and comes once an answer.

    `device` is a loudspeaker by name, "" the system's own. Errors on opening: `DeviceFailed` voice_missing (no voice of
    the language; `reason` is what the engines say), voice_unavailable (no engine).
    """

    speaking = Signal(bool)
    failed = Signal(object)

    def __init__(
        self,
        language: QLocale.Language = QLocale.Language.Korean,
        device: str = "",
        names: Sequence[str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._waiting: list[str] = []
        self._speaks = False
        self._speech = _opened(language, device, engines() if names is None else names)
        self._speech.setParent(self)
        self._speech.stateChanged.connect(self._changed)

    @property
    def is_speaking(self) -> bool:
        return self._speaks

    def say(self, text: str) -> None:
        """After what is being said already. Returns at once."""
        self._waiting.append(text)
        self._go_on()

    def stop(self) -> None:
        """In the middle of a word."""
        self._waiting.clear()
        self._speech.stop(QTextToSpeech.BoundaryHint.Immediate)
        self._tell(False)

    def close(self) -> None:
        self.stop()
        self._speech.deleteLater()

    def _go_on(self) -> None:
        """One sentence at a time is given to the engine: not every engine forgets its queue when it is stopped."""
        if self._waiting and self._speech.state() == QTextToSpeech.State.Ready:
            self._tell(True)
            self._speech.say(self._waiting.pop(0))

    def _changed(self, state: QTextToSpeech.State) -> None:
        if state == QTextToSpeech.State.Error:
            self._waiting.clear()
            self._tell(False)
            self.failed.emit(DeviceFailed("voice_failed", reason=self._speech.errorString()))
        elif state == QTextToSpeech.State.Ready:
            self._go_on() if self._waiting else self._tell(False)

    def _tell(self, speaks: bool) -> None:
        if speaks != self._speaks:
            self._speaks = speaks
            self.speaking.emit(speaks)


def _opened(language: QLocale.Language, device: str, names: Sequence[str]) -> QTextToSpeech:
    """The first engine that has a voice of the language."""
    reasons = []
    for name in names:
        speech = QTextToSpeech(name, _parameters(name, device))
        if speech.state() == QTextToSpeech.State.Error:
            reasons.append(f"{name}: {speech.errorString()}")
            continue
        # by language, not by name: «ko» begins Konkani's too
        locale = next((one for one in speech.availableLocales() if one.language() == language), None)
        if locale is not None:
            speech.setLocale(locale)
            if voices := speech.availableVoices():
                speech.setVoice(voices[0])
            return speech
        log.info("%s has no voice of %s", name, language)
    told = "; ".join(reasons)
    if reasons and len(reasons) == len(names):
        raise DeviceFailed("voice_unavailable", reason=told)
    raise DeviceFailed("voice_missing" if names else "voice_unavailable", reason=told)


def _parameters(engine: str, device: str) -> dict[str, object]:
    if not device or engine not in TAKES_A_DEVICE:
        return {}
    from PySide6.QtMultimedia import QMediaDevices

    found = next((one for one in QMediaDevices.audioOutputs() if one.description() == device), None)
    return {"audioDevice": found} if found is not None else {}
