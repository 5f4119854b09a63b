"""A hub on loopback for tests: the HTTP API of huggingface.co that a download uses, and ways to misbehave.

Answers GET /api/models/{id}/revision/{rev}?blobs=true and GET /{id}/resolve/{rev}/{path}; large files redirect
to a second address (the CDN) as the real hub does, with Range, ETag, X-Repo-Commit, X-Linked-Etag and -Size.
"""

from __future__ import annotations

import functools
import hashlib
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit


@functools.lru_cache(maxsize=64)  # else the server spends its time on the same large file again and again
def sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


@functools.lru_cache(maxsize=64)
def git_sha1(body: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(body) + body).hexdigest()


@dataclass
class Repo:
    """Files of one model; those in `large` are in large storage."""

    files: dict[str, bytes]
    large: set[str] = field(default_factory=set)
    commit: str = "0123456789abcdef0123456789abcdef01234567"
    gated: bool = False

    def listing(self, name: str) -> dict:
        siblings = []
        for path, body in self.files.items():
            sibling = {"rfilename": path, "size": len(body), "blobId": git_sha1(body)}
            if path in self.large:
                sibling["lfs"] = {"sha256": sha256(body), "size": len(body), "pointerSize": 134}
            siblings.append(sibling)
        return {"id": name, "modelId": name, "sha": self.commit, "private": False, "siblings": siblings}


@dataclass
class Request:
    """What came in: `path` without the query, and the headers."""

    path: str
    headers: dict[str, str]


class HubServer:
    """`faults` maps a path to a function of the handler that answers instead; it returns False to go on.

    `seen` holds every request in the order it came.
    """

    def __init__(self) -> None:
        self.repos: dict[str, Repo] = {}
        self.faults: dict[str, Callable[[Handler], bool]] = {}
        self.seen: list[Request] = []
        self.token = ""
        self.release = threading.Event()  # what a stalled answer waits for; set when the server closes
        self.hub = _Server(self)
        self.cdn = _Server(self)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.hub.server_port}"

    @property
    def cdn_host(self) -> str:
        return f"127.0.0.1:{self.cdn.server_port}"

    def asked(self, end: str) -> list[Request]:
        """Requests whose path ends so."""
        return [request for request in self.seen if request.path.endswith(end)]

    def close(self) -> None:
        self.release.set()
        for server in (self.hub, self.cdn):
            server.shutdown()
            server.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        owner = self.server.owner
        # A proxy is sent the whole address; only its path matters here.
        path = unquote(urlsplit(self.path).path)
        owner.seen.append(Request(path, dict(self.headers)))
        fault = owner.faults.get(path)
        if fault and fault(self):
            return
        if path.startswith("/api/models/"):
            self._listing(path.removeprefix("/api/models/"))
        elif path.startswith("/cdn/"):
            _, _, name, rest = self._split(path.removeprefix("/cdn"))
            self.body(owner.repos[name].files[rest])
        else:
            self._resolve(path)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _split(self, path: str) -> tuple[str, str, str, str]:
        name, _, rest = path.lstrip("/").partition("/resolve/")
        revision, _, inner = rest.partition("/")
        return path, revision, name, inner

    def _listing(self, rest: str) -> None:
        name, _, revision = rest.partition("/revision/")
        repo = self.server.owner.repos.get(name)
        if repo is None or revision not in ("main", repo.commit):
            self.answer(404, b'{"error":"Repository not found"}', {"X-Error-Code": "RepoNotFound"})
            return
        body = json.dumps(repo.listing(name)).encode()
        self.answer(200, body, {"Content-Type": "application/json"})

    def _resolve(self, path: str) -> None:
        owner = self.server.owner
        _, revision, name, inner = self._split(path)
        repo = owner.repos.get(name)
        if repo is None or revision not in ("main", repo.commit) or inner not in repo.files:
            self.answer(404, b"Entry not found", {"X-Error-Code": "EntryNotFound"})
            return
        if repo.gated and self.headers.get("Authorization") != f"Bearer {owner.token}":
            self.answer(401, b"Access restricted", {"X-Error-Code": "GatedRepo"})
            return
        body = repo.files[inner]
        headers = {"X-Repo-Commit": repo.commit}
        if inner not in repo.large:
            self.body(body, {**headers, "ETag": f'"{git_sha1(body)}"'})
            return
        headers |= {"X-Linked-Size": str(len(body)), "X-Linked-Etag": f'"{sha256(body)}"'}
        headers["Location"] = f"http://{owner.cdn_host}/cdn{path}"
        self.answer(302, b"", headers)

    def body(self, body: bytes, headers: dict[str, str] | None = None) -> None:
        """The file, or the part of it that was asked for."""
        start = self.asked_from()
        if start is None:
            self.answer(200, body, {"Accept-Ranges": "bytes", **(headers or {})})
        elif start >= len(body):
            self.answer(416, b"", {"Content-Range": f"bytes */{len(body)}"})
        else:
            place = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
            self.answer(206, body[start:], {**place, **(headers or {})})

    def asked_from(self) -> int | None:
        wanted = self.headers.get("Range", "")
        return int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else None

    def answer(
        self, status: int, body: bytes, headers: dict[str, str] | None = None, length: int | None = None
    ) -> None:
        """`length` other than the body's makes the answer lie about it."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        if length is not None:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, owner: HubServer) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.owner = owner
        threading.Thread(target=lambda: self.serve_forever(poll_interval=0.02), daemon=True).start()

    def handle_error(self, *_: object) -> None:
        pass  # clients of these tests hang up on purpose


@contextmanager
def running_hub() -> Iterator[HubServer]:
    server = HubServer()
    try:
        yield server
    finally:
        server.close()
