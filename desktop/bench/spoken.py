"""Asks the real tray program spoken questions and says how long each stage takes from the end of speech.

    python -m desktop.bench spoken [--questions 20] [--log FILE]

Before each question another picture fills the screen; espeak-ng speaks into the virtual microphone. The end of speech is the last
block in which the voice detector heard somebody, the first word is there when it is drawn (watched.py).
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path

from desktop.bench.headless import Desk, Running
from desktop.bench.press import CHORD
from desktop.bench.room import Room
from desktop.bench.tray import Keys, Told, Wallpaper, await_stage, pictures, stage, started

QUESTIONS = (
    "지금 어느 탭이 열려 있어?", "합계가 얼마야?", "저장 버튼 어디야?", "이 창은 뭐야?", "담당자가 누구야?", "오류가 왜 났어?",
)  # fmt: skip
STAGES = {
    "endpoint": "it is known that the question is over", "heard": "its text is there", "token": "the model's first token",
    "says": "the first word is drawn", "ended": "the answer is complete",
}  # fmt: skip
PATIENCE = 120.0


def main(argv: Sequence[str]) -> int:
    options = argparse.ArgumentParser(
        prog="python -m desktop.bench spoken", description=__doc__.splitlines()[0]
    )
    options.add_argument("--questions", type=int, default=20)
    options.add_argument("--log", type=Path, help="what the program told, line by line")
    chosen = options.parse_args(argv)
    with started() as (desk, program), tempfile.TemporaryDirectory() as folder:
        await_stage(program, "listens")
        asked = Asked(desk, program, Path(folder))
        taken = [asked.once(text) for text in islice(cycle(QUESTIONS), 1 + chosen.questions)][1:]
        asked.close()
    if chosen.log:
        chosen.log.write_text("\n".join(asked.log) + "\n", encoding="utf-8")
    print(table(taken))
    return 0


class Asked:
    """One question after the other; the first loads the models."""

    def __init__(self, desk: Desk, program: Running, folder: Path) -> None:
        self._program, self._keys = program, Keys(desk)
        self._wallpaper, self._shown, self._room = Wallpaper(desk.display), pictures(), Room(desk, folder)
        self.log: list[str] = []
        self._room.be_there()

    def once(self, text: str) -> dict[str, float]:
        """Milliseconds from the end of speech to each stage. Errors: `TimeoutError` where one does not come."""
        self._wallpaper.show(next(self._shown))
        told = [Told("press", self._keys.press(CHORD), text)]
        self._until("hears", told)
        self._room.say(text)
        self._until("ended", told)
        self._keys.press("Escape")
        self._until("hidden", told)
        self.log += [
            f"{1000 * (one.at - told[0].at):9.1f} ms  {one.stage} {one.words}".rstrip() for one in told
        ]
        return stages({one.stage: one for one in told})

    def close(self) -> None:
        self._keys.close()

    def _until(self, wanted: str, told: list[Told]) -> None:
        while (one := stage(self._program, PATIENCE)) is not None:
            told.append(one)
            if one.stage == wanted:
                return
        raise TimeoutError(f"the tray program did not tell «{wanted}»")


def stages(told: Mapping[str, Told]) -> dict[str, float]:
    """Milliseconds after the end of speech, of one question's lines; empty where nothing was heard."""
    took = figures(told["took"].words) if "took" in told else {}
    if "transcribe_ms" not in took or "heard" not in told:
        return {}
    end = told["heard"].at - took["transcribe_ms"] / 1000
    after = {name: 1000 * (told[name].at - end) for name in ("heard", "says", "ended") if name in told}
    if "endpoint_ms" in took:
        after["endpoint"] = took["endpoint_ms"]
    if "first_token_ms" in took and "says" in after:
        after["token"] = min(after["says"], after["heard"] + took["first_token_ms"])
    return after


def figures(words: str) -> dict[str, float]:
    """`name=value` pairs."""
    return {name: float(value) for name, _, value in (word.partition("=") for word in words.split())}


def table(taken: Sequence[Mapping[str, float]]) -> str:
    heard = [one for one in taken if one]
    lines = [
        f"{len(heard)} of {len(taken)} questions heard, ms after the end of speech     p50     p95   (load {os.getloadavg()[0]:.1f})"
    ]
    for name, words in STAGES.items():
        times = sorted(one[name] for one in heard if name in one)
        if times:
            p95 = times[round(0.95 * (len(times) - 1))]
            lines.append(f"{words:56}{statistics.median(times):8.0f}{p95:8.0f}")
    return "\n".join(lines)
