"""How often the recogniser errs: character error rates on held-out lines, by font and size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from models.runtimes.screen_text_lines import prepare_line

if TYPE_CHECKING:
    from models.train.screen_text.lines import Line
    from models.train.screen_text.network import LineReader

SIZES = ((0, 10), (10, 12), (12, 15), (15, 20), (20, 30), (30, 99))


def edits(read: str, said: str) -> int:
    """Levenshtein distance in characters."""
    row = np.arange(len(said) + 1)
    for number, character in enumerate(read, start=1):
        changed = row[:-1] + np.array([character != c for c in said], dtype=int)
        best = np.concatenate([[number], np.minimum(changed, row[1:] + 1)])
        # insertions run along the row: best[j] = min over i <= j of best[i] + (j - i)
        row = np.minimum.accumulate(best - np.arange(len(best))) + np.arange(len(best))
    return int(row[-1])


def error_rate(read: Sequence[str], said: Sequence[str]) -> float:
    """Edits per true character over all lines."""
    wrong = sum(edits(a, b) for a, b in zip(read, said, strict=True))
    return wrong / max(1, sum(map(len, said)))


def read_with_network(network: LineReader, characters: str, crops: Sequence[np.ndarray]) -> list[str]:
    """Greedy readings of line pictures, one at a time in float32: the slow path that others are compared with."""
    import torch

    read = []
    with torch.inference_mode():
        for crop in crops:
            best = network(torch.from_numpy(prepare_line(crop).copy())[None, None])[0].argmax(dim=1).tolist()
            kept = [c for c, before in zip(best, [0, *best], strict=False) if c and c != before]
            read.append("".join(characters[c - 1] for c in kept).strip())
    return read


def by_bucket(lines: Sequence[Line], read: Sequence[str]) -> dict[str, tuple[float, int]]:
    """Error rate and number of lines per font and per size range."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        groups[f"font {line.font}"].append(number)
        low, high = next((low, high) for low, high in SIZES if low <= line.size < high)
        groups[f"size {low}-{high} px"].append(number)
    return {
        name: (error_rate([read[n] for n in numbers], [lines[n].text for n in numbers]), len(numbers))
        for name, numbers in sorted(groups.items())
    }
