"""`python -m models.train.widgets.programs --out DIR --seed N [--only NAME]`: record windows of real programs.

Run it as an ordinary user: many programs warn the superuser, and the pictures would show it.
"""

from __future__ import annotations

import argparse
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from itertools import count
from pathlib import Path

from models.train.widgets.programs.listing import PROGRAMS
from models.train.widgets.programs.sandbox import Job, Wardrobe, missing, record

DATA = Path("../shared/data")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--out", type=Path, required=True, help="pictures and their truth; held-out programs into held/ in it"
    )
    parser.add_argument("--seed", type=int, required=True, help="decides words, looks and walks")
    parser.add_argument("--only", action="append", help="program to record; may be given more than once")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the text sets")
    parser.add_argument("--first-run", type=int, default=0)
    parser.add_argument("--runs", type=int, default=1, help="how often each program is recorded")
    parser.add_argument("--seconds", type=float, default=60, help="for each run's walk")
    parser.add_argument("--most", type=int, default=10, help="windows of a run")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--display", type=int, default=300, help="first number of an X display that is free")
    options = parser.parse_args()
    chosen = [p for p in PROGRAMS if not options.only or p.name in options.only]
    if unknown := set(options.only or ()) - {p.name for p in chosen}:
        print(f"no such program: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    for program in list(chosen):
        if lacking := missing(program):
            print(f"{program.name}: {lacking} is not installed", file=sys.stderr)
            chosen.remove(program)
    options.out.mkdir(parents=True, exist_ok=True)
    wardrobe = Wardrobe(options.out / f"words-{options.seed}", options.data, options.seed)
    wardrobe.make()
    numbers = count(options.display)
    jobs = [
        Job(program, options.seed, run, next(numbers), options.seconds, options.most)
        for run in range(options.first_run, options.first_run + options.runs)
        for program in random.Random(options.seed + run).sample(chosen, len(chosen))
    ]

    def work(job: Job) -> int:
        told = record(job, wardrobe, options.out / "held" if job.program.held else options.out / "learn")
        saved = int(str(told["saved"]))
        rest = {key: value for key, value in told.items() if key != "saved" and value}
        print(
            f"{datetime.now():%H:%M:%S} {job.program.name} run {job.run}: {saved} windows {rest or ''}",
            flush=True,
        )
        return saved

    with ThreadPoolExecutor(options.workers) as pool:
        total = sum(pool.map(work, jobs))
    print(f"{total} windows of {len(chosen)} programs")
    return 0 if total else 1


if __name__ == "__main__":
    sys.exit(main())
