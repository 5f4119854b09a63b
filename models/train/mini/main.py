"""`python -m models.train mini`: trains nunchi-mini from the text data folder, and writes a folder transformers can load."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from models.train.mini import corpus, crew, network, recorded, screens
from models.train.mini.batches import Packer

if TYPE_CHECKING:
    from models.train.mini.loop import Trainer


def options(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m models.train mini", description=__doc__)
    parser.add_argument("--data", type=Path, default=corpus.DEFAULT_DATA, help="folder of the text data")
    parser.add_argument(
        "--out", type=Path, required=True, help="checkpoints, log, tokenizer and the finished model go here"
    )
    parser.add_argument("--budget", type=float, default=75.0, metavar="MINUTES")
    parser.add_argument(
        "--recorded", type=Path, help="folder of recorded windows (python -m models.train.widgets.programs)"
    )
    parser.add_argument("--resume", action="store_true", help="go on from OUT/checkpoint.safetensors")
    parser.add_argument("--start-from", type=Path, help="begin with the weights of this checkpoint")
    parser.add_argument(
        "--tokenizer", type=Path, help="folder of a finished tokenizer (else it is trained first)"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--lr", type=float, default=2e-3)
    parser.add_argument("--tokens", type=int, default=4000, help="tokens of one step of one process")
    parser.add_argument(
        "--no-fuse", action="store_true", help="do not compile small operations (no C++ compiler needed)"
    )
    parser.add_argument(
        "--only-export", action="store_true", help="write OUT/model from the checkpoint and stop"
    )
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """Train; the exit status."""
    import torch

    from models.train.mini import fusing, loop, tokenizer

    chosen = options(argv)
    torch.set_num_threads(chosen.threads)
    crew.join()
    folder = chosen.tokenizer or chosen.out / "tokenizer"
    if not (folder / "tokenizer.json").is_file():
        tokenizer.train(chosen.data, folder)
    known = tokenizer.load(folder)
    plan = loop.Plan(minutes=chosen.budget, seed=chosen.seed, lr=chosen.lr, tokens=chosen.tokens)
    pools = corpus.load_pools(chosen.data)
    if chosen.recorded:
        pools = replace(pools, windows=windows_of(chosen.recorded))
    trainer = loop.Trainer(
        loop.fresh(known, network.V0, chosen.seed),
        Packer(known),
        pools,
        plan,
        out=chosen.out,
        say=lambda row: print(row, flush=True),
    )
    if chosen.resume or chosen.only_export:
        trainer.resume(chosen.out / "checkpoint.safetensors")
    elif chosen.start_from:
        trainer.resume(chosen.start_from, weights_only=True)
    if not chosen.only_export:
        if not chosen.no_fuse:
            fusing.fuse()
        trainer.run()
    if trainer.rank == 0:
        export(trainer, folder, chosen.out / "model")
    return 0


def windows_of(folder: Path) -> tuple[recorded.Window, ...]:
    """The recorded windows of a folder, read with the bundled reader where they were not yet."""
    from models.runtimes.screen_reader import ScreenTextReader

    reader = ScreenTextReader()
    recorded.read_all(folder, lambda frame: reader.read(frame).lines, lambda row: print(row, flush=True))
    reader.close()
    return recorded.load_all(folder)


def export(trainer: Trainer, tokenizer_folder: Path, folder: Path) -> None:
    """Write the bfloat16 model with tokenizer and preprocessor settings, as transformers loads it."""
    import shutil

    trainer.model.model.language_model.config._attn_implementation = "sdpa"
    trainer.model.save_pretrained(folder, safe_serialization=True)
    for file in ("tokenizer.json", "tokenizer_config.json", "vocab.json", "merges.txt"):
        shutil.copyfile(tokenizer_folder / file, folder / file)
    network.save_settings(folder, screens.MAX_PIXELS, screens.MIN_PIXELS)
