"""The steps of a conversion: look at the checkpoint, export, compare, and only then put the result in place."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib.metadata import version as installed_version
from pathlib import Path

from assistant.errors import EngineFailed, ModelMissing
from models.convert.comparison import Comparison, compare
from models.manifest import NAME, write_manifest
from models.runtimes.qwen3vl_folder import MODEL_TYPE, read_json

PARTS = (
    "language",
    "text_embeddings",
    "vision_embeddings",
    "vision_embeddings_merger",
    "vision_embeddings_pos",
)
TEXTS = (
    "config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json",
    "chat_template.jinja", "chat_template.json",
)  # fmt: skip
REPORT = "conversion.json"


@dataclass(frozen=True)
class Recipe:
    """How weights are stored, and how near the result must stay to the checkpoint.

    `least_agreement` is the share of equal next tokens, `most_off` the largest logit difference in standard
    deviations of the logits (None: whatever it is, it is only reported).
    """

    weight_format: str
    least_agreement: float
    most_off: float | None


RECIPES = {
    "f32": Recipe("fp32", least_agreement=1.0, most_off=1e-3),
    "int8": Recipe("int8", least_agreement=0.9, most_off=None),
}
"""No fp16: it would round the rotary frequencies too, which moved a tiny model's logits by 0.005."""


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
) -> dict[str, object]:
    """Convert `checkpoint` into `out` and return the report that is also written there as conversion.json.

    Nothing in `out` changes unless the result agrees with the checkpoint. Other files of `out` (a model card, the
    checkpoint's folder) stay, and the manifest lists them. Errors: `ModelMissing`, `EngineFailed` conversion_refused.
    """
    checkpoint, out, chosen = Path(checkpoint), Path(out), RECIPES[recipe]
    check_checkpoint(checkpoint)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as scratch:
        made = Path(scratch) / "made"
        export(checkpoint, made, chosen.weight_format)
        found = compare(checkpoint, made)
        _accept(found, chosen, least_agreement)
        report = {"recipe": recipe, **asdict(found), "versions": _versions()}
        (made / REPORT).write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
        _put_in_place(made, out)
    write_manifest(out, name=name or out.name, version=version, licence=licence, revision=revision)
    return report


def check_checkpoint(checkpoint: Path) -> None:
    """Refuse what would export without an error and be wrong.

    transformers 5 saves RoPE's base as `rope_parameters`, which the exporter of 4.57 does not read: it would
    silently use 10,000. Errors: `ModelMissing`, `EngineFailed` model_unsupported or conversion_refused.
    """
    config = read_json(checkpoint / "config.json")
    if config.get("model_type") != MODEL_TYPE:
        raise EngineFailed("model_unsupported", path=str(checkpoint), model=checkpoint.name)
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


def export(checkpoint: Path, made: Path, weight_format: str) -> None:
    """Run optimum-intel's exporter offline and keep the five graphs and the small texts.

    Errors: `EngineFailed` engine_not_installed, conversion_refused with the exporter's last words.
    """
    with tempfile.TemporaryDirectory(dir=made.parent) as scratch:
        command = [
            sys.executable, "-m", "optimum.commands.optimum_cli", "export", "openvino", "--model", str(checkpoint),
            "--task", "image-text-to-text", "--weight-format", weight_format, scratch,
        ]  # fmt: skip
        environment = os.environ | {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "DO_NOT_TRACK": "1"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if "No module named 'optimum" in done.stderr:
            raise EngineFailed("engine_not_installed", engine="optimum-intel", extra="convert")
        if done.returncode:
            last = "\n".join(done.stderr.splitlines()[-5:])
            raise EngineFailed("conversion_refused", path=str(checkpoint), reason=last)
        made.mkdir()
        for part in PARTS:
            for suffix in ("xml", "bin"):
                shutil.copy(Path(scratch) / f"openvino_{part}_model.{suffix}", made)
    for text in TEXTS:
        if (checkpoint / text).is_file():
            shutil.copy(checkpoint / text, made)


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
