"""What every engine is given: a drawn picture, so many lines of text, a question, so many tokens to write. numpy only."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np

QUESTION = "Where is the button that saves this?"
ANSWER = "It is at the bottom right."
"""said in each earlier turn"""
WORDS = (
    "save",
    "cancel",
    "total 12,500",
    "battery 83%",
    "next step",
    "file edit view",
    "settings",
    "2026-11-24",
)


@dataclass(frozen=True)
class Work:
    """One round. `turns` questions were asked before this one; `tokens` are decoded after the first.

    `text_tokens` and `question_tokens` are how many ids our own prompt has beside the picture: engines that are not given our
    prompt get as many.
    """

    width: int = 1920
    height: int = 1080
    lines: int = 0
    turns: int = 0
    tokens: int = 64
    drawn: int = 0
    text_tokens: int = 48
    question_tokens: int = 64

    def told(self) -> dict[str, int]:
        return asdict(self)


@dataclass
class Stages:
    """What one round cost. Milliseconds by the clock; None where an engine does not tell a stage apart."""

    encode_ms: float | None = None
    prefill_ms: float | None = None
    first_cold_ms: float | None = None
    """the picture and the question together → first token"""
    first_after_look_ms: float | None = None
    """the question → first token, the picture having been looked at"""
    tokens_per_s: float | None = None
    processor_s: float | None = None
    """seconds of all cores for the whole round"""
    peak_mb: float | None = None
    image_tokens: int | None = None
    text_tokens: int | None = None
    question_tokens: int | None = None


def picture(width: int, height: int, drawn: int = 0) -> np.ndarray:
    """(height, width, 3) uint8: panels of colour under a little noise, so that no two pieces are alike; the same for a number."""
    random = np.random.default_rng((5, drawn))
    image = np.full((height, width, 3), 240, np.uint8)
    for _ in range(24):
        x, y = random.integers(0, width - 40), random.integers(0, height - 40)
        image[y : y + random.integers(20, 300), x : x + random.integers(20, 500)] = random.integers(0, 240, 3)
    return image + random.integers(0, 15, image.shape, np.uint8)


def sentence(length: int) -> str:
    """`length` ASCII characters of words."""
    whole = " ".join(WORDS)
    return (whole * (length // len(whole) + 1))[:length]
