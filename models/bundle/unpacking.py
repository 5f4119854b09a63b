"""Opening a bundle that anybody may have made: nothing in it is believed until it has been compared.

Sizes and names are checked before a byte is unpacked, hashes afterwards, from the disk. What passes is a model
folder like any other; what does not leaves nothing behind, and the model that was there before stays.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import stat
import struct
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from assistant.errors import BadInput, ModelMissing
from models import store
from models.bundle.layout import CARD, CHUNK, FORMAT, INSIDE, Contents, Copying
from models.manifest import NAME, Manifest, read_manifest, verify, weights_kind
from models.names import UnsafeName, check_together, inner_path, is_code, model_name, runs_by_itself

_LARGEST_TEXT = 1 << 20  # bytes of bundle.json and of the manifest
_LARGEST_READ = 8 << 20  # zipfile reads its whole list of entries at once; ours is far smaller
_MOST_FILES = 5_000
_LOCAL_HEADER = 30  # bytes before the name of every entry
# What zipfile raises for a file that is no good zip file.
_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, ValueError, KeyError, IndexError),
    *(TypeError, AttributeError, OverflowError, NotImplementedError, RuntimeError, EOFError, RecursionError),
)


def look_into(path: Path) -> Contents:
    """What the bundle says it brings; names, sizes and list are checked, the weights are not read.

    Errors: `BadInput` bundle_missing, bundle_broken, bundle_unsafe, bundle_altered.
    """
    with _opened(path) as bundle:
        return _contents(bundle, path)


def unpack(
    path: Path,
    into: Path,
    *,
    allow_code: bool = False,
    stop: threading.Event | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Manifest:
    """Install the bundle at `path` into the models folder `into`; an older model of its name stays until then.

    Whether the person agreed to its licence is the caller's question. Errors: those of `look_into`,
    `BadInput` bundle_code, `ModelMissing` model_format_refused, `StoreFailed`, `Stopped`.
    """
    with _opened(path) as bundle:
        contents = _contents(bundle, path)
        manifest = contents.manifest
        if contents.code and not allow_code:
            raise BadInput("bundle_code", name=manifest.name, file=contents.code[0])
        staged = store.staged(into, manifest.name, importing=True)
        with store.hold(into, manifest.name), store.storage_errors(into, needed=manifest.size):
            store.recover(into, manifest.name)
            store.sweep(into)
            store.need_room(into, manifest.size)
            _clear(staged)
            try:
                with _broken(path, ""):
                    _copy_all(bundle, manifest, staged, Copying(manifest.size, stop, progress))
                _prove(staged, path)
                store.put_in_place(staged, into / manifest.name)
            finally:
                _clear(staged)
    return manifest


def _contents(bundle: zipfile.ZipFile, path: Path) -> Contents:
    entries = _checked_entries(bundle, path)
    with _broken(path, CARD):
        card = json.loads(_text(bundle, entries, CARD))
        if {name: card[name] for name in FORMAT} != FORMAT:
            raise ValueError("another format or a later version")
        told = _text(bundle, entries, INSIDE + NAME)
        texts = [card[name] for name in ("name", "title", "licence", "licence_address", "notice")]
        if not all(isinstance(text, str) for text in texts) or type(card["accept"]) is not bool:
            raise TypeError("bundle.json holds other things than it should")
    if hashlib.sha256(told).hexdigest() != card.get("manifest_sha256"):
        raise BadInput("bundle_altered", path=str(path), file=NAME)
    with _broken(path, NAME):
        manifest = _parsed(told)
        if manifest.name != model_name(card["name"]) or manifest.licence != card["licence"]:
            raise ValueError("bundle.json and the manifest tell different things")
    _compare(entries, manifest, path)
    code = tuple(file.path for file in manifest.files if is_code(file.path))
    _, title, licence, address, notice = texts
    return Contents(manifest, title, licence, address, notice, card["accept"], code)


def _parsed(told: bytes) -> Manifest:
    """Errors: ValueError for what is no manifest."""
    with tempfile.TemporaryDirectory(prefix="nunchi-") as folder:
        (Path(folder) / NAME).write_bytes(told)
        try:
            return read_manifest(Path(folder))
        except ModelMissing as error:
            raise ValueError(error.code) from error


def _checked_entries(bundle: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    """All entries by name: plain files, stored, beside each other, under names every system can keep."""
    listed = bundle.infolist()
    if not 2 < len(listed) <= _MOST_FILES:
        raise BadInput("bundle_broken", path=str(path), reason="entries")
    for entry in listed:
        reason = _surprise(entry)
        if reason:
            raise BadInput("bundle_unsafe", path=str(path), file=entry.orig_filename[:200], reason=reason)
    _check_names([entry.filename for entry in listed], path)
    end = 0
    for entry in sorted(listed, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise BadInput("bundle_unsafe", path=str(path), file=entry.filename, reason="overlap")
        end = entry.header_offset + _LOCAL_HEADER + entry.compress_size
    if end > path.stat().st_size:
        raise BadInput("bundle_broken", path=str(path), reason="truncated")
    return {entry.filename: entry for entry in listed}


def _check_names(names: list[str], path: Path) -> None:
    try:
        for name in names:
            inner_path(name)
        check_together(names)
    except UnsafeName as error:
        raise BadInput("bundle_unsafe", path=str(path), file=error.name, reason=error.reason) from error


def _surprise(entry: zipfile.ZipInfo) -> str:
    """Why an entry is none that `pack` makes, or ""."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if entry.orig_filename != entry.filename:  # zipfile cuts names at NUL and turns some slashes
        return "control" if "\0" in entry.orig_filename else "backslash"
    if kind == stat.S_IFLNK:
        return "link"
    if entry.is_dir() or kind not in (0, stat.S_IFREG) or entry.external_attr & 0x10:
        return "not_a_file"
    if entry.flag_bits & 0x1:
        return "encrypted"
    if entry.compress_type != zipfile.ZIP_STORED or entry.compress_size != entry.file_size:
        return "compressed"
    return "runs_by_itself" if runs_by_itself(entry.filename) else ""


def _compare(entries: dict[str, zipfile.ZipInfo], manifest: Manifest, path: Path) -> None:
    """The entries are the files of the manifest, each of its size, and nothing more."""
    _check_names([file.path for file in manifest.files], path)
    expected = {INSIDE + file.path: file.size for file in manifest.files}
    found = {name: entry.file_size for name, entry in entries.items() if name not in (CARD, INSIDE + NAME)}
    for name in sorted(expected.keys() ^ found.keys()):
        reason = "not_listed" if name in found else "missing"
        raise BadInput("bundle_unsafe", path=str(path), file=name, reason=reason)
    for name in sorted(found):
        if found[name] != expected[name]:
            raise BadInput("bundle_altered", path=str(path), file=name)


def _copy_all(bundle: zipfile.ZipFile, manifest: Manifest, staged: Path, copying: Copying) -> None:
    staged.mkdir(parents=True)
    for file in manifest.files:
        target = staged.joinpath(*inner_path(file.path).parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        with bundle.open(INSIDE + file.path) as source, target.open("xb") as stream:
            while chunk := source.read(CHUNK):
                copying.moved(len(chunk))
                write(stream, chunk)
        store.flush(target)
    (staged / NAME).write_bytes(bundle.read(INSIDE + NAME))
    store.flush(staged / NAME)


def write(stream: IO[bytes], chunk: bytes) -> None:
    """The one place where unpacked bytes meet the disk."""
    stream.write(chunk)


def _prove(staged: Path, path: Path) -> None:
    """Hash everything from the disk, and refuse weights that are no weights."""
    try:
        verify(staged, full=True)
    except ModelMissing as error:
        file = Path(str(error.values.get("path", ""))).name
        raise BadInput("bundle_altered", path=str(path), file=file) from error
    weights_kind(staged)


def _text(bundle: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], name: str) -> bytes:
    if entries[name].file_size > _LARGEST_TEXT:
        raise ValueError(f"{name} is too long")
    return bundle.read(name)


def _clear(staged: Path) -> None:
    if staged.is_symlink():
        staged.unlink()
    elif staged.exists():
        shutil.rmtree(staged)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Errors: `BadInput` bundle_missing, bundle_broken."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise BadInput("bundle_missing", path=str(path), reason=error.strerror or "") from error
    with stream:
        with _broken(path, ""):
            bundle = zipfile.ZipFile(_Careful(stream))  # type: ignore[arg-type]
        with bundle:
            yield bundle


@contextlib.contextmanager
def _broken(path: Path, file: str) -> Iterator[None]:
    """Whatever zipfile or the reading of a text trips over makes the bundle a broken one."""
    try:
        yield
    except _BROKEN as error:
        raise BadInput("bundle_broken", path=str(path), file=file, reason=type(error).__name__) from error


class _Careful:
    """The file for zipfile, which would read a list of entries as long as the bundle claims into memory."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, count: int = -1) -> bytes:
        data = self._stream.read(_LARGEST_READ + 1 if count < 0 else min(count, _LARGEST_READ + 1))
        if len(data) > _LARGEST_READ:
            raise ValueError("too much at once")
        return data

    def close(self) -> None:
        """The file is closed by whoever opened it."""
