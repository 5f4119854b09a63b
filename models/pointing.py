"""Descriptions and places: how models are asked for them, whichever way each of them answers.

A model with a true `points` was trained for it (ports.Pointing) and gives boxes itself; of any other the lines that it
cites say where something is, which is what the callers do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.errors import ModelMissing
from assistant.frames import ScreenText

if TYPE_CHECKING:
    from assistant.frames import Frame
    from assistant.ports import Cancel, Pointing, VisionModel

DESCRIBE = {
    "normal": "이 화면을 설명해 줘",
    "short": "이 화면을 한 문장으로 설명해 줘",
    "long": "이 화면을 자세히 설명해 줘",
}
"""what is asked for a description of that length"""


def can_point(model: VisionModel) -> bool:
    """Whether its looks are `Pointing`."""
    return bool(getattr(model, "points", False))


@contextmanager
def pointing(model: VisionModel, frame: Frame, cancel: Cancel | None = None) -> Iterator[Pointing]:
    """A look to point with; places need no screen text. Errors: `ModelMissing` ability_missing; those of `look`."""
    if not can_point(model):
        raise ModelMissing("ability_missing", ability="point", model=model.name)
    look = model.look(frame, ScreenText(source="none"), cancel)
    try:
        yield look
    finally:
        look.close()
