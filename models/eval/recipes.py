"""Every recipe of quantization on one checkpoint, scored against its float form: one unattended, resumable run.

Each conversion and each model's answers are processes of their own, so that none keeps memory for the next. What is there
already (by content) is not made again; readings of pictures are shared by all.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.errors import BadInput, EngineFailed
from models.quantize.recipes import RECIPES

FLOAT = "f32"
EXACT = f"openvino-f32={FLOAT}"
"""float weights and float32 arithmetic: what the others are held to"""


def run(
    checkpoint: Path,
    work: Path,
    chosen: Sequence[str] = (),
    *,
    converting: Sequence[str] = (),
    asking: Sequence[str] = (),
    say: Callable[[str], None] = print,
) -> list[str]:
    """Convert with each recipe and ask each model; the contenders for `defense-rate`, the float one first.

    `converting` and `asking` are more arguments for `models.convert` and `models.eval defense-rate`.
    A recipe whose result is too far from the checkpoint is told and left out.
    Errors: `BadInput` recipe_unknown; `EngineFailed` conversion_refused where even the float form fails.
    """
    names = [name for name in chosen or RECIPES if name != FLOAT]
    for name in names:
        if name not in RECIPES:
            raise BadInput("recipe_unknown", recipe=name, known=", ".join(RECIPES))
    weights = sorted(checkpoint.glob("*.safetensors"))
    mark = hashlib.sha256(b"".join(path.read_bytes() for path in weights)).hexdigest()[:12]
    made = work / f"models-{mark}"
    told = []
    for name in (FLOAT, *names):
        if _converted(checkpoint, made, name, converting, say):
            told.append(name)
        elif name == FLOAT:
            raise EngineFailed("conversion_refused", path=str(checkpoint), reason="see above")
    contenders = [_named(EXACT, made), *(_named(name, made) for name in told)]
    for contender in contenders[1:]:
        _call(
            ["models.eval", "defense-rate", contenders[0], contender, *asking, "--work", str(work)],
            contender,
            say,
        )
    return contenders


def _named(told: str, made: Path) -> str:
    engine, _, name = told.rpartition("=")
    return f"{engine}={made / name}" if engine else str(made / name)


def _converted(
    checkpoint: Path, made: Path, name: str, more: Sequence[str], say: Callable[[str], None]
) -> bool:
    if (made / name / "conversion.json").is_file():
        return True
    exported = [] if name == FLOAT else ["--exported", str(made / FLOAT)]
    command = [
        "models.convert",
        str(checkpoint),
        "--out",
        str(made / name),
        "--recipe",
        name,
        *exported,
        *more,
    ]
    return _call(command, f"convert {name}", say)


def _call(arguments: Sequence[str], what: str, say: Callable[[str], None]) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    say(f"{what}: {'done' if not done.returncode else 'failed'} after {time.monotonic() - began:.0f} s")
    if done.returncode:
        say(done.stderr[-600:].strip())
    return not done.returncode
