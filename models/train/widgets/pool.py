"""Writes the pool of interface strings that the drawing programs choose from. Permissive sets only."""

from __future__ import annotations

import json
import lzma
import random
from pathlib import Path

from models.train.screen_text.corpus import held_out

LABELS = "ui-strings-permissive/short_labels_ko.tsv.xz"


def write_pool(data: Path, path: Path, seed: int = 1) -> None:
    """Labels (up to 24 characters, some English) and sentences from `data` as JSON at `path`."""
    rng = random.Random(seed)
    labels: list[str] = []
    sentences: list[str] = []
    with lzma.open(data / LABELS, "rt", encoding="utf-8") as file:
        for line in file:
            _, korean, english = line.rstrip("\n").split("\t")[:3]
            if held_out(korean) or "%" in korean or "{" in korean:
                continue
            short = len(korean) <= 24 and not korean.endswith((".", "다", "요"))
            (labels if short else sentences).append(korean)
            if english and len(english) <= 20 and rng.random() < 0.12:
                labels.append(english)
    keyed = [f"{label}({rng.choice('ABCDEFGHIKLMNOPRSTUVWX')})" for label in labels if rng.random() < 0.15]
    path.write_text(
        json.dumps({"labels": labels + keyed, "sentences": sentences}, ensure_ascii=False), encoding="utf-8"
    )
