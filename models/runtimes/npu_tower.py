"""A vision tower on an NPU: compiled in the background, used as soon as it is there. Knows graphs and sizes, no model family.

A first compilation takes minutes, one from the cache seconds. Meanwhile, and after a failure, `run` says that it has nothing,
and its caller encodes where the language model runs. Files `openvino_vision_npu_SIZE_model.xml` of the folder (8-bit, made by
`python -m models.npu build`) are taken where they are; else the tower is cut from the folder's own graphs and runs in half
precision.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import EngineFailed, ModelMissing, NunchiError, Stopped
from models.runtimes.openvino_graphs import Graphs, run

if TYPE_CHECKING:
    import openvino as ov

    from assistant.ports import Cancel

log = logging.getLogger(__name__)

NAME = "vision_npu_{size}"


@dataclass(frozen=True)
class Preparing:
    """How far compiling is: `ready` of `sizes` graphs after `seconds`; `failed` is why there will be no more."""

    ready: int
    sizes: int
    seconds: float
    failed: str = ""

    @property
    def over(self) -> bool:
        return self.ready == self.sizes or bool(self.failed)


class NpuTower:
    """`cut` gives the tower of a size. `sizes` in the order of their importance: each is compiled in turn.

    `graphs` reads and compiles for the NPU.
    """

    def __init__(self, graphs: Graphs, sizes: Sequence[int], cut: Callable[[int], ov.Model]) -> None:
        self._graphs, self._sizes, self._cut = graphs, tuple(sizes), cut
        self._began, self._took = time.monotonic(), 0.0
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._ready: dict[int, ov.InferRequest] = {}
        self._failed = ""
        self._closed = False
        self._using = threading.Lock()
        threading.Thread(target=self._compile_all, name="npu-compile", daemon=True).start()

    @property
    def preparing(self) -> Preparing:
        with self._lock:
            seconds = self._took or time.monotonic() - self._began
            return Preparing(len(self._ready), len(self._sizes), round(seconds, 1), self._failed)

    def wait(
        self, cancel: Cancel | None = None, told: Callable[[Preparing], None] = lambda now: None
    ) -> Preparing:
        """Until compiling is over, for a probe that wants to know how fast the NPU is; `told` hears of each graph.

        Errors: `Stopped`.
        """
        ready = -1
        while True:
            if (now := self.preparing).ready > ready:
                ready = now.ready
                told(now)
            with self._changed:
                if self._closed or self._failed or len(self._ready) == len(self._sizes):
                    break
                self._changed.wait(0.1)
            if cancel is not None and cancel.is_set():
                raise Stopped
        return self.preparing

    def run(
        self, count: int, inputs: Callable[[int], dict[str, np.ndarray]], cancel: Cancel | None = None
    ) -> dict[str, np.ndarray] | None:
        """Outputs by name for a picture of `count` patches or pixels, or None where the NPU cannot do it (yet).

        `inputs` is given the compiled size to pad to. A failure is remembered, and the caller goes on elsewhere.
        Errors: `Stopped`.
        """
        with self._lock:
            fitting = [size for size in self._ready if size >= count]
            request = self._ready[min(fitting)] if fitting and not self._failed else None
        if request is None:
            return None
        with self._using:
            try:
                run(request, inputs(min(fitting)), cancel)
                return {
                    output.any_name: request.get_tensor(output).data.copy()
                    for output in request.model_outputs
                }
            except EngineFailed as error:
                self._give_up(error)
                return None

    def close(self) -> None:
        """What is being compiled ends by itself and is dropped."""
        with self._changed:
            self._closed = True
            self._ready = {}
            self._changed.notify_all()

    def _compile_all(self) -> None:
        for size in self._sizes:
            if self._closed or self._failed:
                return
            try:
                request = self._graphs.compile(
                    self._model(size), NAME.format(size=size)
                ).create_infer_request()
            except (NunchiError, RuntimeError) as error:
                self._give_up(error)
                return
            with self._changed:
                if self._closed:
                    return
                self._ready[size] = request
                self._took = time.monotonic() - self._began
                self._changed.notify_all()
            log.info("vision tower of %d ready on the NPU after %.1f s", size, self._took)

    def _model(self, size: int) -> ov.Model:
        try:
            return self._graphs.read(NAME.format(size=size))
        except ModelMissing as error:
            if error.code != "model_file_missing":
                raise
            return self._cut(size)

    def _give_up(self, error: Exception) -> None:
        log.warning("the NPU takes no vision tower, pictures are encoded elsewhere: %s", error)
        with self._changed:
            self._failed = str(error) or type(error).__name__
            self._ready = {}
            self._changed.notify_all()
