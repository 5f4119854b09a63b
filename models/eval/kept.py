"""Readings of pictures and answers of models on disk, so that a table over many models can be taken up where it was left.

Both are kept under a digest of what they came from, so nothing stale is ever used: pictures and the reader's code and networks;
a model's files, the code that asks it, and the questions' pictures. Everything is JSON.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.frames import Box, Frame, ScreenText, TextLine
from models.eval.scoring import Given

if TYPE_CHECKING:
    from assistant.ports import Cancel, ScreenReader

ROOT = Path(__file__).resolve().parents[2]
CODE = ("assistant", "models/runtimes", "models/bundled/glossary-en-ko")
"""what an answer depends on besides the model"""
READER = (
    "models/runtimes",
    "models/bundled/screen-text-ko",
    "models/bundled/screen-text-det",
    "models/bundled/screen-widgets",
)


class KeptReadings:
    """A `ScreenReader` that reads each picture once; in `folder`, where given, readings outlive the process."""

    def __init__(self, reader: ScreenReader, folder: Path | None = None) -> None:
        self._reader, self._folder = reader, folder
        self._known: dict[str, ScreenText] = {}

    def read(self, frame: Frame, cancel: Cancel | None = None) -> ScreenText:
        key = hashlib.sha256(frame.image.tobytes() + bytes(str(frame.image.shape), "ascii")).hexdigest()
        if key not in self._known:
            self._known[key] = self._kept(key) or self._keep(key, self._reader.read(frame, cancel))
        return self._known[key]

    def _path(self, key: str) -> Path:
        return self._folder / "readings" / digest_of(*READER) / f"{key[:32]}.json"

    def _kept(self, key: str) -> ScreenText | None:
        if self._folder is None or not self._path(key).is_file():
            return None
        told = json.loads(self._path(key).read_text("utf-8"))
        lines = tuple(TextLine(**line | {"box": Box(*line["box"])}) for line in told.pop("lines"))
        return ScreenText(lines, **told)

    def _keep(self, key: str, text: ScreenText) -> ScreenText:
        if self._folder is not None:
            _write(self._path(key), json.dumps(asdict(text), ensure_ascii=False))
        return text


class KeptAnswers:
    """What one model answered, by the questions' ids; `label` is for people who look into the folder."""

    def __init__(self, folder: Path, label: str, model: Path) -> None:
        self._path = folder / "answers" / f"{label}-{_digest_of_model(model)}-{digest_of(*CODE)}.jsonl"
        self.known: dict[str, tuple[Given, str]] = {}
        if self._path.is_file():
            for line in self._path.read_text("utf-8").splitlines():
                row = json.loads(line)
                given = Given(**row["given"])
                given = replace(given, box=given.box and Box(*given.box), evidence=tuple(given.evidence))
                self.known[row["id"]] = given, row["raw"]

    def keep(self, question: str, given: Given, raw: str) -> None:
        self.known[question] = given, raw
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            row = {"id": question, "given": asdict(given), "raw": raw}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


@cache
def digest_of(*places: str) -> str:
    """Twelve hexadecimal digits of all files of these folders of the project."""
    return _digest(path for place in places for path in sorted((ROOT / place).rglob("*")))


def _digest_of_model(folder: Path) -> str:
    """Of a model's own files, models inside it and reports about it left out."""
    return _digest(
        path for path in sorted(folder.iterdir()) if path.name not in ("defense.json", "manifest.json")
    )


def _digest(paths: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        if path.is_file() and path.suffix != ".pyc":
            found.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:12]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_suffix(".new")
    scratch.write_text(text, "utf-8")
    scratch.replace(path)
