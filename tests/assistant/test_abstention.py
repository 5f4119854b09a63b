"""Abstaining is told apart from answering, also where the screen itself says «cannot be found»."""

from __future__ import annotations

import pytest

from assistant.abstention import abstains
from assistant.prompts import ABSTENTIONS


@pytest.mark.parametrize(
    "answer",
    [
        *ABSTENTIONS,
        "",
        "  ",
        "화면에서 찾을 수 없습니다.",
        "화면에 없습니다.",
        "죄송하지만 화면에서 해당 정보를 찾을 수 없습니다.",
        "그 버튼은 화면에 보이지 않습니다.",
        "제공된 화면에는 그런 내용이 없습니다.",
        "이 이미지에서는 확인할 수 없습니다.",
        "전화번호는 화면에 표시되어 있지 않습니다.",
        "작성자에 대한 정보가 없어요.",
        "화면에 나와 있지 않아요.",
        "화면만으로는 알 수 없습니다.",
        "잘 모르겠어요.",
        "사진에서 색을 판단할 수 없습니다.",
        "화면에서 가격을 찾지 못했습니다.",
        "관련 항목은 화면에 없네요.",
        "I cannot find it on the screen.",
        "The price is not visible in the image.",
    ],
)
def test_abstentions(answer):
    assert abstains(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "저장 버튼은 오른쪽 아래에 있어요.",
        "아니요, 화면에 인쇄 버튼은 없습니다.",
        "아니요.",
        "네, 있어요.",
        "3개",
        "읽지 않은 메일은 없음으로 표시되어 있어요.",
        "'파일을 찾을 수 없습니다'라는 오류입니다.",
        '"화면에 표시할 항목이 없습니다"라고 적혀 있어요.',
        "인터넷에 연결되지 않아서 생긴 오류예요.",
        "저장하지 않고 닫습니다.",
        "비밀번호는 8자 이상이어야 해요.",
        "화면에는 문서 편집 창이 있고, 왼쪽에 목차가, 오른쪽에 본문이 보입니다. 아래 상태 표시줄에는 쪽수와 글자 수가 있으며, "
        "맞춤법 오류는 없습니다. 위에는 파일, 편집, 보기, 입력, 서식, 쪽, 보안, 검토, 도구 메뉴가 차례로 놓여 있고 제목은 보고서입니다. "
        "도구 모음에는 저장과 인쇄 단추가 있습니다.",
    ],
)
def test_answers(answer):
    assert not abstains(answer)


def test_words_read_from_the_screen_are_an_answer():
    lines = ["오류", "파일을 찾을 수 없습니다."]
    assert not abstains("파일을 찾을 수 없습니다.", lines)
    assert not abstains("파일을 찾을 수 없습니다", lines)
    assert abstains("파일을 찾을 수 없습니다.")
    assert abstains("화면에서 찾을 수 없어요.", lines)


def test_a_screen_that_shows_our_abstention_does_not_turn_it_into_an_answer():
    assert abstains("화면에서 찾을 수 없어요.", ["화면에서 찾을 수 없어요."])
