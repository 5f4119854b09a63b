"""The bundle that `python packaging/build.py bundle` made; without one these tests are skipped, and say so."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "packaging"))  # its scripts are no package


@pytest.fixture(scope="session")
def bundle() -> Path:
    """The folder with the program; NUNCHI_BUNDLE names another one, such as an installed program's."""
    import contents

    folder = Path(os.environ.get("NUNCHI_BUNDLE") or contents.BUNDLE)
    if not (folder / "_internal").is_dir():
        pytest.skip("no bundle here: python packaging/build.py bundle")
    return folder
