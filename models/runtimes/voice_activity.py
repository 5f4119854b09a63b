"""Tells speech from silence with Silero's network (ONNX, 1.2 MB), which comes inside faster-whisper's wheel.

faster-whisper itself is not imported: its file is only looked up, because the import costs 0.3 s and 60 MB.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import EngineFailed, ModelMissing

FILE = "silero_vad_v6.onnx"
BLOCK = 512
CONTEXT = 64
"""samples of the block before, which the network wants in front of each block"""


class SileroVoice:
    """The network, loaded once. Errors: `ModelMissing("model_file_missing")`, `EngineFailed`."""

    def __init__(self, path: Path | None = None) -> None:
        path = path or _bundled_path()
        if not path.is_file():
            raise ModelMissing("model_file_missing", path=FILE)
        self._session = _session(path)

    def stream(self) -> Callable[[np.ndarray], float]:
        """A new memory for one recording: (512,) float32 at 16 kHz → probability of speech, 0…1."""
        return _Stream(self._session)


class _Stream:
    def __init__(self, session: Any) -> None:
        self._session = session
        self._context = np.zeros(CONTEXT, np.float32)
        self._h = np.zeros((1, 1, 128), np.float32)
        self._c = np.zeros((1, 1, 128), np.float32)

    def __call__(self, block: np.ndarray) -> float:
        if block.shape != (BLOCK,):
            raise ValueError(f"a block is ({BLOCK},), not {block.shape}")
        heard = np.concatenate([self._context, block.astype(np.float32, copy=False)])[None]  # (1, 576)
        chance, self._h, self._c = self._session.run(None, {"input": heard, "h": self._h, "c": self._c})
        self._context = heard[0, -CONTEXT:]
        return float(np.ravel(chance)[0])


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as reason:  # onnxruntime's own exceptions have no common base
        raise EngineFailed(
            "engine_load_failed", engine="onnxruntime", reason=type(reason).__name__
        ) from reason


def _bundled_path() -> Path:
    found = importlib.util.find_spec("faster_whisper")
    folders = list(found.submodule_search_locations or []) if found else []
    return Path(folders[0] if folders else "", "assets", FILE)
