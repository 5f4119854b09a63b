"""The HTTP engine in front of `transformers serve`, a server that others wrote, with a random LLaVA that sees pictures.

Needs an interpreter with torch, transformers 4.57, fastapi, uvicorn and openai, named by TRANSFORMERS_SERVE_PYTHON.
"""

from __future__ import annotations

import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import NunchiError
from assistant.ports import Turn
from models.runtimes.http_exchange import Patience
from models.runtimes.vision_http import HttpVisionModel
from tests.models.tiny import lines, noise

PYTHON = os.environ.get("TRANSFORMERS_SERVE_PYTHON", "")
pytestmark = pytest.mark.skipif(not PYTHON, reason="TRANSFORMERS_SERVE_PYTHON names no interpreter")
ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 240


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Address and model of a server that has started."""
    folder = tmp_path_factory.mktemp("serve") / "tiny-llava"
    maker = ROOT / "tests" / "models" / "data" / "make_tiny_families.py"
    subprocess.run([PYTHON, str(maker), str(folder), "llava"], check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [PYTHON, "-m", "transformers.commands.transformers_cli", "serve", "--host", "127.0.0.1", "--port", str(port),
               "--device", "cpu", "--dtype", "float32", "--force_model", str(folder)]  # fmt: skip
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    log = folder.parent / "log"
    with log.open("w") as out:
        started = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    try:
        end = time.monotonic() + START_SECONDS
        while True:
            assert started.poll() is None, log.read_text()[-2000:]
            assert time.monotonic() < end, log.read_text()[-2000:]
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.5)
        yield f"http://127.0.0.1:{port}/v1", str(folder)
    finally:
        started.kill()  # its orderly way out takes many seconds
        started.wait(20)


@pytest.fixture
def model(served: tuple[str, str]) -> HttpVisionModel:
    return HttpVisionModel(served[0], model=served[1], most_tokens=16, patience=Patience(5, 240, 120))


def test_it_answers_about_a_picture_and_says_the_same_again(model: HttpVisionModel) -> None:
    look = model.look(noise(64, 64), lines(3))
    first = "".join(look.answer("총 금액이 얼마예요?"))
    assert first
    assert look.last_answer.tokens > 0
    assert look.last_answer.first_token_ms > 0
    assert "".join(look.answer("총 금액이 얼마예요?")) == first
    assert "".join(look.answer("왜요?", (Turn("뭐예요?", "저장이에요."),))) is not None


def test_the_picture_is_seen(model: HttpVisionModel) -> None:
    said = {"".join(model.look(noise(64, 64, seed), lines(2)).answer("뭐예요?")) for seed in range(4)}
    assert len(said) > 1


def test_hanging_up_ends_an_answer_and_the_server_goes_on(model: HttpVisionModel) -> None:
    cancel, said = threading.Event(), []
    look = model.look(noise(64, 64), lines(3))
    for piece in look.answer("총 금액이 얼마예요?", cancel=cancel):
        said.append(piece)
        cancel.set()
    assert len(said) <= 1
    assert "".join(look.answer("총 금액이 얼마예요?"))


def test_a_model_it_cannot_open_is_an_error_with_a_code(served: tuple[str, str]) -> None:
    other = HttpVisionModel(served[0], model="nobody/nothing", patience=Patience(5, 60, 20))
    with pytest.raises(NunchiError) as caught:
        list(other.look(noise(64, 64), lines(1)).answer("?"))
    assert caught.value.code.startswith("server_")
