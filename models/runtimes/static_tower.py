"""A vision tower for an NPU: one graph of fixed shapes, cut from the graphs of a folder. Knows shapes, not devices.

NPU compilers take no dynamic shapes, and their half-precision arithmetic would round rotary angles (39.9 rad keeps a step of
0.03) and overflow at infinite masks. So the patch embedding, the blocks and the mergers become one graph that is fed cosines,
sines, mixed learned places and a finite mask; a smaller picture is padded to the compiled size, and masked.

Needs openvino only: any installed folder can be cut, whatever its recipe was. Equal to the dynamic graphs up to the order of
additions (tests hold them together).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import EngineFailed

if TYPE_CHECKING:
    from types import ModuleType

    import openvino as ov

MASKED = -1e4
"""added to the scores of padding: e^-10000 is 0 in half precision too, which has no room for -1e9"""


def qwen3vl_tower(patch: ov.Model, blocks: ov.Model, patches: int) -> ov.Model:
    """One graph of `vision_embeddings` and `vision_embeddings_merger` for up to `patches` patches.

    Inputs, all float32: `pixels` (patches, 3 × side × side), one still frame, as both of a still picture are equal and the
    kernel's two halves are added here; `places` (patches, width); `cos` and `sin` (patches, head size); `mask` (1, 1, patches).
    Outputs as those of the blocks: `last_hidden_state` and `deepstack_feature_lists`.
    Errors: `EngineFailed` model_unsupported where the graphs are not those the exporter writes.
    """
    import openvino.opset13 as ops

    patch, blocks = patch.clone(), blocks.clone()
    width = _fixed(blocks.input("hidden_states").partial_shape[1], blocks)
    half = _fixed(blocks.input("rotary_pos_emb").partial_shape[1], blocks)
    blocks.reshape(
        {
            "hidden_states": [patches, width],
            "attention_mask": [1, patches, patches],
            "rotary_pos_emb": [patches, half],
        }
    )
    kernel, bias = _still_kernel(patch, width)
    pixels = _input(ops, "pixels", (patches, kernel.shape[1]))
    places = _input(ops, "places", (patches, width))
    cos, sin = (_input(ops, name, (patches, 2 * half)) for name in ("cos", "sin"))
    mask = _input(ops, "mask", (1, 1, patches))
    embedded = ops.matmul(pixels, ops.constant(kernel), transpose_a=False, transpose_b=True)
    embedded = ops.add(ops.add(embedded, ops.constant(bias)), places)
    old = {
        name: blocks.input(name).get_node() for name in ("hidden_states", "attention_mask", "rotary_pos_emb")
    }
    _replace(old["hidden_states"].output(0), embedded.output(0))
    for node in blocks.get_ordered_ops():
        match node.get_type_name():
            case "Cos":
                _replace(node.output(0), cos.output(0))
            case "Sin":
                _replace(node.output(0), sin.output(0))
            case "ScaledDotProductAttention":
                _replace(node.output(0), _attention(ops, node, mask.output(0)).output(0))
    for parameter in old.values():
        blocks.remove_parameter(parameter)
    blocks.add_parameters([pixels, places, cos, sin, mask])
    return _settled(blocks)


def smolvlm_tower(tower: ov.Model, tile: int) -> ov.Model:
    """`vision_embeddings` for one whole tile. Input `pixel_values` (1, 3, tile, tile) float32; output `last_hidden_state`."""
    import openvino.opset13 as ops

    tower = _whole_tile(tower, tile)
    for node in tower.get_ordered_ops():
        if node.get_type_name() == "ScaledDotProductAttention":
            _replace(node.output(0), _attention(ops, node, None).output(0))
    return _settled(tower)


def smolvlm_tile(tower: ov.Model, tile: int) -> ov.Model:
    """The same for a CPU, which has its own attention and is told only that nothing is masked: a tenth quicker there.

    Constants are left as they are: folded, 8-bit weights would become floats again.
    """
    import openvino.opset13 as ops

    tower = _whole_tile(tower, tile)
    for node in tower.get_ordered_ops():
        if node.get_type_name() == "ScaledDotProductAttention":
            unmasked = ops.scaled_dot_product_attention(*(node.input_value(place) for place in range(3)))
            _replace(node.output(0), unmasked.output(0))
    tower.validate_nodes_and_infer_types()
    return tower


def _whole_tile(tower: ov.Model, tile: int) -> ov.Model:
    """A copy of fixed shapes that knows which patches count (all) and where they are."""
    import openvino.opset13 as ops

    from models.runtimes.smolvlm_folder import full_tile_places

    tower = tower.clone()
    side = _tile_side(tower, tile)
    tower.reshape(
        {
            "pixel_values": [1, 3, tile, tile],
            "patch_attention_mask": [1, side, side],
            "patch_position_ids": [1, side * side],
        }
    )
    given = {
        "patch_attention_mask": np.ones((1, side, side), bool),
        "patch_position_ids": full_tile_places(side),
    }
    for name, value in given.items():
        parameter = tower.input(name).get_node()
        _replace(parameter.output(0), ops.constant(value).output(0))
        tower.remove_parameter(parameter)
    return tower


def qwen3vl_inputs(
    pixels: np.ndarray, places: np.ndarray, angles: np.ndarray, temporal: int, size: int
) -> dict[str, np.ndarray]:
    """What `qwen3vl_tower` of `size` patches is fed for a still picture of at most as many, padded with masked zeros.

    `pixels` (patches, 3 × temporal × side × side) in blocks as `qwen3vl_image.patches` gives them, `places` (patches, width),
    `angles` (patches, head size / 2).
    """
    count = len(pixels)
    if count > size:
        raise ValueError(f"{count} patches do not fit into {size}")
    still = pixels.reshape(count, 3, temporal, -1)[:, :, 0].reshape(count, -1)
    turned = np.concatenate([angles, angles], axis=1)
    mask = np.full((1, 1, size), MASKED, np.float32)
    mask[..., :count] = 0
    given = {"pixels": still, "places": places, "cos": np.cos(turned), "sin": np.sin(turned)}
    padded = {
        name: np.concatenate([value, np.zeros((size - count, value.shape[1]), np.float32)])
        for name, value in given.items()
    }
    return {**{name: value.astype(np.float32) for name, value in padded.items()}, "mask": mask}


def _attention(ops: ModuleType, node: ov.Node, mask: ov.Output | None) -> ov.Node:
    """softmax(q kᵀ · scale + mask) v in plain operators, whose ranges can be measured and which every compiler takes."""
    q, k, v = (node.input_value(place) for place in range(3))
    size = q.get_node().output(q.get_index()).partial_shape[-1].get_length()
    scale = node.input_value(4) if node.get_input_size() > 4 else ops.constant(np.float32(size**-0.5))
    scores = ops.matmul(ops.multiply(q, scale), k, transpose_a=False, transpose_b=True)
    if mask is not None:
        scores = ops.add(scores, mask)
    return ops.matmul(ops.softmax(scores, -1), v, transpose_a=False, transpose_b=False)


def _still_kernel(patch: ov.Model, width: int) -> tuple[np.ndarray, np.ndarray]:
    """The patch embedding's weights for one still frame, (width, 3 × side × side), and its bias (width,).

    They are asked for rather than read: a convolution that covers its whole input is linear, and what is stored may be
    compressed. Errors: `EngineFailed` model_unsupported.
    """
    kernels = [node for node in patch.get_ordered_ops() if node.get_type_name() == "Convolution"]
    if len(kernels) != 1:
        raise _unsupported(patch)
    shape = kernels[0].input_value(1).partial_shape.to_shape()  # (width, 3, frames, side, side)
    if len(shape) != 5 or shape[0] != width:
        raise _unsupported(patch)
    weights = _values(kernels[0].input_value(1)).sum(axis=2).reshape(width, -1)
    after = patch.output(0).get_node().input_value(0).get_node()
    while after.get_type_name() in ("Reshape", "Convert"):
        after = after.input_value(0).get_node()
    bias = np.zeros(width, np.float32)
    if after.get_type_name() == "Add":
        bias = _values(after.input_value(1)).reshape(-1)
    elif after.get_type_name() != "Convolution":
        raise _unsupported(patch)
    return weights.astype(np.float32), bias.astype(np.float32)


def _values(output: ov.Output) -> np.ndarray:
    """What a constant part of a graph comes to, float32."""
    import openvino as ov

    made = ov.Core().compile_model(ov.Model([output], []), "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return np.array(made({})[0], np.float32)


def _settled(model: ov.Model) -> ov.Model:
    """Everything that fixed shapes decide becomes a constant. Errors: `EngineFailed` model_unsupported if a shape is left."""
    from openvino.passes import ConstantFolding, Manager

    model.validate_nodes_and_infer_types()
    passes = Manager()
    passes.register_pass(ConstantFolding())
    passes.run_passes(model)
    if any(output.partial_shape.is_dynamic for node in model.get_ops() for output in node.outputs()):
        raise _unsupported(model)
    return model


def _tile_side(tower: ov.Model, tile: int) -> int:
    """Patches along a tile."""
    for node in tower.get_ordered_ops():
        if node.get_type_name() == "Convolution":
            return tile // node.input_value(1).partial_shape[-1].get_length()
    raise _unsupported(tower)


def _input(ops: ModuleType, name: str, shape: tuple[int, ...]) -> ov.Node:
    made = ops.parameter(shape, np.float32, name)
    made.output(0).tensor.set_names({name})
    return made


def _replace(old: ov.Output, new: ov.Output) -> None:
    for target in old.get_target_inputs():
        target.replace_source_output(new)


def _fixed(dimension: ov.Dimension, model: ov.Model) -> int:
    if dimension.is_dynamic:
        raise _unsupported(model)
    return dimension.get_length()


def _unsupported(model: ov.Model) -> EngineFailed:
    return EngineFailed("model_unsupported", path="", model=model.friendly_name)
