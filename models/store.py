"""The person's models folder: where it is, and how a model gets into it and out of it in one step.

A model is installed when its folder has a manifest and a plain name. While it is being fetched or unpacked it
lives in `.<name>.partial`, which the catalogue does not look at, and while it is being removed or replaced in
another hidden folder: no half model is ever under its own name.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import BadInput, DeviceFailed, ModelMissing
from models.catalogue import data_folder
from models.names import UnsafeName, model_name

PARTIAL = ".partial"
_IMPORT = ".import"
_OLD = ".replaced-"
_GOING = ".removing-"
_WEEK = 7 * 24 * 3600
ROOM_TO_SPARE = 64 << 20  # bytes left free for the manifest, the file system and everybody else
_FULL = {errno.ENOSPC, errno.EDQUOT}
_FULL_ON_WINDOWS = {39, 112}  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL


class StoreFailed(DeviceFailed):
    """The models folder cannot be used: full, read-only, or held by another program."""


def models_folder() -> Path:
    """Where the person's models are: $NUNCHI_DATA/models, else below the system's place. Not made here."""
    return data_folder() / "models"


def staged(folder: Path, name: str, importing: bool = False) -> Path:
    """Where model `name` is while it is not whole yet. A download and an import do not share a place."""
    return folder / f".{name}{_IMPORT if importing else ''}{PARTIAL}"


def checked_name(name: str) -> str:
    """`name`, or `BadInput` model_name_refused."""
    try:
        return model_name(name)
    except UnsafeName as error:
        raise BadInput("model_name_refused", name=error.name, reason=error.reason) from error


@contextlib.contextmanager
def hold(folder: Path, name: str) -> Iterator[None]:
    """Only one program at a time changes model `name`. Errors: `StoreFailed` model_busy."""
    import filelock

    locks = folder / ".locks"
    with storage_errors(folder):
        locks.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(locks / f"{checked_name(name)}.lock", timeout=0)
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise StoreFailed("model_busy", name=name) from error
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def storage_errors(folder: Path, needed: int = 0) -> Iterator[None]:
    """Turn what the file system says into `StoreFailed`: disk_full, or storage_failed with the reason."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL or getattr(error, "winerror", None) in _FULL_ON_WINDOWS:
            raise _full(folder, needed) from error
        raise StoreFailed(
            "storage_failed", folder=str(folder), reason=error.strerror or str(error)
        ) from error


def free(folder: Path) -> int:
    """Bytes this user may still write where `folder` is or will be."""
    there = folder.absolute()
    while not there.exists() and there != there.parent:
        there = there.parent
    return shutil.disk_usage(there).free


def need_room(folder: Path, needed: int) -> None:
    """Errors: `StoreFailed` disk_full when fewer than `needed` bytes (and a little more) are free."""
    if needed + ROOM_TO_SPARE > free(folder):
        raise _full(folder, needed + ROOM_TO_SPARE)


def _full(folder: Path, needed: int) -> StoreFailed:
    return StoreFailed(
        "disk_full", folder=str(folder), needed_mb=-(-needed // 10**6), free_mb=free(folder) // 10**6
    )


def put_in_place(staged: Path, final: Path) -> None:
    """Make the finished `staged` folder the model `final`; an older one stays whole until that moment.

    Folders cannot be swapped in one step everywhere, so the old one steps aside under a name that
    `recover` knows: whatever happens in between, the next start finds the old model or the new one.
    """
    old = final.with_name(_OLD + final.name)
    for inside in (*(path for path in staged.rglob("*") if path.is_dir()), staged):
        flush(inside)
    if final.exists():
        _delete(old)
        final.replace(old)
    try:
        staged.replace(final)
    except OSError:
        if old.exists():  # Windows, while a scanner holds a file: the older model goes on
            old.replace(final)
        raise
    flush(final.parent)
    _delete(old)


def recover(folder: Path, name: str) -> None:
    """Finish what a crash cut off: bring back a model whose successor never came, delete what was going.

    Only while `hold`ing the model.
    """
    old, final = folder / f"{_OLD}{name}", folder / name
    if old.is_dir() and not final.exists():
        old.replace(final)
    for left in (old, *(folder / f"{_GOING}{name}{kind}" for kind in ("", PARTIAL, f"{_IMPORT}{PARTIAL}"))):
        _delete(left)


def tidy(folder: Path) -> None:
    """`recover` all models that no other program is working on."""
    for entry in sorted(folder.glob(".re*-*")):
        name = entry.name.removeprefix(_OLD).removeprefix(_GOING)
        name = name.removesuffix(PARTIAL).removesuffix(_IMPORT)
        with contextlib.suppress(StoreFailed, BadInput, OSError), hold(folder, name):
            recover(folder, name)


def remove(folder: Path, name: str) -> int:
    """Remove model `name` and what is left of an unfinished download of it; returns the bytes freed.

    Errors: `ModelMissing` model_not_installed, `StoreFailed`.
    """
    with hold(folder, name), storage_errors(folder):
        recover(folder, name)
        there = [path for path in (folder / name, *partials(folder, name)) if path.is_dir()]
        if not there:
            raise ModelMissing("model_not_installed", name=name)
        freed = sum(size_on_disk(path) for path in there)
        for path in there:
            going = path.with_name(_GOING + path.name.removeprefix("."))
            _delete(going)
            path.replace(going)
            _delete(going)
    return freed


def partials(folder: Path, name: str = "") -> list[Path]:
    """Unfinished downloads and imports, of `name` or of all models."""
    if name:
        return [
            path for path in (staged(folder, name), staged(folder, name, importing=True)) if path.is_dir()
        ]
    return [path for path in sorted(folder.glob(f".*{PARTIAL}")) if path.is_dir()]


def sweep(folder: Path, older_than: float = _WEEK, now: float | None = None) -> list[tuple[str, int]]:
    """Delete unfinished downloads nobody touched for `older_than` seconds: their names and bytes.

    One that another program is working on is left alone.
    """
    now = time.time() if now is None else now
    swept = []
    tidy(folder)
    for path in partials(folder):
        name = path.name.removeprefix(".").removesuffix(PARTIAL).removesuffix(_IMPORT)
        with contextlib.suppress(StoreFailed, BadInput, OSError):  # what cannot go now goes another time
            if now - _last_touched(path) >= older_than:
                with hold(folder, name):
                    size = size_on_disk(path)
                    _delete(path)
                swept.append((path.name, size))
    return swept


def size_on_disk(folder: Path) -> int:
    """Bytes of all files in `folder`."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def flush(path: Path) -> None:
    """Ask the disk to really have `path` (a file, or a folder's list of names where a system can)."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network file systems cannot
            raise
    finally:
        os.close(handle)


def _last_touched(folder: Path) -> float:
    return max(path.stat().st_mtime for path in (folder, *folder.rglob("*")))


def _delete(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)
