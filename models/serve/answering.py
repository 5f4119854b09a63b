"""Runs the core for one request and hands out its answer piece by piece, cut at a stop text or a length."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from threading import Event

from assistant.errors import BadInput, DeviceFailed, EngineFailed, ModelMissing, NunchiError
from assistant.events import Answer, Failed, Finished, Said, Stopped, Thinking
from assistant.ports import Turn
from models.serve.engines import Engines


@dataclass(frozen=True)
class Piece:
    """Text to append to the answer."""

    text: str


@dataclass(frozen=True)
class Ended:
    """`reason` is OpenAI's finish_reason: stop or length. `answer` is None where it was cut."""

    reason: str
    answer: Answer | None
    tokens: int
    prompt_tokens: int = 0


@dataclass(frozen=True)
class Begun:
    """The picture has been read and looked at; what is left is the answer."""


Told = Begun | Piece | Ended


def answer(
    engines: Engines,
    picture: bytes,
    question: str,
    cancel: Event,
    *,
    earlier: tuple[Turn, ...] = (),
    most_tokens: int | None = None,
    stops: tuple[str, ...] = (),
) -> Generator[Told, None, None]:
    """Begun, Piece*, Ended. Errors: `NunchiError` of the stage that failed. Set `cancel` to stop it early."""
    conversation = engines.conversation(picture)
    conversation.earlier = earlier
    cut = StopAt(stops)
    said = 0
    reason, finished = "stop", None
    events = conversation.ask(question, cancel=cancel, remember=False)
    try:
        for event in events:
            match event:
                case Thinking():
                    yield Begun()
                case Said(piece=piece):
                    said += 1
                    if text := cut.push(piece):
                        yield Piece(text)
                    if cut.met:
                        break
                    if most_tokens is not None and said >= most_tokens:
                        reason = "length"
                        break
                case Finished():
                    finished = event.answer
                case Failed():
                    raise _error(event)
                case Stopped():
                    return
    finally:
        events.close()
    if not cut.met and (rest := cut.rest()):
        yield Piece(rest)
    tokens = (finished.timings.tokens if finished else None) or said
    yield Ended(reason, finished, tokens, conversation.prompt_tokens)


class StopAt:
    """Ends a stream before the first of some texts, which may come in several pieces."""

    def __init__(self, stops: tuple[str, ...]) -> None:
        self._stops = stops
        self._held = ""
        self.met = False

    def push(self, piece: str) -> str:
        """What may be shown by now; the beginning of a stop text is held back."""
        self._held += piece
        found = [at for stop in self._stops if (at := self._held.find(stop)) >= 0]
        if found:
            self.met = True
            shown, self._held = self._held[: min(found)], ""
            return shown
        keep = max((_overlap(self._held, stop) for stop in self._stops), default=0)
        shown = self._held[: len(self._held) - keep]
        self._held = self._held[len(shown) :]
        return shown

    def rest(self) -> str:
        """What was held back and turned out to be no stop text."""
        held, self._held = self._held, ""
        return held


def _overlap(text: str, stop: str) -> int:
    """How many characters at the end of `text` are the beginning of `stop`."""
    return next((n for n in range(min(len(text), len(stop) - 1), 0, -1) if stop.startswith(text[-n:])), 0)


def _error(failed: Failed) -> NunchiError:
    """The error a failed run stands for: bad input is the client's, the rest is ours."""
    kinds = {2: BadInput, 3: ModelMissing, 4: DeviceFailed}
    return kinds.get(failed.exit_status, EngineFailed)(failed.code, **failed.values)
