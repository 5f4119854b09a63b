"""A desk whose models, devices, login item and keys do what a test says, and ways to look through a window."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.errors import NunchiError, Stopped
from desktop.model_shelf import Offered, Shelf
from models.catalogue import Entry
from models.fetch import Progress
from models.image_budget import Budget
from models.offers import Offer, Suits, offer
from tests.desktop_app.standins import StandInKeys


class StandInShelf(Shelf):
    """Models by name; a pull moves when `let_go` is called and ends with `fails`, or well."""

    def __init__(self) -> None:
        self.here = [
            entry("nunchi-mini", bundled=True),
            entry("qwen3-vl-2b"),
            entry("screen-text-ko", "screen-text", True),
        ]
        self.half: set[str] = set()
        self.fails: NunchiError | None = None
        self.gate = threading.Event()
        self.pulled: list[str] = []
        self.removed: list[str] = []

    def installed(self) -> tuple[Entry, ...]:
        return tuple(self.here)

    def preferred(self, kind: str) -> str:
        return next((one.name for one in self.here if one.kind == kind), "")

    def offered(self) -> list[Offered]:
        names = {one.name for one in self.here}
        wanted = [
            Offered(offer("whisper-small"), Suits(True), True),
            Offered(offer("internvl3-1b"), Suits(None), False),
        ]
        wanted.append(Offered(offer("qwen3.5-2b"), Suits(False), False, "model_needs_converting"))
        return [one for one in wanted if one.offer.name not in names]

    def look_budget(self, chosen: str, seconds: float) -> Budget | None:
        if (chosen or self.preferred("vision")) == "nunchi-mini":
            return None
        return Budget(round(400 * seconds), 1000 * seconds if seconds < 4 else None)

    def devices(self) -> tuple[str, ...]:
        return ("CPU", "GPU")

    def half_fetched(self, name: str) -> bool:
        return name in self.half

    def remove(self, name: str) -> int:
        self.removed.append(name)
        self.half.discard(name)
        self.here = [one for one in self.here if one.name != name]
        return 7

    def pull(self, wanted: Offer, stop: threading.Event, progress: Callable[[Progress], None]) -> None:
        self.pulled.append(wanted.name)
        self.half.add(wanted.name)
        progress(Progress("model.bin", 250_000_000, 500_000_000, 10_000_000.0, 0, 2))
        while not self.gate.wait(0.01):
            if stop.is_set():
                raise Stopped()
        if self.fails is not None:
            raise self.fails
        self.half.discard(wanted.name)
        self.here.append(entry(wanted.name, wanted.kind))


class StandInDevices:
    def __init__(self) -> None:
        self.opened: list[str] = []
        self.closed = 0
        self.level: Callable[[float], None] = lambda level: None
        self.fails: NunchiError | None = None
        self.said: list[tuple[str, str]] = []
        self.hushed = 0
        self.looked: list[tuple[str, Callable]] = []
        self.routes = True

    def microphones(self) -> list[str]:
        return ["내장 마이크", "USB 마이크"]

    def speakers(self) -> list[str]:
        return ["내장 스피커"]

    def cameras(self) -> list[str]:
        return ["내장 카메라"]

    def look(self, name: str, told: Callable) -> SimpleNamespace:
        if self.fails is not None:
            raise self.fails
        self.looked.append((name, told))

        def close() -> None:
            self.closed += 1

        return SimpleNamespace(close=close)

    def speaker_counts(self) -> bool:
        return self.routes

    def say(self, text: str, speaker: str) -> SimpleNamespace:
        if self.fails is not None:
            raise self.fails
        self.said.append((text, speaker))

        def close() -> None:
            self.hushed += 1

        return SimpleNamespace(close=close, deleteLater=lambda: None)

    def listen(self, name: str, level: Callable[[float], None]) -> SimpleNamespace:
        if self.fails is not None:
            raise self.fails
        self.opened.append(name)
        self.level = level

        def close() -> None:
            self.closed += 1

        return SimpleNamespace(close=close)


class StandInLogin:
    def __init__(self) -> None:
        self.started: tuple[str, ...] | None = None
        self.fails: NunchiError | None = None

    def command(self) -> tuple[str, ...] | None:
        return self.started

    def turn_on(self, command: tuple[str, ...]) -> None:
        if self.fails is not None:
            raise self.fails
        self.started = tuple(command)

    def turn_off(self) -> None:
        self.started = None


def entry(name: str, kind: str = "vision", bundled: bool = False) -> Entry:
    return Entry(name, kind, "openvino", Path("models") / name, 1_900_000_000, "Apache-2.0", "1", bundled)


@pytest.fixture
def desk(qt: object, tmp_path: Path, until: Callable) -> Iterator[object]:
    """With keys that are bound already."""
    from desktop import look_and_feel
    from desktop.bound_keys import BoundKeys
    from desktop.desk import Desk
    from desktop.downloads import Downloads
    from desktop.history import History
    from desktop.keeping import Keeping
    from desktop.settings import KEYS

    pressed: list[str] = []
    keys = BoundKeys(lambda action, _at: pressed.append(action), lambda *_key: None, lambda: None)
    shelf, login, shown = StandInShelf(), StandInLogin(), []
    made = Desk(
        Keeping(), keys, History(tmp_path / "history.sqlite3"), Downloads(shelf), shelf, StandInDevices(),
        login=lambda: login, show=shown.append,
    )  # fmt: skip
    made.keeping.change(language="ko")
    made.keeping.changed.connect(lambda _before, now: look_and_feel.choose(now.theme, now.text_size))
    made.item, made.shown, made.pressed = login, shown, pressed
    keys.open(StandInKeys, KEYS)
    until(lambda: keys.backend is not None, "the keys")
    yield made
    made.downloads.close()
    look_and_feel.choose("system", 100)


@pytest.fixture
def shut(qt: object) -> Iterator[Callable]:
    """Gives windows that are shown, and takes them away again."""
    from PySide6.QtCore import QEvent

    windows: list = []

    def show(window: object) -> object:
        windows.append(window)
        window.show()
        qt.processEvents()
        return window

    yield show
    for window in windows:
        window.close()
        window.deleteLater()
    qt.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(widget: object, code: int, key: object, modifiers: object = None) -> None:
    """A key as the system tells it: `code` is the X key code."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    held = modifiers if modifiers is not None else Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, held, code, 0, 0, ""))
