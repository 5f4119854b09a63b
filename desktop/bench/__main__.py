"""`python -m desktop.bench press|idle|memory|start|soak|spoken|tour …`: measures the tray program itself, on a headless desk (Linux, X11)."""

from __future__ import annotations

import importlib
import sys

BENCHES = {
    name: f"desktop.bench.{name}" for name in ("press", "idle", "memory", "start", "soak", "spoken", "tour")
}


def main(argv: list[str]) -> int:
    if not argv or argv[0] not in BENCHES:
        print(f"usage: python -m desktop.bench {'|'.join(BENCHES)} [options]   (--help after the name)")
        return 2
    return int(importlib.import_module(BENCHES[argv[0]]).main(argv[1:]) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
