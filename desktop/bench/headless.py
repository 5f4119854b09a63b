"""A headless desk of its own: X server, window manager, private D-Bus, PulseAudio with no hardware.

The benches and the tests start it. Nothing here waits by sleeping: a program that is started says when it is ready, on
a pipe or by an X event.
"""

from __future__ import annotations

import os
import queue
import select
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

SIZE = (1280, 800)
READY_SECONDS = 15.0


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


def environment(home: Path) -> dict[str, str]:
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


def start_screen(desk: Desk, size: tuple[int, int] = SIZE) -> None:
    """An X server with a window manager, and a session bus."""
    server = desk.start(
        "Xvfb", "-displayfd", "1", "-screen", "0", f"{size[0]}x{size[1]}x24", "-nolisten", "tcp", "-noreset"
    )
    desk.environment["DISPLAY"] = f":{server.line()}"
    bus = desk.start("dbus-daemon", "--session", "--nofork", "--print-address=1")
    desk.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.line()
    start_window_manager(desk)


def start_window_manager(desk: Desk) -> None:
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


def two_monitors(desk: Desk, size: tuple[int, int] = SIZE) -> None:
    """LEFT and RIGHT, half of the screen each; their scale is Qt's business (`QT_SCREEN_SCALE_FACTORS`)."""
    half, high = size[0] // 2, size[1]
    desk.run("xrandr", "--setmonitor", "LEFT", f"{half}/300x{high}/200+0+0", "screen")
    desk.run("xrandr", "--setmonitor", "RIGHT", f"{half}/300x{high}/200+{half}+0", "none")


def start_compositor(desk: Desk) -> None:
    """Where picom is installed: cards are rounded and have shadows."""
    if shutil.which("picom"):
        desk.start("picom", "--backend", "xrender", "--config", "/dev/null", "--no-fading-openclose")
        until(lambda: _owned(desk, "_NET_WM_CM_S0"), what="picom")


def start_panel(desk: Desk) -> None:
    """Where xfce4-panel is installed: a host for the icon in the tray, at the lower edge of the screen."""
    if not shutil.which("xfce4-panel"):
        return
    folder = Path(desk.environment["XDG_CONFIG_HOME"]) / "xfce4" / "xfconf" / "xfce-perchannel-xml"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "xfce4-panel.xml").write_text(PANEL, encoding="utf-8")
    desk.start("xfce4-panel", "--disable-wm-check")
    watcher = (
        "gdbus",
        "call",
        "--session",
        "-d",
        "org.freedesktop.DBus",
        "-o",
        "/org/freedesktop/DBus",
        "-m",
    )
    asked = (*watcher, "org.freedesktop.DBus.NameHasOwner", "org.kde.StatusNotifierWatcher")
    until(lambda: "true" in desk.run(*asked), seconds=60, what="xfce4-panel")


def tray_menu(desk: Desk) -> str:
    """The words of our icon's menu as the panel is given them; "" without a panel."""
    call = ("gdbus", "call", "--session")
    try:
        items = desk.run(
            *call, "-d", "org.kde.StatusNotifierWatcher", "-o", "/StatusNotifierWatcher", "-m",
            "org.freedesktop.DBus.Properties.Get", "org.kde.StatusNotifierWatcher", "RegisteredStatusNotifierItems",
        )  # fmt: skip
        service = items.partition("'")[2].partition("'")[0].partition("/")[0]
        layout = ("com.canonical.dbusmenu.GetLayout", "--", "0", "-1", "['label']")
        return desk.run(*call, "-d", service, "-o", "/MenuBar", "-m", *layout)
    except (AssertionError, FileNotFoundError):
        return ""


def _owned(desk: Desk, selection: str) -> bool:
    from Xlib import X, display

    connection = display.Display(desk.display)
    try:
        return connection.get_selection_owner(connection.intern_atom(selection)) != X.NONE
    finally:
        connection.close()


PANEL = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=10;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="28"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
        <value type="int" value="3"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="tasklist"/>
    <property name="plugin-2" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
      <property name="style" type="uint" value="0"/>
    </property>
    <property name="plugin-3" type="string" value="systray"/>
  </property>
</channel>
"""
