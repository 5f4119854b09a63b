"""A place that tells of new versions, on loopback, signed with keys made for the test, and ways to misbehave."""

from __future__ import annotations

import http.server
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.updates.source import Source
from tests.desktop_app.conftest import qt, until  # noqa: F401 - fixtures for all tests here
from tests.desktop_app.window_standins import desk, shut  # noqa: F401 - fixtures for all tests here

sys.path.append(str(Path(__file__).resolve().parents[2] / "packaging"))  # its scripts are no package
import updates as publisher

INSTALLER = b"MZ" + bytes(range(256)) * 3000
Fault = Callable[[http.server.BaseHTTPRequestHandler], bool]


@dataclass
class Site:
    """What the address shows, and the keys it is signed with. `faults` maps a path to what answers instead."""

    folder: Path
    keys: Path
    port: int = 0
    faults: dict[str, Fault] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)

    @property
    def shown(self) -> Path:
        return self.folder / "updates"

    @property
    def dist(self) -> Path:
        return self.folder / "dist"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def source(self) -> Source:
        root = (self.shown / "1.root.json").read_bytes()
        return Source(f"{self.url}/updates/", f"{self.url}/download/", (), root)

    def release(self, version: str, installer: bytes = INSTALLER) -> None:
        """As packaging/updates.py does it, and the installers where they can be fetched."""
        for old in self.dist.glob("*"):
            old.unlink()
        self.dist.mkdir(exist_ok=True)
        (self.dist / f"Nunchi-{version}-x64-setup.exe").write_bytes(installer)
        (self.dist / f"nunchi_{version}_amd64.deb").write_bytes(installer)
        publisher.release(self.keys, self.shown, self.dist)
        there = self.folder / "download" / f"v{version}"
        there.mkdir(parents=True, exist_ok=True)
        for path in self.dist.iterdir():
            (there / path.name).write_bytes(path.read_bytes())


def answer(body: bytes, status: int = 200, **headers: str) -> Fault:
    def fault(handler: http.server.BaseHTTPRequestHandler) -> bool:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)
        return True

    return fault


def made(folder: Path, keys: Path) -> Site:
    site = Site(folder, keys)
    folder.mkdir(parents=True, exist_ok=True)
    publisher.make_keys(keys, site.shown)
    return site


@contextmanager
def served(there: Site) -> Iterator[Site]:
    """Shown on loopback until the end."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: object, **options: object) -> None:
            super().__init__(*arguments, directory=str(there.folder), **options)

        def do_GET(self) -> None:
            there.seen.append(self.path)
            fault = there.faults.get(self.path)
            if fault is None or not fault(self):
                super().do_GET()

        def log_message(self, *_told: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with served(made(tmp_path / "site", tmp_path / "keys")) as there:
        yield there
