"""The microphone as the settings want it, against a PortAudio that the test drives: opened by a question, or kept open."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.cancelling import in_background
from assistant.endpointing import BLOCK
from desktop.listening import RING_MS, Ears
from desktop.settings import Settings
from tests.desktop.recorded_audio import FakeAudio
from tests.desktop.test_microphone import (
    BUILT_IN,
    HEADSET,
    holds,
    loudness,
    next_stream,
    noise,
    result,
    speech,
)


class Person:
    """Somebody with settings and microphones."""

    def __init__(self) -> None:
        self.settings = Settings()
        self.audio = FakeAudio(BUILT_IN, HEADSET)
        self.levels: list[float] = []
        self.understood = True
        self.ears = Ears(
            self.levels.append, lambda: self.settings, audio=self.audio, understands=lambda: self.understood,
            listen=loudness,
        )  # fmt: skip

    def sets(self, **values: object) -> None:
        self.settings = replace(self.settings, **values)


@pytest.fixture
def person() -> Person:
    return Person()


def test_without_a_speech_model_questions_are_typed(person: Person) -> None:
    person.understood = False
    assert person.ears() is None and not person.ears.stand_by() and person.audio.streams == []


def test_nothing_is_open_before_a_question_and_the_settings_count_at_each(person: Person) -> None:
    person.sets(silence_ms=900)
    microphone = person.ears()
    assert microphone.rules.silence_ms == 900 and person.audio.streams == []
    assert not person.ears.stand_by() and person.audio.streams == []
    person.sets(microphone=HEADSET)
    assert person.ears() is microphone
    microphone.press()
    assert microphone.device_in_use == HEADSET
    microphone.close()


def test_kept_open_a_question_may_begin_before_its_key(person: Person) -> None:
    person.sets(pre_roll=True, silence_ms=320)
    assert person.ears.stand_by()
    stream, said = next_stream(person.audio), speech(1)
    early = RING_MS // 2 * 16 // BLOCK * BLOCK
    stream.hear(np.concatenate([noise(2), said[:early]]))
    microphone = person.ears()
    press = microphone.press()
    recording = in_background(microphone.record)
    stream.hear(np.concatenate([said[early:], noise(1)]))
    assert holds(result(recording).samples, said)
    microphone.rest(press)
    assert microphone.is_open and not stream.closed and len(person.audio.streams) == 1
    person.ears.close()
    assert stream.closed


def test_it_is_given_back_when_it_is_no_longer_wanted(person: Person) -> None:
    person.sets(pre_roll=True)
    assert person.ears.stand_by() and person.ears.stand_by()
    stream = next_stream(person.audio)
    assert len(person.audio.streams) == 1
    person.sets(pre_roll=False)
    assert not person.ears.stand_by() and stream.closed


def test_another_device_takes_over(person: Person) -> None:
    person.sets(pre_roll=True)
    person.ears.stand_by()
    first = next_stream(person.audio)
    person.sets(microphone=HEADSET)
    assert person.ears.stand_by() and first.closed
    assert next_stream(person.audio).asked["device"] == 1
    person.ears.close()


def test_it_is_not_taken_from_somebody_who_speaks(person: Person) -> None:
    person.sets(silence_ms=320)
    microphone = person.ears()
    microphone.press()
    recording = in_background(microphone.record)
    stream, said = next_stream(person.audio), speech(1)
    stream.hear(said[: 10 * BLOCK])
    person.sets(pre_roll=True)
    person.ears.stand_by()
    stream.hear(np.concatenate([said[10 * BLOCK :], noise(1)]))
    assert holds(result(recording).samples, said)
    assert microphone.is_open and microphone._tape.ring_blocks > 0, "from the next question on it stays open"
    person.ears.close()


def test_a_device_that_cannot_be_opened_keeps_nothing_back(person: Person) -> None:
    person.sets(pre_roll=True)
    person.audio.refuse_start = True
    assert not person.ears.stand_by()
    person.audio.refuse_start = False
    assert person.ears.stand_by()
    person.ears.close()


def test_another_microphone_than_the_chosen_one_is_told(person: Person) -> None:
    told: list[str] = []
    person.ears.told = told.append
    person.sets(microphone="어제의 마이크")
    microphone = person.ears()
    microphone.press()
    assert microphone.device_in_use == BUILT_IN and told == ["microphone_replaced"]
    microphone.close()
