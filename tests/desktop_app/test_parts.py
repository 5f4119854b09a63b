"""What stands between the coordinator and the real screen, reader and threads."""

from __future__ import annotations

import os
import sys
import threading

import numpy as np
import pytest

from assistant.errors import DeviceFailed, Stopped
from assistant.frames import Box, Frame, ScreenText
from assistant.ports import Cancel
from tests.desktop_app.standins import StandInScreen
from tests.fakes import PATIENCE, FakeReader, UntilCancelled, a_frame, a_screen

pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
OURS = Box(10, 20, 30, 40)


class Windows:
    """The thread of the windows, which does everything at once."""

    def run(self, work, seconds: float) -> object:
        return work()


class FadingScreen(StandInScreen):
    """Our window on it fades: each glimpse is another picture until the last one, which stays."""

    def __init__(self, *pictures: int) -> None:
        super().__init__()
        self.pictures = list(pictures)
        self.glimpsed: list[Box] = []
        self.done: list[str] = []

    def glimpse(self, box: Box) -> np.ndarray:
        self.glimpsed.append(box)
        if not self.pictures:
            raise DeviceFailed("capture_failed", reason="gone")
        shown = self.pictures[0] if len(self.pictures) == 1 else self.pictures.pop(0)
        return np.full((2, 2, 3), shown, np.uint8)

    def freeze(self, what: str = "screen") -> Frame:
        self.done.append(f"frozen after {len(self.glimpsed)}")
        return super().freeze(what)


def cleared(screen: StandInScreen, ours: list[Box], hidden: list[str], drawn: threading.Event | None = None):
    from desktop.parts import ClearedScreen

    hide = lambda: hidden.append("hidden")  # noqa: E731
    return ClearedScreen(lambda: screen, Windows(), lambda: ours, hide, drawn or threading.Event())


def test_the_frame_waits_until_our_window_has_faded() -> None:
    """Seen before it is hidden, still there, half gone, gone, and gone again: then nothing of it is in the frame."""
    screen, hidden = FadingScreen(200, 200, 120, 50, 50), []
    cleared(screen, [OURS], hidden).freeze()
    assert hidden == ["hidden"] and screen.done == ["frozen after 5"] and set(screen.glimpsed) == {OURS}


def test_nothing_is_waited_for_where_nothing_of_ours_shows() -> None:
    screen, hidden = FadingScreen(200), []
    cleared(screen, [], hidden).freeze("window")
    assert screen.done == ["frozen after 0"] and hidden == [] and screen.received == ["window"]


def test_what_moves_below_our_window_is_not_waited_for_without_end() -> None:
    screen, hidden = FadingScreen(*([200] + [n % 100 for n in range(200)])), []
    cleared(screen, [OURS], hidden).freeze()
    assert len(screen.done) == 1 and screen.pictures, "it gave up while pictures were left"


@pytest.mark.parametrize("screen", [StandInScreen(), FadingScreen()], ids=["no glimpses", "failing glimpses"])
def test_without_glimpses_a_moment_passes(screen: StandInScreen) -> None:
    hidden: list[str] = []
    assert cleared(screen, [OURS], hidden).freeze() is screen.frame and hidden == ["hidden"]


def test_a_new_frame_makes_readers_wait_for_a_new_window() -> None:
    drawn = threading.Event()
    drawn.set()
    cleared(FadingScreen(1), [], [], drawn).freeze()
    assert not drawn.is_set()


def in_a_thread(work) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_reading_begins_when_our_window_is_drawn(
    no_threads_left: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop import parts
    from desktop.parts import AfterTheWindow

    monkeypatch.setattr(parts, "DRAWN_SECONDS", PATIENCE)
    began, drawn, reader = threading.Event(), threading.Event(), FakeReader()
    reader.enqueue(a_screen("저장"))
    read: list[ScreenText] = []

    class Noticed:
        def read(self, frame: Frame, cancel: Cancel | None = None) -> ScreenText:
            began.set()
            return reader.read(frame, cancel)

    thread = in_a_thread(lambda: read.append(AfterTheWindow(Noticed(), drawn).read(a_frame())))
    assert not began.wait(0.05)
    drawn.set()
    thread.join(PATIENCE)
    assert began.is_set() and read[0].lines[0].text == "저장"


def test_a_window_that_is_never_drawn_does_not_keep_the_screen_unread(no_threads_left: None) -> None:
    from desktop.parts import AfterTheWindow

    reader = FakeReader()
    thread = in_a_thread(lambda: AfterTheWindow(reader, threading.Event()).read(a_frame()))
    thread.join(PATIENCE)
    assert len(reader.received) == 1


def test_an_abandoned_reading_ends_before_the_next_begins(no_threads_left: None) -> None:
    from desktop.parts import AfterTheWindow

    drawn, waits, reader, ends = threading.Event(), UntilCancelled(), FakeReader(), []
    drawn.set()
    reader.enqueue(waits, a_screen("둘째"))
    one_at_a_time = AfterTheWindow(reader, drawn)

    def read(cancel: Cancel) -> None:
        try:
            ends.append(one_at_a_time.read(a_frame(), cancel).lines[0].text)
        except Stopped:
            ends.append("stopped")

    first, second, third = Cancel(), Cancel(), Cancel()
    threads = [in_a_thread(lambda: read(first))]
    assert waits.reached.wait(PATIENCE)
    second.set()
    threads += [in_a_thread(lambda: read(second)), in_a_thread(lambda: read(third))]
    assert len(reader.received) == 1 and not ends
    first.set()
    for thread in threads:
        thread.join(PATIENCE)
    assert sorted(ends) == ["stopped", "stopped", "둘째"] and ends[0] == "stopped"
    assert len(reader.received) == 2, "the one that was cancelled while it waited was not begun"


@pytest.mark.skipif(sys.platform != "linux", reason="priorities of threads are told by Linux only")
def test_a_thread_stands_back_with_those_it_starts_and_no_other(no_threads_left: None) -> None:
    from models.standing_back import NICENESS, stand_back

    def nice() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before, told = nice(), []

    def work() -> None:
        stand_back()
        told.append(nice())
        in_a_thread(lambda: told.append(nice())).join(PATIENCE)

    in_a_thread(work).join(PATIENCE)
    assert told == [min(19, before + NICENESS)] * 2 and nice() == before
