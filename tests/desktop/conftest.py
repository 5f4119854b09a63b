"""One headless desk for all tests here: X server, window manager, private D-Bus, PulseAudio with no hardware.

What is not installed makes its tests skip, with the program's name as the reason. Nothing here waits by sleeping:
a program that is started says when it is ready, on a pipe or by an X event.
"""

from __future__ import annotations

import contextlib
import os
import queue
import select
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SIZE = (1280, 800)
READY_SECONDS = 15.0


def need(*programs: str) -> None:
    """Skip unless all programs are installed."""
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")


def until(check: Callable[[], object], seconds: float = READY_SECONDS, what: str = "it") -> object:
    """The first true value of `check()`, asked every 10 ms; for other programs' states, which send no event to us."""
    end = time.monotonic() + seconds
    while not (value := check()):
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not happen in {seconds} s")
        select.select([], [], [], 0.01)
    return value


class Running:
    """A started program; a thread reads the lines it prints."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line.strip())
        self._lines.put(None)

    def line(self, seconds: float = READY_SECONDS) -> str:
        """The next line it prints."""
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise AssertionError(f"{self.process.args} printed nothing in {seconds} s") from None
        assert line is not None, f"{self.process.args} ended with {self.process.wait(5)}"
        return line

    def stop(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(3)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait(3)
        self._reader.join(3)


@dataclass
class Desk:
    """The environment of the headless desk, and what runs on it."""

    environment: dict[str, str]
    running: list[Running] = field(default_factory=list)

    @property
    def display(self) -> str:
        return self.environment["DISPLAY"]

    @property
    def bus(self) -> str:
        return self.environment["DBUS_SESSION_BUS_ADDRESS"]

    def start(self, *command: str, errors: int = subprocess.DEVNULL, **environment: str) -> Running:
        process = subprocess.Popen(
            command, env={**self.environment, **environment}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=errors, text=True, start_new_session=True,
        )  # fmt: skip
        self.running.append(Running(process))
        return self.running[-1]

    def run(self, *command: str, seconds: float = 20.0) -> str:
        """A short command's output. It must succeed."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=seconds, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        return done.stdout

    def stop(self) -> None:
        for one in reversed(self.running):
            one.stop()


def _environment(home: Path) -> dict[str, str]:
    runtime = home / "run"
    runtime.mkdir(mode=0o700)
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {
        "HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "PULSE_RUNTIME_PATH": str(runtime / "pulse"),
        "XDG_CONFIG_HOME": str(home / "config"), "XDG_CACHE_HOME": str(home / "cache"), "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "xcb", "QT_ACCESSIBILITY": "1", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "GDK_BACKEND": "x11",
        "GSK_RENDERER": "cairo", "NO_AT_BRIDGE": "0", "GTK_A11Y": "atspi", "LIBGL_ALWAYS_SOFTWARE": "1",
        "GSETTINGS_BACKEND": "memory",
    }  # fmt: skip


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An X server with a window manager and a private session bus."""
    need("Xvfb", "openbox", "dbus-daemon", "xdotool")
    desk = Desk(_environment(tmp_path_factory.mktemp("desk")))
    try:
        size = f"{SIZE[0]}x{SIZE[1]}x24"
        server = desk.start("Xvfb", "-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp", "-noreset")
        desk.environment["DISPLAY"] = f":{server.line()}"
        bus = desk.start("dbus-daemon", "--session", "--nofork", "--print-address=1")
        desk.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.line()
        _start_window_manager(desk)
        yield desk
    finally:
        desk.stop()


def _start_window_manager(desk: Desk) -> None:
    """Ready when it has put _NET_SUPPORTING_WM_CHECK on the root window."""
    from Xlib import X, display

    connection = display.Display(desk.display)
    root = connection.screen().root
    root.change_attributes(event_mask=X.PropertyChangeMask, background_pixel=0x30506F)
    root.clear_area()  # a desktop that is not black
    atom = connection.intern_atom("_NET_SUPPORTING_WM_CHECK")
    connection.sync()
    desk.start("openbox")
    until(lambda: root.get_full_property(atom, X.AnyPropertyType), what="openbox")
    connection.close()


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


def start_sound(desk: Desk) -> Running:
    """A PulseAudio without hardware, ready to be used."""
    modules = (
        "module-native-protocol-unix",
        "module-null-sink sink_name=spk",
        "module-null-sink sink_name=mic rate=48000 channels=1",
        "module-remap-source source_name=fakemic master=mic.monitor",
    )
    loads = [word for module in modules for word in ("-L", module)]
    server = desk.start(
        "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", *loads
    )
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "env": desk.environment}
    until(lambda: subprocess.run(("pactl", "info"), **quiet, check=False).returncode == 0, what="PulseAudio")
    desk.run("pactl", "set-default-sink", "spk")
    desk.run("pactl", "set-default-source", "fakemic")
    # An idle null sink works in blocks of 2 s, so that nobody hears anything for that long after opening it.
    # Somebody else's recording keeps it awake, as a real sound card is.
    desk.start("parec", "--device=fakemic", "--latency-msec=20", "/dev/null")
    return server


def sound_desk(home: Path) -> Desk:
    """Where a PulseAudio of its own runs, and programs find it."""
    need("pulseaudio", "pactl", "paplay")
    desk = Desk(_environment(home))
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
