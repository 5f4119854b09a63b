"""Values told behind a question, which an answer quotes by number."""

import numpy as np

from assistant.evidence import Citations
from assistant.frames import Box, ScreenText, TextLine
from assistant.shortlist import Shortlister

SIZE = (800, 600)


def dark_screen() -> list[TextLine]:
    lines = [TextLine(f"줄 {n}", Box(20, 40 + 30 * n, 200, 18), ink="white", paper="black") for n in range(6)]
    return [*lines, TextLine("보내기", Box(600, 500, 80, 30), role="button", ink="white", paper="blue")]


def values(question: str, lines: list[TextLine], pixels: np.ndarray | None = None) -> tuple[str, ...]:
    return Shortlister(lines, SIZE, pixels=pixels).asked(question).values


def test_the_colour_of_what_is_named_is_told() -> None:
    assert values("보내기 버튼 무슨 색이야?", dark_screen()) == ("파란색",)
    assert values("화면 바탕이 무슨 색이야?", dark_screen()) == ("검은색",)
    assert values("어두운 테마야?", dark_screen()) == ("어두운 테마",)


def test_the_mark_of_a_legend_gives_its_colour() -> None:
    pixels = np.full((600, 800, 3), 255, np.uint8)
    pixels[100:116, 180:196] = (230, 120, 20)
    lines = [TextLine("저축", Box(202, 100, 40, 16), ink="black", paper="white")]
    assert values("저축은 무슨 색이에요?", lines, pixels) == ("주황색",)
    assert values("저축은 무슨 색이에요?", lines) == ("검은색",)


def test_a_value_is_quoted_and_has_no_place_on_the_screen() -> None:
    lines = dark_screen()
    asked = Shortlister(lines, SIZE).asked("보내기 버튼 무슨 색이야?")
    citations = Citations(ScreenText(tuple(lines)), "mini", asked.values)
    assert citations.push(asked.on_screen("<|d1|>입니다.")).text + citations.end().text == "파란색입니다."
    assert citations.lines == ()


def test_questions_about_other_things_tell_no_values() -> None:
    assert values("보내기 어디 있어?", dark_screen()) == ()
