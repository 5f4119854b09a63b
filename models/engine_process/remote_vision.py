"""The vision model that lives in the engine process, as the tray sees it: `VisionModel`, `Look` and `Pointing`.

What dies under a question is opened and looked at again, on the next device of the ladder, and the answer goes on where it was:
the frame and its text are still here.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from assistant.cancelling import check
from assistant.errors import NunchiError, Stopped
from assistant.frames import Box, Frame, ScreenText
from assistant.ports import Afresh, AnswerTimings, Cancel, LookTimings, Turn
from models.engine_process import values
from models.engine_process.compiled import Compiled
from models.engine_process.host import EngineHost, Trouble
from models.engine_process.ladder import Attempts, Ladder
from models.engine_process.patience import Patience
from models.engine_process.process import EngineProcess, Gone

_T = TypeVar("_T")


@dataclass(frozen=True)
class _Opened:
    process: EngineProcess
    number: int
    device: str
    """of the ladder"""


@dataclass(frozen=True)
class _Looked:
    opened: _Opened
    number: int
    tells: bool


class RemoteVision:
    """A `VisionModel`; what it says of itself is known once it is open. `ladder` None: there is one place, such as a server."""

    def __init__(
        self,
        host: EngineHost,
        name: str | None = None,
        *,
        engine: str | None = None,
        ladder: Ladder | None = None,
        compiled: Compiled | None = None,
        patience: Patience | None = None,
        image_tokens: Callable[[str], int | None] = lambda device: None,
    ) -> None:
        """`image_tokens` says what a picture may become on a device; None: as the model comes (see image_budget.py)."""
        self.host, self.ladder, self.patience = host, ladder, patience or Patience()
        self.image_tokens = image_tokens
        self._wanted, self._engine, self._compiled = name, engine, compiled or Compiled()
        self._opening = threading.Lock()
        self._open: _Opened | None = None
        self.name, self.engine, self.device, self.style, self.points = name or "", "", "", "chat", False

    def open(self) -> RemoteVision:
        """Load it now. Errors: as `models.catalogue.open_vision`; engine_crashed, engine_hung."""
        self.tried(lambda opened: opened, Attempts(self.ladder))
        return self

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> RemoteLook:
        """Errors: as the model's; engine_crashed, engine_hung where no device was left."""
        look = RemoteLook(self, frame, screen_text)
        look.looked(Attempts(self.ladder), cancel)
        return look

    def close(self) -> None:
        """The engine process closes it when another is opened, or when it ends."""
        self._open = None

    def tried(self, work: Callable[[_Opened], _T], attempts: Attempts, cancel: Cancel | None = None) -> _T:
        """What `work` gives on the best device on which it works. Errors: the last one's, in the person's terms."""
        while True:
            check(cancel)
            device = attempts.device
            try:
                return work(self._opened(device))
            except (Gone, NunchiError) as error:
                self.step_down(attempts, device, error)

    def step_down(self, attempts: Attempts, device: str, error: Gone | NunchiError) -> None:
        """Make ready for another attempt, and say so. Errors: what the person is told where there is none."""
        if isinstance(error, Stopped):
            raise error
        if (
            isinstance(error, NunchiError)
            and (process := self.host.running) is not None
            and self._open is not None
        ):
            counted = attempts.failed(device, error)
            process.end("crashed")  # a driver that lost its device is not asked again
        else:
            counted = attempts.failed(device, error)
        self._open = None
        if not counted:
            return
        following = attempts.device
        if following == device:
            self.host.told(Trouble("engine_restarted"))
        else:
            self.host.told(Trouble("engine_moved", {"before": device, "device": following}))

    def _opened(self, device: str) -> _Opened:
        """Errors: `Gone`, and the model's own."""
        with self._opening:
            process = self.host.process()
            opened = self._open
            if opened is not None and opened.process is process and opened.device == device:
                return opened
            self._open = None
            try:
                self._open = self._ask(process, device)
            except Gone as gone:
                if gone.reason == "closed" or not self._compiled.empty(device):
                    raise
                self._open = self._ask(
                    self.host.process(), device
                )  # what was compiled before may have been it
            return self._open

    def _ask(self, process: EngineProcess, device: str) -> _Opened:
        cache = self._compiled.folder(device)
        given = {
            "name": self._wanted,
            "engine": self._engine,
            "device": device,
            "cache": cache and str(cache),
        }
        with self.patience.measured("open", self.name, device) as seconds:
            told = process.call("open_vision", given, seconds=seconds)

        def read(told: dict[str, Any]) -> _Opened:
            said = {name: values.text(told[name], 300) for name in ("name", "engine", "device", "style")}
            self.name, self.engine, self.device, self.style = said.values()
            self.points = told.get("points") is True
            return _Opened(process, values.whole(told["model"]), device)

        return process.understood(read, told)


class RemoteLook:
    """A `Look`, and `Pointing` where the model is: it can always be made again."""

    def __init__(self, model: RemoteVision, frame: Frame, screen_text: ScreenText) -> None:
        self.timings, self.last_answer = LookTimings(), AnswerTimings()
        self._model, self._frame, self._screen_text = model, frame, screen_text
        self._at: _Looked | None = None
        self._closed = False

    def answer(
        self, question: str, earlier: Sequence[Turn] = (), cancel: Cancel | None = None
    ) -> Iterator[str]:
        """See `Look.answer`: an answer that another device has to give anew begins with `Afresh`, unless it says the same."""
        given = {"question": question, "earlier": values.turns_told(earlier)}
        return self._streamed("answer", given, cancel)

    def told(self, question: str, earlier: Sequence[Turn] = ()) -> tuple[str, ...]:
        """The values beside this question that the answer may quote."""

        def work(at: _Looked) -> tuple[str, ...]:
            if not at.tells:
                return ()
            given = {"look": at.number, "question": question, "earlier": values.turns_told(earlier)}
            process = at.opened.process
            told = process.call("told", given, seconds=self._model.patience.seconds("told"))
            return process.understood(
                lambda told: tuple(values.text(one) for one in values.several(told["values"], 100)), told
            )

        return self._tried(work)

    def describe(self, length: str = "normal", cancel: Cancel | None = None) -> Iterator[str]:
        return self._streamed("describe", {"length": length}, cancel)

    def find(self, what: str) -> tuple[Box, ...]:
        told, process = self._asked("find", {"what": what})
        return process.understood(
            lambda told: tuple(map(values.box, values.several(told["boxes"], values.MOST_FOUND))), told
        )

    def point(self, what: str) -> tuple[tuple[int, int], ...]:
        told, process = self._asked("point", {"what": what})
        return process.understood(
            lambda told: tuple(map(_place, values.several(told["points"], values.MOST_FOUND))), told
        )

    def gaze(self, eye: tuple[int, int]) -> tuple[int, int] | None:
        told, process = self._asked("gaze", {"eye": list(eye)})
        return process.understood(lambda told: None if told["place"] is None else _place(told["place"]), told)

    def close(self) -> None:
        self._closed, at, self._at = True, self._at, None
        if at is not None:
            at.opened.process.tell("close_look", {"look": at.number})

    def looked(self, attempts: Attempts, cancel: Cancel | None = None) -> _Looked:
        """Looked at, now or before, in a process that lives. Errors: as `RemoteVision.look`."""
        return self._model.tried(lambda opened: self._there(opened, cancel), attempts, cancel)

    def _there(self, opened: _Opened, cancel: Cancel | None) -> _Looked:
        if self._at is not None and self._at.opened is opened:
            return self._at
        self._at = None
        given = {"model": opened.number, "text": values.screen_text_told(self._screen_text)}
        model, process = self._model, opened.process
        if (most := model.image_tokens(model.device)) is not None:
            given["image_tokens"] = most
        with model.patience.measured("look", model.name, opened.device) as seconds:
            told = process.call("look", given, frame=self._frame, cancel=cancel, seconds=seconds)

        def read(told: dict[str, Any]) -> tuple[int, LookTimings, bool]:
            if "device" in told:  # an NPU comes in once its compiler has ended
                model.device = values.text(told["device"], 300)
            return values.whole(told["look"]), values.look_timings(told["timings"]), told.get("tells") is True

        number, self.timings, tells = process.understood(read, told)
        self._at = _Looked(opened, number, tells)
        return self._at

    def _tried(self, work: Callable[[_Looked], _T]) -> _T:
        attempts = Attempts(self._model.ladder)
        return self._model.tried(lambda opened: self._done(work, self._there(opened, None)), attempts)

    def _done(self, work: Callable[[_Looked], _T], at: _Looked) -> _T:
        try:
            return work(at)
        except Gone:
            self._at = None  # the look itself may be what is not there any more
            raise

    def _asked(self, name: str, given: dict[str, Any]) -> tuple[dict[str, Any], EngineProcess]:
        def work(at: _Looked) -> tuple[dict[str, Any], EngineProcess]:
            seconds = self._model.patience.seconds("first")
            told = at.opened.process.call(name, given | {"look": at.number}, seconds=seconds)
            return told, at.opened.process

        return self._tried(work)

    def _streamed(self, name: str, given: dict[str, Any], cancel: Cancel | None) -> Iterator[str]:
        started, timings = time.perf_counter(), AnswerTimings()
        self.last_answer = timings
        attempts, said = Attempts(self._model.ladder), ""
        while True:
            device = attempts.device
            going_on = _GoingOn(said)
            try:
                at = self.looked(attempts, cancel)
                device = at.opened.device
                for piece, tokens in self._pieces(at, name, given, cancel):
                    timings.first_token_ms = timings.first_token_ms or 1000 * (time.perf_counter() - started)
                    timings.tokens = tokens
                    if fresh := going_on.push(piece):
                        yield fresh
                        said = going_on.said
                if fresh := going_on.end():
                    yield fresh
                return
            except Stopped:
                return
            except (Gone, NunchiError) as error:
                self._at = None
                self._model.step_down(attempts, device, error)

    def _pieces(
        self, at: _Looked, name: str, given: dict[str, Any], cancel: Cancel | None
    ) -> Iterator[tuple[str, int]]:
        process, patience = at.opened.process, self._model.patience
        where = (self._model.name, at.opened.device)
        with patience.measured("first", *where) as seconds:
            stream = process.pieces(
                name, given | {"look": at.number}, cancel=cancel, seconds=seconds,
                between=patience.seconds("piece", *where),
            )  # fmt: skip
            piece = next(stream, None)
        slowest = 0.0
        try:
            while piece is not None:
                yield piece
                asked = time.monotonic()
                piece = next(stream)
                slowest = max(slowest, time.monotonic() - asked)
        except StopIteration as end:
            self._count(*process.understood(_figures, end.value))
            patience.took("piece", *where, slowest)
        finally:
            stream.close()

    def _count(self, found: AnswerTimings, memory: int) -> None:
        """The engine's figures; the time to the first token is ours, with the way between."""
        mine, self._model.host.memory = self.last_answer, memory
        mine.tokens, mine.tokens_per_s, mine.prompt_tokens = (
            found.tokens, found.tokens_per_s, found.prompt_tokens,
        )  # fmt: skip
        mine.first_token_ms = mine.first_token_ms or found.first_token_ms


class _GoingOn:
    """An answer that is given anew after `said` had been handed on: nothing new while it says the same."""

    def __init__(self, said: str) -> None:
        self._before, self._fresh, self._same = said, "", bool(said)
        self.said = said
        """what the person has after the last piece"""

    def push(self, piece: str) -> str:
        """What to hand on."""
        if not self._same:
            self.said += piece
            return piece
        self._fresh += piece
        if self._before.startswith(self._fresh):
            return ""
        self._same = False
        self.said = self._fresh
        if self._fresh.startswith(self._before):
            return self._fresh[len(self._before) :]
        return Afresh(self._fresh)

    def end(self) -> str:
        """The same, once nothing more comes."""
        if not self._same or self._fresh == self._before:
            return ""
        return Afresh(self._fresh)


def _figures(told: dict[str, Any]) -> tuple[AnswerTimings, int]:
    return values.answer_timings(told["timings"]), values.whole(told.get("memory"), 0, 1 << 48)


def _place(value: object) -> tuple[int, int]:
    x, y = values.several(value, 2)
    return values.whole(x), values.whole(y)
