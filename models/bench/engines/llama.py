"""llama.cpp behind the bench, through llama-cpp-python's bindings of its C interface: language model and, for SmolVLM, mtmd.

The picture goes through mtmd as in llama.cpp's own programs: it cuts the picture, encodes slice by slice, and runs the language
model over each slice. Where a folder has no vision tower (nunchi-mini, Qwen3-VL), the language model alone is measured.
"""

from __future__ import annotations

import ctypes
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.bench.engines.gguf_files import LANGUAGE, VISION
from models.bench.engines.work import Stages, Work, picture, sentence

CONTEXT = 8192
BATCH = 2048
"""tokens put before the language model at once, at most: llama.cpp's own number"""


def libraries() -> None:
    import llama_cpp
    import llama_cpp.mtmd_cpp  # noqa: F401


def versions() -> dict[str, str]:
    import llama_cpp

    told = {"llama-cpp-python": llama_cpp.__version__}
    features = llama_cpp.llama_print_system_info
    return told | {"built for": features().decode(errors="replace")}


def opened(_name: str, folder: Path, threads: int) -> Llama:
    """Errors: FileNotFoundError without GGUF files, RuntimeError where llama.cpp refuses them."""
    import llama_cpp as lib
    import llama_cpp.mtmd_cpp as mtmd

    path, tower = folder / "gguf" / LANGUAGE, folder / "gguf" / VISION
    if not path.exists():
        raise FileNotFoundError(path)
    lib.llama_backend_init()
    model = lib.llama_model_load_from_file(str(path).encode(), lib.llama_model_default_params())
    options = lib.llama_context_default_params()
    options.n_ctx, options.n_batch, options.n_ubatch = CONTEXT, BATCH, 512
    options.n_threads = options.n_threads_batch = threads
    context = lib.llama_init_from_model(model, options) if model else None
    if not context:
        raise RuntimeError(f"llama.cpp does not load {path.name}")
    eyes = None
    if tower.exists():
        wanted = mtmd.mtmd_context_params_default()
        wanted.use_gpu, wanted.print_timings, wanted.n_threads, wanted.warmup = False, False, threads, False
        eyes = mtmd.mtmd_init_from_file(str(tower).encode(), model, wanted)
        if not eyes:
            raise RuntimeError(f"llama.cpp does not load {tower.name}")
    vocabulary = lib.llama_vocab_n_tokens(lib.llama_model_get_vocab(model))
    return Llama(lib, mtmd, context, eyes, vocabulary)


@dataclass
class Llama:
    lib: Any
    mtmd: Any
    context: Any
    eyes: Any
    vocabulary: int

    def round(self, work: Work) -> Stages:
        lib = self.lib
        lib.llama_memory_clear(lib.llama_get_memory(self.context), True)
        random = np.random.default_rng(3)
        told = Stages(question_tokens=work.question_tokens, text_tokens=work.text_tokens)
        began = time.perf_counter()
        if self.eyes:
            self._see(work, told)
        else:
            self._run(random.integers(0, self.vocabulary, max(1, work.text_tokens)))
            told.prefill_ms = (time.perf_counter() - began) * 1000
        looked = time.perf_counter()
        self._run(random.integers(0, self.vocabulary, work.question_tokens))
        self._likeliest()
        told.first_after_look_ms = (time.perf_counter() - looked) * 1000
        if self.eyes:
            told.first_cold_ms = (time.perf_counter() - began) * 1000
        fed = random.integers(0, self.vocabulary, work.tokens)
        self._run(fed[:1])
        decoding = time.perf_counter()
        for token in fed:
            self._run(np.array([token]))
            self._likeliest()
        if work.tokens:
            told.tokens_per_s = work.tokens / (time.perf_counter() - decoding)
        return told

    def _see(self, work: Work, told: Stages) -> None:
        """Picture and text, piece by piece; fills encode_ms, prefill_ms, image_tokens."""
        mtmd = self.mtmd
        image = picture(work.width, work.height, work.drawn)
        pixels = image.ctypes.data_as(ctypes.POINTER(ctypes.c_uint8))
        bitmap = mtmd.mtmd_bitmap_init(work.width, work.height, pixels)
        written = f"{mtmd.mtmd_default_marker().decode()}{sentence(work.text_tokens)}".encode()
        asked = mtmd.mtmd_input_text(written, len(written), False, True)
        chunks = mtmd.mtmd_input_chunks_init()
        bitmaps = (mtmd.mtmd_bitmap_p_ctypes * 1)(bitmap)
        encode = prefill = 0.0
        tokens = 0
        try:
            began = time.perf_counter()
            if code := mtmd.mtmd_tokenize(self.eyes, chunks, ctypes.byref(asked), bitmaps, 1):
                raise RuntimeError(f"mtmd_tokenize: {code}")
            encode += time.perf_counter() - began
            past = ctypes.c_int32(0)
            for number in range(mtmd.mtmd_input_chunks_size(chunks)):
                chunk = mtmd.mtmd_input_chunks_get(chunks, number)
                began = time.perf_counter()
                if mtmd.mtmd_input_chunk_get_type(chunk) != mtmd.MTMD_INPUT_CHUNK_TYPE_IMAGE:
                    self._check(mtmd.mtmd_helper_eval_chunk_single(
                        self.eyes, self.context, chunk, past.value, 0, BATCH, True, ctypes.byref(past)
                    ))  # fmt: skip
                    prefill += time.perf_counter() - began
                    continue
                self._check(mtmd.mtmd_encode_chunk(self.eyes, chunk))
                encode += time.perf_counter() - began
                began = time.perf_counter()
                tokens += mtmd.mtmd_input_chunk_get_n_tokens(chunk)
                self._check(mtmd.mtmd_helper_decode_image_chunk(
                    self.eyes, self.context, chunk, mtmd.mtmd_get_output_embd(self.eyes), past.value, 0, BATCH,
                    ctypes.byref(past), mtmd.mtmd_helper_post_decode_callback(), None,
                ))  # fmt: skip
                prefill += time.perf_counter() - began
        finally:
            mtmd.mtmd_input_chunks_free(chunks)
            mtmd.mtmd_bitmap_free(bitmap)
        told.encode_ms, told.prefill_ms, told.image_tokens = encode * 1000, prefill * 1000, tokens

    def _run(self, ids: np.ndarray) -> None:
        for first in range(0, len(ids), BATCH):
            part = ids[first : first + BATCH].astype(np.int32)
            tokens = part.ctypes.data_as(self.lib.llama_token_p)
            self._check(self.lib.llama_decode(self.context, self.lib.llama_batch_get_one(tokens, len(part))))

    def _likeliest(self) -> int:
        """Greedy sampling of the last logits, as fast as Python can."""
        logits = self.lib.llama_get_logits_ith(self.context, -1)
        return int(np.ctypeslib.as_array(logits, (self.vocabulary,)).argmax())

    def _check(self, code: int) -> None:
        if code:
            raise RuntimeError(f"llama.cpp returned {code}")
