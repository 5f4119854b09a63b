"""Reads a frame's text and looks at it, in a thread of its own, while the person is still speaking."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Thread
from typing import TypeVar

from assistant.cancelling import LinkedCancel, check, in_background, result_of
from assistant.errors import BadInput, ModelMissing, Stopped
from assistant.frames import Frame, ScreenText
from assistant.ports import Look, ScreenReader, Transcriber, VisionModel

TEXT_FROM = ("auto", "ocr", "accessibility", "none")
LINGER = 2.0
"""seconds to wait for a thread that was told to stop; a port that ignores cancel ends later, on its own"""

_T = TypeVar("_T")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ports:
    """What a run needs. Each is the port itself, or a function without arguments that loads it.

    A loader is called once per look (the transcriber's once per spoken question), in a thread of its own: give
    one that remembers, such as `functools.cache(load)`, where several frames follow.
    """

    model: VisionModel | Callable[[], VisionModel] | None
    reader: ScreenReader | Callable[[], ScreenReader] | None = None
    transcriber: Transcriber | Callable[[], Transcriber] | None = None


class Seeing:
    """One attempt to read and look at `frame`: three results, each waited for on its own.

    `read`, `loaded` and `looked` are futures of the screen text, the model and its look. The model loads while
    the text is read. `looked` fails when one of the others does.
    """

    def __init__(
        self, frame: Frame, ports: Ports, text_from: str = "auto", known_text: ScreenText | None = None
    ) -> None:
        self.frame = frame
        self.read: Future[ScreenText] = Future()
        self.loaded = loading(ports.model, "no_vision_model")
        self.looked: Future[Look] = Future()
        self._ports = ports
        self._text_from = text_from
        self._cancel = LinkedCancel()
        self._closed = False
        if known_text is not None:
            self.read.set_result(known_text)
        self._thread = Thread(target=self._work, name="nunchi-seeing", daemon=True)
        self._thread.start()

    @property
    def failed(self) -> bool:
        """Whether it ended without a look, so that another attempt is needed."""
        return self.looked.done() and self.looked.exception() is not None

    @property
    def text_so_far(self) -> ScreenText | None:
        """The screen text if it has been read by now."""
        return self.read.result() if self.read.done() and self.read.exception() is None else None

    def cancel(self) -> None:
        """Tell what is under way to end, without waiting for it; `stop` has to follow."""
        self._closed = True
        self._cancel.set()

    def stop(self, linger: float = LINGER) -> None:
        """Cancel what is under way, give the look back, and wait up to `linger` seconds for the thread."""
        self.cancel()
        self._thread.join(linger)
        if self._thread.is_alive():
            log.info("a port does not look at cancel; its thread ends when it returns")
        elif not self.failed:
            self._give_back()

    def _work(self) -> None:
        try:
            check(self._cancel)
            if not self.read.done():
                self.read.set_result(self._read())
            model = result_of(self.loaded, self._cancel)
            self.looked.set_result(model.look(self.frame, self.read.result(), self._cancel))
        except BaseException as error:  # handed to whoever waits; nothing of it may be lost
            for future in (self.read, self.looked):
                if not future.done():
                    future.set_exception(error)
        if self._closed and not self.failed:
            self._give_back()

    def _read(self) -> ScreenText:
        if self._text_from == "none" or self._ports.reader is None:
            return ScreenText(source="none")
        reader = loaded(self._ports.reader, "no_screen_reader")
        started = time.perf_counter()
        text = reader.read(self.frame, self._cancel)
        if text.milliseconds:
            return text
        return ScreenText(text.lines, (time.perf_counter() - started) * 1000, text.source)

    def _give_back(self) -> None:
        look, self.looked = self.looked.result(), Future()
        self.looked.set_exception(Stopped())
        try:
            look.close()
        except Exception:
            log.exception("a look could not be closed")


def loaded(port: _T | Callable[[], _T] | None, code: str) -> _T:
    """The port, loaded here if it was given as a loader. Errors: ModelMissing `code` where there is none."""
    if port is None:
        raise ModelMissing(code)
    return port() if callable(port) else port


def loading(port: _T | Callable[[], _T] | None, code: str) -> Future[_T]:
    """The same as a future; a loader is at work in a thread."""
    if callable(port):
        return in_background(port)
    future: Future[_T] = Future()
    try:
        future.set_result(loaded(port, code))
    except ModelMissing as missing:
        future.set_exception(missing)
    return future


def check_text_from(text_from: str) -> None:
    """Errors: BadInput `text_from_unknown`."""
    if text_from not in TEXT_FROM:
        raise BadInput("text_from_unknown", given=text_from)


def check_frame(frame: Frame) -> None:
    """Errors: BadInput `frame_empty`, or `frame_black` where a protected window gave an all-black capture."""
    if frame.width == 0 or frame.height == 0:
        raise BadInput("frame_empty")
    if int(frame.image.max()) <= BLACK:
        raise BadInput("frame_black")


BLACK = 3
"""brightest value (0…255) that still counts as black: JPEG leaves a little noise"""
