"""`python -m models.train screen-widgets`: draws windows with real toolkits, learns from them and from recorded ones, exports."""

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
    from collections.abc import Sequence

    import numpy as np

    from assistant.frames import Frame, TextLine


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
    made.add_argument(
        "--recorded",
        type=Path,
        metavar="FOLDER",
        help="windows of real programs (python -m models.train.widgets.programs); those in held/ are measured on",
    )
    made.add_argument(
        "--from-published", action="store_true", help="go on from the bundled weights instead of from nothing"
    )
    made.add_argument("--toolkits", nargs="*", default=["gtk3", "qt5", "qt6", "web"])
    made.add_argument("--qt6-python", default=sys.executable, help="Python that has PySide6")
    made.add_argument("--display", type=int, default=81, help="number of the X display to start")
    made.add_argument("--seed", type=int, default=1)
    made.add_argument("--peak", type=float, default=4e-3, help="highest learning rate")
    made.add_argument("--threads", type=int, default=1)
    return made


def main(argv: list[str]) -> int:
    options = parser().parse_args(argv)
    os.environ.setdefault("OMP_NUM_THREADS", str(options.threads))
    draw_all(options, options.out / "windows")
    learned, held = prepared(options)
    import torch

    from models.runtimes.screen_widgets import BUNDLED
    from models.train.widgets.export import export, weighed
    from models.train.widgets.training import Trainer, figures
    from models.train.widgets.windows import read_windows

    torch.set_num_threads(options.threads)
    trainer = Trainer(
        read_windows(learned),
        options.out / "checkpoint",
        options.peak,
        options.seed,
        icons=icons_in(options.out),
        published=BUNDLED if options.from_published else None,
    )
    windows = trainer.batches.windows
    print(f"{sum(map(len, windows))} lines of {len(windows)} windows", flush=True)
    if trainer.resume():
        print(f"continuing at step {trainer.progress.step}", flush=True)
    signal.signal(signal.SIGTERM, trainer.stop)
    trainer.run(options.budget)
    made = options.out / "model"
    made.mkdir(exist_ok=True)
    weighed_network = weighed(trainer.average, trainer.batches)
    print(f"exported, {export(weighed_network, made):.4f} from torch at most", flush=True)
    told = {kind: figures(weighed_network, read_windows(files)) for kind, files in held.items() if files}
    print(json.dumps(told, ensure_ascii=False, indent=1), flush=True)
    return 0


def prepared(options: argparse.Namespace) -> tuple[list[Path], dict[str, list[Path]]]:
    """Cached windows to learn from, and those held out: drawn ones, and ones of programs never learned from."""
    from models.runtimes.screen_reader import ScreenTextReader
    from models.train.widgets.examples import prepare
    from models.train.widgets.training import held_out

    reader = ScreenTextReader(threads=options.threads, with_widgets=False)

    def read(frame: Frame) -> Sequence[TextLine]:
        reader.forget()
        return reader.read(frame).lines

    def cut(folder: Path, name: str) -> list[Path]:
        cache = options.out / "lines" / name
        print(f"{prepare(folder, cache, read)} windows of {folder} cut", flush=True)
        return sorted(cache.glob("*.npz"))

    learned, drawn = held_out(cut(options.out / "windows", "drawn"))
    held = {"drawn": drawn, "programs": []}
    if options.recorded:
        learned += cut(options.recorded, "recorded")
        held["programs"] = cut(options.recorded / "held", "held")
    return learned, held


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
    from models.train.widgets.drawing import batches, draw
    from models.train.widgets.pool import write_pool

    pictures.mkdir(parents=True, exist_ok=True)
    texts = options.out / "texts.json"
    if not texts.exists():
        write_pool(options.data, texts)
    first = {
        toolkit: 1000 * (n + 1) + 100_000 * (options.seed - 1) for n, toolkit in enumerate(options.toolkits)
    }
    wanted = [batches(toolkit, first[toolkit], options.windows) for toolkit in options.toolkits]
    for turn in zip(*wanted, strict=True):
        for batch in turn:
            draw(batch, pictures, texts, options.display, options.qt6_python)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
