"""Writes a graph of fixed shapes as ONNX: Qualcomm's compiler reads that and not OpenVINO's IR. Needs `onnx`.

Knows the operators that vision towers are left with (see `static_tower.py`) and refuses any other by name. Multiply and Add
behind an MVN go into one LayerNormalization, which HTP has as one operator; a kernel bias stays an Add.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.errors import EngineFailed

if TYPE_CHECKING:
    import openvino as ov

OPSET = 20
_PLAIN = {"Add": "Add", "Multiply": "Mul", "Subtract": "Sub", "Divide": "Div"}


def write(model: ov.Model, path: Path) -> None:
    """Save `model` as `path`, weights inside (under 2 GB). Errors: `EngineFailed` conversion_refused naming the operator."""
    import onnx

    writer = _Writer()
    for node in model.get_ordered_ops():
        writer.add(node)
    inputs = [
        onnx.helper.make_tensor_value_info(
            value.any_name, onnx.TensorProto.FLOAT, list(value.partial_shape.to_shape())
        )
        for value in model.inputs
    ]
    outputs = []
    for value in model.outputs:
        made = writer.name(value.get_node().input_value(0))
        writer.node("Identity", [made], value.any_name)
        shape = list(value.partial_shape.to_shape())
        outputs.append(onnx.helper.make_tensor_value_info(value.any_name, onnx.TensorProto.FLOAT, shape))
    graph = onnx.helper.make_graph(writer.nodes, "tower", inputs, outputs, writer.constants)
    made = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", OPSET)], ir_version=10)
    onnx.checker.check_model(made)
    onnx.save(made, path)


class _Writer:
    """Nodes and constants gathered so far; names are n1, n2 … as OpenVINO's may repeat."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []
        self._names: dict[tuple[str, int], str] = {}
        self._count = 0

    def add(self, node: ov.Node) -> None:  # noqa: PLR0912 (a list of operators)
        """Write one node, its inputs having been written."""
        kind = node.get_type_name()
        if kind in ("Result", "Constant") or self._key(node.output(0)) in self._names:
            return
        ins = [value.get_source_output() for value in node.inputs()]
        said = node.get_attributes()
        match kind:
            case "Parameter":
                self._names[self._key(node.output(0))] = node.output(0).any_name
            case "Add" | "Multiply" | "Subtract" | "Divide":
                self._plain(_PLAIN[kind], ins, node)
            case "MatMul":
                self._matmul(ins, said, node)
            case "MVN":
                self._layer_norm(node, float(said["eps"]))
            case "Softmax":
                self._plain(kind, ins, node, axis=int(said["axis"]))
            case "Gelu":
                self._plain(
                    kind, ins, node, approximate=said["approximation_mode"].lower().replace("erf", "none")
                )
            case "Transpose":
                self._plain(kind, ins[:1], node, perm=_numbers(ins[1]))
            case "Reshape" | "Squeeze" | "Unsqueeze":
                shape = np.array(node.output(0).partial_shape.to_shape(), np.int64)
                self.node("Reshape", [self.name(ins[0]), self.constant(shape)], self.name(node.output(0)))
            case "Concat":
                self._plain(kind, ins, node, axis=int(said["axis"]))
            case "Slice":
                start, stop, step, axes = (np.array(_numbers(value), np.int64) for value in ins[1:])
                indices = [self.constant(value) for value in (start, stop, axes, step)]
                self.node("Slice", [self.name(ins[0]), *indices], self.name(node.output(0)))
            case "Split":
                names = [self.name(value) for value in node.outputs()]
                self.node(
                    "Split", [self.name(ins[0])], *names, axis=_numbers(ins[1])[0], num_outputs=len(names)
                )
            case "Convolution":
                begin, end = list(said["pads_begin"]), list(said["pads_end"])
                self._plain(
                    "Conv", ins, node, strides=list(said["strides"]), dilations=list(said["dilations"]), pads=begin + end
                )  # fmt: skip
            case _:
                raise EngineFailed("conversion_refused", path="", reason=f"no ONNX operator known for {kind}")

    def node(self, kind: str, inputs: list[str], *outputs: str, **said: object) -> None:
        import onnx

        self.nodes.append(
            onnx.helper.make_node(kind, inputs, list(outputs), name=f"{kind}_{len(self.nodes)}", **said)
        )

    def name(self, value: ov.Output) -> str:
        """What a value is called; constants are written where they are first asked for."""
        key = self._key(value)
        if key not in self._names:
            node = value.get_node()
            if node.get_type_name() == "Constant":
                self._names[key] = self.constant(np.array(node.data, np.float32))
            else:
                self._count += 1
                self._names[key] = f"n{self._count}"
        return self._names[key]

    def constant(self, value: np.ndarray) -> str:
        import onnx

        self._count += 1
        name = f"c{self._count}"
        self.constants.append(onnx.numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def _plain(self, kind: str, ins: list[ov.Output], node: ov.Node, **said: object) -> None:
        self.node(kind, [self.name(value) for value in ins], self.name(node.output(0)), **said)

    def _matmul(self, ins: list[ov.Output], said: dict[str, Any], node: ov.Node) -> None:
        """ONNX's MatMul turns nothing: a constant is turned here, a computed value by a Transpose."""
        names = []
        for value, turned in zip(ins, (said["transpose_a"], said["transpose_b"]), strict=True):
            if not turned:
                names.append(self.name(value))
            elif value.get_node().get_type_name() == "Constant":
                names.append(self.constant(np.array(value.get_node().data, np.float32).swapaxes(-1, -2)))
            else:
                rank = len(value.get_node().output(value.get_index()).partial_shape)
                order = [*range(rank - 2), rank - 1, rank - 2]
                self._count += 1
                self.node("Transpose", [self.name(value)], f"n{self._count}", perm=order)
                names.append(f"n{self._count}")
        self.node("MatMul", names, self.name(node.output(0)))

    def _layer_norm(self, node: ov.Node, eps: float) -> None:
        width = node.output(0).partial_shape[-1].get_length()
        factor, after = _constant_behind(node, "Multiply")
        shift, last = _constant_behind(after, "Add") if after is not node else (None, node)
        scale = np.ones(width, np.float32) if factor is None else factor.reshape(-1)
        bias = np.zeros(width, np.float32) if shift is None else shift.reshape(-1)
        made = self.name(last.output(0))
        for covered in (node, after):
            self._names[self._key(covered.output(0))] = made
        inputs = [self.name(node.input_value(0)), self.constant(scale), self.constant(bias)]
        self.node("LayerNormalization", inputs, made, axis=-1, epsilon=eps)

    @staticmethod
    def _key(value: ov.Output) -> tuple[str, int]:
        return value.get_node().get_friendly_name(), value.get_index()


def _constant_behind(node: ov.Node, kind: str) -> tuple[np.ndarray | None, ov.Node]:
    """The constant that the only user of `node`, of that kind, combines it with, and that user; else (None, node)."""
    users = list(node.output(0).get_target_inputs())
    if len(users) != 1 or users[0].get_node().get_type_name() != kind:
        return None, node
    user = users[0].get_node()
    width = node.output(0).partial_shape[-1].get_length()
    for value in user.input_values():
        if value.get_node().get_type_name() == "Constant" and value.get_node().data.size == width:
            return np.array(value.get_node().data, np.float32), user
    return None, node


def _numbers(value: ov.Output) -> list[int]:
    return [int(number) for number in np.array(value.get_node().data).reshape(-1)]
