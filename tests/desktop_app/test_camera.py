"""The camera from the key to the question, with picture files in its place; they go the way of a camera's pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from assistant.errors import DeviceFailed
from assistant.frames import Box
from desktop.notices import State
from tests.desktop_app.test_app import Person
from tests.fakes import a_screen

KEY, SCREEN = "Ctrl+Alt+C", "Ctrl+Alt+N"
WIDE, TALL = (320, 180), (90, 160)


def picture(path: Path, size: tuple[int, int]) -> Path:
    """Red at the left, blue at the right."""
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    pixels[:, : size[0] // 2, 0] = pixels[:, size[0] // 2 :, 2] = 250
    Image.fromarray(pixels).save(path)
    return path


@pytest.fixture
def cameras(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two of them."""
    paths = [picture(tmp_path / "내장 카메라.png", WIDE), picture(tmp_path / "USB 카메라.png", TALL)]
    monkeypatch.setenv("NUNCHI_CAMERA", ":".join(map(str, paths)))
    return paths


@pytest.fixture
def preview(qt: object, cameras: list[Path], until: Callable) -> Iterator[SimpleNamespace]:
    from desktop.overlay.camera_preview import CameraPreview

    window = CameraPreview("ko", composited=True)
    told = SimpleNamespace(window=window, taken=[], failed=[], left=[])
    window.taken.connect(told.taken.append)
    window.failed.connect(told.failed.append)
    window.left.connect(lambda: told.left.append(True))
    yield told
    window.shut()
    window.deleteLater()


def key(window: object, name: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    QTest.keyClick(window, getattr(Qt.Key, f"Key_{name}"))


def test_the_picture_is_seen_mirrored_and_taken_true(preview: SimpleNamespace, until: Callable) -> None:
    window = preview.window
    window.open()
    until(lambda: window.mirror.has_picture, "a picture")
    seen = window.mirror.grab().toImage()
    ratio = seen.width() / window.mirror.width()
    left = seen.pixelColor(round(40 * ratio), seen.height() // 2)
    assert left.blue() > 200 > left.red()
    key(window, "Return")
    [frame] = preview.taken
    assert (frame.width, frame.height, frame.source, frame.title) == (*WIDE, "camera", "내장 카메라")
    assert tuple(frame.image[90, 20]) == (250, 0, 0) and tuple(frame.image[90, 300]) == (0, 0, 250)
    assert window.feed is None and not window.isVisible()


@pytest.mark.parametrize("way", ["Return", "Space", "click", "button"])
def test_ways_to_take_it(preview: SimpleNamespace, until: Callable, way: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    window = preview.window
    window.open()
    key(window, "Return")
    assert preview.taken == [], "there is no picture yet"
    until(window.shutter.isEnabled, "a picture")
    if way == "click":
        QTest.mouseClick(window.mirror, Qt.MouseButton.LeftButton)
    elif way == "button":
        window.shutter.click()
    else:
        key(window, way)
    assert len(preview.taken) == 1


def test_cameras_change_with_the_arrows_and_by_name(preview: SimpleNamespace, until: Callable) -> None:
    window = preview.window
    window.open("USB 카메라")
    assert window.camera_name == "USB 카메라"
    until(lambda: window.mirror.has_picture, "a picture")
    assert window.mirror.height() > window.mirror.width() / 2, "it is as tall as the picture"
    first = window.feed
    key(window, "Right")
    assert window.camera_name == "내장 카메라" and not first.is_open
    until(lambda: window.mirror.has_picture, "a picture")
    key(window, "Left")
    until(lambda: window.mirror.has_picture, "a picture")
    key(window, "Return")
    assert (preview.taken[0].width, preview.taken[0].height) == TALL


def test_a_name_that_is_not_there_takes_the_first(preview: SimpleNamespace) -> None:
    preview.window.open("어제의 카메라")
    assert preview.window.camera_name == "내장 카메라"


def test_escape_and_hiding_give_the_camera_back(preview: SimpleNamespace, until: Callable) -> None:
    window = preview.window
    for leave in (lambda: key(window, "Escape"), window.hide):
        window.open()
        until(lambda: window.mirror.has_picture, "a picture")
        feed, gone = window.feed, []
        feed.destroyed.connect(lambda *_of, gone=gone: gone.append(True))
        leave()
        assert not feed.is_open and window.feed is None
        until(lambda gone=gone: gone, "the end of the feed")
    assert preview.left == [True]


def test_enter_presses_the_button_that_has_the_focus(preview: SimpleNamespace, until: Callable) -> None:
    window = preview.window
    window.open()
    until(lambda: window.mirror.has_picture, "a picture")
    window.activateWindow()
    window.close_button.setFocus()
    until(lambda: window.focusWidget() is window.close_button, "the focus")
    key(window.close_button, "Return")
    assert preview.left == [True] and preview.taken == []


def test_every_part_has_a_name(preview: SimpleNamespace, until: Callable) -> None:
    window = preview.window
    window.open()
    assert window.mirror.accessibleName() == "카메라 미리 보기: 내장 카메라"
    parts = (window.before, window.after, window.shutter, window.close_button)
    assert len({part.accessibleName() for part in parts} - {""}) == 4
    assert "켜져" in window.windowTitle()


def test_a_picture_that_says_it_is_turned_is_taken_upright(qt: object) -> None:
    from PySide6.QtGui import QImage
    from PySide6.QtMultimedia import QtVideo, QVideoFrame

    from desktop.camera import pixels, upright

    image = QImage(6, 4, QImage.Format.Format_RGB32)
    image.fill(0xFF000000)
    image.setPixel(0, 0, 0xFFFF0000)
    turned = QVideoFrame(image)
    turned.setRotation(QtVideo.Rotation.Clockwise90)
    told = pixels(upright(turned))
    assert told.shape == (6, 4, 3) and tuple(told[0, 3]) == (255, 0, 0)


def test_the_most_pixels_that_still_move_are_chosen() -> None:
    from desktop.camera import best_format

    def one(width: int, height: int, rate: float) -> SimpleNamespace:
        size = SimpleNamespace(width=lambda: width, height=lambda: height)
        return SimpleNamespace(resolution=lambda: size, maxFrameRate=lambda: rate)

    formats = [
        one(640, 480, 30),
        one(3840, 2160, 30),
        one(1920, 1080, 5),
        one(1280, 720, 30),
        one(1280, 720, 60),
    ]
    assert best_format(formats) is formats[4]
    assert best_format([one(3840, 2160, 30)]) is None


@pytest.fixture
def no_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUNCHI_CAMERA", raising=False)


def test_no_camera_is_said(preview: SimpleNamespace, no_stand_in: None) -> None:
    preview.window.open()
    assert [error.code for error in preview.failed] == ["camera_missing"] and not preview.window.isVisible()


def test_no_permission_is_said(preview: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system asks first where it has not yet; then its answer counts."""
    from PySide6.QtCore import QCoreApplication, Qt

    asked: list[object] = []
    statuses = [Qt.PermissionStatus.Denied, Qt.PermissionStatus.Undetermined]
    monkeypatch.setattr(QCoreApplication, "checkPermission", lambda _self, _what: statuses.pop())
    monkeypatch.setattr(
        QCoreApplication, "requestPermission", lambda _self, _what, _for, then: asked.append(then)
    )
    preview.window.open()
    assert preview.failed == [] and not preview.window.isVisible()
    asked[0](SimpleNamespace(status=lambda: Qt.PermissionStatus.Denied))
    preview.window.open()
    assert [error.code for error in preview.failed] == ["camera_denied"] * 2


@pytest.mark.parametrize(
    ("way", "code"), [("busy", "camera_failed"), ("silent", "camera_silent"), ("lost", "camera_lost")]
)
def test_a_camera_that_fails_is_closed_and_said(
    qt: object, until: Callable, monkeypatch: pytest.MonkeyPatch, way: str, code: str
) -> None:
    """A real QCamera of a device that is not there; its errors are told by the test, because none can happen here."""
    from PySide6.QtMultimedia import QCamera, QCameraDevice

    from desktop import camera

    monkeypatch.setattr(camera, "FIRST_PICTURE_MS", 30 if way == "silent" else 60_000)
    feed = camera.CameraFeed(camera.Source("USB 카메라", QCameraDevice()))
    failed: list[DeviceFailed] = []
    feed.failed.connect(failed.append)
    assert feed.is_open
    if way == "busy":
        feed._camera.errorOccurred.emit(QCamera.Error.CameraError, "busy")
    elif way == "lost":
        feed._devices.videoInputsChanged.emit()
    until(lambda: failed, "the failure")
    assert failed[0].code == code and failed[0].values["device"] == "USB 카메라"
    assert not feed.is_open
    feed.deleteLater()


def test_where_another_camera_is_there_the_failure_stays_in_the_window(
    preview: SimpleNamespace, cameras: list[Path], until: Callable
) -> None:
    cameras[0].write_bytes(b"no picture")
    window = preview.window
    window.open()
    assert "내장 카메라" in window.mirror.text and preview.failed == [] and not window.shutter.isEnabled()
    key(window, "Right")
    until(lambda: window.mirror.has_picture, "a picture")
    key(window, "Return")
    assert preview.taken[0].title == "USB 카메라"


@pytest.mark.parametrize("way", ["seen", "broken", "denied", "closed"])
def test_a_glance_gives_one_picture_or_why_there_is_none(
    qt: object, cameras: list[Path], until: Callable, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    from desktop import camera

    told: list = []
    if way == "broken":
        cameras[0].write_bytes(b"no picture")
    if way == "denied":
        monkeypatch.setattr(camera, "when_allowed", lambda then, _context: then(False))
    glance = camera.CameraGlance("", told.append)
    if way == "closed":
        feed = glance._feed
        glance.close()
        assert not feed.is_open
        glance._tell(DeviceFailed("camera_lost"))
        assert told == []
        return
    until(lambda: told, "the picture")
    assert glance._feed is None and len(told) == 1
    if way == "seen":
        assert (told[0].width, told[0].height) == WIDE
    else:
        assert told[0].code == ("camera_denied" if way == "denied" else "image_format")


# ---- in the app ----------------------------------------------------------------------------------------------------


@pytest.fixture
def person(qt: object, cameras: list[Path], until: Callable, no_threads_left: None) -> Iterator[Person]:
    person = Person(until)
    yield person
    person.app.close()


def opened(person: Person) -> object:
    person.until(
        lambda: person.app.camera.is_open and person.app.camera.preview.mirror.has_picture, "preview"
    )
    return person.app.camera.preview


def test_key_picture_question_answer(person: Person) -> None:
    """The lines it cites are outlined in the card's picture, and nothing on the real screen."""
    person.reader.enqueue(a_screen("유통기한", "2026.12.24"))
    person.model.say("<|n2|>", "까지예요.")
    person.keys.press(KEY)
    opened(person)
    assert person.app.tray._state is State.CAMERA and "카메라가 켜져 있어요" in person.app.tray.tool_tip
    person.keys.press(KEY)  # the second press takes the picture
    person.types("언제까지야?")
    person.sees("2026.12.24까지예요.")
    assert person.app.camera.preview is None and person.screen.received == []
    assert person.model.received[0][0].source == "camera"
    assert person.card.cited == [Box(10, 20, 80, 20)] and person.app.pointing.outlines == []
    assert person.app.tray._state is State.READY


@pytest.mark.parametrize("leave", ["Esc", "stop", "another key"])
def test_leaving_it_closes_the_camera(person: Person, leave: str) -> None:
    person.keys.press(KEY)
    preview = opened(person)
    feed = preview.feed
    if leave == "Esc":
        key(preview, "Escape")
    else:
        person.keys.press("Ctrl+Alt+S" if leave == "stop" else SCREEN)
    person.until(lambda: not person.app.camera.is_open and not feed.is_open, "the end of the camera")
    person.until(lambda: person.app.tray._state is State.READY, "ready")


def test_the_camera_of_the_settings_is_opened(person: Person) -> None:
    person.app.keeping.change(camera="USB 카메라")
    person.app.do("camera")  # from the tray's menu
    assert opened(person).camera_name == "USB 카메라"


def test_no_camera_is_said_in_the_card(person: Person, no_stand_in: None) -> None:
    person.keys.press(KEY)
    person.sees("카메라가 없어요")
    assert person.app.tray._state is State.PROBLEM


def test_a_spoken_question_about_the_camera(
    qt: object, cameras: list[Path], until: Callable, no_threads_left: None
) -> None:
    """The microphone opens when the picture is taken, not while somebody looks for it."""
    from tests.desktop_app.standins import StandInVoice

    person = Person(until, StandInVoice(talks_alone=True))
    person.transcriber.enqueue("이게 뭐야")
    person.model.say("상자예요.")
    person.keys.press(KEY)
    preview = opened(person)
    assert person.voice.presses == 0
    key(preview, "Return")
    person.sees("상자예요.")
    assert person.card.heard_text == "이게 뭐야" and person.voice.presses == 1
    person.app.close()


def test_the_picture_is_no_larger_than_a_small_screen_has_room_for(qt: object) -> None:
    """A monitor of twice the scale may have 480 × 360 logical pixels."""
    from desktop.look_and_feel import palette
    from desktop.overlay.camera_preview import ABOVE, BESIDE, Mirror

    mirror = Mirror(palette())
    assert (mirror.width(), mirror.height()) == (480, 270)
    mirror.fit(480, 360)
    assert mirror.width() == 480 - BESIDE and mirror.height() <= 360 - ABOVE
    mirror.deleteLater()
