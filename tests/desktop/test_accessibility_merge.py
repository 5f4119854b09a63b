"""One text out of OCR and tree: the tree's words, OCR's colours, and what only one of them has."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.frames import Box, ScreenText, TextLine
from desktop.accessibility.merge import merge
from desktop.accessibility.reading import without_echoes


def ocr(*lines: TextLine) -> ScreenText:
    return ScreenText(lines, 900.0, "ocr")


def tree(*lines: TextLine) -> ScreenText:
    return ScreenText(lines, 40.0, "accessibility")


def words(text: ScreenText) -> list[str]:
    return [line.text for line in text.lines]


def test_the_tree_wins_and_ocr_gives_the_colours() -> None:
    """GIVEN a misread button THEN its exact name, role, state and place stay, with the colours OCR saw."""
    read = TextLine("삭세", Box(130, 204, 30, 14), 0.6, ink="grey", paper="white")
    told = TextLine("삭제", Box(110, 200, 80, 22), role="button", state="disabled")
    merged = merge(ocr(read), tree(told))
    assert merged.lines == (TextLine("삭제", told.box, 1.0, "button", "disabled", "grey", "white"),)
    assert merged.source == "merged"
    assert merged.milliseconds == 900.0


def test_ocr_fills_what_the_tree_lacks() -> None:
    """Text of a picture inside a window whose controls are told."""
    picture = TextLine("초대합니다", Box(300, 100, 90, 20), 0.9)
    button = TextLine("닫기", Box(110, 200, 80, 22), role="button")
    assert words(merge(ocr(picture), tree(button))) == ["초대합니다", "닫기"]


def test_a_row_that_ocr_read_as_one_line_is_the_trees_cells() -> None:
    cells = [
        TextLine(w, Box(x, 100, 90, 22), role="cell")
        for x, w in ((10, "3월"), (100, "45,500원"), (200, "외상"))
    ]
    row = TextLine("113월 45.500원 외상", Box(12, 103, 260, 15), 0.7)
    assert words(merge(ocr(row), tree(*cells))) == ["3월", "45,500원", "외상"]


def test_other_words_inside_a_wide_element_stay() -> None:
    """A file list tells only names; the dates that OCR read in the same row are no reading of them."""
    name = TextLine("보고서.hwp", Box(10, 100, 600, 24), role="list item", state="selected")
    read = [
        TextLine("보고서.hwp", Box(14, 104, 80, 16)),
        TextLine("2026-03-02 14:10", Box(300, 104, 120, 16)),
    ]
    merged = merge(ocr(*read), tree(name))
    assert words(merged) == ["보고서.hwp", "2026-03-02 14:10"]
    assert merged.lines[0].state == "selected"


def test_the_same_word_elsewhere_stays() -> None:
    told = TextLine("저장", Box(110, 200, 80, 22), role="button")
    other = TextLine("저장", Box(500, 400, 40, 16), 0.9)
    assert len(merge(ocr(other), tree(told)).lines) == 2


def test_a_part_of_a_long_label_is_its_reading() -> None:
    told = TextLine("설명이 길어서 두 줄로 나뉘어 보입니다", Box(10, 10, 120, 40), role="label")
    read = [
        TextLine("설명이 길어서 두", Box(10, 10, 110, 18)),
        TextLine("줄로 나뉘어 보입니다", Box(10, 32, 120, 18)),
    ]
    assert words(merge(ocr(*read), tree(told))) == [told.text]


def test_one_alone_is_left_as_it_is() -> None:
    only = ocr(TextLine("혼자", Box(0, 0, 30, 15)))
    assert merge(only, tree()) is only
    assert merge(ocr(), only) is only


lines = st.builds(
    TextLine,
    st.text("가나다라 ABC12", min_size=1, max_size=12).filter(str.strip),
    st.builds(Box, st.integers(0, 500), st.integers(0, 500), st.integers(5, 200), st.integers(8, 30)),
)


@given(st.lists(lines, max_size=12), st.lists(lines, max_size=12))
def test_nothing_is_invented_and_nothing_of_the_tree_is_lost(
    read: list[TextLine], told: list[TextLine]
) -> None:
    merged = merge(ocr(*read), tree(*told))
    known = {(line.text, line.box) for line in (*read, *told)}
    assert {(line.text, line.box) for line in merged.lines} <= known
    assert {(line.text, line.box) for line in told} <= {(line.text, line.box) for line in merged.lines}


@given(st.lists(lines, max_size=15))
def test_echoes_go_but_no_words_are_lost(told: list[TextLine]) -> None:
    assert {line.text for line in without_echoes(told)} == {line.text for line in told}


def test_a_controls_own_label_is_its_echo() -> None:
    button = TextLine("저장", Box(10, 10, 80, 24), role="button", state="disabled")
    label = TextLine("저장", Box(30, 14, 40, 16), role="label")
    assert without_echoes([label, button]) == [button]
