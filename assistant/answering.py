"""One streaming answer: the model's raw pieces become what is shown, what is pointed at, and the finished answer."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from threading import Event as Cancel
from time import perf_counter

from assistant import prompts, questions
from assistant.abstention import abstains
from assistant.cancelling import check, since
from assistant.events import Answer, Pointed, Restarted, Said, Timings, Usage
from assistant.evidence import Citations, Resolved
from assistant.frames import Box, ScreenText
from assistant.korean import LONGEST_ANSWER, Runaway, TextFlow
from assistant.ports import Afresh, Look, Turn, VisionModel

log = logging.getLogger(__name__)


class Answering:
    """What has been shown so far, what was cited, and when the first words came."""

    def __init__(self, question: str, look: Look, model: VisionModel, screen_text: ScreenText) -> None:
        self._question = question
        self._look = look
        self._model = model
        self._screen_text = screen_text
        self._citations = Citations(screen_text, model.style)
        self._flow = TextFlow()
        self._shown = ""
        self._first_ms: float | None = None
        self._raw = ""

    def events(
        self, run: int, earlier: tuple[Turn, ...], cancel: Cancel
    ) -> Iterator[Said | Restarted | Pointed]:
        """Said and Pointed as the model speaks. Stops it when it runs in circles or past the length cap."""
        runaway = Runaway()
        started = perf_counter()
        told = _told(self._look, self._question, earlier)
        self._citations = Citations(self._screen_text, self._model.style, told)
        pieces = self._look.answer(self._question, earlier, cancel)
        try:
            for piece in pieces:
                check(cancel)
                if self._first_ms is None:
                    self._first_ms = since(started)
                if isinstance(piece, Afresh):
                    self._citations = Citations(self._screen_text, self._model.style, told)
                    self._flow, self._shown, runaway = TextFlow(), "", Runaway()
                    yield Restarted(run)
                resolved = self._citations.push(piece)
                yield from self._tell(run, resolved, self._flow.push(resolved.text))
                check(cancel)
                if runaway.stops_at(piece) or len(self._shown) > LONGEST_ANSWER:
                    log.info("run %d: the answer ran in circles or grew too long and was ended", run)
                    break
        finally:
            if hasattr(pieces, "close"):
                pieces.close()
        check(cancel)
        resolved = self._citations.end()
        yield from self._tell(run, resolved, self._flow.push(resolved.text) + self._flow.end())
        self._raw = self._citations.raw
        if not self._shown:
            self._raw = prompts.NOT_ON_SCREEN
            yield from self._tell(run, Resolved(), prompts.NOT_ON_SCREEN)

    def _tell(self, run: int, resolved: Resolved, text: str) -> Iterator[Said | Pointed]:
        if text:
            self._shown += text
            yield Said(run, text)
        for line in resolved.lines:
            yield Pointed(run, line, line.box)

    @property
    def timings(self) -> Timings:
        """The look's and the answer's own figures, where the engine gave them."""
        look, answer = self._look.timings, self._look.last_answer
        return Timings(
            encode_ms=look.encode_ms,
            prefill_ms=look.prefill_ms,
            first_token_ms=answer.first_token_ms or self._first_ms,
            tokens=answer.tokens,
            tokens_per_s=answer.tokens_per_s,
        )

    def answer(self) -> Answer:
        """The answer as it stands, without the times that only the run knows."""
        on_screen = [line.text for line in self._screen_text.lines]
        look = self._look.timings
        abstained = abstains(self._shown, on_screen)
        return Answer(
            text=self._shown,
            question=self._question,
            box=None if abstained else self._box(),
            evidence=self._citations.evidence,
            abstained=abstained,
            model=self._model.name,
            engine=self._model.engine,
            device=self._model.device,
            raw=self._raw,
            usage=Usage(look.image_tokens, look.fresh_tokens, look.tokens),
        )

    def _box(self) -> Box | None:
        """Where the thing is that a «where» question asks for."""
        if questions.kind(self._question) is not questions.Kind.WHERE:
            return None
        line = questions.meant_line(self._question, self._citations.lines)
        return line.box if line else None


def _told(look: Look, question: str, earlier: tuple[Turn, ...]) -> Sequence[str]:
    """The values that a look tells beside this question for its answer to quote, where it does such a thing."""
    tell = getattr(look, "told", None)
    return tell(question, earlier) if tell else ()
