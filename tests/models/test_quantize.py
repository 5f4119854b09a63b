"""Recipes make graphs smaller, touch only what they name, and are calibrated on nothing that is validated on."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import BadInput
from models.convert import comparison
from models.convert.__main__ import main
from models.convert.conversion import convert
from models.quantize import calibration
from models.quantize.graphs import quantize
from models.quantize.recipes import RECIPES, Activations, Recipe, Weights
from models.runtimes.vision_openvino import OpenVinoQwen3VL
from tests.models.tiny import TINY, lines, noise

SCREENS = Path(__file__).resolve().parents[1] / "screens"


def test_the_first_rule_that_fits_a_graph_decides() -> None:
    recipe = RECIPES["int4-ptq"]
    assert recipe.treatment("language") == Weights("int4_asym", 64)
    assert isinstance(recipe.treatment("encoder"), Activations)
    assert recipe.treatment("text_embeddings") == Weights("int8_sym")
    assert RECIPES["f32"].treatment("language") is None


def test_only_recipes_with_activations_need_pictures() -> None:
    assert {name for name, recipe in RECIPES.items() if recipe.needs_pictures} == {"int8-ptq", "int4-ptq"}


def test_the_validation_screens_cannot_calibrate(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        calibration.from_folder(SCREENS)
    assert caught.value.code == "conversion_refused"
    (tmp_path / "link").symlink_to(SCREENS)
    with pytest.raises(BadInput):
        calibration.from_folder(tmp_path / "link")


def test_pictures_are_spread_over_a_folder(tmp_path: Path) -> None:
    from PIL import Image

    for number in range(9):
        Image.new("RGB", (40, 40), (number, 0, 0)).save(tmp_path / f"{number}.png")
    taken = calibration.from_folder(tmp_path, 3)
    assert [int(frame.image[0, 0, 0]) for frame in taken] == [0, 3, 6]
    (tmp_path / "none").mkdir()
    with pytest.raises(BadInput):
        calibration.from_folder(tmp_path / "none")


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    return shutil.copytree(TINY, tmp_path / "exported", ignore=shutil.ignore_patterns("*.safetensors"))


def sizes(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in folder.glob("*.bin")}


def encoder_inputs(folder: Path) -> Iterable[dict[str, np.ndarray]]:
    from models.runtimes.qwen3vl_image import patches

    model = OpenVinoQwen3VL(folder, precision="f32")
    return [model.encoder_inputs(patches(noise(96, 64, seed), model.folder.rules)) for seed in range(4)]


def logits(folder: Path) -> np.ndarray:
    return OpenVinoQwen3VL(folder, precision="f32").look(noise(96, 64), lines(8)).logits


@pytest.mark.parametrize("mode", ["int8_asym", "int4_sym", "int4_asym"])
def test_weights_of_the_named_graph_shrink_and_others_stay(exported: Path, mode: str) -> None:
    pytest.importorskip("nncf", reason="quantizing needs the extra `convert`")
    before, exact = sizes(exported), logits(exported)
    told = quantize(exported, Recipe((("language", Weights(mode, None if mode[3] == "8" else 16)),), 0.0))
    after = sizes(exported)
    assert list(told) == ["language"]
    assert after["openvino_language_model.bin"] < 0.6 * before["openvino_language_model.bin"]
    assert {name for name in before if before[name] != after[name]} == {"openvino_language_model.bin"}
    assert not list(exported.glob("scratch_*"))
    off = np.abs(logits(exported) - exact).max() / exact.std()
    assert 0 < off < (0.2 if mode[3] == "8" else 2)


def test_activations_of_the_tower_are_quantized_and_the_answer_stays_near(exported: Path) -> None:
    pytest.importorskip("nncf", reason="quantizing needs the extra `convert`")
    exact = logits(exported)
    recipe = Recipe((("vision_embeddings_merger", Activations()),), 0.0)
    told = quantize(exported, recipe, lambda _graph: encoder_inputs(exported))
    assert "4 samples" in told["vision_embeddings_merger"]
    assert b"FakeQuantize" in (exported / "openvino_vision_embeddings_merger_model.xml").read_bytes()
    off = np.abs(logits(exported) - exact).max() / exact.std()
    assert 0 < off < 0.5


def test_ptq_without_pictures_is_refused_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("nncf", reason="quantizing needs the extra `convert`")
    monkeypatch.setattr(comparison, "SIZES", ((300, 200),))
    out = tmp_path / "out"
    (tmp_path / "empty").mkdir()
    arguments = [str(TINY), "--out", str(out), "--recipe", "int8-ptq", "--exported", str(TINY)]
    assert main([*arguments, "--calibration", str(tmp_path / "empty")]) == 2
    assert "no pictures" in capsys.readouterr().err
    with pytest.raises(Exception, match="needs calibration pictures"):
        convert(TINY, out, "int8-ptq", exported=TINY)
    assert not out.exists()
