"""Nothing that reads every key stroke starts by itself: virus scanners look for it, and so would we."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import contents
import pytest

from desktop.hotkeys.backend import Backend, open_backend

HOOKS = re.compile(
    rb"SetWindowsHookEx|CGEventTapCreate|GetKeyboardState|XRecord|/dev/input|grab_keyboard", re.IGNORECASE
)
LAST = Path("desktop/hotkeys/fallback.py")


def ours() -> list[Path]:
    return [path for package in contents.PACKAGES for path in (contents.ROOT / package).rglob("*.py")]


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_the_library_that_hooks_is_imported_in_one_place() -> None:
    users = {
        path.relative_to(contents.ROOT)
        for path in ours()
        if imports(path) & {"pynput", "keyboard", "pyHook", "evdev"}
    }
    assert users == {LAST}


def test_no_code_of_ours_asks_a_system_for_every_key() -> None:
    found = {path.relative_to(contents.ROOT).as_posix(): HOOKS.findall(path.read_bytes()) for path in ours()}
    assert {name: told for name, told in found.items() if told} == {}


@pytest.mark.parametrize("platform", ["win32", "darwin", "linux"])
def test_the_systems_own_keys_come_first_and_the_hook_is_not_even_loaded(
    platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a system whose own keys work, THEN the back end with the hook is never opened."""
    monkeypatch.setattr("desktop.hotkeys.backend.sys.platform", platform)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    opened: list[Backend] = []
    monkeypatch.setattr(Backend, "open", lambda self, _on_event: opened.append(self) or self)
    open_backend(lambda _event: None)
    assert opened == [{"win32": Backend.WINDOWS, "darwin": Backend.MAC, "linux": Backend.X11}[platform]]
    assert list(Backend)[-1] is Backend.FALLBACK
