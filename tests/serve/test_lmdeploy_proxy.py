"""LMDeploy's own proxy process in front of two of our servers, asked through the HTTP engine.

Runs where LMDEPLOY_PYTHON names an interpreter that can `import lmdeploy.serve.proxy.proxy`; no GPU is needed for
that, only the package's Python dependencies (docs/team-server.md says which).
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import EngineFailed
from assistant.frames import Frame, ScreenText
from models.runtimes.vision_http import HttpVisionModel
from tests.serve.conftest import serving
from tests.serve.standins import ScriptedModel, until

PYTHON = os.environ.get("LMDEPLOY_PYTHON")
pytestmark = pytest.mark.skipif(not PYTHON, reason="set LMDEPLOY_PYTHON")
FRAME = Frame(np.full((60, 90, 3), 220, np.uint8))


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[list[Any]]:
    """Two servers with one token between them, as two machines of a team would share."""
    with ExitStack() as stack:
        models = [ScriptedModel(), ScriptedModel()]
        yield [(model, stack.enter_context(serving(tmp_path, model))) for model in models]


@pytest.fixture
def proxy(pair: list[Any], tmp_path: Path) -> Iterator[str]:
    """The proxy's address, once it answers and knows both nodes."""
    token = pair[0][1].token.current()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [
        PYTHON, "-m", "lmdeploy", "serve", "proxy", "--server-name", "127.0.0.1", "--server-port", str(port),
        "--api-keys", token, "--disable-cache-status", "--routing-strategy", "min_expected_latency",
    ]  # fmt: skip
    log = (tmp_path / "proxy.log").open("wb")
    process = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | {"OMP_NUM_THREADS": "1"})
    try:
        until(lambda: process.poll() is not None or _answers(port), 90)
        assert process.poll() is None, (tmp_path / "proxy.log").read_text()[-2000:]
        for _, server in pair:
            # The models are told along with the node: the proxy would ask for them without the key.
            node = {"url": server.url, "status": {"models": ["nunchi-mini"], "speed": 1}}
            _post(port, "/nodes/add", node, token)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def test_the_proxy_spreads_questions_over_both(proxy: str, pair: list[Any]) -> None:
    engine = HttpVisionModel(proxy, api_key=pair[0][1].token.current())
    assert engine.name == "nunchi-mini"
    look = engine.look(FRAME, ScreenText())
    for _ in range(12):
        assert "".join(look.answer("저장 어디 있어?")) == "버튼은 저장입니다."
    counts = [len(model.received) for model, _ in pair]
    print("questions per node:", counts)
    assert sum(counts) == 12
    assert min(counts) >= 1


def test_leaving_the_proxy_stops_the_node(proxy: str, pair: list[Any]) -> None:
    for model, _ in pair:
        model.hold = True
    engine = HttpVisionModel(proxy, api_key=pair[0][1].token.current())
    pieces = engine.look(FRAME, ScreenText()).answer("뭐야?")
    next(pieces)
    pieces.close()
    until(lambda: any(model.cancelled.is_set() for model, _ in pair))


def test_the_proxys_key_is_checked(proxy: str) -> None:
    with pytest.raises(EngineFailed) as raised:
        HttpVisionModel(proxy, api_key="nunchi-wrong")
    assert raised.value.code == "server_refused"


def test_a_dead_node_is_an_error_with_a_code(proxy: str, pair: list[Any]) -> None:
    engine = HttpVisionModel(proxy, api_key=pair[0][1].token.current())
    for _, server in pair:
        server.stop()
    with pytest.raises(EngineFailed) as raised:
        list(engine.look(FRAME, ScreenText()).answer("뭐야?"))
    print("with dead nodes:", raised.value)
    assert raised.value.code in ("server_error", "server_broke_off")


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/nodes/status", timeout=1).read()
    except OSError:
        return False
    return True


def _post(port: int, path: str, value: Any, token: str) -> None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        json.dumps(value).encode(),
        {"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    assert b"success" in urllib.request.urlopen(request, timeout=10).read().lower()
