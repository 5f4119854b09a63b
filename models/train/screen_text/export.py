"""Ships the trained network: ONNX with half-precision weights, checked against torch."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import torch
from torch import nn

from models.train.screen_text.network import LineReader

MODEL = "model.onnx"
OPSET = 17


class Shipped(nn.Module):
    """What the reader runs: (B, 1, 32, W) ink → (B, T) best class and (B, T) its probability.

    Handing out two small tensors instead of all classes saves copying a megabyte per line.
    """

    def __init__(self, network: LineReader) -> None:
        super().__init__()
        self.network = network

    def forward(self, ink: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        chance, best = self.network(ink).softmax(dim=2).max(dim=2)
        return best.to(torch.int32), chance


def export(network: LineReader, characters: str, folder: Path) -> Path:
    """Write `model.onnx` (half-precision weights) to `folder` and check it against torch on random lines."""
    path = folder / MODEL
    path.write_bytes(halved(as_onnx(network)))
    check(network, path)
    return path


def as_onnx(network: LineReader) -> bytes:
    """The network as a float32 ONNX file with dynamic batch and width."""
    plain = nn.Linear(network.head.own.shape[1], network.head.own.shape[0])
    with torch.no_grad():
        plain.weight.copy_(network.head.weight())
        plain.bias.copy_(network.head.bias)
    network.head = plain  # type: ignore[assignment]
    file = io.BytesIO()
    torch.onnx.export(
        Shipped(network).eval(), (torch.zeros(1, 1, 32, 64),), file, opset_version=OPSET, dynamo=False,
        input_names=["ink"], output_names=["best", "chance"],
        dynamic_axes={"ink": {0: "batch", 3: "width"}, "best": {0: "batch", 1: "steps"}, "chance": {0: "batch", 1: "steps"}},
    )  # fmt: skip
    return file.getvalue()


def halved(model: bytes) -> bytes:
    """The same graph with its weights stored as float16 and cast up when the model is loaded."""
    import onnx
    from onnx import helper, numpy_helper

    graph = onnx.load_from_string(model).graph
    whole = onnx.load_from_string(model)
    kept, casts = [], []
    for tensor in graph.initializer:
        value = numpy_helper.to_array(tensor)
        if value.dtype == np.float32 and value.size > 1024:
            kept.append(numpy_helper.from_array(value.astype(np.float16), tensor.name + ".half"))
            casts.append(
                helper.make_node("Cast", [tensor.name + ".half"], [tensor.name], to=onnx.TensorProto.FLOAT)
            )
        else:
            kept.append(tensor)
    nodes = casts + list(graph.node)
    del whole.graph.initializer[:], whole.graph.node[:]
    whole.graph.initializer.extend(kept)
    whole.graph.node.extend(nodes)
    onnx.checker.check_model(whole)
    return whole.SerializeToString()


def check(network: LineReader, path: Path, least: float = 0.999) -> float:
    """The share of steps where the file and torch choose the same class on random lines; AssertionError below `least`."""
    import onnxruntime

    session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
    ink = np.random.default_rng(0).random((4, 1, 32, 256), dtype=np.float32)
    best, _ = session.run(None, {"ink": ink})
    with torch.inference_mode():
        expected = Shipped(network).eval()(torch.from_numpy(ink))[0].numpy()
    same = float((best == expected).mean())
    if same < least:
        raise AssertionError(f"the exported model agrees with torch on {same:.2%} of the steps only")
    return same
