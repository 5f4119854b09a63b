"""Reads Moondream's own file, `.mf` or `.mf.gz`: ONNX graphs, a tokenizer, the beginning of a cache and a configuration.

The format is that of the published client (pypi.org/project/moondream 0.0.6, Apache-2.0): `MOON`, one byte of version,
then for each part the length of its name (four bytes), its name, its length (eight bytes) and its bytes; big-endian.
Nothing in it is a pickle, and nothing of it is written to the disk.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from assistant.errors import EngineFailed, ModelMissing

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

SUFFIXES = (".mf", ".mf.gz")
GRAPHS = (
    "vision_encoder", "vision_projection", "text_encoder", "text_decoder", "coord_encoder", "coord_decoder", "size_encoder",
    "size_decoder",
)  # fmt: skip
PARTS = (*(f"{graph}.onnx" for graph in GRAPHS), "tokenizer.json", "initial_kv_cache.npy", "config.json")
LARGEST = 4 << 30
"""bytes of all parts together: a damaged length must not fill the memory"""
_MAGIC, _VERSION = b"MOON", 1


@dataclass(frozen=True, eq=False)
class MoondreamFile:
    """Everything in the file, the graphs as sessions on the CPU."""

    graphs: dict[str, onnxruntime.InferenceSession]
    tokenizer: Tokenizer
    beginning: np.ndarray
    """(layers, 2, 1, heads, tokens, width): the cache before a picture"""
    end: int
    """the token that ends an answer"""
    templates: dict[str, dict[str, list[int]]]


def find_file(folder: Path) -> Path:
    """The one file of that format in `folder`. Errors: `ModelMissing` model_file_missing."""
    found = sorted(path for path in folder.iterdir() if path.name.endswith(SUFFIXES))
    if not found:
        raise ModelMissing("model_file_missing", path=str(folder / "*.mf.gz"), model=folder.name)
    return found[0]


def read_file(path: Path, threads: int) -> MoondreamFile:
    """Open all parts. Errors: `ModelMissing` model_file_altered, `EngineFailed` model_unsupported, engine_load_failed."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    found: dict[str, Any] = {}
    try:
        for name, content in parts(path):
            kind = name.rsplit(".", 1)[-1]
            if kind == "onnx":
                found[name] = onnxruntime.InferenceSession(
                    content, options, providers=["CPUExecutionProvider"]
                )
            elif kind == "npy":
                found[name] = np.load(io.BytesIO(content), allow_pickle=False)
            else:
                found[name] = (
                    Tokenizer.from_buffer(content) if name == "tokenizer.json" else json.loads(content)
                )
    except ModelMissing:
        raise
    except Exception as error:  # onnxruntime and tokenizers raise classes of their own
        raise EngineFailed(
            "engine_load_failed", engine="onnxruntime", device="CPU", path=str(path), reason=str(error)
        ) from error
    if missing := [part for part in PARTS if part not in found]:
        raise ModelMissing("model_file_altered", path=f"{path}:{missing[0]}", model=path.parent.name)
    try:
        config = found["config.json"]
        return MoondreamFile(
            graphs={graph: found[f"{graph}.onnx"] for graph in GRAPHS},
            tokenizer=found["tokenizer.json"],
            beginning=found["initial_kv_cache.npy"],
            end=int(config["special_tokens"]["eos"]),
            templates=dict(config["templates"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise EngineFailed("model_unsupported", path=str(path), model=path.parent.name) from error


def parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of every part that is known. Errors: `ModelMissing` model_file_missing, model_file_altered."""
    try:
        with gzip.open(path, "rb") if path.name.endswith(".gz") else path.open("rb") as stream:
            yield from _parts(stream)
    except (ValueError, EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError) as error:
        raise ModelMissing("model_file_altered", path=str(path), model=path.parent.name) from error
    except OSError as error:
        raise ModelMissing("model_file_missing", path=str(path), model=path.parent.name) from error


def _parts(stream: IO[bytes]) -> Iterator[tuple[str, bytes]]:
    if _exactly(stream, 5) != _MAGIC + bytes([_VERSION]):
        raise ValueError("not a Moondream file of version 1")
    left = LARGEST
    while length := stream.read(4):
        if len(length) != 4 or (long := struct.unpack("!I", length)[0]) > 1024:
            raise ValueError("a name that is too long")
        name = _exactly(stream, long).decode("utf-8").rsplit("/", 1)[-1]
        size = struct.unpack("!Q", _exactly(stream, 8))[0]
        if (left := left - size) < 0:
            raise ValueError("too large")
        content = _exactly(stream, size)
        if name in PARTS:
            yield name, content


def _exactly(stream: IO[bytes], size: int) -> bytes:
    """Errors: ValueError where the file ends before."""
    read = bytearray()
    while len(read) < size and (more := stream.read(min(size - len(read), 1 << 24))):
        read += more
    if len(read) != size:
        raise ValueError("cut off")
    return bytes(read)
