"""Reading only what changed gives what a full reading gives: windows opened, moved and closed, pages scrolled."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assistant.frames import Box, Frame, ScreenText, TextLine
from models.runtimes.screen_reader import ScreenTextReader
from models.runtimes.screen_text_memory import MOST_REGIONS, TILE, Changes, changes, digest, merged

SCREENS = Path(__file__).parent.parent / "screens"
LEAST_EQUAL = 0.9
"""of the lines of a full reading that must come out with the same text in the same place (the detector sees the
whole frame at once, so a change far away can shift a doubtful line)"""


def opened(name: str) -> np.ndarray:
    return np.asarray(Image.open(SCREENS / f"{name}.png").convert("RGB"))


@pytest.fixture(scope="module")
def reader() -> ScreenTextReader:
    made = ScreenTextReader()
    made.load()
    return made


@pytest.fixture(scope="module")
def screen() -> np.ndarray:
    return opened("mousepad-menu")


@pytest.fixture(scope="module")
def window() -> np.ndarray:
    return opened("xfce-mouse")[150:660, 370:710]


def with_window(screen: np.ndarray, window: np.ndarray, x: int, y: int) -> np.ndarray:
    changed = screen.copy()
    changed[y : y + window.shape[0], x : x + window.shape[1]] = window
    return changed


def scrolled(screen: np.ndarray, by: int) -> np.ndarray:
    changed = screen.copy()
    changed[150:700] = screen[150 + by : 700 + by] if by > 0 else screen[150:700]
    return changed


def same(line: TextLine, others: tuple[TextLine, ...]) -> bool:
    return any(line.text == other.text and line.box.iou(other.box) > 0.7 for other in others)


def agreement(one: ScreenText, other: ScreenText) -> float:
    pairs = [same(line, other.lines) for line in one.lines] + [same(line, one.lines) for line in other.lines]
    return sum(pairs) / len(pairs)


CHANGES: dict[str, Callable[[np.ndarray, np.ndarray], list[np.ndarray]]] = {
    "opened": lambda screen, window: [screen, with_window(screen, window, 560, 230)],
    "moved": lambda screen, window: [
        with_window(screen, window, 560, 230),
        with_window(screen, window, 603, 271),
    ],
    "closed": lambda screen, window: [with_window(screen, window, 560, 230), screen],
    "scrolled": lambda screen, window: [screen, scrolled(screen, 26)],
    "one letter": lambda screen, window: [screen, with_window(screen, window[200:214, 60:70], 640, 400)],
    "another screen": lambda screen, window: [screen, opened("caja-search")],
    "another size": lambda screen, window: [screen, np.ascontiguousarray(screen[:-100, :-100])],
}


@pytest.mark.parametrize("name", CHANGES)
def test_after_a_change_it_reads_as_if_for_the_first_time(
    reader: ScreenTextReader, screen: np.ndarray, window: np.ndarray, name: str
) -> None:
    before, after = CHANGES[name](screen, window)
    reader.forget()
    reader.read(Frame(before))
    again = reader.read(Frame(after))
    reader.forget()
    assert agreement(again, reader.read(Frame(after))) >= LEAST_EQUAL


def test_an_unchanged_screen_is_not_read_again(reader: ScreenTextReader, screen: np.ndarray) -> None:
    first = reader.read(Frame(screen))
    begun = time.process_time()
    again = reader.read(Frame(screen.copy()))
    assert again.lines == first.lines and len(again.lines) > 10
    assert time.process_time() - begun < 0.1


def test_a_small_change_runs_the_networks_on_a_small_part(
    reader: ScreenTextReader, screen: np.ndarray, window: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.forget()
    reader.read(Frame(screen))
    pixels, columns = [], []
    find, read = reader._loaded()
    network = read.network
    monkeypatch.setattr(reader, "_networks", (lambda tile: pixels.append(tile.size // 3) or find(tile), read))
    monkeypatch.setattr(read, "network", lambda ink: columns.append(ink.shape[0]) or network(ink))
    reader.read(Frame(with_window(screen, window[:120, :200], 400, 200)))
    assert 0 < sum(pixels) < 0.35 * screen.shape[0] * screen.shape[1]
    assert sum(columns) < 40


def test_a_forgotten_frame_leaves_nothing_behind(reader: ScreenTextReader, screen: np.ndarray) -> None:
    reader.read(Frame(screen))
    assert reader._last is not None and reader._last.image is screen
    reader.forget()
    assert reader._last is None


def test_only_the_last_frame_is_kept(
    reader: ScreenTextReader, screen: np.ndarray, window: np.ndarray
) -> None:
    for shift in range(3):
        reader.read(Frame(with_window(screen, window, 300 + 40 * shift, 128)))
    kept = reader._last
    lines = {digest(line.crop) for lines in kept.cuts.values() for line in lines}
    assert set(kept.readings) <= lines
    assert kept.chance.shape == screen.shape[:2]


def test_lines_are_handed_out_while_they_are_read(reader: ScreenTextReader, screen: np.ndarray) -> None:
    reader.forget()
    handed: list[int] = []
    done = reader.read(Frame(screen), on_lines=lambda lines: handed.append(len(lines)))
    assert len(handed) > 1 and handed == sorted(handed) and handed[-1] == len(done.lines)


def test_changed_squares_are_found() -> None:
    before = np.zeros((300, 500, 3), dtype=np.uint8)
    now = before.copy()
    now[70, 130, 2] = 1
    now[299, 499, 0] = 1
    found = changes(before, now)
    assert np.argwhere(found.tiles).tolist() == [[1, 2], [4, 7]]
    assert found.touch(Box(120, 60, 4, 6)) and not found.touch(Box(0, 0, 100, 40))
    assert changes(before, before.copy()).none


def test_regions_lie_around_the_changes_and_near_ones_are_put_together() -> None:
    tiles = np.zeros((17, 30), dtype=bool)
    tiles[2, 3] = tiles[2, 5] = tiles[14, 28] = True
    near, far = sorted(Changes(tiles, (1900, 1080)).regions() or [])
    assert near == Box(3 * TILE - 32, 2 * TILE - 32, 3 * TILE + 64, TILE + 64)
    assert far.x == 28 * TILE - 32 and far.right <= 1900


def test_a_frame_changed_all_over_is_read_as_a_whole() -> None:
    tiles = np.zeros((40, 40), dtype=bool)
    tiles[::3, ::3] = True
    assert tiles.sum() > MOST_REGIONS and Changes(tiles, (2560, 2560)).regions() is None
    assert Changes(np.ones((17, 30), dtype=bool), (1920, 1080)).regions() is None


def test_rectangles_are_merged_only_where_that_is_cheaper() -> None:
    beside = [Box(0, 0, 300, 300), Box(310, 0, 300, 300)]
    assert merged(beside) == [Box(0, 0, 610, 300)]
    apart = [Box(0, 0, 300, 300), Box(1500, 700, 300, 300)]
    assert merged(apart) == apart
