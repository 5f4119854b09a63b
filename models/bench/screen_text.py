"""`python -m models.bench screen-text`: the screen reader beside Tesseract, on the real validation screens."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import NunchiError
from models.bench import answers, odd_images, report, speed, tesseract
from models.bench.alignment import Compared, Piece, Tally, belongs, height_bucket, read_inside
from models.bench.reliability import buckets, expected_calibration_error
from models.bench.truth import Screen, alike, load_screens
from models.eval.runner import load_set
from models.eval.scoring import Item

if TYPE_CHECKING:
    from assistant.frames import ScreenText
    from models.runtimes.screen_reader import ScreenTextReader

SCREENS = Path(__file__).resolve().parents[2] / "tests" / "screens"
QUICK = 8
"""with --quick, every this manyth screen"""
CHOOSING = 20
"""every this manyth screen is read with all of Tesseract's settings, to choose the best"""
TIMED = 8
"""full-HD screens whose time is taken"""
PARTS = ("text", "speed", "odd", "widgets")


@dataclass
class Reader:
    """One reader's results on all screens."""

    compared: Compared = field(default_factory=Compared)
    found: answers.Found = field(default_factory=answers.Found)
    wrong: list[tuple[str, str, str, int]] = field(default_factory=list)
    """screen, true text, what was read there, characters wrong"""
    judged: list[tuple[float, bool]] = field(default_factory=list)
    """score and rightness of lines that alone stand in a true line's box, so that both can be compared whole"""

    def add(self, screen: Screen, pieces: Sequence[Piece], heights: Sequence[str]) -> None:
        """Count one screen's lines; `heights` are their buckets."""
        for line, height in zip(screen.lines, heights, strict=True):
            inside = [piece for piece in pieces if belongs(piece.box, line.box)]
            read = alike(" ".join(piece.text for piece in inside))
            wrong = self.compared.add(screen.name, height, line.clean, line.text, read)
            if wrong:
                self.wrong.append((screen.name, line.text, read, wrong))
            if len(inside) == 1:
                self.judged.append((inside[0].score, read.replace(" ", "") == line.text.replace(" ", "")))

    def ask(
        self, screen: Screen, asked: Sequence[Item], pieces: Sequence[Piece], lines: Sequence[Piece]
    ) -> None:
        true_texts = answers.texts_of((), [Piece(line.text, line.box) for line in screen.lines])
        answers.count(asked, true_texts, answers.texts_of(pieces, lines), self.found)

    def figures(self) -> dict[str, object]:
        return {**self.compared.figures(), "answers": self.found.figures()}

    def reliability(self) -> dict[str, object]:
        found = buckets([score for score, _ in self.judged], [good for _, good in self.judged])
        error = expected_calibration_error(found)
        return {
            "lines": len(self.judged), "expected_calibration_error": error,
            "buckets": [asdict(bucket) for bucket in found],
        }  # fmt: skip


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m models.bench screen-text", description=__doc__)
    made.add_argument("--screens", type=Path, default=SCREENS, metavar="FOLDER")
    made.add_argument("--model", type=Path, metavar="FOLDER", help="another recogniser than the bundled one")
    made.add_argument("--quick", action="store_true", help=f"every {QUICK}th screen, two timed")
    made.add_argument(
        "--only", choices=PARTS, action="append", help="only this part (may be given more than once)"
    )
    made.add_argument("--no-tesseract", action="store_true", help="do not run Tesseract")
    made.add_argument(
        "--tesseract-kept",
        type=Path,
        metavar="FOLDER",
        help="keep its outputs there, and use those of earlier runs",
    )
    made.add_argument("--threads", type=int, default=2)
    made.add_argument("--json", type=Path, metavar="FILE", help="write all figures there too")
    made.add_argument("--show", type=int, default=0, metavar="N", help="print the N worst lines")
    made.add_argument(
        "--picture", type=Path, metavar="PNG", help="draw what is read of IMAGE, and do nothing else"
    )
    made.add_argument("image", type=Path, nargs="?", metavar="IMAGE")
    return made


def main(argv: list[str]) -> int:
    arguments = parser().parse_args(argv)
    if (arguments.picture is None) != (arguments.image is None):
        print("--picture OUT.png and IMAGE belong together", file=sys.stderr)
        return 2
    try:
        return draw(arguments) if arguments.picture else measure(arguments)
    except NunchiError as error:
        print(f"refused: {error}", file=sys.stderr)
        return error.exit_status
    except FileNotFoundError as error:
        print(f"refused: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        progress("stopped", end=True)
        return 130


def draw(arguments: argparse.Namespace) -> int:
    from assistant.images import open_image
    from models.bench import picture

    frame = open_image(arguments.image)
    picture.save(frame, opened(arguments).read(frame), arguments.picture)
    print(arguments.picture)
    return 0


def measure(arguments: argparse.Namespace) -> int:
    parts = arguments.only or PARTS
    screens = load_screens(arguments.screens, QUICK if arguments.quick else 1)
    figures: dict[str, object] = {"machine": machine(arguments.threads), "screens": len(screens)}
    installed = None if arguments.no_tesseract else tesseract.version()
    figures["tesseract_version"] = installed
    settings = (
        chosen(screens, figures, arguments.tesseract_kept)
        if installed and {"text", "speed"} & set(parts)
        else None
    )
    if {"text", "widgets"} & set(parts):
        texts = read_all(opened(arguments), screens)
        if "widgets" in parts:
            figures["widgets"] = widget_states(screens, texts)
        if "text" in parts:
            items = load_set(arguments.screens / "questions.jsonl")
            readers = compare(screens, texts, items, settings, arguments.tesseract_kept)
            figures |= {name: results.figures() for name, results in readers.items()}
            figures["answers_rule"] = answers.rule()
            figures["reliability"] = readers["ours"].reliability()
            show_worst(readers["ours"], arguments.show)
    if "speed" in parts:
        timed(arguments, settings, figures)
    if "odd" in parts:
        turned = [screen.frame() for screen in screens[:: max(1, len(screens) // 3)][:3]]
        figures["odd"] = [asdict(odd) for odd in odd_images.measure_all(opened(arguments), turned)]
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(report.told(figures))
    return 0


def opened(arguments: argparse.Namespace) -> ScreenTextReader:
    from models.runtimes.screen_reader import ScreenTextReader

    reader = ScreenTextReader(recogniser_folder=arguments.model, threads=arguments.threads)
    reader.load()
    return reader


def machine(threads: int) -> dict[str, object]:
    name = platform.processor() or platform.machine()
    return {"processor": name, "cores": os.cpu_count(), "threads": threads}


def chosen(screens: Sequence[Screen], figures: dict[str, object], kept: Path | None) -> tesseract.Settings:
    """The settings with which Tesseract errs least on some of the screens; all are told."""
    some = screens[::CHOOSING]
    rates = {}
    for number, settings in enumerate(tesseract.CANDIDATES):
        tally = Tally()
        for screen in some:
            progress(f"tesseract {number + 1}/{len(tesseract.CANDIDATES)} {screen.name}")
            read = tesseract.read(screen.picture, settings, kept)
            for line in screen.lines:
                tally.add(line.text, alike(read_inside(read.words, line.box)))
        rates[settings] = tally.wrong / max(1, tally.characters)
    best = min(rates, key=lambda one: rates[one])
    figures["tesseract_settings"] = {
        "chosen": str(best), "on_screens": [screen.name for screen in some],
        "cer": {str(settings): rate for settings, rate in rates.items()},
    }  # fmt: skip
    progress("", end=True)
    return best


def read_all(reader: ScreenTextReader, screens: Sequence[Screen]) -> dict[str, ScreenText]:
    """What our reader reads, by the screens' names."""
    texts = {}
    for number, screen in enumerate(screens):
        progress(f"reading {number + 1}/{len(screens)} {screen.name}")
        reader.forget()  # each screen as if it were the first
        texts[screen.name] = reader.read(screen.frame())
    progress("", end=True)
    return texts


def compare(
    screens: Sequence[Screen],
    texts: Mapping[str, ScreenText],
    items: Sequence[Item],
    settings: tesseract.Settings | None,
    kept: Path | None = None,
) -> dict[str, Reader]:
    """Our texts against the truth and, with `settings`, Tesseract's beside them."""
    readers = {"ours": Reader()} | ({"tesseract": Reader()} if settings else {})
    for number, screen in enumerate(screens):
        pieces = pieces_of(texts[screen.name])
        asked = [item for item in items if item.image == screen.picture.name]
        heights = [height_bucket(pieces, line.box) for line in screen.lines]
        readers["ours"].add(screen, pieces, heights)
        readers["ours"].ask(screen, asked, pieces, pieces)
        if settings:
            progress(f"tesseract {number + 1}/{len(screens)} {screen.name}")
            read = tesseract.read(screen.picture, settings, kept)
            readers["tesseract"].add(screen, read.words, heights)
            readers["tesseract"].ask(screen, asked, read.words, read.lines)
    progress("", end=True)
    return readers


def pieces_of(text: ScreenText) -> list[Piece]:
    return [Piece(line.text, line.box, line.score) for line in text.lines if line.text]


def show_worst(results: Reader, count: int) -> None:
    for name, said, read, _ in sorted(results.wrong, key=lambda one: -one[3])[:count]:
        print(f"{name}: {said!r} read as {read!r}")


def timed(
    arguments: argparse.Namespace, settings: tesseract.Settings | None, figures: dict[str, object]
) -> None:
    everything = load_screens(arguments.screens)
    full = [screen for screen in everything if screen.size() == speed.FULL_HD]
    count = 2 if arguments.quick else TIMED
    some = full[:: max(1, len(full) // count)][:count]
    progress(f"timing {len(some)} full-HD screens")
    reader = opened(arguments)
    reader.read(some[-1].frame())  # the first reading of a shape makes its kernels
    settings = tesseract.fastest(some[0].picture, settings) if settings else None
    times = speed.measure(reader, some, settings)
    figures["speed"] = speed.figures(times) | {"tesseract_threads": settings and settings.threads}
    progress("", end=True)


def widget_states(screens: Sequence[Screen], texts: Mapping[str, ScreenText]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of roles and states."""
    from models.train.widgets.measure import score, truth_of

    told = [one for screen in screens for one in truth_of(screen.picture.with_suffix(".json"))]
    return score(told, {name: text.lines for name, text in texts.items()})


def progress(text: str, end: bool = False) -> None:
    """One line on stderr that is written over; nothing when stderr is no terminal."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="\n" if end and text else "", file=sys.stderr, flush=True)
