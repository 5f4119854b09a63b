"""Pictures without text, and pictures that are hard to hold: what is invented, how long it takes, how much memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from assistant.frames import Frame

if TYPE_CHECKING:
    from assistant.ports import ScreenReader


@dataclass(frozen=True)
class Odd:
    """What came of one odd picture."""

    name: str
    size: tuple[int, int]
    lines: int
    characters: int
    seconds: float
    peak_mb: float | None
    """the process's highest memory so far; None where the system does not tell"""
    error: str | None = None


def noise(seed: int, height: int, width: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def smooth_noise(seed: int, height: int, width: int, grain: int) -> np.ndarray:
    """Blots of about `grain` pixels."""
    small = Image.fromarray(noise(seed, height // grain, width // grain))
    return np.asarray(small.resize((width, height), Image.Resampling.BICUBIC))


def stripes(height: int, width: int, period: int) -> np.ndarray:
    image = np.full((height, width, 3), 255, dtype=np.uint8)
    image[np.arange(height) % period < period // 2] = 0
    return image


def checks(height: int, width: int, period: int) -> np.ndarray:
    y, x = np.indices((height, width))
    return np.repeat((((y // period + x // period) % 2) * 255).astype(np.uint8)[..., None], 3, axis=2)


def gradient(height: int, width: int) -> np.ndarray:
    ramp = np.linspace(0, 255, width).astype(np.uint8)
    return np.repeat(np.broadcast_to(ramp, (height, width))[..., None], 3, axis=2).copy()


WITHOUT_TEXT: dict[str, Callable[[], np.ndarray]] = {
    "all black": lambda: np.zeros((1080, 1920, 3), dtype=np.uint8),
    "all white": lambda: np.full((1080, 1920, 3), 255, dtype=np.uint8),
    "1 × 1": lambda: np.full((1, 1, 3), 128, dtype=np.uint8),
    "20,000 × 50": lambda: noise(1, 50, 20_000),
    "50 × 20,000": lambda: noise(2, 20_000, 50),
    "noise": lambda: noise(3, 1080, 1920),
    "noise, small": lambda: noise(4, 200, 300),
    "noise, grey, faint": lambda: noise(5, 1080, 1920) // 16 + 120,
    "blots of 4": lambda: smooth_noise(6, 1080, 1920, 4),
    "blots of 12": lambda: smooth_noise(7, 1080, 1920, 12),
    "blots of 40": lambda: smooth_noise(8, 1080, 1920, 40),
    "stripes": lambda: stripes(1080, 1920, 16),
    "chess board": lambda: checks(1080, 1920, 12),
    "gradient": lambda: gradient(1080, 1920),
}


def turned(frame: Frame, times: int) -> np.ndarray:
    """A screen turned by `times` quarters."""
    return np.ascontiguousarray(np.rot90(frame.image, times))


def measured(reader: ScreenReader, name: str, image: np.ndarray) -> Odd:
    """One picture read; whatever goes wrong is told, not raised."""
    begun = time.perf_counter()
    error, lines = None, ()
    try:
        lines = reader.read(Frame(image)).lines
    except Exception as failure:
        error = f"{type(failure).__name__}: {failure}"
    seconds = time.perf_counter() - begun
    letters = sum(len(line.text) for line in lines)
    return Odd(name, (image.shape[1], image.shape[0]), len(lines), letters, seconds, peak_mb(), error)


def measure_all(reader: ScreenReader, screens: Sequence[Frame]) -> list[Odd]:
    """All odd pictures, and `screens` turned by a quarter and by half."""
    found = [measured(reader, name, make()) for name, make in WITHOUT_TEXT.items()]
    for frame in screens:
        for times, name in ((1, "a screen turned by 90°"), (2, "a screen turned by 180°")):
            found.append(measured(reader, name, turned(frame, times)))
    return found


def peak_mb() -> float | None:
    """The highest memory of this process so far, in MB."""
    if sys.platform == "win32":
        return None
    import resource

    unit = 1024 if sys.platform != "darwin" else 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
