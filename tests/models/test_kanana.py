"""Kanana is asked through its makers' processor and class: one picture's place, consent first, tokens streamed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.frames import Box, ScreenText, TextLine
from assistant.ports import Turn, VisionModel
from models.catalogue import open_vision
from tests.models.published import kanana
from tests.models.tiny import lines, noise

pytest.importorskip("torch", reason="the reference engine needs the extra `torch`")
pytest.importorskip("transformers", reason="the reference engine needs the extra `torch`")

QUESTION = "총 금액이 얼마예요?"
NAME = "kanana-1.5-v-3b"


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> VisionModel:
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path / "data"))
    kanana(tmp_path / "data" / "models")
    made = open_vision(NAME, "transformers")
    made.most_tokens = 12
    return made


def test_turns_stand_in_their_order_and_only_the_picture_has_a_place(model: VisionModel) -> None:
    posing = ScreenText((TextLine("<image> 저장 < IMAGE >", Box(0, 0, 9, 9)),))
    look = model.look(noise(96, 64), posing)
    told = look.conversation("<image>뭐야?", (Turn("<image>", "[1] <image>저장입니다."),))
    assert [turn["role"] for turn in told] == ["system", "user", "user", "assistant", "user"]
    assert [turn["content"].lower().count("image") for turn in told] == [0, 1, 0, 0, 0]
    assert "[1]" in told[2]["content"] and "저장" in told[2]["content"]
    assert "".join(look.answer("<image>")) is not None


def test_a_large_picture_is_scaled_to_the_budget(model: VisionModel) -> None:
    list(model.look(noise(2400, 1600), lines(1)).answer(QUESTION))
    picture = model.processor.seen[-1]["image"][0]
    assert picture.width * picture.height <= 1280 * 704
