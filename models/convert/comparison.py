"""How near an exported model is to its checkpoint: next-token logits on fixed pictures, lines and questions.

The checkpoint answers greedily with transformers in float32; both models are then fed its words, and their logits
are compared after the look and at every token. The pictures are drawn here, so that nothing else is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.frames import Box, Frame, ScreenText, TextLine
from models.convert.families import family_of

if TYPE_CHECKING:
    from models.runtimes.vision_openvino import OpenVinoQwen3VL
    from models.runtimes.vision_openvino_smolvlm import OpenVinoSmolVlm
    from models.runtimes.vision_transformers import TransformersModel

SIZES = ((640, 480), (1920, 1080), (300, 420))
LINES = (
    "파일(F)", "편집(E)", "보기(V)", "도움말(H)", "2026년 11월 매출 보고서", "강릉점", "12,500원", "속초점", "9,800원", "합계",
    "22,300원", "저장", "취소", "알림 사용", "배터리 83%", "Wi-Fi 연결됨",
)  # fmt: skip
QUESTIONS = (
    "강릉점 매출이 얼마야?",
    "저장 버튼은 어디에 있나요?",
    "배터리가 몇 퍼센트 남았어?",
    "이 화면은 무슨 화면이에요?",
)
TOKENS = 24
"""followed in each answer"""


@dataclass(frozen=True)
class Comparison:
    """Over `positions` next-token distributions.

    `agreement` is the share of equal first choices, `divergence` the mean KL divergence from the checkpoint in
    nats, `largest_difference` the largest difference of a logit in standard deviations of the checkpoint's logits.
    """

    positions: int
    agreement: float
    divergence: float
    largest_difference: float


def compare(checkpoint: Path, exported: Path) -> Comparison:
    """Compare on the CPU in float32, so that only stored weights and the graph itself can differ."""
    family = family_of(checkpoint)
    slow, fast = family.slow(checkpoint), family.fast(exported)
    pairs = [pair for number, size in enumerate(SIZES) for pair in _logits(slow, fast, size, number)]
    same = [a.argmax() == b.argmax() for a, b in pairs]
    return Comparison(
        positions=len(pairs),
        agreement=round(float(np.mean(same)), 5),
        divergence=round(float(np.mean([_divergence(a, b) for a, b in pairs])), 6),
        largest_difference=round(max(float(np.abs(a - b).max() / a.std()) for a, b in pairs), 7),
    )


def _logits(
    slow: TransformersModel, fast: OpenVinoQwen3VL | OpenVinoSmolVlm, size: tuple[int, int], seed: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    frame, lines = screen(*size, seed)
    looks = slow.look(frame, lines), fast.look(frame, lines)
    yield looks[0].logits, looks[1].logits
    for question in QUESTIONS:
        ids = fast.folder.question_ids(question, (), 0, TOKENS)
        for look in looks:
            look.rewind()
        for _ in range(TOKENS):
            for look in looks:
                look.feed_ids(ids)
            yield looks[0].logits, looks[1].logits
            token = int(looks[0].logits.argmax())
            if token in fast.folder.stops:
                break
            ids = np.array([token], np.int64)


def screen(width: int, height: int, seed: int) -> tuple[Frame, ScreenText]:
    """A drawn picture of coloured panels with lines placed on it."""
    random = np.random.default_rng(seed)
    image = np.full((height, width, 3), 245, np.uint8)
    for _ in range(12):
        x, y = random.integers(0, width - 20), random.integers(0, height - 20)
        image[y : y + random.integers(10, height // 3), x : x + random.integers(10, width // 3)] = (
            random.integers(0, 256, 3)
        )
    placed = tuple(
        TextLine(
            text, Box(int(random.integers(0, width - 60)), (n + 1) * height // (len(LINES) + 2), 60, 16),
            ink="black", paper="white",
        )
        for n, text in enumerate(LINES)
    )  # fmt: skip
    return Frame(image), ScreenText(placed)


def _divergence(true: np.ndarray, other: np.ndarray) -> float:
    """KL divergence of two softmax distributions, in nats."""
    a, b = (logits.astype(np.float64) - logits.max() for logits in (true, other))
    log_a, log_b = a - np.log(np.exp(a).sum()), b - np.log(np.exp(b).sum())
    return float((np.exp(log_a) * (log_a - log_b)).sum())
