"""Somebody who speaks into the virtual microphone of the headless desk, and who pulls it out and puts it back."""

from __future__ import annotations

import subprocess
import time
import wave
from pathlib import Path

import numpy as np

from desktop.bench.headless import Desk, Running, until

SPEED = 160
"""words a minute of espeak-ng"""
HUSH = 6
"""of 16-bit samples: how loud a quiet room is"""
LOUD = 400
"""of 16-bit samples: softer ones before and behind the words are cut off"""


class Room:
    """`folder` is for the sounds. Errors: `FileNotFoundError` where espeak-ng is not installed."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk, self._folder = desk, folder

    def be_there(self) -> None:
        """From now on the microphone hears a room: a device that gives nothing but zeros counts as switched off."""
        noise = self._folder / "room.raw"
        noise.write_bytes(np.random.default_rng(0).integers(-HUSH, HUSH + 1, 16_000 * 30, np.int16).tobytes())
        player = "pacat --raw --device=mic --rate=16000 --channels=1 --format=s16le --latency-msec=50"
        self._desk.start("sh", "-c", f'while cat "{noise}"; do :; done | {player}')

    def say(self, text: str) -> float:
        """Says it, and returns when it is said: the moment, of `time.monotonic()`, when the last sample went out."""
        path = self.spoken(text)
        self._desk.start("paplay", "--latency-msec=20", "--device=mic", str(path)).process.wait(60)
        return time.monotonic()

    def spoken(self, text: str) -> Path:
        """A WAV of the words alone."""
        path = self._folder / "said.wav"
        subprocess.run(["espeak-ng", "-v", "ko", "-s", str(SPEED), "-w", str(path), text], check=True)
        with wave.open(str(path)) as file:
            shape, samples = file.getparams(), np.frombuffer(file.readframes(file.getnframes()), np.int16)
        loud = np.flatnonzero(np.abs(samples) > LOUD)
        with wave.open(str(path), "wb") as file:
            file.setparams(shape)
            file.writeframes(samples[loud[0] : loud[-1] + 1].tobytes())
        return path

    def pull_out(self) -> None:
        """The microphone goes while somebody may be recording: PulseAudio moves them to one that gives silence."""
        self._desk.run("pactl", "load-module", "module-null-sink", "sink_name=silent")
        self._desk.run("pactl", "set-default-source", "silent.monitor")
        self._desk.run("pactl", "unload-module", "module-remap-source")
        until(
            lambda: "fakemic" not in self._desk.run("pactl", "list", "short", "sources"),
            what="the microphone to go",
        )

    def put_back(self) -> Running:
        self._desk.run(
            "pactl", "load-module", "module-remap-source", "source_name=fakemic", "master=mic.monitor"
        )
        self._desk.run("pactl", "set-default-source", "fakemic")
        # keeps the null sink awake, as the first one did (headless.py)
        return self._desk.start("parec", "--device=fakemic", "--latency-msec=20", "/dev/null")
