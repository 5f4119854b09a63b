"""Outlines stay while what they point at stands there, and go when it does not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from assistant.frames import Box
from tests.desktop_app.standins import a_screen_frame

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
LINE = Box(40, 60, 120, 24)


def writing(seed: int, height: int = 24, width: int = 120) -> np.ndarray:
    """(height, width, 3) uint8: dark strokes on light paper, others for each seed."""
    strokes = np.random.default_rng(seed).random((height, width // 4)) < 0.3
    return np.where(np.repeat(strokes, 4, axis=1)[..., None], 30, 240).astype(np.uint8).repeat(3, axis=2)


def caret(picture: np.ndarray) -> np.ndarray:
    shown = picture.copy()
    shown[2:-2, 50:52] = 0
    return shown


SAME = {
    "the same": lambda was: was,
    "our own wash over it": lambda was: (0.9 * was + 0.1 * np.array([74, 91, 224])).astype(np.uint8),
    "a caret": caret,
    "a button under the pointer": lambda was: np.clip(was.astype(int) - 20, 0, 255).astype(np.uint8),
    "a row more from rounding": lambda was: np.pad(was, ((0, 1), (0, 1), (0, 0)), mode="edge"),
    "another resolution": lambda was: was.repeat(2, axis=0).repeat(2, axis=1),
}
OTHER = {
    "other words": lambda was: writing(2),
    "nothing": lambda was: np.full_like(was, 240),
    "scrolled by half a line": lambda was: np.roll(was, 12, axis=0),
    "another window": lambda was: np.full_like(was, 90),
}


@pytest.mark.parametrize("now", SAME.values(), ids=SAME)
def test_what_still_stands_there(now: Callable) -> None:
    from desktop.pointing import is_other

    assert not is_other(writing(1), now(writing(1)))


@pytest.mark.parametrize("now", OTHER.values(), ids=OTHER)
def test_what_does_not_stand_there_any_more(now: Callable) -> None:
    from desktop.pointing import is_other

    assert is_other(writing(1), now(writing(1)))


def pointing_at(shown: list[np.ndarray | None], covers: Callable = lambda box: False):
    from desktop.pointing import Pointing

    frame = a_screen_frame()
    frame.image[LINE.y : LINE.bottom, LINE.x : LINE.right] = writing(1)
    looked: list[Box] = []
    pointing = Pointing(composited=False, look=lambda box: (looked.append(box), shown[0])[1], covers=covers)
    assert pointing.point(frame, LINE) == LINE
    return pointing, looked


def test_outlines_go_as_soon_as_something_else_stands_under_one(qt: object, until: Callable) -> None:
    shown = [writing(1)]
    pointing, looked = pointing_at(shown)
    until(lambda: len(looked) >= 2, "two looks")
    assert pointing.outlines and looked[0] == LINE
    shown[0] = writing(7)
    until(lambda: not pointing.outlines, "the outlines to go")
    seen = len(looked)
    qt.processEvents()
    assert len(looked) == seen, "nobody looks while nothing is pointed at"


def test_outlines_stay_where_nobody_can_look_and_where_a_window_of_ours_lies(
    qt: object, until: Callable
) -> None:
    blind, looked = pointing_at([None])
    until(lambda: len(looked) >= 2, "two looks")
    under: list[Box] = []
    covered, never = pointing_at([writing(7)], covers=lambda box: (under.append(box), True)[1])
    until(lambda: len(under) >= 2, "two looks")
    assert blind.outlines and covered.outlines and never == []
    blind.clear(), covered.clear()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_to_logical_pixels_and_back_again(ratio: float) -> None:
    from desktop.pointing import ScreenShape, to_logical, to_native

    screens = [ScreenShape(0, 0, 1920, 1080, 1.0), ScreenShape(1920, -200, 1280, 800, ratio)]
    for box in (Box(100, 50, 300, 40), Box(1920 + round(90 * ratio), -200 + round(60 * ratio), 120, 60)):
        back = to_native(to_logical(box, screens), screens)
        assert all(abs(one - other) <= ratio for one, other in zip(back, box, strict=True))
    assert to_native(Box(9000, 9000, 5, 5), screens) is None
