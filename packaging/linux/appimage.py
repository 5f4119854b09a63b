"""the AppImage: the bundle with the system's libraries, in a squashfs behind a small program of ours that mounts it"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from contents import BUILD, BUNDLE, DIST, version

HERE = Path(__file__).resolve().parent
RUNTIME = HERE / "appimage_runtime.c"
FOLDER = BUILD / "appimage" / "Nunchi.AppDir"
APP_ID = "io.github.nunchi_desktop.Nunchi"
MAGIC = b"AI\x02"
"""at byte 8 of the file, by the specification: an AppImage of type 2"""
LIBRARIES = ("squashfuse_ll", "squashfuse", "fuse3", "z", "lzma", "lz4", "zstd", "pthread", "dl")
NEEDED = (
    "libsquashfuse-dev",
    "libfuse3-dev",
    "zlib1g-dev",
    "liblzma-dev",
    "liblz4-dev",
    "libzstd-dev",
    "squashfs-tools",
    "gcc",
)
"""of Debian"""


def main() -> int:
    if lacking := [one for one in ("gcc", "mksquashfs") if not shutil.which(one)] + [
        str(path)
        for path in (Path("/usr/include/squashfuse/ll.h"), Path("/usr/include/fuse3/fuse.h"))
        if not path.exists()
    ]:
        print(f"    · no AppImage: {', '.join(lacking)} missing; apt-get install {' '.join(NEEDED)}")
        return 0
    staged(BUNDLE, FOLDER)
    target = DIST / f"Nunchi-{version()}-x86_64.AppImage"
    packed(FOLDER, target)
    print(f"    · {target.name}: {target.stat().st_size / 1e6:.1f} MB")
    return 0


def staged(bundle: Path, folder: Path) -> None:
    """The AppDir: the program by hard links, AppRun, desktop file, AppStream data, icon."""
    shutil.rmtree(folder, ignore_errors=True)
    program = folder / "usr" / "lib" / "nunchi"
    program.parent.mkdir(parents=True)
    shutil.copytree(bundle, program, symlinks=True, copy_function=os.link)
    (folder / "AppRun").symlink_to("usr/lib/nunchi/nunchi")
    shutil.copyfile(HERE / f"{APP_ID}.desktop", folder / f"{APP_ID}.desktop")
    metainfo = folder / "usr" / "share" / "metainfo"
    metainfo.mkdir(parents=True)
    shutil.copyfile(HERE / f"{APP_ID}.metainfo.xml", metainfo / f"{APP_ID}.appdata.xml")
    shutil.copyfile(BUILD / "icons" / "nunchi-256.png", folder / "nunchi.png")
    (folder / ".DirIcon").symlink_to("nunchi.png")
    papers = folder / "usr" / "share" / "doc" / "nunchi"
    papers.mkdir(parents=True)
    (papers / "mounting.txt").write_text(_papers(), encoding="utf-8")


def _papers() -> str:
    """The terms of what the program at the head is linked with."""
    places = sorted(Path("/usr/share/doc").glob("lib*/copyright"))
    mine = [
        path for path in places if path.parent.name in {name for name in NEEDED if name.startswith("lib")}
    ]
    head = "The program that mounts this file is linked with these libraries; its source and the command are in the project's repository.\n"
    return head + "".join(f"\n{'=' * 80}\n{path.parent.name}\n\n{path.read_text('utf-8')}" for path in mine)


def packed(folder: Path, target: Path, level: int = 12) -> None:
    """One file that runs. Errors: `CalledProcessError` of the compiler or of mksquashfs."""
    target.parent.mkdir(parents=True, exist_ok=True)
    work = folder.parent
    runtime, image = work / "runtime", work / "image.squashfs"
    libraries = [f"-l{name}" for name in LIBRARIES]
    subprocess.run(["gcc", "-O2", "-s", "-static", "-Wl,--no-warnings", "-D_FILE_OFFSET_BITS=64", "-I/usr/include/fuse3", "-o", str(runtime),
                    str(RUNTIME), *libraries], check=True)  # fmt: skip
    image.unlink(missing_ok=True)
    subprocess.run(["mksquashfs", str(folder), str(image), "-quiet", "-no-progress", "-root-owned", "-no-xattrs", "-comp", "zstd",
                    "-Xcompression-level", str(level), "-b", "256K", "-mkfs-time", "0"], check=True)  # fmt: skip
    head = bytearray(runtime.read_bytes())
    head[8:11] = MAGIC
    with target.open("wb") as file:
        file.write(head)
        with image.open("rb") as squashfs:
            shutil.copyfileobj(squashfs, file, 1 << 20)
    target.chmod(0o755)
    image.unlink()


if __name__ == "__main__":
    sys.exit(main())
