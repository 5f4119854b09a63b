"""A conversion is kept only when it answers like its checkpoint."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import EngineFailed, ModelMissing
from models.convert import comparison, conversion
from models.convert.__main__ import main
from models.convert.conversion import check_checkpoint, convert
from models.manifest import NAME, verify
from tests.models.tiny import DATA, TINY, noise

SMOL = DATA / "tiny-smolvlm"

pytest.importorskip("transformers", reason="conversion needs the extras `torch` and `convert`")


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    """The tiny model without its IR."""
    return shutil.copytree(TINY, tmp_path / "checkpoint", ignore=shutil.ignore_patterns("openvino_*"))


@pytest.fixture
def ready_ir(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands for the exporter: hands out the tiny model's own IR, whatever the checkpoint is."""

    def copy(checkpoint: Path, made: Path) -> None:
        made.mkdir()
        for path in [*TINY.glob("openvino_*"), *checkpoint.glob("*.json")]:
            shutil.copy(path, made)

    monkeypatch.setattr(conversion, "export", copy)
    monkeypatch.setattr(conversion, "_versions", dict)
    monkeypatch.setattr(comparison, "TOKENS", 3)
    monkeypatch.setattr(comparison, "SIZES", ((300, 200),))


def scale_weights(checkpoint: Path, by: float) -> None:
    from safetensors.numpy import load_file, save_file

    weights = load_file(checkpoint / "model.safetensors")
    name = "model.visual.patch_embed.proj.weight"
    weights[name] = (weights[name] * by).astype(np.float16)
    save_file(weights, checkpoint / "model.safetensors", metadata={"format": "pt"})


def test_an_equal_export_is_put_in_place_with_report_and_manifest(
    checkpoint: Path, tmp_path: Path, ready_ir: None
) -> None:
    out = tmp_path / "out"
    (out / "checkpoint").mkdir(parents=True)
    (out / "README.md").write_text("card")
    report = convert(checkpoint, out, "f32", name="m", version="0.1", licence="MIT", revision="abc")
    assert report["agreement"] == 1.0
    assert report["positions"] >= 5
    assert report["largest_difference"] < 1e-4
    manifest = verify(out)
    assert (manifest.name, manifest.version, manifest.licence, manifest.revision) == (
        "m",
        "0.1",
        "MIT",
        "abc",
    )
    listed = {file.path for file in manifest.files}
    assert {
        "README.md",
        "config.json",
        "tokenizer.json",
        "conversion.json",
        "openvino_language_model.bin",
    } <= listed
    assert json.loads((out / "conversion.json").read_text())["recipe"] == "f32"
    assert not list(tmp_path.glob(".out-*"))


def test_an_export_that_is_off_leaves_everything_as_it_was(
    checkpoint: Path, tmp_path: Path, ready_ir: None
) -> None:
    """GIVEN weights of the picture's first layer that the IR does not have WHEN converting THEN it is refused."""
    scale_weights(checkpoint, 1.5)
    out = tmp_path / "out"
    out.mkdir()
    (out / NAME).write_text("the old one")
    with pytest.raises(EngineFailed) as caught:
        convert(checkpoint, out, "f32")
    assert caught.value.code == "conversion_refused"
    assert [path.name for path in out.iterdir()] == [NAME]
    assert (out / NAME).read_text() == "the old one"
    assert not list(tmp_path.glob(".out-*"))


def test_a_quantized_recipe_reports_how_far_it_is(checkpoint: Path, tmp_path: Path, ready_ir: None) -> None:
    pytest.importorskip("nncf", reason="quantizing needs the extra `convert`")
    report = convert(checkpoint, tmp_path / "out", "int8", least_agreement=0.0)
    assert report["graphs"]["language"] == "int8_asym"
    assert report["bytes"] < sum(path.stat().st_size for path in TINY.iterdir())
    assert 0 < report["divergence"] < 1
    assert 0 < report["agreement"] <= 1
    assert report["largest_difference"] > 1e-3


@pytest.fixture
def smol(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tiny SmolVLM without its IR."""
    monkeypatch.setattr(conversion, "_versions", dict)
    monkeypatch.setattr(comparison, "TOKENS", 3)
    monkeypatch.setattr(comparison, "SIZES", ((300, 200),))
    return shutil.copytree(SMOL, tmp_path / "smol", ignore=shutil.ignore_patterns("openvino_*"))


def test_smolvlm_is_converted_and_compared_by_its_own_engines(smol: Path, tmp_path: Path) -> None:
    report = convert(smol, tmp_path / "out", "f32", exported=SMOL)
    assert report["agreement"] == 1.0
    assert report["largest_difference"] < 1e-3
    assert {path.name for path in (tmp_path / "out").glob("*.xml")} == {
        f"openvino_{graph}_model.xml" for graph in ("language", "text_embeddings", "vision_embeddings")
    }


def test_smolvlms_encoder_is_calibrated_tile_by_tile(smol: Path, tmp_path: Path) -> None:
    pytest.importorskip("nncf", reason="quantizing needs the extra `convert`")
    report = convert(
        smol,
        tmp_path / "out",
        "int8-ptq",
        exported=SMOL,
        calibration=[noise(64, 64), noise(200, 100)],
        least_agreement=0.0,
    )
    assert report["graphs"]["vision_embeddings"].endswith("26 samples")  # 17 tiles, and 9 of the wide one
    assert 0 < report["largest_difference"] < 3


def test_too_little_agreement_is_refused(checkpoint: Path, tmp_path: Path, ready_ir: None) -> None:
    scale_weights(checkpoint, 5.0)
    with pytest.raises(EngineFailed):
        convert(checkpoint, tmp_path / "out", "f32")


def test_what_was_exported_before_can_be_taken(checkpoint: Path, tmp_path: Path, ready_ir: None) -> None:
    report = convert(checkpoint, tmp_path / "out", "f32", exported=TINY)
    assert report["agreement"] == 1.0
    (tmp_path / "less").mkdir()
    with pytest.raises(ModelMissing):
        convert(checkpoint, tmp_path / "out", "f32", exported=tmp_path / "less")


def test_rope_that_the_exporter_would_not_see_is_refused(checkpoint: Path) -> None:
    config = json.loads((checkpoint / "config.json").read_text())
    theta = config["text_config"].pop("rope_theta")
    config["text_config"]["rope_parameters"] = {"rope_theta": theta, "rope_type": "default"}
    (checkpoint / "config.json").write_text(json.dumps(config))
    with pytest.raises(EngineFailed) as caught:
        check_checkpoint(checkpoint)
    assert caught.value.code == "conversion_refused"
    assert "rope_theta" in str(caught.value.values["reason"])


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "preprocessor_config.json"])
def test_a_missing_file_is_named(checkpoint: Path, name: str) -> None:
    (checkpoint / name).unlink()
    with pytest.raises(ModelMissing) as caught:
        check_checkpoint(checkpoint)
    assert Path(str(caught.value.values["path"])).name == name


def test_pickled_checkpoints_and_other_families_are_refused(checkpoint: Path) -> None:
    (checkpoint / "model.safetensors").rename(checkpoint / "pytorch_model.bin")
    with pytest.raises(ModelMissing) as caught:
        check_checkpoint(checkpoint)
    assert caught.value.code == "model_format_refused"
    (checkpoint / "config.json").write_text('{"model_type": "llava"}')
    with pytest.raises(EngineFailed):
        check_checkpoint(checkpoint)


def test_the_command_says_why_it_refuses(
    checkpoint: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (checkpoint / "tokenizer.json").unlink()
    assert main([str(checkpoint), "--out", str(tmp_path / "out"), "--recipe", "f32"]) == 3
    assert "tokenizer.json" in capsys.readouterr().err


@pytest.mark.slow
def test_the_exporter_itself_gives_an_equal_model(checkpoint: Path, tmp_path: Path) -> None:
    pytest.importorskip("optimum.exporters.openvino", reason="exporting needs the extra `convert`")
    report = convert(checkpoint, tmp_path / "out", "f32")
    assert report["agreement"] == 1.0
    assert verify(tmp_path / "out") is not None


@pytest.mark.slow
def test_an_exporter_that_fails_is_quoted(checkpoint: Path, tmp_path: Path) -> None:
    (checkpoint / "model.safetensors").write_bytes(b"\0" * 100)
    with pytest.raises(EngineFailed) as caught:
        conversion.export(checkpoint, tmp_path / "made")
    assert caught.value.code in ("conversion_refused", "engine_not_installed")
    assert not (tmp_path / "made").exists()
