# ruff: noqa: TID253 - run as a program by the benches only
"""The real tray program with a pen: prints a line for each stage of a press, `stage monotonic-seconds`.

    ready → key → frozen → shown → hears → hidden

`shown` is when the X server has drawn our window, `hears` when the first block of sound has been listened to. Run by
press.py and soak.py as `python -m desktop.bench.watched`, with the settings of the environment's home.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from assistant.frames import Box, Frame
from desktop.app import App
from desktop.coordinator import Screen, Voice
from desktop.ending import quit_on_signals
from desktop.hotkeys.backend import HotkeyBackend, HotkeyEvent, HotkeyPressed
from desktop.immortal import keep_constants
from desktop.parts import Parts, product_parts
from desktop.standing_back import share_the_interpreter


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


def watched(parts: Parts) -> Parts:
    """The same parts; what they do is written down."""
    heard = [False]

    def voice(level: Callable[[float], None]) -> Callable[[], Voice | None]:
        def first(loudness: float) -> None:
            if not heard[0]:
                heard[0] = True
                write("hears")
            level(loudness)

        return parts.voice(first)

    def hotkeys(on_event: Callable[[HotkeyEvent], None]) -> HotkeyBackend:
        def press(event: HotkeyEvent) -> None:
            if isinstance(event, HotkeyPressed):
                heard[0] = False
                write("key", event.at)
            on_event(event)

        return parts.hotkeys(press)

    return replace(parts, screen=lambda: WatchedScreen(parts.screen()), voice=voice, hotkeys=hotkeys)


def main() -> int:
    keep_constants()
    share_the_interpreter()
    qt = QApplication(sys.argv[:1])
    qt.setQuitOnLastWindowClosed(False)
    app = App(watched(product_parts()))
    quit_on_signals(qt)
    watch = Watch(app)
    app.tray.show()
    app.keys.changed.connect(lambda: write("ready"))
    try:
        return qt.exec()
    finally:
        watch.deleteLater()
        app.close()


if __name__ == "__main__":
    sys.exit(main())
