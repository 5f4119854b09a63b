"""The order of the shortlist."""

import numpy as np

from assistant import ranking
from assistant.frames import Box, TextLine
from assistant.picks import Pick
from assistant.shortlist import Shortlister

SIZE = (800, 600)


def form() -> list[TextLine]:
    labels, values = ("아이디", "이름", "연령대"), ("sunny_haneul", "김하늘", "30대")
    lines = [TextLine("회원가입", Box(20, 10, 120, 30), role="title")]
    for n, (label, value) in enumerate(zip(labels, values, strict=True)):
        lines.append(TextLine(label, Box(20, 60 + 40 * n, 60, 20)))
        lines.append(TextLine(value, Box(160, 60 + 40 * n, 140, 20), role="text field"))
    return [*lines, TextLine("가입하기", Box(20, 300, 80, 26), role="button")]


def first(question: str, lines: list[TextLine]) -> str:
    return lines[Shortlister(lines, SIZE).pick(question)[0].line].text


def test_what_a_label_names_comes_before_the_label() -> None:
    assert first("아이디 뭐라고 적었어?", form()) == "sunny_haneul"
    assert first("이름이 뭐로 돼 있어?", form()) == "김하늘"


def test_what_is_looked_for_itself_comes_first() -> None:
    assert first("가입하기 버튼 어디 있어?", form()) == "가입하기"
    assert first("이름 칸이 어디 있어?", form()) == "이름"


def test_the_selected_tab_comes_before_the_others() -> None:
    lines = [TextLine("설정", Box(20, 10, 60, 20), role="title")]
    lines += [
        TextLine(text, Box(20 + 80 * n, 40, 60, 20), role="tab", state="selected" if n == 1 else None)
        for n, text in enumerate(("일반", "보기", "고급"))
    ]
    assert first("지금 어느 탭이 열려 있어?", lines) == "보기"


def test_weights_fit_the_features_and_the_wishes() -> None:
    shortlister, question = Shortlister(form(), SIZE), "이름이 뭐야?"
    picks = shortlister.candidates(question, ranking.CANDIDATES)
    seen = ranking.features(question, shortlister.lines, shortlister.places, SIZE, picks)
    known = ranking.weights()
    assert known.by_wish.shape == (len(ranking.wishes(question)), seen.shape[1])
    assert known.mean.shape == known.deviation.shape == (seen.shape[1],)
    assert np.all(known.deviation > 0) and all(np.isfinite(part).all() for part in known)


def test_none_and_one_are_left_as_they_are() -> None:
    shortlister = Shortlister(form(), SIZE)
    for picks, chance in (([], 0.0), ([Pick(0)], 1.0)):
        assert ranking.ordered("뭐야?", shortlister.lines, shortlister.places, SIZE, picks) == (picks, chance)


def test_how_sure_the_order_is_heads_the_list() -> None:
    noted = Shortlister(form(), SIZE).asked("아이디 뭐라고 적었어?").noted
    assert noted.startswith(("<|lines|><|own:3|>", "<|lines|><|own:4|>"))


def test_the_row_that_holds_most_of_the_question_wins() -> None:
    heads = ("이름", "크기", "종류")
    rows = (
        ("서류모음.zip", "51.3 kB", "압축"),
        ("워크숍_사진.zip", "84.6 MB", "압축"),
        ("음성메모.m4a", "4.0 MB", "오디오"),
    )
    lines = [
        TextLine(
            text, Box(20 + 200 * column, 20 + 40 * row, 10 * len(text), 18), role="cell" if row else "header"
        )
        for row, texts in enumerate((heads, *rows))
        for column, text in enumerate(texts)
    ]
    assert first("워크숍 사진 압축 파일 크기 얼마예요?", lines) == "84.6 MB"


def test_how_much_of_a_question_stands_in_a_line_and_around_it() -> None:
    lines = [
        TextLine("부산점", Box(20, 20, 60, 18)),
        TextLine("매출", Box(20, 60, 40, 18)),
        TextLine("도움말", Box(20, 400, 60, 18)),
    ]
    places = Shortlister(lines, SIZE).places
    own, around, headed, *_ = ranking.covered("부산점 매출", lines, places, [Pick(0), Pick(1), Pick(2)])[0]
    assert 0 < own < 1 and own <= around <= 1 and 0 <= headed <= 1
    assert ranking.covered("부산점", lines, places, [Pick(0), Pick(2)])[0][0] == 1.0
    assert ranking.covered("", lines, places, [Pick(2)])[0][0] == 0.0
    assert ranking.covered("부산점", lines, places, []) == []
