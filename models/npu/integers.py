"""8-bit versions of a static tower: OpenVINO IR by nncf for Intel, ONNX with QDQ pairs by onnxruntime for Qualcomm's HTP."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.npu import onnx_graph
from models.npu.towers import Inputs, Sample
from models.quantize.graphs import calibrated
from models.quantize.recipes import Activations

if TYPE_CHECKING:
    import openvino as ov


def int8_ir(graph: ov.Model, samples: Sequence[Sample], smooth: float | None = 0.95) -> ov.Model:
    """Weights and activations 8 bits, ranges measured on `samples`. Errors: `EngineFailed` engine_not_installed."""
    return calibrated(graph, Activations(smooth), [sample.inputs for sample in samples])


def qdq_onnx(graph: ov.Model, samples: Sequence[Sample], out: Path, activations: int = 16) -> None:
    """Write `graph` as ONNX whose weights are 8-bit, a scale a row, and whose activations are 8- or 16-bit, as QDQ pairs.

    Inputs and outputs stay float32: HTP quantizes at its door. 16-bit activations cost HTP little and a vision tower's
    outliers need them (models/LOG.md).
    """
    from onnxruntime.quantization import QuantType, quantize
    from onnxruntime.quantization.execution_providers.qnn import get_qnn_qdq_config, qnn_preprocess_model

    with tempfile.TemporaryDirectory() as folder:
        plain, prepared = Path(folder) / "plain.onnx", Path(folder) / "prepared.onnx"
        onnx_graph.write(graph, plain)
        if not qnn_preprocess_model(plain, prepared):
            prepared = plain
        settings = get_qnn_qdq_config(
            prepared,
            _Reader([sample.inputs for sample in samples]),
            activation_type=QuantType.QUInt16 if activations == 16 else QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            weight_symmetric=True,
            per_channel=True,
            init_overrides=_norms_unsigned(prepared),
        )
        quantize(prepared, out, settings)


def _norms_unsigned(path: Path) -> dict[str, list[dict[str, Any]]]:
    """HTP takes a LayerNorm of 16-bit activations with unsigned 8-bit factors only: signed or 16-bit ones fell to the CPU."""
    import onnx
    from onnxruntime.quantization import QuantType

    return {
        node.input[1]: [{"quant_type": QuantType.QUInt8, "symmetric": False}]
        for node in onnx.load(path, load_external_data=False).graph.node
        if node.op_type == "LayerNormalization"
    }


def run_ir(graph: ov.Model, inputs: Sequence[Inputs]) -> list[Inputs]:
    """Outputs by name, on the CPU."""
    import openvino as ov

    made = ov.Core().compile_model(
        graph, "CPU", {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 2}
    )
    request = made.create_infer_request()
    found = []
    for given in inputs:
        request.infer(given)
        found.append({value.any_name: request.get_tensor(value).data.copy() for value in made.outputs})
    return found


def run_onnx(path: Path, inputs: Sequence[Inputs]) -> list[Inputs]:
    """Outputs by name, on the CPU."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    names = [value.name for value in session.get_outputs()]
    return [dict(zip(names, session.run(names, dict(given)), strict=True)) for given in inputs]


class _Reader:
    """onnxruntime's CalibrationDataReader: the next sample, or None."""

    def __init__(self, inputs: list[Inputs]) -> None:
        self._inputs = inputs
        self._left: Iterator[Inputs] = iter(inputs)

    def get_next(self) -> dict[str, np.ndarray] | None:
        return next(self._left, None)

    def rewind(self) -> None:
        self._left = iter(self._inputs)
