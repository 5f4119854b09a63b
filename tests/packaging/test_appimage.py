"""The program at the head of an AppImage: mounts, runs, passes things on, cleans up; unpacks where nothing can be mounted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import contents
import pytest

sys.path.append(str(contents.ROOT / "packaging" / "linux"))
import appimage

pytestmark = pytest.mark.skipif(
    sys.platform != "linux"
    or not (shutil.which("mksquashfs") and shutil.which("gcc"))
    or not Path("/usr/include/squashfuse/ll.h").exists()
    or not list(Path("/usr/lib").glob("*/libfuse3.a")),
    reason="needs gcc, squashfs-tools, libsquashfuse-dev, libfuse3-dev and the decompressors' -dev packages",
)
needs_fuse = pytest.mark.skipif(
    not os.access("/dev/fuse", os.R_OK | os.W_OK) or not shutil.which("fusermount3"),
    reason="nothing can be mounted here",
)
BIG = bytes(range(256)) * 8192
RUN = """#!/bin/sh
cat "$APPDIR/data/눈치.txt" "$APPDIR/data/link"
cmp "$APPDIR/data/big" "$BIG" && echo same
echo "$APPIMAGE|$OWD|$*"
echo "$APPDIR"
[ -z "$READY" ] || { echo >"$READY"; while [ -e "$READY" ]; do sleep 0.05; done; }
exit 7
"""


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small program: a file with a Korean name, a link, two megabytes."""
    folder = tmp_path_factory.mktemp("appimage") / "Small.AppDir"
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "눈치.txt").write_text("들었어요\n", encoding="utf-8")
    (folder / "data" / "link").symlink_to("눈치.txt")
    (folder / "data" / "big").write_bytes(BIG)
    (folder / "AppRun").write_text(RUN, encoding="utf-8")
    (folder / "AppRun").chmod(0o755)
    target = folder.parent / "Small-x86_64.AppImage"
    appimage.packed(folder, target, level=1)
    return target


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    (tmp_path / "big").write_bytes(BIG)
    places = tmp_path / "places"
    places.mkdir(exist_ok=True)
    return os.environ | {"TMPDIR": str(places), "BIG": str(tmp_path / "big")} | more


def nothing_left(tmp_path: Path) -> bool:
    until = time.monotonic() + 20
    while list((tmp_path / "places").iterdir()) and time.monotonic() < until:
        time.sleep(0.05)
    return not list((tmp_path / "places").iterdir())


def test_it_is_an_appimage_of_type_2(image: Path) -> None:
    head = image.read_bytes()[:16]
    assert head[:4] == b"\x7fELF" and head[8:11] == b"AI\x02"
    told = subprocess.run([image, "--appimage-offset"], check=True, capture_output=True, text=True)
    with image.open("rb") as file:
        file.seek(int(told.stdout))
        assert file.read(4) == b"hsqs", "the squashfs begins there"


@pytest.mark.parametrize("how", [pytest.param("mounted", marks=needs_fuse), "unpacked", "asked to unpack"])
def test_it_runs_and_leaves_nothing(image: Path, tmp_path: Path, how: str) -> None:
    more = {"APPIMAGE_EXTRACT_AND_RUN": "1"} if how == "unpacked" else {}
    words = ["--appimage-extract-and-run"] if how == "asked to unpack" else []
    told = subprocess.run(
        [image, *words, "한 마디", "two"],
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment(tmp_path, **more),
    )
    lines = told.stdout.splitlines()
    assert told.returncode == 7 and lines[:3] == ["들었어요", "들었어요", "same"], told.stderr
    assert lines[3] == f"{image}|{tmp_path}|한 마디 two" and told.stderr == ""
    assert nothing_left(tmp_path) and str(tmp_path) not in Path("/proc/mounts").read_text()


@needs_fuse
def test_it_stays_mounted_while_it_runs_and_after_a_kill_nothing_is_left(image: Path, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    program = subprocess.Popen(
        [image], stdout=subprocess.DEVNULL, env=environment(tmp_path, READY=str(ready))
    )
    until = time.monotonic() + 20
    while not ready.exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert str(tmp_path / "places") in Path("/proc/mounts").read_text()
    program.kill()
    program.wait()
    ready.unlink()
    assert nothing_left(tmp_path)


def test_it_can_be_unpacked(image: Path, tmp_path: Path) -> None:
    subprocess.run([image, "--appimage-extract"], check=True, cwd=tmp_path)
    root = tmp_path / "squashfs-root"
    assert (root / "data" / "big").read_bytes() == BIG and os.access(root / "AppRun", os.X_OK)
    assert (root / "data" / "link").readlink() == Path("눈치.txt")
