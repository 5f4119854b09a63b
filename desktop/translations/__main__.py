"""`python -m desktop.translations`: compiles the .ts files here into the .qm files beside them, with Qt's own lrelease."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def compile_into(folder: Path) -> list[Path]:
    """The .qm files made; a program that has an older one open keeps that.

    Errors: `CalledProcessError`; `FileNotFoundError` where PySide6_Essentials is not installed.
    """
    import PySide6

    tools = Path(PySide6.__file__).parent
    lrelease = next(iter(sorted(tools.glob("lrelease*"))), None)
    if lrelease is None:
        raise FileNotFoundError(tools / "lrelease")
    made = []
    for words in sorted(HERE.glob("*.ts")):
        scratch = folder / f"{words.stem}.part"
        subprocess.run([lrelease, "-silent", str(words), "-qm", str(scratch)], check=True)
        made.append(scratch.replace(scratch.with_suffix(".qm")))
    return made


if __name__ == "__main__":
    compile_into(HERE)
    sys.exit(0)
