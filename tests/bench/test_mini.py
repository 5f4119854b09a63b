"""The bench counts what it says it counts. How fast anything is, no test asks."""

from __future__ import annotations

import json

import numpy as np
import pytest

from assistant.errors import EngineFailed
from models.bench import memory, mini
from models.bench.asking import Round, Task, asker, one_round
from models.bench.mini import drawn, figures, main, ratios
from tests.fakes import FakeModel
from tests.models.tiny import TINY


def told(look: float, firsts: tuple[float, ...] = (10.0,), tokens: int = 10, seconds: float = 0.1) -> Round:
    return Round(
        look / 2, look / 2, look, look / 500, firsts, tokens, seconds, 100_000_000, 200_000_000, ("답",)
    )


def test_medians_and_the_worst() -> None:
    found = figures([told(10, (5, 50)), told(30, (6, 7)), told(20, (8, 9), tokens=30, seconds=0.1)])
    assert found["look_ms"] == 20
    assert found["first_token_ms"] == 7.5
    assert found["first_token_worst_ms"] == 50
    assert found["tokens_per_s"] == pytest.approx(50 / 0.3)
    assert (found["resident_mb"], found["peak_mb"]) == (100, 200)


def test_ratios_are_taken_round_by_round() -> None:
    """A slow minute in the third round hits both models and leaves the ratio alone."""
    first, second = [told(10), told(10), told(400)], [told(20), told(20), told(800)]
    assert ratios(second, first)["look_ms"] == 2
    assert ratios(first, first)["ms_per_token"] == 1


def test_answers_without_tokens_have_no_speed() -> None:
    found = figures([told(10, tokens=0, seconds=0.0)])
    assert found["tokens_per_s"] is None
    assert ratios([told(10, tokens=0)], [told(10)])["ms_per_token"] is None


def test_a_round_looks_once_and_asks_everything() -> None:
    model = FakeModel()
    model.say("저", "장")
    model.say("없어요")
    frame, text = drawn(640, 360, 12)
    made = one_round(model, frame, text, ("하나?", "둘?"))
    assert (len(model.looks), len(model.asked)) == (1, 2)
    assert made.answers == ("저장", "없어요")
    assert made.first_token_ms == (5.0, 5.0)
    assert made.tokens == 3
    assert made.token_seconds == pytest.approx(0.03)
    assert model.looks[0].closed


def test_the_drawn_screen_has_its_lines_inside() -> None:
    frame, text = drawn(1920, 1080, 150)
    assert len(text.lines) == 150
    assert len({line.box for line in text.lines}) == 150
    assert all(line.box.right <= 1920 and line.box.bottom <= 1080 for line in text.lines)
    assert np.array_equal(frame.image, drawn(1920, 1080, 150)[0].image)


def test_memory_is_of_this_process() -> None:
    if memory.resident() is None:
        pytest.skip("this system does not say")
    before = memory.resident()
    held = np.ones(40_000_000, np.uint8)
    assert memory.resident() - before > 30_000_000
    assert memory.peak() >= memory.resident() - 1_000_000
    assert held.any()


def test_the_command_measures_a_real_model_in_its_own_process(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("openvino", reason="the OpenVINO engine needs openvino")
    assert main([str(TINY), "--rounds", "1", "--lines", "5", "--engine", "openvino", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["models"][str(TINY)]
    assert found["encode_ms"] > 0
    assert found["prefill_ms"] > 0
    assert found["first_token_ms"] > 0
    assert found["tokens"] > 0
    assert len(found["answers"]) == len(mini.QUESTIONS)
    assert found["ratios"]["look_ms"] == 1
    assert found["tokens_per_eojeol"] > 1
    shown = mini.table(
        {
            "machine": {"system": "x", "cores": 2},
            "screen": {"size": [1, 2], "lines": 5},
            "rounds": 1,
            "models": {"a": found, "b": found},
        }
    )
    assert "(1.00)" in shown


def test_a_model_that_cannot_be_opened_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such-model", "--rounds", "1"]) != 0
    assert "model_unknown" in capsys.readouterr().err


def test_a_process_that_fails_says_why() -> None:
    frame, text = drawn(64, 64, 1)
    task = Task("no-such-model", None, "CPU", frame, text, ("?",))
    with asker(task) as asked, pytest.raises(EngineFailed) as caught:
        asked.round()
    assert "model_unknown" in str(caught.value.values["reason"])
