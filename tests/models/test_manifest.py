"""A model folder is used only when every byte is what its manifest says."""

from __future__ import annotations

import json
import os
import pickle
import zipfile
from pathlib import Path

import pytest

from assistant.errors import ModelMissing
from models.manifest import NAME, read_manifest, verify, weights_kind, write_manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    model = tmp_path / "model"
    (model / "sub").mkdir(parents=True)
    (model / "weights.safetensors").write_bytes(bytes(range(256)) * 40)
    (model / "sub" / "config.json").write_text("{}")
    (model / ".cache").write_text("not part of the model")
    write_manifest(model, name="m", version="1", licence="Apache-2.0", revision="abc")
    return model


def code_of(folder: Path, **options: bool) -> str:
    with pytest.raises(ModelMissing) as caught:
        verify(folder, **options)
    assert caught.value.exit_status == 3
    return caught.value.code


def test_a_whole_folder_passes_and_tells_who_it_is(folder: Path) -> None:
    manifest = verify(folder)
    assert (manifest.name, manifest.version, manifest.licence, manifest.revision) == (
        "m",
        "1",
        "Apache-2.0",
        "abc",
    )
    assert [file.path for file in manifest.files] == ["sub/config.json", "weights.safetensors"]
    assert manifest.size == 256 * 40 + 2


@pytest.mark.parametrize("name", ["weights.safetensors", "sub/config.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelMissing) as caught:
        verify(folder)
    assert caught.value.code == "model_file_missing"
    assert Path(str(caught.value.values["path"])) == folder / name
    assert caught.value.values["model"] == "m"


@pytest.mark.parametrize("place", [0, 5000, 256 * 40 - 1])
def test_one_flipped_bit_is_found_by_the_full_check_only(folder: Path, place: int) -> None:
    weights = folder / "weights.safetensors"
    data = bytearray(weights.read_bytes())
    data[place] ^= 1
    weights.write_bytes(data)
    assert code_of(folder) == "model_file_altered"
    assert verify(folder, full=False) is not None


@pytest.mark.parametrize("full", [True, False])
def test_another_size_is_found_by_both_checks(folder: Path, full: bool) -> None:
    with (folder / "weights.safetensors").open("ab") as stream:
        stream.write(b"x")
    assert code_of(folder, full=full) == "model_file_altered"


def test_a_folder_instead_of_a_file_is_missing(folder: Path) -> None:
    (folder / "sub" / "config.json").unlink()
    (folder / "sub" / "config.json").mkdir()
    assert code_of(folder) == "model_file_missing"


@pytest.mark.parametrize(
    "path",
    ["../weights.safetensors", "/etc/passwd", "sub/../../x", "C:\\x", "a\\b", "c:x", "a\0b", "", "."],
)
def test_paths_that_leave_the_folder_break_the_manifest(folder: Path, path: str) -> None:
    told = json.loads((folder / NAME).read_text())
    told["files"][0]["path"] = path
    (folder / NAME).write_text(json.dumps(told))
    assert code_of(folder) == "manifest_broken"


def test_a_link_out_of_the_folder_breaks_the_manifest(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.safetensors"
    weights = folder / "weights.safetensors"
    weights.rename(outside)
    try:
        weights.symlink_to(outside)
    except OSError:
        pytest.skip("this system lets us make no links")
    assert code_of(folder) == "manifest_broken"


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "[]", "null", '"x"', "{}", '{"name":"m","version":"1","licence":"x","files":[]}',
        '{"name":"m","version":"1","licence":"x","files":[{"path":"a","size":"1","sha256":"x"}]}',
        '{"name":"m","version":"1","licence":"x","files":[{"path":"a","size":-1,"sha256":"x"}]}',
        '{"name":"m","version":"1","licence":"x","files":[{"path":"a","size":true,"sha256":"x"}]}',
        '{"name":"m","version":"1","licence":"x","files":[{"path":1,"size":1,"sha256":"x"}]}',
        '{"name":1,"version":"1","licence":"x","files":[{"path":"a","size":1,"sha256":"x"}]}',
        '{"name":"m","version":"1","files":[{"path":"a","size":1,"sha256":"x"}]}',
        '{"files": 3}', "[" * 100_000, "\ufeff{}", "\x00",
    ],
)  # fmt: skip
def test_a_broken_manifest_says_so(folder: Path, text: str) -> None:
    (folder / NAME).write_text(text, encoding="utf-8")
    assert code_of(folder) == "manifest_broken"


def test_a_manifest_of_two_megabytes_is_not_read(folder: Path) -> None:
    (folder / NAME).write_bytes(b" " * (2 << 20))
    assert code_of(folder) == "manifest_broken"


def test_a_folder_without_manifest_is_for_those_who_named_it(folder: Path, tmp_path: Path) -> None:
    (folder / NAME).unlink()
    assert code_of(folder) == "model_file_missing"
    assert verify(folder, required=False) is None
    assert code_of(tmp_path / "nowhere", required=False) == "model_file_missing"


def test_a_manifest_that_is_there_counts_even_when_not_required(folder: Path) -> None:
    (folder / "sub" / "config.json").unlink()
    assert code_of(folder, required=False) == "model_file_missing"


def test_writing_again_replaces_the_manifest_whole(folder: Path) -> None:
    (folder / "sub" / "config.json").write_text("[1]")
    write_manifest(folder, name="m", version="2", licence="MIT")
    assert verify(folder).version == "2"
    assert not list(folder.glob(".*.part"))


def test_a_model_inside_a_model_has_its_own_manifest(folder: Path) -> None:
    inner = folder / "checkpoint"
    inner.mkdir()
    (inner / "model.safetensors").write_bytes(b"abc")
    write_manifest(inner, name="m-checkpoint", version="1", licence="MIT")
    outer = write_manifest(folder, name="m", version="1", licence="MIT")
    assert [file.path for file in outer.files] == ["sub/config.json", "weights.safetensors"]
    assert read_manifest(inner).files[0].path == "model.safetensors"


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["openvino_language_model.xml", "openvino_language_model.bin"], "openvino"),
        (["model.safetensors", "config.json"], "safetensors"),
        (["recogniser.onnx"], "onnx"),
        (["model-q4.gguf"], "gguf"),
        (["model.bin", "config.json", "vocabulary.json"], "ctranslate2"),
    ],
)
def test_the_kind_of_weights_is_told_by_the_files(tmp_path: Path, names: list[str], kind: str) -> None:
    for name in names:
        (tmp_path / name).write_bytes(b"\x06\x00\x00\x00")
    assert weights_kind(tmp_path) == kind


def refused(folder: Path) -> str:
    with pytest.raises(ModelMissing) as caught:
        weights_kind(folder)
    return caught.value.code


@pytest.mark.parametrize("name", ["model.pt", "weights.pth", "x.ckpt", "pytorch_model.bin", "model.PKL"])
def test_pickles_are_refused_by_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"abcd")
    assert refused(tmp_path) == "model_format_refused"


def test_pickles_that_call_themselves_ctranslate2_are_refused_by_their_bytes(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "model.bin").write_bytes(pickle.dumps({"a": 1}))
    assert refused(tmp_path) == "model_format_refused"
    with zipfile.ZipFile(tmp_path / "model.bin", "w") as archive:
        archive.writestr("data.pkl", b"x")
    assert refused(tmp_path) == "model_format_refused"


def test_an_empty_folder_and_no_folder_hold_no_model(tmp_path: Path) -> None:
    assert refused(tmp_path) == "model_file_missing"
    assert refused(tmp_path / "nowhere") == "model_file_missing"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user who can be refused")
def test_an_unreadable_folder_is_missing(folder: Path) -> None:
    folder.chmod(0)
    try:
        assert code_of(folder) == "model_file_missing"
    finally:
        folder.chmod(0o700)
