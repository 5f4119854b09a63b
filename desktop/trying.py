# ruff: noqa: TID253 - loaded by desktop.app only
"""A device that is being made ready while another one answers: how far it is, for the tray and the settings, and giving it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.words import shown

if TYPE_CHECKING:
    from models.engine_process.progress import Progress

SOON = 60.0


class Trying(QObject):
    """Changed beside the windows only; `give_up` ends it."""

    changed = Signal()

    def __init__(self, give_up: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self.progress: Progress | None = None
        self.give_up = give_up

    def show(self, progress: Progress | None) -> None:
        if progress != self.progress:
            self.progress = progress
            self.changed.emit()


def trying_words(progress: Progress, language: str) -> str:
    """«NPU 준비 중 · 3/5 · 약 2분 남음»; parts that nobody knows are left out."""
    words = [shown("trying", language, device=progress.device)]
    if progress.steps:
        words.append(f"{progress.step}/{progress.steps}")
    if (left := progress.seconds_left) is not None:
        if left < SOON:
            words.append(shown("trying_soon", language))
        else:
            words.append(shown("trying_left", language, minutes=round(left / 60)))
    return " · ".join(words)
