"""An answer counts as found only where a person would find it: whole numbers, whatever the blanks."""

from __future__ import annotations

from assistant.frames import Box
from models.bench.alignment import Piece
from models.bench.answers import Found, count, rows, stands_in, texts_of, wanted
from models.eval.scoring import Item


def item(kind: str, answers: tuple[str, ...], evidence: tuple[str, ...] = ()) -> Item:
    return Item("q1", "a.png", "?", kind, answers, evidence=evidence)


def piece(text: str, x: int, y: int = 0) -> Piece:
    return Piece(text, Box(x, y, 40, 10))


def test_blanks_case_and_separators_do_not_matter() -> None:
    assert stands_in("70.3 GiB", ["남은 공간: 70.3GIB"])
    assert stands_in("1,250", ["합계 1250원"])


def test_a_part_of_a_longer_number_is_not_the_answer() -> None:
    assert not stands_in("37", ["137명"])
    assert not stands_in("37", ["1.37"])
    assert stands_in("37", ["37명", "137명"])
    assert stands_in("1920x1080", ["1920x1080* 16:9"])  # another number behind a blank
    assert not stands_in("", ["무엇이든"])


def test_an_answer_may_stand_across_pieces_of_one_row_but_not_of_two() -> None:
    lines = [piece("워크숍", 0), piece("사진.zip", 50), piece("총무팀", 0, 40)]
    assert rows(lines) == ["워크숍 사진.zip", "총무팀"]
    assert stands_in("워크숍 사진.zip", texts_of(lines, lines))
    assert not stands_in("사진.zip 총무팀", texts_of(lines, lines))


def test_only_questions_whose_answer_is_on_the_screen_count() -> None:
    assert wanted(item("app", ("Thunar", "파일 관리자")), ["다운로드 - Thunar"]) == ("Thunar",)
    assert wanted(item("app", ("파일 관리자",)), ["다운로드 - Thunar"]) == ()
    assert wanted(item("count", ("3",)), ["3개"]) == ()
    assert wanted(item("where", ("왼쪽",), ("인쇄(P)...",)), ["왼쪽 맞춤", "인쇄(P)..."]) == ("인쇄(P)...",)


def test_the_share_is_of_counted_questions() -> None:
    found = Found()
    questions = [item("read", ("저장",)), item("read", ("열기",)), item("colour", ("빨강",))]
    count(questions, ["저장", "열기"], ["저장", "얼기"], found)
    assert found.share == 0.5
    assert found.figures()["kinds"] == {"read": {"asked": 2, "found": 1}}
    assert found.missing == ["q1"]
