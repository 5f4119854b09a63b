"""Code that came with a model runs in the engine process and nowhere else (torch only)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from models.engine_process.host import EngineHost
from models.engine_process.remote_vision import RemoteVision
from tests.models.published import install, moondream
from tests.models.tiny import lines, noise

pytest.importorskip("torch", reason="the reference engine needs the extra `torch`")
pytest.importorskip("transformers", reason="the reference engine needs the extra `torch`")


def test_it_runs_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path / "data"))
    folder = moondream(tmp_path / "data" / "models")
    code, ran = folder / "moondream.py", folder.parent.parent / "ran"
    code.write_text(f"import os\nopen({str(ran)!r}, 'a').write(f'{{os.getpid()}} ')\n" + code.read_text())
    install(folder)
    host = EngineHost()
    try:
        model = RemoteVision(host, "moondream2").open()
        look = model.look(noise(64, 48), lines(2))
        assert model.points and "".join(look.answer("뭐야?")) and look.find("a button")
        assert set(ran.read_text().split()) == {str(host.process().pid)} != {str(os.getpid())}
    finally:
        host.close()
    assert not [name for name in sys.modules if name.startswith("nunchi_published_")]
