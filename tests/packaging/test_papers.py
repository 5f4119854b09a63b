"""What is said about licences is the same everywhere, and is read from what ships; needs no bundle."""

from __future__ import annotations

import plistlib
from pathlib import Path

import contents
import notices
import pytest
import sbom
import shipped

ROOT = contents.ROOT
LINUX, MACOS, WINDOWS = (ROOT / "packaging" / name for name in ("linux", "macos", "windows"))


@pytest.fixture
def inside(tmp_path: Path) -> Path:
    """A bundle's folder with our own models and fonts, a package of each kind and a library under the LGPL."""
    for path in contents.data_files():
        if path.parts[:2] in {("models", "bundled"), ("desktop", "fonts")}:
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(ROOT / path)
    for name, licence in (("python-xlib", "LGPLv2+"), ("mss", "MIT License"), ("odd", "Our Own Terms")):
        folder = tmp_path / f"{name}-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\nLicense: {licence}\n"
        )
        (folder / "LICENSE").write_text(f"the terms of {name}")
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "libQt6Core.so.6").write_bytes(b"")
    return tmp_path


def test_one_expression_for_everything_of_ours() -> None:
    told = contents.licence()
    assert {"Apache-2.0", "MPL-2.0", "OFL-1.1"} == set(told.split(" AND ")), (
        "code and models, glossary, fonts"
    )
    assert f"<project_license>{told}</project_license>" in next(LINUX.glob("*.metainfo.xml")).read_text(
        "utf-8"
    )
    plist = plistlib.loads((MACOS / "Info.plist").read_bytes())
    assert plist["NSHumanReadableCopyright"].endswith(told)
    assert '"LegalCopyright" "© 2026 ${PUBLISHER}. ${LICENCES}"' in (WINDOWS / "nunchi.nsi").read_text(
        "utf-8"
    )


def test_the_bill_names_models_fonts_and_libraries_with_licences_that_machines_can_read(inside: Path) -> None:
    bill = sbom.bill(inside)
    assert bill["metadata"]["component"]["licenses"] == [{"expression": contents.licence()}]
    told = {one["name"]: one for one in bill["components"]}
    models = {path.name for path in (ROOT / "models" / "bundled").iterdir() if path.is_dir()}
    assert models <= set(told) and all(told[name]["hashes"] for name in models)
    assert told["glossary-en-ko"]["licenses"] == [{"expression": "MPL-2.0"}]
    assert told["Pretendard-Regular.otf"]["licenses"] == [{"expression": "OFL-1.1"}]
    assert told["python-xlib"]["licenses"] == [{"expression": "LGPL-2.1-or-later"}]
    assert told["mss"]["licenses"] == [{"expression": "MIT"}]
    assert told["odd"]["licenses"] == [{"license": {"name": "Our Own Terms"}}]
    assert sbom.bill(inside) == bill, "the same files give the same bill"


def test_every_native_library_has_a_licence_that_spdx_knows() -> None:
    import tomllib

    for entry in tomllib.loads((shipped.LICENCES / "natives.toml").read_text("utf-8"))["native"]:
        assert "expression" in sbom.licensed(entry["licence"]), entry["name"]


def test_the_notices_carry_what_models_and_fonts_ask_for(inside: Path) -> None:
    written = notices.written(shipped.parts(inside))
    for wanted in (
        "Copyright (c) Baidu, Inc. and the PaddleOCR authors",  # the detector's NOTICE
        "LibreOffice contributors",  # the glossary's
        "CC BY-SA 4.0",  # whisper-synth-ko's card: whose texts were read aloud
        "SIL OPEN FONT LICENSE",
        "Mozilla Public License",
        "the terms of python-xlib",
    ):
        assert wanted.casefold() in written.casefold(), wanted


def test_the_lgpl_s_duties_stand_at_the_head_and_its_libraries_can_be_replaced(inside: Path) -> None:
    head = notices.written(shipped.parts(inside)).partition("목록 · List")[0]
    for wanted in (
        "separate files",
        "linked dynamically",
        "may be replaced",
        "three years",
        "complete source",
        "Reverse",
    ):
        assert wanted in head, wanted
    assert contents.LOOSE == {"Xlib": "py", "pynput": "py"}, "as files, not in the archive"
    entitlements = plistlib.loads((MACOS / "entitlements.plist").read_bytes())
    assert entitlements["com.apple.security.cs.disable-library-validation"] is True, (
        "a person's own Qt may be loaded"
    )
