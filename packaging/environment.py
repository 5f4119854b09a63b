"""Makes the virtual environment a task needs, then runs the task. Standard library only.

    python3 packaging/environment.py ask|test|check|format|eval      (Windows: py packaging\\environment.py ask)

Set-up is done again only when pyproject.toml or the wanted extras change. On Debian and Ubuntu missing system
packages are installed where that is allowed (root, or sudo without a password); elsewhere they are named.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "nunchi-environment.json"

EXTRAS = {
    "ask": [],
    "eval": [],
    "check": ["desktop", "dev", "serve"],
    "format": ["dev"],
    "test": ["desktop", "dev", "genai", "serve", "torch"],
}
# Debian packages, each with a file or program that shows it is there. Fonts: tests draw Korean. The desktop tests
# start their own X server, window manager, panel, compositor, message bus and sound server, and ask about Xfce's keyboard
# settings; where these are missing they skip, and say so.
APT = {
    "ask": {"python3-venv": ""},
    "test": {
        "python3-venv": "",
        "fonts-nanum": "/usr/share/fonts/truetype/nanum/NanumGothic.ttf",
        "fonts-noto-cjk": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
        **dict.fromkeys(
            (
                "xvfb",
                "openbox",
                "xdotool",
                "wmctrl",
                "dbus",
                "pulseaudio",
                "espeak-ng",
                "picom",
                "xfce4-panel",
            ),
            "PROGRAM",
        ),
        "dbus-x11": "dbus-launch",
        "libglib2.0-bin": "gdbus",
        "xfce4-settings": "xfce4-keyboard-settings",
        "python3-gi": "/usr/lib/python3/dist-packages/gi/__init__.py",
        "gir1.2-gtk-3.0": "/usr/lib/*/girepository-1.0/Gtk-3.0.typelib",
        "gir1.2-gtk-4.0": "/usr/lib/*/girepository-1.0/Gtk-4.0.typelib",
        "x11-utils": "xprop",
        "x11-xserver-utils": "xrandr",
        "x11-xkb-utils": "setxkbmap",
        "pulseaudio-utils": "pactl",
        "libportaudio2": "/usr/lib/*/libportaudio.so.2",
        "libasound2-plugins": "/usr/lib/*/alsa-lib/libasound_module_pcm_pulse.so",
        "at-spi2-core": "/usr/libexec/at-spi-bus-launcher",
        "libegl1": "/usr/lib/*/libEGL.so.1",
        "libgl1": "/usr/lib/*/libGL.so.1",
        "libxkbcommon-x11-0": "/usr/lib/*/libxkbcommon-x11.so.0",
        "libxcb-shape0": "/usr/lib/*/libxcb-shape.so.0",
        "libxcb-randr0": "/usr/lib/*/libxcb-randr.so.0",
        "libxcb-xfixes0": "/usr/lib/*/libxcb-xfixes.so.0",
        "libxcb-sync1": "/usr/lib/*/libxcb-sync.so.1",
        "libx11-xcb1": "/usr/lib/*/libX11-xcb.so.1",
        "libglib2.0-0": "/usr/lib/*/libglib-2.0.so.0",
        "libxcb-cursor0": "/usr/lib/*/libxcb-cursor.so.0",
        "libxcb-icccm4": "/usr/lib/*/libxcb-icccm.so.4",
        "libxcb-keysyms1": "/usr/lib/*/libxcb-keysyms.so.1",
        "libxcb-image0": "/usr/lib/*/libxcb-image.so.0",
        "libxcb-render-util0": "/usr/lib/*/libxcb-render-util.so.0",
        "libxcb-xkb1": "/usr/lib/*/libxcb-xkb.so.1",
        "libfontconfig1": "/usr/lib/*/libfontconfig.so.1",
        "libdbus-1-3": "/usr/lib/*/libdbus-1.so.3",
    },
}


def main() -> int:
    task = sys.argv[1] if len(sys.argv) > 1 else "test"
    if task not in EXTRAS:
        print(__doc__)
        return 2
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is started with whatever python3 there is
        print("Nunchi needs Python 3.11 or newer. / 파이썬 3.11 이상이 필요합니다.")
        return 2
    os.chdir(ROOT)
    install_system_packages(APT.get(task, APT["ask"]))
    make_environment(EXTRAS[task])
    return run_task(task, sys.argv[2:])


def run_task(task: str, rest: list[str]) -> int:
    """Runs the task in the environment; returns its exit status."""
    steps = {
        "ask": [[str(PYTHON), "-m", "desktop.command.main", "ask", *example_question(), *rest]],
        "test": [*checks(), [str(PYTHON), "-m", "pytest", *rest]],
        "check": checks(),
        "format": [
            [str(PYTHON), "-m", "ruff", "check", "--fix", "."],
            [str(PYTHON), "-m", "ruff", "format", "."],
        ],
        "eval": [[str(PYTHON), "-m", "models.eval", "screens", *rest]],
    }[task]
    for step in steps:
        status = subprocess.run(step, cwd=ROOT, check=False).returncode
        if status:
            return status
    return 0


def checks() -> list[list[str]]:
    """Style, layers, laziness: the one check command."""
    return [
        [str(PYTHON), "-m", "ruff", "check", "."],
        [str(PYTHON), "-m", "ruff", "format", "--check", "."],
        [str(BIN / "lint-imports")],
        [str(PYTHON), "-m", "pytest", "tests/test_imports.py"],
    ]


def example_question() -> list[str]:
    """The first example: its question and its image."""
    first = json.loads((ROOT / "examples" / "examples.jsonl").read_text(encoding="utf-8").splitlines()[0])
    return [first["question"], "--image", str(Path("examples") / first["image"])]


def make_environment(extras: list[str]) -> None:
    """Creates .venv and installs the project with `extras`, unless that was done before."""
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    done = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    had = set(done.get("extras", [])) if done.get("pyproject") == digest else set()
    if STAMP.exists() and done.get("pyproject") == digest and set(extras) <= had:
        return
    if not PYTHON.exists():
        print("· making .venv / 가상 환경을 만듭니다", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    wanted = sorted(had | set(extras))
    target = f".[{','.join(wanted)}]" if wanted else "."
    print(f"· installing {target} (a few minutes the first time) / 설치합니다", flush=True)
    if "torch" in wanted:  # first and alone: whatever asks for torch later finds it there
        pip("torch==2.13.0")
    pip("-e", target)
    STAMP.write_text(json.dumps({"pyproject": digest, "extras": wanted}))


def pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments]
    subprocess.run(command, check=True, cwd=ROOT)


def install_system_packages(packages: dict[str, str]) -> None:
    """Debian/Ubuntu only: installs what is missing where we may; otherwise says what to install."""
    if not shutil.which("apt-get"):
        return
    missing = [name for name, sign in packages.items() if not present(name, sign)]
    if not missing:
        return
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"] if shutil.which("sudo") else None
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    if prefix is None or subprocess.run([*prefix, "true"], check=False, **quiet).returncode:
        print(f"· please install / 먼저 설치해 주세요: sudo apt-get install {' '.join(missing)}", flush=True)
        return
    print(f"· apt-get install {' '.join(missing)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, "apt-get", "update", "-qq"], check=False, env=environment)
    install = [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing]
    subprocess.run(install, check=False, env=environment, stdout=subprocess.DEVNULL)


def present(name: str, sign: str) -> bool:
    """Is the package there? venv is asked of Python itself, a library by its file, a program by its name."""
    if name == "python3-venv":
        try:
            import ensurepip  # noqa: F401
        except ImportError:
            return False
        return True
    if sign.startswith("/"):
        return bool(glob.glob(sign))  # noqa: PTH207 - the pattern is absolute
    program = {"xvfb": "Xvfb", "dbus": "dbus-daemon"}.get(name, name) if sign == "PROGRAM" else sign
    return shutil.which(program) is not None


if __name__ == "__main__":
    sys.exit(main())
