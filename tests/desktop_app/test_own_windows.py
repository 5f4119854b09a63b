"""First run, history, about: what they do; and of all windows: names, keyboard, room for large letters."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from assistant.errors import DeviceFailed
from assistant.events import Answer, Evidence
from assistant.frames import Box, Frame, ScreenText
from assistant.private_numbers import ALWAYS
from desktop.history import DAY
from tests.desktop_app.standins import a_screen_frame

WINDOWS = ("settings", "history", "about", "first_run")


def remember(desk: object, *questions: str) -> None:
    frame = Frame(np.full((90, 160, 3), 200, np.uint8), source="window", title="메모장")
    for question in questions:
        told = Answer(
            f"{question} 답", question, evidence=(Evidence("저장(S)", Box(0, 0, 9, 9)),), model="nunchi-mini"
        )
        desk.history.keep(told, frame, ScreenText(), ALWAYS)


@pytest.fixture
def windows(desk: object) -> Iterator[object]:
    from desktop.own_windows import OwnWindows

    made = OwnWindows(desk)
    yield made
    made.close()


# Opening and closing


def test_a_window_is_made_once_and_forgotten_when_closed(
    windows: object, until: Callable, qt: object
) -> None:
    for name in WINDOWS:
        windows.show(name)
        window = windows.open[name]
        windows.show(name)
        assert windows.open[name] is window and window.isVisible()
        window.close()
        until(lambda name=name: name not in windows.open, "the end of it")


def test_a_section_is_opened_by_name(windows: object, desk: object) -> None:
    windows.show("settings:models")
    assert windows.open["settings"].section == "models"
    desk.show("settings:privacy")
    assert windows.open["settings"].section == "privacy"


def test_all_windows_change_their_language_while_open(windows: object, desk: object, until: Callable) -> None:
    for name in WINDOWS:
        windows.show(name)
    desk.keeping.change(language="en")
    titles = {name: windows.open[name].windowTitle() for name in WINDOWS}
    assert titles == {
        "settings": "Nunchi Settings", "history": "Nunchi History", "about": "About Nunchi",
        "first_run": "Getting started with Nunchi",
    }  # fmt: skip
    assert all(windows.open[name].isVisible() for name in WINDOWS)


# First run


def test_the_first_run_ends_for_good_however_it_ends(windows: object, desk: object, until: Callable) -> None:
    windows.show("first_run")
    assert not desk.keeping.settings.first_run_done
    window = windows.open["first_run"]
    assert window.pages.count() == 3
    for number in range(1, 3):
        window.next.click()
        assert window.at == number
    assert window.skip.isHidden()
    until(lambda: window.next.text() == "나중에", "something that could be fetched")
    window.back.click()
    window.skip.click()
    assert desk.keeping.settings.first_run_done and not window.isVisible()


def test_the_key_is_tried_without_asking_anything(windows: object, desk: object, until: Callable) -> None:
    windows.show("first_run")
    window = windows.open["first_run"]
    window.go(1)
    row = window.pages.currentWidget().key_row
    assert row.remark.said.startswith("지금 눌러 보세요")
    desk.keys.backend.press("Ctrl+Alt+N")
    until(lambda: row.remark.said.startswith("잘 됐어요!"), "the greeting")
    assert desk.pressed == []
    window.go(2)
    desk.keys.backend.press("Ctrl+Alt+N")
    assert desk.pressed == ["screen"]


def test_another_key_is_chosen_on_the_spot(windows: object, desk: object, until: Callable) -> None:
    from desktop.hotkeys.chord import Chord

    windows.show("first_run")
    window = windows.open["first_run"]
    window.go(1)
    row = window.pages.currentWidget().key_row
    desk.keys.backend.taken.add("Ctrl+Alt+M")
    row.field.take(Chord.parse("Ctrl+Alt+M"))
    until(lambda: "Ctrl+Alt+M" in row.remark.said, "another program's claim")
    row.field.take(Chord.parse("Ctrl+Alt+R"))
    assert "영역" in row.remark.said, "the region's key is ours already"
    row.field.take(Chord.parse("Ctrl+Alt+J"))
    until(lambda: row.remark.said.startswith("지금 눌러 보세요"), "the new key")
    assert desk.keeping.settings.keys["screen"] == "Ctrl+Alt+J"
    desk.keys.backend.press("Ctrl+Alt+J")
    until(lambda: row.remark.said.startswith("잘 됐어요!"), "the greeting")


def test_the_language_of_the_first_page_keeps_the_page(windows: object, desk: object) -> None:
    windows.show("first_run")
    window = windows.open["first_run"]
    window.pages.currentWidget().languages.buttons["en"].click()
    assert window.at == 0 and window.next.text() == "Next" and desk.keeping.settings.language == "en"


@pytest.mark.parametrize(
    ("seen", "words"), [(a_screen_frame(), "640 × 480"), (DeviceFailed("capture_permission"), "권한")]
)
def test_seeing_the_screen_is_tried(
    windows: object, desk: object, until: Callable, seen: object, words: str
) -> None:
    def look() -> object:
        if isinstance(seen, Exception):
            raise seen
        return seen

    desk.look = look
    windows.show("first_run")
    windows.open["first_run"].go(1)
    page = windows.open["first_run"].pages.currentWidget()
    page.check.click()
    until(lambda: words in page.screen_row.remark.said and page.check.isEnabled(), "the verdict")


def test_a_screen_reader_is_told_what_came_of_a_try(
    windows: object, desk: object, until: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.controls import pages

    said: list[str] = []

    class Reader:
        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: object) -> None:
            said.append(event.message())

    windows.show("first_run")
    windows.open["first_run"].go(1)
    monkeypatch.setattr(pages, "QAccessible", Reader)
    desk.keys.backend.press("Ctrl+Alt+N")
    until(lambda: said == ["잘 됐어요! 어디서나 이 키로 물으세요."], "the announcement")


def test_a_model_for_this_machine_is_offered(windows: object, desk: object, until: Callable) -> None:
    windows.show("first_run")
    window = windows.open["first_run"]
    window.go(2)
    page = window.pages.currentWidget()
    until(lambda: "whisper-small" in page.rows, "the offers")
    page.rows["whisper-small"].get.click()
    until(lambda: desk.shelf.pulled == ["whisper-small"], "the download")
    until(lambda: window.next.text() == window.next.accessibleName() == "시작하기", "a start")
    window.close()
    assert "whisper-small" in desk.downloads.running
    desk.shelf.gate.set()
    until(lambda: not desk.downloads.running, "its end")
    assert desk.keeping.settings.speech_model == "whisper-small"


# History


@pytest.fixture
def history(desk: object, shut: Callable, until: Callable) -> Callable:
    from desktop.history_window.window import HistoryWindow

    def open_it(*questions: str) -> object:
        remember(desk, *questions)
        window = shut(HistoryWindow(desk))
        until(lambda: len(window.list.entries.entries) == len(questions) and window.count.said, "the entries")
        return window

    return open_it


def key(widget: object, name: str, modifiers: object = None) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    QTest.keyClick(widget, getattr(Qt.Key, f"Key_{name}"), modifiers or Qt.KeyboardModifier.NoModifier)


def test_history_is_searched_chosen_copied_and_deleted_by_keyboard(
    desk: object, history: Callable, until: Callable
) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    window = history("첫 질문", "둘째 질문", "셋째 물음")
    assert window.detail.question.said == "셋째 물음" and window.count.said == "3개"
    key(window.list, "Down")
    assert window.detail.question.said == "둘째 질문" and window.detail.evidence.said == "저장(S)"
    key(window.list, "C", Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "둘째 질문\n둘째 질문 답"
    key(window.list, "Delete")
    until(lambda: len(window.list.entries.entries) == 2, "the deletion")
    assert window.detail.question.said == "첫 질문" and desk.history.count() == 2
    window.search.setText("물음")
    until(lambda: [one.question for one in window.list.entries.entries] == ["셋째 물음"], "the search")
    window.search.setText("없는말")
    until(lambda: window.empty.said == "찾은 기록이 없어요" and window.right.currentIndex() == 1, "nothing")


def test_several_are_deleted_only_after_a_question(
    desk: object, history: Callable, until: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "desktop.history_window.window.confirmed", lambda _p, question, *_a: bool(asked.append(question))
    )
    window = history("하나", "둘")
    window.list.selectAll()
    key(window.list, "Delete")
    window.delete_all()
    assert ["2개" in question for question in asked] == [True, False] and desk.history.count() == 2
    monkeypatch.setattr("desktop.history_window.window.confirmed", lambda *_a: True)
    window.delete_all()
    until(lambda: window.right.currentIndex() == 1 and not desk.history.path.exists(), "the end of it")
    assert window.empty.said == "기록을 남기지 않고 있어요" and window.switch.isVisibleTo(window)
    window.switch.click()
    assert desk.shown == ["settings:privacy"]


def test_a_history_that_cannot_be_read_says_so(desk: object, history: Callable, until: Callable) -> None:
    window = history("하나")
    desk.history.search = lambda *_a: (_ for _ in ()).throw(DeviceFailed("history_failed", reason="잠김"))
    window.look()
    until(lambda: "잠김" in window.empty.said and window.right.currentIndex() == 1, "the message")


def test_times_are_told_as_people_do() -> None:
    from desktop.history_window.entries import told_time

    noon = time.mktime((2026, 11, 24, 12, 0, 0, 0, 0, -1))
    cases = {
        noon - 600: "11:50",
        noon - DAY: "어제",
        noon - 40 * DAY: "10월 15일",
        noon - 400 * DAY: "2025년 10월 20일",
    }
    assert {at: told_time(at, "ko", noon) for at in cases} == cases
    assert told_time(noon - 40 * DAY, "en", noon) == "2026-10-15"


# About


def test_about_shows_licences_and_cards_and_loads_nothing(desk: object, shut: Callable) -> None:
    from PySide6.QtCore import QUrl

    from desktop import about
    from desktop.about_window import AboutWindow
    from desktop.model_shelf import Shelf

    desk.shelf = Shelf()
    window = shut(AboutWindow(desk))
    names = [part.name for part in about.licences()]
    assert names[0] == "눈치 · Nunchi" and {"PySide6_Essentials", "numpy"} <= {
        name.replace("-", "_") for name in names
    }
    assert "Apache License" in window.reader.toPlainText()
    window.list.setCurrentRow(names.index("numpy"))
    assert "numpy" in window.reader.toPlainText() and "Copyright" in window.reader.toPlainText()
    window.kinds.buttons["cards"].click()
    assert window.list.item(0).text() == "nunchi-mini" and "Qwen3-VL" in window.reader.toPlainText()
    window.reader.show_card("# 제목\n\n![그림](file:///etc/passwd) [길](https://example.com)")
    assert window.reader.loadResource(2, QUrl("file:///etc/passwd")) is None and not window.reader.openLinks()
    window.reader.show_card("| | |\n|-|-|\n| 크기 | 3 |\n\n```\n" + "아주 긴 명령 " * 60 + "\n```\n")
    table = window.reader.document().rootFrame().childFrames()[0]
    assert table.rows() == 1 and table.cellAt(0, 0).firstCursorPosition().block().text() == "크기"
    assert window.reader.horizontalScrollBar().maximum() == 0


# All of them


@pytest.fixture(params=WINDOWS)
def some_window(request: pytest.FixtureRequest, windows: object, desk: object, qt: object) -> object:
    remember(desk, "하나")
    windows.show(request.param)
    qt.processEvents()
    return windows.open[request.param]


def pages_of(window: object) -> list[Callable[[], None]]:
    """What shows each of a window's pages in turn."""
    from desktop.settings_window.window import SECTIONS

    if hasattr(window, "show_section"):
        return [lambda section=section: window.show_section(section) for section in SECTIONS]
    if hasattr(window, "go"):
        return [lambda number=number: window.go(number) for number in range(window.pages.count())]
    return [lambda: None]


def test_every_control_has_a_name_and_is_reached_by_tab(some_window: object, qt: object) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QTextEdit, QWidget

    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractItemView, QTextEdit)
    for show in pages_of(some_window):
        show()
        qt.processEvents()
        controls = [
            one for one in some_window.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()
        ]
        controls = [one for one in controls if one.window() is some_window]  # not the list of a closed choice
        assert controls
        for one in controls:
            name = one.accessibleName() or getattr(one, "text", lambda: "")()
            assert name, f"{one} has no name"
            group = one.group() if isinstance(one, QAbstractButton) else None
            alike = (
                group.buttons() if group else [one]
            )  # Tab comes to one of a group, arrows lead to the others
            assert any(other.focusPolicy() & Qt.FocusPolicy.TabFocus for other in alike), (
                f"{name} cannot be reached"
            )


@pytest.mark.parametrize("text_size", [100, 150])
@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", ["settings", "first_run"])
def test_no_words_are_cut_at_the_smallest_size(
    windows: object, desk: object, until: Callable, name: str, text_size: int, language: str
) -> None:
    """Also with the largest letters every label has the room its words need, and nothing sticks out at the right."""
    desk.keeping.change(language=language, text_size=text_size)
    windows.show(name)
    window = windows.open[name]
    window.resize(window.minimumSize())
    for show in pages_of(window):
        show()
        until(lambda: not cut_words(window), "room for every word")


def cut_words(window: object) -> list[str]:
    """Labels that have less room than they need."""
    from desktop.controls.text import Text

    cut = []
    for text in window.findChildren(Text):
        if text.isVisible() and text.said:
            needed = text.heightForWidth(text.width()) if text.wordWrap() else text.sizeHint().height()
            right = text.mapTo(window, text.rect().topRight()).x()
            if text.height() < needed or right > window.width():
                cut.append(text.said)
    return cut
