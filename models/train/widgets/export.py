"""Writes the trained network as ONNX with float16 weights, and checks that it answers as torch does."""

from __future__ import annotations

import copy
import io
from pathlib import Path

import numpy as np
import torch

from models.runtimes.screen_widgets import ROLES
from models.runtimes.screen_widgets_views import FAR, NEAR
from models.train.widgets.examples import Examples
from models.train.widgets.network import Answers, WidgetNetwork

PLAIN = 0.35
"""share of a real screen's lines that are plain text, as the drawn windows, made of widgets, have it too seldom"""


def weighed(network: WidgetNetwork, examples: Examples, chances: np.ndarray) -> WidgetNetwork:
    """The network with its biases moved from how often `chances` drew each role and state to how often they occur."""
    drawn = np.bincount(examples.roles, chances, len(ROLES))
    there = np.bincount(examples.roles, minlength=len(ROLES)) / len(examples)
    there[1:] *= (1 - PLAIN) / there[1:].sum()
    there[0] = PLAIN
    drawn_states, there_states = chances @ examples.states, examples.states.mean(axis=0)
    moved = copy.deepcopy(network)
    with torch.no_grad():
        moved.roles.bias += torch.from_numpy(np.log(there / drawn)).float()
        odds = np.log(there_states / (1 - there_states)) - np.log(drawn_states / (1 - drawn_states))
        moved.states.bias += torch.from_numpy(odds).float()
    return moved


def export(network: WidgetNetwork, path: Path) -> float:
    """Write `path`; returns the greatest difference to torch's probabilities on random views (raises above 0.02)."""
    from models.train.screen_text.export import halved

    answers = Answers(network).eval()
    rng = np.random.default_rng(3)
    near = torch.from_numpy(rng.integers(0, 256, (3, *NEAR), dtype=np.uint8))
    far = torch.from_numpy(rng.integers(0, 256, (3, *FAR), dtype=np.uint8))
    shape = torch.zeros(3, 2)
    names = ["near", "far", "shape"]
    file = io.BytesIO()
    torch.onnx.export(
        answers,
        (near, far, shape),
        file,
        input_names=names,
        output_names=["roles", "states"],
        dynamic_axes={name: {0: "lines"} for name in [*names, "roles", "states"]},
        opset_version=17,
        dynamo=False,
    )
    path.write_bytes(halved(file.getvalue()))
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    given = {"near": near.numpy(), "far": far.numpy(), "shape": shape.numpy()}
    with torch.inference_mode():
        wanted = answers(near, far, shape)
    worst = max(
        float(np.abs(a - b.numpy()).max()) for a, b in zip(session.run(None, given), wanted, strict=True)
    )
    if worst > 0.02:
        raise ValueError(f"the exported model answers otherwise than the trained one: {worst:.3f}")
    return worst
