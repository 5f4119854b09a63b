"""Screen text from the programs and from the pixels, with stand-ins for both."""

from __future__ import annotations

from dataclasses import replace

from assistant.errors import DeviceFailed
from assistant.frames import Box, Frame, ScreenText, TextLine
from desktop.capture.values import Monitor, ScreenFrame
from desktop.screen_reading import DesktopReader
from tests.desktop_app.standins import a_screen_frame
from tests.fakes import FakeReader, a_frame

PLACE = Box(100, 50, 640, 480)
TOLD = ScreenText((TextLine("저장", Box(10, 20, 40, 20), role="button"),), source="accessibility")
READ = ScreenText((TextLine("저징", Box(11, 21, 38, 18), 0.6), TextLine("그림 속 글", Box(300, 300, 90, 20))))


class Tree:
    def __init__(self, fails: bool = False) -> None:
        self.asked: list[tuple[Box, float]] = []
        self._fails = fails

    def read(self, area: Box, stack=(), deadline_ms: float = 150.0, scale: float = 1.0) -> ScreenText:
        self.asked.append((area, scale))
        if self._fails:
            raise DeviceFailed("accessibility_unavailable")
        return TOLD

    def close(self) -> None: ...


def reading(tree: Tree, frame: Frame) -> list[str]:
    pixels = FakeReader()
    pixels.enqueue(READ)
    reader = DesktopReader(lambda: pixels, list, lambda: tree)
    return [line.text for line in reader.read(frame).lines]


def on_a_monitor() -> ScreenFrame:
    return replace(a_screen_frame(PLACE), monitor=Monitor(1, PLACE))


def test_exact_words_come_from_the_program_and_the_rest_from_the_pixels() -> None:
    tree = Tree()
    assert reading(tree, on_a_monitor()) == ["저장", "그림 속 글"]
    assert tree.asked == [(PLACE, 1.0)]


def test_a_frame_with_covered_windows_is_not_asked_about() -> None:
    tree = Tree()
    assert reading(tree, replace(on_a_monitor(), covered=1)) == ["저징", "그림 속 글"] and tree.asked == []


def test_pictures_from_elsewhere_are_read_from_their_pixels() -> None:
    assert reading(Tree(), a_frame()) == ["저징", "그림 속 글"]


def test_a_system_without_a_tree_is_asked_once() -> None:
    tree, pixels = Tree(fails=True), FakeReader()
    pixels.enqueue(READ, READ)
    reader = DesktopReader(lambda: pixels, list, lambda: tree)
    for _ in range(2):
        assert [line.text for line in reader.read(on_a_monitor()).lines] == ["저징", "그림 속 글"]
    assert len(tree.asked) == 1
