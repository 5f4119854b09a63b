"""The microphones, loudspeakers and cameras of this machine by name, and listening to one microphone for a meter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from desktop import sound_devices

if TYPE_CHECKING:
    from assistant.errors import NunchiError
    from assistant.frames import Frame
    from desktop.speaking_voice import SpeakingVoice


class Listening(Protocol):
    def close(self) -> None: ...


class Devices:
    """Nothing is opened but by `listen`. Errors: `DeviceFailed`."""

    def microphones(self) -> list[str]:
        """The system's own choice first; the same name once."""
        audio = sound_devices.sounddevice()
        return list(dict.fromkeys(device.name for device in sound_devices.input_devices(audio)))

    def speakers(self) -> list[str]:
        """As Qt calls them, which is what speaks. Beside the windows only."""
        from PySide6.QtMultimedia import QMediaDevices

        return list(dict.fromkeys(device.description() for device in QMediaDevices.audioOutputs()))

    def speaker_counts(self) -> bool:
        """Whether the voice of this system plays on the loudspeaker that we name. Beside the windows only."""
        from desktop.speaking_voice import TAKES_A_DEVICE, engines

        return bool(TAKES_A_DEVICE & set(engines()))

    def say(self, text: str, speaker: str) -> SpeakingVoice:
        """Say it aloud, now; the voice is to be closed. Beside the windows only."""
        from desktop.speaking_voice import SpeakingVoice

        voice = SpeakingVoice(device=speaker)
        voice.say(text)
        return voice

    def cameras(self) -> list[str]:
        """As Qt calls them. Beside the windows only."""
        from PySide6.QtMultimedia import QMediaDevices

        return list(dict.fromkeys(device.description() for device in QMediaDevices.videoInputs()))

    def look(self, name: str, told: Callable[[Frame | NunchiError], None]) -> Listening:
        """Open a camera ("" the system's own) until its first picture, which `told` gets, or why there is none.

        Beside the windows only. Errors: `DeviceFailed("camera_missing")`.
        """
        from desktop.camera import CameraGlance

        return CameraGlance(name, told)

    def listen(self, name: str, level: Callable[[float], None]) -> Listening:
        """Open a microphone ("" the system's own) and tell how loud it is, in a thread of its own, until closed."""
        return LevelStream(sound_devices.sounddevice(), name, level)


class LevelStream:
    """A microphone that is only measured: nothing is kept."""

    def __init__(self, audio: Any, name: str, level: Callable[[float], None]) -> None:
        """Errors: `DeviceFailed`."""
        from assistant.errors import DeviceFailed
        from desktop.microphone import level as loudness

        device = sound_devices.named(audio, name or None)

        def heard(samples: Any, *_told: Any) -> None:
            level(loudness(samples[:, 0]))

        try:
            self._stream = audio.InputStream(
                device=device.index, channels=1, dtype="float32", blocksize=0, callback=heard
            )
            self._stream.start()
        except Exception as reason:  # PortAudioError has no base of its own
            raise DeviceFailed(
                "microphone_failed", device=device.name, reason=str(reason).splitlines()[0]
            ) from reason

    def close(self) -> None:
        self._stream.close(ignore_errors=True)
