"""Starting at login, on each system: files in a temporary folder, and a registry that is a dictionary."""

from __future__ import annotations

import plistlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.errors import DeviceFailed
from desktop.start_at_login.item import APP_ID, LoginItem, open_login_item, our_command, renew
from desktop.start_at_login.linux import Autostart
from desktop.start_at_login.mac import LaunchAgent
from desktop.start_at_login.windows import APPROVED, NAME, RUN, RunKey


class Registry:
    """winreg's few functions over {path: {name: value}}."""

    HKEY_CURRENT_USER, KEY_SET_VALUE, REG_SZ = "HKCU", 2, 1

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, object]] = {}
        self.refuses = False

    @contextmanager
    def OpenKey(self, _root: str, path: str, _reserved: int = 0, _access: int = 1) -> Iterator[dict]:
        if path not in self.keys:
            raise FileNotFoundError(2, path)
        yield self.keys[path]

    @contextmanager
    def CreateKey(self, _root: str, path: str) -> Iterator[dict]:
        if self.refuses:
            raise PermissionError(13, "Access is denied")
        yield self.keys.setdefault(path, {})

    def QueryValueEx(self, key: dict, name: str) -> tuple[object, int]:
        if name not in key:
            raise FileNotFoundError(2, name)
        return key[name], 1

    def SetValueEx(self, key: dict, name: str, _reserved: int, kind: int, value: object) -> None:
        assert kind == self.REG_SZ
        key[name] = value

    def DeleteValue(self, key: dict, name: str) -> None:
        if name not in key:
            raise FileNotFoundError(2, name)
        del key[name]


MAKERS: dict[str, Callable[[Path], LoginItem]] = {
    "linux": lambda folder: Autostart(folder / "autostart"),
    "mac": lambda folder: LaunchAgent(folder / "LaunchAgents"),
    "windows": lambda _folder: RunKey(Registry()),
}
COMMANDS = [
    ("/usr/bin/nunchi",),
    ("/opt/내 프로그램/nunchi", "-m", "desktop.command.main"),
    ("C:\\Program Files\\눈치\\pythonw.exe", "-m", "desktop.command.main"),
    ("/home/k/$HOME `x` \"q\" 100%/nunchi", "a\\b", "c\\", "두 낱말\\"),
]  # fmt: skip


@pytest.fixture(params=MAKERS)
def item(request: pytest.FixtureRequest, tmp_path: Path) -> LoginItem:
    return MAKERS[request.param](tmp_path)


@pytest.mark.parametrize("command", COMMANDS)
def test_on_then_off(item: LoginItem, command: tuple[str, ...]) -> None:
    assert item.command() is None
    item.turn_on(command)
    assert item.command() == command
    item.turn_on(command)
    item.turn_off()
    assert item.command() is None
    item.turn_off()


def test_a_program_that_moved_is_started_from_its_new_place(item: LoginItem) -> None:
    assert not renew(item, ("/new/nunchi",)) and item.command() is None
    item.turn_on(("/old/nunchi",))
    assert renew(item, ("/new/nunchi",)) and item.command() == ("/new/nunchi",)
    assert not renew(item, ("/new/nunchi",))
    item.turn_on((sys.executable, "-m", "another.program"))
    assert not renew(item, ("/new/nunchi",)), "a program that is still there is somebody's wish"


def test_linux_what_a_desktop_has_switched_off_is_off(tmp_path: Path) -> None:
    item = Autostart(tmp_path)
    item.turn_on(("/usr/bin/nunchi",))
    file = tmp_path / f"{APP_ID}.desktop"
    on = file.read_text()
    file.write_text(on.replace("X-GNOME-Autostart-enabled=true", "X-GNOME-Autostart-enabled=false"))
    assert item.command() is None
    file.write_text(on + "Hidden=true\n")
    assert item.command() is None


@pytest.mark.skipif(
    not shutil.which("desktop-file-validate"), reason="desktop-file-validate is not installed"
)
@pytest.mark.parametrize("command", COMMANDS)
def test_linux_the_file_is_a_valid_desktop_file(tmp_path: Path, command: tuple[str, ...]) -> None:
    Autostart(tmp_path).turn_on(command)
    done = subprocess.run(
        ["desktop-file-validate", str(tmp_path / f"{APP_ID}.desktop")], capture_output=True, text=True, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_windows_what_the_task_manager_has_switched_off_is_off_until_we_switch_it_on() -> None:
    registry = Registry()
    item = RunKey(registry)
    item.turn_on(("C:\\눈치\\nunchi.exe",))
    registry.keys[APPROVED] = {NAME: b"\x03\x00\x00\x00"}
    assert item.command() is None
    registry.keys[APPROVED] = {NAME: b"\x02\x00\x00\x00"}
    assert item.command() == ("C:\\눈치\\nunchi.exe",)
    registry.keys[APPROVED] = {NAME: b"\x03\x00\x00\x00"}
    item.turn_on(("C:\\눈치\\nunchi.exe",))
    assert item.command() == ("C:\\눈치\\nunchi.exe",)


def test_windows_other_programs_stay_and_a_refusal_is_told() -> None:
    registry = Registry()
    registry.keys[RUN] = {"OneDrive": "x"}
    item = RunKey(registry)
    item.turn_on(("n",))
    item.turn_off()
    assert registry.keys[RUN] == {"OneDrive": "x"}
    registry.refuses = True
    with pytest.raises(DeviceFailed, match=r"login_item_failed.*denied"):
        item.turn_on(("n",))


def test_mac_the_agent_is_what_launchd_reads(tmp_path: Path) -> None:
    LaunchAgent(tmp_path).turn_on(("/Applications/Nunchi.app/Contents/MacOS/nunchi",))
    told = plistlib.loads((tmp_path / f"{APP_ID}.plist").read_bytes())
    assert told["Label"] == APP_ID and told["RunAtLoad"] is True and told["LimitLoadToSessionType"] == "Aqua"
    (tmp_path / f"{APP_ID}.plist").write_bytes(b"not a plist")
    assert LaunchAgent(tmp_path).command() is None


def test_an_appimage_starts_its_file_not_the_place_where_it_is_mounted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("APPIMAGE", "/home/person/Nunchi.AppImage")
    assert our_command("/tmp/.mount_nunchi1/usr/lib/nunchi/nunchi", frozen=True) == (
        "/home/person/Nunchi.AppImage",
    )


def test_what_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python3"
    assert our_command(str(python), frozen=True) == (str(python),)
    monkeypatch.setattr(sys, "platform", "linux")
    assert our_command(str(python), frozen=False) == (str(python), "-m", "desktop.command.main")
    (tmp_path / "nunchi").touch()
    assert our_command(str(python), frozen=False) == (str(tmp_path / "nunchi"),)
    monkeypatch.setattr(sys, "platform", "win32")
    (tmp_path / "pythonw.exe").touch()
    assert our_command(str(python), frozen=False) == (
        str(tmp_path / "pythonw.exe"),
        "-m",
        "desktop.command.main",
    )


def test_the_module_of_this_system_opens() -> None:
    if sys.platform.startswith("linux"):
        assert isinstance(open_login_item(), Autostart)
