"""A real server on loopback, with stand-in models behind it."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assistant.ask import Ports
from assistant.images import open_image
from assistant.sound import open_wav
from tests.serve.client import Client
from tests.serve.standins import FixedReader, FixedTranscriber, ScriptedModel

NEEDED = ("starlette", "uvicorn", "python_multipart")
if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
    collect_ignore_glob = ["test_*.py"]  # the extra `serve` is not installed


@pytest.fixture
def model() -> ScriptedModel:
    return ScriptedModel()


@pytest.fixture
def transcriber() -> FixedTranscriber:
    return FixedTranscriber()


@pytest.fixture
def server(model: ScriptedModel, transcriber: FixedTranscriber, tmp_path: Path) -> Iterator[Any]:
    with serving(tmp_path, model, transcriber) as served:
        yield served


@pytest.fixture
def client(server: Any) -> Client:
    return Client(server.port, server.token.current())


@contextmanager
def serving(
    folder: Path,
    model: ScriptedModel,
    transcriber: FixedTranscriber | None = None,
    host: str = "127.0.0.1",
    **limits: Any,
) -> Iterator[Any]:
    """A server for as long as the block runs. `limits` are other values of `Limits`."""
    from models.serve.access_token import TokenFile
    from models.serve.engines import Engines
    from models.serve.limits import Limits
    from models.serve.running import Server

    engines = Engines(
        Ports(model, FixedReader(), transcriber),
        model=model.name,
        picture=open_image,
        transcriber=transcriber.name if transcriber else None,
        sound=open_wav,
    )
    token = TokenFile(folder / "api-token")
    served = Server(engines, token, host=host, port=0, limits=Limits(**({"drain_seconds": 0.05} | limits)))
    served.start()
    try:
        yield served
    finally:
        model.release.set()
        served.stop()
