"""`python -m models.train.glossary --out DIR`: makes the English→Korean glossary of interface words.

python -m models.train.glossary --data ../shared/data --out models/bundled/glossary-en-ko
python -m models.train.glossary --measure            how often held-back strings are explained, and how well
python -m models.train.glossary --show "Connection refused"
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from assistant.glossary import Glossary
from assistant.phrases import Phrases
from models.glossary import BUNDLED
from models.train.glossary.choosing import by_hand, chosen, with_words
from models.train.glossary.pairs import read_pairs
from models.train.glossary.words import bonds, counted, write_counted
from models.train.mini.corpus import DEFAULT_DATA


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m models.train.glossary", description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="the folder of text data")
    parser.add_argument("--out", type=Path, help="folder to write the glossary into")
    parser.add_argument("--glossary", type=Path, default=BUNDLED, help="which one to measure or to ask")
    parser.add_argument(
        "--count", action="store_true", help="count which words translate each other, some minutes"
    )
    parser.add_argument(
        "--measure", action="store_true", help="measure it on held-back strings and on tests/screens"
    )
    parser.add_argument("--leave-out", nargs="*", default=(), metavar="LICENCE", help="for example MPL-2.0")
    parser.add_argument("--show", help="English to explain")
    asked = parser.parse_args()
    if asked.count:
        print(f"{write_counted(bonds(list(read_pairs(asked.data))))} words counted")
    if asked.out:
        build(asked.data, asked.out / BUNDLED.name, asked.leave_out)
    if asked.measure:
        from models.train.glossary.measuring import report

        print(report(Glossary.open(asked.glossary), asked.data))
    if asked.show:
        for entry in Glossary.open(asked.glossary).explain(asked.show):
            print(f"{entry.exactness:.2f}  {entry.english} = {entry.korean}")
    return 0


def build(data: Path, path: Path, leave_out: Sequence[str] = ()) -> Phrases:
    """Read, choose, write; prints what came of it. Strings under a licence of `leave_out` are not used."""
    started = time.perf_counter()
    pairs = [pair for pair in read_pairs(data) if pair.licence not in leave_out]
    firm = counted()
    entries = with_words(chosen(pairs, firm), firm)
    entries.update(by_hand())
    phrases = Phrases.of(entries.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    phrases.write(path)
    print(
        f"{len(pairs)} strings, {len(phrases)} entries ({int(phrases.holed.sum())} with names in them, {len(by_hand())} by hand), "
        f"{path.stat().st_size / 1e6:.2f} MB, {time.perf_counter() - started:.0f} s"
    )
    return phrases


if __name__ == "__main__":
    raise SystemExit(main())
