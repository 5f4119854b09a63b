"""The switch and what follows from it: off means no connection at all; on tells, brings, shows, and starts nothing."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.settings import Settings
from tests.desktop_updates.conftest import INSTALLER, Site, answer


@pytest.fixture
def updates(qt: object, site: Site, tmp_path: Path) -> Iterator[object]:
    from desktop.updates.minding import Updates

    site.release("0.2.0")
    made = Updates("0.1.0", tmp_path / "state", tmp_path / "Downloads", lambda: site.source, "linux-deb")
    yield made
    made.close()


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every try to connect, or to ask for an address, is written down and refused."""
    tried: list[object] = []

    def refuse(*what: object, **_more: object) -> None:
        tried.append(what)
        raise AssertionError("something connects")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    return tried


def test_it_is_off_as_it_comes() -> None:
    assert Settings().updates is False


def test_off_nothing_connects_whatever_is_pressed(
    updates: object, site: Site, no_sockets: list[object], monkeypatch: pytest.MonkeyPatch, until: Callable
) -> None:
    """GIVEN the switch off, WHEN everything that could ask is told to, and days pass, THEN no socket is opened."""
    from desktop.updates import minding

    monkeypatch.setattr(minding, "FIRST_MS", 0)
    updates.follow(False)
    updates.check()
    updates.bring()
    updates._asked = 0.0
    updates._look()
    assert not updates.busy and not updates._first.isActive() and not updates._looks.isActive()
    assert no_sockets == [] and site.seen == []


def test_the_guard_itself_sees_a_connection(
    updates: object, no_sockets: list[object], until: Callable
) -> None:
    updates.follow(True)
    updates.check()
    until(lambda: not updates.busy, "the end")
    assert no_sockets and updates.failure is not None


def test_a_copy_without_a_source_never_asks(qt: object, tmp_path: Path, no_sockets: list[object]) -> None:
    from desktop.updates.minding import Updates

    for known, kind in ((lambda: None, "linux-deb"), (lambda: pytest.fail("asked"), "")):
        bare = Updates("0.1.0", tmp_path, tmp_path, known, kind)
        assert not bare.available
        bare.follow(True)
        bare.check()
        assert not bare.busy and not bare._looks.isActive()
    assert no_sockets == []


def test_on_it_asks_after_the_start_and_each_day(
    updates: object, site: Site, until: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[object] = []
    updates.found.connect(found.append)
    updates._first.setInterval(0)
    updates.follow(True)
    until(lambda: updates.release, "the release")
    assert [release.version for release in found] == ["0.2.0"] and updates.checked
    asked = len(site.seen)
    updates._look()
    assert not updates.busy, "not twice on a day"
    updates._asked -= 25 * 3600
    updates._look()
    until(lambda: not updates.busy, "the second answer")
    assert len(site.seen) > asked and len(found) == 1, "told once"


def test_turned_off_in_the_middle_it_stops_and_forgets(updates: object, site: Site, until: Callable) -> None:
    import time

    site.faults["/updates/timestamp.json"] = lambda _handler: time.sleep(1) or False
    updates.follow(True)
    updates.check()
    until(lambda: "/updates/timestamp.json" in site.seen, "the question")
    assert updates.busy
    updates.follow(False)
    assert not updates.busy
    time.sleep(1.2)
    until(lambda: True)
    assert updates.release is None and updates.failure is None


def test_the_settings_bring_it_and_show_the_folder_and_start_nothing(
    updates: object, site: Site, desk: object, shut: Callable, until: Callable, tmp_path: Path, monkeypatch
) -> None:
    from PySide6.QtGui import QDesktopServices

    from desktop.settings_window.window import SettingsWindow

    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    desk.updates = updates
    desk.keeping.changed.connect(lambda _before, now: updates.follow(now.updates))
    page = shut(SettingsWindow(desk, "general")).page("general")

    def row(title: str) -> object:
        return next(row for row in page.rows if title in row.title)

    switch, state = row("새 버전이 나왔는지 확인").control, row("지금 버전")
    assert not switch.isChecked() and not state.isVisible()
    switch.click()
    assert desk.keeping.settings.updates and state.isVisible() and "아직" in state.remark.said
    site.faults["/updates/timestamp.json"] = answer(b"", 500)
    state.control.click()
    until(lambda: "물어볼 수 없어요" in state.remark.said, "the failure")
    del site.faults["/updates/timestamp.json"]
    state.control.click()
    until(lambda: "새 버전이 있어요: 0.2.0" in state.remark.said, "the news")
    assert state.control.text() == "내려받기"
    state.control.click()
    until(lambda: updates.brought, "the installer")
    assert updates.brought == tmp_path / "Downloads" / "nunchi_0.2.0_amd64.deb"
    assert updates.brought.read_bytes() == INSTALLER and not updates.brought.stat().st_mode & 0o111
    assert "열면 설치가 시작돼요" in state.remark.said and opened == []
    state.control.click()
    assert opened == [tmp_path / "Downloads"], "the folder; the file is opened by the person"
    switch.click()
    assert not state.isVisible() and not desk.keeping.settings.updates


def test_without_a_source_the_settings_say_nothing_about_it(desk: object, shut: Callable) -> None:
    from desktop.settings_window.window import SettingsWindow

    page = shut(SettingsWindow(desk, "general")).page("general")
    assert not [row for row in page.rows if "버전" in row.title]


def test_the_tray_tells_it_once_and_keeps_an_entry(
    qt: object, updates: object, until: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.ask import Ports
    from desktop.app import App
    from desktop.parts import Parts
    from desktop.tray import NEW_VERSION
    from tests.desktop_app.standins import StandInScreen
    from tests.fakes import FakeModel, FakeReader, FakeTranscriber

    parts = Parts(
        Ports(FakeModel(), FakeReader(), FakeTranscriber()), StandInScreen, lambda _level: lambda: None, None
    )
    app = App(parts, composited=True, updates=updates)
    told: list[str] = []
    monkeypatch.setattr(app.tray, "tell", told.append)
    try:
        entry = app.tray.actions[NEW_VERSION]
        app.keeping.become(replace(app.keeping.settings, updates=True, first_run_done=True))
        assert not entry.isVisible()
        updates.check()
        until(lambda: updates.release, "the release")
        assert told == ["새 버전이 있습니다: 0.2.0. 설정의 «일반»에서 받을 수 있어요."]
        assert entry.isVisible() and "0.2.0" in entry.text()
        app.keeping.change(updates=False)
        assert not entry.isVisible()
    finally:
        app.close()


def test_the_program_that_runs_from_its_source_has_no_installer() -> None:
    from desktop.updates import source

    assert source.installed_as() == ""


def test_an_appimage_is_replaced_by_an_appimage(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from desktop.updates import source

    monkeypatch.setattr(source, "program_folder", lambda: tmp_path)
    monkeypatch.setattr(source.sys, "platform", "linux")
    monkeypatch.delenv("APPIMAGE", raising=False)
    assert source.installed_as() == "linux-deb"
    monkeypatch.setenv("APPIMAGE", str(tmp_path / "Nunchi.AppImage"))
    assert source.installed_as() == "linux-appimage"


def test_root_json_decides_whether_a_copy_asks(tmp_path: Path, site: Site) -> None:
    from desktop.updates.source import ADDRESSES, FOLDER, ROOT, source

    (tmp_path / ADDRESSES).write_bytes((FOLDER / ADDRESSES).read_bytes())
    assert source(tmp_path) is None
    (tmp_path / ROOT).write_bytes((site.shown / "1.root.json").read_bytes())
    there = source(tmp_path)
    assert (
        there is not None
        and there.metadata.startswith("https://")
        and there.installers.startswith("https://")
    )
    assert there.metadata.endswith("/") and there.installers.endswith("/") and there.host
