"""What is asked of the vendors' compilers, and how their words become outcomes. The compilers themselves: `python -m models.npu compile`."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import BinaryIO

import pytest

from models.npu import intel, qualcomm, wheels


@pytest.fixture
def wine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> SimpleNamespace:
    """Stands where Wine stands; `says` is its output, `asked` the command."""
    seen = SimpleNamespace(says="", status=0, asked=[])
    host = tmp_path / "libs" / "intel_host.exe"
    monkeypatch.setattr(intel, "_host", lambda _work: host)

    def run(command: list[str], stdout: BinaryIO, **_more: object) -> SimpleNamespace:
        seen.asked = command
        stdout.write(b"wine: it broke\n" + seen.says.encode())
        return SimpleNamespace(returncode=seen.status)

    monkeypatch.setattr(intel.subprocess, "run", run)
    return seen


def test_intels_compiler_is_told_the_platform(wine: SimpleNamespace, tmp_path: Path) -> None:
    wine.says = 'noise\n{"compile_s": 34.9, "blob_bytes": 7004324, "compiler": "524292"}\n'
    made = intel.compile_for("NPU5010", "mini", "int8", tmp_path / "tower.xml", tmp_path)
    assert (made.blob_bytes, made.compile_s, made.refused) == (7_004_324, 34.9, "")
    assert wine.asked[:2] == ["wine", "intel_host.exe"]
    assert wine.asked[2] == "Z:" + str(tmp_path / "tower.xml").replace("/", "\\")
    assert wine.asked[4:] == ["NPU_PLATFORM=NPU5010", "NPU_COMPILER_TYPE=PLUGIN"]


@pytest.mark.parametrize(
    ("says", "reason"),
    [
        ('{"error": "compile: no MVN"}', "compile: no MVN"),
        ("", "wine: it broke"),
        ("{cut", "wine: it broke\n{cut"),
    ],
)
def test_a_refusal_keeps_its_reason(wine: SimpleNamespace, tmp_path: Path, says: str, reason: str) -> None:
    wine.says, wine.status = says, 1
    assert intel.compile_for("NPU3720", "mini", "int8", tmp_path / "t.xml", tmp_path).refused == reason


def test_qualcomms_door_is_not_counted_as_fallen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run(command: list[str], **_more: object) -> SimpleNamespace:
        Path(command[5]).with_name(Path(command[5]).stem + "_qnn.bin").write_bytes(b"x" * 9)
        told = {"compile_s": 50.2, "cpu": {"QuantizeLinear": 5, "DequantizeLinear": 2, "Gelu": 1}}
        return SimpleNamespace(stdout="words\n" + json.dumps(told) + "\n", stderr="", returncode=0)

    monkeypatch.setattr(qualcomm, "unpacked", lambda _wheel, work: work)
    monkeypatch.setattr(qualcomm.subprocess, "run", run)
    made = qualcomm.compile_for("HTP v73", "mini", "int8", tmp_path / "tower.onnx", tmp_path)
    assert (made.blob_bytes, made.elsewhere, made.at_the_door, made.refused) == (9, {"Gelu": 1}, 7, "")


def test_a_compiler_that_dies_is_an_outcome(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(qualcomm, "unpacked", lambda _wheel, work: work)
    dead = SimpleNamespace(stdout="", stderr="", returncode=-11)
    monkeypatch.setattr(qualcomm.subprocess, "run", lambda *_a, **_m: dead)
    made = qualcomm.compile_for("HTP v73", "mini", "int8", tmp_path / "tower.onnx", tmp_path)
    assert made.refused == "ended with -11"


def test_a_wheel_is_fetched_by_its_hash_and_only_what_is_wanted_is_unpacked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import zipfile

    asked: list[tuple[list[str], str]] = []

    def run(command: list[str], check: bool) -> None:
        listed = Path(command[command.index("-r") + 1]).read_text()
        asked.append((command, listed))
        with zipfile.ZipFile(Path(command[command.index("--dest") + 1]) / "some.whl", "w") as archive:
            archive.writestr("openvino/libs/a.dll", "a")
            archive.writestr("openvino/_pyopenvino.pyd", "b")

    monkeypatch.setattr(wheels.subprocess, "run", run)
    folder = wheels.unpacked(wheels.OPENVINO_WINDOWS, tmp_path)
    assert [path.name for path in folder.rglob("*") if path.is_file()] == ["a.dll"]
    assert asked[0][1] == f"openvino==2026.4.1 --hash=sha256:{wheels.OPENVINO_WINDOWS.sha256}\n"
    assert {"--require-hashes", "--no-deps", "win_amd64"} <= set(asked[0][0])
    wheels.unpacked(wheels.OPENVINO_WINDOWS, tmp_path)
    assert len(asked) == 1


def test_a_wrong_hash_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run(command: list[str], check: bool) -> None:
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(wheels.subprocess, "run", run)
    with pytest.raises(subprocess.CalledProcessError):
        wheels.unpacked(wheels.QNN_LINUX, tmp_path)
    assert not list(tmp_path.iterdir())
