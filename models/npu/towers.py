"""The static tower of a folder, what it is fed for pictures, and what the dynamic graphs make of the same pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import EngineFailed
from models.runtimes import qwen3vl_folder, smolvlm_folder
from models.runtimes.openvino_graphs import Graphs
from models.runtimes.qwen3vl_folder import read_json
from models.runtimes.static_tower import qwen3vl_inputs, qwen3vl_tower, smolvlm_tower

if TYPE_CHECKING:
    import openvino as ov

    from assistant.frames import Frame

Inputs = dict[str, np.ndarray]


@dataclass(frozen=True, eq=False)
class Sample:
    """`inputs` for the static tower; `wanted` are the dynamic graphs' outputs in float32, real tokens only on axis −2."""

    inputs: Inputs
    wanted: Inputs


@dataclass(frozen=True, eq=False)
class Tower:
    """`graph` has fixed shapes and float32 numbers; `size` is what its name carries: patches, or pixels along a tile."""

    name: str
    size: int
    graph: ov.Model
    samples: tuple[Sample, ...]


def tower_of(folder: Path, frames: Iterable[Frame], size: int | None = None) -> Tower:
    """The tower of a Qwen3-VL or SmolVLM folder. `size`: patches it is compiled for (Qwen3-VL; default: the most a picture has).

    Errors: `ModelMissing`, `EngineFailed` model_unsupported.
    """
    family = read_json(folder / "config.json").get("model_type")
    if family == qwen3vl_folder.MODEL_TYPE:
        return _qwen3vl(folder, frames, size)
    if family in smolvlm_folder.MODEL_TYPES:
        return _smolvlm(folder, frames)
    raise EngineFailed("model_unsupported", path=str(folder), model=folder.name)


def likeness(made: Sequence[Inputs], samples: Sequence[Sample]) -> dict[str, float]:
    """How near outputs are to the dynamic ones: `cosine` over everything, `worst_token` the least of any token's, `largest`
    difference in standard deviations of what was wanted."""
    products = norms_made = norms_wanted = 0.0
    worst, largest = 1.0, 0.0
    for given, sample in zip(made, samples, strict=True):
        for name, wanted in sample.wanted.items():
            found = given[name][..., : wanted.shape[-2], :]
            product = (found * wanted).sum(-1)
            sizes = np.linalg.norm(found, axis=-1) * np.linalg.norm(wanted, axis=-1)
            worst = min(worst, float((product / np.maximum(sizes, 1e-12)).min()))
            largest = max(largest, float(np.abs(found - wanted).max() / wanted.std()))
            products += float(product.sum())
            norms_made += float(np.square(found).sum())
            norms_wanted += float(np.square(wanted).sum())
    cosine = products / (norms_made * norms_wanted) ** 0.5
    return {"cosine": round(cosine, 6), "worst_token": round(worst, 5), "largest": round(largest, 5)}


def _qwen3vl(folder: Path, frames: Iterable[Frame], size: int | None) -> Tower:
    from models.runtimes.qwen3vl_image import patches
    from models.runtimes.vision_openvino import OpenVinoQwen3VL, tower_sizes

    model = OpenVinoQwen3VL(folder, precision="f32", suppress_ideographs=False)
    size = size or tower_sizes(model.folder.rules)[0]
    samples = []
    for frame in frames:
        cut = patches(frame, model.folder.rules)
        if len(cut.pixels) > size:
            continue
        fed = model.encoder_inputs(cut)
        encoder = model.opened("vision_embeddings_merger")
        encoder.infer(fed)
        inputs = qwen3vl_inputs(
            cut.pixels, model.places(cut), fed["rotary_pos_emb"], model.folder.rules.temporal, size
        )
        names = ("last_hidden_state", "deepstack_feature_lists")
        samples.append(Sample(inputs, {name: encoder.get_tensor(name).data.copy() for name in names}))
    model.close()
    graphs = Graphs(folder, device="CPU", threads=2)
    graph = qwen3vl_tower(graphs.read("vision_embeddings"), graphs.read("vision_embeddings_merger"), size)
    return Tower(folder.name, size, graph, tuple(samples))


def _smolvlm(folder: Path, frames: Iterable[Frame]) -> Tower:
    from models.runtimes.smolvlm_image import TileRules, tiles

    written = folder / "preprocessor_config.json"
    rules = smolvlm_folder.tile_rules(written) if written.is_file() else TileRules()
    graphs = Graphs(folder, device="CPU", threads=2, precision="f32")
    graph = smolvlm_tower(graphs.read("vision_embeddings"), rules.tile)
    encoder = graphs.load("vision_embeddings").create_infer_request()
    side = rules.tile // int(read_json(folder / "config.json")["vision_config"]["patch_size"])
    samples = []
    for frame in frames:
        pixels = tiles(frame, rules).pixels[
            -1:
        ]  # the whole picture, small: it has text, edges and empty places
        encoder.infer(
            {
                "pixel_values": pixels,
                "patch_attention_mask": np.ones((1, side, side), bool),
                "patch_position_ids": smolvlm_folder.full_tile_places(side),
            }
        )
        wanted = encoder.get_tensor("last_hidden_state").data.copy()
        samples.append(Sample({"pixel_values": pixels}, {"last_hidden_state": wanted}))
    return Tower(folder.name, rules.tile, graph, tuple(samples))
