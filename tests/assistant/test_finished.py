"""Which words sound like a whole sentence: by hand, and over the validation questions and all their beginnings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.finished import sounds_finished

SCREENS = Path(__file__).parents[1] / "screens" / "questions.jsonl"


@pytest.mark.parametrize(
    "text",
    [
        "저장 버튼 어디 있어", "이거 뭐야", "이거 뭐야?", "합계 읽어 줘", "알려 주세요", "몇 시입니까", "어떻게 합니까", "켜져 있니",
        "비밀번호 바꿀까", "요약해 줄래", "어디 갔지", "체크돼 있나요", "뭘 눌러야 해요", "총 금액이 얼마예요.",
    ],
)  # fmt: skip
def test_whole(text: str) -> None:
    assert sounds_finished(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "저", "저장 버튼은", "눌러서", "저장 버튼 어디", "뭐 눌러야", "읽어", "요약해", "지금 바쁘니까", "중요", "분야", "영어",
        "설정에서", "first line", "2분기", "있어야", "여기까지", "월요일에 필요",
    ],
)  # fmt: skip
def test_not_whole(text: str) -> None:
    assert not sounds_finished(text)


def test_on_real_questions_and_their_beginnings() -> None:
    """Four of five questions are heard as whole; of a hundred beginnings fewer than one is."""
    asked = [json.loads(line)["question"] for line in SCREENS.read_text("utf-8").splitlines()]
    beginnings = [
        " ".join(words[:count]) for words in map(str.split, asked) for count in range(1, len(words))
    ]
    assert sum(map(sounds_finished, asked)) > 0.8 * len(asked)
    assert sum(map(sounds_finished, beginnings)) < 0.01 * len(beginnings)
