"""Intel's NPU compiler out of OpenVINO's Windows wheel, run under Wine for NPUs that need not be there.

A small program in C (intel_host.c) is built against the wheel's openvino_c.dll; needs wine64, gcc-mingw-w64-x86-64 and
libz-mingw-w64. The compiler takes a graph whole or refuses it: nothing of it is left to the CPU.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from models.npu.outcome import Outcome
from models.npu.wheels import OPENVINO_WINDOWS, unpacked

PLATFORMS = {"NPU3720": "Meteor and Arrow Lake", "NPU4000": "Lunar Lake", "NPU5010": "Panther Lake"}
HOST = Path(__file__).with_name("intel_host.c")
COMPILER = "x86_64-w64-mingw32-gcc"
ZLIB = Path("/usr/x86_64-w64-mingw32/lib/zlib1.dll")
"""the compiler's dll wants it, and Wine's own is not found by that name"""
MOST_SECONDS = 1800


def compile_for(platform: str, tower: str, numbers: str, graph: Path, work: Path) -> Outcome:
    """Compile the IR `graph`; the blob lies beside it. Raises FileNotFoundError where Wine or mingw is missing."""
    host = _host(work)
    blob = graph.with_name(f"{graph.stem}-{platform}.blob")
    command = [
        "wine",
        host.name,
        _windows(graph),
        _windows(blob),
        f"NPU_PLATFORM={platform}",
        "NPU_COMPILER_TYPE=PLUGIN",
    ]
    with (
        tempfile.TemporaryFile() as said
    ):  # a pipe would stay open as long as Wine's server lives, and the report would wait for it
        try:
            done = subprocess.run(
                command, cwd=host.parent, env=_environment(work), stdout=said, stderr=said, timeout=MOST_SECONDS, check=False
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return Outcome(tower, platform, numbers, refused=f"not ready after {MOST_SECONDS} s")
        said.seek(0)
        words = said.read().decode("utf-8", "replace")
    told = _last_json(words)
    if told is None or "error" in told:
        reason = told["error"] if told else words.strip()[-300:] or f"ended with {done.returncode}"
        return Outcome(tower, platform, numbers, refused=reason)
    return Outcome(tower, platform, numbers, int(told["blob_bytes"]), float(told["compile_s"]))


def _host(work: Path) -> Path:
    """intel_host.exe beside the wheel's libraries, built anew where its source is newer; the Wine prefix is there after it."""
    wheel = unpacked(OPENVINO_WINDOWS, work)
    libraries = wheel / "openvino" / "libs"
    host = libraries / "intel_host.exe"
    if not host.is_file() or host.stat().st_mtime < HOST.stat().st_mtime:
        include = wheel / "openvino" / "include"
        built = [
            COMPILER,
            "-O1",
            "-w",
            f"-I{include}",
            "-o",
            str(host),
            str(HOST),
            str(libraries / "openvino_c.dll"),
        ]
        subprocess.run(built, check=True)
        shutil.copy(ZLIB, libraries)
    if not (work / "prefix").is_dir():
        for command in (
            ["wineboot", "-i"],
            ["wine", "reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f"],
        ):
            subprocess.run(command, env=_environment(work), capture_output=True, check=False, timeout=300)
    return host


def _environment(work: Path) -> dict[str, str]:
    """Without a display: Wine would ask about Mono in a window."""
    kept = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    return kept | {
        "WINEPREFIX": str((work / "prefix").resolve()),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=",
    }


def _windows(path: Path) -> str:
    return "Z:" + str(path.resolve()).replace("/", "\\")


def _last_json(text: str) -> dict[str, object] | None:
    for line in reversed(text.splitlines()):
        if line.startswith("{"):
            try:
                return json.loads(line)
            except ValueError:
                return None
    return None
