"""How much, how long, how many at once (R6), and that a client who leaves stops the model."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.serve.client import Client, user
from tests.serve.conftest import serving
from tests.serve.standins import ScriptedModel, noise_png, png, until

CHAT = "/v1/chat/completions"


@pytest.fixture
def hasty(model: ScriptedModel, tmp_path: Path) -> Iterator[Client]:
    """A server with short time-outs and small bodies."""
    with serving(
        tmp_path,
        model,
        head_seconds=0.3,
        body_seconds=0.3,
        body_bytes=1 << 20,
        unsent_heads=500,
        connections=1000,
    ) as served:
        yield Client(served.port, served.token.current())


def start_post(
    client: Client, length: int | str, body: bytes = b"", kind: str = "application/json"
) -> socket.socket:
    """A post whose head is complete; the socket is open for more."""
    opened = socket.create_connection(("127.0.0.1", client.port), timeout=10)
    size = f"Content-Length: {length}" if isinstance(length, int) else f"Transfer-Encoding: {length}"
    head = (
        f"POST {CHAT} HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\nAuthorization: Bearer {client.token}\r\n"
        f"Content-Type: {kind}\r\n{size}\r\n\r\n"
    )
    opened.sendall(head.encode() + body)
    return opened


def reply_of(opened: socket.socket) -> tuple[int, dict[str, Any]]:
    reply = http.client.HTTPResponse(opened)
    reply.begin()
    return reply.status, json.loads(reply.read())


def test_a_body_that_announces_too_much_is_refused_unread(client: Client) -> None:
    with start_post(client, (20 << 20) + 1) as opened:
        status, body = reply_of(opened)
    assert (status, body["error"]["code"]) == (413, "body_too_large")


def test_a_body_that_grows_too_large_in_chunks_is_cut_off(hasty: Client) -> None:
    with start_post(hasty, "chunked") as opened:
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        for _ in range(17):
            opened.sendall(chunk)
        status, body = reply_of(opened)
    assert (status, body["error"]["code"]) == (413, "body_too_large")


def test_a_large_picture_within_the_limit_is_answered(client: Client) -> None:
    picture = noise_png(1400)
    assert 5_000_000 < len(picture) < 14_000_000
    assert client.chat(picture, "뭐가 보여?").status == 200


def test_a_body_that_stalls_is_given_up(hasty: Client) -> None:
    with start_post(hasty, 500, b'{"messages": [') as opened:
        status, body = reply_of(opened)
    assert (status, body["error"]["code"]) == (408, "body_slow")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"[" * 100_000, "body_too_complex"),
        (b'{"a":' * 300 + b"1" + b"}" * 300, "body_too_complex"),
        (b'{"a": [' + b"1," * 50_000 + b"1]}", "body_too_complex"),
        (b'{"messages": "' + b"\\ud800" + b'"}', "body_broken"),
        (b'{"\\udfff": 1}', "body_broken"),
        (b'{"a": NaN}', "body_broken"),
        (b'{"a": Infinity}', "body_broken"),
        (b'{"a": ' + b"9" * 5000 + b"}", "body_broken"),
        (b"\xff\xfe{}", "body_broken"),
        (b"\xef\xbb\xbf{}", "body_broken"),
        (b"", "body_broken"),
        (b"null", "body_broken"),
        (b"[]", "body_broken"),
        (b'{"a": 1} x', "body_broken"),
    ],
)
def test_json_that_is_deep_wide_or_not_json_is_refused(client: Client, body: bytes, code: str) -> None:
    reply = client.post(CHAT, body)
    assert (reply.status, reply.code) == (400, code)


def test_a_hundred_stalled_connections_do_not_slow_a_good_one(hasty: Client) -> None:
    """Slow loris (R6): half a head each, some dripping on; all are dropped, and meanwhile we answer."""
    opened = [socket.create_connection(("127.0.0.1", hasty.port), timeout=10) for _ in range(100)]
    try:
        for number, one in enumerate(opened):
            one.sendall(b"GET /v1/models HTTP/1.1\r\nHost: 127" if number % 2 else b"G")
        times = []
        for one in opened[::10]:
            one.sendall(b"." if one is not opened[0] else b"E")  # dripping does not buy time
            started = time.perf_counter()
            assert hasty.get("/v1/models").status == 200
            times.append(time.perf_counter() - started)
        assert sorted(times)[5] < 0.15
        assert all(_closed(one) for one in opened)
    finally:
        for one in opened:
            one.close()


def test_kept_connections_are_answered_without_delay(client: Client) -> None:
    """Nagle's algorithm once cost 40 ms a reply here."""
    with client.keeping() as kept:
        started = time.perf_counter()
        for _ in range(30):
            assert kept.get("/v1/models").status == 200
        assert (time.perf_counter() - started) / 30 < 0.03


def test_stalled_heads_are_dropped_in_time(hasty: Client) -> None:
    with socket.create_connection(("127.0.0.1", hasty.port), timeout=5) as opened:
        opened.sendall(b"GET /v1/models HTTP/1.1\r\nHost:")
        started = time.perf_counter()
        assert _closed(opened)
        assert time.perf_counter() - started < 2


def test_beyond_so_many_unsent_heads_the_oldest_goes(model: ScriptedModel, tmp_path: Path) -> None:
    with serving(tmp_path, model, unsent_heads=8, head_seconds=30) as served:
        opened = []
        for _ in range(20):
            opened.append(socket.create_connection(("127.0.0.1", served.port), timeout=5))
            opened[-1].sendall(b"G")
        assert Client(served.port, served.token.current()).get("/v1/models").status == 200
        assert _closed(opened[0])
        opened[-1].settimeout(0.05)
        with pytest.raises(TimeoutError):
            opened[-1].recv(1)
        for one in opened:
            one.close()


def test_one_at_a_time_four_wait_and_the_rest_hear_at_once(
    client: Client, server: Any, model: ScriptedModel
) -> None:
    model.hold = True
    replies: list[int] = []
    asking = [
        threading.Thread(target=lambda: replies.append(client.chat(png(), "뭐야?").status)) for _ in range(5)
    ]
    asking[0].start()
    assert model.answering.wait(5)
    for one in asking[1:]:
        one.start()
    until(lambda: server.office.turnstile.standing == 4)
    times = []
    for _ in range(5):  # the quickest counts: other programs on the machine may slow any one of them
        started = time.perf_counter()
        refused = client.chat(png(), "나도?")
        times.append(time.perf_counter() - started)
    assert min(times) < 0.05
    assert (refused.status, refused.code, refused.headers["retry-after"]) == (429, "busy", "1")
    model.hold = False
    model.release.set()
    for one in asking:
        one.join(10)
    assert replies == [200] * 5
    assert model.most_at_once == 1


@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_leaves_stops_the_model(client: Client, model: ScriptedModel, stream: bool) -> None:
    model.hold = True
    body = json.dumps({"messages": [user("뭐야?", png())], "stream": stream}).encode()
    opened = start_post(client, len(body), body)
    assert model.answering.wait(5)
    opened.close()
    assert model.cancelled.wait(2)
    model.hold = False
    assert client.chat(png(), "다음 질문은?").status == 200


def test_a_client_that_leaves_the_line_is_never_answered(
    client: Client, server: Any, model: ScriptedModel
) -> None:
    model.hold = True
    first = threading.Thread(target=client.chat, args=(png(), "첫째야?"))
    first.start()
    assert model.answering.wait(5)
    body = json.dumps({"messages": [user("떠날 사람이야?", png())]}).encode()
    waiting = start_post(client, len(body), body)
    until(lambda: server.office.turnstile.standing == 1)
    waiting.close()
    until(lambda: server.office.turnstile.standing == 0)
    model.hold = False
    model.release.set()
    first.join(10)
    assert client.chat(png(), "셋째야?").status == 200
    assert [question for question, _ in model.received] == ["첫째야?", "셋째야?"]


def test_the_last_picture_is_forgotten_after_a_while(model: ScriptedModel, tmp_path: Path) -> None:
    with serving(tmp_path, model, idle_seconds=0.05) as served:
        client = Client(served.port, served.token.current())
        client.chat(png(), "뭐야?")
        until(lambda: served.office.engines.remembers_nothing)
        client.chat(png(), "뭐야?")
        assert len(model.looked) == 2


def test_nothing_of_a_conversation_is_logged(
    client: Client, model: ScriptedModel, caplog: pytest.LogCaptureFixture
) -> None:
    """At any level, whether it goes well or not (R24)."""
    with caplog.at_level(0):
        model.enqueue("카나리아대답이에요")
        assert client.chat(png(), "카나리아질문이야?").status == 200
        client.chat(png()[:80], "카나리아질문이야?")
        client.post(CHAT, {"messages": [{"role": "tool", "content": "카나리아질문"}]})
        client.request(
            "POST",
            "/v1/audio/transcriptions",
            b"--B\r\ncanary",
            {"Content-Type": "multipart/form-data; boundary=B"},
        )
        client.get("/v1/models?key=canary", Authorization="Bearer canary")
    assert not [
        record
        for record in caplog.records
        if "카나리아" in record.getMessage() or "canary" in record.getMessage()
    ]


def _closed(opened: socket.socket) -> bool:
    try:
        return opened.recv(1) == b""
    except ConnectionResetError:
        return True
