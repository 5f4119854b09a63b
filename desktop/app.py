# ruff: noqa: TID253 - loaded by `nunchi` without a verb only
"""The tray program: puts the parts together and shows what the coordinator tells. Qt begins here."""

from __future__ import annotations

import logging
import sys

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication

from assistant.errors import NunchiError
from assistant.events import Failed, Finished, Heard, Listening, Pointed
from assistant.frames import Box, Frame
from assistant.messages import message
from desktop.bound_keys import BoundKeys
from desktop.coordinator import (
    Coordinator,
    Dismissed,
    FollowUpWanted,
    Frozen,
    Notice,
    RegionWanted,
    StateChanged,
)
from desktop.ending import leave_at_once_if_stuck, quit_on_signals
from desktop.hotkeys.chord import Chord
from desktop.immortal import keep_constants
from desktop.overlay.card import Card
from desktop.overlay.clicks import open_button_watch
from desktop.overlay.quick_box import QuickBox
from desktop.overlay.region import RegionChoice
from desktop.parts import ClearedScreen, Parts, product_parts
from desktop.pointing import Pointing, where
from desktop.single_instance import Instance, request
from desktop.threads import Bridge, InWindows
from desktop.tray import Tray
from desktop.words import shown

KEYS = {
    "screen": "Ctrl+Alt+N",
    "window": "Ctrl+Alt+W",
    "region": "Ctrl+Alt+R",
    "again": "Ctrl+Alt+A",
    "stop": "Ctrl+Alt+S",
}
"""bound by place on the keyboard; none of them is taken in LibreOffice, Firefox, VS Code or 한글 as they come"""
CLICK_MS = 70
log = logging.getLogger(__name__)


class App(QObject):
    """Everything that shows, and the one place where notices become windows."""

    def __init__(self, parts: Parts, language: str = "ko", composited: bool | None = None) -> None:
        super().__init__()
        self._language = language
        self._frame: Frame | None = None
        self._pointer = QPoint()
        self._cited: list[Box] = []
        self._busy = False
        self._keys_told = False
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
        self.keys = BoundKeys(self.coordinator.press, self.coordinator.release, self.coordinator.dismiss)
        self.keys.changed.connect(self._keys_changed)
        if parts.hotkeys is not None:
            self.keys.open(parts.hotkeys, KEYS)

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
        self.keys.close()
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
            self.keys.grab_escape(True)
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
            self.keys.grab_escape(False)
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

    def _keys_changed(self) -> None:
        if not self._keys_told and self.keys.failure is not None:
            if isinstance(self.keys.failure, NunchiError):
                self.tray.tell(message(self.keys.failure.code, self._language, **self.keys.failure.values))
        elif not self._keys_told and self.keys.taken:
            taken = ", ".join(str(one.chord) for one in self.keys.taken)
            self.tray.tell(shown("keys_taken", self._language, keys=taken))
        self._keys_told = True


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
    quit_on_signals(qt)
    app.tray.show()
    try:
        status = qt.exec()
    finally:
        instance.close()
        app.close()
    leave_at_once_if_stuck(status)
    return status
