"""Which names a model and the files inside it may have: one rule for every system.

A model that was packed on Linux must unpack on Windows, so what any of them cannot store is refused on all.
"""

from __future__ import annotations

import fnmatch
import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

_MODEL = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}[a-z0-9]")
_FORBIDDEN = frozenset('<>:"|?*\\')
# Windows opens a device for these whatever the extension; the superscript digits count as digits there.
_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)
# Weights that run code when they are loaded, and what runs by itself: no model of ours needs any of it.
_NEVER = (
    *("*.pt", "*.pth", "*.pkl", "*.pickle", "*.ckpt", "*.h5", "*.keras", "*.msgpack", "*.npz", "*.joblib"),
    *(
        "pytorch_model*.bin",
        "*.exe",
        "*.dll",
        "*.so",
        "*.so.*",
        "*.dylib",
        "*.com",
        "*.scr",
        "*.msi",
        "*.lnk",
    ),
    *("*.bat", "*.cmd", "*.ps1", "*.sh", "*.vbs", "*.js", "*.jar", "*.app", "*.desktop", "*.pyc", "*.pyd"),
)
_LONGEST_PART = 150  # bytes of UTF-8; file systems stop at 255, Windows at 260 for the whole path
_LONGEST_PATH = 400


class UnsafeName(ValueError):
    """A name that is refused. `reason` is one word for the message: traversal, absolute, reserved …"""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{reason}: {name!r}")
        self.name = name
        self.reason = reason


def model_name(name: str) -> str:
    """`name` if a model folder may be called that. Errors: `UnsafeName`."""
    if not _MODEL.fullmatch(name) or ".." in name:
        raise UnsafeName(name, "form")
    if _RESERVED.fullmatch(name) or name.endswith((".partial", ".import")):  # these mark unfinished models
        raise UnsafeName(name, "reserved")
    return name


def inner_path(text: str) -> PurePosixPath:
    """The path of a file inside a model, relative, with forward slashes. Errors: `UnsafeName`."""
    if not text or text.endswith("/"):
        raise UnsafeName(text, "empty")
    if len(text.encode("utf-8", "surrogatepass")) > _LONGEST_PATH:
        raise UnsafeName(text[:80], "long")
    if text.startswith(("/", "\\", "~")) or re.match(r"[A-Za-z]:", text):
        raise UnsafeName(text, "absolute")
    if "\\" in text:
        raise UnsafeName(text, "backslash")
    for part in text.split("/"):
        _check_part(part, text)
    return PurePosixPath(text)


def check_together(paths: Iterable[str]) -> None:
    """Refuse names that fall together on a file system without case, and a file that is also a folder."""
    seen: dict[str, str] = {}
    folders: set[str] = set()
    for path in paths:
        folded = _folded(path)
        if folded in seen:
            raise UnsafeName(path, "collision")
        seen[folded] = path
        folders.update(str(parent) for parent in PurePosixPath(folded).parents)
    for folder in folders:
        if folder in seen:
            raise UnsafeName(seen[folder], "collision")


def runs_by_itself(path: str) -> bool:
    """Whether `path` is of a kind that must not come with a model. Python code is another question: `is_code`."""
    name = path.rsplit("/", 1)[-1].lower()
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in _NEVER)


def is_code(path: str) -> bool:
    """Whether `path` is Python code, which comes only with the person's consent."""
    return path.lower().endswith((".py", ".pyw"))


def _check_part(part: str, whole: str) -> None:
    if part in ("", "."):
        raise UnsafeName(whole, "empty")
    if part == "..":
        raise UnsafeName(whole, "traversal")
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Cf") for sign in part):
        raise UnsafeName(whole, "control")
    if _FORBIDDEN.intersection(part):
        raise UnsafeName(whole, "forbidden")
    if part.endswith((".", " ")) or part.startswith(" "):
        raise UnsafeName(whole, "forbidden")
    if part.startswith("."):  # the manifest does not list hidden files
        raise UnsafeName(whole, "hidden")
    if _RESERVED.fullmatch(part):
        raise UnsafeName(whole, "reserved")
    if len(part.encode()) > _LONGEST_PART:
        raise UnsafeName(whole, "long")


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
