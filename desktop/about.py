"""What the program is made of: its version, its parts with their licences, and the cards of the models here. No Qt.

Everything is read from what is installed; nothing is looked up anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from desktop.model_shelf import Shelf

OURS = "nunchi-desktop"
FONTS = Path(__file__).with_name("fonts")
PARTS = (
    OURS, "PySide6_Essentials", "PySide6_Addons", "shiboken6", "openvino", "onnxruntime", "tokenizers", "numpy", "pillow",
    "faster-whisper", "ctranslate2", "huggingface_hub", "httpx2", "mss", "sounddevice", "platformdirs", "filelock", "tuf",
    "dbus-fast", "python-xlib", "pynput", "comtypes", "pyobjc-core", "av", "starlette", "uvicorn",
)  # fmt: skip
_PAPER = re.compile(r"(^|/)(LICEN[CS]E|NOTICE|COPYING|AUTHORS)[^/]*$", re.IGNORECASE)
_CODE = re.compile(r"\.(py|pyc|so|pyd|dll)$", re.IGNORECASE)
LARGEST = 400_000
"""characters of licence text shown for a part"""


@dataclass(frozen=True)
class Part:
    """A library, or a model, that is here."""

    name: str
    version: str = ""
    licence: str = ""
    text: str = ""
    """its licence texts, or a model's card (Markdown)"""


def version() -> str:
    """ "" where the program runs from its source."""
    try:
        return metadata.version(OURS)
    except metadata.PackageNotFoundError:
        return ""


def licences() -> list[Part]:
    """The parts that are installed, ours first."""
    found = []
    for name in PARTS:
        try:
            found.append(_part(metadata.distribution(name)))
        except metadata.PackageNotFoundError:
            if name == OURS:
                found.append(Part("눈치 · Nunchi", "", "Apache-2.0", _our_licence()))
    found.append(Part("Pretendard", "1.3.9", "OFL-1.1", _read(FONTS / "LICENSE.txt")))
    return found


def cards(shelf: Shelf) -> list[Part]:
    """The models here with their cards; a bundled part's licence and notice follow its card."""
    found = []
    for entry in shelf.installed():
        texts = [_read(path) for path in sorted(entry.folder.glob("README*"))]
        papers = (
            [path for path in sorted(entry.folder.iterdir()) if _PAPER.search(path.name)] if texts else []
        )
        texts += [f"\n---\n\n```\n{_read(path)}\n```" for path in papers]
        found.append(Part(entry.name, entry.version, entry.licence, "\n".join(texts)))
    return found


def _part(there: metadata.Distribution) -> Part:
    told = there.metadata
    licence = told.get("License-Expression") or _short(told.get("License", "")) or _classified(told)
    papers = [path for path in there.files or () if _PAPER.search(str(path)) and not _CODE.search(str(path))]
    texts = [f"{path.name}\n\n{_read(Path(str(path.locate())))}" for path in papers]
    text = "\n\n".join(dict.fromkeys(texts))[:LARGEST]
    if told["Name"] == OURS and not text:
        text = _our_licence()
    return Part("눈치 · Nunchi" if told["Name"] == OURS else told["Name"], there.version, licence, text)


def _short(licence: str) -> str:
    """Some put the whole text where its name belongs."""
    line = licence.strip().splitlines()[0] if licence.strip() else ""
    return line if len(line) <= 60 else ""


def _classified(told: metadata.PackageMetadata) -> str:
    names = [
        one.rsplit(" :: ", 1)[-1] for one in told.get_all("Classifier") or () if one.startswith("License ::")
    ]
    return ", ".join(names)


def _our_licence() -> str:
    file = Path(__file__).resolve().parents[1] / "LICENSE"
    return _read(file) if file.exists() else ""


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")[:LARGEST]
    except OSError:
        return ""
