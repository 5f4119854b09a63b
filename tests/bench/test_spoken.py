"""A recording played in real time through the endpointer, and what the bench makes of the moments of a run."""

from __future__ import annotations

import time

import numpy as np
import pytest

from assistant.endpointing import BLOCK, RATE, Rules
from assistant.frames import Speech, Transcript
from models.bench.spoken import Asked, Played, TimeOnly, stages, table


def loud(block: np.ndarray) -> float:
    return float(np.abs(block).max() > 0.1)


def test_a_recording_comes_in_real_time_and_ends_with_the_silence_behind_it() -> None:
    speech = Speech(np.sin(np.arange(RATE // 2)).astype(np.float32), RATE)
    microphone = Played(speech, loud, Rules(silence_ms=96, least_speech_ms=32))
    began = time.perf_counter()
    heard = microphone.record()
    took = time.perf_counter() - began
    assert took >= 0.3 + 0.5  # the moment before the first syllable, and the speech
    assert microphone.last_speech_at - began == pytest.approx(0.8, abs=2 * BLOCK / RATE)
    assert heard.seconds >= 0.5


def test_a_transcriber_for_its_time_only_works_and_then_says_what_was_asked() -> None:
    class Whisper:
        asked: dict

        def transcribe(self, *_: object, **named: object) -> None:
            self.asked = named

    class Real:
        name = "w"
        _model = Whisper()

        def transcribe(self, speech: Speech, hotwords: object, cancel: object) -> Transcript:
            self._model.transcribe(speech, beam_size=5)
            return Transcript("junk", (), 70.0)

    only = TimeOnly(Real())
    only.asked = "저장은 어디?"
    told = only.transcribe(Speech(np.zeros(9, np.float32), RATE))
    assert (told.text, told.milliseconds) == ("저장은 어디?", 70.0)
    assert Real._model.asked["max_new_tokens"] > 0


def test_percentiles_are_of_the_answered_questions() -> None:
    rows = [Asked("s", "q", 1.0, first_word_ms=float(n), endpoint_ms=600.0) for n in range(1, 101)]
    found = stages([*rows, Asked("s", "q", 1.0, failed="no_speech")])
    assert found["answered"] == {"of": 101, "count": 100}
    assert found["first_word_ms"]["p50"] == pytest.approx(50.5)
    assert found["first_word_ms"]["p95"] == pytest.approx(95.05)
    told = {
        "models": {"speech": "a", "vision": "b"},
        "stages": found,
        "silence_ms": 600,
        "cores": 2,
        "load": 1,
    }
    assert "100 of 101 questions" in table(told)
