"""The Mac's property lists and scripts, as far as they can be read without a Mac."""

from __future__ import annotations

import plistlib
import re
import shutil
import subprocess
import sys

import contents
import pytest

MACOS = contents.ROOT / "packaging" / "macos"
PLIST = plistlib.loads((MACOS / "Info.plist").read_bytes())
USES = ("NSMicrophoneUsageDescription", "NSCameraUsageDescription", "NSScreenCaptureUsageDescription")


def test_macos_14_on_arm_in_the_menu_bar_only() -> None:
    assert PLIST["LSMinimumSystemVersion"] == "14.0" and PLIST["LSArchitecturePriority"] == ["arm64"]
    assert PLIST["LSUIElement"] is True and PLIST["LSBackgroundOnly"] is False
    assert PLIST["CFBundleIdentifier"] == "io.github.nunchi_desktop.Nunchi"
    assert "CFBundleURLTypes" not in PLIST, "a web page must not make the program look at the screen"


def test_each_thing_that_macos_asks_for_says_why_in_two_languages() -> None:
    for language in ("ko", "en"):
        told = dict(
            re.findall(
                r'^(\w+) = "(.+)";$',
                (MACOS / f"{language}.lproj" / "InfoPlist.strings").read_text("utf-8"),
                re.M,
            )
        )
        assert set(USES) <= set(told) and all(len(told[name]) > 20 for name in USES)
        assert re.search("[가-힣]", told[USES[0]]) if language == "ko" else told[USES[0]] == PLIST[USES[0]]
    assert set(PLIST["CFBundleLocalizations"]) == {"ko", "en"}


def test_the_entitlements_are_those_that_are_used() -> None:
    """The hardened runtime asks for microphone and camera; the screen has no entitlement, it asks when it is read."""
    told = plistlib.loads((MACOS / "entitlements.plist").read_bytes())
    assert set(told) == {
        "com.apple.security.cs.allow-jit",
        "com.apple.security.cs.allow-unsigned-executable-memory",
        "com.apple.security.cs.disable-library-validation",
        "com.apple.security.device.audio-input",
        "com.apple.security.device.camera",
    }
    assert all(value is True for value in told.values())


def test_signing_is_hardened_from_the_inside_out_and_notarises() -> None:
    script = (MACOS / "sign.sh").read_text("utf-8")
    assert "--options runtime" in script and "--timestamp" in script and "--entitlements" in script
    code = "\n".join(line for line in script.splitlines() if not line.lstrip().startswith("#"))
    assert "--deep --sign" not in code, "Apple: not for signing, only for looking"
    library, framework = (
        script.index('--sign "$identity" "$file"'),
        script.index('--sign "$identity" "$framework"'),
    )
    assert library < framework < script.index('--sign "$identity" "$app"')
    assert script.index("notarytool submit") < script.index("stapler staple") < script.index("spctl --assess")


@pytest.mark.parametrize("script", ["sign.sh", "keychain.sh"])
def test_the_scripts_are_shell(script: str) -> None:
    bash = shutil.which("bash")
    if bash is None or sys.platform == "win32":
        pytest.skip("needs bash")
    subprocess.run([bash, "-n", str(MACOS / script)], check=True)


def test_the_disk_image_s_settings_run_as_dmgbuild_runs_them() -> None:
    told: dict[str, object] = {"defines": {"app": "/x/Nunchi.app", "icon": "/x/nunchi.icns"}}
    exec((MACOS / "dmg_settings.py").read_text("utf-8"), told)
    assert told["files"] == ["/x/Nunchi.app"] and told["symlinks"] == {"Applications": "/Applications"}
    assert set(told["icon_locations"]) == {"Nunchi.app", "Applications"}
    assert told["format"] == "UDZO" and told["filesystem"] == "APFS"
