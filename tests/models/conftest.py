"""What the engine tests share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.models.tiny import TINY


@pytest.fixture
def tiny_copy(tmp_path: Path) -> Path:
    """A copy of the tiny model that a test may damage."""
    return shutil.copytree(TINY, tmp_path / "tiny-qwen3vl")
