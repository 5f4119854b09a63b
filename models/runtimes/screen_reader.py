"""Reads the text of a frame: detector, cutting, recogniser, reading order. The port `ScreenReader`, offline."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import EngineFailed, Stopped
from assistant.frames import Box, Frame, ScreenText, TextLine
from models.manifest import verify
from models.runtimes import screen_text_detector as detector
from models.runtimes import screen_text_recogniser as recogniser
from models.runtimes.screen_text_blocks import whole_lines
from models.runtimes.screen_text_columns import with_columns_parted
from models.runtimes.screen_text_cutting import CutLine, cut_lines, without_repeats
from models.runtimes.screen_text_memory import Capture, Changes, Key, changes, digest, key_of
from models.runtimes.screen_widgets import WidgetReader
from models.runtimes.screen_widgets_views import seen

if TYPE_CHECKING:
    import numpy as np

    from assistant.ports import Cancel

BUNDLED = Path(__file__).parent.parent / "bundled"
LEAST_MEAN, MORE_FOR_SHORT = 0.5, 0.25
"""readings whose characters are less sure than this on the mean are left out, and one of n characters needs
MORE_FOR_SHORT / n more: icons read as one or two characters, and an empty place is better than invented text"""
LEAST_FRAME_MEAN = {16: 0.88, 8: 0.7}
"""a frame of so many characters or more that are less sure than this on the mean is no upright text at all: real
screens have 0.92 and more, turned ones at most 0.82 (models/LOG.md); few characters tell less"""
MOST_LINES = 1500
"""lines read of one frame; the surest are kept"""


@dataclass(frozen=True)
class ReadTimings:
    """Where the time of one reading went, in milliseconds."""

    detect_ms: float
    cut_ms: float
    recognise_ms: float
    widgets_ms: float = 0.0


class ScreenTextReader:
    """Reads Korean and English screen text on the CPU with the three bundled models: what it says, what it is, in which state."""

    name = "screen-text-ko"

    def __init__(
        self,
        detector_folder: Path | None = None,
        recogniser_folder: Path | None = None,
        threads: int = 2,
        with_widgets: bool = True,
    ) -> None:
        """Folders default to the bundled models; `threads` is how many cores a reading uses.

        `with_widgets`: tell roles and states too, and take check marks off the texts.
        """
        self.detector_folder = detector_folder or BUNDLED / "screen-text-det"
        self.recogniser_folder = recogniser_folder or BUNDLED / "screen-text-ko"
        self.threads = threads
        self.last_timings = ReadTimings(0.0, 0.0, 0.0)
        self.widgets = WidgetReader(threads=threads) if with_widgets else None
        self._networks: tuple[detector.Network, recogniser.LineRecogniser] | None = None
        self._last: Capture | None = None

    def load(self) -> None:
        """Load the models now instead of on the first reading. Errors: `ModelMissing`, `EngineFailed`."""
        self._loaded()
        if self.widgets is not None:
            self.widgets.load()

    def read(
        self,
        frame: Frame,
        cancel: Cancel | None = None,
        on_lines: Callable[[Sequence[TextLine]], None] | None = None,
    ) -> ScreenText:
        """The frame's lines in reading order. Errors: `ModelMissing`, `EngineFailed`, `Stopped` when cancelled.

        What has not changed since the last frame is not read again. `on_lines` is given all lines read so far, in
        reading order, each time there are more.
        """
        begun = time.perf_counter()
        network, lines_reader = self._loaded()
        stop_if(cancel)
        last, image = self._last, frame.image
        changed = None
        if last is not None and last.image.shape == image.shape:
            changed = changes(last.image, image)
            if changed.none:
                self.last_timings = ReadTimings(0.0, 0.0, 0.0)
                return ScreenText(last.lines, 1000 * (time.perf_counter() - begun))
        chance = chance_of(image, stoppable(network, cancel), last, changed)
        rest(network)  # now: the networks after it need a place, too
        stop_if(cancel)
        detected = time.perf_counter()
        cuts = cuts_of(image, chance, last, changed, cancel)
        cut = with_columns_parted(without_repeats([line for lines in cuts.values() for line in lines]))
        was_cut = time.perf_counter()
        readings, marks = {}, [digest(line.crop) for line in cut]
        if last is not None:
            readings = {mark: last.readings[mark] for mark in marks if mark in last.readings}
        fresh = [number for number, mark in enumerate(marks) if mark not in readings]
        lines = read_lines(cut, marks, readings)
        for numbers, read in lines_reader.batches([cut[number].crop for number in fresh]):
            stop_if(cancel)
            readings |= {marks[fresh[n]]: reading for n, reading in zip(numbers, read, strict=True)}
            lines = read_lines(cut, marks, readings)
            if on_lines is not None:
                on_lines(lines)
        was_read = time.perf_counter()
        if self.widgets is not None:
            lines = self.widgets.of(image, lines, unchanged_lines(last, changed))
            self.widgets.rest()
        rest(lines_reader.network)
        done = time.perf_counter()
        self.last_timings = ReadTimings(
            *(1000 * s for s in (detected - begun, was_cut - detected, was_read - was_cut, done - was_read))
        )
        self._last = Capture(image, chance, cuts, readings, tuple(lines))
        return ScreenText(tuple(lines), 1000 * (done - begun))

    def forget(self) -> None:
        """Drop what is kept of the last frame; the next reading reads everything."""
        self._last = None

    def close(self) -> None:
        """Give the models' memory back, and forget the last frame."""
        self._networks = self._last = None
        if self.widgets is not None:
            self.widgets.close()

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


def stoppable(network: detector.Network, cancel: Cancel | None) -> detector.Network:
    """The network, which stops in the middle of a frame where it can."""
    if cancel is None or not isinstance(network, detector.OpenVinoNetwork):
        return network
    return network.until(cancel)


def rest(network: detector.Network | recogniser.Network) -> None:
    """Let the network give back what it calculated in, where it can."""
    if isinstance(network, (detector.OpenVinoNetwork, recogniser.OpenVinoNetwork)):
        network.rest()


def chance_of(
    image: np.ndarray, network: detector.Network, last: Capture | None, changed: Changes | None
) -> np.ndarray:
    """The detector's map of the image, where possible made out of the last one."""
    if last is None or changed is None or last.chance.shape != image.shape[:2]:
        return detector.mapped(image, network)
    regions = changed.regions()
    if regions is None:
        return detector.mapped(image, network)
    return detector.remapped(image, network, last.chance, regions)


def cuts_of(
    image: np.ndarray,
    chance: np.ndarray,
    last: Capture | None,
    changed: Changes | None,
    cancel: Cancel | None = None,
) -> dict[Key, tuple[CutLine, ...]]:
    """The lines cut out of everything found, the surest first; those of unchanged places are taken over."""
    found = whole_lines(image, detector.found_in(chance, image))
    cuts = {}
    for one in sorted(found, key=lambda one: -one.score)[:MOST_LINES]:
        stop_if(cancel)
        key = key_of(one)
        kept = last.cuts.get(key) if last is not None and changed is not None else None
        if kept is None or changed is None or changed.touch(one.around):
            kept = tuple(cut_lines(image, one))
        cuts[key] = kept
    return cuts


def unchanged_lines(last: Capture | None, changed: Changes | None) -> dict[Box, TextLine]:
    """Lines of the last capture around which nothing has changed, by box."""
    if last is None or changed is None:
        return {}
    return {line.box: line for line in last.lines if not any(changed.touch(part) for part in seen(line.box))}


def garbled(readings: Sequence[recogniser.Reading]) -> bool:
    """Whether the frame holds no text that can be read: it lies on its side, is noise or of another script.

    Told by the mean probability of all its characters, the unsure lines' included.
    """
    characters = sum(len(said.text) for said in readings)
    sure_of = sum(said.mean * len(said.text) for said in readings)
    least = next((mean for many, mean in LEAST_FRAME_MEAN.items() if characters >= many), 0.0)
    return sure_of < least * characters


def read_lines(
    cut: Sequence[CutLine], marks: Sequence[bytes], readings: Mapping[bytes, recogniser.Reading]
) -> list[TextLine]:
    """The lines that have been read surely enough, in reading order; none of a garbled frame."""
    pairs = [(line, readings[mark]) for line, mark in zip(cut, marks, strict=True) if mark in readings]
    if garbled([said for _, said in pairs]):
        return []
    return in_reading_order([text_line(line, said) for line, said in pairs if sure(said)])


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
