"""The microphone of the settings for a command: opened when it is listened to, ended by silence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.microphone import SpeechMicrophone


def open_microphone() -> SpeechMicrophone:
    """Errors come when it records: `DeviceFailed` microphone_…."""
    from desktop.microphone import SpeechMicrophone
    from desktop.settings_file import SettingsFile
    from models.runtimes.voice_activity import SileroVoice

    settings = SettingsFile().load()
    microphone = SpeechMicrophone(lambda: SileroVoice().stream(), device=settings.microphone or None)
    microphone.rules = replace(microphone.rules, silence_ms=settings.silence_ms)
    return microphone
