"""End to end with stand-ins for screen, voice, keys and engines: the windows are real, drawn without a display.

key → frame → question → streamed answer in the card → outline at the right place; then follow-up, stop, errors.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest

from assistant.ask import Ports
from assistant.errors import DeviceFailed, ModelMissing
from assistant.events import Answer
from assistant.frames import Box
from tests.desktop_app.standins import StandInKeys, StandInScreen, StandInVoice, a_screen_frame
from tests.fakes import FakeModel, FakeReader, FakeTranscriber, UntilCancelled, a_screen

KEY, AGAIN, STOP, WINDOW = "Ctrl+Alt+N", "Ctrl+Alt+A", "Ctrl+Alt+S", "Ctrl+Alt+W"


class Person:
    """Somebody at the desk: presses keys, types, looks."""

    def __init__(self, until: Callable, voice: StandInVoice | None = None) -> None:
        from desktop.app import App
        from desktop.parts import Parts

        self.until = until
        self.model, self.reader, self.transcriber = FakeModel(), FakeReader(), FakeTranscriber()
        self.screen, self.voice = StandInScreen(), voice
        self.keys: StandInKeys | None = None
        parts = Parts(
            Ports(self.model, self.reader, self.transcriber), lambda: self.screen,
            lambda level: lambda: voice, self._open_keys,
        )  # fmt: skip
        self.app = App(parts, composited=True)
        self.card, self.box = self.app.card, self.app.quick_box
        until(lambda: self.app.keys.backend is not None, "the keys")

    def _open_keys(self, on_event: Callable) -> StandInKeys:
        self.keys = StandInKeys(on_event)
        return self.keys

    def types(self, text: str) -> None:
        self.until(self.box.isVisible, "the box")
        self.box.line.setText(text)
        self.box.button.click()

    def sees(self, words: str) -> None:
        """The card shows the answer or message, and its end."""
        self.until(
            lambda: self.card.isVisible() and words in self.card.answer and not self.card._running, words
        )


@pytest.fixture
def person(qt: object, until: Callable, no_threads_left: None) -> Iterator[Person]:
    person = Person(until)
    yield person
    person.app.close()
    assert person.keys.closed and all(look.closed for look in person.model.looks)


@pytest.fixture
def speaker(qt: object, until: Callable, no_threads_left: None) -> Iterator[Person]:
    person = Person(until, StandInVoice())
    yield person
    person.app.close()


def test_key_question_answer_outline(person: Person) -> None:
    person.screen.frame = a_screen_frame(Box(100, 50, 640, 400), source="window")
    person.reader.enqueue(a_screen("파일", "저장"))
    person.model.say("아래의 ", "<|n2|>", " 단추를 ", "누르세요.")
    person.keys.press(WINDOW)
    person.types("뭘 눌러야 저장돼?")
    person.sees("아래의 저장 단추를 누르세요.")
    assert person.screen.received == ["window"] and not person.box.isVisible()
    assert person.card.heard_text == "뭘 눌러야 저장돼?" and person.card.cited == [Box(10, 20, 16, 20)]
    assert [outline.box for outline in person.app.pointing.outlines] == [Box(110, 70, 16, 20)]
    assert person.app.pointing.outlines[0].isVisible()
    assert "CPU에서 실행 중" in person.app.tray.tool_tip


def test_a_follow_up_is_asked_about_the_same_frame(person: Person) -> None:
    person.model.say("하나."), person.model.say("둘.")
    person.keys.press(KEY)
    person.types("첫째?")
    person.sees("하나.")
    person.card.follow_button.click()
    person.types("둘째?")
    person.sees("둘.")
    assert person.screen.received == ["screen"] and len(person.model.looks) == 1
    assert [turn.question for turn in person.model.asked[1].earlier] == ["첫째?"]


def test_stop_leaves_what_was_said_and_the_next_question_works(person: Person) -> None:
    waits = UntilCancelled()
    person.model.say("반쯤 ", waits, "더"), person.model.say("다시 답.")
    person.keys.press(KEY)
    person.types("뭐야?")
    person.until(waits.reached.is_set)
    person.keys.press(STOP)
    person.until(lambda: person.card.state_text == "멈췄어요", "stop")
    assert person.card.answer == "반쯤"
    person.keys.press(AGAIN)
    person.types("그럼?")
    person.sees("다시 답.")


def test_a_failure_is_shown_with_its_code_and_leaves_with_escape(person: Person) -> None:
    person.screen.fails = DeviceFailed("capture_black")
    person.keys.press(KEY)
    person.sees("검게 찍혔어요")
    assert person.card._where.text() == "capture_black" and "dismiss" in person.keys.bound
    person.keys.press("Esc")
    person.until(lambda: not person.card.isVisible(), "closing")
    assert "dismiss" not in person.keys.bound


def test_without_a_model_the_card_leads_to_where_one_is_got(person: Person) -> None:
    person.model.enqueue(ModelMissing("no_vision_model"))
    person.keys.press(KEY)
    person.types("뭐야?")
    person.sees("화면을 볼 모델이 없어요.")
    assert "nunchi models" not in person.card.answer and person.card.get_button.isVisible()
    person.card.get_button.click()
    person.until(lambda: not person.card.isVisible(), "closing")
    assert person.app.own.open["settings"].section == "models"


def test_our_own_windows_are_gone_before_the_next_frame_is_taken(person: Person) -> None:
    person.model.say("하나.")
    person.keys.press(KEY)
    person.types("뭐야?")
    person.sees("하나.")
    shown: list[bool] = []
    freeze = person.screen.freeze
    person.screen.freeze = lambda what: (shown.append(person.card.isVisible()), freeze(what))[1]
    person.keys.press(KEY)
    person.until(lambda: shown, "the second frame")
    assert shown == [False]


def test_the_button_on_the_card_types_instead_of_speaking(speaker: Person) -> None:
    """GIVEN the card listens THEN the box to type in takes its place; below an answer it opens beside it."""
    speaker.model.say("메모장이에요."), speaker.model.say("글꼴이에요.")
    speaker.keys.press(KEY)
    speaker.until(lambda: speaker.card.isVisible() and speaker.card.state_text == "듣고 있어요", "listening")
    speaker.card.type_button.click()
    speaker.until(lambda: speaker.box.isVisible() and not speaker.card.isVisible(), "the box instead")
    speaker.until(lambda: not speaker.voice.is_open, "nobody listening")
    speaker.types("이게 뭐야?")
    speaker.sees("메모장이에요.")
    assert speaker.card.heard_text == "이게 뭐야?" and speaker.screen.received == ["screen"]
    speaker.card.type_button.click()
    speaker.until(speaker.box.isVisible, "the box below the answer")
    assert speaker.card.isVisible() and speaker.box.y() > speaker.card.y()
    speaker.types("저건?")
    speaker.sees("글꼴이에요.")


def test_the_card_is_reached_with_the_keyboard(person: Person, qt: object) -> None:
    """From the box by Tab: copy, how long it took, what was heard; Esc leaves. Until then the card takes no focus."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    no_focus = Qt.WindowType.WindowDoesNotAcceptFocus
    person.model.say("메모장이에요.")
    person.keys.press(KEY)
    person.types("이게 뭐야?")
    person.sees("메모장이에요.")
    assert person.card.windowFlags() & no_focus
    person.card.type_button.click()
    person.until(lambda: person.box.isVisible() and person.box.line.hasFocus(), "the box")
    QTest.keyClick(person.box.line, Qt.Key.Key_Tab)
    person.until(person.card.copy_button.hasFocus, "the focus on the card")
    assert not person.box.isVisible() and not person.card.windowFlags() & no_focus
    QTest.keyClick(person.card.copy_button, Qt.Key.Key_Space)
    assert QApplication.clipboard().text() == "메모장이에요."
    reached = []
    for _ in range(8):
        reached.append(qt.focusWidget())
        QTest.keyClick(qt.focusWidget(), Qt.Key.Key_Tab)
    assert {
        person.card._heard,
        person.card._where,
        person.card._close_button,
        person.card.type_button,
    } <= set(reached)
    assert all(one.accessibleName() or one.text() for one in reached)
    person.card._where.setFocus()
    QTest.keyClick(person.card._where, Qt.Key.Key_Return)
    assert person.card._details.isVisible()
    QTest.keyClick(person.card._where, Qt.Key.Key_Escape)
    person.until(lambda: not person.card.isVisible(), "the end")


def test_each_answer_is_handed_to_what_remembers_its_cost(person: Person) -> None:
    told: list[Answer] = []
    person.app._remember = told.append
    person.model.say("메모장이에요.")
    person.keys.press(KEY)
    person.types("이게 뭐야?")
    person.sees("메모장이에요.")
    person.until(lambda: told, "the answer")
    assert told[0].text == "메모장이에요." and told[0].timings.total_ms is not None
    person.until(lambda: not [one for one in threading.enumerate() if one.name == "nunchi-off-windows"])


def test_a_spoken_question_is_heard_shown_and_can_be_corrected(speaker: Person) -> None:
    speaker.transcriber.enqueue("이개 뭐야")
    speaker.model.say("모르겠어요."), speaker.model.say("메모장이에요.")
    speaker.keys.press(KEY)
    speaker.until(lambda: speaker.card.isVisible() and speaker.card.state_text == "듣고 있어요", "listening")
    assert not speaker.box.isVisible()
    speaker.voice.release()
    speaker.sees("모르겠어요.")
    assert speaker.card.heard_text == "이개 뭐야"
    speaker.card._heard.clicked.emit()
    speaker.card._edit.setText("이게 뭐야")
    speaker.card._edit.send()
    speaker.sees("메모장이에요.")
    assert speaker.card.heard_text == "이게 뭐야" and speaker.model.asked[1].earlier == ()


def test_what_a_model_says_is_never_markup(person: Person) -> None:
    person.model.say("<b>굵게</b> <img src='file:///etc/passwd'>")
    person.keys.press(KEY)
    person.types("뭐야?")
    person.sees("<b>굵게</b>")


def test_a_region_is_dragged_on_the_frozen_desktop(person: Person, qt: object) -> None:
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    person.model.say("표예요.")
    person.keys.press("Ctrl+Alt+R")
    pane = person.until(lambda: person.app.region.panes and person.app.region.panes[0], "the panes")
    QTest.mousePress(pane, Qt.MouseButton.LeftButton, pos=QPoint(20, 30))
    QTest.mouseMove(pane, QPoint(220, 130))
    QTest.mouseRelease(pane, Qt.MouseButton.LeftButton, pos=QPoint(220, 130))
    person.types("이게 뭐야?")
    person.sees("표예요.")
    frame = person.model.received[0][0]
    assert frame.place[:2] == (20, 30) and frame.image.shape[:2] == (frame.place.height, frame.place.width)
    assert abs(frame.width - 201) <= 1 and abs(frame.height - 101) <= 1


def test_many_questions_leave_no_windows_and_no_looks_behind(person: Person, qt: object) -> None:
    def count() -> int:
        return len(qt.topLevelWidgets())

    for number in range(12):
        person.model.say(f"{number}번째 답.")
        person.keys.press(KEY)
        person.types("뭐야?")
        person.sees(f"{number}번째 답.")
        if number == 1:
            before = count()
    assert count() <= before and sum(not look.closed for look in person.model.looks) == 1


def test_quitting_while_it_answers_frees_everything(
    qt: object, until: Callable, no_threads_left: None
) -> None:
    person, waits = Person(until), UntilCancelled()
    person.model.say("하나 ", waits)
    person.keys.press(KEY)
    person.types("뭐야?")
    until(waits.reached.is_set)
    person.app.close()
    assert all(look.closed for look in person.model.looks) and person.keys.closed
    assert not [window for window in qt.topLevelWidgets() if window.isVisible()]


def test_a_microphone_that_is_kept_open_is_opened_at_the_start_and_seen(
    qt: object, until: Callable, no_threads_left: None
) -> None:
    """And given back when the person no longer wants that, and at the end."""
    from desktop.app import App
    from desktop.listening import Ears
    from desktop.parts import Parts
    from tests.desktop.recorded_audio import FakeAudio

    audio = FakeAudio("내장 마이크")

    def ears(level: Callable) -> Ears:
        return Ears(level, lambda: app.keeping.settings, audio=audio, understands=lambda: True)

    parts = Parts(Ports(FakeModel(), FakeReader(), FakeTranscriber()), StandInScreen, ears, StandInKeys)
    app = App(parts, composited=True)
    app.keeping.change(first_run_done=True, pre_roll=True)
    until(lambda: "마이크가 켜져 있어요" in app.tray.tool_tip, "the sign")
    app.keeping.change(pre_roll=False)
    until(lambda: "마이크" not in app.tray.tool_tip, "the end of the sign")
    assert audio.streams[0].closed
    app.keeping.change(pre_roll=True)
    until(lambda: "마이크가 켜져 있어요" in app.tray.tool_tip, "the sign again")
    told: list[str] = []
    app.tray.tell = told.append
    app.keeping.change(microphone="어제의 마이크")
    until(lambda: told, "the notification")
    assert told == ["고른 마이크가 없어서 시스템이 고른 마이크로 듣고 있어요"]
    app.close()
    assert all(stream.closed for stream in audio.streams)
