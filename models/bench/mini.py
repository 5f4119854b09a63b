"""`python -m models.bench mini [FOLDER …]`: what a model costs on a full-HD screen that has already been read.

Look (encode and prefill), question → first token after a look, tokens a second, memory while answering, size of the
artefact, tokens per eojeol. Several folders take turns, and the others are given as ratios to the first: on a busy
machine the ratios hold where the milliseconds do not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import numpy as np

from assistant.errors import NunchiError
from assistant.frames import Box, Frame, ScreenText, TextLine
from models.bench.asking import Round, Task, asker
from models.korean_cost import SENTENCES, tokens_per_eojeol

FULL_HD = (1920, 1080)
QUESTIONS = (
    "저장 단추는 어디에 있어요?",
    "결제 금액이 모두 얼마야?",
    "이 화면을 보지 못하는 사람에게 설명해 줘",
)
TIMES = ("look_ms", "encode_ms", "prefill_ms", "processor_s")


def main(argv: list[str]) -> int:
    arguments = parser().parse_args(argv)
    try:
        frame, text = screen(arguments)
        told = measure(arguments, frame, text)
    except NunchiError as error:
        print(f"refused: {error}", file=sys.stderr)
        return error.exit_status
    print(json.dumps(told, ensure_ascii=False, indent=1) if arguments.json else table(told))
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m models.bench mini", description=__doc__)
    made.add_argument("folders", nargs="*", metavar="FOLDER", help="name or folder (default: nunchi-mini)")
    made.add_argument("--engine", choices=["openvino", "transformers"])
    made.add_argument("--device", default="CPU")
    made.add_argument(
        "--rounds", type=int, default=5, help="looks that count; one more comes first to warm up"
    )
    made.add_argument("--lines", type=int, default=150, help="lines of text on the drawn screen")
    made.add_argument("--image", type=Path, help="a real screen instead, read before the clock starts")
    made.add_argument("--json", action="store_true")
    return made


def measure(arguments: argparse.Namespace, frame: Frame, text: ScreenText) -> dict[str, object]:
    """Figures of every folder, and the others' ratios to the first. Errors: `NunchiError` of the model's own."""
    folders = arguments.folders or ["nunchi-mini"]
    with ExitStack() as stack:
        askers = [
            stack.enter_context(
                asker(Task(folder, arguments.engine, arguments.device, frame, text, QUESTIONS))
            )
            for folder in folders
        ]
        for each in askers:
            each.round()
        rounds = [[each.round() for each in askers] for _ in range(max(1, arguments.rounds))]
    columns = [list(column) for column in zip(*rounds, strict=True)]
    found = [figures(column) | artefact(folder) for folder, column in zip(folders, columns, strict=True)]
    for figure, column in zip(found, columns, strict=True):
        figure["ratios"] = ratios(column, columns[0])
    return {
        "machine": {"system": platform.platform(), "cores": os.cpu_count()},
        "screen": {"size": [frame.width, frame.height], "lines": len(text.lines)},
        "rounds": len(rounds),
        "models": dict(zip(folders, found, strict=True)),
    }


def figures(rounds: Sequence[Round]) -> dict[str, object]:
    """Medians over the rounds (the worst where it is asked for); tokens a second over all of them together."""
    firsts = [one for told in rounds for one in told.first_token_ms]
    seconds, tokens = sum(told.token_seconds for told in rounds), sum(told.tokens for told in rounds)
    return {
        **{name: median(getattr(told, name) for told in rounds) for name in TIMES},
        "first_token_ms": median(firsts),
        "first_token_worst_ms": max(firsts),
        "tokens_per_s": tokens / seconds if seconds else None,
        "tokens": tokens,
        "resident_mb": _megabytes([told.resident for told in rounds]),
        "peak_mb": _megabytes([told.peak for told in rounds]),
        "answers": list(rounds[-1].answers),
    }


def artefact(folder: str) -> dict[str, object]:
    """Bytes of the model's files and what Korean costs with its tokenizer; nothing for a server."""
    from models.catalogue import find

    if folder.startswith(("http://", "https://")):
        return {"artefact_mb": None, "tokens_per_eojeol": None}
    entry = find(folder)
    return {"artefact_mb": entry.size / 1e6, "tokens_per_eojeol": tokens_per_eojeol(entry.folder)}


def ratios(rounds: Sequence[Round], first: Sequence[Round]) -> dict[str, float | None]:
    """Medians of round-by-round ratios to the first model, which ran in the same minute."""
    found: dict[str, float | None] = {}
    for name in TIMES:
        found[name] = _ratio(
            [(getattr(a, name), getattr(b, name)) for a, b in zip(rounds, first, strict=True)]
        )
    found["first_token_ms"] = _ratio(
        [(median(a.first_token_ms), median(b.first_token_ms)) for a, b in zip(rounds, first, strict=True)]
    )
    found["ms_per_token"] = _ratio(
        [
            (a.token_seconds / a.tokens, b.token_seconds / b.tokens)
            for a, b in zip(rounds, first, strict=True)
            if a.tokens and b.tokens
        ]
    )
    return found


def screen(arguments: argparse.Namespace) -> tuple[Frame, ScreenText]:
    """The picture and its lines. Errors: `BadInput` of the picture."""
    if not arguments.image:
        return drawn(*FULL_HD, arguments.lines)
    from assistant.images import open_image
    from models.runtimes.screen_reader import ScreenTextReader

    frame = open_image(arguments.image)
    return frame, ScreenTextReader().read(frame)


def drawn(width: int, height: int, count: int) -> tuple[Frame, ScreenText]:
    """Panels of colour and `count` lines of two or three Korean words on a grid: what times depend on, no more."""
    random = np.random.default_rng(5)
    image = np.full((height, width, 3), 245, np.uint8)
    for _ in range(24):
        x, y = random.integers(0, width - 40), random.integers(0, height - 40)
        image[y : y + random.integers(20, 300), x : x + random.integers(20, 500)] = random.integers(0, 256, 3)
    words = [word for sentence in SENTENCES for word in sentence.split()]
    columns = max(1, round((count * width / height / 8) ** 0.5))
    rows = -(-count // columns)
    lines = tuple(
        TextLine(
            " ".join(words[(3 * n + k) % len(words)] for k in range(2 + n % 2)),
            Box(n % columns * width // columns + 8, n // columns * height // rows + 4, 180, 16),
            ink="black" if n % 7 else "blue",
            paper="white",
        )
        for n in range(count)
    )
    return Frame(image), ScreenText(lines)


def table(told: dict[str, object]) -> str:
    """One row a figure, one column a model; ratios to the first in brackets."""
    models = told["models"]
    width = max(24, *(len(name) + 2 for name in models))
    screen_, rows = told["screen"], [f"{'':26}" + "".join(name.rjust(width) for name in models)]
    rows += [
        _row(label, key, models, width)
        for key, label in (
            ("look_ms", "look, ms"),
            ("encode_ms", "  encode, ms"),
            ("prefill_ms", "  prefill, ms"),
            ("processor_s", "  all cores, s"),
            ("first_token_ms", "question → token, ms"),
            ("first_token_worst_ms", "  the worst, ms"),
            ("tokens_per_s", "tokens/s"),
            ("resident_mb", "memory answering, MB"),
            ("peak_mb", "  at most, MB"),
            ("artefact_mb", "artefact, MB"),
            ("tokens_per_eojeol", "tokens per eojeol"),
        )
    ]
    size = "×".join(str(side) for side in screen_["size"])
    rows.append(
        f"{size}, {screen_['lines']} lines, {told['rounds']} rounds, {told['machine']['cores']} cores"
        f" ({told['machine']['system']}); medians, in brackets the ratio to the first"
    )
    return "\n".join(rows)


def _row(label: str, key: str, models: dict[str, dict], width: int) -> str:
    cells = []
    for number, figure in enumerate(models.values()):
        value, ratio = figure[key], figure["ratios"].get(key)
        cell = "–" if value is None else f"{value:.2f}" if value < 100 else f"{value:.0f}"
        cells.append(f"{cell} ({ratio:.2f})" if number and ratio else cell)
    return f"{label:26}" + "".join(cell.rjust(width) for cell in cells)


def _ratio(pairs: Sequence[tuple[float, float]]) -> float | None:
    found = [one / other for one, other in pairs if other]
    return median(found) if found else None


def _megabytes(values: Sequence[int | None]) -> float | None:
    known = [value for value in values if value is not None]
    return max(known) / 1e6 if known else None
