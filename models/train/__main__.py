"""`python -m models.train screen-text|screen-widgets|mini|speech|distill …`: trains a bundled model, or distils any."""

from __future__ import annotations

import importlib
import sys

TRAINERS = {
    "screen-text": "models.train.screen_text.main",
    "screen-widgets": "models.train.widgets.main",
    "mini": "models.train.mini.main",
    "speech": "models.train.speech.main",
    "distill": "models.train.distill.main",
}


def main(argv: list[str]) -> int:
    if not argv or argv[0] not in TRAINERS:
        print(f"usage: python -m models.train {'|'.join(TRAINERS)} [options]   (--help after the name)")
        return 2
    return int(importlib.import_module(TRAINERS[argv[0]]).main(argv[1:]) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
