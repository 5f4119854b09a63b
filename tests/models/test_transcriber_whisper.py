"""faster-whisper from a folder: silence stays silent, inventions are dropped, damage has a name.

The lowest seam is `WhisperModel.transcribe`, replaced by a recording fake; one test loads a tiny random
CTranslate2 model for real.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from assistant.errors import DeviceFailed, EngineFailed, ModelMissing, Stopped
from assistant.frames import Speech
from assistant.ports import Transcriber
from models.runtimes import transcriber_whisper
from models.runtimes.transcriber_whisper import WhisperTranscriber, invented

pytest.importorskip("faster_whisper", reason="there is no ctranslate2 wheel for this system")

SILENCE = Speech(np.zeros(16_000, np.float32))


@dataclass
class FakeWhisper:
    """Stands where faster-whisper's model would: hands out queued segments and remembers what it was asked."""

    queued: list[SimpleNamespace] = field(default_factory=list)
    received: list[dict] = field(default_factory=list)
    model: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(is_multilingual=True))
    error: Exception | None = None

    def enqueue(
        self, *texts: str, no_speech: float = 0.01, log: float = -0.2, compression: float = 1.2
    ) -> None:
        for text in texts:
            n = len(self.queued)
            self.queued.append(
                SimpleNamespace(
                    start=float(n),
                    end=n + 1.0,
                    text=text,
                    no_speech_prob=no_speech,
                    avg_logprob=log,
                    compression_ratio=compression,
                )
            )

    def transcribe(self, samples: np.ndarray, **options: object) -> tuple[Iterator[SimpleNamespace], None]:
        self.received.append({"samples": samples, **options})
        if self.error:
            raise self.error
        return iter(self.queued), None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the right file names; what is in them does not matter to the fake."""
    for name in (*transcriber_whisper.NEEDED, "vocabulary.json"):
        (tmp_path / name).write_text("{}")
    return tmp_path


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeWhisper:
    whisper = FakeWhisper()
    monkeypatch.setattr(transcriber_whisper, "_load", lambda *_: whisper)
    monkeypatch.setattr(transcriber_whisper, "_suppressed_tokens", lambda _: [-1])
    monkeypatch.setattr(WhisperTranscriber, "_anybody", lambda self, samples: samples.any())
    whisper.hf_tokenizer = None
    return whisper


SOMEBODY = Speech(np.full(8_000, 0.1, np.float32))
LONGER = Speech(np.full(48_000, 0.1, np.float32))


def test_a_transcriber_is_what_the_port_asks_for(folder: Path, fake: FakeWhisper) -> None:
    transcriber = WhisperTranscriber(folder, name="whisper-x")
    assert isinstance(transcriber, Transcriber)
    assert transcriber.name == "whisper-x"


def test_segments_become_one_text_with_times_and_confidence(folder: Path, fake: FakeWhisper) -> None:
    fake.enqueue(" 저장 버튼은 ", " 어디에 있어? ", log=-0.1)
    heard = WhisperTranscriber(folder).transcribe(LONGER)
    assert heard.text == "저장 버튼은 어디에 있어?"
    assert [(s.start, s.end, s.text) for s in heard.segments] == [
        (0, 1, "저장 버튼은"),
        (1, 2, "어디에 있어?"),
    ]
    assert heard.segments[0].confidence == pytest.approx(0.905, abs=0.001)
    assert heard.milliseconds > 0


def test_it_asks_for_korean_at_temperature_zero_with_voice_detection(folder: Path, fake: FakeWhisper) -> None:
    WhisperTranscriber(folder, silence_ms=550).transcribe(SOMEBODY, ["저장", "총 금액"])
    asked = fake.received[0]
    assert asked["language"] == "ko"
    assert asked["temperature"] == 0.0
    assert asked["vad_filter"] is True
    assert asked["vad_parameters"]["min_silence_duration_ms"] == 550
    assert asked["condition_on_previous_text"] is False
    assert asked["hotwords"] == "저장 총 금액"


def test_a_draft_follows_one_hypothesis_and_is_guarded_as_well(folder: Path, fake: FakeWhisper) -> None:
    transcriber = WhisperTranscriber(folder, beam=5)
    fake.enqueue("이 창이")
    assert transcriber.draft(SOMEBODY, ["창"]).text == "이 창이"
    transcriber.transcribe(SOMEBODY)
    assert [asked["beam_size"] for asked in fake.received] == [1, 5]
    assert fake.received[0]["hotwords"] == "창"
    fake.queued.clear()
    fake.enqueue("시청해주셔서 감사합니다.")
    assert transcriber.draft(SOMEBODY).text == ""
    assert transcriber.draft(SILENCE).text == ""


def test_a_model_that_was_never_given_earlier_text_gets_no_hotwords(folder: Path, fake: FakeWhisper) -> None:
    (folder / "config.json").write_text('{"hotwords": false}')
    WhisperTranscriber(folder).transcribe(SOMEBODY, ["저장"])
    assert fake.received[0]["hotwords"] is None


def test_hotwords_from_the_screen_cannot_carry_special_tokens(folder: Path, fake: FakeWhisper) -> None:
    WhisperTranscriber(folder).transcribe(SOMEBODY, ["<|en|>저장", *["단어"] * 100])
    asked = str(fake.received[0]["hotwords"])
    assert "<|" not in asked
    assert len(asked.split()) == transcriber_whisper.MOST_HOTWORDS


def test_silence_is_not_even_shown_to_the_model(folder: Path, fake: FakeWhisper) -> None:
    fake.enqueue("시청해주셔서 감사합니다")
    heard = WhisperTranscriber(folder).transcribe(SILENCE)
    assert (heard.text, heard.segments) == ("", ())
    assert fake.received == []


def test_other_rates_arrive_as_16_khz(folder: Path, fake: FakeWhisper) -> None:
    WhisperTranscriber(folder).transcribe(Speech(np.full(48_000, 0.1, np.float32), 48_000))
    assert len(fake.received[0]["samples"]) == 16_000


KNOWN = [
    "시청해주셔서 감사합니다.", "시청해 주셔서 감사합니다", "지금까지 시청해주셔서 감사합니다!", "영상 시청해 주셔서 고맙습니다.",
    "MBC 뉴스 이재경입니다.", "MBC 뉴스 김성현입니다", "KBS 뉴스 홍길동입니다.", "구독과 좋아요 부탁드립니다",
    "구독, 좋아요, 알림설정 부탁드립니다.", "다음 영상에서 만나요!", "다음 시간에 또 뵙겠습니다.", "한글자막 by 박진희",
    "자막 제공 및 광고를 포함하고 있습니다", "...", "♪♪",
]  # fmt: skip
ASKED = [
    "시청 기록은 어디서 지워?", "MBC 뉴스 채널이 몇 번이야?", "자막 켜는 버튼 어디야?", "자막 제공 언어가 뭐야?", "구독 버튼 어디 있어?",
    "좋아요가 몇 개야?", "다음 영상 제목이 뭐야?", "감사합니다 메일 제목이 뭐야?", "뉴스 제목 읽어 줘", "총 금액이 얼마야?", "네",
    "다음 시간 수업이 뭐야?", "알림 설정은 어디 있어?",
]  # fmt: skip


@pytest.mark.parametrize("text", KNOWN)
def test_sentences_that_whisper_is_known_to_invent_are_dropped(
    folder: Path, fake: FakeWhisper, text: str
) -> None:
    fake.enqueue(text, log=-0.05)
    assert WhisperTranscriber(folder).transcribe(SOMEBODY).text == ""


@pytest.mark.parametrize("text", ASKED)
def test_questions_with_the_same_words_are_kept(folder: Path, fake: FakeWhisper, text: str) -> None:
    fake.enqueue(text)
    assert WhisperTranscriber(folder).transcribe(SOMEBODY).text == text


def test_an_invention_behind_a_question_leaves_the_question(folder: Path, fake: FakeWhisper) -> None:
    fake.enqueue("총 금액이 얼마야?", "시청해주셔서 감사합니다.")
    heard = WhisperTranscriber(folder).transcribe(LONGER)
    assert heard.text == "총 금액이 얼마야?"
    assert len(heard.segments) == 1


@pytest.mark.parametrize(
    ("text", "no_speech", "log", "compression", "dropped"),
    [
        ("저장은 어디야", 0.9, -1.5, 1.0, True), ("저장은 어디야", 0.9, -0.3, 1.0, False),
        ("저장은 어디야", 0.1, -1.5, 1.0, False), ("아 아 아 아 아", 0.1, -0.1, 3.0, True),
        ("감사합니다.", 0.5, -0.3, 1.0, True), ("감사합니다.", 0.05, -0.2, 1.0, False), ("네 네", 0.1, -0.9, 1.0, True),
    ],
)  # fmt: skip
def test_what_the_model_itself_doubts_is_dropped(
    text: str, no_speech: float, log: float, compression: float, dropped: bool
) -> None:
    assert invented(text, no_speech, log, compression) is dropped


def test_what_stands_behind_the_end_of_the_recording_is_dropped(folder: Path, fake: FakeWhisper) -> None:
    """Whisper always hears 30 seconds; what it hears in the padding nobody said."""
    fake.enqueue("저장은 어디야", "그리고 또 뭐야")
    fake.queued[0].end = 7.0
    heard = WhisperTranscriber(folder).transcribe(SOMEBODY)
    assert [(s.start, s.end, s.text) for s in heard.segments] == [(0, 0.5, "저장은 어디야")]


def test_a_cancel_between_segments_stops(folder: Path, fake: FakeWhisper) -> None:
    cancel = threading.Event()

    class Cancelling(list):
        def __iter__(self) -> Iterator[SimpleNamespace]:
            for item in super().__iter__():
                yield item
                cancel.set()

    fake.enqueue("하나", "둘")
    fake.queued = Cancelling(fake.queued)
    with pytest.raises(Stopped):
        WhisperTranscriber(folder).transcribe(LONGER, cancel=cancel)
    with pytest.raises(Stopped):
        WhisperTranscriber(folder).transcribe(SOMEBODY, cancel=cancel)
    assert len(fake.received) == 1


def test_an_engine_error_has_a_code(folder: Path, fake: FakeWhisper) -> None:
    fake.error = RuntimeError("out of memory")
    with pytest.raises(EngineFailed) as caught:
        WhisperTranscriber(folder).transcribe(SOMEBODY)
    assert caught.value.code == "engine_failed"


def test_an_english_model_is_refused(folder: Path, fake: FakeWhisper) -> None:
    fake.model.is_multilingual = False
    with pytest.raises(EngineFailed) as caught:
        WhisperTranscriber(folder)
    assert caught.value.code == "model_unsupported"


def test_a_closed_transcriber_says_so(folder: Path, fake: FakeWhisper) -> None:
    transcriber = WhisperTranscriber(folder)
    transcriber.close()
    with pytest.raises(EngineFailed) as caught:
        transcriber.transcribe(SOMEBODY)
    assert caught.value.code == "engine_closed"


def test_a_name_is_never_taken_for_a_model_to_fetch() -> None:
    with pytest.raises(ModelMissing) as caught:
        WhisperTranscriber(Path("tiny"))
    assert caught.value.code == "model_file_missing"


@pytest.mark.parametrize("name", transcriber_whisper.NEEDED)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelMissing) as caught:
        WhisperTranscriber(folder)
    assert caught.value.code == "model_file_missing"
    if name != "model.bin":
        assert Path(str(caught.value.values["path"])).name == name


def test_a_device_it_does_not_know_is_refused(folder: Path) -> None:
    with pytest.raises(DeviceFailed):
        WhisperTranscriber(folder, device="NPU")


def test_files_of_nonsense_are_altered_files(folder: Path) -> None:
    with pytest.raises(ModelMissing) as caught:
        WhisperTranscriber(folder)
    assert caught.value.code == "model_file_altered"


# ---- one real load -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tiny_whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A random Whisper of one layer in CTranslate2's form, made with its own spec classes (no torch)."""
    from ctranslate2.specs import WhisperSpec
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    folder = tmp_path_factory.mktemp("tiny-whisper")
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    languages = ["<|en|>", "<|ko|>"]
    specials = [
        "<|endoftext|>", "<|startoftranscript|>", *languages, "<|translate|>", "<|transcribe|>", "<|startoflm|>",
        "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>",
    ]  # fmt: skip
    tokenizer = Tokenizer(models.BPE(vocab={sign: n for n, sign in enumerate([*alphabet, ""])}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    stamps = [f"<|{n * 0.02:.2f}|>" for n in range(1501)]
    tokenizer.add_special_tokens([*specials, *stamps])
    tokenizer.save(str(folder / "tokenizer.json"))

    width, rng = 32, np.random.default_rng(3)
    spec = WhisperSpec(1, 2, 1, 2)
    vocabulary = [*alphabet, "", *specials, *stamps]
    wide = {"linear_0": (3 * width, width), "linear_1": (width, width)}

    def fill(layer: object, attribute: str, shape: tuple[int, ...]) -> None:
        setattr(layer, attribute, (rng.standard_normal(shape) * 0.1).astype(np.float32))

    def norm(layer: object) -> None:
        layer.gamma, layer.beta = np.ones(width, np.float32), np.zeros(width, np.float32)

    def linear(layer: object, out: int, into: int) -> None:
        fill(layer, "weight", (out, into))
        fill(layer, "bias", (out,))

    for conv, into in ((spec.encoder.conv1, 80), (spec.encoder.conv2, width)):
        fill(conv, "weight", (width, into, 3))
        fill(conv, "bias", (width,))
    fill(spec.encoder.position_encodings, "encodings", (1500, width))
    fill(spec.decoder.position_encodings, "encodings", (448, width))
    fill(spec.decoder.embeddings, "weight", (len(vocabulary), width))
    linear(spec.decoder.projection, len(vocabulary), width)
    spec.decoder.projection.bias[vocabulary.index("<|1.00|>") :] = -30  # no times beyond the first second
    for side in (spec.encoder, spec.decoder):
        norm(side.layer_norm)
        for layer in side.layer:
            norm(layer.self_attention.layer_norm)
            linear(layer.self_attention.linear[0], *wide["linear_0"])
            linear(layer.self_attention.linear[1], *wide["linear_1"])
            norm(layer.ffn.layer_norm)
            linear(layer.ffn.linear_0, 2 * width, width)
            linear(layer.ffn.linear_1, width, 2 * width)
            if side is spec.decoder:
                norm(layer.attention.layer_norm)
                linear(layer.attention.linear[0], width, width)
                linear(layer.attention.linear[1], 2 * width, width)
                linear(layer.attention.linear[2], width, width)
    spec.register_vocabulary(vocabulary)
    first = vocabulary.index("<|en|>")
    spec.config.lang_ids = [first, first + 1]
    spec.config.suppress_ids, spec.config.suppress_ids_begin = [], []
    spec.config.alignment_heads = [(0, 0)]
    spec.validate()
    spec.optimize("int8")
    spec.save(str(folder))
    return folder


def vowel(seconds: float = 2.0, pitch: float = 120.0) -> Speech:
    """An /i/ sung in four bursts a second: harmonics under three formants, which the voice detector takes for speech."""
    t = np.arange(int(16_000 * seconds)) / 16_000
    turns = 2 * np.pi * np.cumsum(pitch * (1 + 0.05 * np.sin(4 * np.pi * t))) / 16_000
    formants = ((300, 60), (2300, 100), (3000, 160))
    loud = [sum(1 / (1 + ((k * pitch - f) / wide) ** 2) for f, wide in formants) for k in range(1, 40)]
    voice = sum(level * np.sin(k * turns) for k, level in enumerate(loud, 1))
    voice *= np.clip(np.sin(8 * np.pi * t), 0, 1) / np.abs(voice).max()
    return Speech((0.3 * voice).astype(np.float32))


def test_a_real_model_loads_hears_nothing_in_silence_and_says_something_of_speech(
    tiny_whisper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    transcriber = WhisperTranscriber(tiny_whisper, beam=1)
    for samples in (SILENCE.samples, np.zeros(1, np.float32), np.zeros(0, np.float32), noise_floor()):
        assert transcriber.transcribe(Speech(samples)).text == ""
    monkeypatch.setattr(transcriber_whisper, "invented", lambda *_: False)  # random weights say random things
    heard = transcriber.transcribe(vowel(), ["저장", "취소"])
    assert heard.text
    assert 0 <= heard.segments[0].start < heard.segments[-1].end <= 2.0
    assert 0 < heard.segments[0].confidence <= 1
    assert transcriber._suppressed == []  # this tokenizer has no merge for " -"


def noise_floor() -> np.ndarray:
    return (np.random.default_rng(0).standard_normal(32_000) * 0.01).astype(np.float32)


@pytest.mark.parametrize("share", [0.1, 0.9])
def test_a_cut_model_is_an_altered_file(tiny_whisper: Path, tmp_path: Path, share: float) -> None:
    for path in tiny_whisper.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    data = (tmp_path / "model.bin").read_bytes()
    (tmp_path / "model.bin").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(ModelMissing) as caught:
        WhisperTranscriber(tmp_path)
    assert caught.value.code == "model_file_altered"


def test_the_vocabulary_of_the_tiny_model_marks_it_as_multilingual(tiny_whisper: Path) -> None:
    assert "" in json.loads((tiny_whisper / "vocabulary.json").read_text(encoding="utf-8"))
