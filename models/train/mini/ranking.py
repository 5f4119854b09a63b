"""`python -m models.train.mini.ranking`: fits the order of the shortlist (assistant/ranking.json) to the generator's questions."""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant import prompts, ranking
from assistant.shortlist import Shortlister
from models.train.mini import corpus, recorded
from models.train.mini.asking import QA
from models.train.mini.questions import ask
from models.train.mini.screens import Screen, make_screen

FIRST_SEED = 77_000_000
UNORDERED = ("describe", "count", "colour", "meaning", "absent")
"""kinds whose answer is not one line"""
HELD_OUT = 0.15


@dataclass(frozen=True)
class Example:
    """One question: its kind, its wishes (wishes,), its lines' features (lines, features) and which line is right."""

    kind: str
    wishes: np.ndarray
    features: np.ndarray
    right: int


def right_line(qa: QA, shortlister: Shortlister) -> tuple[list, int | None]:
    """The candidates of a question and which of them its answer cites; None where it cites none or several."""
    picks = shortlister.candidates(qa.question, ranking.CANDIDATES)
    cited = {int(found[1]) - 1 for found in prompts.MINI_CITATION.finditer(qa.answer)}
    if len(cited) != 1:
        return picks, None
    line = cited.pop()
    parts = [n for n, pick in enumerate(picks) if pick.line == line and pick.span and pick.row >= 2]
    whole = [n for n, pick in enumerate(picks) if pick.line == line and not pick.span]
    found = (parts if qa.kind == "lookup" else []) + whole
    return picks, found[0] if found else None


def examples(screens: Iterable[Screen], pools: corpus.Pools) -> Iterable[Example]:
    """The questions of screens whose answer is one of the candidates."""
    for n, screen in enumerate(screens):
        if not screen.reading.lines:
            continue
        shortlister = Shortlister(screen.reading.lines, screen.size)
        for qa in ask(screen, pools, random.Random(n), 20):
            if qa.kind in UNORDERED:
                continue
            picks, right = right_line(qa, shortlister)
            if right is not None:
                seen = ranking.features(
                    qa.question, shortlister.lines, shortlister.places, screen.size, picks
                )
                yield Example(qa.kind, ranking.wishes(qa.question), seen, right)


def drawn(count: int, pools: corpus.Pools) -> Iterable[Screen]:
    """`count` drawn screens, all levels alike."""
    return (make_screen(FIRST_SEED + n, pools, n % 3, picture=False) for n in range(count))


def real(folder: Path) -> Iterable[Screen]:
    """The recorded windows of a folder that were read (see recorded.py)."""
    for n, window in enumerate(recorded.load_all(folder)):
        yield recorded.make(window, picture=False, rng=random.Random(n))


def fit(rows: list[Example], penalty: float = 3e-4) -> ranking.Weights:
    """Weights by L-BFGS on the cross-entropy over each question's lines, with an L2 `penalty`."""
    import torch

    longest = ranking.CANDIDATES
    seen = np.zeros((len(rows), longest, rows[0].features.shape[1]), np.float32)
    missing = np.full((len(rows), longest), -1e9, np.float32)
    for n, row in enumerate(rows):
        seen[n, : len(row.features)] = row.features
        missing[n, : len(row.features)] = 0
    there = seen[missing == 0]
    mean, deviation = there.mean(0), there.std(0) + 1e-3
    scaled = torch.from_numpy((seen - mean) / deviation)
    wishes = torch.from_numpy(np.stack([row.wishes for row in rows]))
    right, gone = torch.tensor([row.right for row in rows]), torch.from_numpy(missing)
    found = torch.zeros(wishes.shape[1], seen.shape[2], requires_grad=True)
    optimiser = torch.optim.LBFGS([found], max_iter=200, history_size=20)

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = torch.einsum("nkf,nf->nk", scaled, wishes @ found) + gone
        total = torch.nn.functional.cross_entropy(scores, right)
        total = total + penalty * (found[1:] ** 2).sum() + 0.3 * penalty * (found[0] ** 2).sum()
        total.backward()
        return total

    optimiser.step(loss)
    return ranking.Weights(found.detach().numpy(), mean, deviation)


def first_right(rows: list[Example], known: ranking.Weights) -> dict[str, tuple[float, float, int]]:
    """kind → (share of questions whose first line is right by likeness, by the weights, how many)."""
    found: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for row in rows:
        scores = (row.features - known.mean) / known.deviation @ (row.wishes @ known.by_wish)
        found[row.kind].append((row.right == 0, int(np.argmax(scores)) == row.right))
    return {
        kind: (float(np.mean([a for a, _ in pairs])), float(np.mean([b for _, b in pairs])), len(pairs))
        for kind, pairs in sorted(found.items())
    }


def save(known: ranking.Weights, file: Path) -> None:
    """Write the weights, rounded to four digits."""
    told = {name: np.round(value, 4).tolist() for name, value in known._asdict().items()}
    file.write_text(json.dumps(told), encoding="utf-8")


def main() -> int:
    """Fit, tell how often the first line is right on held-out questions, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m models.train.mini.ranking", description=__doc__)
    parser.add_argument("--data", type=Path, default=corpus.DEFAULT_DATA, help="folder of the text data")
    parser.add_argument("--screens", type=int, default=1800)
    parser.add_argument(
        "--recorded", type=Path, help="folder of recorded windows, added to the drawn screens"
    )
    parser.add_argument("--out", type=Path, default=ranking.FILE)
    chosen = parser.parse_args()
    pools = corpus.load_pools(chosen.data)
    rows = list(examples(drawn(chosen.screens, pools), pools))
    if chosen.recorded:
        rows += examples(real(chosen.recorded), pools)
    random.Random(0).shuffle(rows)
    cut = int(len(rows) * (1 - HELD_OUT))
    known = fit(rows[:cut])
    for kind, (before, after, count) in first_right(rows[cut:], known).items():
        print(f"{kind:9} {count:5} first line right: {before:.2f} by likeness, {after:.2f} by the weights")
    save(known, chosen.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
