"""Reads the text of a frame: detector, cutting, recogniser, reading order. The port `ScreenReader`, offline."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import EngineFailed, Stopped
from assistant.frames import Frame, ScreenText, TextLine
from models.manifest import verify
from models.runtimes import screen_text_detector as detector
from models.runtimes import screen_text_recogniser as recogniser
from models.runtimes.screen_text_blocks import whole_lines
from models.runtimes.screen_text_cutting import CutLine, cut_lines, without_repeats

if TYPE_CHECKING:
    from assistant.ports import Cancel

BUNDLED = Path(__file__).parent.parent / "bundled"
LEAST_MEAN, MORE_FOR_SHORT = 0.5, 0.25
"""readings whose characters are less sure than this on the mean are left out, and one of n characters needs
MORE_FOR_SHORT / n more: icons read as one or two characters, and an empty place is better than invented text"""
MOST_LINES = 1500
"""lines read of one frame; the surest are kept"""


@dataclass(frozen=True)
class ReadTimings:
    """Where the time of one reading went, in milliseconds."""

    detect_ms: float
    cut_ms: float
    recognise_ms: float


class ScreenTextReader:
    """Reads Korean and English screen text on the CPU with the two bundled models."""

    name = "screen-text-ko"

    def __init__(
        self, detector_folder: Path | None = None, recogniser_folder: Path | None = None, threads: int = 2
    ) -> None:
        """Folders default to the bundled models; `threads` is how many cores a reading uses."""
        self.detector_folder = detector_folder or BUNDLED / "screen-text-det"
        self.recogniser_folder = recogniser_folder or BUNDLED / "screen-text-ko"
        self.threads = threads
        self.last_timings = ReadTimings(0.0, 0.0, 0.0)
        self._networks: tuple[detector.Network, recogniser.LineRecogniser] | None = None

    def load(self) -> None:
        """Load both models now instead of on the first reading. Errors: `ModelMissing`, `EngineFailed`."""
        self._loaded()

    def read(self, frame: Frame, cancel: Cancel | None = None) -> ScreenText:
        """The frame's lines in reading order. Errors: `ModelMissing`, `EngineFailed`, `Stopped` when cancelled."""
        network, lines_reader = self._loaded()
        begun = time.perf_counter()
        found = detector.detect(frame.image, network)
        stop_if(cancel)
        detected = time.perf_counter()
        found = sorted(whole_lines(frame.image, found), key=lambda one: -one.score)[:MOST_LINES]
        cut = without_repeats([line for one in found for line in cut_lines(frame.image, one)])
        was_cut = time.perf_counter()
        lines: list[TextLine] = []
        for numbers, readings in lines_reader.batches([line.crop for line in cut]):
            stop_if(cancel)
            lines += [
                text_line(cut[n], reading)
                for n, reading in zip(numbers, readings, strict=True)
                if sure(reading)
            ]
        done = time.perf_counter()
        self.last_timings = ReadTimings(
            *(1000 * s for s in (detected - begun, was_cut - detected, done - was_cut))
        )
        return ScreenText(tuple(in_reading_order(lines)), 1000 * (done - begun))

    def close(self) -> None:
        """Give the models' memory back."""
        self._networks = None

    def _loaded(self) -> tuple[detector.Network, recogniser.LineRecogniser]:
        if self._networks is None:
            verify(self.detector_folder, full=False)
            verify(self.recogniser_folder, full=False)
            characters = (self.recogniser_folder / "charset.txt").read_text(encoding="utf-8")
            try:
                find = detector_network(self.detector_folder / "model.onnx", self.threads)
                read = recogniser_network(self.recogniser_folder / "model.onnx", self.threads)
            except Exception as error:
                raise EngineFailed("engine_failed", engine="screen text", reason=str(error)) from error
            self._networks = find, recogniser.LineRecogniser(read, characters)
        return self._networks


def detector_network(model: Path, threads: int) -> detector.Network:
    """On OpenVINO where it is installed, as that is faster; else on onnxruntime."""
    try:
        return detector.OpenVinoNetwork(model, threads)
    except ImportError:
        return detector.OnnxRuntimeNetwork(model, threads)


def recogniser_network(model: Path, threads: int) -> recogniser.Network:
    """On OpenVINO where it is installed, as that is faster; else on onnxruntime."""
    try:
        return recogniser.OpenVinoNetwork(model, threads)
    except ImportError:
        return recogniser.OnnxRuntimeNetwork(model, threads)


def stop_if(cancel: Cancel | None) -> None:
    if cancel is not None and cancel.is_set():
        raise Stopped


def sure(reading: recogniser.Reading) -> bool:
    length = len(reading.text)
    return length > 0 and reading.mean >= LEAST_MEAN + MORE_FOR_SHORT / length


def text_line(cut: CutLine, reading: recogniser.Reading) -> TextLine:
    return TextLine(reading.text, cut.box, round(reading.chance, 4), ink=cut.ink, paper=cut.paper)


def in_reading_order(lines: Sequence[TextLine]) -> list[TextLine]:
    """Rows from the top, inside a row from the left. A line joins the row whose middle its own middle is near."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda one: (one.box.centre[1], one.box.x)):
        if rows and same_row(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda one: one.box.x)]


def same_row(first: TextLine, line: TextLine) -> bool:
    apart = abs(first.box.centre[1] - line.box.centre[1])
    return apart < 0.5 * min(first.box.height, line.box.height)
