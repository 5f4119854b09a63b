"""SmolVLM, SmolVLM2 and Idefics3 in transformers' own class, with the look kept apart from the answer.

The reference of `vision_openvino_smolvlm.py`: the same ids, tiles and cut. transformers' processor of this family is
not used, because it cannot be loaded without torchvision and num2words; a test holds our tiles and prompts to it.
"""

from __future__ import annotations

import functools
import time
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.ports import LookTimings
from models.runtimes import smolvlm_folder, smolvlm_image
from models.runtimes.vision_transformers import CachedLook, TransformersModel, load

if TYPE_CHECKING:
    import torch

    from assistant.frames import Frame, ScreenText


class TransformersSmolVlm(TransformersModel):
    """A `VisionModel`; see TransformersModel."""

    def _read(self, folder: Path, _family: str | None, _most_pixels: int) -> smolvlm_folder.SmolVlmFolder:
        return smolvlm_folder.read_folder(folder)

    def _load(self, folder: Path, dtype: torch.dtype, device: str, family: str | None) -> tuple[object, None]:
        weights, _ = load(folder, dtype, device, family, with_processor=False)
        embeddings = weights.model.vision_model.embeddings
        embeddings.forward = functools.partial(_embed_whole_tiles, embeddings, self.folder.side)
        return weights, None

    def _new_look(self) -> SmolVlmCachedLook:
        return SmolVlmCachedLook(self, self.folder)


class SmolVlmCachedLook(CachedLook):
    """A `Look` at a SmolVLM: the prefix's key-value cache, cut back before every answer."""

    _run_ahead = None  # positions of this family simply count up

    def prefill(self, frame: Frame, screen_text: ScreenText) -> None:
        import torch
        from transformers import DynamicCache

        started = time.perf_counter()
        weights, size = self._model.weights, (frame.width, frame.height)
        cut = smolvlm_image.tiles(frame, self._folder.rules)
        ids = self._folder.look_ids(screen_text, size, cut.rows, cut.columns)
        cache = DynamicCache(config=weights.config.get_text_config())
        prepared = time.perf_counter()
        with torch.inference_mode():
            found = weights(
                input_ids=torch.from_numpy(ids[None]).to(weights.device),
                pixel_values=torch.from_numpy(cut.pixels[None]).to(weights.device, weights.dtype),
                past_key_values=cache,
                use_cache=True,
                logits_to_keep=1,
            )
        self._cache, self._prefix = cache, len(ids)
        self._text = "".join(line.text for line in screen_text.lines)
        self.logits = found.logits[0, -1].float().cpu().numpy()
        self.timings = LookTimings((prepared - started) * 1000, (time.perf_counter() - prepared) * 1000)


def _embed_whole_tiles(
    embeddings: torch.nn.Module, side: int, pixel_values: torch.Tensor, **_: object
) -> torch.Tensor:
    """Patches with the places these models were trained with (see `full_tile_places`); our tiles are always whole."""
    import torch

    places = torch.from_numpy(smolvlm_folder.full_tile_places(side)).to(pixel_values.device)
    patches = embeddings.patch_embedding(pixel_values).flatten(2).transpose(1, 2)  # (tiles, patches, width)
    return patches + embeddings.position_embedding(places)
