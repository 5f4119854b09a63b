"""The vendors' compilers as PyPI has them: pinned wheels, each with its hash, fetched with pip and unpacked."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Wheel:
    """`wanted` are the parts of the wheel that are unpacked, by how their names begin."""

    requirement: str
    platform: str
    sha256: str
    wanted: tuple[str, ...]


OPENVINO_WINDOWS = Wheel(
    "openvino==2026.4.1",
    "win_amd64",
    "bfddae6d6d3ad240157b946f180c33d0ddfaaae7487995d929a4e6b4bc12b283",
    ("openvino/libs/", "openvino/include/openvino/c/"),
)
"""85 MB; the Linux wheel has the NPU plugin and no compiler"""
QNN_LINUX = Wheel(
    "onnxruntime-qnn==2.7.0",
    "manylinux_2_35_x86_64",
    "c56c01562b8534fe8980cfea4601408d950c065f8251fb862ce82101c52c9849",
    ("onnxruntime_qnn/", "onnxruntime_qnn.libs/"),
)
"""99 MB; its HTP prepare runs on Linux x86-64, so that Qualcomm's compiler needs no Wine"""


def unpacked(wheel: Wheel, work: Path) -> Path:
    """The folder with the wheel's wanted parts, fetched unless it is there. Raises CalledProcessError where pip or a hash fails."""
    folder = work / f"{wheel.requirement.replace('==', '-')}-{wheel.platform}"
    if folder.is_dir():
        return folder
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work) as scratch:
        listed = Path(scratch) / "requirements.txt"
        listed.write_text(f"{wheel.requirement} --hash=sha256:{wheel.sha256}\n", encoding="utf-8")
        command = [
            sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes",
            "--platform", wheel.platform, "--python-version", "3.11", "--dest", scratch, "-r", str(listed),
        ]  # fmt: skip
        subprocess.run(command, check=True)
        made = Path(scratch) / "unpacked"
        with zipfile.ZipFile(next(Path(scratch).glob("*.whl"))) as archive:
            archive.extractall(made, [name for name in archive.namelist() if name.startswith(wheel.wanted)])
        shutil.move(made, folder)
    return folder
