"""Numbers told beside a question that asks how many."""

from assistant.frames import Box, TextLine
from assistant.structure import arrange
from assistant.tallies import tallies

SIZE = (800, 600)


def told(
    question: str, lines: list[TextLine], named: tuple[tuple[int, int], ...] = ()
) -> list[tuple[str, int, int]]:
    return [(t.name, t.number, t.level) for t in tallies(question, lines, arrange(lines, SIZE), named)]


def test_what_the_screen_itself_says_comes_first() -> None:
    lines = [TextLine(f"파일{n}.txt", Box(10, 30 * n, 120, 20), role="cell") for n in range(4)]
    lines.append(TextLine("폴더 4개, 파일 11개(97.2 KiB)", Box(10, 580, 200, 18)))
    assert told("여기 폴더가 몇 개야?", lines)[0] == ("폴더", 4, 4)
    assert told("파일이 모두 몇 개 있어?", lines)[0] == ("파일", 11, 4)


def test_other_words_for_the_same_things_count() -> None:
    lines = [TextLine("4개 노래, 0분", Box(10, 10, 100, 20)), TextLine("1/4 슬라이드", Box(10, 40, 100, 20))]
    assert told("몇 곡 들어 있어?", lines)[0] == ("노래", 4, 4)
    assert told("슬라이드가 모두 몇 장이야?", lines)[0] == ("슬라이드", 4, 4)


def test_equal_texts_are_counted_where_the_question_names_them() -> None:
    lines = [TextLine("품절" if n % 2 else "판매", Box(10, 30 * n, 60, 20)) for n in range(5)]
    assert told("품절된 상품 몇 개야?", lines, ((1, 2),)) == [("품절", 2, 4)]
    assert told("상태가 품절인 게 몇 개야?", lines) == [("품절", 2, 4)]
    assert ("품절", 2, 4) not in told("품절이 몇 시간째야?", lines[:2])


def test_dates_times_and_prices_are_no_counts() -> None:
    lines = [
        TextLine(text, Box(10, 30 * n, 200, 20))
        for n, text in enumerate(("사진 2026년", "파일 10:30", "파일 1,250원"))
    ]
    assert all(level == 0 for _, _, level in told("파일이 몇 개야?", lines))


def test_without_a_named_thing_everything_countable_is_told() -> None:
    lines = [TextLine(t, Box(60 * n, 10, 50, 20), role="tab") for n, t in enumerate(("일반", "고급", "정보"))]
    assert ("탭", 3, 0) in told("이거 몇 개나 돼?", lines)
    assert told("탭이 몇 개야?", lines) == [("탭", 3, 4)]
