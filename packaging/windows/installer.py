"""Compiles the Windows installer with NSIS, on Linux: only Debian's NSIS has 64-bit stubs. Standard library only.

    python3 packaging/windows/installer.py --payload build/bundle/nunchi [--version 0.1.0] [--quick]

NUNCHI_CERTIFICATE (base64 of a .pfx) and NUNCHI_CERTIFICATE_PASSWORD sign installer and uninstaller with osslsigncode.
"""

from __future__ import annotations

import argparse
import base64
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import contents
from contents import BUILD, DIST, ROOT

STAMPS = "http://timestamp.digicert.com"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--payload", type=Path, default=BUILD / "bundle" / "nunchi")
    parser.add_argument("--version", default=contents.version())
    parser.add_argument("--out", type=Path)
    parser.add_argument("--quick", action="store_true", help="without compression, to try it")
    given = parser.parse_args()
    out = given.out or DIST / f"Nunchi-{given.version}-x64-setup.exe"
    compiled(given.payload, out, given.version, given.quick)
    print(f"    · {out.name}: {out.stat().st_size / 1e6:.1f} MB")
    return 0


def compiled(payload: Path, out: Path, version: str, quick: bool = False) -> None:
    """Errors: `FileNotFoundError` for a payload without its programs, `CalledProcessError` from makensis."""
    for name in ("nunchi.exe", "nunchi-tray.exe", "_internal/contents.json"):
        if not (payload / name).is_file():
            raise FileNotFoundError(payload / name)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        licence = Path(folder) / "LICENSE.txt"  # NSIS takes Unicode text with a byte order mark
        licence.write_text((ROOT / "LICENSE").read_text("utf-8"), encoding="utf-8-sig", newline="\r\n")
        defines = {
            "PAYLOAD": payload.resolve(),
            "OUT": out.resolve(),
            "VERSION": version,
            "ICON": BUILD / "icons" / "nunchi.ico",
            "SIDE": BUILD / "icons" / "installer-side.bmp",
            "LICENCE": licence,
            "LICENCES": contents.licence(),
            **({"QUICK": ""} if quick else {}),
            **_signing(Path(folder)),
        }
        arguments = [f"-D{name}={value}" if value != "" else f"-D{name}" for name, value in defines.items()]
        script = str(ROOT / "packaging" / "windows" / "nunchi.nsi")
        subprocess.run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *arguments, script], check=True)


def _signing(folder: Path) -> dict[str, str]:
    """{"SIGN": a command that gets a file's name}, or {} without a certificate."""
    certificate = os.environ.get("NUNCHI_CERTIFICATE")
    if not certificate:
        return {}
    (folder / "certificate.pfx").write_bytes(base64.b64decode(certificate))
    (folder / "password").write_text(os.environ.get("NUNCHI_CERTIFICATE_PASSWORD", ""), encoding="utf-8")
    script = folder / "sign.sh"
    script.write_text(
        f'#!/bin/sh\nset -e\nosslsigncode sign -pkcs12 "{folder}/certificate.pfx" -readpass "{folder}/password" -h sha256 '
        f'-n Nunchi -ts {STAMPS} -in "$1" -out "$1.signed"\nmv "$1.signed" "$1"\n',
        encoding="utf-8",
    )
    script.chmod(0o700)
    return {"SIGN": str(script)}


if __name__ == "__main__":
    sys.exit(main())
