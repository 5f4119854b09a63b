"""`python -m models.bench NAME …`: how long models and engines take here, beside other ways of doing the same work."""

from __future__ import annotations

import importlib
import sys

BENCHES = {
    "screen-text": "models.bench.screen_text",
    "mini": "models.bench.mini",
    "faults": "models.bench.faults",
    "pipe": "models.bench.pipe",
    "shapes": "models.bench.engines.shapes",
    "engines": "models.bench.engines.main",
    "spoken": "models.bench.spoken",
    "transcribers": "models.bench.transcribers",
}


def main(argv: list[str]) -> int:
    if not argv or argv[0] not in BENCHES:
        print(f"usage: python -m models.bench {'|'.join(BENCHES)} [options]   (--help after the name)")
        return 2
    return int(importlib.import_module(BENCHES[argv[0]]).main(argv[1:]) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
