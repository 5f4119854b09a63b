"""Runs the drawing programs, each batch on an X display of its own with a window manager of random looks."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TOOLKITS = Path(__file__).parent / "toolkits"
SYSTEM_PYTHON = "/usr/bin/python3"
"""has the GTK and Qt 5 bindings (Debian: python3-gi gir1.2-gtk-3.0 gir1.2-adw-1 python3-pyqt5 python3-xlib)"""
FRAMES = (
    "Clearlooks", "Clearlooks-3.4", "Greybird", "Greybird-dark", "Onyx", "Numix", "Breeze-ob", "Natura", "Nightmare", "TraditionalOk",
    "YaruOk",
)  # fmt: skip
SIZES = ((1366, 820), (1366, 820), (1600, 900), (1280, 800))
BATCH = 40


@dataclass(frozen=True)
class Batch:
    """So many windows of one toolkit from one seed."""

    toolkit: str
    seed: int
    scale: float
    count: int = BATCH

    def done(self, out: Path) -> Path:
        return out / f"{self.toolkit}-{self.seed}.done"


def batches(toolkit: str, first: int, windows: int) -> list[Batch]:
    """Batches of so many windows or a few more; a third of them scaled as for displays of high density."""
    scales = {"gtk3": (1.0, 1.0, 2.0)}.get(toolkit, (1.0, 1.0, 1.25, 1.0, 1.5, 2.0))
    count = min(BATCH, windows)
    return [Batch(toolkit, first + n, scales[n % len(scales)], count) for n in range(-(-windows // BATCH))]


def draw(batch: Batch, out: Path, texts: Path, display: int, qt6_python: str = sys.executable) -> None:
    """Draw a batch into `out` unless it is there already. Raises RuntimeError when nothing came of it."""
    if batch.done(out).exists():
        return
    rng = random.Random(f"{batch.toolkit}-{batch.seed}")
    size = rng.choice(SIZES)
    if batch.scale > 1:
        size = round(size[0] * min(1.5, batch.scale)), round(size[1] * min(1.5, batch.scale))
    program = {"qt6": "qt", "qt5": "qt"}.get(batch.toolkit, batch.toolkit)
    python = {"qt6": qt6_python, "web": sys.executable}.get(batch.toolkit, SYSTEM_PYTHON)
    command = [python, str(TOOLKITS / f"{program}.py"), "--out", str(out), "--texts", str(texts)]
    command += ["--count", str(batch.count), "--seed", str(batch.seed), "--scale", str(batch.scale)]
    with desktop(display, size, rng.choice(FRAMES)) as environment:
        limit = 120 + 15 * batch.count
        ended = subprocess.run(
            ["dbus-run-session", "--", *command],
            env=environment,
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
    if not any(out.glob(f"{batch.toolkit}-{batch.seed}-*.json")):
        raise RuntimeError(f"{batch.toolkit} drew nothing: {ended.stderr[-2000:]}")
    batch.done(out).write_text("")


def scaling(batch: Batch) -> dict[str, str]:
    if batch.toolkit.startswith("gtk"):
        return {"GDK_SCALE": str(round(batch.scale))}
    return {"QT_SCALE_FACTOR": str(batch.scale), "QT_ENABLE_HIGHDPI_SCALING": "1"}


@contextmanager
def desktop(number: int, size: tuple[int, int], frame: str) -> Iterator[dict[str, str]]:
    """An X server with openbox on display `number`; yields the environment for programs on it."""
    keep = {key: os.environ[key] for key in ("PATH", "HOME", "USER") if key in os.environ}
    environment = keep | {
        "DISPLAY": f":{number}", "LANG": "ko_KR.UTF-8", "LC_ALL": "ko_KR.UTF-8", "NO_AT_BRIDGE": "1", "GTK_A11Y": "none",
        "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "LIBGL_ALWAYS_SOFTWARE": "1", "QT_QPA_PLATFORM": "xcb",
        "OMP_NUM_THREADS": "1",
    }  # fmt: skip
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    screen = f"{size[0]}x{size[1]}x24"
    server = subprocess.Popen(["Xvfb", f":{number}", "-screen", "0", screen, "-nolisten", "tcp"], **quiet)
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "rc.xml"
        system = Path("/etc/xdg/openbox/rc.xml").read_text(encoding="utf-8")
        settings.write_text(
            re.sub(r"<name>Clearlooks</name>", f"<name>{frame}</name>", system), encoding="utf-8"
        )
        time.sleep(0.7)
        manager = subprocess.Popen(["openbox", "--config-file", str(settings)], env=environment, **quiet)
        time.sleep(0.4)
        try:
            yield environment
        finally:
            for process in (manager, server):
                process.terminate()
                process.wait(10)
