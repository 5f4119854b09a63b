"""The bundled speech model: it loads, hears Korean spoken by espeak-ng, hears nothing in noise, and says what it is."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest

from models import catalogue, manifest
from models.eval import speech
from models.eval.silence_clips import clips
from models.runtimes.transcriber_whisper import WhisperTranscriber

LOOSE = 0.5
"""of the characters may be wrong in eight sentences; the card has the figure of all"""
FOLDER = catalogue.BUNDLED / catalogue.SYNTHETIC
pytest.importorskip("faster_whisper", reason="there is no ctranslate2 wheel for this system")


@pytest.fixture(scope="module")
def transcriber() -> WhisperTranscriber:
    return WhisperTranscriber(FOLDER, threads=1)


def need_espeak() -> None:
    if speech.shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")


def test_it_is_small_listed_and_says_that_it_knows_synthetic_voices_only() -> None:
    told = manifest.read_manifest(FOLDER)
    assert told.name == catalogue.SYNTHETIC and told.licence == "Apache-2.0" and told.size < 8_000_000
    manifest.verify(FOLDER)
    assert "synthetic voices" in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()[0].lower()


def test_it_is_taken_only_where_no_other_whisper_is(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = catalogue.find(catalogue.SYNTHETIC)
    other = catalogue.Entry("whisper-small", "speech", "faster-whisper", FOLDER)
    monkeypatch.setattr(catalogue, "installed", lambda: (ours, other))
    assert catalogue.default_transcriber() == other
    monkeypatch.setattr(catalogue, "installed", lambda: (ours,))
    assert catalogue.default_transcriber() == ours


def test_it_loads_in_under_two_seconds_of_processor_time() -> None:
    began = time.process_time()
    WhisperTranscriber(FOLDER, threads=1).close()
    assert time.process_time() - began < 2.0


def test_times_languages_and_the_empty_word_stand_where_whisper_has_them(
    transcriber: WhisperTranscriber,
) -> None:
    words = json.loads((FOLDER / "vocabulary.json").read_text(encoding="utf-8"))
    assert "" in words and words[-1] == "<|30.00|>" and words[-1501] == "<|0.00|>"
    assert words.index("<|nospeech|>") - words.index("<|startoftranscript|>") == 99 + 5
    assert transcriber._suppressed == [-1], "a blank before a sign must be a token of its own"
    tokenizer = transcriber._model.hf_tokenizer
    for text in ("저장 버튼은 어디에 있어요?", "15.5% 010-1234", "뷁 @ ♩ 漢"):
        assert tokenizer.decode(tokenizer.encode(text, add_special_tokens=False).ids) == text


@pytest.fixture(scope="module")
def heard(transcriber: WhisperTranscriber) -> list[speech.Heard]:
    need_espeak()
    return list(speech.measure(transcriber, speech.sentences()[::24][:8], ("clean",)))


def test_it_hears_eight_unseen_sentences_by_unseen_voices(heard: list[speech.Heard]) -> None:
    assert speech.rate(heard) < LOOSE, speech.report(heard)


def test_a_question_takes_less_than_a_second_of_one_core(heard: list[speech.Heard]) -> None:
    assert np.median([one.seconds for one in heard]) < 1.0


def test_words_of_the_screen_do_not_disturb_it(transcriber: WhisperTranscriber) -> None:
    need_espeak()
    spoken = speech.say("저장 버튼은 어디에 있어요?", "ko", 165)
    alone = transcriber.transcribe(spoken).text
    hinted = transcriber.transcribe(
        spoken, ["저장", "취소", "다른 이름으로 저장", "파일", "매출", "강릉점"]
    ).text
    assert speech.errors(alone, hinted)[0] <= 3
    assert 0 < transcriber.transcribe(spoken).segments[0].end < 5


@pytest.mark.parametrize("kind", ["silence", "noise", "keyboard", "chords", "melody"])
def test_nothing_is_invented_where_nobody_speaks(transcriber: WhisperTranscriber, kind: str) -> None:
    made = [clip for clip in clips(60, 5) if kind in clip.kind][:4]
    texts = [transcriber.transcribe(clip.speech).text for clip in made]
    assert texts == [""] * len(made)


@pytest.mark.parametrize("kind", ["silence", "hum"])
def test_the_model_itself_hears_nobody_where_the_voice_detector_is_left_out(
    transcriber: WhisperTranscriber, kind: str
) -> None:
    """Not so for loud white noise: there the voice detector is needed."""
    made = [clip for clip in clips(60, 5) if clip.kind == kind][:2]
    for clip in made:
        found, _ = transcriber._model.transcribe(
            clip.speech.samples[:64_000], language="ko", beam_size=1, temperature=0.0
        )
        assert "".join(segment.text for segment in found).strip() == ""


def test_transformers_and_ctranslate2_give_the_same_greedy_text() -> None:
    torch = pytest.importorskip("torch", reason="transformers is for training only")
    transformers = pytest.importorskip("transformers")
    need_espeak()
    from faster_whisper.feature_extractor import FeatureExtractor
    from tokenizers import Tokenizer

    from models.train.speech.export import greedy_texts

    model = transformers.WhisperForConditionalGeneration.from_pretrained(
        FOLDER / "checkpoint", dtype=torch.float32
    )
    windows = np.zeros((3, 80, 3000), np.float32)
    for row, one in zip(windows, speech.sentences()[::60], strict=False):
        found = FeatureExtractor()(speech.rendered(one, "clean", "2").samples)
        row[:, : found.shape[1]] = found
    pairs = greedy_texts(model.eval(), FOLDER, windows, Tokenizer.from_file(str(FOLDER / "tokenizer.json")))
    assert sum(a == b for a, b in pairs) >= 2, pairs
