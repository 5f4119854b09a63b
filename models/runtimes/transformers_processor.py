"""The processor of a transformers class, for still pictures: without its part for videos, which needs torchvision.

torchvision is not here (its wheel from PyPI is built for CUDA and fails beside a CPU torch), so the classes that hold
a video processor could not be made at all, although a picture never reaches that part.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transformers import ProcessorMixin


def still_processor(folder: Path, family: str | None) -> ProcessorMixin:
    """The processor of `family` (model_type) in `folder`. Errors: whatever transformers raises."""
    from transformers import AutoImageProcessor, AutoProcessor, AutoTokenizer

    local: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    kind = _class_of(family)
    if kind is None or "video_processor" not in kind.attributes:
        return AutoProcessor.from_pretrained(folder, use_fast=False, **local)

    class StillProcessor(kind):  # type: ignore[misc, valid-type]
        """`kind` with nothing where videos would go."""

        @classmethod
        def _get_arguments_from_pretrained(cls, path: Path, **_: object) -> list[Any]:
            parts = {
                "image_processor": (AutoImageProcessor, {"use_fast": False}),
                "tokenizer": (AutoTokenizer, {}),
            }
            makers = [(*parts[name], name) for name in cls.attributes if name != "video_processor"]
            return [auto.from_pretrained(path, **options, **local) for auto, options, _name in makers]

        def check_argument_for_proper_class(self, name: str, argument: object) -> object:
            return (
                None if name == "video_processor" else super().check_argument_for_proper_class(name, argument)
            )

    return StillProcessor.from_pretrained(folder, **local)


def _class_of(family: str | None) -> type[ProcessorMixin] | None:
    import transformers
    from transformers.models.auto.processing_auto import PROCESSOR_MAPPING_NAMES

    name = PROCESSOR_MAPPING_NAMES.get(family or "")
    return getattr(transformers, name, None) if name else None
