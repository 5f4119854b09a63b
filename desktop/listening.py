"""The microphone as the settings want it: none where nobody understands speech, opened by a question, or kept open."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.endpointing import Probability
from assistant.errors import NunchiError

if TYPE_CHECKING:
    from desktop.microphone import SpeechMicrophone
    from desktop.settings import Settings

RING_MS = 640
"""what is remembered before the key goes down, where the person wants that"""
log = logging.getLogger(__name__)


class Ears:
    """Called with nothing it gives the microphone for the next question, or None: then questions are typed.

    `level` gets how loud it is while somebody records; `audio` is for tests, as `understands` is: whether there is a
    model that understands speech.
    """

    def __init__(
        self,
        level: Callable[[float], None],
        settings: Callable[[], Settings],
        *,
        audio: Any = None,
        understands: Callable[[], bool] | None = None,
        listen: Callable[[], Probability] | None = None,
    ) -> None:
        self._level, self._settings, self._audio = level, settings, audio
        self.told: Callable[[str], None] = lambda word: None
        """gets microphone_replaced or microphone_reopened, in the recording's thread"""
        self._understands = understands or _understands
        self._listen = listen or _voice_detector

    def __call__(self) -> SpeechMicrophone | None:
        if not self._understands():
            return None
        microphone, now = self._microphone, self._settings()
        microphone.device = now.microphone or None
        microphone.rules = replace(microphone.rules, silence_ms=now.silence_ms)
        return microphone

    def stand_by(self) -> bool:
        """Keep the microphone open from now on, or give it back, as the settings say; whether it is open.

        Blocks for as long as the device takes to open.
        """
        wanted = self._settings().pre_roll
        if not wanted and "_microphone" not in self.__dict__:
            return False
        microphone = self()
        if microphone is None:
            return False
        try:
            microphone.stand_by(RING_MS if wanted else 0)
        except NunchiError as reason:
            log.warning("the microphone cannot be kept open: %s", reason)
        return microphone.is_open

    def close(self) -> None:
        if "_microphone" in self.__dict__:
            self._microphone.close()

    def _tell(self, word: str) -> None:
        self.told(word)

    @functools.cached_property
    def _microphone(self) -> SpeechMicrophone:
        from desktop.microphone import SpeechMicrophone

        return SpeechMicrophone(
            self._listen,
            on_level=self._level,
            on_notice=self._tell,
            audio=self._audio,
        )


def _voice_detector() -> Probability:
    return _silero()()


@functools.cache
def _silero() -> Callable[[], Probability]:
    """Loaded once, when somebody speaks already: the device is open by then, and nothing is lost."""
    from models.runtimes.voice_activity import SileroVoice

    return SileroVoice().stream


def _understands() -> bool:
    from models.catalogue import default_transcriber

    try:
        default_transcriber()
    except NunchiError as missing:
        log.info("questions are typed: %s", missing)
        return False
    return True
