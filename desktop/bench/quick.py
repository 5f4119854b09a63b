"""Ports that answer at once: for soaking the program around them for hours of questions in minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.ask import Ports
from assistant.frames import Box, Frame, ScreenText, TextLine
from assistant.ports import AnswerTimings, Cancel, LookTimings, Turn
from assistant.prompts import citation

LINES = 40


class QuickReader:
    """Says that LINES lines stand on every screen."""

    def read(self, frame: Frame, cancel: Cancel | None = None) -> ScreenText:
        high = max(1, frame.height // LINES)
        lines = (TextLine(f"줄 {n}", Box(10, high * n, 120, min(20, high))) for n in range(LINES))
        return ScreenText(tuple(lines), milliseconds=1.0)


class QuickLook:
    def __init__(self) -> None:
        self.timings, self.last_answer = LookTimings(1.0, 1.0), AnswerTimings()

    def answer(
        self, question: str, earlier: Sequence[Turn] = (), cancel: Cancel | None = None
    ) -> Iterator[str]:
        yield from ("여기에 ", citation(1 + len(question) % LINES), " 라고 ", "쓰여 ", "있어요.")

    def close(self) -> None: ...


class QuickModel:
    name, engine, device, style = "quick", "none", "CPU", "mini"

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> QuickLook:
        return QuickLook()

    def close(self) -> None: ...


def quick_ports() -> Ports:
    return Ports(QuickModel(), QuickReader())
