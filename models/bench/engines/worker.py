"""One engine in a process of its own: `python -m models.bench.engines.worker ENGINE FOLDER` (started by main.py).

Reads a `Work` as a line of JSON from standard input, again and again, and writes its `Stages` as a line of JSON, after a first
line that tells import and load time, or why this engine is skipped here. What libraries print goes to standard error.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from models.bench import memory
from models.bench.engines.work import Stages, Work

ENGINES = {
    "openvino": "models.bench.engines.ours",
    "transformers-fp32": "models.bench.engines.ours",
    "transformers-bf16": "models.bench.engines.ours",
    "genai": "models.bench.engines.genai",
    "llama.cpp": "models.bench.engines.llama",
}


class Engine(Protocol):
    """A loaded engine. A module of ENGINES has `libraries()`, which imports, and `opened(name, folder, threads)`."""

    def round(self, work: Work) -> Stages: ...


def main(argv: list[str]) -> int:
    made = argparse.ArgumentParser(description=__doc__)
    made.add_argument("engine", choices=sorted(ENGINES))
    made.add_argument("folder", type=Path)
    made.add_argument("--threads", type=int, default=2)
    arguments = made.parse_args(argv)
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)
    module = importlib.import_module(ENGINES[arguments.engine])
    try:
        began = time.perf_counter()
        module.libraries()
        imported = time.perf_counter()
        engine = module.opened(arguments.engine, arguments.folder, arguments.threads)
        loaded = time.perf_counter()
        versions = module.versions()
    except Exception as reason:
        print(json.dumps({"skipped": f"{type(reason).__name__}: {reason}"[:300]}), file=replies)
        return 0
    told = {
        "import_s": imported - began, "load_s": loaded - imported, "loaded_mb": _megabytes(memory.resident()),
        "versions": versions,
    }  # fmt: skip
    print(json.dumps(told), file=replies)
    for line in sys.stdin:
        before = time.process_time()
        try:
            stages = engine.round(Work(**json.loads(line)))
        except Exception as reason:
            print(json.dumps({"failed": f"{type(reason).__name__}: {reason}"[:300]}), file=replies)
            continue
        stages.processor_s = time.process_time() - before
        stages.peak_mb = _megabytes(memory.peak())
        print(json.dumps(asdict(stages)), file=replies)
    return 0


def _megabytes(size: int | None) -> float | None:
    return None if size is None else size / 1e6


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
