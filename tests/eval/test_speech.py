"""Character errors of a transcriber: how they are counted, and what is spoken."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.errors import EngineFailed
from assistant.frames import Speech, Transcript
from models.eval import speech
from models.eval.speech import Heard, Sentence, errors, interval, rate


@pytest.mark.parametrize(
    ("reference", "heard", "expected"),
    [
        ("저장 버튼은 어디야?", "저장버튼은 어디야", (0, 8)), ("저장", "", (2, 2)), ("", "저장", (2, 0)), ("15%", "15", (1, 3)),
        ("PDF 파일", "pdf 파일", (0, 5)), ("매출이 얼마야?", "매추리 얼마야?", (2, 6)),
    ],
)  # fmt: skip
def test_errors_are_characters_to_change_without_blanks_and_punctuation(
    reference: str, heard: str, expected: tuple[int, int]
) -> None:
    assert errors(reference, heard) == expected


@pytest.mark.parametrize(("a", "b", "far"), [("가나다", "가다", 1), ("가", "나", 1), ("", "가나", 2), ("kitten", "sitting", 3)])  # fmt: skip
def test_distance(a: str, b: str, far: int) -> None:
    assert speech.distance(a, b) == speech.distance(b, a) == far


def test_the_committed_sentences_are_all_different_and_of_every_kind() -> None:
    found = speech.sentences()
    assert len({one.written for one in found}) == len(found) >= 150
    assert {one.kind for one in found} == {"screen", "question", "sentence", "term", "number"}
    assert all(not any(c.isdigit() for c in one.spoken) for one in found), "numbers are read out in words"


def test_the_rate_is_over_all_characters_and_its_interval_holds_it() -> None:
    heard = [
        Heard(Sentence("term", f"문장{n}", ""), "clean", "", wrong, 10, 0.1)
        for n, wrong in enumerate([0, 1, 5, 0])
    ]
    low, high = interval(heard)
    assert rate(heard) == 0.15 and low <= 0.15 <= high and low < high
    told = speech.report(heard)
    assert "15.0%" in told and "50.0%" in told


def test_without_espeak_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech.shutil, "which", lambda name: None)
    with pytest.raises(EngineFailed) as caught:
        speech.say("저장", "ko")
    assert caught.value.code == "engine_not_installed" and caught.value.values["engine"] == "espeak-ng"


class Deaf:
    name, engine = "deaf", "none"

    def transcribe(self, speech: Speech, hotwords: object = (), cancel: object = None) -> Transcript:
        return Transcript("", (), 0.0)


def test_every_condition_is_spoken_the_same_way_twice_and_differs_from_the_others() -> None:
    if speech.shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    one = Sentence("question", "저장 버튼 어디야?", "저장 버튼 어디야?")
    made = {c: speech.rendered(one, c, "7").samples for c in speech.CONDITIONS}
    for condition, samples in made.items():
        again = speech.rendered(one, condition, "7").samples
        assert np.array_equal(samples, again) and 0.1 < np.abs(samples).max() <= 0.91
    assert len(made["fast"]) < len(made["clean"])
    heard = list(speech.measure(Deaf(), [one]))
    assert len(heard) == len(speech.CONDITIONS) and rate(heard) == 1.0
