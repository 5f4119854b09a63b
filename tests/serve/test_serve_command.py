"""`nunchi serve` as a person runs it: a process of its own, with a real engine behind the API."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.models.tiny import TINY
from tests.serve.client import Client
from tests.serve.standins import png

ROOT = Path(__file__).resolve().parents[2]


def nunchi(folder: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "desktop.command.main", "serve", *arguments]


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {"NUNCHI_DATA": str(folder), "NUNCHI_LANGUAGE": "en", "PYTHONPATH": str(ROOT)}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        nunchi(folder, *arguments),
        env=environment(folder),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_token_is_shown_and_renewed(tmp_path: Path) -> None:
    first = run(tmp_path, "--show-token").stdout.strip()
    assert re.fullmatch(r"nunchi-[\w-]{43}", first)
    assert run(tmp_path, "--show-token").stdout.strip() == first
    assert run(tmp_path, "--new-token").stdout.strip() != first


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.3"])
def test_an_open_address_is_refused(tmp_path: Path, host: str) -> None:
    done = run(tmp_path, "--host", host, "--model", str(TINY))
    assert done.returncode == 2
    assert "serve_not_loopback" in done.stderr
    assert "127.0.0.1" in done.stderr


def test_without_a_model_it_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "--model", str(tmp_path / "nothing"))
    assert done.returncode == 3
    assert "model_unknown" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
def test_a_real_engine_answers_and_an_interrupt_ends_it(tmp_path: Path) -> None:
    """The tiny test model has random weights: that an answer comes is shown here, not what it says."""
    command = nunchi(tmp_path, "--port", "0", "--model", str(TINY), "--text-from", "none")
    process = subprocess.Popen(
        command, env=environment(tmp_path), cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        started = process.stdout.readline()
        port = int(re.search(r"127\.0\.0\.1:(\d+)/v1", started)[1])
        client = Client(port, run(tmp_path, "--show-token").stdout.strip())
        reply = client.chat(png(), "뭐라고 써 있어?", max_tokens=20)
        assert reply.status == 200, reply
        body = reply.json
        assert body["model"] in started
        assert body["choices"][0]["message"]["content"]
        assert body["usage"]["completion_tokens"] > 0
        process.send_signal(signal.SIGINT)
        assert process.wait(15) in (0, 130)
    finally:
        process.kill()
        process.stdout.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["api-token"]


@pytest.mark.parametrize(
    "module",
    ["desktop.command.serve", "models.serve.app", "models.serve.running", "models.runtimes.vision_http"],
)
def test_doors_stay_light(module: str) -> None:
    """Starlette and uvicorn are an extra: nothing but a starting server may need them."""
    code = f"import sys, {module}; print(*sorted({{n.split('.')[0] for n in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"starlette", "uvicorn", "openvino", "torch", "PySide6"} & set(done.stdout.split())
