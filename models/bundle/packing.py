"""Making a bundle out of an installed model: checked whole first, the same bytes for the same model."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from models import store
from models.bundle.layout import CARD, CHUNK, FORMAT, INSIDE, SUFFIX, Copying
from models.manifest import NAME, Manifest, verify
from models.origin import read_origin

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can hold: bundles carry no clock
_UNIX = 3


def pack(
    folder: Path,
    to: Path,
    *,
    stop: threading.Event | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Write the model in `folder` to `to` (a file, or a folder to put `<name>.nunchi-model` in).

    `progress` hears bytes done and bytes in all. The file appears only when it is complete.
    Errors: `ModelMissing` for a model that is not whole, `BadInput`, `StoreFailed`, `Stopped`.
    """
    manifest = verify(folder, full=True)
    assert manifest is not None
    store.checked_name(manifest.name)
    if to.is_dir():
        to = to / f"{manifest.name}{SUFFIX}"
    scratch = to.with_name(f".{to.name}.part")
    with store.storage_errors(to.parent, needed=manifest.size):
        store.need_room(to.parent, manifest.size)
        to.parent.mkdir(parents=True, exist_ok=True)
        try:
            with scratch.open("wb") as stream:
                _write(stream, folder, manifest, Copying(manifest.size, stop, progress))
                stream.flush()
                os.fsync(stream.fileno())
            scratch.replace(to)
            store.flush(to.parent)
        finally:
            with contextlib.suppress(OSError):
                scratch.unlink(missing_ok=True)
    return to


def _write(stream: IO[bytes], folder: Path, manifest: Manifest, copying: Copying) -> None:
    told = (folder / NAME).read_bytes()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as bundle:
        bundle.writestr(_entry(CARD), _card(folder, manifest, told))
        bundle.writestr(_entry(INSIDE + NAME), told)
        for file in manifest.files:
            entry = _entry(INSIDE + file.path)
            entry.file_size = file.size  # tells zipfile beforehand whether large sizes are needed
            path = folder.joinpath(*file.path.split("/"))
            with path.open("rb") as source, bundle.open(entry, "w") as target:
                while chunk := source.read(CHUNK):
                    copying.moved(len(chunk))
                    target.write(chunk)


def _card(folder: Path, manifest: Manifest, told: bytes) -> bytes:
    origin = read_origin(folder)
    card = {
        **FORMAT,
        "name": manifest.name,
        "title": origin.title or manifest.name,
        "licence": manifest.licence,
        "licence_address": origin.licence_address,
        "notice": origin.notice,
        "accept": origin.accept,
        "manifest_sha256": hashlib.sha256(told).hexdigest(),
    }
    return json.dumps(card, ensure_ascii=False, indent=1).encode()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system = _UNIX
    entry.external_attr = 0o100644 << 16
    return entry
