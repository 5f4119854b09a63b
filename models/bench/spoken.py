"""`python -m models.bench spoken`: from the last syllable of a spoken question to the first word of its answer.

Questions of the validation screens are spoken by espeak-ng, block by block in real time, into the program's own endpointing, while
the full-HD screen they belong to is read and looked at: everything a key press starts but the sound card. Stages, p50 and p95.
`--transcriber FOLDER --time-only` takes another speech model for its time alone (random weights of Whisper's shape): what it hears
is thrown away and the written question asked.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.endpointing import BLOCK, RATE, Endpointer, Rules, SoFar
from assistant.errors import NunchiError
from assistant.events import Failed, Finished, Heard, Read, Said
from assistant.frames import Frame, Speech, Transcript

if TYPE_CHECKING:
    from assistant.endpointing import Probability
    from assistant.ports import Cancel, ScreenReader, Transcriber, VisionModel

FULL_HD = (1920, 1080)
LEAD_MS = 300
"""from the key to the first syllable"""
MOST_TOKENS = 24
"""written by a transcriber of random weights: about what a Korean question has"""
SCREENS = Path("tests/screens")


@dataclass(frozen=True)
class Asked:
    """One question. Milliseconds after the last speech; negative: done while it was spoken."""

    screen: str
    question: str
    speech_s: float
    heard: str = ""
    answer: str = ""
    failed: str = ""
    endpoint_ms: float = 0.0
    heard_ms: float = 0.0
    """the final text"""
    read_ms: float = 0.0
    """the screen's text was there"""
    first_word_ms: float = 0.0
    done_ms: float = 0.0
    look_ms: float = 0.0
    """encode and prefill, whenever they were"""
    first_token_ms: float = 0.0
    """the question → first token, the screen having been looked at"""


class Played:
    """A `LiveMicrophone` that plays a recording in real time and then silence with a little noise."""

    def __init__(self, speech: Speech, listen: Probability, rules: Rules | None = None) -> None:
        lead = np.zeros(RATE * LEAD_MS // 1000, np.float32)
        self._samples = np.concatenate([lead, speech.samples])
        self._endpointer = Endpointer(listen, rules)
        self.last_speech_at = 0.0

    def record(self, cancel: Cancel | None = None) -> Speech:
        """Each block arrives when it has been spoken."""
        noise = np.random.default_rng(1)
        began, block = time.perf_counter(), 0
        while self._endpointer.ending is None and not (cancel and cancel.is_set()):
            samples = self._samples[block * BLOCK : (block + 1) * BLOCK]
            samples = np.pad(samples, (0, BLOCK - len(samples)))
            samples = samples + noise.standard_normal(BLOCK).astype(np.float32) * np.float32(1e-4)
            block += 1
            time.sleep(max(0.0, began + block * BLOCK / RATE - time.perf_counter()))
            self._endpointer.feed(samples)
        self.last_speech_at = began + self.so_far().last_speech * BLOCK / RATE
        return self._endpointer.speech()

    def so_far(self) -> SoFar:
        return self._endpointer.so_far()

    def finish(self, last_speech: int) -> None:
        self._endpointer.finish(last_speech)


class TimeOnly:
    """A `Transcriber` that works as long as the real one and then says what was really asked."""

    def __init__(self, transcriber: Any) -> None:
        self.name = f"{transcriber.name} (time only)"
        self._real, self.asked = transcriber, ""
        model = transcriber._model
        whole = model.transcribe
        model.transcribe = lambda *some, **named: whole(*some, **named, max_new_tokens=MOST_TOKENS)

    def transcribe(
        self, speech: Speech, hotwords: Sequence[str] = (), cancel: Cancel | None = None
    ) -> Transcript:
        return Transcript(self.asked, (), self._real.transcribe(speech, (), cancel).milliseconds)

    def draft(self, speech: Speech, hotwords: Sequence[str] = (), cancel: Cancel | None = None) -> Transcript:
        return Transcript(self.asked, (), self._real.draft(speech, (), cancel).milliseconds)


def main(argv: list[str]) -> int:
    arguments = parser().parse_args(argv)
    try:
        told = measured(arguments)
    except NunchiError as error:
        print(f"refused: {error}", file=sys.stderr)
        return error.exit_status
    if arguments.out:
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        arguments.out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(told, ensure_ascii=False, indent=1) if arguments.json else table(told))
    return 0


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -m models.bench spoken", description=__doc__)
    made.add_argument("--questions", type=int, default=50)
    made.add_argument("--screens", type=Path, default=SCREENS)
    made.add_argument("--model", help="what answers (default: nunchi-mini)")
    made.add_argument("--transcriber", help="name or folder of a speech model (default: the bundled one)")
    made.add_argument(
        "--time-only", action="store_true", help="what it hears counts for nothing but its time"
    )
    made.add_argument("--silence-ms", type=int, default=Rules().silence_ms, help="that end a question")
    made.add_argument("--out", type=Path, metavar="FILE", help="for the figures as JSON")
    made.add_argument("--json", action="store_true")
    return made


def measured(arguments: argparse.Namespace) -> dict[str, Any]:
    """Errors: those of the models; `EngineFailed` without espeak-ng."""
    from models.catalogue import open_transcriber, open_vision
    from models.runtimes.screen_reader import ScreenTextReader
    from models.runtimes.voice_activity import SileroVoice

    transcriber: Transcriber = open_transcriber(arguments.transcriber)
    if arguments.time_only:
        transcriber = TimeOnly(transcriber)
    model, reader, voice = open_vision(arguments.model), ScreenTextReader(), SileroVoice()
    rules = Rules(silence_ms=arguments.silence_ms)
    rows: list[Asked] = []
    chosen = questions(arguments.screens, arguments.questions + 1)
    for number, (name, frame, question) in enumerate(chosen):
        found = one(
            name, frame, question, ports=(model, reader, transcriber), listen=voice.stream(), rules=rules
        )
        if number:  # the first loads and prepares what every later one finds ready
            rows.append(found)
    return {
        "models": {"vision": model.name, "speech": transcriber.name}, "cores": os.cpu_count(),
        "load": os.getloadavg() if hasattr(os, "getloadavg") else None, "silence_ms": rules.silence_ms,
        "stages": stages(rows), "questions": [asdict(row) for row in rows],
    }  # fmt: skip


def questions(folder: Path, most: int) -> Iterator[tuple[str, Frame, str]]:
    """Questions of the full-HD screens, one of each screen in turn, until there are `most`."""
    from models.bench.truth import load_screens

    screens = [screen for screen in load_screens(folder) if screen.size() == FULL_HD]
    asked: dict[str, list[str]] = {screen.name: [] for screen in screens}
    for line in (folder / "questions.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if (name := Path(row["image"]).stem) in asked:
            asked[name].append(row["question"])
    given = 0
    for turn in range(max(map(len, asked.values()), default=0)):
        for screen in screens:
            if turn < len(asked[screen.name]) and given < most:
                given += 1
                yield screen.name, screen.frame(), asked[screen.name][turn]


def one(
    name: str,
    frame: Frame,
    question: str,
    *,
    ports: tuple[VisionModel, ScreenReader, Transcriber],
    listen: Probability,
    rules: Rules,
) -> Asked:
    """Ask one question about a screen that nobody has seen before."""
    from assistant.ask import Conversation, Ports
    from models.eval.speech import say

    model, reader, transcriber = ports
    if hasattr(reader, "forget"):
        reader.forget()
    if hasattr(model, "seen"):
        model.seen.forget()
    if isinstance(transcriber, TimeOnly):
        transcriber.asked = question
    speech = say(question, "ko", speed=160)
    microphone = Played(speech, listen, rules)
    at: dict[str, float] = {}
    told: dict[str, Any] = {}
    conversation = Conversation(frame, Ports(model, reader, transcriber))
    try:
        for event in conversation.ask(speech=microphone):
            now = time.perf_counter()
            match event:
                case Heard(final=True):
                    at["heard_ms"] = now
                    told["heard"] = event.transcript.text
                case Read():
                    at["read_ms"] = now
                case Said() if event.piece.strip():
                    at.setdefault("first_word_ms", now)
                case Finished():
                    at["done_ms"] = now
                    timings = event.answer.timings
                    told |= {
                        "answer": event.answer.text,
                        "endpoint_ms": timings.endpoint_ms or 0.0,
                        "look_ms": (timings.encode_ms or 0.0) + (timings.prefill_ms or 0.0),
                        "first_token_ms": timings.first_token_ms or 0.0,
                    }
                case Failed():
                    told["failed"] = event.code
    finally:
        conversation.close()
    since = {key: (moment - microphone.last_speech_at) * 1000 for key, moment in at.items()}
    return Asked(name, question, speech.seconds, **since, **told)


STAGES = (
    ("endpoint_ms", "end of the question noticed"),
    ("heard_ms", "its text there"),
    ("read_ms", "the screen's text there too"),
    ("first_word_ms", "first word of the answer"),
    ("done_ms", "answer complete"),
    ("look_ms", "(encode and prefill took)"),
    ("first_token_ms", "(question → first token took)"),
)


def stages(rows: Sequence[Asked]) -> dict[str, dict[str, float]]:
    """p50 and p95 over the questions that were answered, in milliseconds after the last speech."""
    answered = [row for row in rows if not row.failed]
    found: dict[str, dict[str, float]] = {"answered": {"of": len(rows), "count": len(answered)}}
    for key, _ in STAGES:
        values = [getattr(row, key) for row in answered]
        if values:
            found[key] = {"p50": float(np.percentile(values, 50)), "p95": float(np.percentile(values, 95))}
    return found


def table(told: dict[str, Any]) -> str:
    counted = told["stages"]["answered"]
    rows = [
        f"{told['models']['speech']} and {told['models']['vision']}, {counted['count']} of {counted['of']} questions answered, "
        f"{told['silence_ms']} ms of silence end a question; {told['cores']} cores, load {told['load']}",
        f"{'ms after the last speech':34}{'p50':>9}{'p95':>9}",
    ]
    rows += [
        f"{label:34}{told['stages'][key]['p50']:>9.0f}{told['stages'][key]['p95']:>9.0f}"
        for key, label in STAGES
        if key in told["stages"]
    ]
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
