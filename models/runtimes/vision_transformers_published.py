"""A transformers class that its makers publish beside the weights, opened like a native one (see published_code.py)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from assistant.errors import EngineFailed
from models.runtimes.published_code import published_class
from models.runtimes.vision_transformers import TransformersModel

if TYPE_CHECKING:
    import numpy as np
    import torch


class PublishedModel(TransformersModel):
    """A `VisionModel`; see TransformersModel. Errors on opening besides: `BadInput` code_not_allowed."""

    auto: ClassVar[str]
    """under which name config.json tells the class of the weights"""

    def _load(
        self, folder: Path, dtype: torch.dtype, device: str, _family: str | None
    ) -> tuple[object, object]:
        model, processor = (published_class(folder, auto) for auto in (self.auto, "AutoProcessor"))
        try:
            read = processor.from_pretrained(folder, local_files_only=True)
            weights = model.from_pretrained(folder, dtype=dtype, use_safetensors=True, local_files_only=True)
        except Exception as error:  # foreign code may fail in any way
            raise EngineFailed(
                "engine_load_failed",
                engine=self.engine,
                device=device,
                path=str(folder),
                reason=str(error),
            ) from error
        return weights.eval().to(device), read

    def _ideograph_mask(self) -> np.ndarray | None:
        """None where their class does not tell its output embeddings."""
        return None if self.weights.get_output_embeddings() is None else super()._ideograph_mask()
