"""The bundled screen reader reads real pixels: content, colours, order, odd pictures, cancelling."""

from __future__ import annotations

import json
import threading
import time
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assistant.errors import ModelMissing, Stopped
from assistant.frames import Box, Frame, ScreenText, TextLine
from assistant.ports import ScreenReader
from models.runtimes.screen_reader import ScreenTextReader, in_reading_order

PICTURES = Path(__file__).parent / "screen_reader_pictures"
SCREENS = Path(__file__).parent.parent / "screens"
DRAWING = (slice(225, 600), slice(215, 1070))
"""where nothing but hills and a sun are on eog-properties"""


@pytest.fixture(scope="module")
def reader() -> ScreenTextReader:
    made = ScreenTextReader()
    made.load()
    return made


@pytest.fixture(scope="module")
def sheet() -> Frame:
    return Frame(np.asarray(Image.open(PICTURES / "sheet.png").convert("RGB")))


@pytest.fixture(scope="module")
def read(reader: ScreenTextReader, sheet: Frame) -> ScreenText:
    return reader.read(sheet)


def line_at(read: ScreenText, box: list[int]) -> TextLine | None:
    return max(read.lines, key=lambda line: line.box.iou(Box(*box)), default=None)


def likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def test_it_is_a_screen_reader(reader: ScreenTextReader) -> None:
    assert isinstance(reader, ScreenReader)


def test_nearly_every_line_of_a_screen_is_read_right_and_in_place(read: ScreenText) -> None:
    said = json.loads((PICTURES / "sheet.json").read_text(encoding="utf-8"))
    wrong = []
    for text, box in said:
        line = line_at(read, box)
        if line is None or line.box.iou(Box(*box)) < 0.4 or line.text != text:
            wrong.append((text, line and line.text))
    assert len(wrong) <= 3, wrong
    assert all(likeness(text, other or "") > 0.6 for text, other in wrong), wrong


def test_no_line_is_invented(read: ScreenText) -> None:
    said = json.loads((PICTURES / "sheet.json").read_text(encoding="utf-8"))
    assert len(read.lines) <= len(said) + 1


def test_table_cells_stay_apart_and_a_row_reads_from_the_left(read: ScreenText) -> None:
    texts = [line.text for line in read.lines if 110 < line.box.centre[1] < 140 and line.box.x < 600]
    assert texts == ["강릉점", "1,204,000", "987,650", "1,530,200"]


def test_colours_of_letters_and_paper_are_named(read: ScreenText) -> None:
    colours = {line.text: (line.ink, line.paper) for line in read.lines}
    assert colours["저장"] == ("white", "green")
    assert colours["860,300"] == ("white", "blue")
    assert next(pair for text, pair in colours.items() if text.startswith("오류")) == ("red", "white")


def test_scores_are_chances(read: ScreenText) -> None:
    scores = [line.score for line in read.lines]
    assert all(0 < score <= 1 for score in scores)
    assert sum(scores) / len(scores) > 0.85
    assert read.milliseconds > 0


def test_dark_and_light_screens_read_alike(reader: ScreenTextReader, sheet: Frame, read: ScreenText) -> None:
    dark = reader.read(Frame(255 - sheet.image))
    assert (
        likeness("\n".join(line.text for line in dark.lines), "\n".join(line.text for line in read.lines))
        > 0.97
    )


def test_lines_standing_as_close_as_syllables_are_not_read_as_columns(reader: ScreenTextReader) -> None:
    editor = Frame(np.asarray(Image.open(PICTURES / "editor.png").convert("RGB")))
    said = (PICTURES / "editor.txt").read_text(encoding="utf-8").split("\n")
    texts = [line.text for line in reader.read(editor).lines]
    found = [max((likeness(line, text) for text in texts), default=0) for line in said if line]
    assert sum(score > 0.85 for score in found) >= len(found) - 1, texts


def image(height: int, width: int, value: int = 0) -> np.ndarray:
    return np.full((height, width, 3), value, dtype=np.uint8)


def soft_noise(height: int, width: int) -> np.ndarray:
    """Cloudy noise: weaker the finer, as in photographs."""
    spectrum = np.fft.rfft2(np.random.default_rng(4).standard_normal((height, width)))
    down, across = np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None]
    clouds = np.fft.irfft2(spectrum / np.maximum(np.hypot(down, across), 1 / width), (height, width))
    grey = (255 * (clouds - clouds.min()) / np.ptp(clouds)).astype(np.uint8)
    return np.repeat(grey[..., None], 3, 2)


def strokes(height: int, width: int) -> np.ndarray:
    """Short lines across and down, as thick as those of letters."""
    chance, drawn = np.random.default_rng(5), image(height, width, 240)
    for _ in range(400):
        y, x = chance.integers(0, height - 30), chance.integers(0, width - 40)
        drawn[y : y + 2, x : x + chance.integers(4, 40)] = 40
        drawn[y : y + chance.integers(4, 30), x : x + 2] = 40
    return drawn


ODD = {
    "one pixel": image(1, 1),
    "one column": image(300, 1, 255),
    "black": image(400, 640),
    "white": image(400, 640, 255),
    "wide strip": image(50, 20_000, 230),
    "tall strip": image(20_000, 50, 30),
    "4K": image(2160, 3840, 90),
    "noise": np.random.default_rng(3).integers(0, 256, (400, 640, 3), dtype=np.uint8),
    "black and white noise": np.random.default_rng(3).integers(0, 2, (400, 640, 1), dtype=np.uint8)
    * np.full(3, 255, dtype=np.uint8),
    "coarse noise": np.random.default_rng(3)
    .integers(0, 256, (50, 80, 3), dtype=np.uint8)
    .repeat(8, 0)
    .repeat(8, 1),
    "soft noise": soft_noise(400, 640),
    "strokes": strokes(400, 640),
    "chequers": np.kron(np.indices((50, 80)).sum(axis=0) % 2, np.ones((8, 8)))[..., None]
    .repeat(3, 2)
    .astype(np.uint8)
    * np.uint8(255),
    "stripes": np.tile(np.array([0, 255], dtype=np.uint8)[None, :, None], (400, 320, 3)),
    "gradient": np.repeat(np.linspace(0, 255, 640).astype(np.uint8)[None, :, None], 400, 0)
    .repeat(3, 2)
    .copy(),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_pictures_give_nothing_and_do_not_crash(reader: ScreenTextReader, name: str) -> None:
    begun = time.process_time()
    lines = reader.read(Frame(ODD[name])).lines
    assert len(lines) <= 1, [line.text for line in lines]
    assert time.process_time() - begun < 30


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_turned_screen_gives_nothing_rather_than_invented_text(
    reader: ScreenTextReader, sheet: Frame, quarters: int
) -> None:
    turned = Frame(np.ascontiguousarray(np.rot90(sheet.image, quarters)))
    assert [line.text for line in reader.read(turned).lines] == []


def test_a_drawing_gives_nothing(reader: ScreenTextReader) -> None:
    screen = np.asarray(Image.open(SCREENS / "eog-properties.png").convert("RGB"))
    assert reader.read(Frame(np.ascontiguousarray(screen[DRAWING]))).lines == ()


def test_a_stopped_reading_ends_early(reader: ScreenTextReader, sheet: Frame) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Stopped):
        reader.read(sheet, cancel)


class SetLater(threading.Event):
    """Set when it is asked for the n-th time."""

    def __init__(self, asked: int) -> None:
        super().__init__()
        self.left = asked

    def is_set(self) -> bool:
        self.left -= 1
        return self.left <= 0


def test_a_reading_stops_in_the_middle_of_the_detector_and_the_next_one_is_whole() -> None:
    screen = np.asarray(Image.open(SCREENS / "eog-properties.png").convert("RGB"))
    reader = ScreenTextReader()
    read = reader.read(Frame(screen)).lines
    reader.forget()
    cancel = SetLater(asked=3)
    with pytest.raises(Stopped):
        reader.read(Frame(screen), cancel)
    assert cancel.left == 0, "it looked again after it was told"
    assert reader.read(Frame(screen), threading.Event()).lines == read


def test_a_missing_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        ScreenTextReader(recogniser_folder=tmp_path / "nowhere").load()


def test_reading_order_goes_by_rows_then_from_the_left() -> None:
    boxes = {
        "b": (200, 12, 50, 20),
        "a": (10, 10, 50, 22),
        "d": (10, 50, 300, 40),
        "c": (300, 8, 50, 26),
        "e": (10, 95, 9, 9),
    }
    lines = [TextLine(text, Box(*box)) for text, box in boxes.items()]
    assert [line.text for line in in_reading_order(lines)] == ["a", "b", "c", "d", "e"]
