"""OpenVINO IR files as things that can be called and interrupted. Knows nothing about any model family."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import DeviceFailed, EngineFailed, ModelMissing, Stopped

if TYPE_CHECKING:
    import numpy as np
    import openvino as ov

    from assistant.ports import Cancel

_CONSTANT = re.compile(rb'offset="(\d+)"[^>]*?\bsize="(\d+)"')
_LOOK_AT_CANCEL_MS = 10


class Graphs:
    """Reads and compiles the IR files of one folder for one device. Options: see `device_options`."""

    def __init__(
        self,
        folder: Path,
        *,
        device: str,
        threads: int,
        precision: str | None = None,
        cache_folder: Path | None = None,
    ) -> None:
        import openvino as ov

        self.folder = folder
        self.device = device
        self._core = ov.Core()
        self._options = device_options(device, threads, precision, cache_folder)

    def read(self, name: str) -> ov.Model:
        """The graph `openvino_NAME_model.xml`. Errors: `ModelMissing` naming the missing or damaged file."""
        path = self.folder / f"openvino_{name}_model.xml"
        check_whole(path)
        try:
            return self._core.read_model(path)
        except RuntimeError as error:
            raise _altered(path) from error

    def compile(self, model: ov.Model, name: str) -> ov.CompiledModel:
        """`model` made ready for the device. Errors: `EngineFailed` engine_load_failed."""
        try:
            return self._core.compile_model(model, self.device, self._options)
        except RuntimeError as error:
            path = self.folder / f"openvino_{name}_model.xml"
            raise EngineFailed(
                "engine_load_failed", engine="openvino", device=self.device, path=str(path), reason=str(error)
            ) from error

    def load(self, name: str) -> ov.CompiledModel:
        return self.compile(self.read(name), name)


def devices(wanted: str) -> list[str]:
    """What OpenVINO sees. Nobody who wants the processor has to look further: asking loads the parts for all other devices, 38 MB."""
    import openvino as ov

    return ["CPU"] if wanted == "CPU" else ov.Core().available_devices


def device_options(
    device: str, threads: int, precision: str | None = None, cache_folder: Path | None = None
) -> dict[str, object]:
    """What OpenVINO is told of a device. Errors: `DeviceFailed` device_missing.

    `precision` names the element type ("f32") of the arithmetic and the key-value cache; without it the device chooses.
    `cache_folder` keeps compiled graphs for the next start.
    """
    if _kind(device) not in {_kind(name) for name in devices(device)}:
        raise DeviceFailed("device_missing", device=device)
    options: dict[str, object] = {"PERFORMANCE_HINT": "LATENCY"}
    if device == "CPU":
        # openvino 2026.4.1 dies of SIGFPE with one thread, bfloat16 arithmetic and float weights
        options["INFERENCE_NUM_THREADS"] = max(2, threads)
    if (
        precision and _kind(device) != "NPU"
    ):  # which calculates in half precision and refuses the wish for more
        options |= {"INFERENCE_PRECISION_HINT": precision, "KV_CACHE_PRECISION": precision}
    if precision == "f32" and _kind(device) != "NPU":
        options["DYNAMIC_QUANTIZATION_GROUP_SIZE"] = 0
    if cache_folder:
        options["CACHE_DIR"] = str(cache_folder)
    return options


KEPT = "logits_kept"
"""an input of a language model: of how many of the last positions it shall tell logits, as a negative number"""


def last_logits_only(model: ov.Model) -> None:
    """Make a language model compute logits of the last positions alone, as many as its new input KEPT says: a prompt
    needs one, a step with guesses one for each.

    For 1,700 tokens and a vocabulary of 11,000 this spares a third of the prefill and 75 MB.
    """
    import numpy as np
    import openvino as ov
    import openvino.opset13 as ops

    product = model.output("logits").get_node().input_value(0).get_node()
    while product.get_type_name() in ("Convert", "Multiply", "Add"):
        product = product.input_value(0).get_node()
    if product.get_type_name() != "MatMul":
        raise EngineFailed("model_unsupported", path="", model=model.friendly_name)
    hidden = product.input_value(0)
    kept = ops.parameter([1], ov.Type.i64, name=KEPT)
    kept.output(0).set_names({KEPT})
    last = ops.slice(hidden, kept, np.array([2**31 - 1]), np.array([1]), np.array([1]))
    product.input(0).replace_source_output(last.output(0))
    model.add_parameters([kept])
    model.validate_nodes_and_infer_types()


def run(request: ov.InferRequest, inputs: dict[str, np.ndarray], cancel: Cancel | None = None) -> None:
    """Infer, looking at `cancel` every few milliseconds. Errors: `Stopped`, `EngineFailed` engine_failed.

    A stopped inference is left to end by itself, and the request's next run waits for it. OpenVINO's own
    `InferRequest.cancel` would leave a graph of dynamic shapes half updated: on the CPU (2026.4.1) the next run of
    any request failed with "shape infer input shapes dim index: 1 mismatch".
    """
    try:
        request.wait()
        if cancel is None:
            request.infer(inputs, share_inputs=True)
            return
        request.start_async(inputs, share_inputs=True)
        while not request.wait_for(_LOOK_AT_CANCEL_MS):
            if cancel.is_set():
                threading.Thread(
                    target=_end_alone, args=(request,), name="openvino-rest", daemon=True
                ).start()
                raise Stopped
    except RuntimeError as error:
        raise EngineFailed("engine_failed", engine="openvino", reason=str(error)) from error
    if cancel.is_set():
        raise Stopped


def _end_alone(request: ov.InferRequest) -> None:
    """Hold on to a request, and to the arrays it reads, until it has ended; nobody wants its result."""
    try:
        request.wait()
    except RuntimeError:
        return


def _kind(device: str) -> str:
    """GPU of GPU.0"""
    return device.partition(".")[0]


def check_whole(path: Path) -> None:
    """Every constant the graph names must lie inside its weight file: a cut file is found before it is mapped.

    Errors: `ModelMissing` naming the missing or damaged file.
    """
    weights = path.with_suffix(".bin")
    for part in (path, weights):
        if not part.is_file():
            raise ModelMissing("model_file_missing", path=str(part), model=path.parent.name)
    try:
        graph, size = path.read_bytes(), weights.stat().st_size
    except OSError as error:
        raise ModelMissing("model_file_missing", path=str(path), model=path.parent.name) from error
    if not graph.rstrip().endswith(b"</net>"):
        raise _altered(path)
    if any(int(offset) + int(length) > size for offset, length in _CONSTANT.findall(graph)):
        raise _altered(weights)


def _altered(path: Path) -> ModelMissing:
    return ModelMissing("model_file_altered", path=str(path), model=path.parent.name)
