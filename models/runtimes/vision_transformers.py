"""Any native image-text-to-text class of transformers, from a local folder: the reference engine (extra `torch`).

The Qwen3-VL family gets the same ids and the same cut between look and question as `vision_openvino.py`, with
transformers' own image processor, positions and cache, so that the two can be compared. Other classes go through
their chat template, picture, lines and question in one go (`transformers_chat.py`). Code in a model folder is
never run and only safetensors are read.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.cancelling import check
from assistant.drafts import Drafts
from assistant.errors import DeviceFailed, EngineFailed, ModelMissing, Stopped
from assistant.ports import AnswerTimings, LookTimings
from models.manifest import weights_kind
from models.runtimes import answer_text
from models.runtimes.qwen3vl_folder import MODEL_TYPE, MOST_PIXELS, Qwen3VLFolder, read_folder, read_json
from models.runtimes.transformers_chat import ChatLook
from models.runtimes.transformers_processor import still_processor

if TYPE_CHECKING:
    import torch

    from assistant.frames import Frame, ScreenText
    from assistant.ports import Cancel, Turn
    from assistant.shortlist import Asked, Shortlister

DTYPES = ("float32", "bfloat16", "float16")


class TransformersModel:
    """A `VisionModel`. `dtype` is one of DTYPES. Errors on opening: `ModelMissing`, `EngineFailed`, `DeviceFailed`."""

    engine = "transformers"

    def __init__(
        self,
        folder: Path,
        *,
        name: str | None = None,
        device: str = "CPU",
        threads: int = 2,
        dtype: str = "float32",
        most_pixels: int = MOST_PIXELS,
        most_tokens: int = answer_text.MOST_TOKENS,
        suppress_ideographs: bool = True,
    ) -> None:
        folder = Path(folder)
        family = read_json(folder / "config.json").get("model_type")
        if weights_kind(folder) != "safetensors" and not any(folder.glob("*.safetensors")):
            raise ModelMissing("model_format_refused", path=str(folder), model=folder.name)
        torch = torch_offline(threads)
        self.name = name or folder.name
        self.device = device
        self.most_tokens = most_tokens
        self.suppress_ideographs = suppress_ideographs
        self._cancel: Cancel | None = None
        self.folder = self._read(folder, family, most_pixels)
        self.style = self.folder.style if self.folder else "chat"
        self.weights, self.processor = self._load(
            folder, getattr(torch, dtype), torch_device(torch, device), family
        )
        for module in self.weights.modules():
            if isinstance(module, torch.nn.ModuleList):
                for layer in module:
                    layer.register_forward_pre_hook(self._look_at_cancel)
        self._ideographs = self._ideograph_mask() if suppress_ideographs else None

    def look(
        self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None
    ) -> CachedLook | ChatLook:
        """Encode and prefill (Qwen3-VL) or only keep the frame (others). Errors: `BadInput`, `Stopped`."""
        if self.weights is None:
            raise EngineFailed("engine_closed", engine=self.engine)
        if self.folder is None:
            return ChatLook(self, frame, screen_text, self._ideographs)
        look = self.new_look()
        with self.watching(cancel):
            look.prefill(frame, screen_text)
        return look

    def watching(self, cancel: Cancel | None) -> _Watch:
        """While entered, every layer of the model looks at `cancel` first and raises `Stopped`."""
        return _Watch(self, cancel)

    def barred(self, seen: str) -> np.ndarray | None:
        """Which tokens an answer may not use, given all the text that was put before the model."""
        return None if self._ideographs is None or answer_text.has_ideograph(seen) else self._ideographs

    def close(self) -> None:
        self.weights = self.processor = None

    def _read(self, folder: Path, family: str | None, most_pixels: int) -> Qwen3VLFolder | None:
        """What the folder of a family with a look of its own says; None for the others."""
        return read_folder(folder, most_pixels) if family == MODEL_TYPE else None

    def _load(
        self, folder: Path, dtype: torch.dtype, device: str, family: str | None
    ) -> tuple[object, object]:
        return load(folder, dtype, device, family)

    def new_look(self) -> CachedLook:
        return CachedLook(self, self.folder)

    def _look_at_cancel(self, *_: object) -> None:
        check(self._cancel)

    def _ideograph_mask(self) -> np.ndarray | None:
        """None for tokenizers that exist only in Python: their vocabulary cannot be looked through."""
        size = self.weights.get_output_embeddings().weight.shape[0]
        if self.folder is not None:
            return answer_text.ideograph_mask(self.folder.tokenizer, size)
        backend = getattr(self.processor.tokenizer, "backend_tokenizer", None)
        return None if backend is None else answer_text.ideograph_mask(backend, size)


class CachedLook:
    """A `Look` at a Qwen3-VL: the prefix's key-value cache, cut back before every answer."""

    def __init__(self, model: TransformersModel, folder: Qwen3VLFolder) -> None:
        self.timings = LookTimings()
        self.last_answer = AnswerTimings()
        self.logits = np.empty(0, np.float32)
        """of the last position fed, (vocabulary,)"""
        self._model = model
        self._folder = folder
        self._cache = None
        self._prefix = 0
        self._quotable: list[int] = []
        self._text = ""
        self._shortlister: Shortlister | None = None
        self._answers = 0

    def inputs(self, frame: Frame, screen_text: ScreenText) -> dict[str, torch.Tensor]:
        """What the model is fed for all that stands before the question."""
        import torch
        from PIL import Image

        rules, weights = self._folder.rules, self._model.weights
        picture = self._model.processor.preprocess(
            [Image.fromarray(frame.image)],
            size={"shortest_edge": rules.min_pixels, "longest_edge": rules.max_pixels},
            input_data_format="channels_last",
            return_tensors="pt",
        ).to(weights.device)
        grid = picture["image_grid_thw"]
        size = (frame.width, frame.height)
        self._shortlister = self._folder.shortlister(screen_text, frame)
        ids = self._folder.look_ids(screen_text, size, int(grid.prod()) // rules.merge**2, self._shortlister)
        return {
            "input_ids": torch.from_numpy(ids[None]).to(weights.device),
            "pixel_values": picture["pixel_values"].to(weights.dtype),
            "image_grid_thw": grid,
        }

    def prefill(self, frame: Frame, screen_text: ScreenText) -> None:
        import torch
        from transformers import DynamicCache

        started = time.perf_counter()
        weights, inputs = self._model.weights, self.inputs(frame, screen_text)
        cache = DynamicCache(config=weights.config.get_text_config())
        prepared = time.perf_counter()
        with torch.inference_mode():
            found = weights(**inputs, past_key_values=cache, use_cache=True, logits_to_keep=1)
        self._cache, self._prefix = cache, inputs["input_ids"].shape[1]
        ids = inputs["input_ids"][0]
        self._quotable = ids[ids != self._folder.image_token].tolist()
        self._run_ahead = getattr(weights.model, "rope_deltas", None)
        self._text = "".join(line.text for line in screen_text.lines)
        self.logits = found.logits[0, -1].float().cpu().numpy()
        # transformers encodes and prefills in one call; the picture's share of it is not known
        self.timings = LookTimings((prepared - started) * 1000, (time.perf_counter() - prepared) * 1000)

    def answer(
        self, question: str, earlier: Sequence[Turn] = (), cancel: Cancel | None = None
    ) -> Iterator[str]:
        """See `Look.answer`. Errors: `EngineFailed`, `BadInput` question_too_long."""
        started = time.perf_counter()
        timings = self.last_answer = AnswerTimings()
        self._answers += 1
        turn = self._answers
        asked = self._asked(question, earlier)
        ids = self.question_ids(question, earlier, self._prefix)
        timings.prompt_tokens = self._prefix + len(ids)
        try:
            self.rewind()
            self.feed_ids(ids, cancel)
            yield from answer_text.stream(
                self._folder.leaning(self.logits, asked) if asked else self.logits,
                _Steps(self, turn, cancel),
                decode=(lambda ids: asked.on_screen(self._folder.decode(ids)))
                if asked
                else self._folder.decode,
                stops=self._folder.stops,
                barred=answer_text.also_barred(
                    self._model.barred(self._text + question + "".join(t.answer for t in earlier)),
                    self._folder.unshown(asked) if asked else (),
                    len(self.logits),
                ),
                drafts=None if asked else self._drafts(ids),
                cancel=cancel,
                timings=timings,
                started=started,
                most_tokens=self._model.most_tokens,
            )
        except Stopped:
            return

    def told(self, question: str, earlier: Sequence[Turn] = ()) -> tuple[str, ...]:
        """The values that stand beside this question, for the answer that quotes them."""
        asked = self._asked(question, earlier)
        return asked.values if asked else ()

    def question_ids(self, question: str, earlier: Sequence[Turn], looked: int) -> np.ndarray:
        """Ids of what follows a look of `looked` tokens. Errors: `BadInput` question_too_long."""
        asked = self._asked(question, earlier)
        return self._folder.question_ids(question, earlier, looked, self._model.most_tokens, asked)

    def _asked(self, question: str, earlier: Sequence[Turn]) -> Asked | None:
        return self._shortlister.asked(question, earlier) if self._shortlister else None

    def feed_ids(self, ids: np.ndarray, cancel: Cancel | None = None, kept: int = 1) -> np.ndarray:
        """Run text tokens after what has been fed; the logits of the last `kept` of them, (kept, vocabulary)."""
        import torch

        weights, cache = self._model.weights, self._cache
        if weights is None or cache is None:
            raise EngineFailed("engine_closed", engine=self._model.engine)
        fed = cache.get_seq_length()
        weights.model.rope_deltas = self._run_ahead
        with self._model.watching(cancel), torch.inference_mode():
            found = weights(
                input_ids=torch.from_numpy(ids[None]).to(weights.device),
                past_key_values=cache,
                cache_position=torch.arange(fed, fed + len(ids), device=weights.device),
                use_cache=True,
                logits_to_keep=kept,
            )
        logits = found.logits[0].float().cpu().numpy()
        self.logits = logits[-1]
        return logits

    def take_back(self, count: int) -> None:
        """Cut the last `count` tokens off the cache."""
        if count:
            self._cut(self._cache.get_seq_length() - count)

    def rewind(self) -> None:
        """Cut the cache back to the prefix; a stopped answer may have left its layers at different lengths."""
        if self._cache is None:
            raise EngineFailed("engine_closed", engine=self._model.engine)
        self._cut(self._prefix)

    def close(self) -> None:
        self._cache = None

    def still(self, turn: int) -> None:
        """Errors: `Stopped` once another answer has begun."""
        if turn != self._answers:
            raise Stopped

    def _cut(self, length: int) -> None:
        for layer in self._cache.layers:
            layer.keys = layer.keys[:, :, :length]
            layer.values = layer.values[:, :, :length]

    def _drafts(self, question: np.ndarray) -> Drafts | None:
        """Guesses for an answer that spells what it reads."""
        return Drafts([*self._quotable, *question.tolist()]) if self._model.style == "chat" else None


class _Steps:
    """One answer's `Source`: ends when the look has begun another answer."""

    def __init__(self, look: CachedLook, turn: int, cancel: Cancel | None) -> None:
        self._look, self._turn, self._cancel = look, turn, cancel

    def feed(self, tokens: Sequence[int]) -> np.ndarray:
        self._look.still(self._turn)
        return self._look.feed_ids(np.array(tokens, np.int64), self._cancel, kept=len(tokens))

    def take_back(self, count: int) -> None:
        self._look.still(self._turn)
        self._look.take_back(count)


class _Watch:
    """Sets and clears the event that the layers look at."""

    def __init__(self, model: TransformersModel, cancel: Cancel | None) -> None:
        self._model, self._now = model, cancel

    def __enter__(self) -> None:
        self._before, self._model._cancel = self._model._cancel, self._now
        self._model._look_at_cancel()

    def __exit__(self, *_: object) -> None:
        self._model._cancel = self._before


def torch_offline(threads: int) -> torch:
    """torch, kept offline before transformers is first imported. Errors: `EngineFailed` engine_not_installed."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        import torch
        import transformers  # noqa: F401 - is it there
    except ImportError as error:
        raise EngineFailed("engine_not_installed", engine="transformers", extra="torch") from error
    torch.set_num_threads(threads)
    return torch


def torch_device(torch: torch, device: str) -> str:
    """CPU, GPU (CUDA) or MPS as torch names them. Errors: `DeviceFailed` device_missing."""
    names = {"CPU": "cpu", "GPU": "cuda", "CUDA": "cuda", "MPS": "mps"}
    name = names.get(device.upper())
    there = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if name is None or not there[name]:
        raise DeviceFailed("device_missing", device=device)
    return name


def load(
    folder: Path, dtype: torch.dtype, device: str, family: str | None, with_processor: bool = True
) -> tuple[object, object]:
    """Weights and processor. For Qwen3-VL the still-picture processor alone: the rest would need torchvision.

    Errors: `EngineFailed` engine_load_failed.
    """
    from transformers import AutoModelForImageTextToText
    from transformers.models.qwen2_vl.image_processing_qwen2_vl import Qwen2VLImageProcessor

    local = {"local_files_only": True, "trust_remote_code": False}
    try:
        processor = None
        if not with_processor:
            pass
        elif family == MODEL_TYPE:
            processor = Qwen2VLImageProcessor.from_pretrained(folder, local_files_only=True)
        else:
            processor = still_processor(folder, family)
        weights = AutoModelForImageTextToText.from_pretrained(
            folder, dtype=dtype, use_safetensors=True, **local
        )
    except Exception as error:  # transformers raises whatever its many loaders raise
        raise EngineFailed(
            "engine_load_failed", engine="transformers", device=device, path=str(folder), reason=str(error)
        ) from error
    return weights.eval().to(device), processor
