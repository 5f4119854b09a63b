"""The steps of a conversion: look at the checkpoint, export, compare, and only then put the result in place."""

from __future__ import annotations

import functools
import json
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import EngineFailed, ModelMissing
from models.convert.comparison import Comparison, compare
from models.convert.exporter import export_into
from models.convert.families import Family, family_of
from models.manifest import NAME, write_manifest
from models.quantize.graphs import quantize
from models.quantize.recipes import RECIPES, Recipe
from models.runtimes.qwen3vl_folder import read_json

if TYPE_CHECKING:
    import numpy as np

    from assistant.frames import Frame

TEXTS = (
    "config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json",
    "chat_template.jinja", "chat_template.json",
)  # fmt: skip
REPORT = "conversion.json"


def convert(
    checkpoint: Path,
    out: Path,
    recipe: str,
    *,
    name: str | None = None,
    version: str = "0",
    licence: str = "Apache-2.0",
    revision: str = "",
    least_agreement: float | None = None,
    calibration: Iterable[Frame] = (),
    exported: Path | None = None,
) -> dict[str, object]:
    """Convert `checkpoint` into `out` and return the report that is also written there as conversion.json.

    `calibration` are pictures for recipes that quantize activations; only those recipes look at them. `exported` is
    what recipe f32 made of the same checkpoint: it spares exporting again, and the comparison holds it to it.

    Nothing in `out` changes unless the result agrees with the checkpoint. Other files of `out` (a model card, the
    checkpoint's folder) stay, and the manifest lists them. Errors: `ModelMissing`, `EngineFailed` conversion_refused.
    """
    checkpoint, out, chosen = Path(checkpoint), Path(out), RECIPES[recipe]
    check_checkpoint(checkpoint)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as scratch:
        made = Path(scratch) / "made"
        if exported is None:
            export(checkpoint, made)
        else:
            _take(Path(exported), checkpoint, made)
        family = family_of(checkpoint)
        graphs = quantize(
            made, chosen, functools.partial(_samples, family, made, calibration), family.encoder
        )
        found = compare(checkpoint, made)
        _accept(found, chosen, least_agreement)
        size = sum(path.stat().st_size for path in made.iterdir())
        report = {
            "recipe": recipe, "graphs": graphs, "bytes": size, **asdict(found), "versions": _versions()
        }  # fmt: skip
        (made / REPORT).write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        _put_in_place(made, out)
    write_manifest(out, name=name or out.name, version=version, licence=licence, revision=revision)
    return report


def check_checkpoint(checkpoint: Path) -> None:
    """Refuse what would export without an error and be wrong.

    transformers 5 saves RoPE's base as `rope_parameters`, which the exporter of 4.57 does not read: it would
    silently use 10,000. Errors: `ModelMissing`, `EngineFailed` model_unsupported or conversion_refused.
    """
    family_of(checkpoint)
    config = read_json(checkpoint / "config.json")
    if not any(checkpoint.glob("*.safetensors")):
        raise ModelMissing("model_format_refused", path=str(checkpoint), model=checkpoint.name)
    for needed in ("tokenizer.json", "preprocessor_config.json"):
        if not (checkpoint / needed).is_file():
            raise ModelMissing("model_file_missing", path=str(checkpoint / needed), model=checkpoint.name)
    if "rope_theta" not in config.get("text_config", {}):
        raise EngineFailed(
            "conversion_refused",
            path=str(checkpoint / "config.json"),
            reason="text_config has no rope_theta (saved by transformers 5?): write its base there first",
        )


def export(checkpoint: Path, made: Path) -> None:
    """Run optimum-intel's exporter offline, in float32, and keep the family's graphs and the small texts.

    Errors: `EngineFailed` engine_not_installed, conversion_refused with the exporter's last words.
    """
    with tempfile.TemporaryDirectory(dir=made.parent) as scratch:
        export_into(Path(scratch), checkpoint, "image-text-to-text", "fp32")
        _take(Path(scratch), checkpoint, made)


def _take(exported: Path, checkpoint: Path, made: Path) -> None:
    """Copy the graphs of one folder and the small texts of the other. Errors: `ModelMissing` model_file_missing."""
    made.mkdir()
    graphs = family_of(checkpoint).graphs
    for name in (f"openvino_{part}_model.{suffix}" for part in graphs for suffix in ("xml", "bin")):
        if not (exported / name).is_file():
            raise ModelMissing("model_file_missing", path=str(exported / name), model=exported.name)
        shutil.copy(exported / name, made)
    for text in TEXTS:
        if (checkpoint / text).is_file():
            shutil.copy(checkpoint / text, made)


def _samples(
    family: Family, made: Path, pictures: Iterable[Frame], graph: str
) -> list[dict[str, np.ndarray]]:
    """Inputs of the encoder for every picture, as the engine itself would feed them.

    Errors: `EngineFailed` conversion_refused for another graph, or without pictures.
    """
    if graph != family.encoder:
        raise EngineFailed("conversion_refused", reason=f"nothing calibrates {graph}")
    inputs = family.samples(made, pictures)
    if not inputs:
        raise EngineFailed("conversion_refused", reason="this recipe needs calibration pictures")
    return inputs


def _accept(found: Comparison, recipe: Recipe, least_agreement: float | None) -> None:
    least = recipe.least_agreement if least_agreement is None else least_agreement
    off = recipe.most_off is not None and found.largest_difference > recipe.most_off
    if off or found.agreement < least:
        raise EngineFailed("conversion_refused", reason=f"too far from the checkpoint: {found}")


def _put_in_place(made: Path, out: Path) -> None:
    """Move the files over; the old manifest goes first, so that a half-moved folder cannot pass for a whole one."""
    out.mkdir(exist_ok=True)
    (out / NAME).unlink(missing_ok=True)
    for path in sorted(made.iterdir()):
        path.replace(out / path.name)


def _versions() -> dict[str, str]:
    return {
        name: installed_version(name)
        for name in ("torch", "transformers", "optimum-intel", "openvino", "nncf")
    }
