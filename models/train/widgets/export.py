"""Writes the trained network as ONNX with float16 weights, and checks that it answers as torch does."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import torch

from models.runtimes.screen_widgets_views import FAR, NEAR
from models.train.widgets.network import Answers, WidgetNetwork


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
