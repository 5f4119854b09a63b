"""A PortAudio that the test drives: devices by name that come and go, samples that arrive when the test says so."""

from __future__ import annotations

import queue
from collections.abc import Callable
from threading import Event
from types import SimpleNamespace
from typing import Any

import numpy as np

from assistant.endpointing import BLOCK


class PortAudioError(Exception):
    """As sounddevice raises it: no base class of its own."""


class Stream:
    def __init__(self, audio: FakeAudio, **asked: Any) -> None:
        self.audio, self.asked = audio, asked
        self.active = False
        self.closed = False
        self.stuck: Event | None = None

    def start(self) -> None:
        if self.audio.refuse_start:
            raise PortAudioError("Error starting stream: Device unavailable [PaErrorCode -9985]")
        self.active = True
        self.audio.opened.put(self)

    def close(self, ignore_errors: bool = True) -> None:
        if self.stuck is not None:
            self.stuck.wait(20)
        self.active, self.closed = False, True

    def hear(self, samples: np.ndarray) -> None:
        """The callback is called with whole blocks, as (frames, 1), in a buffer that is used again."""
        buffer = np.empty((BLOCK, 1), np.float32)
        for at in range(0, len(samples) - BLOCK + 1, BLOCK):
            buffer[:, 0] = samples[at : at + BLOCK]
            self.asked["callback"](buffer, BLOCK, None, None)

    def die(self) -> None:
        """The device is pulled out: the stream ends without an error."""
        self.active = False
        self.asked["finished_callback"]()


class FakeAudio:
    """`plugged` is what hangs on the machine; PortAudio sees it only after it was initialised again."""

    def __init__(self, *names: str, host: str = "ALSA") -> None:
        self.plugged = list(names)
        self.host = host
        self.opened: queue.SimpleQueue[Stream] = queue.SimpleQueue()
        self.streams: list[Stream] = []
        self.refuse_start = False
        self.refreshed = 0
        self.before_refresh: Callable[[], None] = lambda: None
        self._initialize()

    @property
    def default(self) -> Any:
        return SimpleNamespace(device=(0 if self.seen else -1, 0))

    def _terminate(self) -> None:
        assert all(stream.closed for stream in self.streams), "PortAudio ended under an open stream"

    def _initialize(self) -> None:
        self.seen = list(self.plugged)
        self.refreshed += 1

    def query_devices(self, index: int | None = None) -> Any:
        told = [
            {"name": name, "max_input_channels": 0 if name.startswith("speaker") else 1, "hostapi": 0,
             "default_samplerate": 48000.0}
            for name in self.seen
        ]  # fmt: skip
        return told if index is None else told[index]

    def query_hostapis(self, _index: int) -> dict[str, str]:
        return {"name": self.host}

    def WasapiSettings(self, **how: Any) -> Any:
        return ("wasapi", how)

    def InputStream(self, **asked: Any) -> Stream:
        if self.seen[asked["device"]] not in self.plugged:
            raise PortAudioError("Error opening InputStream: Invalid device [PaErrorCode -9996]")
        self.streams.append(Stream(self, **asked))
        return self.streams[-1]
