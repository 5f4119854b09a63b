"""One text out of OCR and tree: the tree's words, OCR's colours, and what only one of them has."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
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


def test_a_label_of_two_lines_is_broken_where_the_screen_breaks_it() -> None:
    """The tree's exact words at the places OCR saw, with its colours."""
    told = TextLine("설명이 길어서 두 줄로 나뉘어 보입니다", Box(10, 10, 120, 40), role="label")
    read = [
        TextLine("설명이 긷어서 두", Box(10, 10, 110, 18), 0.7, ink="grey"),
        TextLine("줄로 나뉘어보임니다", Box(10, 32, 120, 18), 0.6),
    ]
    merged = merge(ocr(*read), tree(told))
    assert [(line.text, line.box, line.role) for line in merged.lines] == [
        ("설명이 길어서 두", read[0].box, "label"),
        ("줄로 나뉘어 보입니다", read[1].box, "label"),
    ]
    assert merged.lines[0].ink == "grey"


def test_a_long_note_is_told_line_by_line() -> None:
    """A text field that told all its words at one place."""
    rows = ["회의는 3시에 시작합니다.", "준비물은 노트북과", "명함 열 장입니다.", "늦지 마세요."]
    told = TextLine(" ".join(rows), Box(10, 10, 300, 200), role="text field")
    read = [TextLine(row.replace("니", "나"), Box(12, 12 + 20 * n, 150, 16)) for n, row in enumerate(rows)]
    assert words(merge(ocr(*read), tree(told))) == rows


def test_a_text_that_is_only_partly_seen_stays_whole() -> None:
    told = TextLine(
        "처음부터 끝까지 아주 길고 긴 글 가운데 보이는 곳은 적다", Box(10, 10, 120, 60), role="text field"
    )
    read = [TextLine("긴 글 가운데", Box(10, 10, 110, 16)), TextLine("xyz 완전히 다른", Box(10, 32, 120, 16))]
    merged = merge(ocr(*read), tree(told))
    assert told.text in words(merged)


def test_one_alone_is_left_as_it_is() -> None:
    only = ocr(TextLine("혼자", Box(0, 0, 30, 15)))
    assert merge(only, tree()) is only
    assert merge(ocr(), only) is only


lines = st.builds(
    TextLine,
    st.text("가나다라 ABC12", min_size=1, max_size=12).filter(str.strip),
    st.builds(Box, st.integers(0, 500), st.integers(0, 500), st.integers(5, 200), st.integers(8, 30)),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(lines, max_size=12), st.lists(lines, max_size=12))
def test_nothing_is_invented_and_nothing_of_the_tree_is_lost(
    read: list[TextLine], told: list[TextLine]
) -> None:
    merged = merge(ocr(*read), tree(*told))
    every = " ".join(" ".join(line.text for line in (*read, *told)).split())
    boxes = {line.box for line in (*read, *told)}
    assert all(" ".join(line.text.split()) in every and line.box in boxes for line in merged.lines)
    kept = Counter("".join("".join(line.text for line in merged.lines).split()))
    assert Counter("".join("".join(line.text for line in told).split())) <= kept


@settings(max_examples=40, deadline=None)
@given(st.lists(lines, min_size=1, max_size=12), st.lists(lines, min_size=1, max_size=12))
def test_what_ocr_read_elsewhere_stays(read: list[TextLine], told: list[TextLine]) -> None:
    away = [replace(line, box=line.box._replace(x=line.box.x + 2000)) for line in read]
    merged = merge(ocr(*away), tree(*told)).lines
    assert all(line in merged for line in (*away, *told))


@settings(max_examples=40, deadline=None)
@given(st.lists(lines, max_size=15))
def test_echoes_go_but_no_words_are_lost(told: list[TextLine]) -> None:
    assert {line.text for line in without_echoes(told)} == {line.text for line in told}


def test_a_controls_own_label_is_its_echo() -> None:
    button = TextLine("저장", Box(10, 10, 80, 24), role="button", state="disabled")
    label = TextLine("저장", Box(30, 14, 40, 16), role="label")
    assert without_echoes([label, button]) == [button]
