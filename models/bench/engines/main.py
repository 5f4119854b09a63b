"""`python -m models.bench engines FOLDER …`: our OpenVINO engine beside transformers, OpenVINO GenAI's pipeline and llama.cpp.

Each FOLDER is a model as `python -m models.bench shapes` writes it, or a folder with OpenVINO files only (the bundled nunchi-mini).
Every engine has a process of its own, so that its memory is its own; they take turns round by round, so that a busy minute hits
them alike; medians are told, and medians of round-by-round ratios to the first engine. An engine that is not installed is left out with
the reason. `--python llama.cpp=PATH` names the interpreter of an environment that has it.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from models.bench.engines import bandwidth, chart
from models.bench.engines.processes import Running, running
from models.bench.engines.work import Work
from models.bench.engines.worker import ENGINES

STAGES = (
    "encode_ms",
    "prefill_ms",
    "look_ms",
    "first_cold_ms",
    "first_after_look_ms",
    "ms_per_token",
    "processor_s",
)
"""what ratios are told of; look_ms is encode and prefill together"""
GROWTH = {
    "picture": [
        {"width": 512, "height": 512},
        {"width": 1280, "height": 720},
        {"width": 1920, "height": 1080},
    ],
    "text": [{"lines": 0}, {"lines": 40}, {"lines": 120}],
    "turns": [{"turns": 0}, {"turns": 2}, {"turns": 6}],
}
GROWING = Work(width=1280, height=720, tokens=16)


def main(argv: list[str]) -> int:
    arguments = parser().parse_args(argv)
    pythons = dict(pair.split("=", 1) for pair in arguments.python)
    told: dict[str, Any] = {"machine": machine(arguments.threads), "models": {}}
    for folder in arguments.folders:
        told["models"][folder.name] = measured(folder, arguments, pythons)
    told["machine"]["bytes_per_s_after"] = bandwidth.bytes_per_s(arguments.threads)
    if arguments.out:
        arguments.out.mkdir(parents=True, exist_ok=True)
        (arguments.out / "engines.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
        chart.save(told, arguments.out / "engines.png")
    print(json.dumps(told, indent=1) if arguments.json else table(told))
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m models.bench engines", description=__doc__)
    made.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    made.add_argument("--engine", action="append", choices=sorted(ENGINES), help="only these (default: all)")
    made.add_argument(
        "--python", action="append", default=[], metavar="ENGINE=PATH", help="an engine's interpreter"
    )
    made.add_argument("--rounds", type=int, default=3, help="that count; one more comes first to warm up")
    made.add_argument("--threads", type=int, default=2)
    made.add_argument("--tokens", type=int, default=64, help="decoded in each round")
    made.add_argument("--size", default="1920x1080", help="of the picture")
    made.add_argument("--grow", action="store_true", help="also with other pictures, more text, more turns")
    made.add_argument("--out", type=Path, metavar="FOLDER", help="for engines.json and engines.png")
    made.add_argument("--json", action="store_true")
    return made


def machine(threads: int) -> dict[str, Any]:
    return {
        "system": platform.platform(), "processor": processor(), "cores": os.cpu_count(), "threads": threads,
        "bytes_per_s": bandwidth.bytes_per_s(threads), "load_before": os.getloadavg() if hasattr(os, "getloadavg") else None,
    }  # fmt: skip


def processor() -> str:
    """What the system calls it."""
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or platform.machine()


def measured(folder: Path, arguments: argparse.Namespace, pythons: dict[str, str]) -> dict[str, Any]:
    """Figures of every engine on one model."""
    width, height = (int(side) for side in arguments.size.split("x"))
    work = Work(width=width, height=height, tokens=arguments.tokens)
    names = [name for name in ENGINES if not arguments.engine or name in arguments.engine]
    with running(names, folder, arguments.threads, pythons) as engines:
        rounds: list[dict[str, dict[str, Any]]] = []
        for number in range(arguments.rounds + 1):
            told, work = in_turn(engines, replace(work, drawn=number))
            rounds.append(told)
        grown = growth(engines) if arguments.grow else {}
    figures = {}
    for engine in engines:
        ran = [told[engine.name] for told in rounds[1:] if engine.name in told]
        figures[engine.name] = summary(ran) | {"started": engine.told}
        if engine.skipped:
            figures[engine.name]["skipped"] = engine.skipped
        size = bandwidth.weight_bytes(folder, engine.name)
        if size and figures[engine.name].get("tokens_per_s"):
            figures[engine.name]["weight_bytes"] = size
    add_ratios(figures, rounds[1:], engines[0].name)
    return {"work": work.told(), "rounds": arguments.rounds, "engines": figures, "growth": grown}


def in_turn(engines: list[Running], work: Work) -> tuple[dict[str, dict[str, Any]], Work]:
    """One round of every engine; those that come later are given as many tokens as our prompt has."""
    told: dict[str, dict[str, Any]] = {}
    for engine in engines:
        found = engine.round(work)
        if "failed" in found:
            if engine.skipped is None:
                engine.skipped = found["failed"]
            continue
        if found["encode_ms"] is not None and found["prefill_ms"] is not None:
            found["look_ms"] = found["encode_ms"] + found["prefill_ms"]
        if found["tokens_per_s"]:
            found["ms_per_token"] = 1000 / found["tokens_per_s"]
        told[engine.name] = found
        if engine.name == "openvino":
            work = replace(work, text_tokens=found["text_tokens"], question_tokens=found["question_tokens"])
    return told, work


def growth(engines: list[Running]) -> dict[str, list[dict[str, Any]]]:
    """How the stages grow: one round each, after one that prepares the shapes."""
    grown: dict[str, list[dict[str, Any]]] = {}
    for kind, steps in GROWTH.items():
        grown[kind] = []
        for step in steps:
            work = replace(GROWING, **step)
            _, work = in_turn(engines, work)
            told, _ = in_turn(engines, replace(work, drawn=1))
            grown[kind].append({"work": work.told(), "engines": told})
    return grown


def summary(rounds: list[dict[str, Any]]) -> dict[str, Any]:
    """Medians of every figure that was told; the most memory."""
    found: dict[str, Any] = {}
    for name in {key for told in rounds for key in told}:
        values = [told[name] for told in rounds if told.get(name) is not None]
        if values:
            found[name] = max(values) if name == "peak_mb" else median(values)
    return found


def add_ratios(figures: dict[str, Any], rounds: list[dict[str, Any]], first: str) -> None:
    """`ratios` of each engine to the first, stage by stage: above 1 the other is slower."""
    for name, figure in figures.items():
        figure["ratios"] = {}
        for stage in STAGES:
            pairs = [
                told[name][stage] / told[first][stage]
                for told in rounds
                if told.get(name, {}).get(stage) and told.get(first, {}).get(stage)
            ]
            if pairs:
                figure["ratios"][stage] = median(pairs)


def limit_share(figure: dict[str, Any], bytes_per_s: float) -> float | None:
    """Tokens per second as a share of what reading every weight once a token would allow."""
    if "weight_bytes" not in figure:
        return None
    return figure["tokens_per_s"] * figure["weight_bytes"] / bytes_per_s


ROWS = (
    ("encode_ms", "picture encoded, ms"),
    ("prefill_ms", "prefill, ms"),
    ("look_ms", "  both, ms"),
    ("first_cold_ms", "first token, cold, ms"),
    ("first_after_look_ms", "first token after a look, ms"),
    ("ms_per_token", "decode, ms a token"),
    ("tokens_per_s", "decode, tokens/s"),
    ("processor_s", "a round, all cores, s"),
    ("peak_mb", "peak memory, MB"),
)


def table(told: dict[str, Any]) -> str:
    """For people: one block a model, one column an engine, ratios to the first in brackets."""
    here = told["machine"]
    rows = [
        f"{here['processor']}, {here['cores']} cores, {here['threads']} threads; memory reads "
        f"{here['bytes_per_s'] / 1e9:.1f} GB/s before, {here['bytes_per_s_after'] / 1e9:.1f} after"
    ]
    for name, model in told["models"].items():
        engines = {key: one for key, one in model["engines"].items() if "skipped" not in one}
        width = max(20, *(len(key) + 2 for key in engines)) if engines else 20
        work = model["work"]
        rows += ["", f"{name}: {work['width']}×{work['height']}, {model['rounds']} rounds, medians"]
        rows.append(" " * 32 + "".join(key.rjust(width) for key in engines))
        rows += [_row(label, key, engines, width) for key, label in ROWS]
        shares = [limit_share(one, here["bytes_per_s"]) for one in engines.values()]
        rows.append(
            _cells("  of the memory's limit", [f"{100 * s:.0f} %" if s else "–" for s in shares], width)
        )
        for key, label in (("import_s", "import, s"), ("load_s", "load, s")):
            rows.append(_cells(label, [f"{one['started'][key]:.2f}" for one in engines.values()], width))
        rows += [
            f"  without {key}: {one['skipped']}" for key, one in model["engines"].items() if "skipped" in one
        ]
        rows += _grown(model["growth"])
    return "\n".join(rows)


def _row(label: str, key: str, engines: dict[str, Any], width: int) -> str:
    cells = []
    for number, one in enumerate(engines.values()):
        value, ratio = one.get(key), one["ratios"].get(key)
        cell = "–" if value is None else f"{value:.2f}" if value < 100 else f"{value:.0f}"
        cells.append(f"{cell} ({ratio:.2f})" if number and ratio else cell)
    return _cells(label, cells, width)


def _cells(label: str, cells: list[str], width: int) -> str:
    return f"{label:32}" + "".join(cell.rjust(width) for cell in cells)


def _grown(grown: dict[str, Any]) -> list[str]:
    rows = []
    for kind, steps in grown.items():
        for step in steps:
            work = step["work"]
            size = {"picture": f"{work['width']}×{work['height']}", "text": f"{work['lines']} lines",
                    "turns": f"{work['turns']} turns"}[kind]  # fmt: skip
            told = ", ".join(
                f"{name} {_ms(one.get('look_ms'))} + {_ms(one.get('first_after_look_ms'))}"
                for name, one in step["engines"].items()
            )
            rows.append(f"  {kind:8} {size:>12}: look + question, ms: {told}")
    return rows


def _ms(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
