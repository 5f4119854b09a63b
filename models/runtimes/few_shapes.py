"""Bounds what OpenVINO keeps for shapes that it has seen: the screen reader's networks see new ones with every screen.

For each shape the CPU plugin keeps its prepared operations, some 1.3 MB for the recogniser, up to 5000 operations in all, and
oneDNN below it 1024 more: the reader grew by 10 MB and more with every new screen (models/LOG.md).
"""

from __future__ import annotations

import os

FEW_SHAPES = {"CPU_RUNTIME_CACHE_CAPACITY": 200}
"""for `compile_model`: operations of some thirty shapes, which are two screens' of the recogniser"""


def keep_few_primitives() -> None:
    """For a whole process, before its first engine is loaded; what its user has set counts."""
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "64")
