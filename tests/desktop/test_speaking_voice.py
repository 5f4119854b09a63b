"""A Korean sentence through QtTextToSpeech, speech-dispatcher and espeak-ng into a loudspeaker that is recorded: the real chain."""

from __future__ import annotations

import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from tests.desktop.conftest import Desk, Sound, need, until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="speech-dispatcher is for Linux")
MODULES = (Path("/usr/lib/speech-dispatcher-modules"), Path("/usr/libexec/speech-dispatcher-modules"))
SENTENCE = "오른쪽 아래의 저장 단추를 누르세요."
SPEAK = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop.immortal import keep_constants
from assistant.errors import NunchiError
from desktop.speaking_voice import SpeakingVoice

keep_constants()
application = QApplication([])
sentences, stop_after = sys.argv[2:], int(sys.argv[1])
try:
    voice = SpeakingVoice(names=["speechd"])
except NunchiError as error:
    print(error.code, flush=True)
    raise SystemExit
print(voice._speech.locale().name(), flush=True)
voice.failed.connect(lambda error: (print(error.code, flush=True), application.quit()))

def told(on):
    print("begins" if on else "ends", flush=True)
    if on and stop_after:
        QTimer.singleShot(stop_after, voice.stop)
    if not on:
        QTimer.singleShot(300, application.quit)

voice.speaking.connect(told)
for sentence in sentences:
    voice.say(sentence)
application.exec()
voice.close()
"""


@pytest.fixture
def speechd(sound: Sound) -> Desk:
    """A speech-dispatcher of its own, that speaks through espeak-ng into the null sink `spk`."""
    need("speech-dispatcher", "espeak-ng", "parec")
    if not any((folder / "sd_espeak-ng").exists() for folder in MODULES):
        pytest.skip("speech-dispatcher-espeak-ng is not installed")
    desk = sound.desk
    place = Path(desk.environment["XDG_RUNTIME_DIR"]) / "speech-dispatcher" / "speechd.sock"
    if not place.exists():
        place.parent.mkdir(exist_ok=True)
        desk.start("speech-dispatcher", "-s", "-t", "0", "-c", "unix_socket", "-S", str(place))
        until(place.exists, what="speech-dispatcher")
    return desk


def spoken(desk: Desk, folder: Path, *sentences: str, stop_after: int = 0) -> tuple[list[str], np.ndarray]:
    """What the program printed, and what the loudspeaker gave meanwhile (16 kHz)."""
    path = folder / "heard.wav"
    recorder = desk.start(
        "parec", "--device=spk.monitor", "--rate=16000", "--channels=1", "--format=s16le", "--file-format=wav",
        "--latency-msec=50", str(path),
    )  # fmt: skip
    until(lambda: path.exists() and path.stat().st_size > 3_000, what="the recording")
    told = desk.run(
        sys.executable, "-c", SPEAK, str(stop_after), *sentences, seconds=60.0
    ).split()  # the environment's own: an offscreen Qt in this process would stay
    recorder.stop()
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16) / 32768
    return told, samples


def seconds_of_sound(samples: np.ndarray) -> float:
    """How long it is louder than nothing."""
    blocks = samples[: len(samples) // 160 * 160].reshape(-1, 160)
    return float((np.abs(blocks).max(axis=1) > 0.02).sum() * 0.01)


@pytest.fixture
def without_a_screen(speechd: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setitem(speechd.environment, "QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setitem(speechd.environment, "PYTHONPATH", str(Path(__file__).parents[2]))
    return speechd


def test_a_korean_sentence_is_heard(without_a_screen: Desk, tmp_path: Path) -> None:
    told, samples = spoken(without_a_screen, tmp_path, SENTENCE)
    assert told[0].startswith("ko_") and told[1:] == ["begins", "ends"]
    heard = seconds_of_sound(samples)
    print(f"{heard:.2f} s of sound, RMS {np.sqrt(np.mean(samples**2)):.3f}")
    assert 1.0 < heard < 8.0


def test_stopping_is_heard_as_silence(without_a_screen: Desk, tmp_path: Path) -> None:
    """GIVEN two long sentences WHEN it is stopped after 0.7 s THEN neither goes on."""
    told, samples = spoken(without_a_screen, tmp_path, SENTENCE * 3, SENTENCE, stop_after=700)
    assert told[1:] == ["begins", "ends"]
    assert seconds_of_sound(samples) < 2.5
