"""Nobody speaks in these clips: they are the same everywhere, few pass the voice detector, and what does is guarded."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from assistant.frames import Speech, Transcript
from models.eval import silence
from models.eval.silence_clips import KINDS, RATE, SECONDS, clips


def test_the_clips_are_the_same_each_time_and_all_different() -> None:
    first, second = list(clips(30)), list(clips(30))
    assert [clip.kind for clip in first] == list(KINDS) * 3
    for one, other in zip(first, second, strict=True):
        assert np.array_equal(one.speech.samples, other.speech.samples)
        assert (
            one.speech.samples.dtype == np.float32
            and one.speech.seconds == SECONDS
            and one.speech.rate == RATE
        )
        assert np.isfinite(one.speech.samples).all() and np.abs(one.speech.samples).max() <= 1
    heard = [clip.speech.samples.tobytes() for clip in first if clip.kind != "silence"]
    assert len(set(heard)) == len(heard)
    assert not np.array_equal(next(clips(1, seed=1)).speech.samples, first[1].speech.samples)


class Inventor:
    """Hears a question in everything, as a Whisper without a guard does."""

    name = "inventor"

    def __init__(self) -> None:
        self.received: list[float] = []

    def transcribe(self, speech: Speech, hotwords: tuple = (), cancel: object = None) -> Transcript:
        self.received.append(speech.seconds)
        return Transcript("시청해주셔서 감사합니다.")


def test_every_invention_is_counted() -> None:
    """GIVEN a detector that takes the second half for speech THEN what it kept, and the whole, are transcribed."""
    inventor = Inventor()
    loud = [0]

    def listen():
        loud[0] += 1
        blocks = [0]

        def chance(_block: np.ndarray) -> float:
            blocks[0] += 1
            return float(loud[0] == 1 and blocks[0] > 100)

        return chance

    report = silence.examine(clips(2), listen, inventor)
    assert (report.clips, len(report.invented), len(inventor.received)) == (2, 3, 3)
    assert report.rows["silence"].taken_for_speech == 1 and report.rows["white noise"].taken_for_speech == 0
    told = "\n".join(silence.told(report))
    assert "3 invented questions in 2 clips with inventor" in told and "시청해주셔서" in told


def test_nearly_nothing_passes_the_voice_detector() -> None:
    pytest.importorskip("onnxruntime")
    from models.runtimes.voice_activity import SileroVoice

    report = silence.examine(clips(20), SileroVoice().stream, None)
    assert sum(row.taken_for_speech for row in report.rows.values()) <= 1
    assert "none is installed" in silence.told(report)[-1]


def test_what_passes_is_stopped_by_the_guard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a Whisper that says what Whispers say of silence THEN its own doubts and the known phrases leave nothing."""
    pytest.importorskip("faster_whisper", reason="there is no ctranslate2 wheel for this system")
    from models.runtimes import transcriber_whisper

    said = [
        ("시청해주셔서 감사합니다.", 0.1, -0.1),
        ("MBC 뉴스 이재경입니다.", 0.2, -0.3),
        ("네.", 0.5, -0.4),
        ("다음 주에 봐요", 0.8, -1.3),
    ]

    class Whisper:
        model, hf_tokenizer = SimpleNamespace(is_multilingual=True), None

        def transcribe(self, samples: np.ndarray, **_how: object) -> tuple[list, None]:
            return [
                SimpleNamespace(
                    start=0.0,
                    end=1.0,
                    text=text,
                    no_speech_prob=doubt,
                    avg_logprob=log,
                    compression_ratio=1.0,
                )
                for text, doubt, log in said
            ], None

    for name in transcriber_whisper.NEEDED:
        (tmp_path / name).write_text("{}")
    monkeypatch.setattr(transcriber_whisper, "_load", lambda *_: Whisper())
    monkeypatch.setattr(transcriber_whisper, "_suppressed_tokens", lambda _: [-1])
    monkeypatch.setattr(transcriber_whisper.WhisperTranscriber, "_anybody", lambda *_: True)
    transcriber = transcriber_whisper.WhisperTranscriber(tmp_path)
    report = silence.examine(clips(10), lambda: lambda block: 1.0, transcriber)
    assert sum(row.taken_for_speech for row in report.rows.values()) == 10 and report.invented == []
