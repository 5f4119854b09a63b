"""The core's values survive the way through JSON, and nothing else gets through."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadInput, DeviceFailed, EngineFailed, ModelMissing, NunchiError, Stopped
from assistant.frames import Box, ScreenText, Segment, TextLine, Transcript
from assistant.ports import AnswerTimings, LookTimings, Turn
from models.engine_process import values
from models.engine_process.wire import BadMessage


def through(told: object) -> object:
    return json.loads(json.dumps(told))


def test_screen_text_comes_as_it_went() -> None:
    lines = (
        TextLine("저장", Box(1, 2, 30, 12), 0.75, "button", "disabled", "blue", "white"),
        TextLine("나가기", Box(-4, 2, 30, 12)),
    )
    text = ScreenText(lines, 12.5, "merged")
    assert values.screen_text(through(values.screen_text_told(text))) == text


def test_a_transcript_comes_as_it_went() -> None:
    heard = Transcript("안녕", (Segment(0.0, 1.5, "안녕", 0.5),), 3.0)
    assert values.transcript(through(values.transcript_told(heard))) == heard


def test_turns_and_timings_come_as_they_went() -> None:
    turns = (Turn("이거 뭐야?", "<|n1|>입니다."),)
    assert values.turns(through(values.turns_told(turns))) == turns
    timings = AnswerTimings(1.5, 7, 90.25, 800)
    assert values.answer_timings(through(values.answer_timings_told(timings))) == timings
    look = LookTimings(1.5, 2.5, 880, 440, 1300)
    assert values.look_timings(through(values.look_timings_told(look))) == look


@pytest.mark.parametrize("kind", [BadInput, ModelMissing, DeviceFailed, EngineFailed])
def test_errors_keep_their_kind_code_and_values(kind: type[NunchiError]) -> None:
    error = kind("engine_failed", engine="openvino", reason="x" * 5_000, many=3, path=pytest)
    told = values.error(through(values.error_told(error)))
    assert type(told) is kind and told.code == "engine_failed" and told.exit_status == error.exit_status
    assert told.values["many"] == 3 and len(told.values["reason"]) == 2_000


def test_stopped_stays_stopped() -> None:
    assert isinstance(values.error(through(values.error_told(Stopped()))), Stopped)


ANYTHING = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(ANYTHING)
@pytest.mark.parametrize(
    "read",
    [
        values.screen_text,
        values.transcript,
        values.look_timings,
        values.answer_timings,
        values.error,
        values.box,
    ],
)
def test_nonsense_is_refused_as_such(read, told: object) -> None:
    try:
        read(told)
    except BadMessage:
        return


@pytest.mark.parametrize(
    "told",
    [
        {"lines": [["가", [0, 0, 1], 1.0, None, None, None, None]], "ms": 0, "source": "ocr"},
        {"lines": [["가", [0, 0, 1, 10**9], 1.0, None, None, None, None]], "ms": 0, "source": "ocr"},
        {"lines": [["가" * 30_000, [0, 0, 1, 1], 1.0, None, None, None, None]], "ms": 0, "source": "ocr"},
        {"lines": [["가", [0, 0, 1, 1], 1.0, None, None, None, None]] * 5_000, "ms": 0, "source": "ocr"},
        {"lines": [], "ms": True, "source": "ocr"},
    ],
    ids=["a short box", "a huge box", "a long line", "too many lines", "a flag for a number"],
)
def test_screen_text_beyond_all_measure_is_refused(told: dict) -> None:
    with pytest.raises(BadMessage):
        values.screen_text(told)
