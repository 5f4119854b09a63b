"""The tiny random Qwen3-VL of `data/`, and pictures and lines to put before it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assistant.frames import Box, Frame, ScreenText, TextLine

DATA = Path(__file__).parent / "data"
TINY = DATA / "tiny-qwen3vl"
WORDS = ("저장", "취소", "알림 설정", "총 금액 12,500원", "배터리 83%", "다음 단계", "파일 편집 보기", "확인")


def noise(width: int, height: int, seed: int = 0) -> Frame:
    """A picture whose every patch differs, so that a patch in the wrong place shows."""
    return Frame(np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8))


def lines(count: int, width: int = 640, height: int = 480) -> ScreenText:
    return ScreenText(
        tuple(
            TextLine(WORDS[i % len(WORDS)], Box(i * 37 % width, i * 53 % height, 60, 16), ink="black")
            for i in range(count)
        )
    )
