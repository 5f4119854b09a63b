"""Towers of fixed shapes give what the dynamic graphs give, padding counts for nothing, and nothing dynamic is left."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.errors import EngineFailed
from models.runtimes.static_tower import MASKED, qwen3vl_inputs, qwen3vl_tower, smolvlm_tower
from tests.models.tiny import DATA, TINY, noise

ov = pytest.importorskip("openvino", reason="cuts OpenVINO graphs")

SMOL = DATA / "tiny-smolvlm"


def graph(folder: Path, name: str) -> ov.Model:
    return ov.Core().read_model(folder / f"openvino_{name}_model.xml")


def test_padding_is_masked_and_still_frames_are_taken_once() -> None:
    pixels = np.arange(2 * 3 * 2 * 4, dtype=np.float32).reshape(2, 24)
    made = qwen3vl_inputs(pixels, np.ones((2, 5), np.float32), np.zeros((2, 3), np.float32), 2, 4)
    assert made["pixels"][0].tolist() == [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19]
    assert made["cos"].tolist() == [[1.0] * 6] * 2 + [[0.0] * 6] * 2
    assert made["mask"].reshape(-1).tolist() == [0, 0, MASKED, MASKED]
    assert all(value.dtype == np.float32 for value in made.values())


def test_a_picture_that_does_not_fit_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        qwen3vl_inputs(np.zeros((5, 6), np.float32), np.zeros((5, 2)), np.zeros((5, 2)), 2, 4)


@pytest.mark.parametrize("size", [None, 64])
def test_qwen3vl_is_equal_to_its_dynamic_graphs(size: int | None) -> None:
    from models.npu.integers import run_ir
    from models.npu.towers import likeness, tower_of

    tower = tower_of(TINY, [noise(96, 64), noise(64, 128)], size)
    assert len(tower.samples) == 2
    found = likeness(run_ir(tower.graph, [sample.inputs for sample in tower.samples]), tower.samples)
    assert found["cosine"] > 0.99999
    assert found["largest"] < 1e-3


def test_what_lies_in_the_padding_changes_nothing() -> None:
    from models.npu.integers import run_ir
    from models.npu.towers import tower_of

    tower = tower_of(TINY, [noise(96, 64)])
    given = tower.samples[0].inputs
    count = int((given["mask"] == 0).sum())
    dirty = {name: value.copy() for name, value in given.items()}
    for name in ("pixels", "places"):
        dirty[name][count:] = 3.0
    clean, other = run_ir(tower.graph, [given, dirty])
    tokens = tower.samples[0].wanted["last_hidden_state"].shape[0]
    assert np.allclose(
        clean["last_hidden_state"][:tokens], other["last_hidden_state"][:tokens], rtol=1e-4, atol=1e-5
    )


def test_smolvlm_is_equal_to_its_dynamic_graph() -> None:
    from models.npu.integers import run_ir
    from models.npu.towers import likeness, tower_of

    tower = tower_of(SMOL, [noise(300, 200)])
    found = likeness(run_ir(tower.graph, [sample.inputs for sample in tower.samples]), tower.samples)
    assert found["cosine"] > 0.99999
    assert found["largest"] < 1e-3


def test_nothing_dynamic_and_no_attention_operator_is_left() -> None:
    towers = (
        qwen3vl_tower(graph(TINY, "vision_embeddings"), graph(TINY, "vision_embeddings_merger"), 64),
        smolvlm_tower(graph(SMOL, "vision_embeddings"), 64),
    )
    for tower in towers:
        kinds = {node.get_type_name() for node in tower.get_ops()}
        assert not kinds & {
            "ShapeOf",
            "ScaledDotProductAttention",
            "Gather",
            "Broadcast",
            "Convert",
            "Sin",
            "Cos",
        }


def test_other_graphs_are_refused() -> None:
    with pytest.raises(EngineFailed) as caught:
        qwen3vl_tower(graph(TINY, "vision_embeddings_pos"), graph(TINY, "vision_embeddings_merger"), 64)
    assert caught.value.code == "model_unsupported"


@pytest.mark.parametrize("folder", [TINY, SMOL], ids=["qwen3vl", "smolvlm"])
def test_onnx_gives_the_same(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="writes ONNX")
    from models.npu import onnx_graph
    from models.npu.integers import run_onnx
    from models.npu.towers import likeness, tower_of

    tower = tower_of(folder, [noise(96, 64)])
    onnx_graph.write(tower.graph, tmp_path / "tower.onnx")
    made = run_onnx(tmp_path / "tower.onnx", [sample.inputs for sample in tower.samples])
    found = likeness(made, tower.samples)
    assert found["cosine"] > 0.99999
    assert found["largest"] < 1e-3


def test_onnx_refuses_operators_it_does_not_know(tmp_path: Path) -> None:
    pytest.importorskip("onnx", reason="writes ONNX")
    import openvino.opset13 as ops

    from models.npu import onnx_graph

    given = ops.parameter([2], np.float32, "x")
    given.output(0).tensor.set_names({"x"})
    with pytest.raises(EngineFailed) as caught:
        onnx_graph.write(ov.Model([ops.sqrt(given)], [given]), tmp_path / "x.onnx")
    assert "Sqrt" in str(caught.value.values)
