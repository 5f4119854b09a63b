"""`python -m models.convert CHECKPOINT --out DIR --recipe f32|int8|int8-ptq|int4|…`; needs no network."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import NunchiError
from models.convert.conversion import convert
from models.quantize import calibration
from models.quantize.recipes import RECIPES

if TYPE_CHECKING:
    from assistant.frames import Frame

DATA = Path("../shared/data")


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
        help="share of equal next tokens below which the result is thrown away (default: the recipe's)",
    )
    parser.add_argument(
        "--exported",
        type=Path,
        metavar="FOLDER",
        help="what recipe f32 made of the same checkpoint: no second export",
    )
    parser.add_argument(
        "--calibration",
        type=Path,
        metavar="FOLDER",
        help="pictures for recipes with ptq (default: drawn screens)",
    )
    parser.add_argument("--data", type=Path, default=DATA, help="text that drawn screens are filled with")
    parser.add_argument("--pictures", type=int, default=calibration.COUNT, help="how many to calibrate with")
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
            calibration=_pictures(options),
            exported=options.exported,
        )
    except NunchiError as error:
        print(f"refused: {error}", file=sys.stderr)
        return error.exit_status
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return 0


def _pictures(options: argparse.Namespace) -> Iterable[Frame]:
    if not RECIPES[options.recipe].needs_pictures:
        return ()
    if options.calibration:
        return calibration.from_folder(options.calibration, options.pictures)
    return calibration.drawn(options.data, options.pictures)


if __name__ == "__main__":
    sys.exit(main())
