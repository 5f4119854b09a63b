"""What teacher and student are asked: pictures with their lines and questions, most for learning, some held out.

Either a folder of one's own (`questions.jsonl` and pictures, as `tests/screens` has them; read by the bundled reader),
or screens drawn by the generator of nunchi-mini's training.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from assistant.errors import BadInput
from assistant.frames import Frame, ScreenText
from assistant.images import open_image
from models.eval.runner import load_set
from models.quantize.calibration import VALIDATION

if TYPE_CHECKING:
    from assistant.ports import ScreenReader
    from models.train.mini.corpus import Pools

HELD_OUT = 1_000_000_000
"""seeds of drawn screens from here on are never trained on, by nunchi-mini neither"""
EVERY = 8
"""one picture of so many is held out of a set, one at least"""


@dataclass(frozen=True, eq=False)
class Example:
    """A picture, its lines, and what is asked about it."""

    frame: Frame
    text: ScreenText
    questions: tuple[str, ...]


class Screens(Protocol):
    """Where examples come from."""

    def lesson(self, number: int) -> Example:
        """Example number `number` (0 …) of an endless row, always the same."""
        ...

    def held_out(self) -> Sequence[Example]:
        """Examples that are in no lesson."""
        ...


class DrawnScreens:
    """The generator's screens of every size with pictures, `count` questions each."""

    def __init__(self, pools: Pools, seed: int = 0, count: int = 8, held_out: int = 6) -> None:
        self._pools, self._seed, self._count, self._held = pools, seed, count, held_out

    def lesson(self, number: int) -> Example:
        return self._draw((self._seed + 1) * 10_000_000 + number)

    def held_out(self) -> list[Example]:
        return [self._draw(HELD_OUT + number) for number in range(self._held)]

    def _draw(self, seed: int) -> Example:
        from models.train.mini.questions import ask
        from models.train.mini.screens import make_screen

        while True:
            screen = make_screen(seed, self._pools, (0, 1, 1, 2)[seed % 4])
            asked = ask(screen, self._pools, random.Random(f"distill {seed}"), self._count)
            if asked:
                whole = screen.image.convert("RGB").resize(screen.size)  # it was drawn at nunchi-mini's size
                frame = Frame(np.ascontiguousarray(np.asarray(whole)))
                text = ScreenText(tuple(screen.reading.lines))
                return Example(frame, text, tuple(qa.question for qa in asked))
            seed += 5_000_000  # nothing can be asked about an empty screen


class SetScreens:
    """A `questions.jsonl` with its pictures, in another order each time round.

    Errors: `BadInput` set_broken; distillation_refused for the validation set or where nothing is left to learn from.
    """

    def __init__(self, file: Path, reader: ScreenReader, seed: int = 0, most: int = 16) -> None:
        if file.resolve().is_relative_to(VALIDATION):
            raise BadInput("distillation_refused", reason="what is validated on must not be trained on")
        items = load_set(file)
        self._folder = file.parent
        pictures = [
            (image, tuple(item.question for item in asked))
            for image, asked in groupby(items, key=lambda item: item.image)
        ]
        if len(pictures) < 2:
            raise BadInput("distillation_refused", reason="two pictures at least, one of them is held out")
        random.Random(seed).shuffle(pictures)
        kept = max(1, len(pictures) // EVERY)
        self._held, self._taught = pictures[:kept], pictures[kept:]
        self._reader, self._seed, self._most = reader, seed, most
        self._texts: dict[str, ScreenText] = {}

    def lesson(self, number: int) -> Example:
        rounds, place = divmod(number, len(self._taught))
        order = list(range(len(self._taught)))
        random.Random(f"{self._seed} {rounds}").shuffle(order)
        return self._example(*self._taught[order[place]], chance=random.Random(number))

    def held_out(self) -> list[Example]:
        return [self._example(*picture, chance=random.Random(0)) for picture in self._held]

    def _example(self, image: str, questions: tuple[str, ...], chance: random.Random) -> Example:
        frame = open_image(self._folder / image)
        if image not in self._texts:
            self._texts[image] = self._reader.read(frame)
        return Example(
            frame,
            self._texts[image],
            tuple(chance.sample(questions, min(self._most, len(questions)))),
        )
