"""One headless Korean desktop: Xvfb, window manager, wallpaper, panel, and the programs started on it.

Knows how to look (size, theme, fonts), start and drive programs and take a picture. Knows nothing of what is shown.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
OUT = Path(os.environ.get("SCREENS_OUT", Path.home() / "out"))


@dataclass(frozen=True)
class Look:
    """How the desktop looks: size in pixels, themes by their Debian names, wallpaper as two colours."""

    size: tuple[int, int] = (1920, 1080)
    dark: bool = False
    gtk: str = "Adwaita"
    wm: str = "Clearlooks"
    icons: str = "Papirus"
    font: str = "Noto Sans CJK KR 10"
    wall: tuple[str, str] = ("#3a6ea5", "#16324f")
    panel: bool = False


def wait_for(check: Callable[[], Any], seconds: float = 20.0, step: float = 0.2) -> Any:
    """The first true value of `check()`, or the last one when the time is over."""
    end = time.monotonic() + seconds
    while not (value := check()) and time.monotonic() < end:
        time.sleep(step)
    return value


class Desk:
    """A running desktop; use it as a context manager, everything started on it ends with it."""

    def __init__(self, look: Look, number: int = 77) -> None:
        self.look, self.number = look, number
        self.running: list[subprocess.Popen[bytes]] = []
        self.env = self._environment()

    def _environment(self) -> dict[str, str]:
        """The programs' environment: Korean locale, Seoul time, accessibility on, no real desktop's variables."""
        look = self.look
        env = {k: os.environ[k] for k in ("PATH", "HOME", "USER", "LOGNAME", "SHELL") if k in os.environ}
        env |= {
            "DISPLAY": f":{self.number}",
            "LANG": "ko_KR.UTF-8",
            "LC_ALL": "ko_KR.UTF-8",
            "LANGUAGE": "ko",
            "TZ": "Asia/Seoul",
            "QT_ACCESSIBILITY": "1",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "GNOME_ACCESSIBILITY": "1",
            "GTK_MODULES": "gail:atk-bridge",
            "QT_QPA_PLATFORMTHEME": "qt5ct",
            "GTK_THEME": look.gtk,
            "XDG_CURRENT_DESKTOP": "XFCE",
            "XDG_RUNTIME_DIR": str(self._runtime()),
            "NO_AT_BRIDGE": "0",
            "GDK_BACKEND": "x11",
            "QT_QPA_PLATFORM": "xcb",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "XDG_DATA_DIRS": "/usr/local/share:/usr/share",
            "GSK_RENDERER": "cairo",
        }
        if look.dark:
            env["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
        return env

    def _runtime(self) -> Path:
        path = Path.home() / f".run-{self.number}"
        path.mkdir(mode=0o700, exist_ok=True)
        return path

    def __enter__(self) -> Desk:
        width, height = self.look.size
        self._write_settings()
        self.spawn(f"Xvfb :{self.number} -screen 0 {width}x{height}x24 -nolisten tcp -noreset")
        if not wait_for(lambda: self.run("xdpyinfo").returncode == 0, 10):
            raise RuntimeError(f"no X server on :{self.number}")
        bus = self.run("dbus-daemon --session --fork --print-address=1 --print-pid=1").stdout.split()
        self.env["DBUS_SESSION_BUS_ADDRESS"], self.bus_pid = bus[0], int(bus[1])
        self.run("gsettings set org.gnome.desktop.interface toolkit-accessibility true")
        scheme = "prefer-dark" if self.look.dark else "default"
        self.run(f"gsettings set org.gnome.desktop.interface color-scheme {scheme}")
        self.run(f"gsettings set org.gnome.desktop.interface font-name '{self.look.font}'")
        self.run("gsettings set org.gnome.desktop.interface monospace-font-name 'D2Coding 11'")
        self.run(f"gsettings set org.gnome.desktop.interface icon-theme {self.look.icons}")
        self.spawn("openbox --config-file " + str(Path.home() / ".config/openbox/rc.xml"))
        one, two = self.look.wall
        wall = Path.home() / ".wall.png"
        subprocess.run(
            ["convert", "-size", f"{width}x{height}", f"gradient:{one}-{two}", str(wall)], check=True
        )
        self.run(f"feh --no-fehbg --bg-fill {wall}")
        if self.look.panel:
            self.spawn("xfconfd || /usr/lib/x86_64-linux-gnu/xfce4/xfconf/xfconfd")
            self.spawn("xfce4-panel --disable-wm-check")
            time.sleep(3)
        return self

    def __exit__(self, *_exc: object) -> None:
        for process in reversed(self.running):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        Path(f"/tmp/.X{self.number}-lock").unlink(missing_ok=True)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.bus_pid, signal.SIGTERM)
        time.sleep(0.3)

    def _write_settings(self) -> None:
        """Theme files of GTK 2/3/4, Qt 5 and openbox in the home folder of this run's user."""
        home, look = Path.home(), self.look
        ini = (
            f"[Settings]\ngtk-theme-name={look.gtk.split(':')[0]}\ngtk-icon-theme-name={look.icons}\n"
            f"gtk-font-name={look.font}\ngtk-application-prefer-dark-theme={int(look.dark)}\n"
            "gtk-xft-antialias=1\ngtk-xft-hinting=1\ngtk-xft-hintstyle=hintslight\n"
        )
        for name in ("gtk-3.0", "gtk-4.0"):
            write(home / f".config/{name}/settings.ini", ini)
        family, points = look.font.rsplit(" ", 1)
        write(
            home / ".gtkrc-2.0",
            f'gtk-theme-name="{look.gtk.split(":")[0]}"\ngtk-font-name="{look.font}"\n'
            f'gtk-icon-theme-name="{look.icons}"\n',
        )
        colours = "darker" if look.dark else "airy"
        font = f'"{family},{points},-1,5,50,0,0,0,0,0"'
        write(
            home / ".config/qt5ct/qt5ct.conf",
            f"[Appearance]\ncolor_scheme_path=/usr/share/qt5ct/colors/{colours}.conf\n"
            f"custom_palette={str(look.dark).lower()}\nicon_theme={look.icons}\nstyle=Fusion\n"
            f"[Fonts]\nfixed={font}\ngeneral={font}\n",
        )
        rc = Path("/etc/xdg/openbox/rc.xml").read_text()
        rc = rc.replace("<name>Clearlooks</name>", f"<name>{look.wm}</name>", 1)
        rc = re.sub(
            r"<name>sans</name>\s*<size>\d+</size>", f"<name>{family}</name><size>{points}</size>", rc
        )
        write(home / ".config/openbox/rc.xml", rc)

    def spawn(self, command: str, cwd: Path | None = None) -> subprocess.Popen[bytes]:
        """Start a shell command in its own process group; it ends with the desk at the latest."""
        log = open(Path.home() / ".desk.log", "ab")  # noqa: SIM115  (handed to the child)
        plain = not set("|&;<>") & set(command)
        process = subprocess.Popen(
            f"exec {command}" if plain else command,
            shell=True,
            env=self.env,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            cwd=cwd or Path.home(),
        )
        self.running.append(process)
        return process

    def run(self, command: str) -> subprocess.CompletedProcess[str]:
        """Run a short command on this display and give its output."""
        return subprocess.run(command, shell=True, env=self.env, capture_output=True, text=True, timeout=150)

    def start(
        self,
        command: str,
        title: str,
        wait: float = 2.0,
        place: tuple[int, int, int, int] | str = "",
        seconds: float = 45,
    ) -> str:
        """Start a program, wait for a window whose title matches, place it; the window's id."""
        self.spawn(command)
        return self.window(title, wait, place, seconds)

    def window(
        self, title: str, wait: float = 1.0, place: tuple[int, int, int, int] | str = "", seconds: float = 30
    ) -> str:
        """Wait for a window whose title matches and place it: "max", or (x, y, width, height)."""
        found = wait_for(lambda: [w for w in self.windows() if re.search(title, w["title"])], seconds)
        if not found:
            raise TimeoutError(f"no window {title!r} among {[w['title'] for w in self.windows()]}")
        wid = found[-1]["id"]
        self.run(f"wmctrl -ia {wid}")
        if place == "max":
            self.run(f"wmctrl -ir {wid} -b add,maximized_vert,maximized_horz")
        elif place:
            x, y, w, h = (n or -1 for n in place)
            self.run(f"wmctrl -ir {wid} -b remove,maximized_vert,maximized_horz")
            self.run(f"wmctrl -ir {wid} -e 0,{x},{y},{w},{h}")
        time.sleep(wait)
        return wid

    def windows(self) -> list[dict[str, str]]:
        lines = self.run("wmctrl -l").stdout.splitlines()
        parts = [line.split(None, 3) for line in lines]
        return [{"id": p[0], "title": p[3] if len(p) > 3 else ""} for p in parts]

    def keys(self, *keys: str, wait: float = 0.4) -> None:
        for key in keys:
            self.run(f"xdotool key --clearmodifiers {key}")
            time.sleep(wait)

    def type(self, text: str, wait: float = 0.5) -> None:
        """Paste text through the keyboard; Korean works because xdotool maps spare key codes."""
        subprocess.run(["xdotool", "type", "--delay", "40", text], env=self.env, check=False)
        time.sleep(wait)

    def click(self, x: int, y: int, button: int = 1, times: int = 1, wait: float = 0.8) -> None:
        self.run(f"xdotool mousemove {x} {y} click --repeat {times} --delay 90 {button}")
        time.sleep(wait)

    def hover(self, x: int, y: int, wait: float = 0.6) -> None:
        self.run(f"xdotool mousemove {x} {y}")
        time.sleep(wait)

    def tree(self) -> list[dict]:
        """Lines of the accessibility tree that show now (a fresh process, so that nothing is stale).

        A Qt program registers late, some seconds after its window; then only titles come back and it is asked again.
        """
        lines: list[dict] = []
        for _ in range(5):
            done = self.run(f"/usr/bin/python3 {HERE / 'tree.py'}")
            if done.returncode:
                print("tree:", done.stderr[-400:], file=sys.stderr)
            else:
                lines = json.loads(done.stdout)
            if any(line["role"] != "title" for line in lines):
                return lines
            time.sleep(1.5)
        return lines

    def press(
        self, text: str, role: str = "", button: int = 1, times: int = 1, nth: int = 0, wait: float = 1.0
    ) -> bool:
        """Click the element of the tree whose text matches (whole, as a regular expression)."""
        hits = [n for n in self.tree() if re.fullmatch(text, n["text"]) and (not role or n["role"] == role)]
        if len(hits) <= nth:
            print(f"press: no {text!r}", file=sys.stderr)
            return False
        x, y, w, h = hits[nth]["box"]
        self.click(x + w // 2, y + h // 2, button, times, wait)
        return True

    def shot(self, name: str, program: str, title: str, away: bool = True) -> None:
        """Picture and tree of the screen under `name`; the pointer goes to the corner when `away`."""
        OUT.mkdir(parents=True, exist_ok=True)
        if away:
            self.hover(self.look.size[0] - 2, self.look.size[1] - 2)
        self.run(f"import -window root {OUT / name}.png")
        record = {
            "id": name,
            "program": program,
            "title": title,
            "size": list(self.look.size),
            "theme": "dark" if self.look.dark else "light",
            "lines": self.tree(),
            "source": "at-spi",
        }
        write(OUT / f"{name}.json", json.dumps(record, ensure_ascii=False, indent=0))
        print(name, len(record["lines"]), "lines", flush=True)


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def forget(*paths: str) -> None:
    """Remove a program's saved state in the home folder, so that a capture starts as on the first day."""
    for path in paths:
        shutil.rmtree(Path.home() / path, ignore_errors=True)
