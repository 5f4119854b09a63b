"""Applies a recipe to the graphs of an exported folder, with nncf (extra `convert`)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from assistant.errors import EngineFailed
from models.quantize.recipes import Activations, Recipe, Weights

if TYPE_CHECKING:
    import numpy as np
    import openvino as ov

Samples = Callable[[str], Iterable["dict[str, np.ndarray]"]]
"""Gives the inputs that calibrate a graph, by its name."""


def quantize(
    folder: Path, recipe: Recipe, samples: Samples | None = None, encoder: str = ""
) -> dict[str, str]:
    """Rewrite the graphs of `folder` as `recipe` says; returns graph → what was done to it.

    `encoder` is the graph that recipes call so. `samples` is asked before any graph is rewritten, for those whose
    activations are quantized.
    Errors: `EngineFailed` engine_not_installed, conversion_refused with nncf's words.
    """
    import openvino as ov

    told = {}
    core = ov.Core()
    names = [
        path.name[len("openvino_") : -len("_model.xml")] for path in sorted(folder.glob("openvino_*.xml"))
    ]
    treatments = {name: recipe.treatment("encoder" if name == encoder else name) for name in names}
    inputs = {
        name: list(samples(name))
        for name, treatment in treatments.items()
        if samples and isinstance(treatment, Activations)
    }
    for name, treatment in treatments.items():
        match treatment:
            case Weights() as weights:
                made = _compress(core.read_model(_path(folder, name)), weights)
                told[name] = f"{weights.mode}{'' if weights.group is None else f' group {weights.group}'}"
            case Activations() as activations:
                made = calibrated(core.read_model(_path(folder, name)), activations, inputs[name])
                told[name] = f"int8 weights and activations, {len(inputs[name])} samples"
            case None:
                continue
        _replace(made, folder, name)
    return told


def _compress(model: ov.Model, wanted: Weights) -> ov.Model:
    nncf = _nncf()
    mode = nncf.CompressWeightsMode(wanted.mode)
    if wanted.mode.startswith("int8"):
        return nncf.compress_weights(model, mode=mode)
    adjusted = nncf.AdvancedCompressionParameters(
        group_size_fallback_mode=nncf.GroupSizeFallbackMode.ADJUST  # 704 = 11 × 64 cannot be cut into 128
    )
    return nncf.compress_weights(
        model,
        mode=mode,
        ratio=1.0,
        group_size=wanted.group,
        ignored_scope=nncf.IgnoredScope(patterns=list(wanted.keep), validate=False),
        backup_mode=nncf.BackupMode.INT8_ASYM,
        advanced_parameters=adjusted,
    )


def calibrated(model: ov.Model, wanted: Activations, inputs: list[dict[str, np.ndarray]]) -> ov.Model:
    nncf = _nncf()
    smooth = nncf.AdvancedSmoothQuantParameters(matmul=-1.0 if wanted.smooth is None else wanted.smooth)
    return nncf.quantize(
        model,
        nncf.Dataset(inputs),
        preset=nncf.QuantizationPreset.MIXED,
        model_type=nncf.ModelType.TRANSFORMER,
        subset_size=len(inputs),
        advanced_parameters=nncf.AdvancedQuantizationParameters(smooth_quant_alphas=smooth),
    )


def _replace(model: ov.Model, folder: Path, name: str) -> None:
    """Write beside, then rename: the graph's old weights are still mapped while the new ones are written."""
    import openvino as ov

    path = _path(folder, name)
    scratch = path.with_name(f"scratch_{name}.xml")
    try:
        ov.save_model(model, scratch, compress_to_fp16=False)
    except RuntimeError as error:
        raise EngineFailed("conversion_refused", path=str(path), reason=str(error)) from error
    scratch.with_suffix(".bin").replace(path.with_suffix(".bin"))
    scratch.replace(path)


def _path(folder: Path, name: str) -> Path:
    return folder / f"openvino_{name}_model.xml"


def _nncf() -> ModuleType:
    """nncf, its telemetry off. Errors: `EngineFailed` engine_not_installed."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    os.environ.setdefault("NNCF_CI", "1")  # the switch nncf's telemetry looks at
    try:
        import nncf
    except ImportError as error:
        raise EngineFailed("engine_not_installed", engine="nncf", extra="convert") from error
    import logging

    nncf.set_log_level(logging.ERROR)
    return nncf
