"""Real captures of a real X screen: the right pixels, of the right monitor, window or region."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from assistant.errors import BadInput, DeviceFailed
from assistant.frames import Box
from desktop.capture.pixels_mss import MssPixels
from desktop.capture.screen import COVER, DesktopScreen, open_screen
from desktop.capture.windows_x11 import X11Windows
from tests.desktop.conftest import SIZE, Desk, need, until
from tests.desktop.painting import paint

GREEN, BLUE, RED = 0x20A040, 0x2040C0, 0xC02030


def rgb(colour: int) -> list[int]:
    return [colour >> 16, colour >> 8 & 255, colour & 255]


def all_of(image: np.ndarray, colour: int) -> bool:
    return bool((image == rgb(colour)).all())


@pytest.fixture
def screen(desk: Desk) -> Iterator[DesktopScreen]:
    windows = X11Windows(desk.display)
    yield DesktopScreen(MssPixels(desk.display), windows)
    windows.close()


@pytest.fixture
def two_monitors(desk: Desk) -> Iterator[None]:
    """A left monitor of 500 × 700 set lower by 13 pixels, and a right one of 780 × 800."""
    need("xrandr")
    desk.run("xrandr", "--setmonitor", "LEFT", "500/132x700/185+0+13", "screen")
    desk.run("xrandr", "--setmonitor", "RIGHT", "780/206x800/211+500+0", "none")
    yield
    desk.run("xrandr", "--delmonitor", "RIGHT")
    desk.run("xrandr", "--delmonitor", "LEFT")


def test_a_window_with_its_frame(desk: Desk, screen: DesktopScreen) -> None:
    """GIVEN a window with a title bar THEN the frame starts at the title bar and the client's pixels are exact."""
    window = paint(desk, "견적서 - 계산기", Box(200, 150, 300, 200), GREEN)
    try:
        frame = screen.freeze("window")
        assert (frame.title, frame.program, frame.source) == ("견적서 - 계산기", "Painter", "window")
        assert frame.place.y < window.inside.y and frame.place.bottom >= window.inside.bottom
        assert (frame.width, frame.height) == (frame.place.width, frame.place.height)
        inside = frame.on_image(window.inside)
        assert (inside.width, inside.height) == (300, 200)
        assert all_of(frame.image[inside.y : inside.bottom, inside.x : inside.right], GREEN)
        assert not all_of(frame.image, GREEN)
        assert frame.on_desktop(inside) == window.inside
        assert frame.image.flags.c_contiguous and frame.image.dtype == np.uint8
    finally:
        window.close()


def test_a_gtk_shadow_is_left_out(desk: Desk, screen: DesktopScreen) -> None:
    """A program that draws its own frame tells how wide its shadow is."""
    window = paint(desk, "그림자", Box(200, 150, 300, 200), GREEN, shadow=20)
    try:
        frame = screen.freeze("window")
        assert frame.place == Box(window.inside.x + 20, window.inside.y + 20, 260, 160)
        assert all_of(frame.image, GREEN)
    finally:
        window.close()


def test_our_own_window_is_skipped(desk: Desk) -> None:
    """GIVEN ours lies on top with the focus THEN the window below it is taken."""
    theirs = paint(desk, "남의 창", Box(100, 100, 300, 200), GREEN)
    ours = paint(desk, "우리 창", Box(600, 100, 300, 200), BLUE)
    windows = X11Windows(desk.display, own_process=ours.program.process.pid)
    try:
        frame = DesktopScreen(MssPixels(desk.display), windows).freeze("window")
        assert frame.title == "남의 창"
        assert [window.title for window in windows.stack()] == ["남의 창"]
    finally:
        ours.close()
        theirs.close()
        windows.close()


def test_the_stack_is_topmost_first_and_without_hidden_windows(desk: Desk, screen: DesktopScreen) -> None:
    first = paint(desk, "처음", Box(100, 100, 300, 200), GREEN)
    second = paint(desk, "나중", Box(150, 150, 300, 200), BLUE)
    try:
        assert [window.title for window in screen.windows()] == ["나중", "처음"]
        desk.run("xdotool", "windowminimize", "--sync", str(second.handle))
        assert [window.title for window in screen.windows()] == ["처음"]
        assert screen.freeze("window").title == "처음"
    finally:
        first.close()
        second.close()


def test_a_window_half_off_the_screen_is_clipped(desk: Desk, screen: DesktopScreen) -> None:
    window = paint(desk, "반만", Box(100, 100, 300, 200), GREEN)
    try:
        desk.run("xdotool", "windowmove", "--sync", str(window.handle), "-150", "300")
        frame = screen.freeze("window")
        assert frame.place.x == 0
        assert 100 <= frame.width <= 200
        assert all_of(frame.image[frame.height // 2, 10:100], GREEN)
    finally:
        window.close()


def test_a_region_is_clipped_to_the_desktop(desk: Desk, screen: DesktopScreen) -> None:
    window = paint(desk, "구역", Box(200, 150, 300, 200), RED)
    try:
        x, y, _, _ = window.inside
        frame = screen.freeze("region", (x + 10, y + 20, 30, 40))
        assert frame.image.shape == (40, 30, 3)
        assert all_of(frame.image, RED)
        assert frame.place == Box(x + 10, y + 20, 30, 40)
        edge = screen.freeze("region", (x, y, 5000, 5000))
        assert (edge.place.right, edge.place.bottom) == SIZE
    finally:
        window.close()


@pytest.mark.parametrize("region", [(-50, -50, 50, 50), (SIZE[0], 0, 10, 10), (0, 0, 0, 10)])
def test_a_region_outside_is_refused(screen: DesktopScreen, region: tuple[int, int, int, int]) -> None:
    with pytest.raises(BadInput, match="region_outside"):
        screen.freeze("region", region)


def test_the_monitor_under_the_pointer(desk: Desk, screen: DesktopScreen, two_monitors: None) -> None:
    """Monitors at odd offsets; the one that appeared after the first capture is known at once."""
    window = paint(desk, "오른쪽", Box(600, 50, 200, 150), BLUE)
    try:
        desk.run("xdotool", "mousemove", "--sync", "100", "400")
        left = screen.freeze("screen")
        assert (left.place, left.monitor.name) == (Box(0, 13, 500, 700), "screen")
        desk.run("xdotool", "mousemove", "--sync", "900", "790")
        right = screen.freeze("screen")
        assert right.place == Box(500, 0, 780, 800)
        inside = right.on_image(window.inside)
        assert all_of(right.image[inside.y : inside.bottom, inside.x : inside.right], BLUE)
        assert screen.freeze("desktop").place == Box(0, 0, *SIZE)
        assert screen.freeze("window").monitor.number == right.monitor.number
    finally:
        window.close()


def test_monitors_that_come_and_go(desk: Desk, screen: DesktopScreen) -> None:
    need("xrandr")
    assert [monitor.box for monitor in screen.monitors()] == [Box(0, 0, *SIZE)]
    desk.run("xrandr", "--setmonitor", "HALF", "640/169x800/211+0+0", "screen")
    try:
        assert [monitor.box for monitor in screen.monitors()] == [Box(0, 0, 640, 800)]
    finally:
        desk.run("xrandr", "--delmonitor", "HALF")
    until(lambda: [monitor.box for monitor in screen.monitors()] == [Box(0, 0, *SIZE)], 3, "the old layout")


def test_black_is_said_and_never_described(desk: Desk, screen: DesktopScreen) -> None:
    """The whole of a protected window comes black; a black window with one word on it does not count."""
    window = paint(desk, "영화", Box(200, 150, 300, 200), 0x000000)
    try:
        x, y, width, height = window.inside
        with pytest.raises(DeviceFailed, match="capture_black"):
            screen.freeze("region", (x, y, width, height))
        assert screen.freeze("window").height > height  # its title bar is not black
    finally:
        window.close()


def test_excluded_windows_are_refused_or_painted_over(desk: Desk) -> None:
    """Refused as the window asked about; on a whole screen only its visible part is covered."""
    bank = paint(desk, "인터넷뱅킹", Box(100, 100, 400, 300), RED)
    windows = X11Windows(desk.display)
    screen = DesktopScreen(MssPixels(desk.display), windows, lambda title, program: "뱅킹" in title)
    try:
        with pytest.raises(DeviceFailed, match="capture_excluded"):
            screen.freeze("window")
        note = paint(desk, "메모", Box(300, 200, 400, 300), GREEN)
        frame = screen.freeze("screen")
        assert frame.covered == 1
        assert not (frame.image == rgb(RED)).all(axis=2).any(), "pixels of the bank were left"
        assert (frame.image[bank.inside.y + 5, bank.inside.x + 5] == COVER).all()
        x, y, width, height = note.inside
        assert all_of(frame.image[y : y + height, x : x + width], GREEN), "the window over it was painted too"
        assert screen.freeze("window").title == "메모"
        note.close()
    finally:
        bank.close()
        windows.close()


def test_threads_capture_at_the_same_time(desk: Desk, screen: DesktopScreen) -> None:
    """GIVEN four threads THEN each gets the right pixels, with an MSS object of its own."""
    window = paint(desk, "여럿", Box(200, 150, 300, 200), GREEN)
    wrong: list[object] = []

    def capture() -> None:
        try:
            for _ in range(10):
                image = screen.freeze("region", tuple(window.inside)).image
                if not all_of(image, GREEN):
                    wrong.append(image)
        except Exception as error:
            wrong.append(error)

    try:
        threads = [threading.Thread(target=capture) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert wrong == []
    finally:
        window.close()


def test_a_frame_does_not_change_when_the_screen_does(desk: Desk, screen: DesktopScreen) -> None:
    window = paint(desk, "얼림", Box(200, 150, 300, 200), GREEN)
    frame = screen.freeze("region", tuple(window.inside))
    window.close()
    other = paint(desk, "다음", Box(200, 150, 300, 200), RED)
    try:
        assert all_of(screen.freeze("region", tuple(other.inside)).image, RED)
        assert all_of(frame.image, GREEN)
    finally:
        other.close()


def test_a_display_that_is_not_there_is_said() -> None:
    with pytest.raises(DeviceFailed, match="capture_failed"):
        MssPixels(":4711").monitors()
    with pytest.raises(DeviceFailed, match="display_unreachable"):
        X11Windows(":4711")


def test_this_session_has_a_screen(on_desk: Desk) -> None:
    """The way the program itself opens it: through DISPLAY."""
    window = paint(on_desk, "평소", Box(200, 150, 300, 200), GREEN)
    try:
        assert open_screen().freeze("window").title == "평소"
    finally:
        window.close()
