"""SmolVLM, SmolVLM2 and Idefics3 in transformers' own class, with the look kept apart from the answer.

The reference of `vision_openvino_smolvlm.py`: the same ids, tiles and cut. transformers' processor of this family is
not used, because it cannot be loaded without torchvision and num2words; a test holds our tiles and prompts to it.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

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

    def new_look(self) -> SmolVlmCachedLook:
        return SmolVlmCachedLook(self, self.folder)


class SmolVlmCachedLook(CachedLook):
    """A `Look` at a SmolVLM: the prefix's key-value cache, cut back before every answer."""

    def inputs(self, frame: Frame, screen_text: ScreenText) -> dict[str, torch.Tensor]:
        """What the model is fed for all that stands before the question."""
        import torch

        weights = self._model.weights
        cut = smolvlm_image.tiles(frame, self._folder.rules)
        ids = self._folder.look_ids(screen_text, (frame.width, frame.height), cut.rows, cut.columns)
        return {
            "input_ids": torch.from_numpy(ids[None]).to(weights.device),
            "pixel_values": torch.from_numpy(cut.pixels[None]).to(weights.device, weights.dtype),
        }


def _embed_whole_tiles(
    embeddings: torch.nn.Module, side: int, pixel_values: torch.Tensor, **_: object
) -> torch.Tensor:
    """Patches with the places these models were trained with (see `full_tile_places`); our tiles are always whole."""
    import torch

    places = torch.from_numpy(smolvlm_folder.full_tile_places(side)).to(pixel_values.device)
    patches = embeddings.patch_embedding(pixel_values).flatten(2).transpose(1, 2)  # (tiles, patches, width)
    return patches + embeddings.position_embedding(places)
