"""Geometry of frames and monitors, and the black test, on plain values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import BadInput, DeviceFailed
from assistant.frames import Box
from desktop.capture.black import is_black
from desktop.capture.screen import DesktopScreen
from desktop.capture.values import Monitor, ScreenFrame, Window, monitor_at, monitor_of, shared


class Painted:
    """Pixels that tell in their top left corner which desktop coordinates they came from; `scale` as on Retina.

    Only that corner and a sparse grid are touched: an 8K screen has 100 MB.
    """

    def __init__(self, desktop: Box, monitors: list[Monitor], scale: int = 1) -> None:
        self.desktop, self.list, self.scale = desktop, monitors, scale

    def monitors(self) -> tuple[Box, list[Monitor]]:
        return self.desktop, self.list

    def grab(self, box: Box) -> np.ndarray:
        assert shared(box, self.desktop) == box, "mss fails on pixels outside the desktop"
        image = np.zeros((box.height * self.scale, box.width * self.scale, 3), np.uint8)
        image[::16, ::16] = 77
        corner = image[:64, :64]
        corner[..., 0] = (np.arange(corner.shape[1]) // self.scale + box.x)[None, :] % 251
        corner[..., 1] = (np.arange(corner.shape[0]) // self.scale + box.y)[:, None] % 241
        return image


class Listed:
    """Windows as given."""

    def __init__(self, stack: list[Window], pointer: tuple[int, int] = (0, 0)) -> None:
        self.list, self.at = stack, pointer

    def active(self) -> Window | None:
        return self.list[0] if self.list else None

    def stack(self) -> list[Window]:
        return self.list

    def pointer(self) -> tuple[int, int]:
        return self.at


LAYOUTS = [
    # a laptop, a monitor left of it, one above it, a portrait one right of it, an 8K one
    [Box(0, 0, 1920, 1080)],
    [Box(0, 0, 1920, 1080), Box(-2560, -200, 2560, 1440)],
    [Box(0, 0, 1366, 768), Box(-277, -1080, 1920, 1080)],
    [Box(0, 0, 2880, 1800), Box(2880, -420, 1080, 1920), Box(-3840, 17, 3840, 2160)],
    [Box(0, 0, 1920, 1200), Box(1920, 333, 1280, 1024), Box(0, 1200, 1440, 900)],
    [Box(-7680, 0, 7680, 4320), Box(0, 0, 1920, 1080)],
]


def desk(boxes: list[Box]) -> tuple[Box, list[Monitor]]:
    return Box.around(boxes), [Monitor(n, box, f"M{n}", n == 1) for n, box in enumerate(boxes, 1)]


@pytest.mark.parametrize(
    ("boxes", "scale"), [*((layout, 1) for layout in LAYOUTS), *((one, 2) for one in LAYOUTS[:3])]
)
def test_each_monitor_of_each_layout(boxes: list[Box], scale: int) -> None:
    """The pointer in the corners of a monitor gives that monitor, with its own pixels, at negative places too."""
    whole, monitors = desk(boxes)
    for monitor in monitors:
        box = monitor.box
        for x, y in ((box.x, box.y), (box.right - 1, box.bottom - 1)):
            screen = DesktopScreen(Painted(whole, monitors, scale), Listed([], (x, y)))
            frame = screen.freeze("screen")
            assert (frame.place, frame.monitor, frame.scale) == (box, monitor, scale)
            here = Box(box.x + 3, box.y + 5, 40, 30)
            part = frame.on_image(here)
            assert list(frame.image[part.y, part.x, :2]) == [here.x % 251, here.y % 241]
            assert frame.on_desktop(part) == here


@pytest.mark.parametrize("boxes", LAYOUTS)
def test_a_region_across_monitors_and_over_the_edge(boxes: list[Box]) -> None:
    whole, monitors = desk(boxes)
    screen = DesktopScreen(Painted(whole, monitors), Listed([]))
    frame = screen.freeze("region", (whole.x - 10, whole.y - 20, 60, 70))
    assert frame.place == Box(whole.x, whole.y, 50, 50)
    assert list(frame.image[0, 0, :2]) == [whole.x % 251, whole.y % 241]


@settings(deadline=None)
@given(
    st.lists(
        st.builds(Box, *[st.integers(-3000, 3000)] * 2, *[st.integers(1, 3000)] * 2), min_size=1, max_size=5
    ),
    st.integers(-4000, 7000),
    st.integers(-4000, 7000),
)
def test_a_point_is_on_the_monitor_that_holds_it(boxes: list[Box], x: int, y: int) -> None:
    """And in a gap it is on a neighbour, never on none."""
    monitor = monitor_at(desk(boxes)[1], x, y)
    assert monitor is not None
    holders = [box for box in boxes if box.x <= x < box.right and box.y <= y < box.bottom]
    assert not holders or monitor.box in holders


def test_a_window_belongs_to_the_monitor_with_most_of_it() -> None:
    monitors = desk([Box(0, 0, 1000, 800), Box(1000, 0, 1000, 800)])[1]
    assert monitor_of(monitors, Box(900, 0, 300, 100)) == monitors[1]
    assert monitor_of(monitors, Box(5000, 0, 300, 100)) is None


def test_no_window_is_said() -> None:
    whole, monitors = desk([Box(0, 0, 800, 600)])
    with pytest.raises(DeviceFailed, match="no_window"):
        DesktopScreen(Painted(whole, monitors), Listed([])).freeze("window")
    gone = Window("저 밖", "p", Box(900, 700, 50, 50), 1, 1)
    with pytest.raises(DeviceFailed, match="no_window"):
        DesktopScreen(Painted(whole, monitors), Listed([gone])).freeze("window")


def test_an_unknown_wish_is_refused() -> None:
    whole, monitors = desk([Box(0, 0, 800, 600)])
    with pytest.raises(BadInput, match="capture_unknown"):
        DesktopScreen(Painted(whole, monitors), Listed([])).freeze("everything")


def test_a_missing_permission_stops_before_any_pixel() -> None:
    def denied() -> None:
        raise DeviceFailed("capture_permission")

    with pytest.raises(DeviceFailed, match="capture_permission"):
        DesktopScreen(None, None, check_permission=denied).freeze("screen")


@pytest.mark.parametrize(
    ("name", "black"),
    [("black", True), ("nearly", True), ("bordered", True), ("word", False), ("grey", False)],
)
def test_black(name: str, black: bool) -> None:
    """Black inside the border counts; one small bright word anywhere inside does not."""
    image = np.zeros((600, 800, 3), np.uint8)
    if name == "nearly":
        image[:] = 4
    elif name == "bordered":
        image[:8] = image[-8:] = 200
    elif name == "word":
        image[301:305, 401:413] = 255
    elif name == "grey":
        image[:] = 30
    assert is_black(image) is black


def test_an_empty_frame_has_a_scale() -> None:
    assert ScreenFrame(np.zeros((2, 3, 3), np.uint8)).scale == 1.0
