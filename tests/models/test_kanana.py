"""Kanana is asked through its makers' processor and class: one picture's place, consent first, tokens streamed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assistant.errors import BadInput, EngineFailed
from assistant.frames import Box, ScreenText, TextLine
from assistant.ports import Look, Turn, VisionModel
from models.catalogue import open_vision
from tests.models.published import install, kanana
from tests.models.tiny import lines, noise

pytest.importorskip("torch", reason="the reference engine needs the extra `torch`")
pytest.importorskip("transformers", reason="the reference engine needs the extra `torch`")

QUESTION = "총 금액이 얼마예요?"
NAME = "kanana-1.5-v-3b"


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "models"


@pytest.fixture
def model(models: Path) -> VisionModel:
    kanana(models)
    made = open_vision(NAME, "transformers")
    made.most_tokens = 12
    return made


def test_without_consent_it_does_not_open(models: Path) -> None:
    install(kanana(models), consent=False)
    with pytest.raises(BadInput) as caught:
        open_vision(NAME, "transformers")
    assert caught.value.code == "code_not_allowed"


def test_an_answer_streams_and_is_the_same_again(model: VisionModel) -> None:
    look = model.look(noise(96, 64), lines(3))
    assert isinstance(model, VisionModel)
    assert isinstance(look, Look)
    first = "".join(look.answer(QUESTION))
    assert first
    assert 0 < look.last_answer.tokens <= 12
    assert look.last_answer.prompt_tokens > 20
    assert "".join(look.answer(QUESTION)) == first


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


def test_a_cancelled_answer_ends_and_leaves_no_thread(model: VisionModel) -> None:
    look = model.look(noise(96, 64), lines(3))
    whole, cancel, said = "".join(look.answer(QUESTION)), threading.Event(), []
    for piece in look.answer(QUESTION, cancel=cancel):
        said.append(piece)
        cancel.set()
    assert whole.startswith("".join(said))
    assert not [t for t in threading.enumerate() if t.name == "transformers-generate"]
    model.close()
    with pytest.raises(EngineFailed):
        model.look(noise(96, 64), lines(1))


def test_code_that_refuses_is_quoted(model: VisionModel) -> None:
    model.processor.batch_encode_collate = lambda *_, **__: 1 / 0
    with pytest.raises(EngineFailed, match="division"):
        "".join(model.look(noise(96, 64), lines(1)).answer(QUESTION))
