"""One headless desk for all tests here (desktop/bench/headless.py), and the virtual microphone.

What is not installed makes its tests skip, with the program's name as the reason. Nothing here waits by sleeping:
a program that is started says when it is ready, on a pipe or by an X event.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.bench.headless import (  # noqa: F401 - for the tests here
    READY_SECONDS,
    SIZE,
    Desk,
    Running,
    environment,
    start_screen,
    start_sound,
    until,
)


def need(*programs: str) -> None:
    """Skip unless all programs are installed."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An X server with a window manager and a private session bus."""
    need("Xvfb", "openbox", "dbus-daemon", "xdotool")
    desk = Desk(environment(tmp_path_factory.mktemp("desk")))
    try:
        start_screen(desk)
        yield desk
    finally:
        desk.stop()


@pytest.fixture
def on_desk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """This process itself on the desk: DISPLAY and the session bus in its environment."""
    for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, desk.environment[name])
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return desk


@dataclass
class Sound:
    """PulseAudio with two null sinks: what is played to `mic` is heard by the virtual microphone."""

    desk: Desk
    sink: str = "mic"
    source: str = "fakemic"

    def play(self, path: Path) -> Running:
        return self.desk.start("paplay", f"--device={self.sink}", str(path))


def sound_desk(home: Path) -> Desk:
    """Where a PulseAudio of its own runs, and programs find it."""
    need("pulseaudio", "pactl", "paplay")
    desk = Desk(environment(home))
    desk.environment["PULSE_SERVER"] = f"unix:{desk.environment['XDG_RUNTIME_DIR']}/pulse/native"
    return desk


@pytest.fixture(scope="session")
def sound_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sound]:
    desk = sound_desk(tmp_path_factory.mktemp("sound"))
    try:
        start_sound(desk)
        yield Sound(desk)
    finally:
        with contextlib.suppress(Exception):
            _forget_portaudio()
        desk.stop()


def _forget_portaudio() -> None:
    import sounddevice

    sounddevice._terminate()
    sounddevice._initialize()


@pytest.fixture
def sound(sound_server: Sound, monkeypatch: pytest.MonkeyPatch) -> Sound:
    """This process hears the virtual microphone."""
    hear(sound_server.desk, monkeypatch)
    return sound_server


def hear(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_RUNTIME_DIR", "PULSE_RUNTIME_PATH", "PULSE_SERVER"):
        monkeypatch.setenv(name, desk.environment[name])
    monkeypatch.setenv("PULSE_LATENCY_MSEC", "20")
    try:
        _forget_portaudio()
    except OSError as reason:
        pytest.skip(f"PortAudio is not installed: {reason}")
