"""A model is hashed when anything may have changed, and not again when nothing did."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from assistant.errors import ModelMissing
from models import manifest
from models.manifest import NAME, write_manifest
from models.verified import verify_once

HOUR = 3600


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "model"
    made.mkdir()
    for name in ("weights.bin", "config.json"):
        (made / name).write_bytes(name.encode() * 1000)
    write_manifest(made, name="m", version="1", licence="MIT")
    return made


@pytest.fixture
def stamps(tmp_path: Path) -> Path:
    return tmp_path / "data" / "verified"


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were read whole."""
    seen: list[str] = []
    real = manifest._digest

    def digest(path: Path) -> str:
        seen.append(path.name)
        return real(path)

    monkeypatch.setattr(manifest, "_digest", digest)
    return seen


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is an hour after the files were written."""
    import time

    real = time.time_ns
    monkeypatch.setattr("models.verified.time.time_ns", lambda: real() + HOUR * 10**9)


def twice(folder: Path, stamps: Path, hashed: list[str]) -> None:
    verify_once(folder, stamps)
    assert sorted(hashed) == ["config.json", "weights.bin"]
    hashed.clear()


def test_the_second_opening_reads_no_weights(folder: Path, stamps: Path, hashed: list[str]) -> None:
    twice(folder, stamps, hashed)
    told = verify_once(folder, stamps)
    assert hashed == []
    assert told == manifest.read_manifest(folder)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[5] ^= 1
    with path.open("r+b") as stream:  # in place: the inode stays
        stream.write(data)


@pytest.mark.parametrize("name", ["weights.bin", "config.json"])
def test_a_flipped_byte_is_refused_after_a_stamp_too(
    folder: Path, stamps: Path, hashed: list[str], name: str
) -> None:
    twice(folder, stamps, hashed)
    flip(folder / name)
    with pytest.raises(ModelMissing) as caught:
        verify_once(folder, stamps)
    assert caught.value.code == "model_file_altered"
    assert Path(str(caught.value.values["path"])).name == name


@pytest.mark.skipif(os.name == "nt", reason="Windows has no time of change that a program cannot set")
def test_setting_the_time_of_writing_back_does_not_hide_a_change(
    folder: Path, stamps: Path, hashed: list[str]
) -> None:
    twice(folder, stamps, hashed)
    before = (folder / "weights.bin").stat()
    flip(folder / "weights.bin")
    os.utime(folder / "weights.bin", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (folder / "weights.bin").stat().st_mtime_ns == before.st_mtime_ns
    with pytest.raises(ModelMissing):
        verify_once(folder, stamps)


def test_another_file_in_its_place_is_hashed(folder: Path, stamps: Path, hashed: list[str]) -> None:
    twice(folder, stamps, hashed)
    shutil.copy2(folder / "weights.bin", folder / "copy")
    (folder / "copy").replace(folder / "weights.bin")
    verify_once(folder, stamps)
    assert "weights.bin" in hashed


def test_another_manifest_means_hashing_again(folder: Path, stamps: Path, hashed: list[str]) -> None:
    twice(folder, stamps, hashed)
    text = (folder / NAME).read_text().replace('"version": "1"', '"version": "2"')
    (folder / NAME).write_text(text)
    assert verify_once(folder, stamps).version == "2"
    assert hashed


def test_a_manifest_that_lists_less_cannot_use_an_old_stamp(
    folder: Path, stamps: Path, hashed: list[str]
) -> None:
    twice(folder, stamps, hashed)
    flip(folder / "weights.bin")
    (folder / NAME).write_text((folder / NAME).read_text().replace("weights.bin", "config.json"))
    with pytest.raises(ModelMissing):
        verify_once(folder, stamps)


def test_what_was_written_just_now_gets_no_stamp(
    folder: Path, stamps: Path, hashed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another write in the same tick of a coarse clock would carry the same time."""
    monkeypatch.undo()
    verify_once(folder, stamps)
    assert not stamps.exists()


def test_an_altered_model_leaves_no_stamp(folder: Path, stamps: Path) -> None:
    flip(folder / "weights.bin")
    for _ in range(2):
        with pytest.raises(ModelMissing):
            verify_once(folder, stamps)
    assert not stamps.exists()


@pytest.mark.parametrize("junk", ["", "{", "[]", '{"folder": 1}', "null", "\udcff"])
def test_a_broken_stamp_only_means_hashing(folder: Path, stamps: Path, hashed: list[str], junk: str) -> None:
    twice(folder, stamps, hashed)
    place = next(stamps.glob("*.json"))
    place.write_bytes(junk.encode("utf-8", "surrogateescape"))
    verify_once(folder, stamps)
    assert hashed


def test_a_stamp_of_another_folder_does_not_count(folder: Path, stamps: Path, hashed: list[str]) -> None:
    twice(folder, stamps, hashed)
    other = shutil.copytree(folder, folder.with_name("other"))
    verify_once(other, stamps)
    assert hashed


def test_stamps_of_removed_models_go(folder: Path, stamps: Path) -> None:
    verify_once(folder, stamps)
    other = shutil.copytree(folder, folder.with_name("other"))
    shutil.rmtree(folder)
    verify_once(other, stamps)
    assert len(list(stamps.iterdir())) == 1


def test_a_data_folder_that_cannot_be_written_changes_nothing(
    folder: Path, tmp_path: Path, hashed: list[str]
) -> None:
    (tmp_path / "file").write_text("")
    for _ in range(2):
        assert verify_once(folder, tmp_path / "file" / "verified") is not None
    assert len(hashed) == 4


def test_a_folder_of_the_persons_own_needs_no_manifest(tmp_path: Path, stamps: Path) -> None:
    assert verify_once(tmp_path, stamps, required=False) is None
    with pytest.raises(ModelMissing):
        verify_once(tmp_path, stamps)
