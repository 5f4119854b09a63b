# ruff: noqa: TID253 - loaded by desktop.settings_window.window only
"""The page «소리·카메라»: which microphone, how it sounds, when a question ends, spoken answers, which camera."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from assistant.errors import DeviceFailed, NunchiError
from assistant.messages import message
from desktop.controls.buttons import Button, Choice, Switch
from desktop.controls.fields import Meter
from desktop.controls.pages import Page, Row
from desktop.controls.text import named
from desktop.settings import SILENCES
from desktop.settings_window.camera import CameraTry
from desktop.threads import door, off_the_windows
from desktop.words import shown

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.devices import Listening
    from desktop.look_and_feel import Palette
    from desktop.speaking_voice import SpeakingVoice

TEST_MS = 15_000
HEARD = 0.35
"""of the meter: speech nearby; a quiet room stays below"""
log = logging.getLogger(__name__)


def page(desk: Desk, colours: Palette) -> Page:
    return SoundPage(desk, colours)


class MicrophoneTest(QWidget):
    """A button and a meter. The microphone is open while the button says so, for a quarter of a minute at most."""

    def __init__(self, desk: Desk, colours: Palette) -> None:
        super().__init__()
        self._desk, self._colours, self._language = desk, colours, desk.language
        self._stream: Listening | None = None
        self.heard = False
        self.meter = named(Meter(colours), shown("microphone_level", self._language))
        self.button = Button(shown("microphone_test", self._language), colours)
        self.button.clicked.connect(self.toggle)
        self.tell: Callable[[str, bool], None] = lambda text, alarm: None
        self._way = door()
        self._end = QTimer(self, interval=TEST_MS, singleShot=True)
        self._end.timeout.connect(self.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        row.addWidget(self.meter)
        row.addWidget(self.button)

    @property
    def is_open(self) -> bool:
        return self._stream is not None

    def toggle(self) -> None:
        if self.is_open:
            self.stop()
        else:
            self.begin()

    def begin(self) -> None:
        self.heard = False
        self.button.setEnabled(False)
        name = self._desk.keeping.settings.microphone
        # told to somebody who stays: a microphone that opens after the window has gone must be closed again
        off_the_windows(
            lambda: self._desk.devices.listen(name, self._tell_level), self._opened, self._desk.downloads
        )

    def stop(self) -> None:
        self._end.stop()
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()
            self.tell(
                shown("microphone_heard" if self.heard else "microphone_unheard", self._language),
                not self.heard,
            )
        self.meter.rest()
        self._word("microphone_test")

    def _opened(self, result: Listening | Exception) -> None:
        if not shiboken6.isValid(self):
            if not isinstance(result, Exception):
                result.close()
            return
        self.button.setEnabled(True)
        if isinstance(result, Exception):
            log.info("the microphone cannot be tried: %s", result)
            known = result if isinstance(result, NunchiError) else NunchiError("internal")
            self.tell(message(known.code, self._language, **known.values), True)
        elif not self.isVisible():
            result.close()
        else:
            self._stream = result
            self._end.start()
            self.tell(shown("microphone_speak", self._language), False)
            self._word("stop")

    def _tell_level(self, level: float) -> None:
        """In the sound library's thread."""
        self._way.tell(lambda: self._hear(level))

    def _hear(self, level: float) -> None:
        if self._stream is None or not shiboken6.isValid(self):
            return
        self.meter.hear(level)
        if level > HEARD and not self.heard:
            self.heard = True
            self.tell(shown("microphone_heard", self._language), False)

    def _word(self, key: str) -> None:
        self.button.setText(shown(key, self._language))
        self.button.setAccessibleName(self.button.text())
        self.button.updateGeometry()

    def hideEvent(self, _event: object) -> None:
        self.stop()


class SoundPage(Page):
    def __init__(self, desk: Desk, colours: Palette) -> None:
        self._desk, self._language = desk, desk.language
        super().__init__(self._word("section_sound"), colours)
        settings, keeping = desk.keeping.settings, desk.keeping
        listening = self.add_group(self._word("listening_group"))
        self.microphone = Choice(
            self._named([], settings.microphone), settings.microphone, colours, width=260
        )
        self.microphone_row = Row(self._word("microphone"), colours, self.microphone)
        listening.add(self.microphone_row)
        if desk.shelf.only_synthetic(settings.speech_model):
            self.get_whisper = Button(self._word("synthetic_get"), colours)
            self.get_whisper.clicked.connect(lambda: desk.show("settings:models"))
            listening.add(
                Row(self._word("synthetic"), colours, self.get_whisper, self._word("synthetic_note"))
            )
        self.test = MicrophoneTest(desk, colours)
        self.test_row = Row(self._word("microphone_level"), colours, self.test, self._microphone_note())
        self.test.tell = lambda text, alarm: self.test_row.remark_on(text, colours.alarm if alarm else "")
        listening.add(self.test_row)
        known = {*SILENCES, settings.silence_ms}
        silence = Choice(
            [(one, shown("seconds", self._language, seconds=one / 1000)) for one in sorted(known)],
            settings.silence_ms,
            colours,
        )
        silence.picked.connect(lambda value: keeping.change(silence_ms=value))
        listening.add(Row(self._word("silence"), colours, silence, self._word("silence_note")))

        hold = Switch(colours)
        hold.setChecked(settings.hold)
        hold.toggled.connect(lambda on: keeping.change(hold=on))
        listening.add(Row(self._word("hold"), colours, hold, self._word("hold_note")))

        before = Switch(colours)
        before.setChecked(settings.pre_roll)
        before.toggled.connect(self._pre_roll_switched)
        listening.add(Row(self._word("pre_roll"), colours, before, self._word("pre_roll_note")))

        speaking = self.add_group(self._word("speaking_group"))
        aloud = Switch(colours)
        aloud.setChecked(settings.voice_answers)
        aloud.toggled.connect(self._aloud_switched)
        self.aloud = aloud
        self.aloud_row = Row(self._word("voice_answers"), colours, aloud, self._word("voice_answers_note"))
        speaking.add(self.aloud_row)
        self.speaker = Choice(self._named([], settings.speaker), settings.speaker, colours, width=260)
        self.speaker_row = Row(self._word("speaker"), colours, self.speaker)
        speaking.add(self.speaker_row)
        self._voice: SpeakingVoice | None = None

        seeing = self.add_group(self._word("camera"), self._word("camera_foot"))
        self.camera = Choice(self._named([], settings.camera), settings.camera, colours, width=260)
        seeing.add(Row(self._word("camera"), colours, self.camera))
        self.camera_try = CameraTry(desk, colours, self._word("camera_try"))
        seeing.add(self.camera_try)
        self.microphone.picked.connect(self._microphone_picked)
        self.speaker.picked.connect(lambda value: keeping.change(speaker=value))
        self.camera.picked.connect(lambda value: keeping.change(camera=value))
        self._asked = False

    def showEvent(self, event: object) -> None:
        """The devices are asked for when somebody looks, not before."""
        super().showEvent(event)
        if self._asked:
            return
        self._asked = True
        off_the_windows(self._desk.devices.microphones, self._microphones_found, self)
        for choice, names, value in (
            (self.speaker, self._desk.devices.speakers, self._desk.keeping.settings.speaker),
            (self.camera, self._desk.devices.cameras, self._desk.keeping.settings.camera),
        ):
            try:
                choice.offer(self._named(names(), value), value)
            except ImportError as missing:
                log.info("no QtMultimedia: %s", missing)
        if not self._desk.devices.speaker_counts():
            self.speaker.setEnabled(False)
            self.speaker_row.remark_on(self._word("speaker_fixed"))

    def hideEvent(self, event: object) -> None:
        self._hush()
        super().hideEvent(event)

    def _aloud_switched(self, on: bool) -> None:
        """What it sounds like is heard at once, and what is missing is said at once."""
        self._desk.keeping.change(voice_answers=on)
        self._hush()
        note, colour = self._word("voice_answers_note"), ""
        if on:
            try:
                self._voice = self._desk.devices.say(
                    shown("voice_sample"), self._desk.keeping.settings.speaker
                )
            except (NunchiError, ImportError) as error:
                known = error if isinstance(error, NunchiError) else DeviceFailed("voice_unavailable")
                note, colour = message(known.code, self._language, **known.values), self.colours.alarm
        self.aloud_row.remark_on(note, colour)

    def _pre_roll_switched(self, on: bool) -> None:
        self._desk.keeping.change(pre_roll=on)
        self.test_row.remark_on(self._microphone_note())

    def _microphone_note(self) -> str:
        return self._word(
            "microphone_note_open" if self._desk.keeping.settings.pre_roll else "microphone_note"
        )

    def _hush(self) -> None:
        voice, self._voice = self._voice, None
        if voice is not None:
            voice.close()
            voice.deleteLater()

    def _microphones_found(self, result: list[str] | Exception) -> None:
        if isinstance(result, Exception):
            known = result if isinstance(result, NunchiError) else NunchiError("internal")
            self.microphone_row.remark_on(
                message(known.code, self._language, **known.values), self.colours.alarm
            )
            return
        value = self._desk.keeping.settings.microphone
        self.microphone.offer(self._named(result, value), value)

    def _microphone_picked(self, value: str) -> None:
        self._desk.keeping.change(microphone=value)
        if self.test.is_open:
            self.test.stop()
            self.test.begin()

    def _named(self, names: list[str], value: str) -> list[tuple[str, str]]:
        """The system's own choice first; a chosen device that is not there now says so."""
        gone = (
            [(value, shown("device_gone", self._language, name=value))]
            if value and value not in names
            else []
        )
        return [("", self._word("device_default")), *((name, name) for name in names), *gone]

    def _word(self, key: str) -> str:
        return shown(key, self._language)
