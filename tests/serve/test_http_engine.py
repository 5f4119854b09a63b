"""The HTTP engine against our own server: one laptop's Nunchi asking another's."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.ask import Ports, Question, ask
from assistant.errors import EngineFailed
from assistant.events import Finished
from assistant.frames import Box, Frame, ScreenText, TextLine
from assistant.ports import Turn
from models.catalogue import open_vision
from models.runtimes.vision_http import HttpVisionModel
from tests.serve.conftest import serving
from tests.serve.standins import FixedReader, ScriptedModel, until

FRAME = Frame(np.full((100, 200, 3), 230, np.uint8))
MANY = ScreenText(tuple(TextLine(f"{n}번째 줄의 아주 긴 글자들입니다", Box(0, n, 9, 9)) for n in range(200)))


@pytest.fixture
def engine(server: Any) -> HttpVisionModel:
    return HttpVisionModel(f"{server.url}/v1", api_key=server.token.current())


def test_it_lists_looks_and_answers(engine: HttpVisionModel, model: ScriptedModel) -> None:
    assert engine.name == "nunchi-mini"
    assert engine.healthy()
    look = engine.look(FRAME, FixedReader().read(FRAME))
    assert "".join(look.answer("저장 어디 있어?")) == "버튼은 저장입니다."
    assert look.last_answer.tokens == 3


def test_a_servers_address_stands_where_a_models_name_does(
    server: Any, model: ScriptedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUNCHI_SERVER_KEY", server.token.current())
    opened = open_vision(f"{server.url}/v1#nunchi-mini")
    assert (opened.engine, opened.name) == ("http", "nunchi-mini")
    assert "".join(opened.look(FRAME, ScreenText()).answer("저장 어디 있어?")) == "버튼은 저장입니다."
    monkeypatch.delenv("NUNCHI_SERVER_KEY")
    with pytest.raises(EngineFailed):
        open_vision(f"{server.url}/v1")


def test_the_lines_of_the_asking_side_do_not_reach_the_model_as_a_question(
    engine: HttpVisionModel, model: ScriptedModel
) -> None:
    """200 lines would be far more than one question may be; the serving side reads the picture itself."""
    look = engine.look(FRAME, MANY)
    list(look.answer("그 옆은?", earlier=(Turn("몇 줄이야?", "200줄이에요."),)))
    assert model.received == [("그 옆은?", (Turn("몇 줄이야?", "200줄이에요."),))]


def test_a_whole_run_of_the_core_goes_through_both(engine: HttpVisionModel) -> None:
    events = list(ask(Question(FRAME, "저장 어디 있어?"), Ports(engine, FixedReader())))
    finished = events[-1]
    assert isinstance(finished, Finished)
    assert finished.answer.text == "버튼은 저장입니다."
    assert finished.answer.engine == "http"


def test_cancel_on_one_side_stops_the_model_on_the_other(
    engine: HttpVisionModel, model: ScriptedModel
) -> None:
    model.hold = True
    cancel = threading.Event()
    pieces = engine.look(FRAME, ScreenText()).answer("뭐야?", cancel=cancel)
    assert next(pieces) == "버튼은"
    cancel.set()
    assert list(pieces) == []
    assert model.cancelled.wait(2)


def test_a_wrong_key_is_refused_in_words(server: Any) -> None:
    with pytest.raises(EngineFailed) as raised:
        HttpVisionModel(f"{server.url}/v1", api_key="nunchi-wrong")
    assert raised.value.code == "server_refused"
    assert "API 키" in str(raised.value.values["reason"])


def test_a_full_line_is_a_busy_server(engine: HttpVisionModel, server: Any, model: ScriptedModel) -> None:
    model.hold = True
    look = engine.look(FRAME, ScreenText())
    asking = [threading.Thread(target=lambda: list(look.answer("뭐야?"))) for _ in range(5)]
    for one in asking:
        one.start()
    until(lambda: server.office.turnstile.standing == 4)
    with pytest.raises(EngineFailed) as raised:
        list(engine.look(FRAME, ScreenText()).answer("나도?"))
    assert raised.value.code == "server_busy"
    model.hold = False
    model.release.set()
    for one in asking:
        one.join(10)


def test_two_servers_answer_for_themselves(tmp_path: Path) -> None:
    first, second = ScriptedModel(name="first"), ScriptedModel(name="second")
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
    with serving(tmp_path / "a", first) as one, serving(tmp_path / "b", second) as two:
        engines = [HttpVisionModel(f"{s.url}/v1", api_key=s.token.current()) for s in (one, two)]
        assert [engine.name for engine in engines] == ["first", "second"]
        for engine in engines:
            list(engine.look(FRAME, ScreenText()).answer("뭐야?"))
        with pytest.raises(EngineFailed):
            HttpVisionModel(f"{one.url}/v1", api_key=two.token.current())
    assert len(first.received) == len(second.received) == 1
