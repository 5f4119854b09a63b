"""`nunchi ask` and `nunchi describe`: one question about one picture, or a batch of them.

On a terminal the answer appears word by word, then the lines it was read from. `--json` prints one object.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event as Cancel
from typing import TYPE_CHECKING, TextIO

from assistant.ask import Question, ask
from assistant.errors import BadInput
from assistant.events import Answer, Failed, Finished, Heard, Listening, Said, Stopped
from assistant.images import warm
from assistant.results import answer_json
from assistant.sound import open_wav
from desktop.command.engines import ports
from desktop.command.looking import given, looking
from desktop.command.main import language, show_error
from desktop.command.microphone import open_microphone
from models.measured import note
from models.pointing import DESCRIBE

if TYPE_CHECKING:
    from argparse import Namespace

    from desktop.command.aloud import Aloud


def run(arguments: Namespace) -> int:
    """Exit status as design says; errors that are ours to show are raised. Errors: NunchiError."""
    if arguments.verb == "describe":
        length = arguments.length if arguments.model else "normal"  # the bundled model knows one length
        arguments.question = DESCRIBE[length]
        arguments.audio, arguments.batch, arguments.camera = None, None, False
    warm()  # the child that decodes pictures starts while the models load
    with interruptible() as cancel:
        if arguments.batch:
            return _batch(arguments, cancel)
        return _one(arguments, cancel)


def _one(arguments: Namespace, cancel: Cancel) -> int:
    frame = looking(arguments)
    ways = [one for one in (arguments.question, arguments.audio, arguments.mic or None) if one is not None]
    if len(ways) != 1:
        raise BadInput("question_twice" if ways else "question_empty")
    speech = open_wav(arguments.audio) if arguments.audio else open_microphone() if arguments.mic else None
    question = Question(frame, arguments.question, speech, text_from=arguments.text_from)
    if not arguments.say:
        return _told(arguments, question, cancel)
    from desktop.command.aloud import Aloud

    with Aloud() as aloud:
        return _told(arguments, question, cancel, aloud)


def _told(arguments: Namespace, question: Question, cancel: Cancel, aloud: Aloud | None = None) -> int:
    """Ask, and show (and say) what is told of it."""
    shown = _Shown(quiet=arguments.json)
    for event in ask(question, ports(arguments, speech=question.speech is not None), cancel=cancel):
        if aloud is not None and isinstance(event, Said):
            aloud.push(event.piece)
        match event:
            case Listening():
                shown.listening()
            case Heard(transcript=transcript, final=True):
                shown.heard(transcript.text)
            case Said(piece=piece):
                shown.piece(piece)
            case Finished(answer=answer):
                shown.finished(answer)
                note(answer)
            case Failed():
                return failure(event, arguments.json)
            case Stopped():
                return 130
    if aloud is not None:
        aloud.end(cancel)
    return 0


def _batch(arguments: Namespace, cancel: Cancel) -> int:
    """Every line gets its result line; the exit status is 0 when the batch was worked through."""
    from assistant.batch import answers

    if arguments.question or arguments.audio or arguments.mic or given(arguments):
        raise BadInput("batch_with_question")
    results = answers(
        arguments.batch,
        ports(arguments, speech=True),
        text_from=arguments.text_from,
        language=language(),
        cancel=cancel,
    )
    with _output(arguments.out) as out:
        for result in results:
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
            out.flush()
    return 0


class _Shown:
    """What the terminal shows of a run. Colours and hints only where a person reads along."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._terminal = sys.stdout.isatty()

    def listening(self) -> None:
        if not self._quiet and self._terminal:
            print(self._faint("말씀하세요…"), file=sys.stderr)

    def heard(self, text: str) -> None:
        if not self._quiet:
            print(self._faint(f"“{text}”"))

    def piece(self, piece: str) -> None:
        if not self._quiet:
            print(piece, end="", flush=True)

    def finished(self, answer: Answer) -> None:
        if self._quiet:
            print(json.dumps(answer_json(answer), ensure_ascii=False))
            return
        print()
        for line in answer.evidence:
            print(self._faint(f"  ↳ {line.text}  {list(line.box)}"))

    def _faint(self, text: str) -> str:
        return f"\x1b[2m{text}\x1b[0m" if self._terminal else text


def failure(event: Failed, as_json: bool) -> int:
    """Say why a run failed; returns its exit status."""
    show_error(event, as_json)
    return event.exit_status


@contextmanager
def interruptible() -> Iterator[Cancel]:
    """A cancel that Ctrl+C sets: the run ends in order, nothing is left behind. A second Ctrl+C kills."""
    cancel = Cancel()

    def stop(_number: int, _frame: object) -> None:
        cancel.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield cancel
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _output(path: str | None) -> Iterator[TextIO]:
    """The named file, or standard output. Errors: BadInput output_unwritable."""
    if path is None:
        yield sys.stdout
        return
    try:
        file = Path(path).open("w", encoding="utf-8")  # noqa: SIM115 - closed below
    except OSError as error:
        raise BadInput("output_unwritable", name=Path(path).name, reason=error.strerror) from error
    with file:
        yield file
