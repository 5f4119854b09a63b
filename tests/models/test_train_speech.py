"""The training of whisper-synth-ko: what is said, how it is spelled, and a network that stands in for the 30 s window."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from models.eval import speech as eval_speech
from models.train.speech import aloud, texts, tokenizer, voices

LINES = ["저장 버튼은 어디에 있어요?", "2분기 매출이 얼마야", "다른 이름으로 저장", "PDF 파일 15%"] * 3


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("2분기 매출", "이분기 매출"), ("3번째 줄", "세번째 줄"), ("1,234,000원", "백이십삼만사천원"), ("오후 3시 30분", "오후 세시 삼십분"),
        ("6월 10일", "유월 십일"), ("10월 6일", "시월 육일"), ("20개", "스무개"), ("21명", "스물한명"), ("100,000,000원", "일억원"),
        ("3.14", "삼점일사"), ("0", "영"), ("시트 1", "시트 일"),
        ("010-1234-5678", "공일공일이삼사오육칠팔"), ("14시", "십사시"), ("10000", "만"), ("10,010,000", "천일만"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_koreans_read_them(written: str, spoken: str) -> None:
    assert aloud.aloud(written, random.Random(0)) == spoken


def test_as_many_words_are_spoken_as_written() -> None:
    rng = random.Random(3)
    for _ in range(300):
        written = texts.normal(texts.number(rng))
        assert written and len(aloud.aloud(written, rng).split(" ")) == len(written.split(" "))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("“저장” 버튼은 어디야?", "저장 버튼은 어디야?"), ("취소(C)...", "취소 C"), ("열어 주세요.", "열어 주세요"), ("a/b", None), ("x@y.kr", None),
        ("Save file as", None), ("가" * 50, None), ("", None), ("합계 : 3", None), ("정말 ?", "정말?"),
    ],
)  # fmt: skip
def test_only_what_can_be_spoken_is_kept(text: str, kept: str | None) -> None:
    assert texts.normal(text) == kept


def test_the_measured_voices_are_not_trained_on() -> None:
    assert voices.TEST_VARIANTS == eval_speech.VARIANTS
    assert not set(voices.TEST_VARIANTS) & set(voices.TRAIN_VARIANTS)
    rng = random.Random(0)
    assert not {voices.draw(rng).variant for _ in range(500)} & set(voices.TEST_VARIANTS)


def test_the_tokenizer_spells_anything_and_keeps_its_blank() -> None:
    pytest.importorskip("tokenizers")
    built = tokenizer.build(LINES)
    for text in (*LINES, "뷁 漢 ♪", " 앞 빈칸"):
        assert built.decode(built.encode(text, add_special_tokens=False).ids) == text
    assert len(built.encode("저장 버튼", add_special_tokens=False).ids) == 5
    blank = built.encode(" ", add_special_tokens=False).ids
    for sign in (" -", " '", " ♩"):
        assert built.encode(sign, add_special_tokens=False).ids[0] != blank[0]
    assert built.token_to_id("") is not None
    assert built.token_to_id("<|30.00|>") == built.get_vocab_size() - 1


@pytest.fixture(scope="module")
def network() -> object:
    torch = pytest.importorskip("torch", reason="training only")
    from models.train.speech.network import Network, Size

    torch.manual_seed(0)
    return Network(Size(32, 2, 2, 1, 64), 300, 9).eval()


def test_a_few_positions_stand_for_the_whole_window(network: object) -> None:
    import torch

    mel = torch.randn(2, 100, 80) * 0.3
    with torch.no_grad():
        whole = network.encoder(torch.cat([mel, torch.zeros(2, 2900, 80)], 1)).states[:, :50]
        near = torch.cat([mel, torch.zeros(2, 8, 80)], 1)
        every = network.encoder(near, 0.0, torch.arange(54, 1500)).states[:, :50]
        some = network.encoder(near, 0.0, torch.arange(54, 1500, 60)).states[:, :50]
    assert torch.allclose(whole, every, atol=1e-4)
    assert float((whole - some).std()) < 0.3 * float(whole.std())


def test_heads_begin_by_looking_near(network: object) -> None:
    import torch

    from models.train.speech.network import Attention, look_near, sinusoids

    torch.manual_seed(1)
    attention = Attention(128, 4)
    look_near(attention, (-6, -2, 2, 6))
    places = sinusoids(300, 128)[None]
    with torch.no_grad():
        q, k = attention._heads(attention.q_proj(places)), attention._heads(attention.k_proj(places))
    best = (q @ k.transpose(-1, -2))[0, :, 150].argmax(-1) - 150
    assert [abs(int(found) - wanted) <= 2 for found, wanted in zip(best, (-6, -2, 2, 6), strict=True)] == [
        True
    ] * 4


def test_a_clip_knows_where_its_words_sound(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training only")
    pytest.importorskip("scipy")
    from models.train.speech import clips, shards

    known = tokenizer.build(LINES, least=1)
    try:
        studio = clips.Studio(known, ["s", "a", "i"], nobody=0.0, twice=0.0)
    except OSError:
        pytest.skip("libespeak-ng is not installed")
    clip = studio.clip(["다른 이름으로 저장", "둘째"], 5)
    text = known.decode([t for t in clip.tokens if t < known.token_to_id("<|endoftext|>")])
    assert text == "다른 이름으로 저장" and len(clip.mel) == 2 * len(clip.phonemes)
    starts = [int(first) for first, last in clip.spans if first >= 0]
    assert starts == sorted(starts) and 0 <= starts[0] < starts[-1] < len(clip.phonemes)
    again = studio.clip(["다른 이름으로 저장", "둘째"], 5)
    assert (
        clip.phonemes.any() and np.array_equal(clip.spans, again.spans) and clip.mel.shape == again.mel.shape
    )
    shards.write([clip, clip], tmp_path / "0000.npz")
    back = shards.Shard.read(tmp_path / "0000.npz").clip(1)
    assert (
        np.array_equal(back.mel, clip.mel)
        and np.array_equal(back.tokens, clip.tokens)
        and back.texts == clip.texts
    )


def test_features_are_those_of_faster_whisper() -> None:
    pytest.importorskip("torch", reason="training only")
    pytest.importorskip("transformers")
    extractor = pytest.importorskip("faster_whisper.feature_extractor").FeatureExtractor()
    import torch

    from models.train.speech import features

    wave = np.random.default_rng(0).standard_normal(16_000).astype(np.float32) * 0.1
    ours = features.scaled(
        torch.from_numpy(features.log_mel(np.concatenate([wave, np.zeros(160, np.float32)])))[None]
    )
    assert np.allclose(ours[0].T.numpy(), extractor(wave), atol=2e-3)
