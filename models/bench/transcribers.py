"""`python -m models.bench transcribers FOLDER_CT2 FOLDER_OV`: one Whisper on CTranslate2 and on OpenVINO, turn by turn.

A fixed number of tokens is decoded with one hypothesis, so that weights do not matter: random ones of a real shape will do
(`python -m models.bench shapes whisper-base …`). Medians by the clock and in processor time, and their ratio.
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from assistant.errors import NunchiError
from assistant.sound import RATE

SECONDS = (2.0, 5.0)


def main(argv: list[str]) -> int:
    made = argparse.ArgumentParser(prog="python -m models.bench transcribers", description=__doc__)
    made.add_argument("ctranslate2", type=Path)
    made.add_argument("openvino", type=Path)
    made.add_argument("--tokens", type=int, default=24, help="to decode (default: 24, a question)")
    made.add_argument("--rounds", type=int, default=7)
    made.add_argument("--threads", type=int, default=2)
    made.add_argument("--out", type=Path, help="write the JSON there too")
    arguments = made.parse_args(argv)
    try:
        found = measure(arguments)
    except NunchiError as error:
        print(f"refused: {error}", file=sys.stderr)
        return error.exit_status
    print(json.dumps(found, indent=1))
    if arguments.out:
        arguments.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0


def measure(arguments: argparse.Namespace) -> dict[str, Any]:
    """Errors: as opening the two."""
    from models.runtimes.transcriber_openvino import OpenVinoWhisper
    from models.runtimes.transcriber_whisper import WhisperTranscriber

    found: dict[str, Any] = {"model": arguments.openvino.name, "tokens": arguments.tokens,
                             "rounds": arguments.rounds, "threads": arguments.threads}  # fmt: skip
    both, loaded = {}, {}
    for name, kind, folder in (
        ("ctranslate2", WhisperTranscriber, arguments.ctranslate2), ("openvino", OpenVinoWhisper, arguments.openvino),
    ):  # fmt: skip
        began = time.perf_counter()
        both[name] = kind(folder, threads=arguments.threads)
        loaded[name] = round(time.perf_counter() - began, 3)
    found["load_s"] = loaded
    for seconds in SECONDS:
        samples = np.random.default_rng(7).normal(0, 0.05, round(seconds * RATE)).astype(np.float32)
        found[f"{seconds:g}_s"] = interleaved(
            {name: functools.partial(one.clocked, samples, arguments.tokens) for name, one in both.items()},
            arguments.rounds,
        )
    return found


def interleaved(work: dict[str, Callable[[], float]], rounds: int) -> dict[str, Any]:
    """Medians of each over `rounds` turns after one that makes everything ready; `ratio`: of the first to the last.

    Every other round begins with the other one, as what ran last has warmed the caches.
    """
    names = list(work)
    clock: dict[str, list[float]] = {name: [] for name in names}
    processor: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds + 1):
        for name in names if turn % 2 else reversed(names):
            before = time.process_time()
            took = work[name]()
            if turn:
                clock[name].append(took)
                processor[name].append(time.process_time() - before)
    told: dict[str, Any] = {
        name: {"median_s": round(median(clock[name]), 4), "processor_s": round(median(processor[name]), 4)}
        for name in names
    }
    told["ratio"] = round(median(clock[names[0]]) / median(clock[names[-1]]), 3)
    told["processor_ratio"] = round(median(processor[names[0]]) / max(1e-9, median(processor[names[-1]])), 3)
    return told
