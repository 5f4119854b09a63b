"""Parts of lines that answer on their own, and how they come behind a question and into an answer."""

import pytest

from assistant.evidence import Citations
from assistant.frames import Box, ScreenText, TextLine
from assistant.pieces import pieces
from assistant.shortlist import Shortlister


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("낮 최고 9℃", {"낮 최고": "9℃"}),
        ("파일 9개: 139.9 MiB, 남은 공간: 70.3 GiB", {"파일 9개": "139.9 MiB", "남은 공간": "70.3 GiB"}),
        ("무료배송 · 평점 4.9 (456)", {"평점": "4.9"}),
        (
            "어른 1,250원, 청소년 900원, 어린이 400원으로",
            {"어른": "1,250원", "청소년": "900원", "어린이": "400원"},
        ),
        ("일시: 2026년 10월 16일 금요일", {"일시": "2026년 10월 16일 금요일"}),
        ("오늘: ₩3,430 미래: ₩12", {"오늘": "₩3,430", "미래": "₩12"}),
        ("2026년 11월 24일 마감", {}),
        ("http://example.com:80/a", {}),
        ("08:15", {}),
        ("", {}),
    ],
)
def test_lines_are_cut_into_named_parts(text: str, wanted: dict[str, str]) -> None:
    assert {piece.label: text[piece.start : piece.end] for piece in pieces(text)} == wanted


def test_a_part_is_shown_by_its_label_and_answers_alone() -> None:
    lines = [
        TextLine("다운로드", Box(10, 10, 90, 20)),
        TextLine("파일 9개: 139.9 MiB, 남은 공간: 70.3 GiB", Box(10, 400, 400, 20)),
    ]
    asked = Shortlister(lines, (800, 600)).asked("남은 공간 얼마나 돼?")
    row = next(row for row in asked.noted.splitlines() if row.startswith(" 70.3 GiB"))
    assert "<|by|> 남은 공간" in row
    number = row.rsplit("<|n", 1)[1].removesuffix("|>")
    citations = Citations(ScreenText(tuple(lines)))
    shown = citations.push(asked.on_screen(f"<|n{number}|>입니다.")).text + citations.end().text
    assert shown == "70.3 GiB입니다."
    assert citations.lines == (lines[1],)
    assert citations.raw == "<|n2:25-33|>입니다."
    assert Shortlister(lines, (800, 600))._in_words(citations.raw) == "70.3 GiB입니다."


def test_spans_outside_a_line_show_nothing() -> None:
    citations = Citations(ScreenText((TextLine("짧다", Box(0, 0, 9, 9)),)))
    assert citations.push("<|n1:50-90|>!").text + citations.end().text == "!"
