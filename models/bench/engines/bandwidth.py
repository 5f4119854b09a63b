"""How fast this machine reads memory, and how many bytes a decoded token must read: the limit of decoding.

Every weight of the language model is read once a token and nothing else counts for much, so tokens per second cannot exceed
bandwidth ÷ bytes. Measured by summing numbers that no cache holds, with as many threads as the engines have.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

import numpy as np

SIZE = 256 << 20
"""bytes for each thread: more than any cache"""


def bytes_per_s(threads: int = 2, rounds: int = 5) -> float:
    """The best of `rounds` readings by `threads` at once."""
    blocks = [np.ones(SIZE // 8, np.float64) for _ in range(threads)]
    return max(_reading(blocks) for _ in range(rounds))


def _reading(blocks: list[np.ndarray]) -> float:
    """Bytes per second of one reading; numpy's dot product runs without the interpreter's lock."""
    ready = threading.Barrier(len(blocks) + 1)
    done = threading.Barrier(len(blocks) + 1)

    def read(block: np.ndarray) -> None:
        ready.wait()
        float(np.add.reduce(block))
        done.wait()

    for block in blocks:
        threading.Thread(target=read, args=(block,), daemon=True).start()
    ready.wait()
    began = time.perf_counter()
    done.wait()
    return sum(block.nbytes for block in blocks) / (time.perf_counter() - began)


def weight_bytes(folder: Path, engine: str) -> int | None:
    """Bytes of the language model as it lies on disk; a table of embeddings is left out where it is a file of its own."""
    if engine == "llama.cpp":
        from models.bench.engines.gguf_files import LANGUAGE

        path = folder / "gguf" / LANGUAGE
        return path.stat().st_size if path.exists() else None
    if engine in ("openvino", "genai"):
        exported = folder / "openvino" if (folder / "openvino").is_dir() else folder
        return (exported / "openvino_language_model.bin").stat().st_size
    return None
