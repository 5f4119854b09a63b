"""Where new versions are told of, and whether this copy of the program asks at all."""

from __future__ import annotations

import os
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from desktop.installed_files import program_folder
from models.catalogue import data_folder

FOLDER = Path(__file__).parent
ADDRESSES = "source.toml"
ROOT = "root.json"
_INSTALLED_AS = {
    "win32": "windows-x64",
    "darwin": "macos-arm64",
    "linux": "linux-deb",
}


@dataclass(frozen=True)
class Source:
    """Addresses end in a slash. `root` is the signed file that names the keys which may speak for new versions."""

    metadata: str
    installers: str
    hosts: tuple[str, ...]
    """beside that of `metadata`; names without a port, or «127.0.0.1:port»"""
    root: bytes

    @property
    def endpoint(self) -> str:
        """Scheme, host and port of the metadata."""
        scheme, host, *_ = urlsplit(self.metadata)
        return f"{scheme}://{host}"

    @property
    def host(self) -> str:
        return urlsplit(self.metadata).hostname or ""


def source(folder: Path = FOLDER) -> Source | None:
    """None for a copy that never asks: one without root.json."""
    root = folder / ROOT
    if not root.is_file():
        return None
    told = tomllib.loads((folder / ADDRESSES).read_text("utf-8"))
    return Source(told["metadata"], told["installers"], tuple(told["hosts"]), root.read_bytes())


def state_folder() -> Path:
    """Where what was proved before is remembered."""
    return data_folder() / "updates"


def downloads_folder() -> Path:
    """The person's own."""
    import platformdirs

    return platformdirs.user_downloads_path()


def installed_as() -> str:
    """Which installer replaces this copy; "" where it runs from its source, which has no installer."""
    if program_folder() is None:
        return ""
    return "linux-appimage" if os.environ.get("APPIMAGE") else _INSTALLED_AS.get(sys.platform, "")
