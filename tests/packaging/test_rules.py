"""What ships is decided by rules: they are checked here without a bundle."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import contents
import pytest

ROOT = Path(__file__).resolve().parents[2]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("system", ["linux", "windows", "macos"])
def test_the_lock_pins_what_the_project_asks_for(system: str) -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *told["dependencies"],
        *(one for extra in ("desktop", "serve") for one in told["optional-dependencies"][extra]),
    ]
    mine = {"linux": "linux", "windows": "win32", "macos": "darwin"}[system]
    pinned = {normal(name) for name, _version in contents.locked(system)}
    for one in wanted:
        name, _, marker = one.partition(";")
        only = re.search(r"sys_platform == '(\w+)'", marker)
        never = re.fullmatch(r"\s*sys_platform != '(\w+)'\s*", marker)
        if (only and only[1] != mine) or (never and never[1] == mine):
            continue
        assert normal(re.split(r"[<>=!~ \[]", name, maxsplit=1)[0]) in pinned, (
            f"{one}: python packaging/build.py lock"
        )


@pytest.mark.parametrize("system", ["linux", "windows", "macos"])
def test_every_pin_has_a_hash_and_nothing_unwanted_is_pinned(system: str) -> None:
    text = contents.lock_file(system).read_text("utf-8")
    pins = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert all("--hash=sha256:" in pin for pin in pins if not pin.startswith("#"))
    assert not {normal(name) for name, _version in contents.locked(system)} & {
        normal(name) for name in contents.LEFT_OUT
    }


def test_data_of_every_kind_ships_and_developers_files_do_not() -> None:
    names = [path.as_posix() for path in contents.data_files()]
    assert {"LICENSE", "assistant/messages_ko.toml", "models/offers.toml", "desktop/icons/eye.svg",
            "models/bundled/nunchi-mini/openvino_language_model.bin", "models/bundled/glossary-en-ko/NOTICE"} <= set(names)  # fmt: skip
    assert not [
        name
        for name in names
        if "checkpoint" in name or name.startswith(contents.DEVELOPERS) or name.endswith(".py")
    ]


def test_models_and_drawings_are_no_dead_weight() -> None:
    assert not [path for path in contents.data_files() if contents.dead_weight(path.as_posix())]


@pytest.mark.parametrize(
    ("path", "dead"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", False),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", True),
        ("PySide6/plugins/platforms/qwindows.dll", False),
        ("PySide6/Qt/lib/libQt6Qml.so.6", False),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/Qt/lib/libQt6QmlModels.so.6", False),
        ("PySide6/Qt/lib/libQt6QuickControls2.so.6", True),
        ("PySide6/Qt/lib/libQt6QmlCompiler.so.6", True),
        ("PySide6/Qt/lib/QtQuick.framework/Versions/A/QtQuick", False),
        ("PySide6/Qt/lib/QtPdf.framework/Versions/A/QtPdf", True),
        ("PySide6/Qt/lib/libQt6EglFsKmsSupport.so.6", True),
        ("PySide6/Qt6Quick.dll", False),
        ("PySide6/Qt6QuickControls2.dll", True),
        ("PySide6/Qt6Widgets.dll", False),
        ("openvino/libs/libopenvino_intel_cpu_plugin.so", False),
        ("openvino/libs/openvino_pytorch_frontend.dll", True),
        ("openvino\\libs\\openvino_ir_frontend.dll", False),
        ("PySide6/Qt/translations/qtbase_ko.qm", False),
        ("PySide6/Qt/translations/qtbase_de.qm", True),
        ("desktop/translations/nunchi_ko.qm", False),
    ],
)  # fmt: skip
def test_dead_weight(path: str, dead: bool) -> None:
    assert contents.dead_weight(path) is dead


def test_every_state_of_the_tray_has_a_tile_and_a_template() -> None:
    from desktop.coordinator import State

    icons = ROOT / "desktop" / "icons"
    for state in State:
        assert (icons / f"tray-{state.value}.svg").exists()
        template = (icons / f"tray-{state.value}-template.svg").read_text("utf-8")
        assert "currentColor" in template and "#" not in template, "a template has one colour, the system's"
