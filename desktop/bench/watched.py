# ruff: noqa: TID253 - run as a program by the benches only
"""The real tray program with a pen: prints a line for each stage of a press, `stage monotonic-seconds words`.

    ready → listens or types;  key → frozen → shown → focused or hears → heard → says → cites → took → ended → hidden

`shown` is when the X server has drawn our window; `focused` when what is typed goes there (Qt calls a window active before a
busy window manager has given it the focus); `hears` when the first block of sound has been listened to; `heard` and what,
when the transcript is there; `says` when the first word of the answer is drawn; `cites` with the outline's box in the system's
pixels; `took` with the answer's timings; `ended` and how, when a question is over; `tells` with a notification. Run by the
benches as `python -m desktop.bench.watched`, with the settings of its home: `--typed` nobody listens, `--quick` answers that
take no time (quick.py), `--windows` first opens and closes every window, `--idle SECONDS` when the models' memory goes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from Xlib import display

from assistant.events import Failed, Finished, Heard, Pointed, Said, Stopped, Thinking, Timings
from assistant.frames import Box, Frame
from desktop import own_windows
from desktop.app import App
from desktop.bench.quick import quick_ports
from desktop.ending import quit_on_signals
from desktop.hotkeys.backend import HotkeyBackend, HotkeyEvent, HotkeyPressed
from desktop.immortal import keep_constants
from desktop.notices import CameraWanted, Notice
from desktop.parts import Parts, product_parts
from desktop.pointing import screens_now, to_native
from desktop.preparing import Screen, Voice
from desktop.settings import Settings
from models.giving_back import keep_little
from models.standing_back import share_the_interpreter

FOCUS_MS = 5
"""between two looks at who has the focus"""
WINDOW_MS = 400
"""each window stays, and stays away"""


def write(stage: str, at: float | None = None, words: str = "") -> None:
    told = f"{stage} {time.monotonic() if at is None else at:.6f} {' '.join(words.split())}"
    sys.stdout.write(told.rstrip() + "\n")
    sys.stdout.flush()


class WatchedScreen:
    def __init__(self, screen: Screen) -> None:
        self._screen = screen

    def freeze(self, what: str = "screen") -> Frame:
        frame = self._screen.freeze(what)
        write("frozen")
        return frame

    def glimpse(self, box: Box) -> np.ndarray:
        return self._screen.glimpse(box)


class Watch(QObject):
    """Of the card and the quick box: when one is first drawn, when the last one goes; and when the box has the focus."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self._ours, self._box = (app.card, app.quick_box), app.quick_box
        self._seen = False
        self._server = display.Display()
        self._looks = QTimer(self, interval=FOCUS_MS)
        self._looks.timeout.connect(self._look)
        for window in self._ours:
            window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self._drawn)  # after the paint event, whose filter this is
        elif event.type() == QEvent.Type.Show and window is self._box:
            self._looks.start()
        elif event.type() == QEvent.Type.Hide:
            QTimer.singleShot(0, self, self._gone)
        return False

    def _look(self) -> None:
        focus = self._server.get_input_focus().focus
        if not self._box.isVisible():
            self._looks.stop()
        elif getattr(focus, "id", focus) == int(self._box.winId()):
            self._looks.stop()
            write("focused")

    def _drawn(self) -> None:
        QGuiApplication.sync()
        write("shown")

    def _gone(self) -> None:
        if self._seen and not any(window.isVisible() for window in self._ours):
            self._seen = False
            write("hidden")


class WatchedApp(App):
    _silent = True
    """nothing of the answer has been shown"""

    def show_notice(self, notice: Notice) -> None:
        super().show_notice(notice)
        match notice:
            case Thinking():
                self._silent = True
            case Heard() if notice.final:
                write("heard", words=notice.transcript.text)
            case Said() if self._silent:
                self._silent = False
                QTimer.singleShot(0, self, self._says)
            case Pointed() if self.pointing.outlines:
                place = self.pointing.outlines[-1].geometry().getRect()
                write("cites", words=" ".join(map(str, to_native(Box(*place), screens_now()) or ())))
            case CameraWanted():
                write("camera")
            case Finished():
                self._silent = True
                write("took", words=_figures(notice.answer.timings))
                write("ended", words=notice.answer.text)
            case Failed():
                write("ended", words=f"failed: {notice.code}")
            case Stopped():
                write("ended", words="stopped")

    def _says(self) -> None:
        QGuiApplication.sync()
        write("says")

    def open_every_window(self) -> None:
        """One after the other, each drawn and closed again."""
        for name in own_windows.NAMES:
            self.own.show(name)
            QTest.qWait(WINDOW_MS)
            self.own.open[name].close()
            QTest.qWait(WINDOW_MS)
        QTest.qWait(2 * own_windows.GIVING_BACK_MS)


def _figures(timings: Timings) -> str:
    """What was measured, `name=value`."""
    return " ".join(f"{name}={value:.1f}" for name, value in vars(timings).items() if value is not None)


def watched(parts: Parts, *, typed: bool) -> Parts:
    """The same parts; what they do is written down."""
    heard = [False]

    def voice(level: Callable[[float], None]) -> Callable[[], Voice | None]:
        def first(loudness: float) -> None:
            if not heard[0]:
                heard[0] = True
                write("hears")
            level(loudness)

        return (lambda: None) if typed else parts.voice(first)

    def hotkeys(on_event: Callable[[HotkeyEvent], None]) -> HotkeyBackend:
        def press(event: HotkeyEvent) -> None:
            if isinstance(event, HotkeyPressed):
                heard[0] = False
                write("key", event.at)
            on_event(event)

        return parts.hotkeys(press)

    return replace(parts, screen=lambda: WatchedScreen(parts.screen()), voice=voice, hotkeys=hotkeys)


def main(words: list[str]) -> int:
    keep_constants()
    keep_little()
    share_the_interpreter()
    qt = QApplication(sys.argv[:1])
    qt.setQuitOnLastWindowClosed(False)
    chosen = (
        Settings(idle_minutes=float(words[words.index("--idle") + 1]) / 60)
        if "--idle" in words
        else Settings()
    )
    parts = product_parts(lambda: chosen)
    if "--quick" in words:
        parts = replace(parts, ports=quick_ports(), engines=None)
    parts = watched(parts, typed="--typed" in words or "--quick" in words)
    app = WatchedApp(parts)
    quit_on_signals(qt)
    watch, tell = Watch(app), app.tray.tell
    app.tray.tell = lambda text: (tell(text), write("tells", words=text))
    app.tray.show()

    def ready() -> None:
        if "--windows" in words:
            app.open_every_window()
        write("ready")
        write("types" if parts.voice(lambda level: None)() is None else "listens")

    app.keys.changed.connect(ready)
    try:
        return qt.exec()
    finally:
        watch.deleteLater()
        app.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
