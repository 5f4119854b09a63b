"""How far trying a device out is: which step of how many, and about how long it will still take. Values and arithmetic only."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from models.engine_process.known import Probed


@dataclass(frozen=True)
class Progress:
    """`step` of `steps` is under way (0 steps: not known yet); `seconds_left` is None where nothing tells."""

    device: str
    step: int
    steps: int
    seconds_left: float | None = None


class Course:
    """From the stages of a probe to its progress. `earlier` is what the same model took there with another driver, if it ever did.

    Steps: opening, a compilation for each graph, a look, an answer. Without an earlier time what is left is reckoned from the graphs
    that are compiled already.
    """

    def __init__(
        self, device: str, earlier: Probed | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._device, self._clock, self._began = device, clock, clock()
        self._graphs = self._compiled = 0
        self._compiling_since = self._compiled_at = 0.0
        self._stage = "open"
        self._whole = 0.0
        if earlier is not None and not earlier.fault:
            self._whole = (
                earlier.load_ms + 2 * earlier.look_ms + earlier.question_ms - earlier.look_ms
            ) / 1000

    def at(self, stage: str, compiled: int = 0, graphs: int = 0) -> Progress:
        """`stage` is open, compile, look or answer; while compiling, how many graphs of how many are ready."""
        if stage == "compile" and self._stage != "compile":
            self._compiling_since = self._clock()
        self._stage = stage
        if stage == "compile":
            self._graphs, self._compiled = graphs, min(compiled, max(0, graphs - 1))
            self._compiled_at = self._clock() - self._compiling_since
        return self.now()

    def now(self) -> Progress:
        """The same with the time that has passed since."""
        place = {
            "open": 1, "compile": 2 + self._compiled, "look": 2 + self._graphs, "answer": 3 + self._graphs,
        }[self._stage]  # fmt: skip
        known = self._graphs > 0 or self._stage in ("look", "answer")
        return Progress(self._device, place, 3 + self._graphs if known else 0, self._left())

    def _left(self) -> float | None:
        now = self._clock()
        if self._whole:
            return max(0.0, self._whole - (now - self._began))
        if self._stage == "compile" and self._compiled:
            # each as long as those before took: the largest comes first, so it will hardly be more
            each = self._compiled_at / self._compiled
            since = now - self._compiling_since - self._compiled_at
            return max(0.0, each * (self._graphs - self._compiled) - since)
        return None
