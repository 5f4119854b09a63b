"""What a question needs before it can be asked: the frame is taken and the microphone opened at the same moment.

Each in a thread of its own: no frame waits for an earlier question to end, and no first syllable for the frame.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Protocol

from assistant.cancelling import in_background
from assistant.errors import NunchiError
from assistant.frames import Frame, Speech
from assistant.ports import Cancel

log = logging.getLogger(__name__)


class Screen(Protocol):
    def freeze(self, what: str = ...) -> Frame: ...


class Voice(Protocol):
    """A `Microphone` that opens with a key and is ended by it (`desktop.microphone.SpeechMicrophone`)."""

    def press(self, hold: bool) -> int: ...

    def record(self, cancel: Cancel | None = None) -> Speech: ...

    def tap(self) -> None: ...

    def release(self) -> None: ...

    def rest(self, press: int) -> None: ...


@dataclass
class Opened:
    """A microphone for one question. `press` is the key press it was opened for; 0: it would not open yet."""

    voice: Voice
    press: int = 0

    def let_go(self) -> None:
        """Nobody will record after all. Returns at once."""
        if self.press:
            in_background(lambda: self.voice.rest(self.press))


@dataclass(frozen=True)
class Prepared:
    """Who is called when something is there; each in another thread.

    `frame` gets the frame and whether somebody is to be listened to, without waiting for the microphone; only then `microphone` gets
    it, as soon as it is open, or None where there is none after all. `failed` gets what went wrong instead of either.
    """

    frame: Callable[[Frame, bool], None]
    microphone: Callable[[Opened | None], None]
    failed: Callable[[Exception], None]


def prepare(
    freeze: Callable[[], Frame],
    voice: Callable[[], Voice | None] | None,
    hold: Callable[[], bool],
    tell: Prepared,
) -> None:
    """Returns at once. `voice` None: nobody is to be listened to. `hold` says, when the microphone opens, whether the key is still down."""

    def work() -> None:
        listens: Future[bool] = Future()
        opening = in_background(lambda: _opened(voice, hold, listens)) if voice is not None else None
        try:
            frame = freeze()
            listened = opening is not None and listens.result()
        except Exception as error:
            _fail(error, tell)
            if opening is not None:
                opening.add_done_callback(_let_go)
            return
        tell.frame(frame, listened)
        if opening is None or not listened:
            return
        try:
            opened = opening.result()
        except Exception as error:
            _fail(error, tell)
            return
        tell.microphone(opened)

    threading.Thread(target=work, name="nunchi-capture", daemon=True).start()


def _fail(error: Exception, tell: Prepared) -> None:
    if not isinstance(error, NunchiError):
        log.exception("preparing a question failed", exc_info=error)
    tell.failed(error)


def _opened(
    voice_of: Callable[[], Voice | None], hold: Callable[[], bool], listens: Future[bool]
) -> Opened | None:
    """`listens` is told first, as opening a device takes longer than taking a frame."""
    try:
        voice = voice_of()
    except Exception as error:
        listens.set_exception(error)
        raise
    listens.set_result(voice is not None)
    if voice is None:
        return None
    try:
        return Opened(voice, voice.press(hold()))
    except NunchiError as reason:  # it is told when it is to be recorded from
        log.info("the microphone does not open yet: %s", reason)
        return Opened(voice)


def _let_go(opening: Future[Opened | None]) -> None:
    if opening.exception() is None and (opened := opening.result()) is not None:
        opened.let_go()
