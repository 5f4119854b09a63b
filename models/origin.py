"""What a pulled or imported model remembers of where it came from: `origin.json` beside its weights.

It is one of the files the manifest lists, so it goes into bundles and cannot be changed unnoticed.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

NAME = "origin.json"
_LARGEST = 1 << 20


@dataclass(frozen=True)
class Origin:
    """Where a model is from and under which terms. `notice` is what must be shown, `accept` that it was agreed to.

    `code`: the person agreed that Python code of the model's makers runs on this machine.
    """

    repo: str = ""
    revision: str = ""
    title: str = ""
    licence_address: str = ""
    notice: str = ""
    accept: bool = False
    code: bool = False


def write_origin(folder: Path, origin: Origin) -> Path:
    path = folder / NAME
    path.write_text(json.dumps(asdict(origin), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def read_origin(folder: Path) -> Origin:
    """What stands there; an empty `Origin` for a model without the file or with one that says nothing sensible."""
    try:
        raw = (folder / NAME).read_bytes()
        told = json.loads(raw) if len(raw) <= _LARGEST else {}
    except (OSError, ValueError, RecursionError):
        told = {}
    if not isinstance(told, dict):
        return Origin()
    kinds = {field.name: type(getattr(Origin(), field.name)) for field in fields(Origin)}
    return Origin(**{name: told[name] for name, kind in kinds.items() if type(told.get(name)) is kind})
