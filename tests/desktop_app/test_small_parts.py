"""The single instance, the words, the icons, the commands."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from assistant.errors import BadInput, DeviceFailed
from desktop.notices import State
from desktop.words import shown


@pytest.fixture
def name() -> str:
    return f"nunchi-test-{os.getpid()}"


def asked(action: str, name: str, until: Callable) -> str:
    """What another process is answered; ours answers meanwhile."""
    code = f"from desktop.single_instance import request; print(request({action!r}, {name!r}))"
    other = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    until(lambda: other.poll() is not None, "a reply")
    return other.stdout.read().strip()


def test_the_second_one_triggers_the_first(qt: object, name: str, until: Callable) -> None:
    from desktop.single_instance import Instance

    done: list[str] = []
    first, second = Instance(done.append, name), Instance(done.append, name)
    assert first.claim() and not second.claim()
    assert asked("screen", name, until) == "ok"
    assert asked("format-the-disk", name, until) == "unknown"
    assert asked("s" * 10_000, name, until) != "ok"
    assert done == ["screen"]
    first.close()
    assert second.claim()
    second.close()
    assert asked("screen", name, until) == "None"


def test_every_state_and_menu_entry_has_words_and_an_icon(qt: object) -> None:
    from desktop.tray import MENU, Tray, state_icon

    for state in State:
        assert shown(state.value) and not state_icon(state).isNull()
    done: list[str] = []
    tray = Tray(done.append)
    for action in (*MENU, "quit"):
        tray.actions[action].setEnabled(True)
        tray.actions[action].trigger()
    assert done == [*MENU, "quit"]
    tray.show_state(State.READY, "CPU")
    assert tray.where == "CPU에서 실행 중" and "CPU에서 실행 중" in tray.tool_tip
    tray.close()


def test_state_icons_differ(qt: object) -> None:
    from desktop.tray import state_icon

    pictures = {state: state_icon(state).pixmap(22, 22).toImage() for state in State}
    assert all(one == other or pictures[one] != pictures[other] for one in State for other in State)


def test_without_qt_the_tray_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None\nfrom desktop.command.main import main\nsys.exit(main([]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert "nunchi-desktop[desktop]" in done.stderr and "desktop_not_installed" in done.stderr


def test_without_a_display_the_tray_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.command.tray import check_display

    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    if sys.platform == "linux":
        with pytest.raises(DeviceFailed, match="display_unreachable"):
            check_display()


def test_trigger_without_a_tray_says_so(qt: object, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.command.main import parser
    from desktop.command.trigger import run

    monkeypatch.setenv("NUNCHI_INSTANCE", f"nobody-{os.getpid()}")
    with pytest.raises(DeviceFailed, match="nunchi_not_running"):
        run(parser().parse_args(["trigger", "screen"]))
    monkeypatch.setattr("desktop.single_instance.request", lambda action: "unknown")
    with pytest.raises(BadInput, match="capture_unknown"):
        run(parser().parse_args(["trigger", "camera"]))


def test_constants_survive_what_qt_takes_from_them(qt: object) -> None:
    """PySide6 6.12 on Python 3.11 aborts after as many timer starts as None has references elsewhere."""
    from PySide6.QtCore import QTimer

    timer = QTimer()
    for _ in range(20_000):
        timer.stop()
    assert not timer.isActive()


def test_the_coordinator_loads_no_qt() -> None:
    code = "import desktop.coordinator, sys; print(any(name.startswith('PySide6') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("name", ["LIGHT", "DARK"])
def test_words_stand_out_from_what_they_stand_on(name: str) -> None:
    """4.5 : 1 at least, as WCAG 2.2 asks of small text (success criterion 1.4.3)."""
    from desktop import look_and_feel

    colours = getattr(look_and_feel, name)

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (
            one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for ink in ("text", "quiet", "alarm"):
        for ground in ("card", "page", "side", "well"):
            low, high = sorted(luminance(getattr(colours, one)) for one in (ink, ground))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)
