"""Hashes a model once, not at every start: a stamp remembers that exactly these files were whole.

A stamp holds what the system says of each file without reading it: size, time of change, inode. Any difference, or
another manifest, and every byte is hashed again. It cannot see a disk that rots without a write: `nunchi models
verify --full` and packing read everything. Stamps lie in the data folder, not beside the model, so that they never
travel with it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from pathlib import Path

from models import manifest

_SETTLED = 2.0
"""seconds a file must have been left alone before its stamp counts: some disks tell time no finer than this"""


def verify_once(folder: Path, stamps: Path, required: bool = True) -> manifest.Manifest | None:
    """`manifest.verify`, with every byte hashed unless a stamp in `stamps` says that nothing changed since then.

    Errors: as `manifest.verify`.
    """
    folder = Path(folder).absolute()
    if not required and folder.is_dir() and not (folder / manifest.NAME).exists():
        return None
    before = _seen(folder)
    place = stamps / f"{hashlib.sha256(os.fsencode(folder)).hexdigest()[:32]}.json"
    if before is not None and before == _stamped(place, folder):
        return manifest.verify(folder, full=False)
    told = manifest.verify(folder, full=True)
    if before is not None and _settled(before):
        _stamp(place, folder, before)
    return told


def _seen(folder: Path) -> dict[str, list[int]] | None:
    """What the system says of the manifest and of each listed file; None where one cannot be looked at.

    The time of change (`ctime`) counts too: a program can set back the time of writing, but not that one.
    """
    told = manifest.read_manifest(folder)
    listed = hashlib.sha256((folder / manifest.NAME).read_bytes()).hexdigest()
    seen: dict[str, list[int]] = {f"{manifest.NAME} {listed}": []}
    for file in told.files:
        try:
            found = (folder / file.path).stat()
        except OSError:
            return None
        seen[file.path] = [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev]
    return seen


def _settled(seen: dict[str, list[int]]) -> bool:
    """Whether nothing was written so lately that another write could carry the same time."""
    latest = max((max(told[1:3]) for told in seen.values() if told), default=0)
    return latest < time.time_ns() - _SETTLED * 1e9


def _stamped(place: Path, folder: Path) -> dict[str, list[int]] | None:
    try:
        told = json.loads(place.read_text(encoding="utf-8"))
        return told["files"] if told["folder"] == str(folder) else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _stamp(place: Path, folder: Path, seen: dict[str, list[int]]) -> None:
    """Write the stamp and drop those of models that are gone. A folder that cannot be written keeps no stamps."""
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        scratch = place.with_suffix(f".{os.getpid()}.part")
        scratch.write_text(json.dumps({"folder": str(folder), "files": seen}), encoding="utf-8")
        scratch.replace(place)
        for other in place.parent.glob("*.json"):
            if not _still_there(other):
                other.unlink()


def _still_there(stamp: Path) -> bool:
    try:
        return Path(json.loads(stamp.read_text(encoding="utf-8"))["folder"]).is_dir()
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False
