"""`/v1/chat/completions`: OpenAI's shapes, and which picture, question and turns reach the model."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.ports import Turn
from tests.serve.client import Client, data_url, events, user
from tests.serve.standins import ScriptedModel, png

ASKED = "저장 버튼 어디 있어?"


def test_an_answer_has_openais_shape_and_our_evidence(client: Client) -> None:
    reply = client.chat(png(), ASKED)
    assert reply.status == 200
    body = reply.json
    assert body["object"] == "chat.completion"
    assert body["choices"][0]["message"] == {
        "role": "assistant",
        "content": "버튼은 저장입니다.",
        "refusal": None,
    }
    assert body["choices"][0]["finish_reason"] == "stop"
    assert body["usage"] == {"prompt_tokens": 321, "completion_tokens": 3, "total_tokens": 324}
    assert body["nunchi"]["evidence"] == [{"text": "저장", "box": [40, 60, 50, 24]}]
    assert body["nunchi"]["box"] == [40, 60, 50, 24]


def test_a_stream_ends_with_its_reason_then_usage_then_done(client: Client) -> None:
    reply = client.chat(png(), ASKED, stream=True, stream_options={"include_usage": True})
    assert reply.headers["content-type"].startswith("text/event-stream")
    told = events(reply.body)
    assert told[-1] == "[DONE]"
    assert told[0]["choices"][0]["delta"] == {"role": "assistant", "content": ""}
    assert told[-2]["choices"] == []
    assert told[-2]["usage"] == {"prompt_tokens": 321, "completion_tokens": 3, "total_tokens": 324}
    assert told[-3]["choices"][0]["finish_reason"] == "stop"
    said = "".join(one["choices"][0]["delta"].get("content", "") for one in told[:-2])
    assert said == client.chat(png(), ASKED).json["choices"][0]["message"]["content"]
    assert len({one["id"] for one in told[:-1]}) == 1


def test_an_answer_that_was_cut_counts_what_was_read_too(client: Client) -> None:
    body = client.chat(png(), ASKED, max_tokens=1).json
    assert body["choices"][0]["finish_reason"] == "length"
    assert body["usage"]["prompt_tokens"] == 321


def test_a_stream_says_nothing_of_usage_unless_asked(client: Client) -> None:
    assert all("usage" not in one for one in events(client.chat(png(), ASKED, stream=True).body)[:-1])


def test_turns_about_one_picture_are_told_to_the_model(client: Client, model: ScriptedModel) -> None:
    messages = [
        {"role": "system", "content": "You are a pirate."},
        user("뭐라고 써 있어?", png()),
        {"role": "assistant", "content": "저장이라고 써 있어요."},
        {"role": "user", "content": "그 옆은?"},
    ]
    assert client.post("/v1/chat/completions", {"messages": messages}).status == 200
    assert model.received == [("그 옆은?", (Turn("뭐라고 써 있어?", "저장이라고 써 있어요."),))]


def test_the_same_picture_sent_again_is_not_looked_at_again(client: Client, model: ScriptedModel) -> None:
    """AI Content Describer repeats the picture in every follow-up."""
    client.chat(png(), "뭐라고 써 있어?")
    again = [
        user("뭐라고 써 있어?", png()),
        {"role": "assistant", "content": "저장"},
        user("그 옆은?", png()),
    ]
    client.post("/v1/chat/completions", {"messages": again})
    assert len(model.looked) == 1
    assert model.received[1] == ("그 옆은?", (Turn("뭐라고 써 있어?", "저장"),))


def test_a_different_picture_replaces_the_earlier_one_and_its_turns(
    client: Client, model: ScriptedModel
) -> None:
    messages = [
        user("첫 그림은?", png(200)),
        {"role": "assistant", "content": "문서예요."},
        user("이 그림은?", png(300)),
    ]
    client.post("/v1/chat/completions", {"messages": messages})
    assert model.looked[-1].width == 300
    assert model.received == [("이 그림은?", ())]


def test_a_conversation_leaves_nothing_behind_for_the_next_client(
    client: Client, model: ScriptedModel
) -> None:
    client.chat(png(), "첫 질문이야?")
    client.chat(png(), "둘째 질문이야?")
    assert model.received[-1] == ("둘째 질문이야?", ())


def test_a_picture_without_words_asks_for_a_description(client: Client, model: ScriptedModel) -> None:
    message = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": data_url(png())}}]}
    assert client.post("/v1/chat/completions", {"messages": [message]}).status == 200
    assert model.received[-1][0] == "이 화면을 설명해 줘"


def test_an_english_prompt_for_a_description_is_asked_in_korean_of_the_bundled_model(
    client: Client, model: ScriptedModel
) -> None:
    client.chat(png(), "Describe this image succinctly, but in as much detail as possible.")
    assert model.received[-1][0] == "이 화면을 설명해 줘"


def test_most_tokens_cut_the_answer_and_say_so(client: Client, model: ScriptedModel) -> None:
    model.enqueue(*(f"단어{n} " for n in range(50)))
    choice = client.chat(png(), "읽어 줘?", max_tokens=5).json["choices"][0]
    assert choice["finish_reason"] == "length"
    assert "단어3" in choice["message"]["content"]
    assert "단어6" not in choice["message"]["content"]


@pytest.mark.parametrize("stream", [False, True])
def test_a_stop_text_ends_the_answer_even_when_it_comes_in_pieces(
    client: Client, model: ScriptedModel, stream: bool
) -> None:
    model.enqueue("하나 ", "둘", "끝", "났", "어요 ", "셋")
    reply = client.chat(png(), "읽어 줘?", stop=["끝났"], stream=stream)
    if stream:
        said = "".join(
            one["choices"][0]["delta"].get("content", "") for one in events(reply.body)[:-1] if one["choices"]
        )
    else:
        said = reply.json["choices"][0]["message"]["content"]
    assert said == "하나 둘"


def test_the_models_markup_stays_text(client: Client, model: ScriptedModel) -> None:
    """HTML, links, terminal codes and invented markers come out as harmless text or not at all (R26)."""
    model.enqueue("<b>굵게</b> [링크](http://x.test) \x1b[31m빨강 ", "<|im_end|><|image_pad|> \u202e뒤집기")
    said = client.chat(png(), "읽어 줘?").json["choices"][0]["message"]["content"]
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "<|" not in said


REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("no messages", {}, 400, "field_missing"),
    ("empty messages", {"messages": []}, 400, "field_out_of_range"),
    ("messages as text", {"messages": "hello"}, 400, "field_wrong"),
    ("no picture", {"messages": [{"role": "user", "content": "안녕?"}]}, 400, "no_picture"),
    ("answer last", {"messages": [user("a", png()), {"role": "assistant", "content": "b"}]}, 400, "question_missing"),
    ("tool role", {"messages": [{"role": "tool", "content": "x"}]}, 400, "role_refused"),
    ("tools", {"messages": [user("뭐야?", png())], "tools": [{"type": "function"}]}, 400, "field_unsupported"),
    ("json mode", {"messages": [user("뭐야?", png())], "response_format": {"type": "json_object"}}, 400,
     "field_unsupported"),
    ("two answers", {"messages": [user("뭐야?", png())], "n": 2}, 400, "field_out_of_range"),
    ("another model", {"messages": [user("뭐야?", png())], "model": "gpt-4o"}, 404, "model_not_here"),
    ("question of blanks and marks", {"messages": [user("?!", png())]}, 400, "question_empty"),
    ("a question without end", {"messages": [user("가" * 3000, png())]}, 400, "question_too_long"),
    ("audio part", {"messages": [{"role": "user", "content": [{"type": "input_audio", "input_audio": {}}]}]}, 400,
     "field_unsupported"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "status", "code"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_cannot_be_done_is_refused_with_a_code(
    client: Client, body: dict[str, Any], status: int, code: str
) -> None:
    reply = client.post("/v1/chat/completions", body)
    assert (reply.status, reply.code) == (status, code)
    assert reply.json["error"].keys() == {"message", "type", "param", "code"}


PICTURE_URLS = [
    "http://127.0.0.1:1/x.png", "https://example.com/x.png", "file:///etc/passwd", "/etc/passwd", "ftp://x/y.png",
    "data:text/html;base64,AAAA", "data:image/png,AAAA", "data:image/png;base64", "DATA:;base64,AAAA", "",
    "blob:https://x", "javascript:alert(1)", "\\\\server\\share\\x.png",
]  # fmt: skip


@pytest.mark.parametrize("url", PICTURE_URLS)
def test_pictures_are_never_fetched(client: Client, url: str) -> None:
    message = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]}
    reply = client.post("/v1/chat/completions", {"messages": [message]})
    assert (reply.status, reply.code) == (400, "picture_address_refused")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("data:image/png;base64,@@@@", "picture_data_broken"),
        ("data:image/png;base64,", "picture_data_broken"),
        ("data:image/png;base64,QUJD", "image_format"),
        (data_url(png()[:60]), "image_truncated"),
    ],
)
def test_bad_picture_data_is_the_clients_fault(client: Client, url: str, code: str) -> None:
    message = {"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]}
    reply = client.post("/v1/chat/completions", {"messages": [message]})
    assert reply.status == 400
    assert reply.code.startswith(code[:6])


def test_errors_speak_korean_unless_english_is_asked_for(client: Client) -> None:
    korean = client.post("/v1/chat/completions", {"messages": []}).json["error"]["message"]
    english = client.post("/v1/chat/completions", {"messages": []}, {"Accept-Language": "en-GB"}).json
    assert "범위" in korean
    assert "range" in english["error"]["message"]


def test_an_engine_that_fails_is_a_server_error_with_its_code(client: Client, model: ScriptedModel) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("canary-in-a-traceback")

    model.look = broken
    reply = client.chat(png(), ASKED)
    assert (reply.status, reply.code) == (500, "internal")
    assert b"canary" not in reply.body
