# ruff: noqa: TID253 - loaded by `nunchi` without a verb only
"""The tray program: puts the parts together and shows what the coordinator tells. Qt begins here."""

from __future__ import annotations

import functools
import logging
import os
import signal
import socket
import sys
import threading
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSocketNotifier, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from assistant.ask import Ports
from assistant.errors import BadInput, NunchiError
from assistant.events import Failed, Finished, Heard, Listening, Pointed
from assistant.frames import Box, Frame
from desktop.coordinator import (
    Coordinator,
    Dismissed,
    FollowUpWanted,
    Frozen,
    Notice,
    RegionWanted,
    Screen,
    StateChanged,
    Voice,
)
from desktop.hotkeys.backend import Bound, HotkeyBackend, HotkeyEvent, HotkeyPressed
from desktop.hotkeys.chord import Chord, Modifier
from desktop.hotkeys.keys import named
from desktop.immortal import keep_constants
from desktop.overlay.card import Card
from desktop.overlay.clicks import open_button_watch
from desktop.overlay.quick_box import QuickBox
from desktop.overlay.region import RegionChoice
from desktop.pointing import Pointing, where
from desktop.single_instance import Instance, request
from desktop.threads import Bridge, InWindows, off_the_windows
from desktop.tray import Tray
from desktop.words import shown

if TYPE_CHECKING:
    from desktop.capture.values import Window
    from desktop.microphone import SpeechMicrophone

KEYS = {
    "screen": "Ctrl+Alt+N",
    "window": "Ctrl+Alt+W",
    "region": "Ctrl+Alt+R",
    "again": "Ctrl+Alt+A",
    "stop": "Ctrl+Alt+S",
}
"""bound by place on the keyboard; none of them is taken in LibreOffice, Firefox, VS Code or 한글 as they come"""
CLICK_MS = 70
HIDING_SECONDS = 0.07
"""until our windows are gone from the screen: 64 ms under picom"""
LEAVING_SECONDS = 2.0
log = logging.getLogger(__name__)


@dataclass
class Parts:
    """What the app is made of; tests give their own."""

    ports: Ports
    screen: Callable[[], Screen]
    voice: Callable[[Callable[[float], None]], Callable[[], Voice | None]] = lambda level: lambda: None
    """given what takes the loudness, gives what gives the microphone"""
    hotkeys: Callable[[Callable[[HotkeyEvent], None]], HotkeyBackend] | None = None


class App(QObject):
    """Everything that shows, and the one place where notices become windows."""

    def __init__(self, parts: Parts, language: str = "ko", composited: bool | None = None) -> None:
        super().__init__()
        self._language = language
        self._frame: Frame | None = None
        self._pointer = QPoint()
        self._cited: list[Box] = []
        self._busy = False
        self._hotkeys: HotkeyBackend | None = None
        self._bridge = Bridge(self.show_notice, self)
        self._windows = InWindows(self)
        self.card = Card(language, composited)
        self._levels = Bridge(self.card.show_level, self)
        self.quick_box = QuickBox(language, composited)
        self.region = RegionChoice(language)
        self.pointing = Pointing(composited)
        self.tray = Tray(
            self.do, language, {action: Chord.parse(keys).korean() for action, keys in KEYS.items()}
        )
        self.coordinator = Coordinator(
            parts.ports,
            ClearedScreen(parts.screen, self._windows, self._hide_ours),
            self._bridge.tell,
            parts.voice(self._levels.tell),
        )
        self._connect()
        self._clicks = QTimer(self, interval=CLICK_MS)
        self._clicks.timeout.connect(self._look_for_click)
        self._button_down = open_button_watch()
        if parts.hotkeys is not None:
            self._open_hotkeys(parts.hotkeys)

    def do(self, action: str) -> None:
        """From the menu, another process, or the icon."""
        if action == "quit":
            QApplication.quit()
        else:
            self.coordinator.press(action)

    def show_notice(self, notice: Notice) -> None:
        match notice:
            case Frozen():
                self._show_frame(notice)
            case RegionWanted():
                self.region.open(notice.frame)
            case FollowUpWanted():
                self._open_box()
            case StateChanged():
                self._busy = notice.state.busy
                self.tray.show_state(notice.state, notice.device)
            case Dismissed():
                self._hide_ours()
                self._frame = None
            case _:
                self._show_event(notice)

    def close(self) -> None:
        """Gives everything back: keys, microphone, windows, models' looks."""
        self._clicks.stop()
        if self._hotkeys is not None:
            self._hotkeys.close()
        self.coordinator.close()
        self._hide_ours()
        self.tray.close()
        for one in (self.card, self.quick_box, self.tray.menu, self):
            one.deleteLater()  # here: Python's collector might do it in a thread that is not theirs
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _show_frame(self, notice: Frozen) -> None:
        self._pointer = QCursor.pos()
        self._frame = notice.frame
        self._cited = []
        self.pointing.clear()
        self.card.show_frame(notice.frame)
        if notice.question_wanted:
            self.card.hide()
            self.quick_box.open_near(self._pointer)
        else:
            self._show_card()

    def _show_event(self, event: Notice) -> None:
        if isinstance(event, Failed) and not self.card.isVisible():
            self.quick_box.hide()
            self._show_card()
        if isinstance(event, Listening | Heard):
            self.pointing.clear()
        self.card.handle(event)
        if isinstance(event, Pointed) and self._frame is not None:
            self.pointing.point(self._frame, event.box)
            self._make_room(where(self._frame, event.box))
        if isinstance(event, Finished):
            log.info("answered in %s ms", event.answer.timings.total_ms)

    def _make_room(self, place: Box | None) -> None:
        """The card must not lie over what it points at, unless the person put it there."""
        if place is None:
            return
        self._cited.append(place)
        if self.card.covers(place) and self.card.moved_to is None:
            self.card.put(self._pointer, tuple(self._cited))

    def _asked(self, text: str) -> None:
        self.pointing.clear()
        self._cited = []
        self.card.show_question(text)
        self._show_card()
        self.coordinator.ask(text)

    def _corrected(self, text: str) -> None:
        self.pointing.clear()
        self.coordinator.correct(text)

    def _show_card(self) -> None:
        if not self.card.isVisible():
            self.card.put(self._pointer if not self._pointer.isNull() else None, tuple(self._cited))
            self._grab_escape(True)
        self.card.show()
        self.card.raise_()
        self._clicks.start()

    def _open_box(self) -> None:
        """Below the card, or where the pointer is."""
        if self.card.isVisible():
            self.quick_box.open_near(self.card.geometry().bottomLeft() - QPoint(0, 2 * self.card.shadow))
        else:
            self.quick_box.open_near()

    def _box_left(self) -> None:
        if not self.card.isVisible():
            self.coordinator.dismiss()

    def _hide_ours(self) -> bool:
        """Whether anything was on the screen."""
        seen = self.card.isVisible() or self.quick_box.isVisible() or bool(self.pointing.outlines)
        self._clicks.stop()
        if self.card.isVisible():
            self._grab_escape(False)
        self.card.hide()
        self.quick_box.hide()
        self.region.close()
        self.pointing.clear()
        return seen

    def _look_for_click(self) -> None:
        """A click elsewhere closes an answer that is complete."""
        if self._busy or not self.card.isVisible() or not self._button_down():
            return
        ours = (self.card, self.quick_box, self.tray.menu)
        if not any(window.isVisible() and window.geometry().contains(QCursor.pos()) for window in ours):
            self.coordinator.dismiss()

    def _connect(self) -> None:
        self.quick_box.asked.connect(self._asked)
        self.quick_box.left.connect(self._box_left)
        self.card.corrected.connect(self._corrected)
        self.card.follow_up.connect(lambda: self.coordinator.press("again"))
        self.card.stop_wanted.connect(self.coordinator.stop)
        self.card.left.connect(self.coordinator.dismiss)
        self.region.chosen.connect(self.coordinator.look_at)

    # Hot keys -------------------------------------------------------------------------------------------------------

    def _open_hotkeys(self, open_them: Callable[[Callable[[HotkeyEvent], None]], HotkeyBackend]) -> None:
        """Off the windows: Wayland's portal waits until the person has answered."""

        def work() -> tuple[HotkeyBackend, list[str]]:
            backend = open_them(self._key)
            told = backend.bind_all({action: Chord.parse(keys) for action, keys in KEYS.items()})
            return backend, [str(one.chord) for one in told.values() if not isinstance(one, Bound)]

        off_the_windows(work, self._hotkeys_open, self)

    def _hotkeys_open(self, result: tuple[HotkeyBackend, list[str]] | Exception) -> None:
        if isinstance(result, Exception):
            log.warning("no hot keys: %s", result)
            if isinstance(result, NunchiError):
                from assistant.messages import message

                self.tray.tell(message(result.code, self._language, **result.values))
            return
        self._hotkeys, taken = result
        if taken:
            self.tray.tell(shown("keys_taken", self._language, keys=", ".join(taken)))

    def _key(self, event: HotkeyEvent) -> None:
        """In the back end's thread."""
        if event.action == "dismiss":
            if isinstance(event, HotkeyPressed):
                self.coordinator.dismiss()
        elif isinstance(event, HotkeyPressed):
            self.coordinator.press(event.action, event.at)
        else:
            self.coordinator.release(event.action, event.at)

    def _grab_escape(self, wanted: bool) -> None:
        """Esc closes the card although another program has the focus; only while it shows, only where it is cheap."""
        if self._hotkeys is None or self._hotkeys.name not in {"x11", "windows"}:
            return
        if wanted:
            self._hotkeys.bind("dismiss", Chord(Modifier.NONE, named("Esc")))
        else:
            self._hotkeys.unbind("dismiss")


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


def main(language: str = "ko") -> int:
    """Run the tray until it is quit. Where one runs already, that one is triggered instead."""
    keep_constants()
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    qt.setApplicationName("nunchi")
    qt.setApplicationDisplayName(shown("name", language))
    qt.setQuitOnLastWindowClosed(False)
    instance = Instance(lambda action: app.do(action))  # noqa: PLW0108 - the app comes later
    if not instance.claim():
        request("screen")
        return 0
    app = App(product_parts(), language)
    _quit_on_signals(qt)
    app.tray.show()
    try:
        status = qt.exec()
    finally:
        instance.close()
        app.close()
    _leave_at_once_if_stuck(status)
    return status


def _leave_at_once_if_stuck(status: int) -> None:
    """An engine that is still computing would make the interpreter abort at its end: then the end comes here."""
    until = time.monotonic() + LEAVING_SECONDS
    for thread in threading.enumerate():
        if thread.name.startswith("nunchi"):
            thread.join(max(0.0, until - time.monotonic()))
            if thread.is_alive():
                log.info("%s is still at work; leaving it behind", thread.name)
                sys.stderr.flush()
                os._exit(status)


def _quit_on_signals(qt: QApplication) -> None:
    """Python sees a signal only when it runs: a socket wakes Qt up, which then calls into Python."""
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno())
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, qt)
    notifier.activated.connect(lambda: ours.recv(64))
    qt._wake_up = (ours, theirs, notifier)  # kept as long as the application
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_told: QApplication.quit())
