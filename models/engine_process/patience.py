"""How long a stage may take before the engine process counts as hanging: much at first, ten times what it has taken since.

A big model on a slow processor may take a minute for what another does in a second; what has once been quick and now gives no
sign for ten seconds hangs.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType

FIRST: Mapping[str, float] = MappingProxyType(
    {"open": 900.0, "look": 180.0, "told": 20.0, "first": 120.0, "piece": 30.0}
)
"""seconds; a first compilation for an NPU takes up to eleven minutes"""
LEAST = 10.0
TIMES = 10.0


class Patience:
    """`first` and `least` are seconds; tests and benches give less. `ceiling`: never more than at first, however slow it was."""

    def __init__(
        self, first: Mapping[str, float] = FIRST, least: float = LEAST, ceiling: bool = True
    ) -> None:
        self._first, self._least, self._ceiling = first, least, ceiling
        self._slowest: dict[tuple[str, str, str], float] = {}
        self._lock = threading.Lock()

    def seconds(self, stage: str, model: str = "", device: str = "") -> float:
        with self._lock:
            taken = self._slowest.get((stage, model, device))
        most = self._first[stage]
        if taken is None or stage == "open":  # what was compiled may have to be compiled again
            return most
        wanted = max(self._least, TIMES * taken)
        return min(most, wanted) if self._ceiling else wanted

    @contextmanager
    def measured(self, stage: str, model: str, device: str) -> Iterator[float]:
        """How long the stage inside may take; what it took is remembered, if it did not fail."""
        began = time.monotonic()
        yield self.seconds(stage, model, device)
        self.took(stage, model, device, time.monotonic() - began)

    def took(self, stage: str, model: str, device: str, seconds: float) -> None:
        key = (stage, model, device)
        with self._lock:
            self._slowest[key] = max(seconds, self._slowest.get(key, 0.0))
