"""What our own OpenVINO pipelines have in common: graphs opened, text embedded, ideographs barred, memory given back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypedDict

import numpy as np

from assistant.errors import EngineFailed
from models.runtimes import answer_text
from models.runtimes.device_split import split
from models.runtimes.npu_tower import NpuTower
from models.runtimes.openvino_graphs import Graphs, devices, last_logits_only, run
from models.runtimes.resting import rest
from models.runtimes.seen_tiles import SeenTiles

if TYPE_CHECKING:
    import openvino as ov
    from tokenizers import Tokenizer

    from assistant.ports import Cancel


class Options(TypedDict, total=False):
    """How a model is opened.

    `precision="f32"` asks for exact arithmetic (for comparisons); otherwise the device chooses.
    `suppress_ideographs` bars Chinese characters from answers unless the screen or the question has some.
    """

    name: str | None
    device: str
    threads: int
    precision: str | None
    cache_folder: Path | None
    most_tokens: int
    suppress_ideographs: bool


class ModelFolder(Protocol):
    """What a folder's reader says of its model."""

    @property
    def path(self) -> Path: ...

    @property
    def tokenizer(self) -> Tokenizer: ...

    @property
    def style(self) -> str: ...


class OpenVinoModel:
    """The common half of a `VisionModel`. Errors on opening: `ModelMissing`, `EngineFailed`, `DeviceFailed`.

    On device NPU the encoder of pictures goes there, once it is compiled, and the rest to a GPU or the CPU (see device_split.py).
    """

    engine = "openvino"

    def __init__(
        self,
        folder: ModelFolder,
        *,
        name: str | None = None,
        device: str = "CPU",
        threads: int = 2,
        precision: str | None = None,
        cache_folder: Path | None = None,
        most_tokens: int = answer_text.MOST_TOKENS,
        suppress_ideographs: bool = True,
    ) -> None:
        self.name = name or folder.path.name
        self.style = folder.style
        self.most_tokens = most_tokens
        self.tower: NpuTower | None = None
        self.image_tokens: int | None = None
        """what a picture may become from now on; None: as the folder says (see image_budget.py)"""
        self._split = split(device, devices(device))
        self._graphs, self._tower_graphs = (
            Graphs(folder.path, device=place, threads=threads, precision=precision, cache_folder=cache_folder)
            for place in (self._split.language, self._split.tower)
        )
        self.seen = SeenTiles()
        self._open: dict[str, ov.InferRequest] = {}
        self._compiled: dict[str, ov.CompiledModel] = {}
        language = self._graphs.read("language")
        last_logits_only(language)
        self._language: ov.CompiledModel | None = self._graphs.compile(language, "language")
        vocabulary = int(language.output("logits").partial_shape[2].get_length())
        self._ideographs = (
            answer_text.ideograph_mask(folder.tokenizer, vocabulary) if suppress_ideographs else None
        )
        self.opened("text_embeddings")

    @property
    def device(self) -> str:
        """Where an answer comes from now: NPU+GPU once the NPU encodes pictures."""
        language = self._split.language
        if self.tower is None or self.tower.preparing.failed or not self.tower.preparing.ready:
            return language
        return f"{self._split.tower}+{language}"

    def start_tower(self, sizes: Sequence[int], cut: Callable[[int], ov.Model]) -> None:
        """Begin to compile the encoder where it has a device of its own; see NpuTower."""
        if self._split.tower != self._split.language:
            self.tower = NpuTower(self._tower_graphs, sizes, cut)

    def opened(self, graph: str) -> ov.InferRequest:
        """The request of a graph, loaded when it is first asked for. Errors: as on opening; engine_closed."""
        if self._language is None:
            raise EngineFailed("engine_closed", engine=self.engine)
        if graph not in self._open:
            self._compiled[graph] = self._graphs.compile(self.shaped(graph, self._graphs.read(graph)), graph)
            self._open[graph] = self._compiled[graph].create_infer_request()
        return self._open[graph]

    def shaped(self, _graph: str, read: ov.Model) -> ov.Model:
        """A graph as it is to be compiled: as it was read, unless a family knows more about what it will be fed."""
        return read

    def new_request(self) -> ov.InferRequest:
        """A request of the language model, with a key-value cache of its own. Errors: `EngineFailed` engine_closed."""
        if self._language is None:
            raise EngineFailed("engine_closed", engine=self.engine)
        return self._language.create_infer_request()

    def embeddings(self, ids: np.ndarray, cancel: Cancel | None = None) -> np.ndarray:
        """(1, tokens, width) float32, a copy."""
        request = self.opened("text_embeddings")
        run(request, {"input": ids[None]}, cancel)
        return request.get_output_tensor(0).data.copy()

    def barred(self, seen: str) -> np.ndarray | None:
        """Which tokens an answer may not use, given all the text that was put before the model."""
        return None if self._ideographs is None or answer_text.has_ideograph(seen) else self._ideographs

    def rest(self) -> None:
        """Give back what the graphs calculated in (resting.py); for when nobody looks or answers."""
        rest([*self._compiled.values(), *((self._language,) if self._language is not None else ())])

    def close(self) -> None:
        """Give the memory back; looks that are still open lose theirs when they are closed."""
        self._language, self._open, self._compiled = None, {}, {}
        if self.tower is not None:
            self.tower.close()
        self.seen.forget()
