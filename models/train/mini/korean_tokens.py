"""`python -m models.train.mini.korean_tokens FOLDER … [--data DIR]`: tokens per eojeol of tokenizers, side by side.

Sets: ten sentences as the assistant speaks (models/korean_cost.py), and, with the data folder, questions people ask,
interface labels and messages, and sentences of help pages. `--without-morphemes` trains a second tokenizer of the same
size whose merges may cross from a stem into its josa.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from models.korean_cost import SENTENCES
from models.train.mini import corpus, tokenizer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tokenizers import Tokenizer


def cost(known: Tokenizer, lines: Iterable[str]) -> float:
    """Tokens per eojeol; every line is seen with the leading blank that prompts give it."""
    tokens = eojeol = 0
    for line in lines:
        tokens += len(known.encode(" " + line, add_special_tokens=False).ids)
        eojeol += len(line.split())
    return tokens / eojeol


def same_stem(known: Tokenizer, stems: Iterable[str]) -> float:
    """Share of stems whose tokens stand unchanged at the start of the stem with a josa behind it."""
    kept = total = 0
    for stem in stems:
        alone = known.encode(f" {stem}", add_special_tokens=False).ids
        for josa in ("은", "을", "이", "에서", "으로", "의"):
            total += 1
            kept += known.encode(f" {stem}{josa}", add_special_tokens=False).ids[: len(alone)] == alone
    return kept / total


def sets(data: Path | None) -> dict[str, list[str]]:
    """Named lists of lines."""
    found = {"spoken answers": list(SENTENCES)}
    if data is not None:
        rng, pools = random.Random(1), corpus.load_pools(data)
        asked = [
            r["text"] for r in corpus.rows(data / "3i4k-intent/fci_train_val.jsonl.xz") if r["label"] == 2
        ]
        found |= {
            "questions": rng.sample(asked, 500),
            "labels": rng.sample(pools.labels, 500),
            "messages": rng.sample(pools.messages, 500),
            "help pages": rng.sample(pools.sentences, 500),
        }
    return found


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m models.train.mini.korean_tokens", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="folders with a tokenizer.json")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--without-morphemes", action="store_true")
    chosen = parser.parse_args(argv)
    known = {folder.name: tokenizer.load(folder) for folder in chosen.folders}
    if chosen.without_morphemes:
        from models.train.mini import wording

        lines = [*corpus.tokenizer_text(chosen.data), *((line, 12) for line in wording.sample_lines())]
        known["same, no morphemes"] = tokenizer.build(lines, morphemes=False)
    measured = sets(chosen.data)
    print("| tokenizer | vocabulary | " + " | ".join(measured) + " | stem kept |")
    print("|---|---|" + "---|" * (len(measured) + 1))
    stems = [
        line
        for line in measured.get("labels", ["저장", "파일", "설정"])
        if " " not in line and corpus.is_korean(line)
    ]
    for name, each in known.items():
        figures = " | ".join(f"{cost(each, lines):.2f}" for lines in measured.values())
        print(f"| {name} | {each.get_vocab_size():,} | {figures} | {same_stem(each, stems):.0%} |")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
