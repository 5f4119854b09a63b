"""Who is let in: hosts, origins, methods, tokens and body types, all told from the head alone (R2-R5)."""

from __future__ import annotations

import http.client
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import BadInput
from tests.serve.client import Client, user
from tests.serve.conftest import serving
from tests.serve.standins import ScriptedModel, png

HOSTS = [
    "evil.test", "evil.test:{port}", "localhost", "127.0.0.1", "[::1]", "127.0.0.1:1", "localhost:80",
    "localhost.evil.test:{port}", "127.0.0.1.evil.test:{port}", "evil.test@127.0.0.1:{port}",
    "127.0.0.1:{port}@evil.test", "127.0.0.2:{port}", "0.0.0.0:{port}", "[::]:{port}", "[::ffff:127.0.0.1]:{port}",
    "127.1:{port}", "2130706433:{port}", "0x7f000001:{port}", "localhost:{port}.", "localhost.:{port}",
    "localhost:{port}/", "192.168.0.1:{port}", "169.254.169.254", "localtest.me:{port}", "127.0.0.1:{port}:{port}",
    "127.0.0.1:0{port}", "127.0.0.1:{port}#x", "LOCALHOST", "",
]  # fmt: skip
ORIGINS = [
    "null", "http://evil.test", "https://evil.test", "http://localhost", "http://127.0.0.1", "http://localhost:3000",
    "https://localhost:{port}", "https://127.0.0.1:{port}", "http://localhost:{port}.evil.test",
    "http://evil.test:{port}", "http://127.0.0.2:{port}", "http://[::1]", "file://", "chrome-extension://abcdef",
    "moz-extension://abcdef", "app://obsidian.md", "vscode-webview://x", "http://localhost:{port} http://evil.test",
    "http://user@localhost:{port}", "HTTP://EVIL.TEST", "", "http://localhost:{port}/",
]  # fmt: skip
REFERRERS = [
    "http://evil.test/", "https://evil.test/page?x=http://localhost:{port}/", "http://localhost:3000/",
    "http://localhost:{port}.evil.test/", "http://localhost:{port}@evil.test/", "https://localhost:{port}/",
    "about:client", "data:text/html,x", "//localhost:{port}/", "file:///C:/x.html", "http://127.0.0.1/",
]  # fmt: skip
SITES = ["cross-site", "same-site", "CROSS-SITE", "x", ""]
ATTACKS = (
    [("Host", host, {421}) for host in HOSTS]
    + [("Origin", origin, {403}) for origin in ORIGINS]
    + [("Referer", referrer, {403}) for referrer in REFERRERS]
    + [("Sec-Fetch-Site", site, {403}) for site in SITES]
)


@pytest.fixture(scope="module")
def model() -> ScriptedModel:
    return ScriptedModel()


@pytest.fixture(scope="module")
def client(model: ScriptedModel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with serving(tmp_path_factory.mktemp("gate"), model) as served:
        yield Client(served.port, served.token.current())


def head_only(
    client: Client, headers: dict[str, str], method: str = "POST", path: str = "/v1/chat/completions"
) -> Any:
    """The reply to a head that announces a body which never comes."""
    sent = {
        "Host": f"127.0.0.1:{client.port}",
        "Authorization": f"Bearer {client.token}",
        "Content-Type": "application/json",
        "Content-Length": "5000",
    } | headers
    lines = [
        f"{method} {path} HTTP/1.1",
        *(f"{name}: {value}" for name, value in sent.items() if value is not None),
    ]
    with socket.create_connection(("127.0.0.1", client.port), timeout=5) as opened:
        opened.sendall("\r\n".join([*lines, "", ""]).encode())
        reply = http.client.HTTPResponse(opened)
        reply.begin()
        reply.data = reply.read()
        return reply


@pytest.mark.parametrize(("header", "value", "statuses"), ATTACKS, ids=[f"{a[0]} {a[1]}" for a in ATTACKS])
def test_hostile_heads_are_refused_before_the_body(
    client: Client, model: ScriptedModel, header: str, value: str, statuses: set[int]
) -> None:
    reply = head_only(client, {header: value.format(port=client.port)})
    assert reply.status in statuses
    assert "access-control-allow-origin" not in {name.lower() for name, _ in reply.getheaders()}
    assert model.received == []


def test_there_are_enough_hostile_heads() -> None:
    assert len(ATTACKS) >= 40


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "[::1]:{port}", "LocalHost:{port}"])
def test_the_three_names_of_this_machine_are_answered(client: Client, host: str) -> None:
    assert client.get("/v1/models", Host=host.format(port=client.port)).status == 200


def test_two_hosts_or_none_are_no_host(client: Client) -> None:
    good = f"Host: 127.0.0.1:{client.port}\r\n"
    rest = f"Authorization: Bearer {client.token}\r\nConnection: close\r\n\r\n"
    for head in (f"GET /v1/models HTTP/1.1\r\n{good}Host: evil.test\r\n", "GET /v1/models HTTP/1.0\r\n"):
        status = client.raw((head + rest).encode()).split(b" ")[1]
        assert status in (b"400", b"421")


@pytest.mark.parametrize(
    "given",
    ["", "Bearer", "Bearer ", "Bearer wrong", "Basic {token}", "bearer{token}", "{token}", "Bearer {token}x",
     "Bearer {short}", "Bearer {token} {token}", "Bearer \xff\xfe", "Token {token}"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/v1/models"), ("POST", "/v1/chat/completions"), ("POST", "/v1/audio/transcriptions"),
     ("POST", "/v1/screen/read"), ("POST", "/v1/screen/find"), ("POST", "/v1/screen/describe"), ("GET", "/"),
     ("GET", "/docs"), ("POST", "/health")],
)  # fmt: skip
def test_no_token_no_answer(client: Client, given: str, method: str, path: str) -> None:
    given = given.format(token=client.token, short=client.token[:-1])
    reply = client.request(method, path, b"{}" if method == "POST" else None, {"Authorization": given})
    assert reply.status == 401
    assert reply.headers["www-authenticate"] == "Bearer"


def test_health_says_ok_and_nothing_else(client: Client) -> None:
    reply = client.get("/health", Authorization="")
    assert (reply.status, reply.body) == (200, b"ok")


def test_preflights_are_denied_without_cors_headers(client: Client) -> None:
    asked = {"Origin": "http://evil.test", "Access-Control-Request-Method": "POST"}
    for headers in (asked, {}):
        reply = client.request("OPTIONS", "/v1/chat/completions", headers=headers)
        assert reply.status == 403
        assert not [name for name in reply.headers if name.startswith("access-control")]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD", "TRACE", "PROPFIND"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert client.request(method, "/v1/models").status == 405


@pytest.mark.parametrize("path", ["/v1/models", "/v1/chat/completions", "/v1/screen/read"])
def test_the_wrong_method_on_a_known_path_is_refused(client: Client, path: str) -> None:
    method = "POST" if path == "/v1/models" else "GET"
    assert client.request(method, path).status in (404, 405)


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "text/plain;charset=UTF-8", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
     "text/json", "application/json-seq", "application/octet-stream", ""],
)  # fmt: skip
def test_what_a_form_can_post_is_refused(client: Client, model: ScriptedModel, kind: str) -> None:
    """A page may send these without a preflight: even with the token they are no question (R5)."""
    body = b'{"messages": []}'
    assert client.request("POST", "/v1/chat/completions", body, {"Content-Type": kind}).status == 415
    assert model.received == []


def test_compressed_bodies_are_refused(client: Client) -> None:
    assert client.post("/v1/chat/completions", b"{}", {"Content-Encoding": "gzip"}).status == 415


def test_an_upgrade_to_a_websocket_gets_nowhere(client: Client) -> None:
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "x",
        "Sec-WebSocket-Version": "13",
    }
    assert client.request("GET", "/v1/models", headers=upgrade | {"Origin": "http://evil.test"}).status == 403
    assert client.request("GET", "/ws", headers=upgrade).status == 404


def test_a_rebound_name_reaches_nothing(client: Client, model: ScriptedModel) -> None:
    """DNS rebinding: the page's own name now points here. Every path, both methods, with a guessed token."""
    for path in ("/health", "/v1/models", "/v1/chat/completions", "/v1/screen/read", "/"):
        for method in ("GET", "POST"):
            head = {"Host": f"rebound.test:{client.port}", "Authorization": "Bearer guess"}
            assert client.request(method, path, b"{}" if method == "POST" else None, head).status == 421
    assert model.received == []


def test_answers_forbid_caching_sniffing_and_embedding(client: Client) -> None:
    headers = client.get("/v1/models").headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


def test_a_refused_client_can_read_why_although_it_is_still_sending(client: Client) -> None:
    """Closing at once would reset the connection and turn «wrong key» into «connection lost»."""
    reply = client.request(
        "POST", "/v1/chat/completions", b"x" * 3_000_000, {"Authorization": "Bearer wrong"}
    )
    assert (reply.status, reply.code) == (401, "token_wrong")


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads /proc")
def test_only_loopback_is_listened_on(client: Client) -> None:
    wanted = f":{client.port:04X} "
    tables = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    listening = [line.split()[1] for line in tables.splitlines() if wanted in line and " 0A " in line]
    assert [address.split(":")[0] for address in listening] == ["0100007F"]


def test_the_other_loopback_is_served_under_its_own_name(model: ScriptedModel, tmp_path: Path) -> None:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            pass
    except OSError:
        pytest.skip("no IPv6 here")
    with (
        serving(tmp_path, model, host="::1") as served,
        socket.create_connection(("::1", served.port)) as opened,
    ):
        head = f"GET /v1/models HTTP/1.1\r\nHost: [::1]:{served.port}\r\nAuthorization: Bearer {served.token.current()}"
        opened.sendall(f"{head}\r\n\r\n".encode())
        assert opened.recv(100).startswith(b"HTTP/1.1 200")
        assert served.url == f"http://[::1]:{served.port}"


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.0.10", "10.0.0.1", "8.8.8.8", "", "example.com", "127.0.0.2", "*"]
)
def test_any_other_address_is_refused_with_a_clear_code(host: str) -> None:
    from models.serve.running import listen

    with pytest.raises(BadInput) as raised:
        listen(host, 0)
    assert raised.value.code == "serve_not_loopback"


def test_a_taken_port_has_its_own_code(client: Client) -> None:
    from assistant.errors import DeviceFailed
    from models.serve.running import listen

    with pytest.raises(DeviceFailed) as raised:
        listen("127.0.0.1", client.port)
    assert raised.value.code == "port_taken"


def test_refusing_takes_milliseconds(client: Client) -> None:
    started = time.perf_counter()
    for _ in range(20):
        head_only(client, {"Host": "evil.test"})
    assert (time.perf_counter() - started) / 20 < 0.3  # ~60 ms of it is the drain of the missing body


def test_a_good_request_still_works_after_all_that(client: Client) -> None:
    reply = client.post("/v1/chat/completions", {"messages": [user("저장 어디 있어?", png())]})
    assert reply.status == 200
    assert re.search("저장", reply.json["choices"][0]["message"]["content"])
