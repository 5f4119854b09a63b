"""Builds the installable program, step by step, and says how it goes. Standard library only.

    python packaging/build.py bundle check          the program as a folder, and whether nothing is missing in it
    python packaging/build.py package               all of this system: bundle, check, notices, installers, checksums
    python packaging/build.py lock                  pin what ships anew, with hashes, for the three systems

Results are in dist/; everything on the way is in build/.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import contents
from contents import BUILD, DIST, ROOT

ENV = BUILD / "env"
PYTHON = ENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
TRIPLES = {
    "linux": "x86_64-manylinux_2_34",
    "windows": "x86_64-pc-windows-msvc",
    "macos": "aarch64-apple-darwin",
}
PYTHON_VERSION = "3.11"
"""what the tests run on, and so what ships"""


def main() -> int:
    wanted = sys.argv[1:] or ["package"]
    if wanted == ["package"]:
        wanted = ["bundle", "check", *OF_SYSTEM[contents.this_system()], "sums"]
    if unknown := [name for name in wanted if name not in STEPS]:
        print(__doc__, f"steps: {' '.join(STEPS)}", f"unknown: {' '.join(unknown)}", sep="\n")
        return 2
    os.chdir(ROOT)
    for number, name in enumerate(wanted, 1):
        said = (STEPS[name].__doc__ or "").splitlines()[0]
        print(f"[{number}/{len(wanted)}] {name}: {said}", flush=True)
        started = time.monotonic()
        try:
            STEPS[name]()
        except subprocess.CalledProcessError as failed:
            print(f"    ✗ {name}: {Path(str(failed.cmd[0])).name} ended with {failed.returncode}", flush=True)
            return 1
        print(f"    ✓ {time.monotonic() - started:.0f} s", flush=True)
    return 0


def run(*command: str | Path, **options: object) -> None:
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, **options)  # type: ignore[call-overload]


def script(name: str) -> Callable[[], None]:
    """A step that is a file of its own, run with the build's Python."""

    def step() -> None:
        environment()
        run(PYTHON, ROOT / "packaging" / name)

    step.__doc__ = (ROOT / "packaging" / name).read_text("utf-8").split('"""')[1].strip()
    return step


def lock() -> None:
    """pin every package that ships, with its hashes"""
    uv = shutil.which("uv") or _uv()
    for system, triple in TRIPLES.items():
        left_out = [part for name in contents.LEFT_OUT for part in ("--no-emit-package", name)]
        run(uv, "pip", "compile", "--quiet", "--upgrade", "pyproject.toml", "--extra", "desktop", "--extra", "serve",
            "--generate-hashes", "--no-header", "--python-platform", triple, "--python-version", PYTHON_VERSION,
            "--only-binary", ":all:", *left_out, "--output-file", contents.lock_file(system),
            env={**os.environ, "MACOSX_DEPLOYMENT_TARGET": "14.0"})  # fmt: skip
    run(uv, "pip", "compile", "--quiet", "--upgrade", "packaging/locks/build.in", "--generate-hashes", "--no-header",
        "--universal", "--python-version", PYTHON_VERSION, "--output-file", "packaging/locks/build.txt")  # fmt: skip


def environment() -> None:
    """build/env, with exactly what the locks say"""
    locks = [contents.lock_file(contents.this_system()), ROOT / "packaging" / "locks" / "build.txt"]
    digest = hashlib.sha256(
        b"".join(path.read_bytes() for path in locks) + contents.version().encode()
    ).hexdigest()
    stamp = ENV / "locks.sha256"
    if stamp.exists() and stamp.read_text() == digest:
        return
    print("    · build/env", flush=True)
    shutil.rmtree(ENV, ignore_errors=True)
    run(sys.executable, "-m", "venv", ENV)
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps")
    for path in locks:
        run(*pip, "--require-hashes", "-r", path)
    run(*pip, "--no-build-isolation", "-e", ".")  # its version and licence; the code is taken from here
    stamp.write_text(digest)


def bundle() -> None:
    """the program as a folder, with PyInstaller"""
    environment()
    run(PYTHON, ROOT / "packaging" / "icons.py")
    if os.name == "nt":
        run(PYTHON, ROOT / "packaging" / "windows" / "version_resource.py")
    shutil.rmtree(BUILD / "bundle", ignore_errors=True)
    run(PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "--distpath", BUILD / "bundle", "--workpath",
        BUILD / "work", ROOT / "packaging" / "nunchi.spec")  # fmt: skip
    run(PYTHON, ROOT / "packaging" / "notices.py")
    run(PYTHON, ROOT / "packaging" / "listing.py")
    total = sum(
        path.stat().st_size for path in contents.BUNDLE.rglob("*") if path.is_file() and not path.is_symlink()
    )
    print(f"    · {total / 1e6:.0f} MB", flush=True)


def sums() -> None:
    """SHA-256 of everything in dist/"""
    files = sorted(path for path in DIST.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")
    print(
        "".join(f"    · {path.stat().st_size / 1e6:7.1f} MB  {path.name}\n" for path in files),
        end="",
        flush=True,
    )


def _uv() -> Path:
    run(sys.executable, "-m", "venv", BUILD / "uv")
    folder = BUILD / "uv" / ("Scripts" if os.name == "nt" else "bin")
    run(folder / "python", "-m", "pip", "install", "--quiet", "uv")
    return folder / "uv"


STEPS: dict[str, Callable[[], None]] = {
    "lock": lock,
    "bundle": bundle,
    "check": script("check.py"),
    "sbom": script("sbom.py"),
    "deb": script("linux/deb.py"),
    "appimage": script("linux/appimage.py"),
    "try-deb": script("linux/clean_root.py"),
    "try-windows": script("windows/try_wine.py"),
    "macos": script("macos/image.py"),
    "sums": sums,
}
OF_SYSTEM = {
    "linux": ["sbom", "deb", "appimage"],
    "windows": ["sbom"],  # its installer is compiled on Linux: packaging/windows/installer.py
    "macos": ["sbom", "macos"],
}

if __name__ == "__main__":
    sys.exit(main())
