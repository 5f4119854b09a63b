"""Writes contents.json into the bundle: every file that must be there, for `nunchi doctor` and for the check."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from contents import INSIDE

NAME = "contents.json"
_MACH_O = {b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"}


def listed(inside: Path) -> dict[str, list[object]]:
    """{"path inside": [size, sha256]} of all files. On macOS without code: signing changes it, and the system checks it."""
    found: dict[str, list[object]] = {}
    for path in sorted(_files(inside)):
        data = path.read_bytes()
        name = path.relative_to(inside).as_posix()
        if name != NAME and not (sys.platform == "darwin" and data[:4] in _MACH_O):
            found[name] = [len(data), hashlib.sha256(data).hexdigest()]
    return found


def write(inside: Path) -> int:
    files = listed(inside)
    (inside / NAME).write_text(json.dumps({"files": files}, indent=0), encoding="utf-8", newline="\n")
    return len(files)


def _files(inside: Path) -> Iterator[Path]:
    for folder, _folders, names in os.walk(inside, followlinks=True):  # a .app keeps data behind links
        yield from (path for name in names if (path := Path(folder, name)).is_file())


if __name__ == "__main__":
    print(f"    · {write(INSIDE)} files listed")
    sys.exit(0)
