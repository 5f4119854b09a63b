"""What converting needs to know of a family: which graphs it exports to, which of them encodes a picture, its engines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import EngineFailed
from models.runtimes import qwen3vl_folder, smolvlm_folder
from models.runtimes.qwen3vl_folder import read_json

if TYPE_CHECKING:
    import numpy as np

    from assistant.frames import Frame
    from models.runtimes.vision_openvino import OpenVinoQwen3VL
    from models.runtimes.vision_openvino_smolvlm import OpenVinoSmolVlm
    from models.runtimes.vision_transformers import TransformersModel


@dataclass(frozen=True)
class Qwen3VL:
    """Five graphs; patches, places and encoder are apart."""

    graphs = (
        "language",
        "text_embeddings",
        "vision_embeddings",
        "vision_embeddings_merger",
        "vision_embeddings_pos",
    )
    encoder = "vision_embeddings_merger"

    def fast(self, folder: Path) -> OpenVinoQwen3VL:
        """The engine that will run the result, in float32 so that only stored numbers can differ."""
        from models.runtimes.vision_openvino import OpenVinoQwen3VL

        return OpenVinoQwen3VL(folder, precision="f32", suppress_ideographs=False)

    def slow(self, folder: Path) -> TransformersModel:
        """The engine of the checkpoint."""
        from models.runtimes.vision_transformers import TransformersModel

        return TransformersModel(folder, suppress_ideographs=False)

    def samples(self, folder: Path, pictures: Iterable[Frame]) -> list[dict[str, np.ndarray]]:
        """What the encoder is fed for `pictures`."""
        from models.runtimes.qwen3vl_image import patches

        model = self.fast(folder)
        found = [model.encoder_inputs(patches(frame, model.folder.rules)) for frame in pictures]
        model.close()
        return found


@dataclass(frozen=True)
class SmolVlm:
    """Three graphs; the encoder takes pixels and gives the text model's tokens."""

    graphs = ("language", "text_embeddings", "vision_embeddings")
    encoder = "vision_embeddings"

    def fast(self, folder: Path) -> OpenVinoSmolVlm:
        """The engine that will run the result, in float32 so that only stored numbers can differ."""
        from models.runtimes.vision_openvino_smolvlm import OpenVinoSmolVlm

        return OpenVinoSmolVlm(folder, precision="f32", suppress_ideographs=False)

    def slow(self, folder: Path) -> TransformersModel:
        """The engine of the checkpoint."""
        from models.runtimes.vision_transformers_smolvlm import TransformersSmolVlm

        return TransformersSmolVlm(folder, suppress_ideographs=False)

    def samples(self, folder: Path, pictures: Iterable[Frame]) -> list[dict[str, np.ndarray]]:
        """What the encoder is fed for `pictures`, tile by tile."""
        from models.runtimes.smolvlm_image import tiles

        model = self.fast(folder)
        found = [
            inputs for frame in pictures for inputs in model.encoder_inputs(tiles(frame, model.folder.rules))
        ]
        model.close()
        return found


Family = Qwen3VL | SmolVlm
_FAMILIES: dict[str, Family] = {
    qwen3vl_folder.MODEL_TYPE: Qwen3VL(),
    **dict.fromkeys(smolvlm_folder.MODEL_TYPES, SmolVlm()),
}


def family_of(checkpoint: Path) -> Family:
    """Errors: `ModelMissing` of its config.json, `EngineFailed` model_unsupported."""
    found = _FAMILIES.get(read_json(checkpoint / "config.json").get("model_type"))
    if found is None:
        raise EngineFailed("model_unsupported", path=str(checkpoint), model=checkpoint.name)
    return found
