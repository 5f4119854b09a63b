"""A plain HTTP client for the tests: raw where rawness matters."""

from __future__ import annotations

import base64
import http.client
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        """Our error code."""
        return self.json["error"]["code"]


@dataclass
class Client:
    port: int
    token: str
    _kept: http.client.HTTPConnection | None = None

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Reply:
        """With the token unless `headers` has an authorization of its own (an empty one leaves it out)."""
        sent = {"Authorization": f"Bearer {self.token}"} | (headers or {})
        sent = {name: value for name, value in sent.items() if value}
        connection = self._kept or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, sent)
            reply = connection.getresponse()
            return Reply(reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read())
        finally:
            if connection is not self._kept:
                connection.close()

    @contextmanager
    def keeping(self) -> Iterator[Client]:
        """A client that keeps one connection for many requests."""
        kept = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            yield Client(self.port, self.token, kept)
        finally:
            kept.close()

    def get(self, path: str, **headers: str) -> Reply:
        return self.request("GET", path, headers=headers)

    def post(self, path: str, value: Any, headers: dict[str, str] | None = None) -> Reply:
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        return self.request("POST", path, body, {"Content-Type": "application/json"} | (headers or {}))

    def chat(self, picture: bytes, question: str, **more: Any) -> Reply:
        return self.post("/v1/chat/completions", {"messages": [user(question, picture)]} | more)

    def chat_works(self) -> bool:
        from tests.serve.standins import png

        return self.chat(png(), "저장 어디 있어?").status == 200

    def raw(self, head: bytes, timeout: float = 10) -> bytes:
        """Send exactly these bytes and read until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as opened:
            opened.sendall(head)
            received = b""
            while chunk := opened.recv(65_536):
                received += chunk
            return received


def data_url(picture: bytes, kind: str = "png") -> str:
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"


def user(question: str, picture: bytes | None = None) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [{"type": "text", "text": question}]
    if picture is not None:
        parts.append({"type": "image_url", "image_url": {"url": data_url(picture)}})
    return {"role": "user", "content": parts}


def events(body: bytes) -> list[Any]:
    """The JSON of every server-sent event, `[DONE]` as text."""
    lines = [line[6:] for line in body.decode().split("\n") if line.startswith("data: ")]
    return [line if line == "[DONE]" else json.loads(line) for line in lines]
