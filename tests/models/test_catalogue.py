"""Which models are installed, which one is meant, and which engine opens it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.errors import EngineFailed, ModelMissing
from models import catalogue
from models.manifest import NAME, write_manifest
from tests.models.tiny import TINY, lines, noise


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty program and an empty data folder."""
    (tmp_path / "bundled").mkdir()
    monkeypatch.setattr(catalogue, "BUNDLED", tmp_path / "bundled")
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path / "data"))
    return tmp_path


def put(root: Path, name: str, source: Path = TINY, licence: str = "Apache-2.0") -> Path:
    folder = shutil.copytree(source, root / name)
    write_manifest(folder, name=name, version="0.1", licence=licence)
    return folder


def put_file(root: Path, name: str, file: str) -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    (folder / file).write_bytes(b"\x06\0\0\0 model")
    write_manifest(folder, name=name, version="1", licence="MIT")
    return folder


def code_of(call: object, *arguments: object) -> str:
    with pytest.raises((ModelMissing, EngineFailed)) as caught:
        call(*arguments)
    return caught.value.code


def test_without_models_each_kind_has_its_own_error() -> None:
    assert catalogue.installed() == ()
    assert code_of(catalogue.default_vision) == "no_vision_model"
    assert code_of(catalogue.default_screen_reader) == "no_screen_reader"
    assert code_of(catalogue.default_transcriber) == "no_speech_model"
    assert code_of(catalogue.open_transcriber) == "no_speech_model"


def test_bundled_and_own_models_are_listed_with_what_their_manifests_say(places: Path) -> None:
    put(places / "bundled", "nunchi-mini")
    put_file(places / "bundled", "screen-text-ko", "recogniser.onnx")
    put_file(places / "data" / "models", "whisper-small", "model.bin")
    told = {entry.name: entry for entry in catalogue.installed()}
    assert {(e.name, e.kind, e.engine, e.bundled) for e in told.values()} == {
        ("nunchi-mini", "vision", "openvino", True),
        ("screen-text-ko", "screen-text", "onnxruntime", True),
        ("whisper-small", "speech", "faster-whisper", False),
    }
    assert told["nunchi-mini"].licence == "Apache-2.0"
    assert told["nunchi-mini"].version == "0.1"
    assert told["nunchi-mini"].size > 1_000_000
    assert catalogue.default_vision().name == "nunchi-mini"
    assert catalogue.default_screen_reader().name == "screen-text-ko"
    assert catalogue.default_transcriber().name == "whisper-small"


def test_the_bundled_model_is_the_default_beside_others(places: Path) -> None:
    put(places / "data" / "models", "another")
    assert catalogue.default_vision().name == "another"
    put(places / "bundled", "nunchi-mini")
    assert catalogue.default_vision().name == "nunchi-mini"


def test_folders_without_a_manifest_and_half_downloads_are_not_installed(places: Path) -> None:
    shutil.copytree(TINY, places / "data" / "models" / "half")
    put_file(places / "data" / "models", ".part", "model.bin")
    assert catalogue.installed() == ()


def test_a_broken_manifest_is_listed_as_broken_and_hides_no_other(places: Path) -> None:
    put(places / "bundled", "nunchi-mini")
    broken = put_file(places / "data" / "models", "broken", "model.bin")
    (broken / NAME).write_text("{")
    assert {entry.name: entry.broken for entry in catalogue.installed()} == {
        "nunchi-mini": None,
        "broken": "manifest_broken",
    }


def test_a_model_is_found_by_name_or_by_folder(places: Path, tmp_path: Path) -> None:
    folder = put(places / "bundled", "nunchi-mini")
    assert catalogue.find("nunchi-mini").folder == folder
    elsewhere = shutil.copytree(TINY, tmp_path / "내 모델")
    entry = catalogue.find(str(elsewhere))
    assert (entry.name, entry.engine, entry.bundled, entry.version) == ("내 모델", "openvino", False, "")
    assert code_of(catalogue.find, "nunchi-maxi") == "model_unknown"
    assert code_of(catalogue.find, tmp_path / "bundled") == "model_file_missing"


def test_the_engine_follows_the_contents_of_the_folder(places: Path) -> None:
    pytest.importorskip("openvino", reason="the OpenVINO engine needs openvino")
    put(places / "bundled", "nunchi-mini")
    model = catalogue.open_vision()
    assert (model.name, model.engine, model.device) == ("nunchi-mini", "openvino", "CPU")
    assert model.look(noise(96, 64), lines(2)).timings.encode_ms > 0


def test_the_reference_engine_reads_the_checkpoint_beside_the_ir(places: Path) -> None:
    pytest.importorskip("transformers", reason="the reference engine needs the extra `torch`")
    folder = put(places / "bundled", "nunchi-mini")
    checkpoint = folder / catalogue.CHECKPOINT
    checkpoint.mkdir()
    for name in ("config.json", "tokenizer.json", "preprocessor_config.json"):
        shutil.copy(folder / name, checkpoint / name)
    (folder / "model.safetensors").rename(checkpoint / "model.safetensors")
    write_manifest(checkpoint, name="nunchi-mini", version="0.1", licence="Apache-2.0")
    write_manifest(folder, name="nunchi-mini", version="0.1", licence="Apache-2.0")
    assert catalogue.open_vision("nunchi-mini", engine="transformers").engine == "transformers"
    shutil.rmtree(checkpoint)
    assert code_of(catalogue.open_vision, "nunchi-mini", "transformers") == "model_not_for_engine"


def test_an_altered_model_is_not_opened(places: Path) -> None:
    folder = put(places / "bundled", "nunchi-mini")
    weights = folder / "openvino_language_model.bin"
    data = bytearray(weights.read_bytes())
    data[1000] ^= 1
    weights.write_bytes(data)
    assert code_of(catalogue.open_vision) == "model_file_altered"


def test_a_bundled_model_without_its_manifest_is_not_installed(places: Path) -> None:
    (put(places / "bundled", "nunchi-mini") / NAME).unlink()
    assert code_of(catalogue.open_vision) == "no_vision_model"


@pytest.mark.parametrize("engine", ["llama-server", "nonsense", ""])
def test_an_engine_that_is_not_there_is_refused(places: Path, engine: str) -> None:
    put_file(places / "data" / "models", "a-gguf", "model.gguf")
    if engine:
        assert code_of(catalogue.open_vision, "a-gguf", engine) == "engine_unknown"
    else:
        assert code_of(catalogue.open_vision, "a-gguf") == "engine_unknown"


def test_a_folder_of_pickles_is_refused(places: Path) -> None:
    folder = places / "pickled"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "pytorch_model.bin").write_bytes(b"\x80\x04x")
    assert code_of(catalogue.open_vision, folder) == "model_format_refused"
