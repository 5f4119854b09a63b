"""`/v1/screen/read|find|describe`: the command line's JSON over HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.frames import Box, Frame, ScreenText
from assistant.ports import Cancel
from tests.serve.client import Client, data_url
from tests.serve.conftest import serving
from tests.serve.standins import ScriptedLook, ScriptedModel, png

BOTH = ["json", "bytes"]


def ask(client: Client, verb: str, form: str, picture: bytes, what: str | None = None):
    if form == "json":
        value = {"image": data_url(picture)} | ({"what": what} if what is not None else {})
        return client.post(f"/v1/screen/{verb}", value)
    query = f"?what={_quoted(what)}" if what is not None else ""
    return client.request("POST", f"/v1/screen/{verb}{query}", picture, {"Content-Type": "image/png"})


@pytest.mark.parametrize("form", BOTH)
def test_reading_gives_the_lines_with_role_and_state_where_known(client: Client, form: str) -> None:
    reply = ask(client, "read", form, png())
    assert reply.status == 200
    assert reply.json == {
        "lines": [
            {"text": "저장하지 않은 문서", "box": [10, 10, 180, 20], "score": 0.98},
            {"text": "저장", "box": [40, 60, 50, 24], "score": 0.97, "role": "button"},
            {"text": "취소", "box": [110, 60, 50, 24], "score": 0.96, "role": "button", "state": "focused"},
        ],
        "timings": {"screen_text_ms": 12.5},
    }


@pytest.mark.parametrize("form", BOTH)
def test_finding_gives_boxes(client: Client, model: ScriptedModel, form: str) -> None:
    reply = ask(client, "find", form, png(), "저장 버튼")
    assert reply.json == {"boxes": [[40, 60, 50, 24]]}
    assert model.received[-1][0] == "저장 버튼 어디 있어?"


def test_what_is_not_there_has_no_boxes(client: Client, model: ScriptedModel) -> None:
    model.enqueue("화면에서 찾을 수 없어요.")
    assert ask(client, "find", "json", png(), "인쇄").json == {"boxes": []}


class PointingLook(ScriptedLook):
    def find(self, what: str) -> tuple[Box, ...]:
        return (Box(1, 2, 30, 40),) if what == "button" else ()


class PointingModel(ScriptedModel):
    points = True

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> PointingLook:
        assert screen_text.source == "none"
        return PointingLook(self)


def test_a_model_that_points_gives_its_own_boxes(tmp_path: Path) -> None:
    with serving(tmp_path, PointingModel()) as served:
        client = Client(served.port, served.token.current())
        assert ask(client, "find", "json", png(), "button").json == {"boxes": [[1, 2, 30, 40]]}
        assert ask(client, "find", "bytes", png(), "cat").json == {"boxes": []}
        assert ask(client, "find", "bytes", b"GIF89a but no more", "cat").status == 400


@pytest.mark.parametrize("form", BOTH)
def test_describing_gives_the_object_of_ask(client: Client, model: ScriptedModel, form: str) -> None:
    model.enqueue("저장할지 묻는 ", "창이에요. ", "<|n2|>과 <|n3|> 버튼이 있어요.")
    told = ask(client, "describe", form, png()).json
    assert told["answer"] == "저장할지 묻는 창이에요. 저장과 취소 버튼이 있어요."
    assert [line["text"] for line in told["evidence"]] == ["저장", "취소"]
    assert told["model"] == "nunchi-mini"


@pytest.mark.parametrize("verb", ["read", "find", "describe"])
def test_a_picture_is_needed(client: Client, verb: str) -> None:
    reply = client.post(f"/v1/screen/{verb}", {"what": "저장"})
    assert (reply.status, reply.code) == (400, "no_picture")
    assert ask(client, verb, "bytes", b"", "저장").code == "no_picture"


@pytest.mark.parametrize("verb", ["read", "find", "describe"])
def test_a_picture_that_is_none_is_the_clients_fault(client: Client, verb: str) -> None:
    reply = ask(client, verb, "bytes", b"GIF89a but no more", "저장")
    assert reply.status == 400
    assert reply.code.startswith("image_")


def test_finding_needs_to_know_what(client: Client) -> None:
    assert ask(client, "find", "json", png()).code == "field_missing"
    assert ask(client, "find", "json", png(), "   ").code == "field_missing"
    assert ask(client, "find", "bytes", png(), "가" * 501).code == "text_too_long"


def test_a_mislabelled_picture_is_told_by_its_bytes(client: Client) -> None:
    """AI Content Describer calls every picture image/jpeg."""
    assert client.post("/v1/screen/read", {"image": data_url(png(), "jpeg")}).status == 200


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text)
