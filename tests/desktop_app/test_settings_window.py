"""The settings' window: what is changed there counts at once, and what is refused is said beside it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import DeviceFailed
from assistant.privacy import PROGRAMS
from desktop.settings import KEYS, Settings
from tests.desktop_app.window_standins import entry, press

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="key codes below are X's")


@pytest.fixture
def opened(desk: object, shut: Callable) -> Callable:
    from desktop.settings_window.window import SettingsWindow

    def open_at(section: str) -> object:
        return shut(SettingsWindow(desk, section))

    return open_at


def ctrl_alt() -> object:
    from PySide6.QtCore import Qt

    return Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def test_language_changes_the_open_window_and_keeps_its_section(
    desk: object, opened: Callable, qt: object
) -> None:
    from desktop.controls.buttons import Segments

    window = opened("general")
    spoken = window.page("general").findChildren(Segments)[0]
    spoken.buttons["en"].click()
    qt.processEvents()
    assert desk.keeping.settings.language == "en" and window.windowTitle() == "Nunchi Settings"
    assert window.section == "general" and window.page("general").title == "General"
    window.page("general").findChildren(Segments)[1].buttons["dark"].click()
    assert desk.keeping.settings.theme == "dark" and window.colours.card == "#22242a"


def test_starting_at_login_is_the_systems_truth(desk: object, opened: Callable) -> None:
    page = opened("general").page("general")
    row = next(row for row in page.rows if row.title == "로그인할 때 시작")
    row.control.click()
    assert desk.item.started and row.control.isChecked()
    row.control.click()
    assert desk.item.started is None
    desk.item.fails = DeviceFailed("login_item_failed", reason="읽기 전용")
    row.control.click()
    assert not row.control.isChecked() and "읽기 전용" in row.remark.said


# Keys


@pytest.fixture
def keys_page(opened: Callable) -> object:
    return opened("keys").page("keys")


def test_a_key_is_bound_by_pressing_it_on_a_korean_layout(
    desk: object, keys_page: object, until: Callable
) -> None:
    field = keys_page.fields["window"]
    field.click()
    assert field.is_waiting
    press(field, 24, 0x3142, ctrl_alt())  # the place of Q, which types ㅂ
    until(lambda: desk.keeping.settings.keys["window"] == "Ctrl+Alt+Q", "the new key")
    assert str(desk.keys.backend.bound["window"]) == "Ctrl+Alt+Q" and not field.is_waiting
    assert field.accessibleName() == "창에 대해 묻기: Ctrl+Alt+Q" and keys_page.reset.isEnabled()


def test_a_key_of_another_program_is_said_and_the_old_one_stays(
    desk: object, keys_page: object, until: Callable
) -> None:
    desk.keys.backend.taken = {"Ctrl+Alt+Q"}
    keys_page.fields["window"].click()
    press(keys_page.fields["window"], 24, 0x51, ctrl_alt())
    until(lambda: "다른 프로그램" in keys_page._rows["window"].remark.said, "the conflict")
    assert (
        desk.keeping.settings.keys["window"] == "Ctrl+Alt+W"
        and str(desk.keys.backend.bound["window"]) == "Ctrl+Alt+W"
    )
    assert str(keys_page.fields["window"].chord) == "Ctrl+Alt+W"


def test_our_own_key_reaches_the_field_although_the_system_gives_it_to_us(
    desk: object, keys_page: object, until: Callable
) -> None:
    field = keys_page.fields["window"]
    field.click()
    desk.keys.backend.press("Ctrl+Alt+N")
    until(lambda: "‘화면에 대해 묻기’" in keys_page._rows["window"].remark.said, "the conflict")
    assert not desk.pressed and not field.is_waiting
    desk.keys.backend.press("Ctrl+Alt+N")
    assert desk.pressed == ["screen"]


@pytest.mark.parametrize(
    ("code", "key", "held", "words"), [(57, 0x4E, False, "함께 누르세요"), (210, 0x0, True, "쓸 수 없어요")]
)
def test_what_cannot_be_a_key_is_said(keys_page: object, code: int, key: int, held: bool, words: str) -> None:
    from PySide6.QtCore import Qt

    field = keys_page.fields["stop"]
    field.click()
    press(field, code, key, ctrl_alt() if held else Qt.KeyboardModifier.NoModifier)
    assert words in keys_page._rows["stop"].remark.said and not field.is_waiting


def test_a_known_meaning_is_told_but_allowed(desk: object, keys_page: object, until: Callable) -> None:
    from PySide6.QtCore import Qt

    keys_page.fields["stop"].click()
    press(keys_page.fields["stop"], 65, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)
    until(lambda: desk.keeping.settings.keys["stop"] == "Ctrl+Space", "the key")
    assert "자동 완성" in keys_page._rows["stop"].remark.said


def test_escape_leaves_backspace_clears_and_reset_restores(
    desk: object, keys_page: object, until: Callable
) -> None:
    from PySide6.QtCore import Qt

    field = keys_page.fields["again"]
    field.click()
    press(field, 9, Qt.Key.Key_Escape)
    assert not field.is_waiting and desk.keeping.settings.keys == KEYS
    field.click()
    press(field, 22, Qt.Key.Key_Backspace)
    assert desk.keeping.settings.keys["again"] == "" and "again" not in desk.keys.backend.bound
    assert field.accessibleName().endswith(": 없음")
    keys_page.reset.click()
    until(lambda: desk.keeping.settings.keys == KEYS, "the first keys")
    assert str(desk.keys.backend.bound["again"]) == "Ctrl+Alt+A" and not keys_page.reset.isEnabled()


def test_without_global_keys_the_page_says_what_to_do(desk: object, opened: Callable) -> None:
    desk.keys.backend, desk.keys.failure = None, DeviceFailed("hotkeys_unavailable", tried=[])
    assert "nunchi trigger" in opened("keys").page("keys")._foot()


# Privacy


def test_excluded_programs_are_added_removed_and_restored(desk: object, opened: Callable) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    page = opened("privacy").page("privacy")
    page.rows[0].control.click()
    editor = page.programs
    assert editor.isVisible()
    editor.field.setText("내 가계부")
    QTest.keyClick(editor.field, Qt.Key.Key_Return)
    assert desk.keeping.settings.programs_added == ("내 가계부",) and editor.field.text() == ""
    editor.field.setText("keepass")
    editor.add_button.click()
    assert editor.list.currentItem().text() == "KeePass" and len(editor.entries) == len(PROGRAMS) + 1
    QTest.keyClick(editor.list, Qt.Key.Key_Delete)
    assert desk.keeping.settings.programs_removed == ("KeePass",)
    assert not desk.keeping.settings.exclusions.is_excluded("x", "keepass.exe")
    editor.restore_button.click()
    assert desk.keeping.settings.programs == PROGRAMS and editor.entries == list(PROGRAMS)


def test_masks_and_history(desk: object, opened: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    page = opened("privacy").page("privacy")
    controls = {row.title: row.control for row in page.rows}
    controls["남기기 전에 민감한 번호 가리기"].click()
    assert not desk.keeping.settings.mask_numbers and not controls["전화번호도 가리기"].isEnabled()
    days = controls["남겨 두는 동안"]
    assert not days.isEnabled()
    controls["답을 기록으로 남기기"].click()
    days.setCurrentIndex(2)
    days.activated.emit(2)
    assert desk.keeping.settings.history and desk.keeping.settings.history_days == 30
    controls["남아 있는 기록"].click()
    assert desk.shown == ["history"]
    monkeypatch.setattr("desktop.settings_window.privacy.confirmed", lambda *_a, **_k: True)
    page.delete_all.click()
    assert page._delete_row.remark.said == "기록 0개를 지웠어요"


# Models


def test_another_model_is_used_and_one_in_use_is_deleted(
    desk: object, opened: Callable, until: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop.overlay.parts import IconButton

    monkeypatch.setattr("desktop.settings_window.models.confirmed", lambda *_a, **_k: True)
    page = opened("models").page("models")
    by_name = {
        button.accessibleName(): button for button in page.findChildren(object) if hasattr(button, "click")
    }
    by_name["qwen3-vl-2b: 이것으로 쓰기"].click()
    assert desk.keeping.settings.vision_model == "qwen3-vl-2b"
    trash = until(
        lambda: next((one for one in page.findChildren(IconButton) if one.isVisible()), None), "the row"
    )
    assert trash.accessibleName() == "qwen3-vl-2b 지우기"
    trash.click()
    until(
        lambda: desk.shelf.removed == ["qwen3-vl-2b"] and desk.keeping.settings.vision_model == "",
        "the end of it",
    )


def test_a_device_that_is_made_ready_is_told_beside_the_choice(desk: object, opened: Callable) -> None:
    from models.engine_process.progress import Progress

    page = opened("models").page("models")
    row = next(row for row in page.rows if row.title == "실행하는 장치")
    note = row.remark.said
    desk.trying.show(Progress("NPU", 2, 5, None))
    assert row.remark.said == f"NPU 준비 중 · 2/5\n{note}" == row.control.accessibleDescription()
    desk.trying.show(None)
    assert row.remark.said == note


def test_the_time_for_seeing_is_chosen_and_told_in_tokens_and_seconds(
    desk: object, opened: Callable, until: Callable
) -> None:
    page = opened("models").page("models")
    row = next(row for row in page.rows if row.title == "화면을 보는 시간")
    until(lambda: "배운 크기로만" in row.remark.said, "that nunchi-mini knows one size")
    desk.keeping.change(vision_model="qwen3-vl-2b")
    buttons = row.control.buttons
    assert buttons[1.5].isChecked() and buttons[0.7].accessibleName() == "화면을 보는 시간: 빠르게"
    buttons[0.7].click()
    until(lambda: "그림 토큰 280개 · 이 컴퓨터에서 약 0.7초" in row.remark.said, "the budget")
    assert desk.keeping.settings.look_seconds == 0.7
    assert row.control.accessibleDescription() == row.remark.said
    buttons[4.0].click()
    until(lambda: "그림 토큰 1600개 · 걸리는 시간은" in row.remark.said, "what nobody has measured")


def test_a_download_moves_pauses_goes_on_and_arrives(desk: object, opened: Callable, until: Callable) -> None:
    page = opened("models").page("models")
    row = until(lambda: page.rows_offered.get("whisper-small"), "the offers")
    row.get.click()
    until(lambda: "250 MB / 500 MB" in page.rows_offered["whisper-small"].told.said, "progress")
    until(
        lambda: page.rows_offered["whisper-small"].stop.isVisible() and desk.downloads.running, "the new row"
    )
    row = page.rows_offered["whisper-small"]
    assert "25초 남음" in row.told.said and row.bar.value() == 500 and not row.get.isVisible()
    row.stop.click()
    until(
        lambda: not desk.downloads.running and page.rows_offered["whisper-small"].get.isVisible(), "the pause"
    )
    assert page.rows_offered["whisper-small"].get.text() == "이어 받기"
    desk.shelf.gate.set()
    page.rows_offered["whisper-small"].get.click()
    until(lambda: "whisper-small" in [one.name for one in desk.shelf.installed()], "the model")
    until(lambda: "whisper-small" not in page.rows_offered, "the new list")
    assert desk.shelf.pulled == ["whisper-small"] * 2


def test_cancelling_gives_the_room_back_and_a_failure_is_said(
    desk: object, opened: Callable, until: Callable
) -> None:
    page = opened("models").page("models")
    until(lambda: "whisper-small" in page.rows_offered, "the offers")
    page.rows_offered["whisper-small"].get.click()
    until(
        lambda: desk.downloads.running and page.rows_offered["whisper-small"].drop.isVisible(), "the download"
    )
    page.rows_offered["whisper-small"].drop.click()
    until(lambda: desk.shelf.removed == ["whisper-small"] and not desk.downloads.running, "the removal")
    until(lambda: page.rows_offered["whisper-small"].get.isVisible() and not desk.shelf.half, "the button")
    desk.shelf.fails = DeviceFailed("disk_full", folder="/", needed_mb=500, free_mb=3)
    desk.shelf.gate.set()
    page.rows_offered["whisper-small"].get.click()
    until(
        lambda: "500" in page.rows_offered["whisper-small"].told.said and not desk.downloads.running,
        "the message",
    )


def test_terms_are_shown_first_and_no_means_no(
    desk: object, opened: Callable, until: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def no(_parent: object, question: str, *_more: object, more: str, kind: str) -> bool:
        asked.append(question + more)
        return False

    monkeypatch.setattr("desktop.offer_row.confirmed", no)
    page = opened("models").page("models")
    row = until(lambda: page.rows_offered.get("internvl3-1b"), "the offers")
    row.get.click()
    assert (
        len(asked) == 1 and "InternVL3" in asked[0] and "라이선스" in asked[0] and not desk.downloads.running
    )
    assert not page.rows_offered["qwen3.5-2b"].get.isVisible()
    assert "변환" in page.rows_offered["qwen3.5-2b"].told.said


# Sound


def test_where_only_synthetic_voices_are_known_it_is_said_and_a_whisper_is_one_click_away(
    desk: object, opened: Callable
) -> None:
    desk.shelf.here.append(entry("whisper-synth-ko", "speech", True))
    window = opened("sound")
    row = next(row for row in window.page("sound").rows if row.title == "말 알아듣기")
    assert "합성 음성만" in row.note
    row.control.click()
    assert desk.shown == ["settings:models"]
    models = [row for row in window.page("models").rows if "합성 음성만" in row.remark.said]
    assert len(models) == 1
    desk.shelf.here.append(entry("whisper-small", "speech"))
    assert desk.shelf.only_synthetic("") and not desk.shelf.only_synthetic("whisper-small")


def test_the_microphone_is_open_while_it_is_tried_only(
    desk: object, opened: Callable, until: Callable
) -> None:
    window = opened("sound")
    page = window.page("sound")
    until(lambda: page.microphone.count() == 3, "the microphones")
    page.microphone.setCurrentIndex(2)
    page.microphone.activated.emit(2)
    assert desk.keeping.settings.microphone == "USB 마이크" and not desk.devices.opened
    page.test.button.click()
    until(lambda: page.test.is_open, "the microphone")
    assert desk.devices.opened == ["USB 마이크"] and page.test.button.text() == "멈추기"
    desk.devices.level(0.6)
    until(lambda: page.test.meter.level > 0.5, "the level")
    assert page.test_row.remark.said == "잘 들려요"
    window.show_section("general")
    assert desk.devices.closed == 1 and not page.test.is_open


def test_a_microphone_that_opens_after_the_window_has_gone_is_closed(
    desk: object, qt: object, until: Callable
) -> None:
    import threading

    from PySide6.QtCore import QEvent

    from desktop.settings_window.window import SettingsWindow

    gate, listen = threading.Event(), desk.devices.listen
    desk.devices.listen = lambda name, level: (gate.wait(20), listen(name, level))[1]
    window = SettingsWindow(desk, "sound")
    window.show()
    window.page("sound").test.begin()
    window.close()
    window.deleteLater()
    qt.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gate.set()
    until(lambda: desk.devices.closed == 1, "the microphone's end")


def test_a_microphone_that_cannot_be_opened_is_said(desk: object, opened: Callable, until: Callable) -> None:
    page = opened("sound").page("sound")
    desk.devices.fails = DeviceFailed("microphone_missing")
    page.test.button.click()
    until(lambda: "마이크" in page.test_row.remark.said and page.test.button.isEnabled(), "the message")
    assert not page.test.is_open


def test_a_device_that_is_gone_keeps_its_place(desk: object, opened: Callable, until: Callable) -> None:
    desk.keeping.change(microphone="회의실 마이크")
    page = opened("sound").page("sound")
    until(lambda: page.microphone.count() == 4, "the microphones")
    assert (
        page.microphone.currentText() == "회의실 마이크 (연결 안 됨)"
        and page.microphone.currentData() == "회의실 마이크"
    )


def test_holding_and_the_camera_are_chosen(desk: object, opened: Callable) -> None:
    page = opened("sound").page("sound")
    row = next(row for row in page.rows if row.title == "단축키를 누르고 있는 동안 계속 듣기")
    assert row.control.isChecked()
    row.control.click()
    assert page.test_row.remark.said == "물을 때와 시험할 때만 마이크가 켜져요"
    next(row for row in page.rows if row.title == "단축키보다 먼저 말해도 듣기").control.click()
    assert desk.keeping.settings.pre_roll and page.test_row.remark.said == "마이크가 계속 켜져 있어요"
    page.camera.setCurrentIndex(1)
    page.camera.activated.emit(1)
    assert not desk.keeping.settings.hold and desk.keeping.settings.camera == "내장 카메라"


def test_the_camera_is_tried_and_closed_again(desk: object, opened: Callable) -> None:
    from tests.fakes import a_frame

    desk.keeping.change(camera="내장 카메라")
    window = opened("sound")
    row = window.page("sound").camera_try
    row.button.click()
    [(name, told)] = desk.devices.looked
    assert name == "내장 카메라" and not row.button.isEnabled() and desk.devices.closed == 0
    told(a_frame(1280, 720))
    assert row.remark.said == "잘 보여요 (1280 × 720)" and desk.devices.closed == 1 and row.button.isEnabled()
    row.button.click()
    window.show_section("general")
    assert desk.devices.closed == 2, "nobody looks any more"
    window.show_section("sound")
    desk.devices.fails = DeviceFailed("camera_missing")
    row.button.click()
    assert "카메라가 없어요" in row.remark.said and row.button.isEnabled()


def test_a_voice_is_heard_when_it_is_switched_on_and_a_missing_one_said(
    desk: object, opened: Callable
) -> None:
    window = opened("sound")
    page = window.page("sound")
    desk.keeping.change(speaker="내장 스피커")
    page.aloud.click()
    assert desk.devices.said == [("앞으로 답을 이렇게 읽어 드릴게요.", "내장 스피커")]
    window.show_section("general")
    assert desk.devices.hushed == 1
    window.show_section("sound")
    page.aloud.click()
    desk.devices.fails = DeviceFailed("voice_missing")
    page.aloud.click()
    assert "목소리가 이 컴퓨터에 없어요" in page.aloud_row.remark.said and desk.keeping.settings.voice_answers


def test_where_no_loudspeaker_can_be_chosen_the_page_says_so(desk: object, opened: Callable) -> None:
    desk.devices.routes = False
    page = opened("sound").page("sound")
    assert not page.speaker.isEnabled() and "시스템이 고른" in page.speaker_row.remark.said


# All of it


def test_reset_brings_everything_back_but_the_first_run(
    desk: object, opened: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.settings_window.advanced.confirmed", lambda *_a, **_k: True)
    desk.keeping.change(theme="dark", history=True, first_run_done=True)
    opened("advanced").page("advanced").reset.click()
    assert desk.keeping.settings == Settings(first_run_done=True)


def test_search_finds_rows_on_every_page(desk: object, opened: Callable) -> None:
    window = opened("general")
    window.search.setText("마이크 시험")
    assert window.section == "sound"
    assert [row.title for row in window.page("sound").rows if row.found] == ["마이크 소리"]
    assert window._buttons["general"]._dim and not window._buttons["sound"]._dim
    window.search.setText("")
    assert not any(row.found for row in window.page("sound").rows) and not window._buttons["general"]._dim


def test_the_wheel_never_changes_a_choice(desk: object, opened: Callable) -> None:
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    from desktop.controls.buttons import Choice

    choice = opened("general").page("general").findChildren(Choice)[0]
    spot = QPointF(5, 5)
    turn = QWheelEvent(
        spot, spot, QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(choice, turn)
    assert desk.keeping.settings.text_size == 100 and choice.currentData() == 100


def test_a_folder_is_told_from_home():
    from desktop.settings_window.advanced import told

    assert told(Path.home() / "a" / "b") == str(Path("~") / "a" / "b")
    assert told(Path.home().parent / "elsewhere") == str(Path.home().parent / "elsewhere")
