"""Questions invented where nobody speaks: 200 clips of silence, noise and music through everything a question goes through.

Tapped: the endpointer decides whether anybody spoke, then the transcriber hears what it kept. Held: the transcriber
hears all of it, as when a key is held down. Whatever text comes out is an invented question; none may.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from assistant.endpointing import Ending, Endpointer, Probability, Rules
from assistant.frames import Speech
from assistant.ports import Transcriber
from models.eval.silence_clips import KINDS, Clip

BLOCKS = 8_000
"""samples handed to the endpointer at once"""


@dataclass
class Row:
    """What became of the clips of a kind."""

    clips: int = 0
    taken_for_speech: int = 0
    """by the endpointer: what a transcriber would hear after a tap"""
    invented_tapped: list[str] = field(default_factory=list)
    invented_held: list[str] = field(default_factory=list)


@dataclass
class Report:
    rows: dict[str, Row]
    transcriber: str = ""
    """"" where there was none: then nothing was transcribed"""
    seconds: float = 0.0

    @property
    def clips(self) -> int:
        return sum(row.clips for row in self.rows.values())

    @property
    def invented(self) -> list[str]:
        return [text for row in self.rows.values() for text in (*row.invented_tapped, *row.invented_held)]


def examine(
    clips: Iterable[Clip],
    listen: Callable[[], Probability],
    transcriber: Transcriber | None,
    progress: Callable[[int], None] = lambda done: None,
) -> Report:
    """`listen` gives a voice detector for one recording (`SileroVoice.stream`)."""
    report = Report({kind: Row() for kind in KINDS}, transcriber.name if transcriber else "")
    started = time.perf_counter()
    for done, clip in enumerate(clips, 1):
        row = report.rows[clip.kind]
        row.clips += 1
        kept = _endpointed(clip.speech, listen())
        row.taken_for_speech += kept is not None
        if transcriber is not None:
            for speech, texts in ((kept, row.invented_tapped), (clip.speech, row.invented_held)):
                text = transcriber.transcribe(speech).text.strip() if speech is not None else ""
                if text:
                    texts.append(text)
        progress(done)
    report.seconds = time.perf_counter() - started
    return report


def _endpointed(speech: Speech, probability: Probability) -> Speech | None:
    """What the endpointer would hand on; None where it says that nobody spoke."""
    endpointer = Endpointer(probability, Rules())
    for at in range(0, len(speech.samples), BLOCKS):
        if endpointer.feed(speech.samples[at : at + BLOCKS]) is not None:
            break
    nobody = endpointer.ending is Ending.NOTHING_SAID or not len(endpointer.speech().samples)
    return None if nobody else endpointer.speech()


def told(report: Report) -> list[str]:
    """The report as lines of text."""
    lines = [f"{'kind':<12} {'clips':>5} {'taken for speech':>17} {'invented: tapped':>17} {'held':>5}"]
    for kind, row in report.rows.items():
        invented = [
            str(len(texts)) if report.transcriber else "–"
            for texts in (row.invented_tapped, row.invented_held)
        ]
        lines.append(
            f"{kind:<12} {row.clips:>5} {row.taken_for_speech:>17} {invented[0]:>17} {invented[1]:>5}"
        )
    if report.transcriber:
        lines.append(
            f"{len(report.invented)} invented questions in {report.clips} clips with {report.transcriber}"
        )
        lines += [f"✗ {text}" for text in report.invented]
    else:
        taken = sum(row.taken_for_speech for row in report.rows.values())
        lines.append(f"{taken} of {report.clips} clips would reach a transcriber; none is installed")
    return lines
