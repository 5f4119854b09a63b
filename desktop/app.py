# ruff: noqa: TID253 - loaded by `nunchi` without a verb only
"""The tray program: puts the parts together and shows what the coordinator tells. Qt begins here."""

from __future__ import annotations

import logging
import sys

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication

from assistant.errors import NunchiError
from assistant.events import Failed, Finished, Heard, Listening, Pointed, Restarted
from assistant.frames import Box, Frame
from assistant.messages import message
from desktop import look_and_feel, own_windows
from desktop.bound_keys import BoundKeys, shown_keys, wanted_keys
from desktop.camera_window import CameraWindow
from desktop.coordinator import Coordinator
from desktop.desk import Desk
from desktop.downloads import Downloads
from desktop.ending import leave_at_once_if_stuck, quit_on_signals
from desktop.history import History
from desktop.history_keeping import HistoryKeeper
from desktop.immortal import keep_constants
from desktop.keeping import Keeping
from desktop.listening import Ears
from desktop.model_shelf import Shelf
from desktop.notices import (
    CameraWanted,
    Dismissed,
    FollowUpWanted,
    Frozen,
    Hushed,
    Notice,
    RegionWanted,
    State,
    StateChanged,
)
from desktop.overlay.card import Card
from desktop.overlay.clicks import open_button_watch
from desktop.overlay.quick_box import QuickBox
from desktop.overlay.region import RegionChoice
from desktop.own_windows import OwnWindows
from desktop.parts import ClearedScreen, Parts, product_parts
from desktop.pointing import Pointing, screens_now, to_native, where
from desktop.reading_aloud import ReadingAloud
from desktop.settings import Settings, shown_language
from desktop.settings_file import SettingsFile
from desktop.single_instance import Instance, request
from desktop.start_at_login.item import renew_login_item
from desktop.threads import Bridge, InWindows, off_the_windows
from desktop.tray import STOP_TRYING, Tray
from desktop.trying import Trying
from desktop.updates.minding import Updates, our_updates
from desktop.words import shown, tell_qt
from models.engine_process.host import Trouble
from models.giving_back import keep_little, trim
from models.standing_back import share_the_interpreter

CLICK_MS = 70
PRUNE_MS = 6 * 3_600_000
"""how often answers that are too old are looked for while the program runs"""
log = logging.getLogger(__name__)


class App(QObject):
    """Everything that shows, and the one place where notices become windows."""

    def __init__(
        self,
        parts: Parts,
        language: str = "ko",
        composited: bool | None = None,
        keeping: Keeping | None = None,
        history: History | None = None,
        *,
        updates: Updates | None = None,
    ) -> None:
        """`language` is the system's, ko or en; the settings may say otherwise."""
        super().__init__()
        self._system_language, self._composited = language, composited
        self.keeping = keeping or Keeping()
        self._drawn, self._remember = parts.drawn, parts.remember
        self._frame: Frame | None = None
        self._pointer = QPoint()
        self._cited: list[Box] = []
        self._busy = False
        self._keys_told = False
        self._bridge = Bridge(self.show_notice, self)
        self._windows = InWindows(self)
        self._levels = Bridge(self._show_level, self)
        self._troubles = Bridge(self.tell_trouble, self)
        self._engine_troubles = Bridge(self._tell_engine_trouble, self)
        self._engines, self.trying = parts.engines, Trying()
        self._mind_engines()
        self._listening = parts.voice(self._levels.tell)
        if isinstance(self._listening, Ears):
            self._microphone_words = Bridge(lambda word: self.tray.tell(shown(word, self.language)), self)
            self._listening.told = self._microphone_words.tell
        self.coordinator = Coordinator(
            parts.ports,
            ClearedScreen(parts.screen, self._windows, self._places_of_ours, self._hide_ours, parts.drawn),
            self._bridge.tell,
            self._listening,
        )
        look_and_feel.choose(self.keeping.settings.theme, self.keeping.settings.text_size)
        self._make_windows()
        self.camera = CameraWindow(
            self.coordinator.look_at, self.coordinator.fail, self.coordinator.dismiss, composited
        )
        self.pointing = Pointing(composited, covers=self._covers)
        self.tray = Tray(self.do, self.language, shown_keys(self.keeping.settings))
        self.aloud = ReadingAloud(lambda: self.keeping.settings, lambda: self.language, parts.speaker, self)
        self.aloud.speaking.connect(self._show_speaking)
        self.aloud.failed.connect(self.tell_trouble)
        self.history = HistoryKeeper(history or History(), lambda: self.keeping.settings, self._troubles.tell)
        self._clicks = QTimer(self, interval=CLICK_MS)
        self._clicks.timeout.connect(self._look_for_click)
        self._prunes = QTimer(self, interval=PRUNE_MS)
        self._prunes.timeout.connect(self.history.prune)
        self._button_down = open_button_watch()
        self.keys = BoundKeys(self._press, self.coordinator.release, self.coordinator.dismiss)
        self.keys.changed.connect(self._keys_changed)
        self.keeping.changed.connect(self._apply)
        self.trying.changed.connect(lambda: self.tray.show_trying(self.trying.progress))
        self.keeping.not_saved.connect(self.tell_trouble)
        shelf = Shelf()
        self.own = OwnWindows(Desk(
            self.keeping, self.keys, self.history.history, Downloads(shelf), shelf, look=lambda: parts.screen().freeze(),
            system_language=language, updates=updates, trying=self.trying,
        ))  # fmt: skip
        self._mind(updates)
        self.own.desk.downloads.failed.connect(self.tell_trouble)
        self.own.desk.downloads.arrived.connect(
            lambda offer: self.tray.tell(shown("model_arrived", self.language, name=offer.title))
        )
        if parts.hotkeys is not None:
            self.keys.open(parts.hotkeys, wanted_keys(self.keeping.settings))

    @property
    def language(self) -> str:
        """ko or en, of everything that shows."""
        return shown_language(self.keeping.settings, self._system_language)

    def start(self) -> None:
        """Show that we are there, and do what is due."""
        self.tray.show()
        self.history.prune()
        self._prunes.start()
        if self.updates is not None:
            self.updates.follow(self.keeping.settings.updates)
        self._stand_by()
        if not self.keeping.settings.first_run_done:
            self.own.show("first_run")
        trouble = self.keeping.file.trouble if self.keeping.file else None
        if trouble is not None:
            named = {"path": trouble.set_aside or "", "names": ", ".join(trouble.names)}
            self.tray.tell(message(trouble.code, self.language, **named))

    def tell_trouble(self, error: NunchiError) -> None:
        """What went wrong beside a question, as a notification."""
        self.tray.tell(message(error.code, self.language, **error.values))

    def do(self, action: str) -> None:
        """From the menu, another process, or the icon."""
        if action == "quit":
            QApplication.quit()
        elif action == STOP_TRYING:
            self.trying.give_up()
        elif action.partition(":")[0] in own_windows.NAMES:
            self.own.show(action)
        else:
            self._wake(action)
            self.coordinator.press(action)

    def _press(self, action: str, at: float) -> None:
        """A key went down; in the thread of the keys."""
        self._wake(action)
        self.coordinator.press(action, at, held=self.keeping.settings.hold)

    def _wake(self, action: str) -> None:
        """The engine process starts while the screen is taken."""
        if self._engines is not None and action != "stop":
            self._engines.wake()

    def _mind_engines(self) -> None:
        """Hear what happens in the engine process."""
        if self._engines is not None:
            self._engines.told(self._engine_troubles.tell)
            self._engines.trying = Bridge(self.trying.show, self).tell
            self.trying.give_up = self._engines.cancel_trying

    def _tell_engine_trouble(self, trouble: Trouble) -> None:
        self.tray.tell(shown(trouble.code, self.language, **trouble.values))

    def show_notice(self, notice: Notice) -> None:
        self.history.hear(notice)
        self.aloud.hear(notice)
        match notice:
            case Frozen():
                self._show_frame(notice)
            case RegionWanted():
                self.region.open(notice.frame)
            case FollowUpWanted():
                self._open_box()
            case StateChanged():
                self._busy = notice.state.busy
                if notice.state not in (State.CAMERA, State.THINKING):  # a capture hides it itself, and waits
                    self.camera.close()
                self.tray.show_state(notice.state, notice.device)
            case CameraWanted():
                self.camera.want(self.keeping.settings.camera, self.language, self._spot())
            case Hushed():
                pass  # reading aloud has heard it
            case Dismissed():
                self._hide_ours()
                self.card.forget()
                self._frame = None
                QTimer.singleShot(own_windows.GIVING_BACK_MS, self, self._trim)
            case _:
                self._show_event(notice)

    def close(self) -> None:
        """Gives everything back: keys, microphone, windows, models' looks."""
        self._clicks.stop()
        self._prunes.stop()
        self.own.close()
        if self.updates is not None:
            self.updates.close()
        self.keys.close()
        self.aloud.close()
        self.coordinator.close()
        if self._engines is not None:
            self._engines.close()
        if isinstance(self._listening, Ears):
            self._listening.close()
        self._hide_ours()
        self.tray.close()
        for one in (self.card, self.quick_box, self.tray.menu, self):
            one.deleteLater()  # here: Python's collector might do it in a thread that is not theirs
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _show_frame(self, notice: Frozen) -> None:
        self._pointer = self._spot()
        self._frame = notice.frame
        self._cited = []
        self.pointing.clear()
        self.card.show_frame(notice.frame)
        if notice.question_wanted:
            self.card.hide()
            self.quick_box.open_near(self._pointer)
        else:
            self._show_card()

    def _show_speaking(self, on: bool) -> None:
        self.card.show_speaking(on)
        self.tray.show_speaking(on)

    def _show_level(self, level: float) -> None:
        self.card.show_level(level)

    def _show_event(self, event: Notice) -> None:
        if isinstance(event, Failed) and not self.card.isVisible():
            self.quick_box.hide()
            self._show_card()
        if isinstance(event, Listening | Heard | Restarted):
            self.pointing.clear()
            self._cited = []
        self.card.handle(event)
        if isinstance(event, Pointed) and self._frame is not None:
            self.pointing.point(self._frame, event.box)
            self._make_room(where(self._frame, event.box))
        if isinstance(event, Finished):
            log.info("answered in %s ms", event.answer.timings.total_ms)
            if self._remember is not None:
                off_the_windows(lambda: self._remember(event.answer), lambda _done: None, self)

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

    def _get_models(self) -> None:
        self.coordinator.dismiss()
        self.own.show("settings:models")

    def _show_card(self) -> None:
        if not self.card.isVisible():
            self.card.put(self._pointer if not self._pointer.isNull() else None, tuple(self._cited))
            self.keys.grab_escape(True)
        self.card.show()
        self.card.raise_()
        self._clicks.start()

    def _open_box(self) -> None:
        """Below the card with its answer; instead of a card that only listened."""
        if self.card.isVisible() and not self.card.answer:
            self._clicks.stop()
            self.keys.grab_escape(False)
            self.card.hide()
        if self.card.isVisible():
            self.quick_box.open_near(card=self.card)
        else:
            self.quick_box.open_near()

    def _to_card(self) -> None:
        """With the keyboard from the box to the card beside it."""
        if self.card.isVisible():
            self.quick_box.hide()
            self.card.take_focus()

    def _box_left(self) -> None:
        if not self.card.isVisible():
            self.coordinator.dismiss()

    def _trim(self) -> None:
        """What a question took goes back, unless the next one is there already."""
        if self._frame is None:
            off_the_windows(trim, lambda _done: None, self)

    def _covers(self, place: Box) -> bool:
        return any(window.isVisible() and window.covers(place) for window in (self.card, self.quick_box))

    def _places_of_ours(self) -> list[Box]:
        """Where windows of ours are on the desktop, in the system's pixels."""
        screens = screens_now()
        preview = [self.camera.preview] if self.camera.preview is not None else []
        ours = (self.card, self.quick_box, *preview, *self.pointing.outlines)
        seen = (window.geometry().getRect() for window in ours if window.isVisible())
        places = (to_native(Box(*place), screens) for place in seen)
        return [place for place in places if place is not None]

    def _hide_ours(self) -> None:
        self._clicks.stop()
        if self.card.isVisible():
            self.keys.grab_escape(False)
        self.card.hide()
        self.quick_box.hide()
        self.region.close()
        self.camera.close()
        self.pointing.clear()

    def _look_for_click(self) -> None:
        """A click elsewhere closes an answer that is complete."""
        if self._busy or not self.card.isVisible() or not self._button_down():
            return
        ours = (self.card, self.quick_box, self.tray.menu)
        if not any(window.isVisible() and window.geometry().contains(QCursor.pos()) for window in ours):
            self.coordinator.dismiss()

    def _spot(self) -> QPoint:
        """Where the answer is to show: near the pointer, or a corner of the screen."""
        place, pointer = self.keeping.settings.answer_place, QCursor.pos()
        if place == "pointer":
            self.card.moved_to = None
        if place not in {"top-right", "bottom-right"}:
            return pointer
        screen = QGuiApplication.screenAt(pointer) or QGuiApplication.primaryScreen()
        free = screen.availableGeometry()
        return free.topRight() if place == "top-right" else free.bottomRight()

    def _make_windows(self) -> None:
        """In the language and the looks of now."""
        language = self.language
        tell_qt(language)
        self.card = Card(language, self._composited)
        self.quick_box = QuickBox(language, self._composited)
        self.region = RegionChoice(language)
        self.quick_box.asked.connect(self._asked)
        self.quick_box.left.connect(self._box_left)
        self.quick_box.onward.connect(self._to_card)
        self.card.corrected.connect(self._corrected)
        self.card.follow_up.connect(lambda: self.coordinator.press("again"))
        self.card.type_wanted.connect(lambda: self.coordinator.press("type"))
        self.card.stop_wanted.connect(self.coordinator.stop)
        self.card.models_wanted.connect(self._get_models)
        self.card.left.connect(self.coordinator.dismiss)
        self.region.chosen.connect(self.coordinator.look_at)
        for window in (self.card, self.quick_box):
            window.drawn.connect(self._drawn.set)

    def _mind(self, updates: Updates | None) -> None:
        """A new version is told once, and has an entry in the menu."""
        self.updates = updates
        if updates is None:
            return

        def told() -> None:
            self.tray.show_new_version(updates.release.version if updates.release else "")

        updates.changed.connect(told)
        updates.found.connect(
            lambda release: self.tray.tell(shown("new_version_told", self.language, version=release.version))
        )

    # Settings -------------------------------------------------------------------------------------------------------

    def _apply(self, before: Settings, now: Settings) -> None:
        """What has changed counts from now on; what is read at each question needs nothing here."""
        if (before.language, before.theme, before.text_size) != (now.language, now.theme, now.text_size):
            self.coordinator.dismiss()
            self._hide_ours()
            look_and_feel.choose(now.theme, now.text_size)
            old = (self.card, self.quick_box)
            self._make_windows()
            for window in old:
                window.deleteLater()
        self.tray.relabel(self.language, shown_keys(now))
        self.aloud.settings_changed()
        if (before.pre_roll, before.microphone) != (now.pre_roll, now.microphone):
            self._stand_by()
        if before.keys != now.keys:
            self.keys.follow(now)
        if self.updates is not None:
            self.updates.follow(now.updates)
        if before.history_days != now.history_days:
            self.history.prune()

    def _stand_by(self) -> None:
        """Where the person wants the microphone kept open it is, and the tray says so."""
        if isinstance(self._listening, Ears):
            off_the_windows(self._listening.stand_by, self._stands_by, self)

    def _stands_by(self, is_open: bool | Exception) -> None:
        self.tray.show_open_microphone(is_open is True)

    def _keys_changed(self) -> None:
        if not self._keys_told and self.keys.failure is not None:
            if isinstance(self.keys.failure, NunchiError):
                self.tell_trouble(self.keys.failure)
        elif not self._keys_told and self.keys.taken:
            taken = ", ".join(str(one.chord) for one in self.keys.taken)
            self.tray.tell(shown("keys_taken", self.language, keys=taken))
        self._keys_told = True


def main(language: str = "ko") -> int:
    """Run the tray until it is quit. Where one runs already, that one is triggered instead."""
    keep_constants()
    keep_little()
    share_the_interpreter()
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    qt.setApplicationName("nunchi")
    qt.setApplicationDisplayName(shown("name", language))
    qt.setQuitOnLastWindowClosed(False)
    instance = Instance(lambda action: app.do(action))  # noqa: PLW0108 - the app comes later
    if not instance.claim():
        request("screen")
        return 0
    keeping = Keeping(SettingsFile())
    app = App(product_parts(lambda: keeping.settings), language, keeping=keeping, updates=our_updates())
    quit_on_signals(qt)
    app.start()
    renew_login_item()
    try:
        status = qt.exec()
    finally:
        instance.close()
        app.close()
    leave_at_once_if_stuck(status)
    return status
