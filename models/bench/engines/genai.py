"""`openvino_genai.VLMPipeline` behind the bench, for families that it knows (Qwen3-VL; not SmolVLM).

It encodes the picture anew for each question and tells only the time to first token and between tokens, so a look has no
time of its own: both columns of the first token are the whole way. The folder needs the tokenizers' graphs
(`genai/openvino_tokenizer.xml`: `python -m models.bench shapes nunchi-mini`).
"""

from __future__ import annotations

import importlib.metadata
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from models.bench.engines.work import ANSWER, QUESTION, Stages, Work, picture, sentence
from models.runtimes.openvino_graphs import device_options


def libraries() -> None:
    import openvino_genai  # noqa: F401


def versions() -> dict[str, str]:
    return {"openvino-genai": importlib.metadata.version("openvino-genai")}


def opened(_name: str, folder: Path, threads: int) -> GenAi:
    """Errors: FileNotFoundError without the tokenizers' graphs, RuntimeError for families that it does not know."""
    import openvino_genai

    exported = folder / "genai"
    if not (exported / "openvino_tokenizer.xml").exists():
        raise FileNotFoundError(f"{exported} has no openvino_tokenizer.xml")
    return GenAi(openvino_genai.VLMPipeline(str(exported), "CPU", **device_options("CPU", threads)))


@dataclass
class GenAi:
    pipeline: Any

    def round(self, work: Work) -> Stages:
        import openvino as ov
        import openvino_genai

        wanted = openvino_genai.GenerationConfig()
        wanted.max_new_tokens = wanted.min_new_tokens = max(1, work.tokens)
        wanted.ignore_eos, wanted.do_sample = True, False
        asked = sentence(work.text_tokens) + f"{QUESTION} {ANSWER} " * work.turns + QUESTION
        image = ov.Tensor(np.ascontiguousarray(picture(work.width, work.height, work.drawn)[None]))
        began = time.perf_counter()
        done = self.pipeline.generate(asked, images=[image], generation_config=wanted)
        whole = (time.perf_counter() - began) * 1000
        told = done.perf_metrics
        first = told.get_ttft().mean or whole
        between = told.get_tpot().mean
        return Stages(
            encode_ms=told.get_prepare_embeddings_duration().mean,
            first_cold_ms=first,
            first_after_look_ms=first,
            tokens_per_s=1000 / between if between else None,
            text_tokens=told.get_num_input_tokens(),
        )
