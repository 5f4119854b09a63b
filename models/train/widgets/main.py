"""`python -m models.train screen-widgets`: draws windows with real toolkits, learns from them, exports the model."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m models.train screen-widgets", description=__doc__)
    made.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with the text sets")
    made.add_argument(
        "--out", type=Path, required=True, help="folder for pictures, checkpoints and the exported model"
    )
    made.add_argument(
        "--budget", type=float, default=30.0, metavar="MINUTES", help="minutes of training in all"
    )
    made.add_argument(
        "--windows",
        type=int,
        default=400,
        metavar="N",
        help="windows drawn with each toolkit; those there are kept",
    )
    made.add_argument("--toolkits", nargs="*", default=["gtk3", "gtk4", "qt5", "qt6", "web"])
    made.add_argument("--qt6-python", default=sys.executable, help="Python that has PySide6")
    made.add_argument("--display", type=int, default=81, help="number of the X display to start")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--peak", type=float, default=4e-3, help="highest learning rate")
    made.add_argument("--threads", type=int, default=1)
    return made


def main(argv: list[str]) -> int:
    options = parser().parse_args(argv)
    os.environ.setdefault("OMP_NUM_THREADS", str(options.threads))
    from models.train.widgets.examples import cut_windows

    pictures, cache = options.out / "windows", options.out / "lines"
    draw_all(options, pictures)
    print(f"{cut_windows(pictures, cache)} windows cut", flush=True)
    import torch

    from models.train.widgets.examples import read_examples
    from models.train.widgets.export import export
    from models.train.widgets.training import Trainer, figures, held_out

    torch.set_num_threads(options.threads)
    learned, held = held_out(sorted(cache.glob("*.npz")))
    trainer = Trainer(
        read_examples(learned), options.out / "checkpoint", options.peak, options.seed, icons_in(options.out)
    )
    print(f"{len(trainer.examples)} lines of {len(learned)} windows", flush=True)
    if trainer.resume():
        print(f"continuing at step {trainer.progress.step}", flush=True)
    signal.signal(signal.SIGTERM, trainer.stop)
    trainer.run(options.budget)
    print(
        f"exported, {export(trainer.average, options.out / 'model.onnx'):.4f} from torch at most", flush=True
    )
    print(json.dumps(figures(trainer.average, read_examples(held)), ensure_ascii=False, indent=1), flush=True)
    return 0


def icons_in(out: Path) -> np.ndarray:
    """Icons of the installed themes, rendered once."""
    import numpy as np

    from models.train.widgets.drawing import SYSTEM_PYTHON, TOOLKITS

    path = out / "icons.npy"
    if not path.exists():
        subprocess.run([SYSTEM_PYTHON, str(TOOLKITS / "icons.py"), str(path)], check=True)
    return np.load(path, allow_pickle=False)


def draw_all(options: argparse.Namespace, pictures: Path) -> None:
    """Draw what is missing of the wanted windows, toolkit after toolkit in turns."""
    from models.train.widgets.drawing import BATCH, batches, draw
    from models.train.widgets.pool import write_pool

    pictures.mkdir(parents=True, exist_ok=True)
    texts = options.out / "texts.json"
    if not texts.exists():
        write_pool(options.data, texts)
    count = -(-options.windows // BATCH)
    first = {
        toolkit: 1000 * (n + 1) + 100_000 * (options.seed - 1) for n, toolkit in enumerate(options.toolkits)
    }
    for turn in zip(*(batches(toolkit, first[toolkit], count) for toolkit in options.toolkits), strict=True):
        for batch in turn:
            draw(batch, pictures, texts, options.display, options.qt6_python)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
