"""Says whether a model folder is whole: `manifest.json` lists every file with its size and SHA-256.

Also says which kind of weights a folder holds, and refuses pickled ones. Knows nothing about engines.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assistant.errors import ModelMissing

NAME = "manifest.json"
_LARGEST_MANIFEST = 1 << 20
_PICKLE_SUFFIXES = (".pt", ".pth", ".pkl", ".pickle", ".ckpt")
_PICKLE_MAGICS = (b"PK\x03\x04", b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05")


@dataclass(frozen=True)
class ListedFile:
    """One file of a model: path relative to the folder with forward slashes, bytes, lower-case hex digest."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """Who a model is. `revision` is the commit its files came from, where there is one."""

    name: str
    version: str
    licence: str
    revision: str
    files: tuple[ListedFile, ...]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


def write_manifest(folder: Path, *, name: str, version: str, licence: str, revision: str = "") -> Manifest:
    """List every file of `folder` and write `manifest.json`.

    Left out: hidden files, manifests, and subfolders that are models with a manifest of their own.
    """
    folder = Path(folder)
    own = [path.parent for path in folder.rglob(NAME) if path.parent != folder]
    files = tuple(
        ListedFile(path.relative_to(folder).as_posix(), path.stat().st_size, _digest(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and path.name != NAME
        and not _hidden(path.relative_to(folder))
        and not any(path.is_relative_to(other) for other in own)
    )
    manifest = Manifest(name, version, licence, revision, files)
    written = {
        "name": name,
        "version": version,
        "licence": licence,
        "revision": revision,
        "files": [vars(file) for file in files],
    }
    scratch = folder / f".{NAME}.part"
    scratch.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    scratch.replace(folder / NAME)
    return manifest


def read_manifest(folder: Path) -> Manifest:
    """The manifest of `folder`, its form checked, its files not. Errors: `ModelMissing`."""
    path = Path(folder) / NAME
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LARGEST_MANIFEST + 1)
    except OSError as error:
        raise ModelMissing("model_file_missing", path=str(path), model=Path(folder).name) from error
    try:
        if len(raw) > _LARGEST_MANIFEST:
            raise ValueError("too long")
        return _parsed(json.loads(raw))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelMissing("manifest_broken", path=str(path), model=Path(folder).name) from error


def verify(folder: Path, full: bool = True, required: bool = True) -> Manifest | None:
    """Check `folder` against its manifest; `full` hashes every byte, else only presence and size are looked at.

    Without a manifest: an error, or None when not `required` (a folder the person named themselves).
    Errors: `ModelMissing` with model_file_missing, model_file_altered or manifest_broken.
    """
    folder = Path(folder)
    if not required and folder.is_dir() and not (folder / NAME).exists():
        return None
    manifest = read_manifest(folder)
    for file in manifest.files:
        path = _inside(folder, file.path, manifest.name)
        _check(path, file, manifest.name, full)
    return manifest


def weights_kind(folder: Path) -> str:
    """What kind of weights `folder` holds: openvino, ctranslate2, safetensors, onnx or gguf.

    Errors: `ModelMissing` model_format_refused where there are only pickled weights (they can run code),
    model_file_missing where there are none at all or the folder cannot be read.
    """
    folder = Path(folder)
    try:
        names = sorted(path.name for path in folder.iterdir() if path.is_file())
    except OSError as error:
        raise ModelMissing("model_file_missing", path=str(folder), model=folder.name) from error
    if any(name.startswith("openvino_") and name.endswith(".xml") for name in names):
        return "openvino"
    for kind in ("safetensors", "onnx", "gguf"):
        if any(name.endswith(f".{kind}") for name in names):
            return kind
    if any(name.endswith((".mf", ".mf.gz")) for name in names):
        return "moondream"
    pickled = [name for name in names if _pickled(folder / name)]
    if pickled:
        raise ModelMissing("model_format_refused", path=str(folder / pickled[0]), model=folder.name)
    if "model.bin" in names:
        return "ctranslate2"
    raise ModelMissing("model_file_missing", path=str(folder), model=folder.name)


def _parsed(value: object) -> Manifest:
    if not isinstance(value, dict) or not isinstance(value["files"], list) or not value["files"]:
        raise ValueError("not a manifest")
    files = tuple(ListedFile(file["path"], file["size"], file["sha256"]) for file in value["files"])
    for file in files:
        if not isinstance(file.path, str) or not isinstance(file.sha256, str):
            raise TypeError("path and sha256 are texts")
        if type(file.size) is not int or file.size < 0:
            raise TypeError("size is a number of bytes")
    texts = [value["name"], value["version"], value["licence"], value.get("revision", "")]
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("name, version, licence and revision are texts")
    return Manifest(*texts, files)


def _inside(folder: Path, listed: str, model: str) -> Path:
    """The real path of a listed file; one that leaves the folder, by name or by link, breaks the manifest."""
    parts = PurePosixPath(listed).parts
    safe = parts and not PurePosixPath(listed).is_absolute() and ".." not in parts
    if not safe or any(sign in listed for sign in "\\:\0"):
        raise ModelMissing("manifest_broken", path=listed, model=model)
    path = folder.joinpath(*parts)
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ModelMissing("manifest_broken", path=listed, model=model)
    return path


def _check(path: Path, file: ListedFile, model: str, full: bool) -> None:
    try:
        if not path.is_file():
            raise FileNotFoundError(path)
        same = path.stat().st_size == file.size and (not full or _digest(path) == file.sha256.lower())
    except OSError as error:
        raise ModelMissing("model_file_missing", path=str(path), model=model) from error
    if not same:
        raise ModelMissing("model_file_altered", path=str(path), model=model)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _pickled(path: Path) -> bool:
    """Whether `path` is a pickle, by name or, for `.bin`, by its first bytes (torch writes zip or raw pickle)."""
    if path.suffix.lower() in _PICKLE_SUFFIXES:
        return True
    if path.suffix.lower() != ".bin":
        return False
    try:
        with path.open("rb") as stream:
            return path.name.startswith("pytorch_model") or stream.read(4).startswith(_PICKLE_MAGICS)
    except OSError as error:
        raise ModelMissing("model_file_missing", path=str(path), model=path.parent.name) from error
