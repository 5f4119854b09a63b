"""Errors are counted as a person would count them: each case states the number found by hand."""

from __future__ import annotations

import random

import pytest

from assistant.frames import Box
from models.bench.alignment import (
    UNREAD,
    Compared,
    Piece,
    Tally,
    belongs,
    bucket_of,
    edits_within,
    height_bucket,
    read_inside,
)


@pytest.mark.parametrize(
    ("said", "read", "wrong"),
    [
        ("저장", "저장", 0),
        ("저장", "취소 저장 닫기", 0),  # text around it costs nothing
        ("저장", "저강", 1),
        ("저장", "", 2),
        ("저장", "가나다라", 2),  # never more than all of it
        ("다른 이름으로", "다른이름으로", 1),  # a lost blank
        ("1,250원", "1.250원", 1),
        ("abcd", "xxabXcdyy", 1),  # a character too many inside
        ("abcd", "xxacdyy", 1),  # one lost
        ("가가가", "가", 2),
    ],
)
def test_edits_inside_a_longer_text(said: str, read: str, wrong: int) -> None:
    assert edits_within(said, read) == wrong


def slow_edits(said: str, read: str) -> int:
    """The textbook table, for comparison."""
    before = [0] * (len(read) + 1)
    for i, one in enumerate(said, 1):
        row = [i]
        for j, other in enumerate(read, 1):
            row.append(min(before[j - 1] + (one != other), before[j] + 1, row[j - 1] + 1))
        before = row
    return min(*before, len(said))


def test_edits_agree_with_the_textbook_table() -> None:
    r = random.Random(4)
    for _ in range(500):
        said = "".join(r.choice("가나 다") for _ in range(r.randint(1, 9)))
        read = "".join(r.choice("가나 다") for _ in range(r.randint(0, 14)))
        assert edits_within(said, read) == slow_edits(said, read)


def test_a_tally_counts_characters_blanks_and_whole_lines() -> None:
    tally = Tally()
    assert tally.add("새 문서", "새문서") == 1
    assert tally.add("열기", "열기") == 0
    assert tally.add("닫기", "") == 2
    assert tally.figures() == {
        "lines": 3,
        "characters": 8,
        "cer": 3 / 8,
        "cer_without_blanks": 2 / 8,
        "exact": 1 / 3,
        "nothing_read": 1,
    }


def test_clean_lines_are_counted_in_their_own_tally_too() -> None:
    compared = Compared()
    compared.add("a", "10-12", True, "저장", "저장")
    compared.add("a", "8-10", False, "취소", "최소")
    assert (compared.everything.wrong, compared.everything.lines) == (1, 2)
    assert (compared.clean.wrong, compared.clean.lines) == (0, 1)
    assert compared.by_height["8-10"].wrong == 1
    assert compared.by_screen["a"].characters == 4


def test_what_stands_in_a_box_is_told_by_middles_and_by_far_reaching_lines() -> None:
    button = Box(100, 100, 80, 30)
    inside = Piece("저장", Box(120, 105, 40, 20))
    across = Piece("취소 저장 닫기", Box(20, 105, 240, 20))
    below = Piece("열기", Box(120, 140, 40, 20))
    beside = Piece("닫기", Box(190, 105, 40, 20))
    assert read_inside([across, inside, below, beside], button) == "취소 저장 닫기 저장"
    assert not belongs(below.box, button)
    assert not belongs(beside.box, button)


@pytest.mark.parametrize(
    ("height", "name"), [(0, "0-8"), (7.9, "0-8"), (8, "8-10"), (20, "17-21"), (21, "21+"), (64, "21+")]
)
def test_buckets_hold_their_lower_edge(height: float, name: str) -> None:
    assert bucket_of(height) == name


def test_the_height_of_a_line_is_that_of_the_piece_that_fits_it_best() -> None:
    small, large = Piece("a", Box(100, 100, 10, 11)), Piece("bcdefg", Box(112, 98, 60, 15))
    assert height_bucket([small, large], Box(98, 96, 90, 20)) == "12-14"
    assert height_bucket([small, large], Box(300, 300, 90, 20)) == UNREAD
