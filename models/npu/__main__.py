"""Vision towers for NPUs: make them, and show what the vendors' compilers say of them (docs/npu.md).

    python -m models.npu random CHECKPOINT             a SmolVLM-256M-shaped checkpoint of random numbers, exported to CHECKPOINT/ir
    python -m models.npu build FOLDER --out TOWERS --calibration PICTURES
    python -m models.npu compile TOWERS... [--intel|--qualcomm] [--half] [--page docs/npu.md]

`build` wants the extra `convert`, and `onnx` and onnxruntime for Qualcomm's file; with FOLDER itself as --out the engine takes the
8-bit tower from there. `compile` fetches 190 MB of compilers from PyPI and needs wine64, gcc-mingw-w64-x86-64, libz-mingw-w64.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from assistant.errors import NunchiError
from models.npu import intel, qualcomm
from models.npu.building import build
from models.npu.outcome import Outcome, put, table

WORK = Path("build/npu")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m models.npu", description=__doc__.split("\n", 1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    made = commands.add_parser("random")
    made.add_argument("folder", type=Path)
    made = commands.add_parser("build")
    made.add_argument("folder", type=Path)
    made.add_argument("--out", type=Path, required=True)
    made.add_argument("--calibration", type=Path, required=True, help="a folder of pictures")
    made.add_argument("--pictures", type=int, default=8, help="how many of them")
    made.add_argument(
        "--size", type=int, action="append", help="patches (Qwen3-VL); more than once for more towers"
    )
    made.add_argument("--no-onnx", action="store_true", help="for Intel only")
    made = commands.add_parser("compile")
    made.add_argument("towers", type=Path, nargs="+")
    made.add_argument("--intel", action="store_true", help="Intel's compiler only")
    made.add_argument("--qualcomm", action="store_true", help="Qualcomm's only")
    made.add_argument(
        "--half", action="store_true", help="what the engine cuts from a folder without 8-bit towers too"
    )
    made.add_argument("--work", type=Path, default=WORK, help="where compilers and the Wine prefix lie")
    made.add_argument("--page", type=Path, help="write the table there, between its marks")
    options = parser.parse_args(arguments)
    try:
        return {"random": _random, "build": _build, "compile": _compile}[options.command](options)
    except NunchiError as error:
        print(f"refused: {error}", file=sys.stderr)
        return error.exit_status
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"failed: {error}", file=sys.stderr)
        return 1


def _random(options: argparse.Namespace) -> int:
    from models.convert.conversion import export
    from models.npu.random_smolvlm import make

    export(make(options.folder), options.folder / "ir")
    return 0


def _build(options: argparse.Namespace) -> int:
    for size in options.size or (None,):
        told = build(
            options.folder, options.out, options.calibration, options.pictures, size, onnx=not options.no_onnx
        )
        print(json.dumps(told, ensure_ascii=False), flush=True)
    return 0


def _compile(options: argparse.Namespace) -> int:
    """0 where everything compiled and nothing but the door is left to the CPU, else 1."""
    work, outcomes = options.work.resolve(), []
    for folder in options.towers:
        for told in sorted(folder.glob("tower_*.json")):
            made = json.loads(told.read_text(encoding="utf-8"))
            if not options.qualcomm:
                for platform in intel.PLATFORMS:
                    graphs = [
                        (made["ir"], "int8"),
                        *([(made["half"], "half precision")] if options.half else []),
                    ]
                    for graph, numbers in graphs:
                        outcomes.append(
                            intel.compile_for(platform, made["name"], numbers, folder / graph, work)
                        )
                        _say(outcomes[-1])
            if made.get("onnx") and not options.intel:
                for platform in qualcomm.PLATFORMS:
                    outcomes.append(
                        qualcomm.compile_for(
                            platform, made["name"], "int8, 16-bit activations", folder / made["onnx"], work
                        )
                    )
                    _say(outcomes[-1])
    print(table(outcomes))
    if options.page:
        put(options.page, table(outcomes))
    return int(not outcomes or any(one.refused or one.elsewhere for one in outcomes))


def _say(outcome: Outcome) -> None:
    print(json.dumps(asdict(outcome)), file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
