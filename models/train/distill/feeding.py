"""One picture before one model: greedy answers, and the logits with which given answers would be written.

Works for every native class that `models/runtimes/vision_transformers.py` opens, with the very prompts that the engine uses.
Families whose look is apart from the answer (Qwen3-VL, SmolVLM) encode the picture once and ask all questions side by side
behind it; the others go through their chat template, one question after the other. Gradients flow where torch keeps them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch
    from transformers import DynamicCache

    from assistant.frames import Frame, ScreenText
    from models.runtimes.vision_transformers import TransformersModel


def feeding(engine: TransformersModel, frame: Frame, text: ScreenText) -> CachedFeeding | ChatFeeding:
    """The picture before `engine`, encoded already where the family can."""
    return (ChatFeeding if engine.folder is None else CachedFeeding)(engine, frame, text)


def vocabulary(engine: TransformersModel) -> dict[str, int]:
    """Token → id, added tokens too."""
    if engine.folder is not None:
        return engine.folder.tokenizer.get_vocab()
    return engine.processor.tokenizer.get_vocab()


class CachedFeeding:
    """The prefix's keys and values are computed once and shared by the questions."""

    def __init__(self, engine: TransformersModel, frame: Frame, text: ScreenText) -> None:
        self._weights, self._stops = engine.weights, engine.folder.stops
        self._look = engine.new_look()
        inputs = self._look.inputs(frame, text)
        found = self._weights(**inputs, use_cache=True, logits_to_keep=1)
        self._prefix = inputs["input_ids"].shape[1]
        self._layers = [(layer.keys, layer.values) for layer in found.past_key_values.layers]
        self._run_ahead = getattr(self._weights.model, "rope_deltas", None)

    def write(self, question: str, most: int) -> list[int]:
        """The ids of the greedy answer, its stop token included where it came within `most`."""
        import torch

        cache, made = self._cache(1), []
        ids = self._look.question_ids(question, (), self._prefix)
        while len(made) < most:
            fed = cache.get_seq_length()
            logits = self._feed(torch.from_numpy(np.asarray(ids))[None], cache, fed)
            made.append(int(logits[0, -1].argmax()))
            if made[-1] in self._stops:
                break
            ids = made[-1:]
        return made

    def logits(self, questions: Sequence[str], answers: Sequence[Sequence[int]]) -> list[torch.Tensor]:
        """For each question the logits (answer's length, vocabulary) from which its answer's tokens are taken."""
        import torch

        asked = [self._look.question_ids(question, (), self._prefix) for question in questions]
        rows = [np.concatenate([q, a[:-1]]).astype(np.int64) for q, a in zip(asked, answers, strict=True)]
        longest = max(len(row) for row in rows)
        ids = torch.from_numpy(np.stack([np.pad(row, (0, longest - len(row)), mode="edge") for row in rows]))
        real = torch.from_numpy(np.stack([np.arange(longest) < len(row) for row in rows])).long()
        seen = torch.cat([torch.ones(len(rows), self._prefix, dtype=torch.long), real], dim=1)
        found = self._feed(ids, self._cache(len(rows)), self._prefix, seen)
        return [
            found[n, len(q) - 1 : len(q) - 1 + len(a)]
            for n, (q, a) in enumerate(zip(asked, answers, strict=True))
        ]

    def _cache(self, count: int) -> DynamicCache:
        """The prefix `count` times. The layers of a new cache, so that feeding it leaves the prefix alone."""
        from transformers import DynamicCache

        cache = DynamicCache(config=self._weights.config.get_text_config())
        for number, (keys, values) in enumerate(self._layers):
            cache.update(keys.expand(count, -1, -1, -1), values.expand(count, -1, -1, -1), number)
        return cache

    def _feed(
        self, ids: torch.Tensor, cache: DynamicCache, fed: int, seen: torch.Tensor | None = None
    ) -> torch.Tensor:
        import torch

        device = self._weights.device
        self._weights.model.rope_deltas = self._run_ahead
        return self._weights(
            input_ids=ids.to(device),
            attention_mask=None if seen is None else seen.to(device),
            past_key_values=cache,
            cache_position=torch.arange(fed, fed + ids.shape[1], device=device),
            use_cache=True,
        ).logits


class ChatFeeding:
    """Everything is encoded again for every question."""

    def __init__(self, engine: TransformersModel, frame: Frame, text: ScreenText) -> None:
        self._weights = engine.weights
        self._look = engine.look(frame, text)

    def write(self, question: str, most: int) -> list[int]:
        """As `CachedFeeding.write`."""
        inputs = self._look.inputs(question, ())
        made = self._weights.generate(**inputs, do_sample=False, max_new_tokens=most)
        return made[0, inputs["input_ids"].shape[1] :].tolist()

    def logits(self, questions: Sequence[str], answers: Sequence[Sequence[int]]) -> list[torch.Tensor]:
        """As `CachedFeeding.logits`."""
        return [self._one(question, answer) for question, answer in zip(questions, answers, strict=True)]

    def _one(self, question: str, answer: Sequence[int]) -> torch.Tensor:
        import torch

        inputs = dict(self._look.inputs(question, ()))
        asked = inputs["input_ids"].shape[1]
        more = torch.tensor([answer[:-1]], dtype=torch.long, device=self._weights.device)
        inputs["input_ids"] = torch.cat([inputs["input_ids"], more], dim=1)
        for name, value in (("attention_mask", 1), ("token_type_ids", 0)):
            if name in inputs:
                inputs[name] = torch.cat([inputs[name], torch.full_like(more, value)], dim=1)
        return self._weights(**inputs).logits[0, asked - 1 : asked - 1 + len(answer)]
