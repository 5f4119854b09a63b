"""Whisper on OpenVINO GenAI: silence stays silent, inventions are dropped, long speech is cut at silence, damage has a name.

The lowest seam is `WhisperPipeline`, replaced by a recording fake; which form of a model is the default is a matter of folders.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from assistant.errors import EngineFailed, ModelMissing, Stopped
from assistant.frames import Speech
from assistant.ports import Transcriber
from assistant.sound import RATE
from models import catalogue
from models.bench.transcribers import interleaved
from models.catalogue import DATA_VARIABLE, default_transcriber, find, forms
from models.engine_process.known import Known, Probed
from models.manifest import write_manifest
from models.runtimes import transcriber_openvino
from models.runtimes.transcriber_openvino import GRAPHS, OpenVinoWhisper, compression, windows

genai = pytest.importorskip("openvino_genai", reason="the extra `genai`")
SOMEBODY = Speech(np.full(2 * RATE, 0.1, np.float32), RATE)


class FakePipeline:
    """Stands where `WhisperPipeline` would: gives queued texts, and remembers what it was asked."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.received: list[dict] = []
        self.multilingual = True
        self.while_decoding: Callable[[], None] = lambda: None

    def get_generation_config(self) -> SimpleNamespace:
        return SimpleNamespace(is_multilingual=self.multilingual)

    def generate(self, samples: np.ndarray, **given: object) -> SimpleNamespace:
        self.received.append({"samples": samples, **given})
        self.while_decoding()
        if "streamer" in given and given["streamer"]("조각") == genai.StreamingStatus.CANCEL:
            return SimpleNamespace(texts=["저"])
        return SimpleNamespace(texts=[self.texts.pop(0)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "whisper-small-openvino"
    made.mkdir()
    for graph in GRAPHS:
        (made / f"openvino_{graph}.xml").write_text("<net></net>")
        (made / f"openvino_{graph}.bin").write_bytes(b"0")
    return made


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakePipeline:
    made = FakePipeline()
    monkeypatch.setattr(transcriber_openvino, "_load", lambda *_: made)
    monkeypatch.setattr(transcriber_openvino, "check_whole", lambda path: None)
    monkeypatch.setattr(
        transcriber_openvino,
        "voiced",
        lambda samples, _ms: [(100, len(samples) - 100)] if samples.any() else [],
    )
    return made


def test_speech_becomes_text_in_korean_with_the_screens_words(fake: FakePipeline, folder: Path) -> None:
    fake.texts = [" 저장 버튼이 어디 있어? "]
    heard = OpenVinoWhisper(folder)
    assert isinstance(heard, Transcriber) and heard.name == "whisper-small-openvino"
    found = heard.transcribe(SOMEBODY, ["저장", "취\n소"], threading.Event())
    assert found.text == "저장 버튼이 어디 있어?" and found.milliseconds > 0
    assert (found.segments[0].start, found.segments[0].end) == (100 / RATE, 2 - 100 / RATE)
    asked = fake.received[0]
    assert (asked["language"], asked["task"], asked["hotwords"]) == ("<|ko|>", "transcribe", "저장 취 소")
    assert len(asked["samples"]) == 2 * RATE - 200 and asked["samples"].dtype == np.float32


def test_silence_is_never_decoded_and_inventions_are_dropped(fake: FakePipeline, folder: Path) -> None:
    heard = OpenVinoWhisper(folder)
    assert heard.transcribe(Speech(np.zeros(RATE, np.float32), RATE)).text == "" and not fake.received
    for text in ("시청해 주셔서 감사합니다.", "MBC 뉴스 이재경입니다.", "아" * 90, ""):
        fake.texts = [text]
        assert heard.transcribe(SOMEBODY).segments == ()


def test_cancel_ends_the_decoding_at_its_next_token(fake: FakePipeline, folder: Path) -> None:
    cancel = threading.Event()
    fake.texts, fake.while_decoding = ["저장"], cancel.set
    with pytest.raises(Stopped):
        OpenVinoWhisper(folder).transcribe(SOMEBODY, (), cancel)
    with pytest.raises(Stopped):
        OpenVinoWhisper(folder).transcribe(SOMEBODY, (), cancel)
    assert len(fake.received) == 1


def test_long_speech_is_cut_where_nobody_speaks() -> None:
    second = RATE
    stretches = [
        (0, 20 * second),
        (21 * second, 29 * second),
        (40 * second, 45 * second),
        (50 * second, 115 * second),
    ]
    made = windows(stretches)
    assert made[0] == stretches[:2] and made[1][0] == stretches[2]
    assert sum(last - first for window in made for first, last in window) == sum(b - a for a, b in stretches)
    assert all(sum(last - first for first, last in window) <= 30 * second for window in made)
    assert windows([]) == []


def test_each_window_is_decoded_by_itself(
    fake: FakePipeline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.texts = ["하나", "둘"]
    speech = Speech(np.full(50 * RATE, 0.1, np.float32), RATE)
    monkeypatch.setattr(
        transcriber_openvino, "voiced", lambda *_: [(RATE, 21 * RATE), (22 * RATE, 40 * RATE)]
    )
    found = OpenVinoWhisper(folder).transcribe(speech)
    assert found.text == "하나 둘" and [(s.start, s.end) for s in found.segments] == [
        (1.0, 21.0),
        (22.0, 40.0),
    ]


def test_an_english_only_model_and_a_missing_part_are_named(
    fake: FakePipeline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.multilingual = False
    with pytest.raises(EngineFailed) as caught:
        OpenVinoWhisper(folder)
    assert caught.value.code == "model_unsupported"
    monkeypatch.undo()
    (folder / "openvino_decoder_model.bin").unlink()
    with pytest.raises(ModelMissing) as missing:
        OpenVinoWhisper(folder)
    assert missing.value.code == "model_file_missing"


def test_after_closing_nothing_is_heard(fake: FakePipeline, folder: Path) -> None:
    heard = OpenVinoWhisper(folder)
    heard.close()
    with pytest.raises(EngineFailed) as caught:
        heard.transcribe(SOMEBODY)
    assert caught.value.code == "engine_closed"


def test_loops_compress_well() -> None:
    assert (
        compression("네네" * 50) > 2.4 > compression("오늘 회의가 몇 시에 시작해?") and compression("") == 0
    )


# Which form is the default


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "data"))
    for name, file in (
        ("whisper-small", "model.bin"),
        ("whisper-small-openvino", "openvino_encoder_model.xml"),
    ):
        made = tmp_path / "data" / "models" / name
        made.mkdir(parents=True)
        (made / file).write_bytes(b"weights")
        write_manifest(made, name=name, version="1", licence="MIT")
    return tmp_path


def test_an_openvino_folder_that_hears_is_a_speech_model(both: Path) -> None:
    entry = find("whisper-small-openvino")
    assert (entry.kind, entry.engine) == ("speech", "openvino")
    assert {one.name for one in forms(find("whisper-small"))} == {"whisper-small", "whisper-small-openvino"}
    assert len(forms(find(catalogue.SYNTHETIC))) == 1


def test_the_form_that_was_measured_to_be_faster_is_the_default(both: Path) -> None:
    assert default_transcriber().name == "whisper-small"
    Known().keep("CPU", "whisper-small", Probed(first_token_ms=900.0))
    Known().keep("CPU", "whisper-small-openvino", Probed(first_token_ms=500.0))
    assert default_transcriber().name == "whisper-small-openvino"
    Known().keep("CPU", "whisper-small-openvino", Probed(fault="engine_load_failed"))
    assert default_transcriber().name == "whisper-small"


def test_the_bench_takes_turns_and_tells_medians() -> None:
    turns: list[str] = []
    times = {"slow": iter([9.0, 4.0, 4.2, 4.1]), "fast": iter([9.0, 2.0, 2.1, 1.9])}

    def work(name: str) -> float:
        turns.append(name)
        return next(times[name])

    found = interleaved({name: lambda name=name: work(name) for name in times}, 3)
    assert turns == ["fast", "slow", "slow", "fast"] * 2
    assert (found["slow"]["median_s"], found["fast"]["median_s"], found["ratio"]) == (4.1, 2.0, 2.05)
