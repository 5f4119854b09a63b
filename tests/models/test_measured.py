"""What a model was measured to cost here: numbers only, medians, and what `models list` makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.events import Answer, Timings
from desktop.command.main import main
from models.machine import Machine, peak_memory_bytes
from models.measured import FILE, KEPT, measured, note
from models.offers import offer, suits

GIB = 1 << 30


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def answer(
    first: float = 100.0, speed: float = 20.0, model: str = "nunchi-mini", device: str = "CPU"
) -> Answer:
    timings = Timings(encode_ms=30.0, prefill_ms=20.0, first_token_ms=first, tokens=9, tokens_per_s=speed)
    return Answer(
        text="비밀 대답",
        raw="비밀 대답",
        question="비밀 질문",
        model=model,
        engine="openvino",
        device=device,
        timings=timings,
    )


def test_nothing_is_known_of_a_model_that_was_not_tried(data: Path) -> None:
    assert measured("nunchi-mini") is None


def test_medians_over_the_last_runs_are_told(data: Path) -> None:
    for first in (9000.0, 100.0, 120.0, 110.0, 130.0, 115.0):
        note(answer(first))
    run = measured("nunchi-mini")
    assert (run.look_ms, run.first_token_ms, run.tokens_per_s) == (50.0, 115.0, 20.0)
    assert len(json.loads((data / FILE).read_text())["nunchi-mini"]) == KEPT
    assert 10 << 20 < run.memory <= peak_memory_bytes()


def test_another_device_starts_afresh_and_an_answer_of_one_token_has_no_speed(data: Path) -> None:
    note(answer(100.0))
    note(answer(40.0, device="GPU"))
    note(answer(50.0, speed=0.0, device="GPU"))
    run = measured("nunchi-mini")
    assert (run.device, run.first_token_ms, run.tokens_per_s) == ("GPU", 45.0, 20.0)


def test_no_word_of_question_or_answer_is_kept(data: Path) -> None:
    note(answer())
    assert "비밀" not in (data / FILE).read_text() and "\\u" not in (data / FILE).read_text()


@pytest.mark.parametrize(
    "broken", ["", "[]", "{", '{"nunchi-mini": 3}', '{"nunchi-mini": [{"x": 1}]}', "[" * 5000]
)
def test_a_broken_file_is_no_measurement_and_is_replaced(data: Path, broken: str) -> None:
    data.mkdir()
    (data / FILE).write_text(broken)
    assert measured("nunchi-mini") is None
    note(answer())
    assert measured("nunchi-mini") is not None


def test_a_folder_that_cannot_be_written_is_no_error(data: Path) -> None:
    data.write_text("a file where the folder should be")
    note(answer())
    assert measured("nunchi-mini") is None


def test_measured_memory_decides_whether_a_model_suits() -> None:
    machine = Machine(8 * GIB, 500 * GIB, ("CPU",), "Linux", "x64")
    assert suits(offer("internvl3-1b"), machine).fits is None
    assert suits(offer("internvl3-1b"), machine, tried=2 * GIB).fits is True
    assert suits(offer("internvl3-1b"), machine, tried=7 * GIB).fits is False
    assert suits(offer("qwen3-vl-4b"), machine).fits is False
    assert suits(offer("qwen3-vl-4b"), machine, tried=5 * GIB).fits is True


def test_the_list_tells_eojeol_per_second_after_a_run(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list", "--json"]) == 0
    before = {entry["name"]: entry for entry in json.loads(capsys.readouterr().out)["installed"]}[
        "nunchi-mini"
    ]
    assert (before["measured"], before["eojeol_per_s"]) == (None, None)
    note(answer(speed=38.0))
    assert main(["models", "list", "--json"]) == 0
    after = {entry["name"]: entry for entry in json.loads(capsys.readouterr().out)["installed"]}[
        "nunchi-mini"
    ]
    assert after["eojeol_per_s"] == pytest.approx(38.0 / after["tokens_per_eojeol"], abs=0.01)
    assert main(["models", "list"]) == 0
    assert "어절" in capsys.readouterr().out


def test_the_list_tells_which_servers_run_here(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from models.runtimes.http_models import ListedModel
    from models.runtimes.http_presets import PRESETS, Found

    ollama = next(preset for preset in PRESETS if preset.name == "Ollama")
    there = [
        Found(ollama, "http://127.0.0.1:11434/v1", (ListedModel("qwen3-vl:2b", "library"),)),
        Found(PRESETS[0], "u", locked=True),
    ]
    monkeypatch.setattr("models.runtimes.http_presets.detect", lambda: there)
    assert main(["models", "list", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["servers"]
    assert told[0] == {
        "name": "Ollama",
        "url": "http://127.0.0.1:11434/v1",
        "models": ["qwen3-vl:2b"],
        "locked": False,
        "note": "",
    }
    assert main(["models", "list"]) == 0
    shown = capsys.readouterr().out
    assert "http://127.0.0.1:11434/v1  ·  qwen3-vl:2b" in shown
    assert "NUNCHI_SERVER_KEY" in shown
