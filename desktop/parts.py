"""What the app is made of: the real screen, microphone, keys and models. Tests give their own `Parts`."""

from __future__ import annotations

import functools
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from assistant.ask import Ports
from assistant.errors import BadInput, NunchiError
from assistant.frames import Frame
from assistant.privacy import Exclusions
from desktop.hotkeys.backend import HotkeyBackend, HotkeyEvent
from desktop.preparing import Screen, Voice
from desktop.settings import Settings
from desktop.threads import InWindows

if TYPE_CHECKING:
    from desktop.capture.values import Window
    from desktop.microphone import SpeechMicrophone

HIDING_SECONDS = 0.07
"""until our windows are gone from the screen: 64 ms under picom"""
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


class ClearedScreen:
    """A screen without our own windows on it: what shows is hidden before the frame is taken."""

    def __init__(self, open_it: Callable[[], Screen], windows: InWindows, hide: Callable[[], bool]) -> None:
        self._open = functools.cache(open_it)
        self._windows, self._hide = windows, hide

    def freeze(self, what: str = "screen") -> Frame:
        screen = self._open()
        if what == "camera":
            raise BadInput("capture_unknown", what=what)
        if self._windows.run(self._hide, seconds=0.5):
            time.sleep(HIDING_SECONDS)
        return screen.freeze(what)


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
    from desktop.command import engines
    from desktop.hotkeys.backend import open_backend
    from desktop.screen_reading import DesktopReader
    from models.catalogue import open_transcriber, open_vision

    exclusions = following(settings, lambda now: (now.programs, now.titles), lambda lists: Exclusions(*lists))
    screen = functools.cache(
        lambda: open_screen(lambda title, program: exclusions().is_excluded(title, program))
    )

    def stack() -> Sequence[Window]:
        opened = screen()
        return opened.windows() if isinstance(opened, DesktopScreen) else ()

    ports = Ports(
        model=following(
            settings,
            lambda now: (now.vision_model, now.device),
            lambda wanted: open_vision(_if_there(wanted[0]), None, wanted[1]),
        ),
        reader=DesktopReader(engines.reader, stack),
        transcriber=following(
            settings, lambda now: now.speech_model, lambda name: open_transcriber(_if_there(name))
        ),
    )
    return Parts(
        ports=ports, screen=screen, voice=lambda level: _voice(level, settings), hotkeys=open_backend
    )


def _if_there(name: str) -> str | None:
    """The chosen model, or None for the program's own choice where it was deleted elsewhere."""
    from models.catalogue import installed

    if any(entry.name == name for entry in installed()):
        return name
    if name:
        log.warning("the chosen model %s is not there any more", name)
    return None


def _voice(level: Callable[[float], None], settings: Callable[[], Settings]) -> Callable[[], Voice | None]:
    """The microphone where a speech model is installed. It is opened by a question only."""

    @functools.cache
    def microphone() -> SpeechMicrophone:
        from desktop.microphone import SpeechMicrophone
        from models.runtimes.voice_activity import SileroVoice

        return SpeechMicrophone(SileroVoice().stream, on_level=level)

    def voice() -> Voice | None:
        from models.catalogue import default_transcriber

        try:
            default_transcriber()
        except NunchiError as missing:
            log.info("questions are typed: %s", missing)
            return None
        there, now = microphone(), settings()
        there.device = now.microphone or None
        there.rules = replace(there.rules, silence_ms=now.silence_ms)
        return there

    return voice
