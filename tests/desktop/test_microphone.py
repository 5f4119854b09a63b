"""The microphone against a PortAudio that the test drives: opening, endings, and every way of losing the device."""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Event

import numpy as np
import pytest

from assistant.cancelling import in_background
from assistant.endpointing import BLOCK, RATE, Ending, Rules
from assistant.errors import DeviceFailed, Stopped
from assistant.frames import Speech
from desktop import microphone as module
from desktop import sound_devices
from desktop.microphone import SpeechMicrophone, level
from tests.desktop.recorded_audio import FakeAudio, Stream

BUILT_IN, HEADSET = "내장 마이크", "USB 헤드셋"


def loudness() -> Callable[[np.ndarray], float]:
    """The test's voice detector: what is louder than 0.2 is speech."""
    return lambda block: float(np.abs(block).mean() > 0.2)


def speech(seconds: float) -> np.ndarray:
    """Speech whose samples are all different, so that a lost or doubled one shows."""
    count = round(seconds * RATE / BLOCK) * BLOCK
    return np.linspace(0.5, 0.9, count, dtype=np.float32)


def noise(seconds: float) -> np.ndarray:
    return np.full(round(seconds * RATE / BLOCK) * BLOCK, 0.01, np.float32)


@pytest.fixture
def audio() -> FakeAudio:
    return FakeAudio(BUILT_IN, HEADSET, "speaker")


class Background:
    """Work in daemon threads: what never ends holds up no other test."""

    def submit(self, work: Callable[..., Speech], *given: object) -> Future[Speech]:
        return in_background(lambda: work(*given))


@pytest.fixture
def background() -> Background:
    return Background()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No watchdog barks because the test machine is slow."""
    monkeypatch.setattr(module, "NO_BLOCK_SECONDS", 30.0)
    monkeypatch.setattr(module, "FIRST_BLOCK_SECONDS", 30.0)


@pytest.fixture
def short_waits(patient: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The watchdog's patience, made short."""
    waits = {"NO_BLOCK": 0.05, "FIRST_BLOCK": 1.0, "REOPEN": 0.5, "OPEN": 1.0, "CLOSE": 0.1}
    for name, seconds in waits.items():
        monkeypatch.setattr(module, f"{name}_SECONDS", seconds)


def microphone(audio: FakeAudio, rules: Rules | None = None, **how: object) -> SpeechMicrophone:
    return SpeechMicrophone(loudness, rules or Rules(silence_ms=320), audio=audio, **how)


def result(recording: Future[Speech]) -> Speech:
    return recording.result(timeout=5)


def next_stream(audio: FakeAudio) -> Stream:
    return audio.opened.get(timeout=5)


def holds(whole: np.ndarray, part: np.ndarray) -> bool:
    """Whether `part` lies in `whole` in one piece."""
    starts = np.flatnonzero(whole == part[0])
    return any(np.array_equal(whole[at : at + len(part)], part) for at in starts)


def test_one_question(audio: FakeAudio, background: Background) -> None:
    """Opened for the question, 16 kHz mono in blocks of 512, ended by silence, closed again; not a sample missing."""
    mic = microphone(audio)
    recording = background.submit(mic.record)
    stream = next_stream(audio)
    assert {name: stream.asked[name] for name in ("samplerate", "blocksize", "channels", "dtype")} == {
        "samplerate": 16_000, "blocksize": 512, "channels": 1, "dtype": "float32",
    }  # fmt: skip
    said = speech(1)
    stream.hear(np.concatenate([noise(0.5), said, noise(1)]))
    heard = result(recording)
    assert holds(heard.samples, said)
    assert mic.ending is Ending.SILENCE
    assert stream.closed and not mic.is_open


def test_hold_to_talk(audio: FakeAudio, background: Background) -> None:
    """GIVEN the key is held THEN a long pause ends nothing, and all that came before the release is there."""
    mic = microphone(audio, Rules(hold=True))
    mic.press()
    stream = next_stream(audio)
    said = np.concatenate([speech(0.5), noise(2), speech(0.5)])
    stream.hear(said)
    mic.release()  # before `record` has taken a single block
    recording = background.submit(mic.record)
    stream.hear(noise(0.3))
    assert holds(result(recording).samples, said)
    assert mic.ending is Ending.RELEASED


def test_a_key_that_was_only_tapped_leaves_the_end_to_silence(
    audio: FakeAudio, background: Background
) -> None:
    """GIVEN the key is down THEN a pause ends nothing; once it was only a tap, silence does."""
    mic = microphone(audio)
    mic.press(hold=True)
    recording = background.submit(mic.record)
    stream, said = next_stream(audio), speech(0.5)
    stream.hear(np.concatenate([said, noise(3), said]))
    until_heard(mic, 4.0)
    assert mic.ending is None
    mic.tap()
    stream.hear(noise(0.5))
    assert (result(recording).samples > 0.2).sum() == 2 * len(said)
    assert mic.ending is Ending.SILENCE


def test_it_can_be_told_that_the_question_may_be_over(audio: FakeAudio, background: Background) -> None:
    """After a short pause there is all that will be transcribed if nobody speaks on; speaking on changes it."""
    mic = microphone(audio, Rules(silence_ms=2000, pause_ms=256))
    recording = background.submit(mic.record)
    stream = next_stream(audio)
    stream.hear(np.concatenate([speech(0.5), noise(0.3)]))
    until_heard(mic, 0.75)
    first = mic.so_far()
    assert first.paused and abs(first.speech.seconds - 0.5 - 0.256) < 0.05
    stream.hear(noise(0.5))
    until_heard(mic, 0.75)
    assert mic.so_far().last_speech == first.last_speech
    assert np.array_equal(mic.so_far().speech.samples, first.speech.samples)
    stream.hear(speech(0.2))
    until(lambda: mic.so_far().last_speech != first.last_speech)
    stream.hear(noise(2.1))
    assert result(recording).seconds < 2
    assert 0 <= time.perf_counter() - mic.last_speech_at - 2.0 < 1.0


def test_a_press_belongs_to_the_question_that_comes_next(audio: FakeAudio, background: Background) -> None:
    """GIVEN a new press WHEN the question before it is cancelled THEN its end leaves the microphone open."""
    cancel, mic = Event(), microphone(audio)
    first = mic.press()
    old = background.submit(mic.record, cancel)
    stream = next_stream(audio)
    stream.hear(speech(0.5))
    until_heard(mic, 0.4)
    cancel.set()
    mic.press()
    with pytest.raises(Stopped):
        result(old)
    mic.rest(first)
    assert mic.is_open and not stream.closed
    recording = background.submit(mic.record)
    said = speech(0.7) + np.float32(0.05)
    stream.hear(np.concatenate([said, noise(1)]))
    assert holds(result(recording).samples, said) and len(audio.streams) == 1
    assert stream.closed


def test_a_press_that_nobody_records_gives_the_device_back(audio: FakeAudio) -> None:
    mic = microphone(audio)
    press = mic.press()
    mic.rest(press)
    assert next_stream(audio).closed and not mic.is_open


def until_heard(mic: SpeechMicrophone, seconds: float) -> None:
    """Until so much has been listened to (blocks arrive faster than they are judged)."""
    until(lambda: mic._tape.taken * BLOCK >= seconds * RATE and not mic._tape._blocks)


def until(check: Callable[[], object]) -> None:
    end = time.monotonic() + 5
    while not check():
        assert time.monotonic() < end
        threading.Event().wait(0.005)


@pytest.mark.parametrize("early_ms", [32 * n for n in range(20)])
def test_nothing_is_lost_with_pre_roll(audio: FakeAudio, background: Background, early_ms: int) -> None:
    """GIVEN the person began up to 608 ms before the key WHEN pre-roll is on THEN every sample is there."""
    mic = microphone(audio, Rules(silence_ms=320, pre_roll_ms=640), pre_roll_ms=640)
    mic.wait_ready(0)
    stream = next_stream(audio)
    said = speech(1.5)
    early = early_ms * RATE // 1000
    stream.hear(np.concatenate([noise(1), said[:early]]))
    mic.press()
    recording = background.submit(mic.record)
    stream.hear(np.concatenate([said[early:], noise(1)]))
    assert holds(result(recording).samples, said)
    assert mic.is_open, "with pre-roll it stays open"
    mic.close()
    assert stream.closed


def test_the_ring_keeps_only_the_last_moment(audio: FakeAudio, background: Background) -> None:
    """What was said long before the key is not in the question: it is nobody's business."""
    mic = microphone(audio, Rules(hold=True), pre_roll_ms=320)
    mic.wait_ready(0)
    stream = next_stream(audio)
    stream.hear(np.concatenate([speech(2), noise(1)]))
    mic.press()
    mic.release()
    recording = background.submit(mic.record)
    stream.hear(noise(0.3))
    heard = result(recording)
    assert heard.seconds < 0.7
    assert mic.ending is Ending.NOTHING_SAID
    mic.close()


def test_two_questions_with_pre_roll(audio: FakeAudio, background: Background) -> None:
    """The second question holds nothing of the first."""
    mic = microphone(audio, Rules(silence_ms=320), pre_roll_ms=320)
    mic.wait_ready(0)
    stream = next_stream(audio)
    for turn in range(2):
        mic.press()
        recording = background.submit(mic.record)
        said = speech(1) + np.float32(0.001 * turn)
        stream.hear(np.concatenate([said, noise(1)]))
        heard = result(recording).samples
        assert holds(heard, said)
        assert (heard > 0.2).sum() == len(said)
    mic.close()


def test_what_is_said_so_far_can_be_asked_for(audio: FakeAudio, background: Background) -> None:
    levels: queue.SimpleQueue[float] = queue.SimpleQueue()
    mic = microphone(audio, on_level=levels.put)
    assert mic.so_far().speech.seconds == 0
    recording = background.submit(mic.record)
    stream = next_stream(audio)
    stream.hear(speech(0.512))
    for _ in range(16):
        assert levels.get(timeout=5) > 0.8
    assert abs(mic.so_far().speech.seconds - 0.512) < 0.01
    stream.hear(noise(1))
    result(recording)


def test_a_cancelled_run_gives_the_device_back(audio: FakeAudio, background: Background) -> None:
    cancel = Event()
    mic = microphone(audio)
    recording = background.submit(mic.record, cancel)
    stream = next_stream(audio)
    cancel.set()
    with pytest.raises(Stopped):
        result(recording)
    assert stream.closed


def test_a_device_by_name(audio: FakeAudio) -> None:
    mic = microphone(audio, device=HEADSET)
    mic.press()
    assert mic.device_in_use == HEADSET
    assert next_stream(audio).asked["device"] == 1
    mic.close()


def test_a_named_device_that_is_not_there(audio: FakeAudio) -> None:
    """The default one is used, and that is said."""
    told: list[str] = []
    mic = microphone(audio, device="어제의 마이크", on_notice=told.append)
    mic.press()
    assert mic.device_in_use == BUILT_IN
    assert told == ["microphone_replaced"]
    mic.close()


def test_devices_are_listed_default_first_and_without_speakers(audio: FakeAudio) -> None:
    assert [(device.name, device.default) for device in sound_devices.input_devices(audio)] == [
        (BUILT_IN, True), (HEADSET, False),
    ]  # fmt: skip


def test_a_device_plugged_in_since_is_found_on_the_key_press(audio: FakeAudio) -> None:
    """GIVEN PortAudio saw no microphone when it started THEN it is made to look again."""
    audio = FakeAudio("speaker")
    audio.plugged.append(HEADSET)
    mic = microphone(audio)
    mic.press()
    assert mic.device_in_use == HEADSET
    mic.close()


def test_no_microphone_is_said() -> None:
    with pytest.raises(DeviceFailed, match="microphone_missing"):
        microphone(FakeAudio("speaker")).record()


def test_a_microphone_that_will_not_open_is_said(audio: FakeAudio) -> None:
    audio.refuse_start = True
    mic = microphone(audio)
    with pytest.raises(DeviceFailed, match="microphone_failed"):
        mic.record()
    assert not mic.is_open


@pytest.mark.parametrize("way", ["ended", "stuck"])
@pytest.mark.parametrize("point", [0.032 * blocks for blocks in (0, 1, 2, 3, 5, 8, 13, 20, 30, 60)])
def test_unplugged_and_plugged_in_again(
    audio: FakeAudio, background: Background, short_waits: None, way: str, point: float
) -> None:
    """GIVEN the device goes at some point of the question THEN it comes back by name, the earlier words stay."""
    told: list[str] = []
    mic = microphone(audio, device=HEADSET, on_notice=told.append)
    recording = background.submit(mic.record)
    stream = next_stream(audio)
    before, after = speech(point), speech(0.6) + np.float32(0.05)
    stream.hear(before)
    if way == "ended":
        stream.die()
    again = next_stream(audio)
    assert stream.closed
    again.hear(np.concatenate([after, noise(1)]))
    heard = result(recording).samples
    assert holds(heard, after)
    assert point == 0.0 or holds(heard, before)
    assert told == ["microphone_reopened"]
    assert mic.device_in_use == HEADSET


def test_unplugged_for_good_the_default_one_takes_over(
    audio: FakeAudio, background: Background, short_waits: None
) -> None:
    """Indices have moved meanwhile: it is found by name, or else the default is taken."""
    told: list[str] = []
    mic = microphone(audio, device=HEADSET, on_notice=told.append)
    recording = background.submit(mic.record)
    stream = next_stream(audio)
    stream.hear(speech(0.3))
    audio.plugged[:] = ["speaker", BUILT_IN]
    stream.die()
    again = next_stream(audio)
    assert mic.device_in_use in (HEADSET, BUILT_IN)
    again.hear(np.concatenate([speech(0.6), noise(1)]))
    result(recording)
    assert mic.device_in_use == BUILT_IN
    assert sorted(told) == ["microphone_reopened", "microphone_replaced"]


def test_closing_a_lost_device_that_never_returns_holds_up_nothing(
    audio: FakeAudio, background: Background, short_waits: None
) -> None:
    """Seen with PortAudio when PulseAudio was killed: the question goes on, and PortAudio is not ended under it."""
    let_go = Event()
    mic = microphone(audio)
    recording = background.submit(mic.record)
    stream = next_stream(audio)
    stream.stuck = let_go
    refreshed = audio.refreshed
    try:
        before, after = speech(0.3), speech(0.6) + np.float32(0.05)
        stream.hear(before)
        stream.die()
        next_stream(audio).hear(np.concatenate([after, noise(1)]))
        heard = result(recording).samples
        assert holds(heard, before) and holds(heard, after)
        assert audio.refreshed == refreshed
    finally:
        let_go.set()


def test_a_sound_server_that_does_not_answer_is_said(audio: FakeAudio, short_waits: None) -> None:
    """And a stream that opens too late is closed again."""
    let_go, closed = Event(), Event()

    class Late(Stream):
        def start(self) -> None:
            let_go.wait(20)

        def close(self, ignore_errors: bool = True) -> None:
            super().close()
            closed.set()

    audio.InputStream = lambda **asked: Late(audio, **asked)
    mic = microphone(audio)
    with pytest.raises(DeviceFailed, match="microphone_failed"):
        mic.record()
    let_go.set()
    assert closed.wait(5)


def test_lost_and_not_back_in_time(audio: FakeAudio, background: Background, short_waits: None) -> None:
    mic = microphone(audio)
    recording = background.submit(mic.record)
    stream = next_stream(audio)
    stream.hear(speech(0.3))
    audio.plugged[:] = ["speaker"]
    stream.die()
    with pytest.raises(DeviceFailed, match="microphone_lost"):
        result(recording)
    assert not mic.is_open


def test_a_device_that_opens_and_says_nothing_is_lost(
    audio: FakeAudio, background: Background, short_waits: None
) -> None:
    """It is opened again once, not for ever."""
    with pytest.raises(DeviceFailed, match="microphone_lost"):
        result(background.submit(microphone(audio).record))
    assert len(audio.streams) == 2


def test_cancelled_while_lost(audio: FakeAudio, background: Background) -> None:
    """Nobody waits five seconds for a device after stopping."""
    cancel = Event()
    mic = microphone(audio)
    recording = background.submit(mic.record, cancel)
    stream = next_stream(audio)
    audio.plugged[:] = ["speaker"]
    stream.die()
    cancel.set()
    with pytest.raises(Stopped):
        recording.result(timeout=2)


def test_nothing_but_zeros_is_opened_again_and_then_said(audio: FakeAudio, background: Background) -> None:
    """A muted or silently replaced device gives exact zeros, which no real microphone does."""
    mic = microphone(audio)
    recording = background.submit(mic.record)
    zeros = np.zeros(3 * RATE, np.float32)
    next_stream(audio).hear(zeros)
    next_stream(audio).hear(zeros)
    with pytest.raises(DeviceFailed, match="microphone_silent"):
        result(recording)


def test_a_slow_listener_loses_nothing(audio: FakeAudio, background: Background) -> None:
    """GIVEN the voice detector takes its time THEN the release counts where it happened, not where we are."""
    let_go = threading.Event()

    def slow() -> Callable[[np.ndarray], float]:
        let_go.wait(5)
        return loudness()

    mic = SpeechMicrophone(slow, Rules(hold=True), audio=audio)
    recording = background.submit(mic.record)
    stream = next_stream(audio)
    said = speech(1)
    stream.hear(said)
    mic.release()
    stream.hear(noise(0.5))
    let_go.set()
    heard = result(recording).samples
    assert holds(heard, said)
    assert len(heard) < len(said) + 0.3 * RATE


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="PulseAudio is for Linux")
@pytest.mark.parametrize(("set_by_the_person", "used"), [(None, "20"), ("60", "60")])
def test_pulseaudio_is_told_to_be_quick(
    monkeypatch: pytest.MonkeyPatch, set_by_the_person: str | None, used: str
) -> None:
    """Before PortAudio starts; a person's own wish stays."""
    monkeypatch.delenv("PULSE_LATENCY_MSEC", raising=False)
    if set_by_the_person:
        monkeypatch.setenv("PULSE_LATENCY_MSEC", set_by_the_person)
    monkeypatch.setitem(sys.modules, "sounddevice", FakeAudio())
    sound_devices.sounddevice()
    assert os.environ["PULSE_LATENCY_MSEC"] == used
    monkeypatch.delenv("PULSE_LATENCY_MSEC")


def test_a_machine_without_portaudio_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(DeviceFailed, match="microphone_unavailable"):
        SpeechMicrophone(loudness).record()


def test_windows_is_asked_to_convert_the_rate(background: Background) -> None:
    audio = FakeAudio(BUILT_IN, host="Windows WASAPI")
    mic = microphone(audio)
    mic.press()
    assert next_stream(audio).asked["extra_settings"] == ("wasapi", {"auto_convert": True})
    mic.close()


@pytest.mark.parametrize(("amplitude", "expected"), [(0.0, 0.0), (1.0, 1.0), (0.1, 2 / 3), (0.0005, 0.0)])
def test_the_level_meter(amplitude: float, expected: float) -> None:
    assert level(np.full(BLOCK, amplitude, np.float32)) == pytest.approx(expected, abs=1e-6)
