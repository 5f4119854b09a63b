"""The JSON fields other programs build on."""

from __future__ import annotations

import json

from assistant.errors import BadInput
from assistant.events import Answer, Evidence, Failed, Timings
from assistant.frames import Box, ScreenText, TextLine
from assistant.results import answer_json, error_json, screen_text_json

ANSWER = Answer(
    text="저장 버튼은 아래에 있어요.",
    question="저장 버튼 어디 있어?",
    heard="저장 버튼 어디 있어?",
    box=Box(1, 2, 3, 4),
    evidence=(Evidence("저장", Box(1, 2, 3, 4)),),
    model="nunchi-mini",
    engine="openvino",
    device="CPU",
    raw="<|n3|> 버튼은 아래에 있어요.",
    timings=Timings(total_ms=12.3456, tokens=7),
)


def test_an_answer_has_the_fields_of_the_design():
    shown = json.loads(json.dumps(answer_json(ANSWER), ensure_ascii=False))
    assert list(shown) == [
        "answer", "question", "heard", "box", "evidence", "model", "engine", "device", "abstained", "timings",
    ]  # fmt: skip
    assert list(shown["timings"]) == [
        "capture_ms", "screen_text_ms", "encode_ms", "prefill_ms", "endpoint_ms", "transcribe_ms", "first_token_ms",
        "total_ms", "tokens", "tokens_per_s",
    ]  # fmt: skip
    assert shown["box"] == [1, 2, 3, 4]
    assert shown["evidence"] == [{"text": "저장", "box": [1, 2, 3, 4]}]
    assert (shown["timings"]["total_ms"], shown["timings"]["tokens"]) == (12.3, 7)
    assert shown["timings"]["encode_ms"] is None
    assert "<|n3|>" not in json.dumps(shown)


def test_no_box_is_null():
    assert answer_json(Answer("네", "보여?"))["box"] is None


def test_screen_text_names_role_and_state_only_where_known():
    text = ScreenText(
        (TextLine("저장", Box(1, 2, 3, 4), 0.98765, role="button"), TextLine("이름", Box(0, 0, 9, 9))), 12.34
    )
    assert screen_text_json(text) == {
        "lines": [
            {"text": "저장", "box": [1, 2, 3, 4], "score": 0.9877, "role": "button"},
            {"text": "이름", "box": [0, 0, 9, 9], "score": 1.0},
        ],
        "timings": {"screen_text_ms": 12.3},
    }


def test_errors_and_failed_runs_look_alike():
    error = BadInput("image_missing", name="a.png")
    failed = Failed(1, "image_missing", {"name": "a.png"}, 2)
    assert error_json(error) == error_json(failed)
    assert error_json(error, "en") == {
        "code": "image_missing",
        "message": "There is no such picture file: a.png. Check the path.",
    }
