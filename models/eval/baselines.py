"""What an engine must beat: answers that look at nothing, or that only copy text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from assistant.frames import ScreenText
from assistant.prompts import NOT_ON_SCREEN
from models.eval.scoring import Given, Item, folded

Baseline = Callable[[Item, ScreenText], Given]


def constant(_items: Sequence[Item]) -> Baseline:
    """Always abstains: the best constant there is for a person, as it is never wrong about a fact."""
    return lambda _item, _text: Given(NOT_ON_SCREEN, abstained=True)


def most_frequent(items: Sequence[Item]) -> Baseline:
    """For each kind the answer most often right in this very set (so it is an upper bound of guessing)."""
    common: dict[str, str] = {}
    for kind in {item.kind for item in items}:
        answers = Counter(answer for item in items if item.kind == kind for answer in item.answers)
        if answers:
            common[kind] = answers.most_common(1)[0][0]

    def guess(item: Item, _text: ScreenText) -> Given:
        if item.kind == "absent":
            return Given(NOT_ON_SCREEN, abstained=True)
        return Given(common.get(item.kind, ""))

    return guess


def ocr_dump(_items: Sequence[Item]) -> Baseline:
    """Everything that was read from the screen, as one answer."""
    return lambda _item, text: Given(" ".join(line.text for line in text.lines))


def ocr_nearest(_items: Sequence[Item]) -> Baseline:
    """The one line that shares most character pairs with the question, with its box."""

    def nearest(item: Item, text: ScreenText) -> Given:
        asked = _pairs(item.question)
        best = max(text.lines, key=lambda line: _overlap(_pairs(line.text), asked), default=None)
        if best is None or not _pairs(best.text) & asked:
            return Given(NOT_ON_SCREEN, abstained=True)
        return Given(best.text, box=best.box, evidence=(best.text,))

    return nearest


ALL: dict[str, Callable[[Sequence[Item]], Baseline]] = {
    "constant": constant,
    "most-frequent": most_frequent,
    "ocr-dump": ocr_dump,
    "ocr-nearest": ocr_nearest,
}


def _pairs(text: str) -> set[str]:
    text = folded(text)
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _overlap(line: set[str], asked: set[str]) -> float:
    """Shared pairs, with a small penalty for what the line says beyond the question."""
    return len(line & asked) - 0.1 * len(line - asked)
