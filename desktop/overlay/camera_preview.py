# ruff: noqa: TID253 - loaded when a camera is wanted only
"""What the camera sees, as in a mirror, until a picture is taken. While it shows the camera is open, and only then."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QCursor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from assistant.errors import DeviceFailed, NunchiError
from assistant.frames import Frame
from assistant.messages import message
from desktop import camera, look_and_feel
from desktop.camera import CameraFeed, Source
from desktop.overlay.parts import IconButton, OneLine, StateDot, Words
from desktop.overlay.surface import Surface
from desktop.words import shown

WIDTH = 480
TALLEST = 400
BESIDE, ABOVE = 64, 150
"""logical pixels that the card and the margin of the screen take beside and above the picture"""
SHOWN_MS = 40
"""between two pictures that are drawn: turning one into pixels takes some milliseconds"""


class Mirror(QWidget):
    """The picture, mirrored as people expect to see themselves; what is taken of it is not."""

    clicked = Signal()

    def __init__(self, colours: look_and_feel.Palette) -> None:
        super().__init__()
        self._colours = colours
        self._image: QImage | None = None
        self.text = ""
        """instead of a picture: what is under way, or what went wrong"""
        self.fit(WIDTH + BESIDE, TALLEST + ABOVE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def has_picture(self) -> bool:
        return self._image is not None

    def fit(self, wide: int, high: int) -> None:
        """Not larger than a screen of that size has room for."""
        self._wide, self._tallest = min(WIDTH, wide - BESIDE), min(TALLEST, high - ABOVE)
        self.setFixedSize(self._wide, min(self._tallest, round(self._wide * 9 / 16)))

    def show_image(self, image: QImage) -> None:
        self.text = ""
        tall = min(self._tallest, round(self._wide * image.height() / max(1, image.width())))
        if tall != self.height():
            self.setFixedHeight(tall)
        self._image = image
        self.update()

    def say(self, text: str) -> None:
        self.text, self._image = text, None
        self.setAccessibleDescription(text)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        area = QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.save()
        painter.setClipPath(look_and_feel.rounded(area.adjusted(0.5, 0.5, -0.5, -0.5), 12))
        painter.fillRect(area, QColor("#101218" if self._image else self._colours.raised))
        if self._image is not None:
            self._paint_image(painter, area)
        painter.restore()
        painter.setPen(QColor(self._colours.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        if self.text:
            painter.setFont(look_and_feel.font(15))
            painter.setPen(QColor(self._colours.quiet))
            painter.drawText(
                area.adjusted(32, 16, -32, -16),
                Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap,
                self.text,
            )
        painter.end()

    def _paint_image(self, painter: QPainter, area: QRectF) -> None:
        ratio = self.devicePixelRatioF()
        wanted = QSize(round(area.width() * ratio), round(area.height() * ratio))
        small = self._image.scaled(
            wanted, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        size = QRectF(0, 0, small.width() / ratio, small.height() / ratio)
        size.moveCenter(area.center())
        painter.translate(area.width(), 0)
        painter.scale(-1, 1)
        painter.drawImage(size, small)


class CameraPreview(Surface):
    """`taken` has the frame, and the camera is closed by then; `left`: the person went away; `failed` has an error."""

    taken = Signal(object)
    left = Signal()
    failed = Signal(object)

    def __init__(
        self,
        language: str = "ko",
        composited: bool | None = None,
        sources: Callable[[], list[Source]] = camera.sources,
    ) -> None:
        super().__init__(takes_focus=True, composited=composited)
        self._language, self._sources_now = language, sources
        self._sources: list[Source] = []
        self._place = 0
        self.feed: CameraFeed | None = None
        self.setWindowTitle(self._word("camera-open"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._draw = QTimer(self, interval=SHOWN_MS, singleShot=True)
        self._draw.timeout.connect(self._show_latest)
        self._build()
        self._lay_out()
        self.mirror.clicked.connect(self.take)
        self.shutter.clicked.connect(self.take)
        self.before.clicked.connect(lambda: self.switch(-1))
        self.after.clicked.connect(lambda: self.switch(1))
        self.close_button.clicked.connect(self.leave)

    @property
    def camera_name(self) -> str:
        return self._sources[self._place].name if self._sources else ""

    def open(self, name: str = "", pointer: QPoint | None = None) -> None:
        """Ask for permission where that is needed, show, and open the camera called `name`, or the first one."""

        def allowed(yes: bool) -> None:
            if not yes:
                self.failed.emit(DeviceFailed("camera_denied"))
                return
            self._sources = self._sources_now()
            try:
                self._place = camera.chosen(self._sources, name)
            except DeviceFailed as missing:
                self.failed.emit(missing)
                return
            self.mirror.say(self._word("camera_opening"))
            screen = QGuiApplication.screenAt(pointer or QCursor.pos()) or QGuiApplication.primaryScreen()
            self.mirror.fit(*screen.availableSize().toTuple())
            self._fit()
            self.put(pointer)
            self.show()
            self.raise_()
            self.activateWindow()
            self.setFocus()
            self._open_feed()

        camera.when_allowed(allowed, self)

    def take(self) -> None:
        """The picture that is seen now becomes the frame. Nothing happens before there is one."""
        if self.feed is None or not self.feed.pictures:
            return
        frame: Frame = self.feed.frame()
        self.shut()
        self.taken.emit(frame)

    def switch(self, step: int) -> None:
        """To the next camera, or the one before."""
        if len(self._sources) > 1:
            self._place = (self._place + step) % len(self._sources)
            self._close_feed()
            self.mirror.say(self._word("camera_opening"))
            self._open_feed()

    def leave(self) -> None:
        self.shut()
        self.left.emit()

    def shut(self) -> None:
        """Close the camera and hide."""
        self._close_feed()
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.switch(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            button.click() if isinstance(button, IconButton) else self.take()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: object) -> None:
        """However it came to be hidden: no camera stays open that nobody sees."""
        self._close_feed()
        super().hideEvent(event)

    def _open_feed(self) -> None:
        self._name.setText(self.camera_name)
        self.mirror.setAccessibleName(f"{self._word('camera_preview')}: {self.camera_name}")
        several = len(self._sources) > 1
        for button in (self.before, self.after):
            button.setVisible(several)
        self._hint.setText(self._word("camera_keys_several" if several else "camera_keys"))
        self.shutter.setEnabled(False)
        self._state.setText(self._word("camera-open"))
        try:
            self.feed = CameraFeed(self._sources[self._place], self)
        except NunchiError as error:
            self._fail(error)
            return
        self.feed.came.connect(self._came)
        self.feed.failed.connect(self._fail)
        self._dot.tell(self.colours.warm, True)

    def _close_feed(self) -> None:
        self._draw.stop()
        feed, self.feed = self.feed, None
        if feed is not None:
            feed.close()
            feed.deleteLater()

    def _came(self) -> None:
        self.shutter.setEnabled(True)
        if not self._draw.isActive():
            self._draw.start(0 if not self.mirror.has_picture else SHOWN_MS)

    def _show_latest(self) -> None:
        image = self.feed.image() if self.feed is not None else None
        if image is not None and not image.isNull():
            before = self.mirror.height()
            self.mirror.show_image(image)
            if self.mirror.height() != before:
                self._fit()

    def _fail(self, error: NunchiError) -> None:
        """Where there is another camera it can still be chosen; else the failure is told as any other is."""
        self._close_feed()
        self._dot.tell(self.colours.alarm, False)
        self._state.setText(self._word("problem"))
        if len(self._sources) > 1:
            self.shutter.setEnabled(False)
            self.mirror.say(message(error.code, self._language, **error.values))
        else:
            self.hide()
            self.failed.emit(error)

    def _fit(self) -> None:
        self.layout().activate()
        self.setFixedSize(self.layout().sizeHint())
        if self.isVisible():
            self.keep_on_screen()

    def _word(self, key: str) -> str:
        return shown(key, self._language)

    def _build(self) -> None:
        colours = self.colours
        self._dot = StateDot()
        self._state = Words(13, colours.quiet)
        self._state.setText(self._word("camera-open"))
        self.close_button = IconButton("close", self._word("close"), colours)
        self.mirror = Mirror(colours)
        self._name = OneLine(14, colours.text)
        self._hint = OneLine(12.5, colours.quiet)
        self.before = IconButton("chevron-left", self._word("camera_before"), colours)
        self.after = IconButton("chevron-right", self._word("camera_after"), colours)
        self.shutter = IconButton("camera", self._word("camera_take"), colours, filled=True)

    def _lay_out(self) -> None:
        top, foot, words = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        top.setSpacing(9)
        for part in (self._dot, self._state):
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(self.close_button)
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._hint)
        foot.setSpacing(4)
        foot.addLayout(words, 1)
        for part in (self.before, self.after, self.shutter):
            foot.addWidget(part)
        foot.insertSpacing(3, 6)
        whole, edge = QVBoxLayout(self), self.shadow
        whole.setContentsMargins(edge + 16, edge + 12, edge + 16, edge + 14)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addWidget(self.mirror)
        whole.addLayout(foot)
        for one, other in ((self.mirror, self.before), (self.before, self.after), (self.after, self.shutter)):
            QWidget.setTabOrder(one, other)
        QWidget.setTabOrder(self.shutter, self.close_button)
