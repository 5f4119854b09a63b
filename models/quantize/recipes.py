"""Recipes by name: what happens to each graph of an exported model, and how near the result must stay.

A recipe is a list of rules, a pattern of graph names beside a treatment; the first pattern that fits a graph's name
(`language`, `text_embeddings` …) decides. A graph that no rule names keeps its float32 numbers. The graph that encodes pictures has
another name in each family and is called `encoder` here.
"""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class Weights:
    """Weights alone become integers; the arithmetic stays as it is.

    `mode` is nncf's name (int8_asym, int4_sym …); `group` shares one scale among so many weights of a row, −1 one
    scale a row. Of a 4-bit graph embeddings and the last layer stay 8-bit. `keep` are regular expressions of layer
    names that stay 8-bit too.
    """

    mode: str
    group: int | None = None
    keep: tuple[str, ...] = ()


@dataclass(frozen=True)
class Activations:
    """Weights and activations become 8-bit integers, their ranges taken from calibration pictures.

    `smooth` is SmoothQuant's alpha, which moves outliers of the activations into the weights (None: not at all).
    """

    smooth: float | None = 0.95


Treatment = Weights | Activations


@dataclass(frozen=True)
class Recipe:
    """`rules` as above. `least_agreement` is the share of next tokens that must equal the checkpoint's, `most_off`
    the largest logit difference allowed, in standard deviations of the logits (None: it is only reported)."""

    rules: tuple[tuple[str, Treatment], ...]
    least_agreement: float
    most_off: float | None = None

    def treatment(self, graph: str) -> Treatment | None:
        return next((made for pattern, made in self.rules if fnmatchcase(graph, pattern)), None)

    @property
    def needs_pictures(self) -> bool:
        return any(isinstance(treatment, Activations) for _pattern, treatment in self.rules)


_INT8 = (("language", Weights("int8_asym")), ("*", Weights("int8_sym")))
_PTQ = ("encoder", Activations())
_SYMMETRIC = ("language", Weights("int8_sym"))
"""without zero points a CPU decodes a tenth faster"""


def _int4(mode: str, group: int, *more: tuple[str, Treatment]) -> Recipe:
    return Recipe((("language", Weights(mode, group)), *more, *_INT8), least_agreement=0.6)


RECIPES = {
    "f32": Recipe((), least_agreement=1.0, most_off=1e-3),
    "int8": Recipe(_INT8, least_agreement=0.9),
    "int8-ptq": Recipe((_PTQ, _SYMMETRIC, *_INT8), least_agreement=0.9),
    "int4": _int4("int4_asym", 64),
    "int4-sym": _int4("int4_sym", 64),
    "int4-g32": _int4("int4_asym", 32),
    "int4-g128": _int4("int4_asym", 128),
    "int4-npu": _int4("int4_sym", -1),
    "int4-ptq": _int4("int4_asym", 64, _PTQ),
}
"""No fp16: it would round the rotary frequencies too, which moved a tiny model's logits by 0.005.
int4-npu is what Intel's NPU wants: symmetric, one scale a row."""
