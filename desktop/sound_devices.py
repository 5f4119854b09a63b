"""The microphones of this machine by name, through sounddevice (PortAudio).

PortAudio keeps the list it made when it started; `refresh` makes it look again, which ends every open stream.
"""

from __future__ import annotations

import atexit
import os
import sys
from dataclasses import dataclass
from typing import Any

from assistant.errors import DeviceFailed

PULSE_LATENCY_MS = "20"
"""without it an idle PulseAudio gives the first block after 1.1–1.8 s instead of 0.12 s"""


@dataclass(frozen=True)
class InputDevice:
    """`index` is valid until the next `refresh`; keep the name."""

    name: str
    index: int
    channels: int
    rate: float
    default: bool = False


def sounddevice() -> Any:
    """The library, told how quickly PulseAudio should answer. Errors: `DeviceFailed("microphone_unavailable")`."""
    if sys.platform.startswith("linux"):
        os.environ.setdefault("PULSE_LATENCY_MSEC", PULSE_LATENCY_MS)
    try:
        import sounddevice as library
    except (ImportError, OSError) as reason:  # OSError: PortAudio itself is not installed
        raise DeviceFailed("microphone_unavailable", reason=str(reason)) from reason
    return library


def input_devices(audio: Any) -> list[InputDevice]:
    """Microphones, the system's default first. The same device may appear once per sound system (host API)."""
    chosen = audio.default.device
    default = chosen[0] if chosen[0] is not None else -1
    found = [
        InputDevice(
            str(told["name"]),
            number,
            int(told["max_input_channels"]),
            float(told["default_samplerate"]),
            number == default,
        )
        for number, told in enumerate(audio.query_devices())
        if told["max_input_channels"] > 0
    ]
    return sorted(found, key=lambda device: not device.default)


def named(audio: Any, name: str | None) -> InputDevice:
    """The microphone called `name`, else the default one, else any. Errors: `DeviceFailed("microphone_missing")`."""
    devices = input_devices(audio)
    if not devices:
        raise DeviceFailed("microphone_missing")
    return next((device for device in devices if name and device.name == name), devices[0])


def refresh(audio: Any) -> None:
    """Looks for devices again. Every stream must be closed before."""
    audio._terminate()
    audio._initialize()


def forget_at_exit(audio: Any) -> None:
    """Keeps the program's end from waiting for a stuck stream: sounddevice ends PortAudio at exit."""
    if hasattr(audio, "_exit_handler"):
        atexit.unregister(audio._exit_handler)
