"""The installer's script compiles without a warning and carries what Windows shows about it; trying it needs Wine."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import contents
import pytest

sys.path.append(str(contents.ROOT / "packaging" / "windows"))
import installer
import version_resource

needs_nsis = pytest.mark.skipif(not shutil.which("makensis"), reason="needs NSIS")


@pytest.fixture
def payload(tmp_path: Path) -> Path:
    folder = tmp_path / "payload"
    (folder / "_internal").mkdir(parents=True)
    for name in ("nunchi.exe", "nunchi-tray.exe", "_internal/contents.json", "_internal/눈치.txt"):
        (folder / name).write_text(name, encoding="utf-8")
    return folder


@pytest.fixture
def icon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image

    (tmp_path / "icons").mkdir()
    Image.new("RGBA", (32, 32), "#4a5be0").save(tmp_path / "icons" / "nunchi.ico")
    Image.new("RGB", (164, 314), "#4a5be0").save(tmp_path / "icons" / "installer-side.bmp")
    monkeypatch.setattr(installer, "BUILD", tmp_path)


@needs_nsis
@pytest.mark.usefixtures("icon")
def test_it_compiles_for_64_bits_with_its_version_in_two_languages(payload: Path, tmp_path: Path) -> None:
    setup = tmp_path / "nunchi-setup.exe"
    installer.compiled(payload, setup, "1.2.3", quick=True)
    program = setup.read_bytes()
    assert program[:2] == b"MZ"
    header = int.from_bytes(program[0x3C:0x40], "little")
    assert program[header + 4 : header + 6] == b"\x64\x86", (
        "x86-64, or Wine and Windows on ARM would not run it"
    )
    for text in ("눈치 설치", "Nunchi setup", "1.2.3", version_resource.COMPANY):
        assert text.encode("utf-16-le") in program


@needs_nsis
@pytest.mark.usefixtures("icon")
def test_a_payload_without_its_list_is_refused(payload: Path, tmp_path: Path) -> None:
    (payload / "_internal" / "contents.json").unlink()
    with pytest.raises(FileNotFoundError):
        installer.compiled(payload, tmp_path / "nunchi-setup.exe", "1.2.3", quick=True)


def test_the_script_never_asks_for_an_administrator_and_never_touches_others() -> None:
    script = (contents.ROOT / "packaging" / "windows" / "nunchi.nsi").read_text("utf-8")
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script and "HKCR" not in script
    assert "SetShellVarContext all" not in script
    assert 'RMDir /r "$INSTDIR"' not in script, "a person may have chosen a folder with other things in it"


def test_the_programs_tell_who_they_are() -> None:
    for language in version_resource.LANGUAGES:
        told = version_resource.strings(language, "nunchi.exe")
        assert told["ProductVersion"] == contents.version()
        assert all(told.values())
    assert "StringFileInfo" in version_resource.for_pyinstaller() and "ICON" in version_resource.rc(
        "nunchi.exe"
    )


def test_the_bundle_is_a_folder_that_nobody_packed() -> None:
    spec = (contents.ROOT / "packaging" / "nunchi.spec").read_text("utf-8")
    assert "COLLECT(" in spec and '"exclude_binaries": True' in spec, (
        "one file that unpacks itself looks like a virus"
    )
    assert "upx=True" not in spec and '"upx": True' not in spec
