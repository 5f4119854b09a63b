"""What the app is made of: the real screen, microphone, keys and models. Tests give their own `Parts`."""

from __future__ import annotations

import functools
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from assistant.ask import Ports
from assistant.cancelling import check
from assistant.errors import DeviceFailed
from assistant.frames import Box, Frame, ScreenText
from assistant.ports import Cancel, ScreenReader, Transcriber, VisionModel
from assistant.privacy import Exclusions
from desktop.hotkeys.backend import HotkeyBackend, HotkeyEvent
from desktop.listening import Ears
from desktop.preparing import Screen, Voice
from desktop.settings import Settings
from desktop.threads import InWindows
from models.standing_back import stand_back

if TYPE_CHECKING:
    from assistant.events import Answer
    from desktop.capture.values import Window
    from desktop.engines import Engines
    from desktop.speaking_voice import SpeakingVoice

HIDING_SECONDS = 0.07
"""until our windows are gone from the screen where that cannot be seen: 64 ms under picom"""
FADING_SECONDS = 0.2
"""until they are gone at the latest: a compositor may fade them"""
LOOK_SECONDS = 0.008
DRAWN_SECONDS = 0.15
"""after the frame was taken our window is drawn by then, or something holds it up"""
Key = TypeVar("Key")
Made = TypeVar("Made")
log = logging.getLogger(__name__)


@dataclass
class Parts:
    """What the app is made of; tests give their own."""

    ports: Ports
    screen: Callable[[], Screen]
    voice: Callable[[Callable[[float], None]], Callable[[], Voice | None]] = lambda level: lambda: None
    """given what takes the loudness, gives what gives the microphone"""
    hotkeys: Callable[[Callable[[HotkeyEvent], None]], HotkeyBackend] | None = None
    speaker: Callable[[str], SpeakingVoice] | None = None
    """given the name of a loudspeaker, opens the voice that reads aloud; None: the system's Korean one"""
    remember: Callable[[Answer], None] | None = None
    """given each answer, off the windows: what it cost is kept as numbers"""
    engines: Engines | None = None
    """what wakes the engine process and ends it; None where nothing of ours runs apart"""
    drawn: threading.Event = field(default_factory=threading.Event)
    """set while a window of ours is up that was drawn after the last frame"""


class ClearedScreen:
    """A screen without our own windows on it: what shows is hidden before the frame is taken.

    `ours` tells where they are on the desktop, in the system's pixels, and is asked beside the windows, as is `hide`.
    """

    def __init__(
        self,
        open_it: Callable[[], Screen],
        windows: InWindows,
        ours: Callable[[], list[Box]],
        hide: Callable[[], object],
        drawn: threading.Event,
    ) -> None:
        self._open = functools.cache(open_it)
        self._windows, self._ours, self._hide, self._drawn = windows, ours, hide, drawn

    def freeze(self, what: str = "screen") -> Frame:
        self._drawn.clear()
        screen = self._open()
        shown = self._windows.run(self._ours, seconds=0.5)
        if shown:
            seen = _glimpses(screen, shown)
            self._windows.run(self._hide, seconds=0.5)
            _wait_until_gone(screen, shown, seen)
        return screen.freeze(what)


def _glimpses(screen: Screen, boxes: Sequence[Box]) -> list[np.ndarray] | None:
    """The pixels of boxes of the desktop; None where the system lets nobody look quickly (Wayland)."""
    glimpse = getattr(screen, "glimpse", None)
    try:
        return [glimpse(box) for box in boxes] if glimpse else None
    except DeviceFailed:
        return None


def _wait_until_gone(screen: Screen, boxes: Sequence[Box], before: list[np.ndarray] | None) -> None:
    """Until other pixels stand where our windows were, and stand still; a moment where nobody can look."""
    began = time.monotonic()
    last, gone = before, False
    while last is not None and (now := _glimpses(screen, boxes)) is not None:
        gone = gone or not _alike(now, before)
        if gone and (_alike(now, last) or time.monotonic() > began + HIDING_SECONDS):
            return
        if time.monotonic() > began + FADING_SECONDS:
            return
        last = now
        time.sleep(LOOK_SECONDS)
    time.sleep(HIDING_SECONDS)


def _alike(some: Sequence[np.ndarray], others: Sequence[np.ndarray] | None) -> bool:
    return all(np.array_equal(one, other) for one, other in zip(some, others or (), strict=True))


class AfterTheWindow:
    """A `ScreenReader` that stands back and begins when our window is up: until then nobody can ask, and drawing comes
    first. One reading at a time: an abandoned one ends before the next begins."""

    def __init__(self, reader: ScreenReader, drawn: threading.Event) -> None:
        self._reader, self._drawn = reader, drawn
        self._turn = threading.Lock()

    def read(self, frame: Frame, cancel: Cancel | None = None) -> ScreenText:
        stand_back()
        self._drawn.wait(DRAWN_SECONDS)
        with self._turn:
            check(cancel)
            return self._reader.read(frame, cancel)


def following(
    settings: Callable[[], Settings], key: Callable[[Settings], Key], make: Callable[[Key], Made]
) -> Callable[[], Made]:
    """What `make` gives for `key` of the present settings, made again only when that has changed. Any thread."""
    made: list[tuple[Key, Made]] = []
    lock = threading.Lock()

    def current() -> Made:
        with lock:
            now = key(settings())
            if not made or made[0][0] != now:
                made.clear()  # before the next one is loaded: two models may not fit
                made.append((now, make(now)))
            return made[0][1]

    return current


def product_parts(settings: Callable[[], Settings] = Settings) -> Parts:
    """The real screen, microphone, keys and models, as the present settings want them. Nothing is opened before it is needed."""
    from desktop.capture.screen import DesktopScreen, open_screen
    from desktop.engines import Engines
    from desktop.hotkeys.backend import open_backend
    from desktop.screen_reading import DesktopReader
    from models.measured import note

    exclusions = following(settings, lambda now: (now.programs, now.titles), lambda lists: Exclusions(*lists))
    screen = functools.cache(
        lambda: open_screen(lambda title, program: exclusions().is_excluded(title, program))
    )

    def stack() -> Sequence[Window]:
        opened = screen()
        return opened.windows() if isinstance(opened, DesktopScreen) else ()

    engines = Engines(lambda: 60.0 * settings().idle_minutes, look_seconds=lambda: settings().look_seconds)
    vision = following(
        settings, lambda now: (now.vision_model, now.device), lambda wanted: engines.vision(*wanted)
    )
    transcriber = following(settings, lambda now: now.speech_model, engines.transcriber)

    def opened_vision() -> VisionModel:
        return vision().open()

    def opened_transcriber() -> Transcriber:
        return transcriber().open()

    def remember(answer: Answer) -> None:
        note(answer, engines.memory)
        engines.look_costs.note(answer)
        engines.try_devices()
        engines.try_transcribers()

    drawn = threading.Event()
    reader = AfterTheWindow(DesktopReader(lambda: engines.reader, stack), drawn)
    ports = Ports(model=opened_vision, reader=reader, transcriber=opened_transcriber)
    return Parts(
        ports,
        screen,
        voice=lambda level: Ears(level, settings),
        hotkeys=open_backend,
        remember=remember,
        drawn=drawn,
        engines=engines,
    )
