"""A small real server on loopback whose replies are written byte by byte, and which remembers what it was asked."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

Talk = Callable[["Asked", socket.socket], None]


@dataclass
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class ScriptedServer:
    """Replies with the next enqueued talk; without one it lists a model or streams a short answer."""

    port: int = 0
    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)
    _talks: list[Talk] = field(default_factory=list)

    def enqueue(self, *talks: Talk) -> None:
        self._talks.extend(talks)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def serve(self, opened: socket.socket) -> None:
        if self.tls is not None:
            try:
                opened = self.tls.wrap_socket(opened, server_side=True)
            except OSError:  # the client did not like our certificate
                return
        with opened:
            asked = _read(opened)
            if asked is None:
                return
            self.asked.append(asked)
            talk = (
                self._talks.pop(0) if self._talks else (models() if asked.method == "GET" else stream("네."))
            )
            try:
                talk(asked, opened)
                opened.shutdown(socket.SHUT_WR)
            except OSError:
                self.hung_up.set()

    def until_hung_up(self) -> Talk:
        """Sends a first piece, then waits until the client is gone (or the test is over)."""

        def talk(asked: Asked, opened: socket.socket) -> None:
            opened.sendall(STREAM_HEAD + event(chunk("처음 ")))
            opened.settimeout(0.02)
            while not self.release.is_set():
                try:
                    if opened.recv(1) == b"":
                        self.hung_up.set()
                        return
                except TimeoutError:
                    continue

        return talk

    def silent(self) -> Talk:
        """Takes the question and says nothing at all."""

        def talk(asked: Asked, opened: socket.socket) -> None:
            opened.settimeout(0.02)
            while not self.release.is_set():
                try:
                    if opened.recv(1) == b"":
                        self.hung_up.set()
                        return
                except TimeoutError:
                    continue

        return talk


STREAM_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


@contextmanager
def scripted_server(tls: ssl.SSLContext | None = None) -> Iterator[ScriptedServer]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = ScriptedServer(listening.getsockname()[1], tls)

    def accept() -> None:
        while True:
            try:
                opened, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=server.serve, args=(opened,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        server.release.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()


def chunk(text: str, reason: str | None = None, **more: Any) -> dict[str, Any]:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": reason}
    return {"object": "chat.completion.chunk", "choices": [choice]} | more


def event(value: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


def answer_bytes(*pieces: str) -> bytes:
    """A whole stream body."""
    return b"".join(event(chunk(piece)) for piece in pieces) + event(chunk("", "stop")) + b"data: [DONE]\n\n"


def stream(*pieces: str) -> Talk:
    return raw(STREAM_HEAD + answer_bytes(*pieces))


def chunked(body: bytes, *sizes: int) -> Talk:
    """The body with chunked transfer coding, cut after each of `sizes` bytes, each cut a packet of its own."""

    def talk(asked: Asked, opened: socket.socket) -> None:
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        opened.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        at = 0
        for size in (*sizes, len(body)):
            part = body[at : at + size]
            at += size
            if part:
                opened.sendall(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        opened.sendall(b"0\r\n\r\n")

    return talk


def raw(data: bytes) -> Talk:
    return lambda asked, opened: opened.sendall(data)


def reply(status: int, value: Any, kind: str = "application/json", extra: str = "") -> Talk:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
    return raw(head.encode() + body)


def models(*names: str, owner: str = "somebody") -> Talk:
    listed = [{"id": name, "object": "model", "owned_by": owner} for name in names or ("a-model",)]
    return reply(200, {"object": "list", "data": listed})


def _read(opened: socket.socket) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        more = opened.recv(65_536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        body += opened.recv(65_536)
    method, path, _ = first.split(" ")
    return Asked(method, path, headers, body)
