"""`python -m models.train screen-text`: trains the line recogniser and exports it."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m models.train screen-text", description=__doc__)
    made.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with the text sets")
    made.add_argument("--out", type=Path, required=True, help="folder for checkpoints and the exported model")
    made.add_argument(
        "--budget", type=float, default=90.0, metavar="MINUTES", help="minutes of training in all"
    )
    made.add_argument("--fonts", type=Path, action="append", default=[], help="more folders with font files")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument(
        "--held-out", type=int, default=600, metavar="LINES", help="lines of the learning curve"
    )
    made.add_argument("--peak", type=float, default=2e-3, help="highest learning rate")
    made.add_argument(
        "--again",
        action="store_true",
        help="let the learning rate rise and fall once more from the checkpoint",
    )
    made.add_argument(
        "--mixed-with", type=Path, metavar="DIR", help="ship the mean of these weights and DIR's checkpoint"
    )
    made.add_argument("--threads", type=int, default=1)
    return made


def main(argv: list[str]) -> int:
    options = parser().parse_args(argv)
    os.environ.setdefault("OMP_NUM_THREADS", str(options.threads))
    import torch
    from safetensors.torch import load_file

    from models.train.screen_text import charset
    from models.train.screen_text.corpus import read_corpus
    from models.train.screen_text.export import export
    from models.train.screen_text.fonts import SYSTEM, find_fonts
    from models.train.screen_text.lines import LineRenderer
    from models.train.screen_text.measure import by_bucket, read_with_network
    from models.train.screen_text.texts import Texts
    from models.train.screen_text.training import AVERAGE, Trainer, mixed, say

    torch.set_num_threads(options.threads)
    folders = [SYSTEM, *options.fonts]
    corpus = read_corpus(options.data)
    characters = charset.build(corpus.all())
    options.out.mkdir(parents=True, exist_ok=True)
    charset.save(characters, options.out / "charset.txt")
    fonts = find_fonts(folders)
    say(f"{len(characters)} characters, {len(fonts.korean)} Korean and {len(fonts.latin)} Latin fonts")
    held = read_corpus(options.data, held=True)
    held_texts = Texts(held, characters, interface_only=True)
    held_lines = LineRenderer(held_texts, find_fonts(folders, held_out=True), seed=options.seed + 1)
    measured = [held_lines.line(number) for number in range(options.held_out)]
    renderer = LineRenderer(Texts(corpus, characters), fonts, options.seed)
    trainer = Trainer(renderer, characters, options.out / "checkpoint", options.peak)
    if trainer.resume():
        say(f"continuing at step {trainer.progress.step}")
        if options.again:
            trainer.begin_again()
    signal.signal(signal.SIGTERM, trainer.stop)
    trainer.run(options.budget, measured)
    if options.mixed_with:
        other = load_file(options.mixed_with / "checkpoint" / AVERAGE)
        trainer.average = mixed(other, trainer.average)
    network = trainer.averaged()
    export(network, characters, options.out)
    read = read_with_network(network, characters, [line.crop for line in measured])
    for bucket, (rate, count) in by_bucket(measured, read).items():
        say(f"{bucket}: CER {rate:.2%} of {count} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
