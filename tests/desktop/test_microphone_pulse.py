"""Korean speech of espeak-ng through PulseAudio and PortAudio into the microphone, judged by Silero: the real chain.

`NUNCHI_PRESSES=20` presses as often as the project promises; the default is few, because sound takes its time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import wave
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest

from assistant.cancelling import in_background
from assistant.endpointing import RATE, Ending, Rules
from assistant.errors import DeviceFailed
from assistant.frames import Speech
from desktop.microphone import SpeechMicrophone
from models.runtimes.voice_activity import SileroVoice
from tests.desktop.conftest import Desk, Sound, hear, need, sound_desk, start_sound, until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="PulseAudio is for Linux")
PRESSES = int(os.environ.get("NUNCHI_PRESSES", "3"))
WORDS = ("이 창은 뭐야", "저장 버튼 어디야", "합계가 얼마야", "크게 읽어 줘", "오류가 왜 났어")


@pytest.fixture(scope="module")
def voice() -> SileroVoice:
    pytest.importorskip("onnxruntime")
    return SileroVoice()


class Background:
    """Work in daemon threads: what never ends holds up no other test."""

    def submit(self, work: Callable[[], Speech]) -> Future[Speech]:
        return in_background(work)


@pytest.fixture
def background() -> Background:
    return Background()


def said(folder: Path, words: str) -> tuple[Path, np.ndarray]:
    """A WAV of the words alone, and its samples at 16 kHz."""
    need("espeak-ng")
    path = folder / "question.wav"
    subprocess.run(["espeak-ng", "-v", "ko", "-s", "190", "-w", str(path), words], check=True)
    with wave.open(str(path)) as file:
        rate, raw = file.getframerate(), file.readframes(file.getnframes())
    samples = np.frombuffer(raw, np.int16)
    loud = np.flatnonzero(np.abs(samples) > 1000)
    samples = samples[loud[0] : loud[-1] + 1]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    at = np.arange(0, len(samples) - 1, rate / RATE)
    return path, np.interp(at, np.arange(len(samples)), samples / 32768).astype(np.float32)


def alike(heard: np.ndarray, played: np.ndarray) -> tuple[int, float]:
    """Where `played` begins in `heard`, in samples, and how alike they are there, −1…1."""
    size = 1 << (len(heard) + len(played)).bit_length()
    product = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size)), size)
    start = int(product[: max(1, len(heard) - len(played) + 1)].argmax())
    there = heard[start : start + len(played)]
    played = played[: len(there)]
    return start, float(there @ played / (np.linalg.norm(there) * np.linalg.norm(played) + 1e-9))


def missing_ms(heard: np.ndarray, played: np.ndarray) -> float:
    """How much of the beginning of `played` is not in `heard`: each 20 ms of its first half second is looked for."""
    start, _ = alike(heard, played)
    missing = 0
    for at in range(0, RATE // 2, RATE // 50):
        piece, there = played[at : at + RATE // 50], heard[start + at : start + at + RATE // 50]
        if np.linalg.norm(piece) < 0.2:  # too soft to be compared
            continue
        near = float(there @ piece / (np.linalg.norm(there) * np.linalg.norm(piece) + 1e-9))
        if near > 0.8:
            break
        missing = at + RATE // 50
    return 1000 * missing / RATE


def test_no_speech_is_lost_with_pre_roll(
    sound: Sound, voice: SileroVoice, background: Background, tmp_path: Path
) -> None:
    """GIVEN the person already speaks when the key goes down THEN the recording holds the question from its start."""
    mic = SpeechMicrophone(voice.stream, Rules(silence_ms=300, pre_roll_ms=640), pre_roll_ms=640)
    lost: list[tuple[float, float]] = []
    try:
        for turn in range(PRESSES):
            path, played = said(tmp_path, WORDS[turn % len(WORDS)])
            assert mic.wait_ready()
            early = turn % 10  # blocks of speech before the key
            sound.play(path)
            until(lambda early=early: _loud_blocks(mic) > early, what="the first sound")
            mic.press()
            heard = background.submit(mic.record).result(timeout=15)
            assert mic.ending is Ending.SILENCE
            assert alike(heard.samples, played)[1] > 0.9
            lost.append((turn, missing_ms(heard.samples, played)))
    finally:
        mic.close()
    print(f"lost at the beginning, ms: {lost}")
    assert [ms for _, ms in lost] == [0.0] * PRESSES


def _loud_blocks(mic: SpeechMicrophone) -> int:
    """How many blocks of the ring are louder than nothing."""
    return sum(float(np.abs(block).max()) > 0.02 for block in list(mic._tape._blocks))


def test_without_pre_roll_the_device_opens_quickly(
    sound: Sound, voice: SileroVoice, background: Background, tmp_path: Path
) -> None:
    """GIVEN somebody speaks once the microphone listens THEN all of it is there; opening takes well under a second."""
    path, played = said(tmp_path, WORDS[0])
    mic = SpeechMicrophone(voice.stream, Rules(silence_ms=300))
    recording = background.submit(mic.record)
    assert mic.wait_ready()
    sound.play(path)
    heard = recording.result(timeout=15)
    assert not mic.is_open
    assert alike(heard.samples, played)[1] > 0.9
    assert missing_ms(heard.samples, played) == 0.0
    print(f"first block after {mic.first_block_ms:.0f} ms in {mic.device_in_use}")
    assert mic.first_block_ms < 900


def test_hold_to_talk_ends_with_the_key(
    sound: Sound, voice: SileroVoice, background: Background, tmp_path: Path
) -> None:
    path, played = said(tmp_path, WORDS[1])
    mic = SpeechMicrophone(voice.stream, Rules(hold=True))
    mic.press()
    recording = background.submit(mic.record)
    assert mic.wait_ready()
    sound.play(path)
    until(lambda: alike(mic.so_far().speech.samples, played)[1] > 0.9, what="the whole question")
    mic.release()
    heard = recording.result(timeout=5)
    assert mic.ending is Ending.RELEASED
    assert missing_ms(heard.samples, played) == 0.0


def test_the_sound_server_goes_and_comes_back(
    tmp_path: Path, voice: SileroVoice, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a headset is pulled out and put back while somebody speaks: the question goes on."""
    desk = sound_desk(tmp_path)
    server = start_sound(desk)
    hear(desk, monkeypatch)
    sound = Sound(desk)
    path, played = said(tmp_path, WORDS[2])
    told: list[str] = []
    mic = SpeechMicrophone(voice.stream, Rules(silence_ms=300), on_notice=told.append)
    try:
        recording = background.submit(mic.record)
        assert mic.wait_ready()
        server.stop()
        start_sound(desk)
        until(lambda: told and mic.wait_ready(), what="the microphone to be back")
        sound.play(path)
        heard = recording.result(timeout=15)
        assert told == ["microphone_reopened"]
        assert missing_ms(heard.samples, played) == 0.0
    finally:
        mic.close()
        desk.stop()


def test_the_microphone_is_pulled_out_and_put_back(
    tmp_path: Path, voice: SileroVoice, background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN PulseAudio moves the recording to a device that gives nothing but zeros THEN that is noticed, and it goes on."""
    desk = sound_desk(tmp_path)
    start_sound(desk)
    hear(desk, monkeypatch)
    path, played = said(tmp_path, WORDS[3])
    told: list[str] = []
    mic = SpeechMicrophone(voice.stream, Rules(silence_ms=300), on_notice=told.append)
    try:
        recording = background.submit(mic.record)
        assert mic.wait_ready()
        desk.run("pactl", "load-module", "module-null-sink", "sink_name=silent")
        desk.run("pactl", "set-default-source", "silent.monitor")
        desk.run("pactl", "unload-module", "module-remap-source")
        until(lambda: not _heard_from(desk, "fakemic"), what="PulseAudio to move the recording")
        desk.run("pactl", "load-module", "module-remap-source", "source_name=fakemic", "master=mic.monitor")
        desk.run("pactl", "set-default-source", "fakemic")
        until(lambda: told and mic.wait_ready(), what="the microphone to be back")
        desk.start("parec", "--device=fakemic", "--latency-msec=20", "/dev/null")
        Sound(desk).play(path)
        heard = recording.result(timeout=20)
        assert told[0] == "microphone_reopened" and mic.ending is Ending.SILENCE
        assert alike(heard.samples, played)[1] > 0.9
    finally:
        mic.close()
        desk.stop()


def _heard_from(desk: Desk, source: str) -> bool:
    """Whether anybody records from that source now."""
    listed = desk.run("pactl", "list", "short", "sources")
    numbers = {line.split()[0] for line in listed.splitlines() if line.split()[1] == source}
    streams = desk.run("pactl", "list", "short", "source-outputs")
    return any(line.split()[1] in numbers for line in streams.splitlines())


def test_no_sound_server_is_said(tmp_path: Path, voice: SileroVoice, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = sound_desk(tmp_path)
    hear(desk, monkeypatch)
    with pytest.raises(DeviceFailed, match=r"microphone_(missing|failed)"):
        SpeechMicrophone(voice.stream).record()
