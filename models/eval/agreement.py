"""Whether two engines say the same: raw greedy answers to every question of a set, token for token.

Greedy answers are equal exactly where the most likely token is the same at every step, so this compares the argmax
on every validation prompt and on every answer token after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.images import open_image
from models.eval.scoring import Item

if TYPE_CHECKING:
    from assistant.ports import ScreenReader, VisionModel

ENGINES = ("openvino", "openvino-f32", "transformers")


@dataclass(frozen=True)
class Difference:
    """A question that two engines answered differently, with both raw answers."""

    item: Item
    first: str
    second: str


def open_engine(name: str, folder: Path) -> VisionModel:
    """`openvino` as it ships, `openvino-f32` with every number kept in 32 bits, or `transformers` in float32."""
    from models.catalogue import engine_class

    if name == "openvino-f32":
        return engine_class(folder, "openvino")(folder, precision="f32")
    return engine_class(folder, name)(folder)


def differences(
    items: Sequence[Item], folder: Path, reader: ScreenReader, first: VisionModel, second: VisionModel
) -> list[Difference]:
    """The questions on which the two differ; `items` are ordered by picture."""
    found = []
    for image, asked in groupby(items, key=lambda item: item.image):
        frame = open_image(folder / image)
        text = reader.read(frame)
        looks = first.look(frame, text), second.look(frame, text)
        for item in asked:
            said = tuple("".join(look.answer(item.question)) for look in looks)
            if said[0] != said[1]:
                found.append(Difference(item, *said))
        for look in looks:
            look.close()
    return found
