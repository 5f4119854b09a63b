"""A changed setting counts at once: language, looks, keys, history, model; nothing needs a restart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.ask import Ports
from assistant.errors import BadInput
from desktop.history import History
from desktop.settings import KEYS, Settings, changed
from desktop.settings_file import SettingsFile
from tests.desktop_app.standins import StandInKeys, StandInScreen
from tests.fakes import FakeModel, FakeReader, a_screen


@pytest.fixture
def looks() -> Iterator[None]:
    from desktop import look_and_feel

    yield
    look_and_feel.CHOSEN.theme, look_and_feel.CHOSEN.text_size = "system", 100


@pytest.fixture
def app(qt: object, until: Callable, tmp_path: Path, looks: None, no_threads_left: None) -> Iterator[object]:
    from desktop.app import App
    from desktop.keeping import Keeping
    from desktop.parts import Parts

    model, reader = FakeModel(), FakeReader()
    parts = Parts(Ports(model, reader), StandInScreen, hotkeys=StandInKeys)
    keeping = Keeping(SettingsFile(tmp_path / "settings.json"))
    app = App(parts, "ko", True, keeping, History(tmp_path / "history.sqlite3"))
    app.model, app.reader = model, reader
    until(lambda: app.keys.backend is not None, "the keys")
    yield app
    app.close()


def asked(app: object, until: Callable, question: str) -> None:
    app.keys.backend.press(app.keeping.settings.keys["screen"])
    until(app.quick_box.isVisible, "the box")
    app.quick_box.line.setText(question)
    app.quick_box.button.click()
    until(lambda: app.card.answer and not app.card._running, "the answer")


def test_the_language_changes_while_it_runs(app: object, until: Callable) -> None:
    app.keeping.change(language="en", theme="dark", text_size=130)
    assert app.card.language == "en" and app.card.colours.card == "#22242a"
    assert app.tray.actions["settings"].text() == "Settings…" and app.tray.tool_tip == "Nunchi · Ready"
    assert app.card._state.font().pixelSize() == 17  # 13 × 1.3
    app.model.say("It is a list.")
    asked(app, until, "What is this?")
    assert app.card.state_text == "Answered"
    assert SettingsFile(app.keeping.file.path).load() == app.keeping.settings


def test_history_begins_when_it_is_switched_on(app: object, until: Callable) -> None:
    history = app.history.history
    app.model.say("하나."), app.model.say("둘.")
    asked(app, until, "첫째?")
    assert not history.path.exists()
    app.keeping.change(history=True)
    app.reader.enqueue(a_screen("표"))
    asked(app, until, "둘째?")
    until(lambda: [entry.question for entry in history.search()] == ["둘째?"], "the entry")


def test_a_change_that_is_refused_changes_nothing(app: object) -> None:
    with pytest.raises(BadInput):
        app.keeping.change(theme="blue")
    assert app.keeping.settings == Settings() and not app.keeping.file.path.exists()


def test_the_menu_shows_the_keys_of_now(app: object) -> None:
    assert app.tray.actions["screen"].text() == "화면에 대해 묻기\tCtrl+Alt+N"
    app.keeping.change(keys={"screen": "Ctrl+Alt+Space", "window": ""})
    assert app.tray.actions["screen"].text() == "화면에 대해 묻기\tCtrl+Alt+스페이스바"
    assert app.tray.actions["window"].text() == "창에 대해 묻기"


def test_what_follows_the_settings_is_made_again_only_when_they_change() -> None:
    from desktop.parts import following

    now, made = [Settings()], []
    current = following(lambda: now[0], lambda one: one.vision_model, lambda name: made.append(name) or name)
    assert current() == current() == ""
    now[0] = changed(now[0], theme="dark")
    current()
    now[0] = changed(now[0], vision_model="qwen3-vl-2b")
    assert current() == "qwen3-vl-2b" and made == ["", "qwen3-vl-2b"]


def test_broken_settings_are_told_at_the_start(
    qt: object, tmp_path: Path, looks: None, no_threads_left: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.app import App
    from desktop.keeping import Keeping
    from desktop.parts import Parts
    from desktop.tray import Tray

    told: list[str] = []
    monkeypatch.setattr(Tray, "tell", lambda _self, text: told.append(text))
    (tmp_path / "settings.json").write_text("{")
    keeping = Keeping(SettingsFile(tmp_path / "settings.json"))
    app = App(Parts(Ports(None), StandInScreen), "ko", True, keeping, History(tmp_path / "h.sqlite3"))
    app.start()
    app.close()
    assert len(told) == 1 and "처음 설정" in told[0] and "settings-broken-" in told[0]
    assert dict(keeping.settings.keys) == dict(KEYS)


def test_a_window_that_has_gone_is_told_nothing(qt: object, until: Callable, no_threads_left: None) -> None:
    """Windows close while their threads are at work; an answer for one that is gone must go nowhere."""
    import threading

    from PySide6.QtCore import QEvent, QObject

    from desktop.threads import off_the_windows

    gate, told = threading.Event(), []
    gone, there = QObject(), QObject()
    threads = [off_the_windows(lambda: gate.wait(20), told.append, gone) for _ in range(20)]
    gone.deleteLater()
    qt.sendPostedEvents(gone, QEvent.Type.DeferredDelete)
    gate.set()
    threads.append(off_the_windows(lambda: "there", told.append, there))
    until(lambda: told and not any(thread.is_alive() for thread in threads), "the answer")
    assert told == ["there"]
