"""`python -m models.convert CHECKPOINT --out DIR --recipe f32|int8`; needs no network."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from assistant.errors import NunchiError
from models.convert.conversion import RECIPES, convert


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m models.convert", description=__doc__)
    parser.add_argument(
        "checkpoint", type=Path, help="folder with config.json, safetensors and tokenizer.json"
    )
    parser.add_argument(
        "--out", type=Path, required=True, help="model folder to write (files of it are replaced)"
    )
    parser.add_argument("--recipe", choices=sorted(RECIPES), required=True)
    parser.add_argument("--name", help="name in the manifest; default: the folder's")
    parser.add_argument("--version", default="0")
    parser.add_argument("--licence", default="Apache-2.0")
    parser.add_argument("--revision", default="", help="commit that the checkpoint comes from")
    parser.add_argument(
        "--least-agreement",
        type=float,
        help="share of equal next tokens below which the result is thrown away (default: 1 for f32, 0.9 for int8)",
    )
    options = parser.parse_args(arguments)
    try:
        report = convert(
            options.checkpoint,
            options.out,
            options.recipe,
            name=options.name,
            version=options.version,
            licence=options.licence,
            revision=options.revision,
            least_agreement=options.least_agreement,
        )
    except NunchiError as error:
        print(f"refused: {error}", file=sys.stderr)
        return error.exit_status
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
