"""What the doctor says of the program itself: files gone or changed, and what windows and sound lack."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from desktop.command import doctor
from desktop.installed_files import LIST, damaged


def program(folder: Path) -> Path:
    """A program of two files, with their list."""
    files = {"models/a/model.onnx": b"weights", "words_ko.toml": "눈치".encode()}
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    listed = {name: [len(data), hashlib.sha256(data).hexdigest()] for name, data in files.items()}
    (folder / LIST).write_text(json.dumps({"files": listed}))
    return folder


def test_a_whole_program_has_nothing_damaged(tmp_path: Path) -> None:
    assert damaged(program(tmp_path), every_byte=True) == ()


def test_what_is_gone_cut_or_changed_is_named(tmp_path: Path) -> None:
    folder = program(tmp_path)
    (folder / "words_ko.toml").write_bytes("눈초".encode())
    assert damaged(folder) == () and damaged(folder, every_byte=True) == ("words_ko.toml",)
    (folder / "words_ko.toml").write_bytes(b"")
    assert damaged(folder) == ("words_ko.toml",)
    (folder / "models/a/model.onnx").unlink()
    assert damaged(folder) == ("models/a/model.onnx", "words_ko.toml")


def test_the_image_budget_is_told_with_its_cost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path))
    monkeypatch.setenv("NUNCHI_LANGUAGE", "ko")
    look = doctor._look()
    assert look == {"model": "nunchi-mini", "image_tokens": None, "ms": None, "seconds": 1.5}
    assert "배운 크기" in doctor.told_budget(look)
    look |= {"model": "qwen3-vl-2b", "image_tokens": 660, "ms": 1234.0}
    assert doctor.told_budget(look) == "qwen3-vl-2b · 그림 토큰 660개 · 이 컴퓨터에서 약 1.2초"


@pytest.mark.parametrize("text", ["", "[]", '{"files": 3}', '{"files": {"a": 1}}', "{}"])
def test_a_list_that_cannot_be_read_is_what_is_missing(tmp_path: Path, text: str) -> None:
    (program(tmp_path) / LIST).write_text(text)
    assert damaged(tmp_path) == (LIST,)


@pytest.mark.parametrize(("language", "words"), [("ko", "다시 설치"), ("en", "install it again")])
def test_it_is_explained_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    monkeypatch.setenv("NUNCHI_LANGUAGE", language)
    found = {
        "program": {"damaged": ["a.onnx"]},
        "missing": {"windows": "libxcb-cursor.so.0: no such file", "sound": None},
    }
    told = "\n".join(doctor._lacking(found))
    assert words in told and "a.onnx" in told and "libxcb-cursor.so.0" in told
    assert doctor._lacking({"program": {"damaged": []}, "missing": {"windows": None, "sound": None}}) == []
