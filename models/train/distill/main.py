"""`python -m models.train distill TEACHER STUDENT --out OUT`: a student learns to answer as its teacher does.

TEACHER and STUDENT are folders of transformers' native vision-language classes with the same tokenizer. A STUDENT without
weights (a config.json and the small files) begins with random ones. OUT gets log.jsonl, checkpoint.safetensors and, at the
end, model/. ^C keeps a checkpoint; --resume goes on from it. Several processes: `accelerate launch -m models.train distill …`.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from assistant.errors import BadInput, NunchiError

if TYPE_CHECKING:
    from models.runtimes.vision_transformers import TransformersModel
    from models.train.distill.screens import Screens

DATA = Path("../shared/data")
INTERRUPTED = 130
"""exit status after ^C, as shells have it"""


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m models.train distill", description=__doc__)
    made.add_argument("teacher", type=Path)
    made.add_argument("student", type=Path)
    made.add_argument("--out", type=Path, required=True)
    made.add_argument(
        "--set",
        type=Path,
        metavar="JSONL",
        help="questions.jsonl beside its pictures (default: drawn screens)",
    )
    made.add_argument("--data", type=Path, default=DATA, help="text that drawn screens are filled with")
    made.add_argument("--budget", type=float, default=60.0, metavar="MINUTES")
    made.add_argument("--resume", action="store_true", help="go on from OUT/checkpoint.safetensors")
    made.add_argument("--temperature", type=float, default=2.0)
    made.add_argument("--lr", type=float, default=2e-4)
    made.add_argument("--tokens", type=int, default=48, help="most tokens of an answer")
    made.add_argument("--questions", type=int, default=8, help="most questions on a picture in one step")
    made.add_argument(
        "--precision", choices=["no", "bf16"], default="no", help="arithmetic; weights stay float32"
    )
    made.add_argument("--threads", type=int, default=2)
    made.add_argument("--seed", type=int, default=0)
    return made


def main(argv: list[str]) -> int:
    chosen = parser().parse_args(argv)
    cancel = Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: cancel.set())
    try:
        return _run(chosen, cancel)
    except NunchiError as error:
        print(f"refused: {error}", file=sys.stderr)
        return error.exit_status


def open_engine(folder: Path, threads: int) -> TransformersModel:
    """The folder's native class in float32. Errors: `ModelMissing`, `EngineFailed`, `BadInput` of published code."""
    from models.catalogue import engine_class
    from models.runtimes.vision_transformers import TransformersModel

    kind = engine_class(folder, "transformers")
    if not issubclass(kind, TransformersModel):
        raise BadInput("distillation_refused", reason=f"{folder.name} has no native class of transformers")
    return kind(folder, threads=threads, suppress_ideographs=False)


def started(student: Path, out: Path, seed: int) -> Path:
    """`student`, or a copy of it in OUT/start with random weights where it has none."""
    if any(student.glob("*.safetensors")) or not (student / "config.json").is_file():
        return student
    import torch
    from transformers import AutoConfig, AutoModelForImageTextToText

    start = out / "start"
    if not any(start.glob("*.safetensors")):
        torch.manual_seed(seed)
        config = AutoConfig.from_pretrained(student, local_files_only=True, trust_remote_code=False)
        AutoModelForImageTextToText.from_config(config).save_pretrained(start, safe_serialization=True)
        for path in student.iterdir():
            if path.is_file():
                shutil.copyfile(path, start / path.name)
    return start


def _run(chosen: argparse.Namespace, cancel: Event) -> int:
    import torch
    from accelerate import Accelerator

    from models.train.distill.loop import CHECKPOINT, Distiller, Plan

    alone = not torch.cuda.is_available() and not torch.backends.mps.is_available()
    accelerator = Accelerator(mixed_precision=chosen.precision, cpu=alone)  # told, it lets CPU processes meet
    with accelerator.main_process_first():
        student = started(chosen.student, chosen.out, chosen.seed)
    plan = Plan(
        minutes=chosen.budget, lr=chosen.lr, temperature=chosen.temperature, most_tokens=chosen.tokens
    )
    distiller = Distiller(
        open_engine(chosen.teacher, chosen.threads),
        open_engine(student, chosen.threads),
        _screens(chosen),
        plan,
        source=student,
        out=chosen.out,
        accelerator=accelerator,
        say=lambda row: print(row, flush=True),
        cancel=cancel,
    )
    if chosen.resume and (chosen.out / CHECKPOINT).is_file():
        distiller.resume()
    return 0 if distiller.run() else INTERRUPTED


def _screens(chosen: argparse.Namespace) -> Screens:
    from models.train.distill.screens import DrawnScreens, SetScreens

    if chosen.set:
        from models.runtimes.screen_reader import ScreenTextReader

        return SetScreens(chosen.set, ScreenTextReader(), chosen.seed, chosen.questions)
    if not chosen.data.is_dir():
        raise BadInput("distillation_refused", reason=f"no text in {chosen.data}; give --set or --data")
    from models.train.mini import corpus

    return DrawnScreens(corpus.load_pools(chosen.data), chosen.seed, chosen.questions)
