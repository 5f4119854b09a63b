# ruff: noqa: TID253 - loaded when a camera is wanted only
"""The cameras of this machine by name, and one that is open: its pictures, full size and upright, until it is closed.

`NUNCHI_CAMERA` names picture files that stand in for cameras; they go through the same session and sink as a camera.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import (
    QCameraPermission,
    QCoreApplication,
    QEvent,
    QEventLoop,
    QObject,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QImage, QTransform
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
    QVideoFrameInput,
    QVideoSink,
)

from assistant.errors import DeviceFailed, NunchiError
from assistant.frames import Frame
from assistant.images import open_image

STAND_IN = "NUNCHI_CAMERA"
FIRST_PICTURE_MS = 5_000
SETTLE_MS = 700
"""after the first picture, until a camera has found its brightness"""
STAND_IN_MS = 66
MOST_PIXELS = 1920 * 1080
"""small print wants many; beyond this a preview stutters on laptops"""
LEAST_RATE = 14.0


@dataclass(frozen=True)
class Source:
    """A camera, or the picture file that stands in for one."""

    name: str
    device: QCameraDevice | None = None
    path: Path | None = None


def sources() -> list[Source]:
    """The system's own choice first."""
    if named := os.environ.get(STAND_IN):
        return [Source(Path(one).stem, path=Path(one)) for one in named.split(os.pathsep) if one]
    default = QMediaDevices.defaultVideoInput().id()
    devices = sorted(QMediaDevices.videoInputs(), key=lambda device: device.id() != default)
    return [Source(device.description(), device) for device in devices]


def chosen(found: list[Source], name: str) -> int:
    """The place of the camera called `name`, else of the first one. Errors: `DeviceFailed("camera_missing")`."""
    if not found:
        raise DeviceFailed("camera_missing")
    return next((place for place, source in enumerate(found) if source.name == name), 0)


def when_allowed(then: Callable[[bool], None], context: QObject) -> None:
    """Tells `then` whether the camera may be used, after the system has asked the person where it must."""
    permission, application = QCameraPermission(), QCoreApplication.instance()
    status = application.checkPermission(permission)
    if status == Qt.PermissionStatus.Undetermined:
        application.requestPermission(
            permission, context, lambda told: then(told.status() == Qt.PermissionStatus.Granted)
        )
    else:
        then(status == Qt.PermissionStatus.Granted)


class CameraFeed(QObject):
    """Open from the start until `close`, which gives the device back at once. `came`: there is a new picture.

    `failed` has a `DeviceFailed`: camera_failed (busy, or not allowed), camera_silent, camera_lost. It is closed then.
    """

    came = Signal()
    failed = Signal(object)

    def __init__(self, source: Source, parent: QObject | None = None) -> None:
        """Errors: those of `open_image` for a picture that stands in."""
        super().__init__(parent)
        self.source = source
        self.pictures = 0
        self._latest: QVideoFrame | None = None
        self._session = QMediaCaptureSession(self)
        self._sink = QVideoSink(self)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._came, Qt.ConnectionType.QueuedConnection)
        self._silence = QTimer(self, interval=FIRST_PICTURE_MS, singleShot=True)
        self._silence.timeout.connect(lambda: self._fail("camera_silent"))
        self._silence.start()
        self._camera: QCamera | None = None
        self._input: QVideoFrameInput | None = None
        if source.device is not None:
            self._open_camera(source.device)
        else:
            self._open_stand_in(source.path)

    @property
    def is_open(self) -> bool:
        return self._camera is not None or self._input is not None

    def image(self) -> QImage | None:
        """The latest picture, upright and not mirrored; None while there is none."""
        return upright(self._latest) if self._latest is not None else None

    def frame(self) -> Frame:
        """The latest picture in full size. Errors: `DeviceFailed("camera_silent")` while there is none."""
        image = self.image()
        if image is None or image.isNull():
            raise DeviceFailed("camera_silent", device=self.source.name)
        return Frame(pixels(image), source="camera", title=self.source.name)

    def close(self) -> None:
        self._silence.stop()
        self._latest = None
        if self._camera is not None:
            self._camera.stop()
            self._session.setCamera(None)
            self._camera.deleteLater()
        if self._input is not None:
            self._beat.stop()
            self._session.setVideoFrameInput(None)
            self._input.deleteLater()
        self._camera = self._input = None
        self._session.setVideoSink(None)

    def _open_camera(self, device: QCameraDevice) -> None:
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self._look_for_ours)
        self._camera = QCamera(device, self)
        wanted = best_format(device.videoFormats())
        if wanted is not None:
            self._camera.setCameraFormat(wanted)
        self._camera.errorOccurred.connect(lambda _kind, text: self._fail("camera_failed", reason=text))
        self._session.setCamera(self._camera)
        self._camera.start()

    def _open_stand_in(self, path: Path) -> None:
        frame = open_image(path)
        image = QImage(
            frame.image.data, frame.width, frame.height, 3 * frame.width, QImage.Format.Format_RGB888
        ).convertToFormat(QImage.Format.Format_RGB32)
        self._input = QVideoFrameInput(self)
        self._session.setVideoFrameInput(self._input)
        self._beat = QTimer(self, interval=STAND_IN_MS)
        self._beat.timeout.connect(lambda: self._input.sendVideoFrame(QVideoFrame(image)))
        self._beat.start()

    def _came(self) -> None:
        if self.is_open and self._sink.videoFrame().isValid():
            self._silence.stop()
            self._latest = self._sink.videoFrame()
            self.pictures += 1
            self.came.emit()

    def _look_for_ours(self) -> None:
        ours = self.source.device.id()
        if self.is_open and all(device.id() != ours for device in QMediaDevices.videoInputs()):
            self._fail("camera_lost")

    def _fail(self, code: str, **values: object) -> None:
        if self.is_open:
            self.close()
            self.failed.emit(DeviceFailed(code, device=self.source.name, **values))


def best_format(formats: list[QCameraFormat]) -> QCameraFormat | None:
    """The most pixels up to full HD at a rate that is no slide show; None: leave it to the camera."""
    fitting = [
        one
        for one in formats
        if one.resolution().width() * one.resolution().height() <= MOST_PIXELS
        and one.maxFrameRate() >= LEAST_RATE
    ]
    return max(
        fitting,
        key=lambda one: (one.resolution().width() * one.resolution().height(), one.maxFrameRate()),
        default=None,
    )


def upright(picture: QVideoFrame) -> QImage:
    """Qt turns what the sensor turned by itself, but not what the picture says of itself."""
    image = picture.toImage()
    turned = picture.rotation().value
    return image.transformed(QTransform().rotate(turned)) if turned else image


def pixels(image: QImage) -> np.ndarray:
    """(height, width, 3) uint8 RGB."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    whole = rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3)
    return np.ascontiguousarray(whole).copy()


class CameraGlance(QObject):
    """One picture of the camera called `name`, as soon as it is there; `told` gets it, or why there is none."""

    def __init__(self, name: str, told: Callable[[Frame | NunchiError], None], settle_ms: int = 0) -> None:
        """Errors: `DeviceFailed("camera_missing")`."""
        found = sources()
        source = found[chosen(found, name)]
        super().__init__(QCoreApplication.instance())  # Qt's to delete: never in the middle of its feed's end
        self._source, self._told = source, told
        self._feed: CameraFeed | None = None
        self._closed = False
        self._settled = QTimer(self, interval=settle_ms, singleShot=True)
        self._settled.timeout.connect(self._take)
        when_allowed(self._open, self)

    def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        self._settled.stop()
        feed, self._feed = self._feed, None
        if feed is not None:
            feed.close()
        self.deleteLater()

    def _open(self, allowed: bool) -> None:
        if self._closed:
            return
        if not allowed:
            QTimer.singleShot(0, self, lambda: self._tell(DeviceFailed("camera_denied")))
            return
        try:
            self._feed = CameraFeed(self._source, self)
        except NunchiError as error:
            failure = error
            QTimer.singleShot(0, self, lambda: self._tell(failure))
            return
        self._feed.came.connect(self._came)
        self._feed.failed.connect(self._tell)

    def _came(self) -> None:
        if self._feed is not None and self._feed.pictures == 1:
            self._settled.start()

    def _take(self) -> None:
        if self._feed is not None:
            self._tell(self._feed.frame())

    def _tell(self, result: Frame | NunchiError) -> None:
        if not self._closed:
            self.close()
            self._told(result)


def take_picture(name: str = "") -> Frame:
    """Open the camera called `name`, wait until it has settled, take one picture, close it. Beside no windows.

    Errors: `DeviceFailed` with camera_missing, camera_denied, camera_failed, camera_silent, camera_lost.
    """
    loop, results = QEventLoop(), list[Frame | NunchiError]()
    glance = CameraGlance(name, lambda result: (results.append(result), loop.quit()), SETTLE_MS)
    try:
        loop.exec()
    finally:
        glance.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if isinstance(results[0], NunchiError):
        raise results[0]
    return results[0]
