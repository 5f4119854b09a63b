"""The camera on a real X server: its key pressed in another program, pictures taken by key, the names a screen reader hears.

And holding a real key: the question goes on through pauses until the key goes up.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assistant.frames import Box
from desktop.capture.windows_x11 import X11Windows
from tests.desktop.conftest import SIZE, Desk, Running, until

HERE = Path(__file__).parent
TITLE = "카메라가 켜져 있어요"


@pytest.fixture
def program(desk: Desk, tmp_path: Path) -> Iterator[Running]:
    pytest.importorskip("PySide6.QtMultimedia", exc_type=ImportError)
    paths = []
    for name, size in (("내장 카메라", (320, 180)), ("USB 카메라", (160, 120))):
        path = tmp_path / f"{name}.png"
        Image.fromarray(np.full((size[1], size[0], 3), 90, np.uint8)).save(path)
        paths.append(str(path))
    one = desk.start(
        sys.executable, str(HERE / "program_camera.py"), NUNCHI_CAMERA=os.pathsep.join(paths), NUNCHI_INSTANCE=str(os.getpid()),
        NUNCHI_CONFIG=str(tmp_path), NUNCHI_LANGUAGE="ko",
    )  # fmt: skip
    assert one.line(60) == "keys"
    yield one
    one.stop()


def lines_until(program: Running, wanted: str) -> list[str]:
    lines: list[str] = []
    while not lines or not lines[-1].startswith(wanted):
        lines.append(program.line(60))
    return lines


def test_key_arrow_enter_question_answer(desk: Desk, program: Running) -> None:
    desk.run("xdotool", "key", "ctrl+alt+c")
    assert program.line(60).startswith("camera-open")
    found = until(lambda: _found(desk), 60, "the preview")
    until(lambda: _active(desk) == found, 60, "the focus")
    desk.run("xdotool", "key", "Right")
    until(lambda: _taken(desk), 60, "the picture")
    lines = lines_until(program, "ready")
    assert any(line.startswith("listening") for line in lines)
    assert "camera 160x120 USB 카메라" in lines[-1]
    assert not _found(desk), "the camera is closed"


def _found(desk: Desk) -> str:
    """The number of the preview's window, while it is shown."""
    try:
        return desk.run("xdotool", "search", "--onlyvisible", "--name", TITLE).strip()
    except AssertionError:
        return ""


def _active(desk: Desk) -> str:
    try:
        return desk.run("xdotool", "getwindowfocus").strip()
    except AssertionError:
        return ""


def _taken(desk: Desk) -> bool:
    """Enter, until the preview has gone: before its first picture nothing happens."""
    desk.run("xdotool", "key", "Return")
    return not _found(desk)


def test_escape_closes_it(desk: Desk, program: Running) -> None:
    desk.run("xdotool", "key", "ctrl+alt+c")
    assert program.line(60).startswith("camera-open")
    found = until(lambda: _found(desk), 60, "the preview")
    until(lambda: _active(desk) == found, 60, "the focus")
    desk.run("xdotool", "key", "Escape")
    assert program.line(60).startswith("ready") and not _found(desk)


def test_a_held_key_keeps_listening_until_it_goes_up(desk: Desk, program: Running) -> None:
    """The stand-in voice pauses at once: only the key holds it open."""
    desk.run("xdotool", "keydown", "ctrl+alt+n")
    try:
        lines = lines_until(program, "listening")
        assert lines[-1].split()[-1] == "held"
        with pytest.raises(AssertionError, match="printed nothing"):
            program.line(1.5)
    finally:
        desk.run("xdotool", "keyup", "ctrl+alt+n")
    assert lines_until(program, "ready")


@pytest.mark.skipif(
    not any(
        Path(folder, "at-spi-bus-launcher").exists() for folder in ("/usr/libexec", "/usr/lib/at-spi2-core")
    ),
    reason="at-spi2-core is not installed",
)
def test_a_screen_reader_finds_every_part_by_name(desk: Desk, program: Running) -> None:
    from desktop.accessibility.atspi import AtspiReader

    desk.run("xdotool", "key", "ctrl+alt+c")
    until(lambda: _found(desk), 60, "the preview")
    windows = X11Windows(desk.display)
    reader = AtspiReader(desk.bus)
    wanted = {"이 모습으로 묻기", "이전 카메라", "다음 카메라", "닫기", "카메라가 켜져 있어요"}
    try:
        until(
            lambda: wanted <= {line.text for line in reader.read(Box(0, 0, *SIZE), windows.stack(), deadline_ms=5000).lines},
            60, "every name",
        )  # fmt: skip
    finally:
        reader.close()
        windows.close()
        desk.run("xdotool", "key", "Escape")
