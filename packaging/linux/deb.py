"""the .deb packages: the bundle without the system's libraries, which become dependencies, and OpenVINO's plugins for Intel
graphics and NPU in a package of their own"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import contents
import listing
from contents import BUILD, BUNDLE, DIST, ROOT, SYSTEM_LIBRARIES, version

APP_ID = "io.github.nunchi_desktop.Nunchi"
HERE = ROOT / "packaging" / "linux"
STAGE = BUILD / "deb" / "nunchi"
INTEL = BUILD / "deb" / "nunchi-intel"
LIBRARIES = Path("usr", "lib", "nunchi", "_internal", "openvino", "libs")
ACCELERATORS = ("libopenvino_intel_gpu_plugin.so", "libopenvino_intel_npu_plugin.so", "cache.json")
"""61 MB that only machines with Intel graphics or an Intel NPU have a use for; OpenVINO looks for them by name"""
LARGEST_INSTALLED = 450_000_000
LARGEST_DOWNLOAD = 170_000_000
EXTRA = ("libportaudio2",)
"""opened by name while running, so no tool can see it"""
OF_PLUGINS = {"libspeechd.so.2"}
"""of Qt's plugin that reads aloud through speech-dispatcher: where it is missing, that plugin is not used"""
FOLDER = "x86_64-linux-gnu"
OF_THE_C_LIBRARY = {"ld-linux-x86-64.so.2"}
RECOMMENDED = (
    "libasound2-plugins",
    "at-spi2-core",
    "fonts-noto-cjk | fonts-nanum",
    "xdg-utils",
    "libspeechd2",
    "speech-dispatcher",
)
DESCRIPTION = """Description: ask about the screen in Korean, on this machine only
 Nunchi sits in the tray. A key freezes what is on the screen, the person asks
 in Korean, and a small model on this machine answers and points at the line it
 read the answer from. Nothing is sent anywhere.
 .
 눈치는 트레이에 있는 화면 도우미입니다. 한국어로 물으면 이 컴퓨터 안에서만
 답하고, 어디서 읽었는지 짚어 줍니다."""

DESCRIPTION_INTEL = """Description: ask about the screen in Korean: Intel graphics and NPU
 OpenVINO's plugins that let Nunchi run its models on Intel graphics and Intel
 NPUs instead of the processor. The drivers come from the system: graphics need
 intel-opencl-icd, NPUs Intel's own driver packages."""


def main() -> int:
    shutil.rmtree(STAGE.parent, ignore_errors=True)
    stage_program()
    stage_papers()
    shared = "Section: utils\nPriority: optional\nMaintainer: The Nunchi authors <nunchi-desktop@users.noreply.github.com>\n"
    depends = f"Depends: {', '.join(dependencies())}\nRecommends: {', '.join(RECOMMENDED)}\nSuggests: nunchi-intel\n"
    package = built(STAGE, f"{shared}{depends}{DESCRIPTION}\n")
    depends = f"Depends: nunchi (= {version()})\nRecommends: intel-opencl-icd\n"
    intel = built(INTEL, f"{shared}{depends}{DESCRIPTION_INTEL}\n")
    print(
        f"    · {intel.name}: {intel.stat().st_size / 1e6:.1f} MB to download, {size_of(INTEL) / 1e6:.1f} MB installed"
    )
    return check_sizes(package)


def stage_program() -> None:
    """/usr/lib/nunchi, without what the system brings, and its name in /usr/bin."""
    program = STAGE / "usr" / "lib" / "nunchi"
    shutil.copytree(BUNDLE, program, symlinks=True, copy_function=_link)
    inside = program / "_internal"
    for name in json.loads(SYSTEM_LIBRARIES.read_text("utf-8")):
        for path in (inside / name, inside / Path(name).name):
            path.unlink(missing_ok=True)
    for path in [
        one for one in inside.rglob("*") if contents.dead_weight(one.relative_to(inside).as_posix())
    ]:
        if path.is_file():
            path.unlink()  # the rules may have become stricter since the bundle was made
    for link in [path for path in inside.rglob("*") if path.is_symlink() and not path.exists()]:
        link.unlink()
    for name in ACCELERATORS:
        (INTEL / LIBRARIES).mkdir(parents=True, exist_ok=True)
        (STAGE / LIBRARIES / name).rename(INTEL / LIBRARIES / name)
    (inside / listing.NAME).unlink()  # a link to the bundle's own
    listing.write(inside)
    binaries = STAGE / "usr" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "nunchi").symlink_to("../lib/nunchi/nunchi")


def stage_papers() -> None:
    """Desktop file, AppStream data, icons, manual pages, copyright, changelog."""
    share = STAGE / "usr" / "share"
    _put(HERE / f"{APP_ID}.desktop", share / "applications" / f"{APP_ID}.desktop")
    _put(HERE / f"{APP_ID}.metainfo.xml", share / "metainfo" / f"{APP_ID}.metainfo.xml")
    for icon in sorted((BUILD / "icons").glob("nunchi-*.png")):
        side = icon.stem.removeprefix("nunchi-")
        _put(icon, share / "icons" / "hicolor" / f"{side}x{side}" / "apps" / "nunchi.png")
    _put(BUILD / "icons" / "nunchi.svg", share / "icons" / "hicolor" / "scalable" / "apps" / "nunchi.svg")
    _put_packed(HERE / "nunchi.1", share / "man" / "man1" / "nunchi.1.gz")
    _put_packed(HERE / "nunchi.ko.1", share / "man" / "ko" / "man1" / "nunchi.1.gz")
    papers = share / "doc" / "nunchi"
    _put_packed(ROOT / "CHANGELOG.md", papers / "changelog.gz")
    notices = (BUNDLE / "_internal" / "THIRD-PARTY-NOTICES.txt").read_text("utf-8")
    ours = ("눈치 (Nunchi)\nCopyright 2026 The Nunchi authors\nLicence: Apache-2.0, see /usr/share/common-licenses/Apache-2.0;"
            "\nthe glossary: MPL-2.0, see /usr/share/common-licenses/MPL-2.0; the fonts: OFL-1.1, below\n\n")  # fmt: skip
    (papers / "copyright").write_text(ours + notices, encoding="utf-8")


def built(stage: Path, control: str) -> Path:
    """The package of a staged tree. `control` is what follows name, version and sizes in its control file."""
    folder = stage / "DEBIAN"
    folder.mkdir()
    (folder / "control").write_text(
        f"Package: {stage.name}\nVersion: {version()}\nArchitecture: amd64\nInstalled-Size: {size_of(stage) // 1024}\n"
        f"Homepage: https://github.com/nunchi-desktop/nunchi\n{control}",
        encoding="utf-8",
    )
    sums = "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(stage).as_posix()}\n"
        for path in sorted((stage / "usr").rglob("*"))
        if path.is_file() and not path.is_symlink()
    )
    (folder / "md5sums").write_text(sums, encoding="utf-8")
    for path in stage.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
    DIST.mkdir(exist_ok=True)
    package = DIST / f"{stage.name}_{version()}_amd64.deb"
    command = ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build", str(stage), str(package)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return package


def size_of(stage: Path) -> int:
    """Bytes when installed."""
    return sum(
        path.stat().st_size for path in (stage / "usr").rglob("*") if path.is_file() and not path.is_symlink()
    )


def dependencies() -> list[str]:
    """Packages that hold the libraries which the program's own files need and do not bring, and what only shows while running.

    `dpkg-shlibdeps` would also tell each one's oldest version, but asks dpkg anew for each file: minutes, where many
    packages are installed. The C library's version, which decides, is read from the files.
    """
    program = STAGE / "usr" / "lib" / "nunchi"
    files = [
        path for path in program.rglob("*") if path.is_file() and not path.is_symlink() and _is_elf(path)
    ]
    told = subprocess.run(
        ["readelf", "-dW", *map(str, files)], check=False, capture_output=True, text=True
    ).stdout
    needed = set(re.findall(r"\(NEEDED\)\s+Shared library: \[([^\]]+)\]", told)) - {
        *OF_PLUGINS,
        *(path.name for path in program.rglob("*")),
    }
    places = [f"{root}/{FOLDER}/{name}" for root in ("/lib", "/usr/lib") for name in sorted(needed)]
    places += [f"/lib64/{name}" for name in needed if name.startswith("ld-linux")]
    told = subprocess.run(
        ["dpkg-query", "--search", *places], check=False, capture_output=True, text=True
    ).stdout
    holds = {
        line.rpartition("/")[2]: line.split(":", 1)[0]
        for line in told.splitlines()
        if "diversion" not in line
    }
    if unknown := needed - set(holds) - OF_THE_C_LIBRARY:
        raise SystemExit(f"    ✗ no package here holds {sorted(unknown)}")
    return sorted({*holds.values(), *EXTRA} - {"libc6"} | {f"libc6 (>= {_c_library(files)})"})


def _c_library(files: list[Path]) -> str:
    """The newest version of glibc that any file asks for."""
    told = subprocess.run(
        ["readelf", "-VW", *map(str, files)], check=False, capture_output=True, text=True
    ).stdout
    found = re.findall(r"Name: GLIBC_(\d+)\.(\d+)", told)
    return "{}.{}".format(*max((int(first), int(second)) for first, second in found))


def check_sizes(package: Path) -> int:
    installed = size_of(STAGE)
    download = package.stat().st_size
    print(f"    · {package.name}: {download / 1e6:.1f} MB to download, {installed / 1e6:.1f} MB installed")
    if installed > LARGEST_INSTALLED or download > LARGEST_DOWNLOAD:
        print(f"    ✗ more than {LARGEST_DOWNLOAD / 1e6:.0f} and {LARGEST_INSTALLED / 1e6:.0f} MB")
        return 1
    return 0


def _link(source: str, target: str) -> None:
    """Hard links save a copy of the whole bundle; nothing here changes a file in place."""
    Path(target).hardlink_to(source)


def _put(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _put_packed(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(source.read_bytes(), 9, mtime=0))


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


if __name__ == "__main__":
    sys.exit(main())
