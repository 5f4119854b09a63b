"""`nunchi ask --camera`, each run in a process of its own, with a picture file in the camera's place or no camera at all."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from assistant.errors import DeviceFailed
from desktop.command import ask as verb
from desktop.command.main import main
from tests.fakes import FakeModel, FakeReader, a_frame

SHOT = """
from desktop.command.camera import camera_frame
from assistant.errors import DeviceFailed
try:
    frame = camera_frame()
    print(frame.width, frame.height, frame.source, frame.title, tuple(int(c) for c in frame.image[1, 2]))
except DeviceFailed as error:
    print(error.code)
"""


def shot(**environment: str) -> str:
    pytest.importorskip("PySide6.QtMultimedia", exc_type=ImportError)
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "NUNCHI_CAMERA"}}
    done = subprocess.run(
        [sys.executable, "-c", SHOT], env={**kept, **environment}, capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout.strip()


def test_a_picture_is_taken_and_the_camera_of_the_settings_used(tmp_path: Path) -> None:
    for name, colour in (("one", "#0a141e"), ("two", "#28323c")):
        Image.new("RGB", (64, 48), colour).save(tmp_path / f"{name}.png")
    (tmp_path / "settings.json").write_text('{"camera": "two"}')
    both = os.pathsep.join(str(tmp_path / f"{name}.png") for name in ("one", "two"))
    told = shot(NUNCHI_CAMERA=both, NUNCHI_CONFIG=str(tmp_path))
    assert told == "64 48 camera two (40, 50, 60)"


def test_no_camera_has_its_code(tmp_path: Path) -> None:
    """On a machine with a camera there is nothing to see here."""
    told = shot(NUNCHI_CONFIG=str(tmp_path))
    assert told == "camera_missing" or " camera " in told


def test_the_frame_is_what_is_asked_about(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], model: FakeModel, reader: FakeReader
) -> None:
    from assistant.ask import Ports

    monkeypatch.setattr(verb, "ports", lambda *_given, **_how: Ports(model, reader))
    monkeypatch.setattr(verb, "camera_frame", lambda: a_frame(80, 60))
    model.say("상자예요.")
    assert main(["ask", "이게 뭐야?", "--camera"]) == 0
    assert capsys.readouterr().out.startswith("상자예요.")
    assert model.received[0][0].width == 80


def test_a_camera_that_fails_ends_with_status_4(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], model: FakeModel
) -> None:
    from assistant.ask import Ports

    def broken() -> None:
        raise DeviceFailed("camera_denied")

    monkeypatch.setattr(verb, "ports", lambda *_given, **_how: Ports(model))
    monkeypatch.setattr(verb, "camera_frame", broken)
    assert main(["ask", "이게 뭐야?", "--camera"]) == 4
    assert "camera_denied" in capsys.readouterr().err
