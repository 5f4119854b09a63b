"""Rectangles: where the card goes, where outlines go at every scale, which part of a picture is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.frames import Box
from desktop.overlay.placing import MARGIN, kept, place

SCREEN = Box(0, 0, 1920, 1080)
pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)


@given(
    size=st.tuples(st.integers(100, 600), st.integers(60, 700)),
    pointer=st.tuples(st.integers(-50, 2000), st.integers(-50, 1200)),
    avoid=st.lists(
        st.builds(Box, st.integers(0, 1800), st.integers(0, 1000), st.integers(1, 100), st.integers(1, 60))
    ),
)
def test_a_card_is_always_whole_on_its_screen(size, pointer, avoid) -> None:
    x, y = place(size, pointer, SCREEN, avoid)
    assert SCREEN.x + MARGIN <= x <= SCREEN.right - MARGIN - size[0]
    assert SCREEN.y + MARGIN <= y <= SCREEN.bottom - MARGIN - size[1]


def test_a_card_stands_beside_the_pointer_and_flips_at_edges() -> None:
    assert place((400, 300), (500, 400), SCREEN) == (518, 418)
    assert place((400, 300), (1900, 400), SCREEN) == (1900 - 18 - 400, 418)
    assert place((400, 300), (1900, 1070), SCREEN) == (1900 - 18 - 400, 1070 - 18 - 300)


def test_a_card_does_not_lie_over_what_it_points_at() -> None:
    cited = Box(600, 500, 120, 30)
    x, y = place((400, 300), (550, 450), SCREEN, [cited])
    assert Box(x, y, 400, 300).iou(cited) == 0
    assert abs(x - 550) < 800 and abs(y - 450) < 500, "it stays near"


def test_a_card_larger_than_the_screen_keeps_its_corner() -> None:
    assert kept((3000, 2000), (500, 500), SCREEN) == (MARGIN, MARGIN)


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        (Box(100, 200, 300, 40), Box(100, 200, 300, 40)),  # the left monitor, 100 %
        (Box(1920 + 200, 100, 400, 60), Box(1920 + 100, 50, 200, 30)),  # the right one, 200 %
        (Box(1920 + 3840 + 150, 30, 300, 45), Box(1920 + 3840 + 100, 20, 200, 30)),  # a third one, 150 %
        (Box(9000, 9000, 10, 10), None),
    ],
)
def test_outlines_are_right_on_monitors_of_different_scale(box: Box, expected: Box | None) -> None:
    from desktop.pointing import ScreenShape, to_logical

    screens = [
        ScreenShape(0, 0, 1920, 1080, 1.0),
        ScreenShape(1920, 0, 1920, 1080, 2.0),
        ScreenShape(1920 + 3840, 0, 1280, 720, 1.5),
    ]
    assert to_logical(box, screens) == expected


@given(
    size=st.tuples(st.integers(40, 4000), st.integers(40, 3000)),
    corner=st.tuples(st.floats(0, 0.95), st.floats(0, 0.95)),
    height=st.integers(8, 60),
)
def test_the_picture_shows_the_cited_line_whole_where_it_can(size, corner, height) -> None:
    from desktop.overlay.picture import shown_part

    width, tall = size
    box = Box(int(corner[0] * width), int(corner[1] * tall), max(1, width // 8), height).clipped(width, tall)
    part = shown_part(width, tall, [box], aspect=384 / 132)
    assert part.left() >= -0.01 and part.top() >= -0.01
    assert part.right() <= width + 0.01 and part.bottom() <= tall + 0.01
    if box.width <= part.width() and box.height <= part.height():
        assert part.left() <= box.x + 0.51 and box.right <= part.right() + 0.51
        assert part.top() <= box.y + 0.51 and box.bottom <= part.bottom() + 0.51
