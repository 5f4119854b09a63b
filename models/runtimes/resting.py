"""Lets compiled graphs rest: what they calculate in is given back until the next run, which takes it anew.

A graph holds the largest intermediate results it has ever had, most of a process of small models: some 100 MB for a screen's
text, 80 for a look. Taking it anew costs what the system needs to hand out the pages.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import openvino as ov


def rest(graphs: Iterable[ov.CompiledModel]) -> None:
    """Results that have not been copied yet are lost, key-value caches are not. A graph that still runs keeps what it holds."""
    for graph in graphs:
        with contextlib.suppress(RuntimeError):  # an inference that was stopped is left to end by itself
            graph.release_memory()
