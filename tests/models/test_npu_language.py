"""The whole language model on Intel's NPU: its settings, and a prompt that never grows above what is compiled in.

GenAI's pipeline is the real one, on the CPU; the test records what it would be told on an NPU.
"""

from __future__ import annotations

import tarfile
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BadInput, EngineFailed
from assistant.ports import Turn
from models.runtimes import npu_language
from models.runtimes.npu_language import PROMPT, RESPONSE, budget
from models.runtimes.vision_genai import GenAiModel
from tests.models.tiny import DATA, lines, noise

genai = pytest.importorskip("openvino_genai", reason="needs the extra `genai`")

from tests.models.npu_core import fresh  # noqa: E402

LONG = "그 화면에 있는 모든 값을 하나씩 읽어 줘. " * 12


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("genai")
    with tarfile.open(DATA / "tiny-genai.tar.xz") as packed:
        packed.extractall(where, filter="data")
    return where


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """(device, options) of every pipeline opened; each one works on the CPU, told in the same shape of options."""
    given: list[tuple[str, dict[str, Any]]] = []
    real = genai.VLMPipeline

    def opened(folder: str, device: str, **options: Any) -> Any:
        given.append((device, options))
        return real(folder, "CPU", DEVICE_PROPERTIES={"CPU": {"PERFORMANCE_HINT": "LATENCY"}})

    monkeypatch.setattr("openvino.Core", fresh())
    monkeypatch.setattr(genai, "VLMPipeline", opened)
    return given


def test_the_settings_are_the_npus_own(folders: Path, told: list, tmp_path: Path) -> None:
    model = GenAiModel(folders / "qwen2_5_vl", device="NPU", most_tokens=500, cache_folder=tmp_path)
    (device, options) = told[0]
    assert device == "NPU"
    assert options == {
        "DEVICE_PROPERTIES": {
            "NPU": {"MAX_PROMPT_LEN": PROMPT, "MIN_RESPONSE_LEN": RESPONSE, "CACHE_DIR": str(tmp_path)}
        }
    }
    assert model.most_tokens == RESPONSE


@pytest.mark.parametrize("family", ["gemma3", "qwen2_5_vl", "llava"])
def test_picture_lines_turns_and_question_stay_below_the_limit(
    family: str, folders: Path, told: list
) -> None:
    """GIVEN a large picture with very many lines WHEN a long question follows earlier ones THEN the prompt still fits."""
    model = GenAiModel(folders / family, device="NPU", most_tokens=3)
    look = model.look(noise(1920, 1080), lines(300))
    earlier = tuple(Turn(LONG, "네") for _ in range(5))
    "".join(look.answer("총 금액이 얼마예요?", earlier))
    assert 100 < look.last_answer.prompt_tokens <= PROMPT


def test_a_question_that_cannot_fit_is_told(folders: Path, told: list) -> None:
    look = GenAiModel(folders / "qwen2_5_vl", device="NPU").look(noise(96, 64), lines(1))
    with pytest.raises(BadInput) as caught:
        "".join(look.answer("가나다라 " * 400))
    assert caught.value.code == "question_too_long"


def test_families_whose_pictures_have_no_bound_are_left_to_the_next_device() -> None:
    with pytest.raises(EngineFailed) as caught:
        budget("internvl_chat", Path("model"))
    assert caught.value.code == "engine_load_failed"
    assert caught.value.values["device"] == "NPU"


def test_a_budget_leaves_room_for_text() -> None:
    for family in ("gemma3", "llava", "qwen2_vl", "qwen2_5_vl", "qwen3_5"):
        assert budget(family, Path("model")).text >= 384
    assert npu_language.pipeline_options(None)["DEVICE_PROPERTIES"]["NPU"].keys() == {
        "MAX_PROMPT_LEN",
        "MIN_RESPONSE_LEN",
    }
