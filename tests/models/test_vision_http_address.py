"""Which addresses are asked, on every request; and which servers are found on this machine."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import BadInput, EngineFailed
from assistant.frames import Frame, ScreenText
from models.runtimes.http_address import ServerAddress, reach, server_address
from models.runtimes.http_exchange import Exchange, Patience, Server
from models.runtimes.http_presets import PRESETS, Preset, detect
from models.runtimes.vision_http import HttpVisionModel
from tests.models.scripted_server import models, reply, scripted_server

PUBLIC = [
    "8.8.8.8", "1.1.1.1", "93.184.216.34", "0.0.0.0", "0.1.2.3", "169.254.169.254", "169.254.1.1", "100.64.0.1",
    "172.32.0.1", "172.15.0.1", "192.167.1.1", "192.169.1.1", "11.0.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1",
    "2001:4860:4860::8888", "::", "fe80::1", "fe80::1%eth0", "ff02::1", "::ffff:8.8.8.8", "64:ff9b::808:808",
    "2002:808:808::1", "fec0::1", "::1%lo",
]  # fmt: skip
PRIVATE = ["10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "fc00::1", "fd12::34",
           "::ffff:192.168.0.1"]  # fmt: skip
LOOPBACK = ["127.0.0.1", "127.0.0.53", "::1", "::ffff:127.0.0.1"]


@pytest.mark.parametrize(
    ("numeric", "kind"),
    [(n, "public") for n in PUBLIC] + [(n, "private") for n in PRIVATE] + [(n, "loopback") for n in LOOPBACK],
)
def test_how_far_an_address_reaches(numeric: str, kind: str) -> None:
    assert reach(numeric) == kind


@pytest.mark.parametrize("numeric", [n for n in PUBLIC if "%" not in n])
@pytest.mark.parametrize("allow_private", [False, True])
def test_public_addresses_are_refused_whatever_was_entered(numeric: str, allow_private: bool) -> None:
    host = f"[{numeric}]" if ":" in numeric else numeric
    with pytest.raises(BadInput) as raised:
        server_address(f"http://{host}:8000/v1", allow_private=allow_private)
    assert raised.value.code == "server_address_public"


@pytest.mark.parametrize("numeric", PRIVATE)
def test_private_addresses_need_to_have_been_entered(numeric: str) -> None:
    url = f"https://[{numeric}]/v1" if ":" in numeric else f"https://{numeric}/v1"
    with pytest.raises(BadInput) as raised:
        server_address(url)
    assert raised.value.code == "server_address_private"
    assert server_address(url, allow_private=True).checked(lambda *_: [numeric]) == [numeric]


@pytest.mark.parametrize(
    "url",
    ["", "127.0.0.1:8000", "ftp://127.0.0.1/v1", "file:///etc/passwd", "http://", "http:///v1", "http://a b/v1",
     "http://user:pw@127.0.0.1/v1", "http://127.0.0.1/v1?x=1", "http://127.0.0.1/v1#x", "http://127.0.0.1:99999/v1",
     "http://127.0.0.1:x/v1", "http://[::1/v1", "http://127.0.0.1\r\nHost: x/v1", "javascript:alert(1)",
     "http://@127.0.0.1/v1"],
)  # fmt: skip
def test_what_is_no_base_url_is_refused(url: str) -> None:
    with pytest.raises(BadInput) as raised:
        server_address(url)
    assert raised.value.code == "server_address_broken"


@pytest.mark.parametrize(
    ("url", "base"),
    [("http://127.0.0.1:1234", "http://127.0.0.1:1234/v1"), ("http://localhost:8000/api/v1/", "http://localhost:8000/api/v1"),
     ("https://[::1]", "https://[::1]:443/v1"), ("  http://127.0.0.1/v1 ", "http://127.0.0.1:80/v1")],
)  # fmt: skip
def test_base_urls_are_completed(url: str, base: str) -> None:
    assert server_address(url).url == base


@pytest.mark.parametrize("name", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "017700000001"])
def test_odd_spellings_of_numbers_are_judged_by_what_they_resolve_to(name: str) -> None:
    """The system's resolver may read these as 127.0.0.1, or as 8.8.8.8: what it says is what is checked."""
    address = server_address(f"http://{name}:8000/v1")
    with pytest.raises(BadInput):
        address.checked(lambda *_: ["8.8.8.8"])


def test_a_name_with_one_public_address_among_others_is_refused() -> None:
    address = server_address("http://team.internal:8000/v1", allow_private=True)
    with pytest.raises(BadInput) as raised:
        address.checked(lambda *_: ["192.168.0.7", "8.8.8.8"])
    assert raised.value.code == "server_address_public"


def test_a_name_that_changes_its_mind_is_noticed_on_the_next_request() -> None:
    """DNS rebinding: loopback when it was entered, elsewhere when it is asked."""
    answers = [["127.0.0.1"], ["93.184.216.34"]]
    with scripted_server() as server:
        address = ServerAddress("http", "rebound.test", server.port, "/v1")
        asking = Server(address, resolve=lambda *_: answers.pop(0))
        assert Exchange(asking, "GET", "/models").head().status == 200
        with pytest.raises(BadInput) as raised:
            Exchange(asking, "GET", "/models").head()
    assert raised.value.code == "server_address_public"
    assert server.asked[0].headers["host"] == f"rebound.test:{server.port}"


def test_the_checked_address_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is resolved once a request; the connection gets the number, never the name."""
    connected: list[Any] = []
    real = socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection", lambda place, *rest: connected.append(place) or real(place, *rest)
    )
    with scripted_server() as server:
        asking = Server(
            ServerAddress("http", "rebound.test", server.port, "/v1"), resolve=lambda *_: ["127.0.0.1"]
        )
        Exchange(asking, "GET", "/models").head()
    assert connected == [("127.0.0.1", server.port)]


def test_an_unknown_name_is_a_server_that_is_down() -> None:
    def unknown(*_: object) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(EngineFailed) as raised:
        ServerAddress("http", "nowhere.test", 80, "/v1").checked(unknown)
    assert raised.value.code == "server_down"


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with scripted_server() as proxy, scripted_server() as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert HttpVisionModel(server.url).name == "a-model"
    assert proxy.asked == []


def test_a_redirect_is_never_followed() -> None:
    with scripted_server() as elsewhere, scripted_server() as server:
        for status in (301, 302, 303, 307, 308):
            server.enqueue(reply(status, b"", extra=f"Location: {elsewhere.url}/chat/completions\r\n"))
            look = HttpVisionModel(server.url, model="m").look(
                Frame(np.full((9, 9, 3), 99, np.uint8)), ScreenText()
            )
            with pytest.raises(EngineFailed) as raised:
                list(look.answer("뭐야?"))
            assert raised.value.code == "server_refused"
    assert elsewhere.asked == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for the name team.internal, signed by itself, in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("needs openssl")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=team.internal", "-addext", "subjectAltName=DNS:team.internal", "-keyout", folder / "key.pem",
         "-out", folder / "cert.pem"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    both = folder / "both.pem"
    both.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return both


def listing(port: int, host: str, ca_file: Path | None) -> int:
    """The status of a model list asked over TLS."""
    address = ServerAddress("https", host, port, "/v1")
    asking = Server(address, ca_file=ca_file, patience=Patience(2, 2, 2), resolve=lambda *_: ["127.0.0.1"])
    return Exchange(asking, "GET", "/models").head().status


def test_a_teams_own_certificate_is_trusted_for_its_name_only(certificate: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with scripted_server(context) as server:
        assert listing(server.port, "team.internal", certificate) == 200
        for host, ca_file in (("team.internal", None), ("other.internal", certificate)):
            with pytest.raises(EngineFailed) as raised:
                listing(server.port, host, ca_file)
            assert raised.value.code == "server_untrusted"


# --- presets


def test_presets_are_whole_and_on_ports() -> None:
    names = {preset.name for preset in PRESETS}
    assert {"Lemonade", "FastFlowLM", "GenieX", "Foundry Local", "mlx-vlm", "llama-server", "LM Studio", "Ollama",
            "LMDeploy", "vLLM"} <= names  # fmt: skip
    assert all(preset.source.startswith("https://") and 1024 < preset.port < 65_536 for preset in PRESETS)


def test_detection_finds_what_answers_and_tells_kinds_on_one_port_apart() -> None:
    with scripted_server() as server, scripted_server() as locked, scripted_server() as other:
        server.enqueue(models("Qwen3-VL-4B", owner="vllm"))
        locked.enqueue(reply(401, {"error": "key"}))
        other.enqueue(reply(404, b"not here"))
        with scripted_server() as closed:
            nobody = closed.port
        presets = (
            Preset("mlx-vlm", server.port, "https://a"),
            Preset("vLLM", server.port, "https://a", owner="vllm"),
            Preset("LMDeploy", locked.port, "https://a", owner="lmdeploy"),
            Preset("A web server", other.port, "https://a"),
            Preset("Nobody", nobody, "https://a"),
        )
        found = detect(presets)
    assert [(one.preset.name, [model.name for model in one.models], one.locked) for one in found] == [
        ("vLLM", ["Qwen3-VL-4B"], False),
        ("LMDeploy", [], True),
    ]


def test_detection_does_not_wait_for_the_silent() -> None:
    with scripted_server() as silent, scripted_server() as server:
        silent.enqueue(silent.silent())
        presets = (Preset("Silent", silent.port, "https://a"), Preset("There", server.port, "https://a"))
        found: list[Any] = []
        looking = threading.Thread(target=lambda: found.extend(detect(presets, seconds=0.3)))
        looking.start()
        looking.join(3)
    assert [one.preset.name for one in found] == ["There"]
