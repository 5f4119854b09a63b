"""Writes the trained networks as ONNX with float16 weights, and checks that they answer as torch does."""

from __future__ import annotations

import copy
import io
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from models.runtimes.screen_widgets import MODELS, ROLES
from models.runtimes.screen_widgets_colours import PROBES
from models.runtimes.screen_widgets_marks import FACTS, MARKS, SIDES
from models.runtimes.screen_widgets_places import NEIGHBOURS, NUMBERS, PAIR
from models.runtimes.screen_widgets_views import FAR, NEAR
from models.train.widgets.network import SEEN, ScreenNetwork, WidgetNetwork
from models.train.widgets.windows import Batches

PLAIN = 0.35
"""share of a real screen's lines that are plain text; neither drawn windows nor trees have them as often"""
WORST = 0.02
"""greatest difference to torch's answers"""
LINE = ("near", "far", "marks", "facts")
SCREEN = ("seen", "probes", "numbers", "neighbours", "pairs")


class Answers(nn.Module):
    """The second network as it is exported: probabilities instead of logits."""

    def __init__(self, network: ScreenNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        roles, states = self.network(*inputs)
        return roles.softmax(dim=1), states.sigmoid()


def weighed(network: WidgetNetwork, batches: Batches) -> WidgetNetwork:
    """The network with its biases moved from how often training showed each role and state to how often they occur.

    How often they occur: the mean of windows of real programs and of drawn ones, where there are both.
    """
    shown_roles, shown_states = counted(batches.windows, batches.shares())
    kinds = [[one for one in batches.windows if one.recorded is real] for real in (True, False)]
    there = [counted(some, [np.ones(len(one)) for one in some]) for some in kinds if some]
    there_roles, there_states = (np.mean(shares, axis=0) for shares in zip(*there, strict=True))
    there_roles[1:] *= (1 - PLAIN) / there_roles[1:].sum()
    there_roles[0] = PLAIN
    moved = copy.deepcopy(network)
    with torch.no_grad():
        moved.screen.roles.bias += torch.from_numpy(np.log(there_roles / shown_roles)).float()
        odds = np.log(there_states / (1 - there_states)) - np.log(shown_states / (1 - shown_states))
        moved.screen.states.bias += torch.from_numpy(odds).float()
    return moved


def counted(windows: list, weights: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Shares of roles and of states among the known lines, each with its weight; never quite 0."""
    roles = np.concatenate([one.roles for one in windows])
    weight = np.concatenate(weights) * (roles >= 0)
    states = np.concatenate([one.states for one in windows])
    share = np.bincount(roles.clip(0), weight, len(ROLES)) / weight.sum()
    return share.clip(1e-4), (weight @ states / weight.sum()).clip(1e-4)


def export(network: WidgetNetwork, folder: Path) -> float:
    """Write both models into `folder`; returns the greatest difference to torch (ValueError above `WORST`)."""
    rng = np.random.default_rng(3)
    count = 5

    def pixels(*shape: int) -> Tensor:
        return torch.from_numpy(rng.integers(0, 256, (count, *shape), dtype=np.uint8))

    def floats(*shape: int) -> Tensor:
        return torch.from_numpy(rng.random((count, *shape), dtype=np.float32))

    crops = (pixels(*NEAR), pixels(*FAR), pixels(*MARKS), floats(len(SIDES), FACTS))
    around = (
        floats(SEEN),
        pixels(PROBES, 3),
        floats(NUMBERS),
        torch.from_numpy(rng.integers(0, count, (count, NEIGHBOURS))),
        floats(NEIGHBOURS, PAIR),
    )
    network = copy.deepcopy(network).eval()
    first = written(network.line, crops, LINE, ("look",), folder / MODELS[0])
    second = written(Answers(network.screen).eval(), around, SCREEN, ("roles", "states"), folder / MODELS[1])
    return max(first, second)


def written(
    network: nn.Module,
    inputs: tuple[Tensor, ...],
    names: tuple[str, ...],
    outputs: tuple[str, ...],
    path: Path,
) -> float:
    """Write one model; returns how far its answers are from torch's, in shares of the greatest one where that is above 1."""
    import onnxruntime

    from models.train.screen_text.export import halved

    file = io.BytesIO()
    torch.onnx.export(
        network,
        inputs,
        file,
        input_names=list(names),
        output_names=list(outputs),
        dynamic_axes={name: {0: "lines"} for name in (*names, *outputs)},
        opset_version=17,
        dynamo=False,
    )
    path.write_bytes(halved(file.getvalue()))
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    told = session.run(None, {name: one.numpy() for name, one in zip(names, inputs, strict=True)})
    with torch.inference_mode():
        wanted = network(*inputs)
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    worst = max(
        float(np.abs(a - b.numpy()).max()) / max(1.0, float(b.abs().max()))
        for a, b in zip(told, wanted, strict=True)
    )
    if worst > WORST:
        raise ValueError(f"{path.name} answers otherwise than the trained network: {worst:.3f}")
    return worst
