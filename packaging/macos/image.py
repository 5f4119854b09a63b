"""the .dmg: words in two languages, signature, disk image, notarisation"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import listing
import notices
from contents import BUILD, DIST, ROOT, version

HERE = ROOT / "packaging" / "macos"
APP = BUILD / "bundle" / "Nunchi.app"
INSIDE = APP / "Contents" / "Frameworks"
"""what `sys._MEIPASS` is in a .app: data lies in Resources and is linked from here"""


def main() -> int:
    for language in ("ko", "en"):
        shutil.copytree(
            HERE / f"{language}.lproj",
            APP / "Contents" / "Resources" / f"{language}.lproj",
            dirs_exist_ok=True,
        )
    if notices.main(INSIDE):
        return 1
    listing.write(INSIDE)
    sign = str(HERE / "sign.sh")
    subprocess.run([sign, "app", str(APP)], check=True)
    DIST.mkdir(exist_ok=True)
    image = DIST / f"Nunchi-{version()}-arm64.dmg"
    image.unlink(missing_ok=True)
    settings = {"app": str(APP), "icon": str(BUILD / "icons" / "nunchi.icns")}
    defines = [part for name, value in settings.items() for part in ("-D", f"{name}={value}")]
    subprocess.run(
        [
            sys.executable,
            "-m",
            "dmgbuild",
            "-s",
            str(HERE / "dmg_settings.py"),
            *defines,
            "Nunchi",
            str(image),
        ],
        check=True,
    )
    subprocess.run([sign, "notarise", str(image)], check=True)
    print(f"    · {image.name}: {image.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
