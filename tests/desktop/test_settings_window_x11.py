"""The settings' window on a real X server: keys are pressed by xdotool, names are read as a screen reader does."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.frames import Box
from desktop.capture.windows_x11 import X11Windows
from tests.desktop.conftest import SIZE, Desk, Running, until

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TITLE = "눈치 설정"


@pytest.fixture
def windows(desk: Desk) -> Iterator[X11Windows]:
    one = X11Windows(desk.display)
    yield one
    one.close()


@pytest.fixture
def program(desk: Desk, windows: X11Windows, tmp_path: Path) -> Iterator[Running]:
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    one = desk.start(
        sys.executable,
        str(HERE / "program_settings.py"),
        "keys",
        PYTHONPATH=str(ROOT),
        NUNCHI_DATA=str(tmp_path),
    )
    assert one.line(60) == "ready"
    until(lambda: getattr(windows.active(), "title", "") == TITLE, 60, TITLE)
    # the window manager calls it active a moment before X gives it the keys
    until(
        lambda: TITLE in desk.run("sh", "-c", "xdotool getwindowfocus getwindowname || true"), 60, "the keys"
    )
    yield one
    one.stop()
    until(lambda: not windows.stack(), what="an empty desk")


def lines_until(program: Running, wanted: str) -> list[str]:
    """What it prints up to the line that begins with `wanted`."""
    lines: list[str] = []
    while not lines or not lines[-1].startswith(wanted):
        lines.append(program.line(60))
    return lines


def test_keys_are_bound_by_pressing_them(desk: Desk, program: Running) -> None:
    """GIVEN the field waits WHEN keys are pressed THEN they are the action's; our own keys are told as taken."""
    desk.run("xdotool", "key", "space")
    assert program.line(60) == "waiting"
    desk.run("xdotool", "key", "ctrl+alt+q")
    assert lines_until(program, "keys") == ["rests", "keys Ctrl+Alt+Q"]
    desk.run("xdotool", "key", "space")
    assert program.line(60) == "waiting"
    desk.run("xdotool", "key", "ctrl+alt+n")
    assert "‘화면에 대해 묻기’" in lines_until(program, "said")[-1]
    desk.run("xdotool", "key", "ctrl+alt+q")
    assert program.line(60) == "pressed window"


def test_keys_of_another_program_are_said_and_ours_stay(desk: Desk, program: Running) -> None:
    from Xlib import X, display

    other = display.Display(desk.display)
    root, control_alt = other.screen().root, X.ControlMask | X.Mod1Mask
    code = other.keysym_to_keycode(ord("j"))
    desk.run("xdotool", "key", "space")
    assert program.line(60) == "waiting"
    root.grab_key(code, control_alt | X.LockMask, 1, X.GrabModeAsync, X.GrabModeAsync)  # with Caps Lock only
    other.sync()
    desk.run("xdotool", "key", "ctrl+alt+j")
    assert "다른 프로그램" in lines_until(program, "said")[-1]
    desk.run("xdotool", "key", "ctrl+alt+w")
    assert program.line(60) == "pressed window"
    other.close()


@pytest.mark.skipif(
    not any(
        Path(folder, "at-spi-bus-launcher").exists() for folder in ("/usr/libexec", "/usr/lib/at-spi2-core")
    ),
    reason="at-spi2-core is not installed",
)
def test_a_screen_reader_finds_every_key_by_name(desk: Desk, program: Running, windows: X11Windows) -> None:
    from desktop.accessibility.atspi import AtspiReader

    wanted = {
        "창에 대해 묻기: Ctrl+Alt+W": "button",
        "멈추기: Ctrl+Alt+S": "button",
        "처음 단축키로": "button",
    }
    wanted |= {"일반": "radio button", "화면·개인정보": "radio button"}
    reader = AtspiReader(desk.bus)

    def missing() -> set[str]:
        told = reader.read(Box(0, 0, *SIZE), windows.stack(), deadline_ms=5000)
        return {
            name
            for name, role in wanted.items()
            if (name, role) not in {(line.text, line.role) for line in told.lines}
        }

    try:
        until(lambda: not missing(), 60, "every name")
    finally:
        reader.close()
