"""Typing Korean: real input-method events, as an input method sends them while a syllable is composed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture
def box(qt: object) -> Iterator[object]:
    from desktop.overlay.quick_box import QuickBox

    box = QuickBox(composited=True)
    box.open_near()
    qt.processEvents()
    sent: list[str] = []
    box.asked.connect(sent.append)
    box.sent = sent
    yield box
    box.hide()


def compose(box: object, preedit: str, commit: str = "") -> None:
    """What an input method sends: the syllable under way, and what is finished before it."""
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtWidgets import QApplication

    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(box.line, event)


def press(box: object, key: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    QTest.keyClick(box.line, getattr(Qt.Key, f"Key_{key}"))


def test_enter_while_composing_finishes_the_syllable_and_sends_nothing(box: object) -> None:
    for preedit, commit in (("ㅇ", ""), ("오", ""), ("온", ""), ("느", "오"), ("늘", "")):
        compose(box, preedit, commit)
    press(box, "Return")
    assert box.line.text() == "오늘" and box.sent == [] and box.isVisible()
    press(box, "Return")
    assert box.sent == ["오늘"]


def test_enter_after_an_input_method_has_committed_sends_once(box: object) -> None:
    compose(box, "뭐")
    compose(box, "", "뭐")
    press(box, "Return")
    assert box.sent == ["뭐"]


def test_losing_the_focus_keeps_the_syllable(box: object, qt: object) -> None:
    from PySide6.QtGui import QFocusEvent
    from PySide6.QtWidgets import QApplication

    compose(box, "", "저")
    compose(box, "장")
    QApplication.sendEvent(box.line, QFocusEvent(QFocusEvent.Type.FocusOut))
    assert box.line.text() == "저장" and box.line.composing == ""
    compose(box, "해")
    assert box.line.text() == "저장"
    press(box, "Return")
    assert box.line.text() == "저장해" and box.sent == []


def test_the_button_sends_also_the_syllable_under_way(box: object) -> None:
    compose(box, "", "어디")
    compose(box, "야")
    box.button.click()
    assert box.sent == ["어디야"]


def test_the_button_wakes_up_with_the_first_jamo(box: object) -> None:
    assert not box.button.isEnabled()
    compose(box, "ㅇ")
    assert box.button.isEnabled()


def test_nothing_typed_sends_nothing(box: object) -> None:
    box.line.setText("   ")
    press(box, "Return")
    assert box.sent == [] and box.isVisible()


def test_opening_again_keeps_what_was_begun(box: object) -> None:
    compose(box, "", "이게 ")
    compose(box, "뭐")
    box.open_near()
    assert box.line.text() + box.line.composing == "이게 뭐"


def test_escape_leaves(box: object) -> None:
    left: list[bool] = []
    box.left.connect(lambda: left.append(True))
    press(box, "Escape")
    assert left == [True] and not box.isVisible()
