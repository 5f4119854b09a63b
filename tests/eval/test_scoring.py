"""The scoring rules, as cases: what counts as right, and what only looks like it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import BadInput
from assistant.frames import Box, ScreenText, TextLine
from models.eval import baselines
from models.eval.report import judged, summary, table, wilson
from models.eval.runner import load_set
from models.eval.scoring import Given, Item, contains, is_right


def item(kind: str, *answers: str, **more: object) -> Item:
    return Item(id="q", image="a.png", question="질문", kind=kind, answers=answers, **more)


@pytest.mark.parametrize(
    ("answer", "accepted", "right"),
    [
        ("1,250만 원입니다.", "1,250만원", True),
        ("1250만 원", "1,250만원", True),
        ("합계는 3개입니다", "3개", True),
        ("13개입니다", "3개", False),
        ("30개", "3", False),
        ("파일(F)입니다.", "파일", True),
        (
            "파일 편집 보기 삽입 서식 표 양식 도구 창 도움말 저장 열기 인쇄 다른 이름으로 닫기 끝내기",
            "저장",
            False,
        ),
        ("Desktop", "desktop", True),
        ("", "저장", False),
    ],
)
def test_an_accepted_answer_stands_in_what_was_said(answer: str, accepted: str, right: bool) -> None:
    assert contains(answer, accepted) is right


@pytest.mark.parametrize(
    ("said", "accepted", "right"),
    [
        ("네, 있습니다.", "네", True),
        ("아니요, 보이지 않습니다.", "아니요", True),
        ("네, 있습니다.", "아니요", False),
        ("없습니다", "아니요", True),
        ("저장", "네", False),
    ],
)
def test_is_there_questions_are_judged_by_yes_and_no(said: str, accepted: str, right: bool) -> None:
    assert is_right(item("exists", accepted), Given(said)) is right


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ("3개입니다.", True),
        ("세 개입니다", True),
        ("13개입니다", False),
        ("네, 있습니다", False),
        ("3", True),
    ],
)
def test_counts_are_judged_as_numbers(said: str, right: bool) -> None:
    assert is_right(item("count", "3개", "세 개"), Given(said)) is right


def test_where_is_judged_by_the_centre_of_the_box() -> None:
    where = item("where", "오른쪽 위", box=Box(100, 100, 50, 20))
    assert is_right(where, Given("여기예요", box=Box(110, 102, 30, 16)))
    assert not is_right(where, Given("오른쪽 위", box=Box(0, 0, 1000, 1000)))
    assert not is_right(where, Given("오른쪽 위"))


def test_abstaining_is_right_only_when_the_thing_is_absent() -> None:
    gone = Given("화면에서 찾을 수 없어요.", abstained=True)
    assert is_right(item("absent", "<abstain>"), gone)
    assert not is_right(item("read", "찾을 수 없어요"), gone)
    assert not is_right(item("absent", "<abstain>"), Given("저장입니다."))


def test_a_description_needs_its_keywords_and_must_not_be_a_dump() -> None:
    wanted = item("describe", keywords=("계산기", "숫자", "버튼"), need=2)
    assert is_right(wanted, Given("계산기 창에 버튼이 있습니다."))
    assert not is_right(wanted, Given("버튼이 있습니다."))
    assert not is_right(wanted, Given("계산기 숫자 버튼 " * 40))


def test_forbidden_words_make_an_answer_wrong() -> None:
    assert not is_right(item("read", "저장", forbidden=("취소",)), Given("저장 취소"))


def test_the_nearest_line_baseline_answers_with_a_line_and_its_box() -> None:
    text = ScreenText((TextLine("취소", Box(0, 0, 9, 9)), TextLine("다른 이름으로 저장", Box(5, 5, 9, 9))))
    asked = Item(id="1", image="", question="다른 이름으로 저장 버튼 어디 있어?", kind="where")
    assert baselines.ocr_nearest([])(asked, text).box == Box(5, 5, 9, 9)


def test_the_table_shows_every_kind_and_the_overall_share() -> None:
    items = [item("read", "저장"), item("exists", "네"), item("absent")]
    outcomes = judged(items, [Given("저장입니다"), Given("아니요"), Given("없어요", abstained=True)])
    shown = summary(outcomes)
    assert shown["accuracy"] == pytest.approx(2 / 3)
    printed = table({"ours": shown})
    assert "read" in printed and "100.0 %" in printed and "66.7 %" in printed


def test_the_interval_is_wilsons() -> None:
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) == (0.0, 1.0)


def test_one_part_of_a_set_can_be_asked_alone(tmp_path: Path) -> None:
    rows = [
        {"id": "one", "image": "x.png", "question": "?", "type": "read", "answers": ["가"]},
        {"id": "two", "image": "x.png", "question": "?", "type": "read", "answers": ["나"], "set": "b"},
    ]
    (tmp_path / "questions.jsonl").write_text(
        "".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8"
    )
    assert [item.id for item in load_set(tmp_path / "questions.jsonl")] == ["one", "two"]
    assert [item.id for item in load_set(tmp_path / "questions.jsonl:b")] == ["two"]
    with pytest.raises(BadInput):
        load_set(tmp_path / "questions.jsonl:c")
