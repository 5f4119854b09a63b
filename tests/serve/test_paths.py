"""No text of any request becomes a path: hundreds of traversal strings in every field, and no file is opened (R8)."""

from __future__ import annotations

import copy
import itertools
import os
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.serve.client import Client, data_url, user
from tests.serve.standins import ScriptedModel, png, wav

UPS = ["../", "..\\", "%2e%2e/", "%2e%2e%2f", "..%2f", "..%5c", "%252e%252e%252f", "..;/", "....//", "..\\/", "..%c0%af",
       "\uff0e\uff0e\uff0f", ".\u200b./", "../\x00"]  # fmt: skip
TARGETS = [
    "etc/passwd",
    "Windows/win.ini",
    "api-token",
    "proc/self/environ",
    "models/nunchi-mini/manifest.json",
    "home/me/.ssh/id_ed25519",
]
ALONE = [
    "/etc/passwd", "/etc/shadow\x00.png", "C:\\Windows\\win.ini", "C:/Windows/win.ini", "\\\\server\\share\\x",
    "//server/share/x", "\\\\?\\C:\\x", "\\\\.\\pipe\\x", "file:///etc/passwd", "file://server/share", "~/.ssh/id_rsa",
    "~root/.bashrc", "$HOME/.bashrc", "%USERPROFILE%\\x", "CON", "NUL", "COM1.txt", "x:stream", "/proc/self/fd/3",
    "/dev/tty", "|cat /etc/passwd", "`cat /etc/passwd`", "$(cat /etc/passwd)", "a\x00b", ".", "..", "/", "\\", "",
    "models/../../x", "nunchi-mini/../../../etc/passwd", "jar:file:///x!/y", "php://filter/x", "zip://x",
]  # fmt: skip
STRINGS = [up * depth + target for up, depth, target in itertools.product(UPS, (1, 6), TARGETS)] + ALONE

CHAT = "/v1/chat/completions"
TOUCHING = {"open", "os.listdir", "os.scandir", "os.rename", "os.remove", "os.mkdir", "subprocess.Popen"}


class Opened:
    """Every path the process touches while `listening`. An audit hook cannot be taken away, only told to sleep."""

    def __init__(self) -> None:
        self.listening = False
        self.paths: set[str] = set()
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.listening and event in TOUCHING and arguments and isinstance(arguments[0], str | bytes):
            self.paths.add(f"{event}: {os.fsdecode(arguments[0])}")


@pytest.fixture
def opened() -> Iterator[Opened]:
    watching = Opened()
    yield watching
    watching.listening = False


def bodies(text: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Good requests with `text` in one field after the other; fields that any text may stand in share the first."""
    part = {"type": "image_url", "image_url": {"url": data_url(png()), "detail": text}, "name": text}
    message = {
        "role": "user",
        "name": text,
        "content": [{"type": "text", "text": f"{text} 어디 있어?"}, part],
    }
    yield CHAT, {"messages": [message], "user": text, "stop": text[:200], text: text}
    good = {"model": "nunchi-mini", "messages": [user("저장 어디 있어?", png())]}
    places: list[tuple[Any, ...]] = [
        ("model",), ("response_format",), ("messages", 0, "role"), ("messages", 0, "content"),
        ("messages", 0, "content", 0, "type"), ("messages", 0, "content", 1, "image_url"),
        ("messages", 0, "content", 1, "image_url", "url"),
    ]  # fmt: skip
    for place in places:
        body = copy.deepcopy(good)
        target: Any = body
        for step in place[:-1]:
            target = target[step]
        target[place[-1]] = text
        yield CHAT, body
    for verb in ("read", "find", "describe"):
        yield f"/v1/screen/{verb}", {"image": text, "what": "저장"}
    yield "/v1/screen/find", {"image": data_url(png()), "what": text}


def form(text: str, field: str) -> tuple[bytes, dict[str, str]]:
    """A transcription form with `text` as the value of `field` (or as the file's name)."""
    name = text.replace('"', "").replace("\r", "").replace("\n", "") if field == "filename" else "a.wav"
    parts = f'--B\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode() + wav(
        0.1
    )
    if field != "filename":
        parts += f'\r\n--B\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{text}'.encode()
    return parts + b"\r\n--B--\r\n", {"Content-Type": "multipart/form-data; boundary=B"}


def test_no_traversal_string_opens_a_file(
    client: Client, server: Any, model: ScriptedModel, opened: Opened
) -> None:
    assert len(STRINGS) >= 200
    for text in ("저장", "", "?!"):  # whatever is imported, read or started lazily
        for path, body in bodies(text):
            client.post(path, body)
    client.request("POST", "/v1/audio/transcriptions", *form("ko", "language"))
    opened.listening = True
    asked = 0
    with client.keeping() as kept:
        for number, text in enumerate(STRINGS):
            for path, body in bodies(text):
                assert kept.post(path, body).status in (200, 400, 404)
                asked += 1
            for field in ("filename", "model", "language", "prompt", "response_format")[number % 5 :: 5]:
                reply = kept.request("POST", "/v1/audio/transcriptions", *form(text, field))
                assert reply.status in (200, 400, 404)
            for path in (
                f"/{quote(text)}",
                f"/v1/{quote(text, safe='')}",
                f"/v1/screen/find?what={quote(text)}",
            ):
                assert kept.get(path).status in (404, 405)
    assert asked >= 200 * 12
    assert opened.paths == {f"open: {server.token.path}"}
