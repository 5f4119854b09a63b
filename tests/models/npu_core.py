"""An OpenVINO core that reports an NPU and lets the CPU do its work, refusing what an NPU refuses."""

from __future__ import annotations

import threading
from typing import Any

import openvino as ov

_REFUSED = {"INFERENCE_NUM_THREADS", "KV_CACHE_PRECISION", "INFERENCE_PRECISION_HINT"}


class NpuCore(ov.Core):
    """`compiled` are (device, graph's inputs, options) of every compilation; `hold` delays those for the NPU until it is set."""

    hold: threading.Event
    refuses: str = ""
    compiled: list[tuple[str, dict[str, tuple[int, ...]], dict[str, Any]]]

    @property
    def available_devices(self) -> list[str]:
        return ["CPU", "NPU"]

    def compile_model(self, model: ov.Model, device: str, options: dict[str, Any]) -> ov.CompiledModel:
        if device != "NPU":
            type(self).compiled.append((device, {}, options))
            return super().compile_model(model, device, options)
        assert type(self).hold.wait(20)
        if type(self).refuses:
            raise RuntimeError(type(self).refuses)
        assert not _REFUSED & set(options), "options of the CPU"
        for node in model.get_ops():
            for output in node.outputs():
                if output.partial_shape.is_dynamic:
                    raise RuntimeError("[NPU] to_shape was called on a dynamic shape.")
        shapes = {value.any_name: tuple(value.shape) for value in model.inputs}
        type(self).compiled.append((device, shapes, options))
        return super().compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})


def fresh() -> type[NpuCore]:
    """A class of its own for each test, not held."""
    made = type("Core", (NpuCore,), {"compiled": [], "hold": threading.Event(), "refuses": ""})
    made.hold.set()
    return made
