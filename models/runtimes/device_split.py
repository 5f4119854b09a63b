"""Which device runs the picture encoder and which the language model, for a device that a person chose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NPU = "NPU"


@dataclass(frozen=True)
class Split:
    """`tower` encodes pictures, `language` does everything else."""

    tower: str
    language: str


def split(device: str, available: Iterable[str]) -> Split:
    """An NPU gets the encoder, which is 80–90 % of the time to the first word and of fixed shape; the language model, whose
    cache grows, goes to a GPU where there is one. Any other device gets both."""
    if device != NPU:
        return Split(device, device)
    graphics = [name for name in available if name.partition(".")[0] == "GPU"]
    return Split(NPU, graphics[0] if graphics else "CPU")
