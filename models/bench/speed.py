"""How long a full-HD screen takes, beside Tesseract in the same minute, and when only one window has changed."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING

from assistant.frames import Frame
from models.bench import tesseract
from models.bench.truth import Screen, changed_window

if TYPE_CHECKING:
    from models.runtimes.screen_reader import ScreenTextReader

FULL_HD = (1920, 1080)


@dataclass(frozen=True)
class ScreenTimes:
    """Seconds by the clock for one full-HD screen."""

    screen: str
    lines: int
    ours: float
    """a screen the reader has not seen before"""
    same_again: float
    """the very same picture once more"""
    window_changed: float
    """the picture with another window in a part of it"""
    changed_alike: float
    """share of the lines of a fresh reading of the changed picture that are read so too"""
    tesseract: float | None
    ours_processor: float
    """seconds of all cores together, which a busy machine does not lengthen"""
    tesseract_processor: float | None


def measure(
    reader: ScreenTextReader, screens: Sequence[Screen], settings: tesseract.Settings | None
) -> list[ScreenTimes]:
    """Times of each full-HD screen, one after the other."""
    frames = [screen.frame() for screen in screens]
    times = []
    for number, (screen, frame) in enumerate(zip(screens, frames, strict=True)):
        changed = changed_window(frame, frames[(number + 1) % len(frames)].image)
        reader.forget()
        before = time.process_time()
        first, text = clocked(reader, frame)
        spent = time.process_time() - before
        again, _ = clocked(reader, frame)
        after, partly = clocked(reader, changed)
        reader.forget()
        _, whole = clocked(reader, changed)
        theirs = tesseract.read(screen.picture, settings) if settings else None
        times.append(
            ScreenTimes(
                screen.name, len(text), first, again, after, alike_share(partly, whole), theirs and theirs.seconds,
                spent, theirs and theirs.processor_seconds,
            )
        )  # fmt: skip
    return times


def clocked(reader: ScreenTextReader, frame: Frame) -> tuple[float, list[str]]:
    begun = time.perf_counter()
    text = reader.read(frame)
    return time.perf_counter() - begun, [line.text for line in text.lines]


def alike_share(some: Sequence[str], all_texts: Sequence[str]) -> float:
    """Of the texts of `all_texts`, the share that `some` has too, each as often."""
    left = list(some)
    shared = 0
    for text in all_texts:
        if text in left:
            left.remove(text)
            shared += 1
    return shared / max(1, len(all_texts))


def figures(times: Sequence[ScreenTimes]) -> dict[str, object]:
    """Medians and worst cases in seconds, and our share of Tesseract's time: a screen's, and that of all together."""
    found: dict[str, object] = {"screens": len(times), "each": [asdict(one) for one in times]}
    for name in (
        "ours",
        "same_again",
        "window_changed",
        "tesseract",
        "ours_processor",
        "tesseract_processor",
    ):
        values = [value for one in times if (value := getattr(one, name)) is not None]
        if values:
            found[name] = {"median": median(values), "worst": max(values)}
    for name, pairs in (
        ("ours_to_tesseract", [(one.ours, one.tesseract) for one in times]),
        ("processor_ratio", [(one.ours_processor, one.tesseract_processor) for one in times]),
    ):
        both = [(ours, theirs) for ours, theirs in pairs if theirs]
        if both:
            ratios = [ours / theirs for ours, theirs in both]
            whole = sum(ours for ours, _ in both) / sum(theirs for _, theirs in both)
            found[name] = {"median": median(ratios), "worst": max(ratios), "all_together": whole}
    if times:
        found["changed_alike"] = min(one.changed_alike for one in times)
    return found
