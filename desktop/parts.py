
"""What the app is made of: the real screen, microphone, keys and models. Tests give their own `Parts`."""

from __future__ import annotations

import functools
import logging
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.ask import Ports
from assistant.errors import BadInput, NunchiError
from assistant.frames import Frame
from desktop.coordinator import Screen, Voice
from desktop.hotkeys.backend import HotkeyBackend, HotkeyEvent
from desktop.threads import InWindows

if TYPE_CHECKING:
    from desktop.capture.values import Window
    from desktop.microphone import SpeechMicrophone

HIDING_SECONDS = 0.07
"""until our windows are gone from the screen: 64 ms under picom"""
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


def product_parts() -> Parts:
    """The real screen, microphone, keys and models. Nothing is opened before it is needed."""
    from assistant.privacy import Exclusions
    from desktop.capture.screen import DesktopScreen, open_screen
    from desktop.command import engines
    from desktop.hotkeys.backend import open_backend
    from desktop.screen_reading import DesktopReader

    chosen = Namespace(model=None, engine=None, device="CPU", stt=None)
    screen = functools.cache(lambda: open_screen(Exclusions().is_excluded))

    def stack() -> Sequence[Window]:
        opened = screen()
        return opened.windows() if isinstance(opened, DesktopScreen) else ()

    ports = replace(engines.ports(chosen, speech=True), reader=DesktopReader(engines.reader, stack))
    return Parts(ports=ports, screen=screen, voice=_voice, hotkeys=open_backend)


def _voice(level: Callable[[float], None]) -> Callable[[], Voice | None]:
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
            return microphone()
        except NunchiError as missing:
            log.info("questions are typed: %s", missing)
            return None

    return voice
