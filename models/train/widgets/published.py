"""The weights of published models as a start for training: read from the ONNX files, which `export` wrote."""

from __future__ import annotations

import re
from pathlib import Path

import torch
from torch import Tensor

from models.runtimes.screen_widgets import BUNDLED, MODELS
from models.train.widgets.network import WidgetNetwork

HALF = ".half"
UNNAMED = re.compile(r"onnx::\w+_(\d+)")
"""what the exporter calls weights that it has turned or reshaped; numbered in the order of the forward pass"""
CONVOLUTIONS = ("near.1", "near.2", "near.3", "far.1", "mark.1", "mark.2")
"""the layers of `LineNetwork` whose kernels lie as matrices, in that order"""
WITHOUT_BIAS = tuple(f"layers.{n}.{name}" for n in range(3) for name in ("other", "lies"))
"""those of `ScreenNetwork` that are linear without a bias, in that order"""


def load_published(network: WidgetNetwork, folder: Path = BUNDLED) -> None:
    """Give the network the weights in `folder`. Errors: OSError, ValueError where they are of another network."""
    line, screen = (initialisers(folder / name) for name in MODELS)
    kernels = [value for _, value in unnamed(line) if value.ndim == 4]
    turned = [value for _, value in unnamed(screen)]
    if len(kernels) != len(CONVOLUTIONS) or len(turned) != len(WITHOUT_BIAS):
        raise ValueError(f"{folder} holds another network")
    state = {f"line.{name}": value for name, value in line.items() if not UNNAMED.match(name)}
    state |= {f"line.{name}.weight": k.flatten(1) for name, k in zip(CONVOLUTIONS, kernels, strict=True)}
    for name, value in screen.items():
        if not UNNAMED.match(name):
            state[f"screen.{name.removeprefix('network.')}"] = value
    state |= {f"screen.{name}.weight": w.T for name, w in zip(WITHOUT_BIAS, turned, strict=True)}
    mine = network.state_dict()
    missing = {name for name in mine if not name.endswith("num_batches_tracked")} - set(state)
    if missing or any(mine[name].shape != value.shape for name, value in state.items()):
        raise ValueError(f"{folder} holds another network: {sorted(missing)[:3]}")
    network.load_state_dict(state, strict=False)


def initialisers(path: Path) -> dict[str, Tensor]:
    """The weights of an ONNX file by name, float32."""
    import onnx
    from onnx import numpy_helper

    held = onnx.load(str(path)).graph.initializer
    return {
        one.name.removesuffix(HALF): torch.from_numpy(numpy_helper.to_array(one).astype("float32"))
        for one in held
    }


def unnamed(weights: dict[str, Tensor]) -> list[tuple[int, Tensor]]:
    """The weights without a name of their own, in the order of the forward pass."""
    return sorted(
        ((int(found[1]), value) for name, value in weights.items() if (found := UNNAMED.match(name))),
        key=lambda pair: pair[0],
    )
