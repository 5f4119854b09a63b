"""Silero's network block by block, against faster-whisper's own whole-file use of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import wave
from pathlib import Path

import numpy as np
import pytest

from assistant.endpointing import BLOCK, RATE, Ending, Endpointer, Rules
from assistant.errors import ModelMissing
from models.runtimes.voice_activity import SileroVoice


@pytest.fixture(scope="module")
def voice() -> SileroVoice:
    pytest.importorskip("onnxruntime")
    return SileroVoice()


def spoken(folder: Path, words: str, *options: str) -> np.ndarray:
    """What espeak-ng says, 16 kHz float32, silence before and after cut off."""
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    path = folder / "said.wav"
    subprocess.run(["espeak-ng", "-v", "ko", *options, "-w", str(path), words], check=True)
    with wave.open(str(path)) as file:
        rate, raw = file.getframerate(), file.readframes(file.getnframes())
    samples = np.frombuffer(raw, np.int16).astype(np.float32) / 32768
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    samples = samples[loud[0] : loud[-1] + 1]
    at = np.arange(0, len(samples) - 1, rate / RATE)
    return np.interp(at, np.arange(len(samples)), samples).astype(np.float32)


def chances(voice: SileroVoice, samples: np.ndarray) -> list[float]:
    stream = voice.stream()
    return [stream(samples[at : at + BLOCK]) for at in range(0, len(samples) - BLOCK + 1, BLOCK)]


def test_blocks_one_by_one_are_the_whole_file(voice: SileroVoice, tmp_path: Path) -> None:
    """The reference is faster-whisper's own use, which has all blocks in one call."""
    vad = pytest.importorskip("faster_whisper.vad")
    speech = spoken(tmp_path, "이 오류 창은 무슨 뜻이야")
    samples = np.concatenate([np.zeros(RATE // 2, np.float32), speech, np.zeros(RATE // 2, np.float32)])
    samples = samples[: len(samples) // BLOCK * BLOCK]
    reference = np.ravel(vad.get_vad_model()(samples))
    ours = np.array(chances(voice, samples))
    assert np.abs(reference - ours).max() < 0.02, np.abs(reference - ours).max()
    assert (ours > 0.5).mean() > 0.3


@pytest.mark.parametrize("options", [(), ("-s", "200"), ("-p", "80"), ("-v", "ko+f2"), ("-v", "ko+m3")])
def test_a_spoken_question_is_found_with_both_ends(
    voice: SileroVoice, tmp_path: Path, options: tuple[str, ...]
) -> None:
    """GIVEN a second of faint noise, a question and more noise THEN none of the question is cut off."""
    speech = spoken(tmp_path, "지금 열려 있는 창의 제목을 읽어 줘", *options)
    noise = np.random.default_rng(3).normal(0, 0.001, len(speech) + 3 * RATE).astype(np.float32)
    noise[RATE : RATE + len(speech)] += speech
    endpointer = Endpointer(voice.stream(), Rules(silence_ms=500))
    endpointer.feed(noise)
    assert endpointer.ending is Ending.SILENCE
    kept = endpointer.speech().samples
    start = int(np.flatnonzero(noise == kept[0])[0])
    assert start <= RATE, "the first sound was cut off"
    assert start + len(kept) >= RATE + len(speech), "the last sound was cut off"
    assert start >= RATE // 2


@pytest.mark.parametrize("kind", ["nothing", "noise", "hum", "clicks"])
def test_what_is_no_speech(voice: SileroVoice, kind: str) -> None:
    random = np.random.default_rng(7)
    samples = np.zeros(4 * RATE, np.float32)
    if kind == "noise":
        samples = random.normal(0, 0.02, 4 * RATE).astype(np.float32)
    elif kind == "hum":
        samples = (0.1 * np.sin(2 * np.pi * 440 * np.arange(4 * RATE) / RATE)).astype(np.float32)
    elif kind == "clicks":
        samples[:: RATE // 3] = 0.8
    endpointer = Endpointer(voice.stream(), Rules(wait_seconds=3))
    assert endpointer.feed(samples) is Ending.NOTHING_SAID


def test_a_new_recording_forgets_the_last_one(voice: SileroVoice, tmp_path: Path) -> None:
    speech = spoken(tmp_path, "안녕하세요")
    assert chances(voice, speech) == chances(voice, speech)


def test_a_block_of_the_wrong_length_is_refused(voice: SileroVoice) -> None:
    with pytest.raises(ValueError, match="512"):
        voice.stream()(np.zeros(500, np.float32))


def test_a_block_costs_little(voice: SileroVoice) -> None:
    """A block lasts 32 ms; judging it must not take a tenth of that."""
    stream, block = voice.stream(), np.zeros(BLOCK, np.float32)
    stream(block)
    times = []
    for _ in range(50):
        began = time.perf_counter()
        stream(block)
        times.append(time.perf_counter() - began)
    assert sorted(times)[25] < 0.0032


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="model_file_missing"):
        SileroVoice(tmp_path / "nothing.onnx")


def test_faster_whisper_itself_is_not_loaded() -> None:
    code = "from models.runtimes.voice_activity import SileroVoice; SileroVoice().stream(); import sys; "
    code += "print(sorted({'faster_whisper', 'ctranslate2', 'av'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
