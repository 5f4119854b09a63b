"""Makes a random Moondream 0.5B of a few thousand parameters, in the layout of its published `.mf` file.

    python tests/models/data/make_tiny_moondream.py FILE.mf.gz

needs onnx. The graphs have the names, inputs and outputs that the published client feeds; inside they are small random
networks over which order, positions and the cache's contents all matter.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

WIDTH, LAYERS, HEADS, HEAD = 16, 2, 2, 8
PATCH = 21
"""pixels: 18 × 18 patches a tile of 378"""
BINS = 64
TOKENIZER = Path(__file__).resolve().parent / "tiny-qwen3vl" / "tokenizer.json"
END = 3


def make(path: Path, *, point: bool = True, seed: int = 5) -> Path:
    """Write the file; without `point` its configuration knows no points, as the published one of 0.5B."""
    random = np.random.default_rng(seed)
    told = json.loads(TOKENIZER.read_text(encoding="utf-8"))
    silent = {
        token["id"] for token in told["added_tokens"]
    }  # marks are not shown: an answer of them would be empty
    bias = np.array([-9.0 * (n in silent and n != END) for n in range(len(told["model"]["vocab"]))])
    contents = {f"{name}.onnx": graph for name, graph in _graphs(random, bias).items()}
    beginning = random.normal(size=(LAYERS, 2, 1, HEADS, 1, HEAD)).astype(np.float16)
    stored = io.BytesIO()
    np.save(stored, beginning, allow_pickle=False)
    templates = {
        "caption": {"short": [5, 6], "normal": [5, 7, 6]},
        "query": {"prefix": [8, 9], "suffix": [10]},
        "detect": {"prefix": [11], "suffix": [12, 10]},
        **({"point": {"prefix": [13], "suffix": [12, 10]}} if point else {}),
    }
    config = {"model_version": 1, "templates": templates, "special_tokens": {"bos": 2, "eos": END}}
    contents |= {
        "initial_kv_cache.npy": stored.getvalue(),
        "tokenizer.json": TOKENIZER.read_bytes(),
        "config.json": json.dumps(config).encode(),
    }
    write(path, contents)
    return path


def write(path: Path, contents: dict[str, bytes]) -> None:
    """Pack parts as the published format does."""
    packed = b"MOON\x01" + b"".join(
        struct.pack("!I", len(name)) + name.encode() + struct.pack("!Q", len(content)) + content
        for name, content in contents.items()
    )
    path.write_bytes(gzip.compress(packed, 1) if path.name.endswith(".gz") else packed)


def _graphs(random: np.random.Generator, bias: np.ndarray) -> dict[str, bytes]:
    def weight(*shape: int) -> np.ndarray:
        return (random.normal(size=shape) / np.sqrt(shape[0])).astype(np.float16)

    half, whole = "f16", "i64"
    side = 378 // PATCH
    built = {}
    build = _Builder()
    build.node(
        "Conv", ["input", build.held(weight(WIDTH, 3, PATCH, PATCH) / 8)], "cut", strides=[PATCH, PATCH]
    )
    build.node("Reshape", ["cut", build.held(np.array([0, WIDTH, side * side]))], "flat")
    build.node("Transpose", ["flat"], "output", perm=[0, 2, 1])
    built["vision_encoder"] = build.bytes({"input": (half, ["n", 3, 378, 378])}, {"output": (half, 3)})
    build = _Builder()
    build.node("MatMul", ["input", build.held(weight(2 * WIDTH, WIDTH))], "mixed")
    build.node("Tanh", ["mixed"], "output")
    built["vision_projection"] = build.bytes({"input": (half, [1, "p", 2 * WIDTH])}, {"output": (half, 3)})
    build = _Builder()
    build.node("Gather", [build.held(weight(len(bias), WIDTH) * 40), "input_ids"], "output", axis=0)
    built["text_encoder"] = build.bytes({"input_ids": (whole, [1, "t"])}, {"output": (half, 3)})
    built["text_decoder"] = _decoder(weight, bias)
    for name, inputs, outputs in (
        ("coord_encoder", 1, WIDTH), ("size_encoder", 2, WIDTH), ("coord_decoder", WIDTH, BINS), ("size_decoder", WIDTH, 2 * BINS),
    ):  # fmt: skip
        build = _Builder()
        wide = [build.held(weight(inputs, outputs) * (4 if "encoder" in name else 1))]
        build.node("MatMul", ["input", *wide], "made")
        shape = [2, BINS] if name == "size_decoder" else [outputs]
        build.node("Reshape", ["made", build.held(np.array(shape))], "output")
        built[name] = build.bytes({"input": (half, [inputs])}, {"output": (half, len(shape))})
    return built


def _decoder(weight: Callable[..., np.ndarray], bias: np.ndarray) -> bytes:
    """Hidden states are mixed with the mean of all cached keys and values, and give new ones."""
    build = _Builder()
    build.node(
        "ReduceMean", ["kv_cache", build.held(np.array([4]))], "seen", keepdims=0
    )  # (layers, 2, 1, heads, head)
    build.node("Reshape", ["seen", build.held(np.array([1, 1, LAYERS * 2 * HEADS * HEAD]))], "row")
    build.node("MatMul", ["row", build.held(weight(LAYERS * 2 * HEADS * HEAD, WIDTH) * 3)], "context")
    build.node("Add", ["input_embeds", "context"], "sum")
    build.node("MatMul", ["sum", build.held(weight(WIDTH, WIDTH) * 2)], "mixed")
    build.node("Tanh", ["mixed"], "hidden")
    build.node("MatMul", ["hidden", build.held(weight(WIDTH, LAYERS * 2 * HEADS * HEAD))], "new")
    build.node("Reshape", ["new", build.held(np.array([-1, LAYERS, 2, 1, HEADS, HEAD]))], "apart")
    build.node("Transpose", ["apart"], "new_kv_cache", perm=[1, 2, 3, 4, 0, 5])
    build.node(
        "Slice",
        ["hidden", build.held(np.array([-1])), build.held(np.array([2**31])), build.held(np.array([1]))],
        "end",
    )
    build.node("MatMul", ["end", build.held(weight(WIDTH, len(bias)) * 3)], "all")
    build.node("Add", ["all", build.held(bias)], "audible")
    build.node("Squeeze", ["audible", build.held(np.array([1]))], "logits")
    inputs = {"input_embeds": ("f16", [1, "t", WIDTH]), "kv_cache": ("f16", [LAYERS, 2, 1, HEADS, "c", HEAD])}
    return build.bytes(inputs, {"hidden": ("f16", 3), "new_kv_cache": ("f16", 6), "logits": ("f16", 2)})


class _Builder:
    """Puts an ONNX graph together, node by node."""

    def __init__(self) -> None:
        self._nodes: list[object] = []
        self._held: list[object] = []

    def held(self, value: np.ndarray) -> str:
        from onnx import numpy_helper

        name = f"c{len(self._held)}"
        kept = value.astype(np.int64) if value.dtype.kind == "i" else value.astype(np.float16)
        self._held.append(numpy_helper.from_array(kept, name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, **settings: object) -> None:
        from onnx import helper

        self._nodes.append(helper.make_node(kind, inputs, [output], **settings))

    def bytes(self, inputs: dict[str, tuple[str, list]], outputs: dict[str, tuple[str, int]]) -> bytes:
        from onnx import TensorProto, checker, helper

        kinds = {"f16": TensorProto.FLOAT16, "i64": TensorProto.INT64}
        graph = helper.make_graph(
            self._nodes,
            "tiny",
            [
                helper.make_tensor_value_info(name, kinds[kind], shape)
                for name, (kind, shape) in inputs.items()
            ],
            [
                helper.make_tensor_value_info(name, kinds[kind], [f"{name}{n}" for n in range(rank)])
                for name, (kind, rank) in outputs.items()
            ],
            self._held,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
        checker.check_model(model)
        return model.SerializeToString()


if __name__ == "__main__":
    print(make(Path(sys.argv[1])).stat().st_size, "bytes")
