"""The program's own engines behind the bench: OpenVINO, and transformers eager, through the very classes that answer."""

from __future__ import annotations

import importlib.metadata
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.frames import Box, Frame, ScreenText, TextLine
from assistant.ports import Turn
from models.bench.engines.work import ANSWER, QUESTION, WORDS, Stages, Work, picture

DTYPES = {"transformers-fp32": "float32", "transformers-bf16": "bfloat16"}
_used: list[str] = []


def libraries() -> None:
    import tokenizers  # noqa: F401

    _used.extend(["numpy", "tokenizers"])


def versions() -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in _used}


def opened(name: str, folder: Path, threads: int) -> Ours:
    """Errors: those of the engine."""
    from models.catalogue import engine_class

    if name in DTYPES:
        import torch

        _used.extend(["torch", "transformers"])
        checkpoint = folder / "checkpoint"
        model = engine_class(checkpoint, "transformers")(checkpoint, threads=threads, dtype=DTYPES[name])
        torch.set_num_threads(threads)
        return Ours(model)
    _used.append("openvino")
    exported = folder / "openvino" if (folder / "openvino").is_dir() else folder
    return Ours(engine_class(exported, "openvino")(exported, threads=threads))


@dataclass
class Ours:
    """Any of the program's engines whose look is apart from its answer."""

    model: Any

    def round(self, work: Work) -> Stages:
        frame, text = Frame(picture(work.width, work.height, work.drawn)), lines(work)
        earlier = tuple(Turn(QUESTION, ANSWER) for _ in range(work.turns))
        began = time.perf_counter()
        look = self.model.look(frame, text)
        looked = time.perf_counter()
        stream = look.answer(QUESTION, earlier)
        next(stream, None)
        first = look.last_answer.first_token_ms
        stream.close()
        asked = look.last_answer.prompt_tokens
        seconds = decoded(look, work.tokens, len(look.logits))
        look.close()
        folder = self.model.folder
        seen = image_tokens(self.model, frame)
        question = len(folder.question_ids(QUESTION, earlier, 0, 1))
        return Stages(
            encode_ms=look.timings.encode_ms,
            prefill_ms=look.timings.prefill_ms,
            first_cold_ms=(looked - began) * 1000 + first,
            first_after_look_ms=first,
            tokens_per_s=work.tokens / seconds if seconds else None,
            image_tokens=seen,
            text_tokens=asked - question - seen,
            question_tokens=question,
        )


def decoded(look: Any, tokens: int, vocabulary: int) -> float:
    """Seconds for `tokens` steps: a given token in, the likeliest next one out. What comes out is not fed, so that no
    engine stops early or goes round in circles."""
    random = np.random.default_rng(3)
    fed = random.integers(0, vocabulary, tokens)
    look.feed_ids(fed[:1])  # the first step after a prompt prepares shapes
    began = time.perf_counter()
    for token in fed:
        look.feed_ids(np.array([token], np.int64))
        int(np.argmax(look.logits))
    return time.perf_counter() - began


def lines(work: Work) -> ScreenText:
    """`work.lines` lines of words on a grid."""
    return ScreenText(
        tuple(
            TextLine(WORDS[n % len(WORDS)], Box(8 + n % 8 * 200, 4 + n // 8 * 20, 180, 16), ink="black")
            for n in range(work.lines)
        ),
        source="ocr" if work.lines else "none",
    )


def image_tokens(model: Any, frame: Frame) -> int:
    """How many tokens of the language model the picture becomes."""
    folder = model.folder
    if hasattr(folder, "tile_tokens"):
        from models.runtimes.smolvlm_image import tiles

        return len(tiles(frame, folder.rules).pixels) * folder.tile_tokens
    from models.runtimes.qwen3vl_image import fitted_size

    high, wide = fitted_size(frame.height, frame.width, folder.rules)
    return high * wide // (folder.rules.patch * folder.rules.merge) ** 2
