"""A desktop of random looks inside a sandbox: X server, window manager, session bus, themes and fonts; pictures of it."""

from __future__ import annotations

import os
import random
import re
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from Xlib import XK, X, display
from Xlib.ext import xtest

GTK_LIGHT = ("Adwaita", "Adwaita", "HighContrast", "Arc", "Arc-Darker", "Arc-Lighter", "Materia", "Materia-light-compact", "Greybird",
             "Numix", "Breeze", "Yaru", "Yaru-blue", "Yaru-purple", "Blackbird", "Bluebird", "Menta", "BlueMenta", "TraditionalOk",
             "GreenLaguna", "Orchis", "ContrastHigh", "Greybird-bright")  # fmt: skip
GTK_DARK = ("Adwaita-dark", "Adwaita-dark", "HighContrastInverse", "Arc-Dark", "Materia-dark", "Greybird-dark", "Breeze-Dark",
            "Yaru-dark", "BlackMATE", "Orchis-Dark", "Yaru-red-dark")  # fmt: skip
FRAMES = (
    "Clearlooks",
    "Clearlooks-3.4",
    "Greybird",
    "Greybird-dark",
    "Onyx",
    "Numix",
    "Breeze-ob",
    "Natura",
    "Arc",
    "Arc-Dark",
)
ICONS = (
    "Adwaita",
    "Papirus",
    "Papirus-Dark",
    "breeze",
    "elementary-xfce",
    "Tango",
    "Numix",
    "oxygen",
    "gnome",
    "Moka",
    "mate",
    "Yaru",
)
FONTS = ("Noto Sans CJK KR", "Noto Sans CJK KR", "NanumGothic", "NanumBarunGothic", "NanumSquare", "UnDotum", "Baekmuk Gulim",
         "Baekmuk Dotum", "UnGraphic", "NanumMyeongjo")  # fmt: skip
STYLES = (
    "Fusion",
    "Fusion",
    "Breeze",
    "Windows",
    "Oxygen",
    "Adwaita",
    "Adwaita-Dark",
    "kvantum",
    "gtk2",
    "Cleanlooks",
    "Plastique",
)
SIZES = ((1366, 768), (1280, 800), (1600, 900), (1920, 1080))

TEMPORARY = Path(tempfile.gettempdir())
"""the sandbox's own, empty when a desk is set up"""
FRAME = str(TEMPORARY / "frame" / "Xvfb_screen0")
LOG = TEMPORARY / "desk.log"
CARET = 200
"""pixels that may go on changing: a blinking caret"""


@dataclass(frozen=True)
class Look:
    """How a desktop looks. `scale`: pixels for each of a toolkit's own."""

    size: tuple[int, int]
    dark: bool
    gtk: str
    frame: str
    icons: str
    font: str
    points: int
    style: str
    wall: str
    scale: float

    @classmethod
    def any(cls, rng: random.Random, toolkit: str) -> Look:
        """`toolkit`: gtk3, gtk4 or qt5, which decides what it can be scaled by."""
        dark = rng.random() < 0.25
        scale = rng.choice((1, 1, 1, 1, 1, 2) if toolkit.startswith("gtk") else (1, 1, 1, 1, 1.25, 1.5, 2))
        size = rng.choice(SIZES)
        if scale > 1:
            size = (1920, 1080) if scale < 2 else (2560, 1440)
        wall = "#{:02x}{:02x}{:02x}".format(*(rng.randrange(256) for _ in range(3)))
        font, points = rng.choice(FONTS), rng.choice((9, 10, 10, 10, 11, 11, 12, 13))
        themes = ("Adwaita",) if toolkit == "gtk4" else GTK_DARK if dark else GTK_LIGHT
        there = [name for name in themes if (Path("/usr/share/themes") / name / "gtk-3.0").is_dir()] or [
            "Adwaita"
        ]
        icons = [name for name in ICONS if (Path("/usr/share/icons") / name).is_dir()]
        return cls(
            size,
            dark,
            rng.choice(there),
            rng.choice(FRAMES),
            rng.choice(icons),
            font,
            points,
            rng.choice(STYLES),
            wall,
            scale,
        )


class Desk:
    """A running desktop. The sandbox ends everything started here."""

    def __init__(self, look: Look, toolkit: str, number: int) -> None:
        self.look, self.home = look, Path.home()
        scale = {"gtk3": {"GDK_SCALE": f"{look.scale:g}"}, "gtk4": {"GDK_SCALE": f"{look.scale:g}"}}.get(
            toolkit, {"QT_SCALE_FACTOR": f"{look.scale:g}"} if look.scale != 1 else {}
        )
        self.env = {key: os.environ[key] for key in ("PATH", "HOME", "USER") if key in os.environ} | {
            "DISPLAY": f":{number}", "LANG": "ko_KR.UTF-8", "LC_ALL": "ko_KR.UTF-8", "LANGUAGE": "ko", "TZ": "Asia/Seoul",
            "QT_ACCESSIBILITY": "1", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "GNOME_ACCESSIBILITY": "1",
            "GTK_MODULES": "gail:atk-bridge", "QT_QPA_PLATFORMTHEME": "qt5ct",
            "XDG_CURRENT_DESKTOP": "XFCE", "XDG_RUNTIME_DIR": str(TEMPORARY / "run"), "NO_AT_BRIDGE": "0", "GDK_BACKEND": "x11",
            "QT_QPA_PLATFORM": "xcb", "LIBGL_ALWAYS_SOFTWARE": "1", "GSK_RENDERER": "cairo", "GTK_THEME": look.gtk,
            "GIO_USE_VFS": "local", "OMP_NUM_THREADS": "1", "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
        } | scale  # fmt: skip
        if toolkit == "gtk4":
            del self.env["GTK_THEME"]
        if look.dark:
            self.env["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
        (TEMPORARY / "run").mkdir(mode=0o700, exist_ok=True)
        self._settings()
        width, height = look.size
        self.log = LOG.open("ab")
        (TEMPORARY / "frame").mkdir()
        self.spawn(
            f"Xvfb :{number} -screen 0 {width}x{height}x24 -nolisten tcp -noreset -fbdir {TEMPORARY}/frame"
        )
        os.environ["DISPLAY"] = f":{number}"
        self.server = self._connect(number)
        bus = self.run("dbus-daemon --session --fork --print-address=1").stdout.split()
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = self.env["DBUS_SESSION_BUS_ADDRESS"] = bus[0]
        os.environ["XDG_RUNTIME_DIR"] = str(TEMPORARY / "run")
        for key, value in (("toolkit-accessibility", "true"), ("color-scheme", "prefer-dark" if look.dark else "default"),
                           ("font-name", f"'{look.font} {look.points}'"), ("icon-theme", look.icons)):  # fmt: skip
            self.run(f"gsettings set org.gnome.desktop.interface {key} {value}")
        self.run("gsettings set org.mate.interface accessibility true")
        self.spawn("/usr/libexec/at-spi-bus-launcher --launch-immediately")
        self.spawn(f"openbox --config-file {self.home}/.config/openbox/rc.xml")
        self.run(f"xsetroot -solid '{look.wall}'")
        time.sleep(0.3)

    def _connect(self, number: int) -> display.Display:
        for _ in range(100):
            try:
                return display.Display(f":{number}")
            except Exception:
                time.sleep(0.1)
        raise RuntimeError(f"no X server on :{number}")

    def _settings(self) -> None:
        look, home = self.look, self.home
        ini = (
            f"[Settings]\ngtk-theme-name={look.gtk}\ngtk-icon-theme-name={look.icons}\ngtk-font-name={look.font} {look.points}\n"
            f"gtk-application-prefer-dark-theme={int(look.dark)}\ngtk-xft-antialias=1\ngtk-xft-hinting=1\n"
            "gtk-xft-hintstyle=hintslight\n"
        )
        for name in ("gtk-3.0", "gtk-4.0"):
            write(home / f".config/{name}/settings.ini", ini)
        write(
            home / ".gtkrc-2.0",
            f'gtk-theme-name="{look.gtk}"\ngtk-font-name="{look.font} {look.points}"\ngtk-icon-theme-name="{look.icons}"\n',
        )
        font = f'"{look.font},{look.points},-1,5,50,0,0,0,0,0"'
        colours = "darker" if look.dark else "airy"
        write(
            home / ".config/qt5ct/qt5ct.conf",
            f"[Appearance]\ncolor_scheme_path=/usr/share/qt5ct/colors/{colours}.conf\n"
            f"custom_palette={str(look.dark).lower()}\nicon_theme={look.icons}\nstyle={look.style}\n"
            f"[Fonts]\nfixed={font}\ngeneral={font}\n",
        )
        write(home / ".config/kdeglobals", f"[Icons]\nTheme={look.icons}\n[KDE]\nwidgetStyle={look.style}\n")
        rc = Path("/etc/xdg/openbox/rc.xml").read_text(encoding="utf-8")
        rc = rc.replace("<name>Clearlooks</name>", f"<name>{look.frame}</name>", 1)
        rc = re.sub(
            r"<name>sans</name>\s*<size>\d+</size>", f"<name>{look.font}</name><size>{look.points}</size>", rc
        )
        write(home / ".config/openbox/rc.xml", rc)

    def spawn(self, command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command, shell=True, env=self.env, stdout=self.log, stderr=self.log, stdin=subprocess.DEVNULL,
            start_new_session=True, cwd=self.home,
        )  # fmt: skip

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            shell=True,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def picture(self) -> np.ndarray:
        """The screen as (h, w, 3) uint8 RGB."""
        return self.raw()[..., 2::-1].copy()

    def raw(self) -> np.ndarray:
        """The screen as (h, w, 4) uint8 BGRX, read from the X server's frame buffer file (XWD), which costs nothing."""
        width, height = self.look.size
        head = np.fromfile(FRAME, dtype=">u4", count=25)
        row = int(head[12])
        held = np.memmap(FRAME, np.uint8, "r", int(head[0]) + 12 * int(head[19]), (height, row // 4, 4))
        return np.array(held[:, :width])

    def settled(self, quiet: float = 0.5, limit: float = 4.0) -> np.ndarray:
        """The picture once it has not changed for `quiet` seconds, or after `limit`."""
        last, since, end = self.raw(), time.monotonic(), time.monotonic() + limit
        while time.monotonic() < end:
            time.sleep(0.15)
            now = self.raw()
            if not np.array_equal(now, last) and (now != last).any(axis=2).sum() > CARET:
                last, since = now, time.monotonic()
            elif time.monotonic() - since > quiet:
                break
        return last[..., 2::-1].copy()

    def move(self, x: float, y: float) -> None:
        xtest.fake_input(self.server, X.MotionNotify, x=round(x), y=round(y))
        self.server.sync()
        time.sleep(0.05)

    def click(self, x: float, y: float, button: int = 1, times: int = 1, key: str | None = None) -> None:
        self.move(x, y)
        code = self.server.keysym_to_keycode(XK.string_to_keysym(key)) if key else 0
        if code:
            xtest.fake_input(self.server, X.KeyPress, code)
        for _ in range(times):
            xtest.fake_input(self.server, X.ButtonPress, button)
            xtest.fake_input(self.server, X.ButtonRelease, button)
            self.server.sync()
            time.sleep(0.06)
        if code:
            xtest.fake_input(self.server, X.KeyRelease, code)
        self.server.sync()
        time.sleep(0.15)

    def key(self, name: str) -> None:
        """Press a key, "ctrl+n" or "Escape"."""
        names = {"ctrl": "Control_L", "alt": "Alt_L", "shift": "Shift_L"}
        codes = [
            self.server.keysym_to_keycode(XK.string_to_keysym(names.get(part, part)))
            for part in name.split("+")
        ]
        for code in codes:
            xtest.fake_input(self.server, X.KeyPress, code)
        for code in reversed(codes):
            xtest.fake_input(self.server, X.KeyRelease, code)
        self.server.sync()
        time.sleep(0.2)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
