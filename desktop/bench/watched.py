# ruff: noqa: TID253 - run as a program by the benches only
"""The real tray program with a pen: prints a line for each stage of a press, `stage monotonic-seconds`.

    ready → listens or types;  key → frozen → shown → focused or hears → ended → hidden

`shown` is when the X server has drawn our window, `focused` when it is typed into, `hears` when the first block of sound
has been listened to, `ended` when a question is over. Run by the benches as `python -m desktop.bench.watched`, with the
settings of its home: `--typed` nobody listens, `--quick` answers that take no time (quick.py), `--windows` first opens and
closes every window, `--idle SECONDS` when the models' memory goes.
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

from assistant.events import Failed, Finished, Stopped
from assistant.frames import Box, Frame
from desktop import own_windows
from desktop.app import App
from desktop.bench.quick import quick_ports
from desktop.ending import quit_on_signals
from desktop.hotkeys.backend import HotkeyBackend, HotkeyEvent, HotkeyPressed
from desktop.immortal import keep_constants
from desktop.notices import Notice
from desktop.parts import Parts, product_parts
from desktop.preparing import Screen, Voice
from desktop.settings import Settings
from models.standing_back import share_the_interpreter

WINDOW_MS = 400
"""each window stays, and stays away"""


def write(stage: str, at: float | None = None) -> None:
    sys.stdout.write(f"{stage} {time.monotonic() if at is None else at:.6f}\n")
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
    """Of the card and the quick box: when one of them is first drawn, and when the last one goes."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self._ours = (app.card, app.quick_box)
        self._seen = False
        for window in self._ours:
            window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self._drawn)  # after the paint event, whose filter this is
        elif event.type() == QEvent.Type.WindowActivate:
            write("focused")
        elif event.type() == QEvent.Type.Hide:
            QTimer.singleShot(0, self, self._gone)
        return False

    def _drawn(self) -> None:
        QGuiApplication.sync()
        write("shown")

    def _gone(self) -> None:
        if self._seen and not any(window.isVisible() for window in self._ours):
            self._seen = False
            write("hidden")


class WatchedApp(App):
    def show_notice(self, notice: Notice) -> None:
        super().show_notice(notice)
        if isinstance(notice, Finished | Failed | Stopped):
            write("ended")

    def open_every_window(self) -> None:
        """One after the other, each drawn and closed again."""
        for name in own_windows.NAMES:
            self.own.show(name)
            QTest.qWait(WINDOW_MS)
            self.own.open[name].close()
            QTest.qWait(WINDOW_MS)
        QTest.qWait(2 * own_windows.GIVING_BACK_MS)


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
    watch = Watch(app)
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
