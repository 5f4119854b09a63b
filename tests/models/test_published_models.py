"""What HyperCLOVA X and Kanana, asked through their makers' code, have in common: consent first, tokens streamed, cancel."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from assistant.errors import BadInput, EngineFailed
from assistant.ports import Look, VisionModel
from models.catalogue import open_vision
from tests.models import published
from tests.models.tiny import lines, noise

pytest.importorskip("torch", reason="the reference engine needs the extra `torch`")
pytest.importorskip("transformers", reason="the reference engine needs the extra `torch`")

QUESTION = "총 금액이 얼마예요?"
FAMILIES = {
    "hyperclovax-seed-vision-3b": (published.hyperclovax, "apply_chat_template"),
    "kanana-1.5-v-3b": (published.kanana, "batch_encode_collate"),
}
"""who installs it, and what their processor is asked with"""


@pytest.fixture(params=FAMILIES)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def folder(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path / "data"))
    return FAMILIES[name][0](tmp_path / "data" / "models")


@pytest.fixture
def model(name: str, folder: Path) -> VisionModel:
    made = open_vision(name, "transformers")
    made.most_tokens = 12
    return made


def test_without_consent_it_does_not_open(name: str, folder: Path) -> None:
    published.install(folder, consent=False)
    with pytest.raises(BadInput) as caught:
        open_vision(name, "transformers")
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


def test_code_that_refuses_is_quoted(name: str, model: VisionModel) -> None:
    setattr(model.processor, FAMILIES[name][1], lambda *_, **__: 1 / 0)
    with pytest.raises(EngineFailed, match="division"):
        "".join(model.look(noise(96, 64), lines(1)).answer(QUESTION))
