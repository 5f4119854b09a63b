"""Whether the installed program is whole: the bundle's own list of files against what lies there.

The list is written when the program is built (packaging/listing.py); a program that runs from its source has none.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

LIST = "contents.json"
"""{"files": {"path inside": [size, sha256]}}"""


def program_folder() -> Path | None:
    """Where the packaged program's files are; None where it runs from its source."""
    inside = getattr(sys, "_MEIPASS", None)
    return Path(inside) if inside and getattr(sys, "frozen", False) else None


def damaged(folder: Path, *, every_byte: bool = False) -> tuple[str, ...]:
    """Files that are missing or have another size, by their path in the folder; with `every_byte` also another hash.

    A list that cannot be read is itself what is missing.
    """
    try:
        listed = json.loads((folder / LIST).read_text("utf-8"))["files"]
        return tuple(sorted(name for name, (size, digest) in listed.items()
                            if not _whole(folder / name, size, digest if every_byte else None)))  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return (LIST,)


def _whole(path: Path, size: int, digest: str | None) -> bool:
    try:
        if not path.is_file() or path.stat().st_size != size:
            return False
        return digest is None or hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except OSError:
        return False
