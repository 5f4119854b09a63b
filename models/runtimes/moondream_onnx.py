"""Moondream in onnxruntime: its graphs fed as the published client (0.0.6) feeds them. No torch, no code from a folder.

The methods have the names and give the dictionaries of the makers' class, so that `vision_moondream.py` makes the same
`Look` of both. Places are shares of the picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.errors import ModelMissing
from models.runtimes.answer_text import PieceMaker

if TYPE_CHECKING:
    from PIL import Image

    from models.runtimes.moondream_file import MoondreamFile

PLACES = 2048
SIDE = 378
"""pixels of a tile"""
MOST_THINGS = 50
_TYPES = {"tensor(float16)": np.float16, "tensor(float)": np.float32, "tensor(int64)": np.int64}


@dataclass(frozen=True, eq=False)
class Encoded:
    """A picture's key-value cache (layers, 2, 1, heads, tokens, width)."""

    cache: np.ndarray


class MoondreamOnnx:
    """What the graphs of one file can do. Errors of all methods: `ModelMissing` ability_missing."""

    def __init__(self, file: MoondreamFile) -> None:
        self._file = file
        self._types = {name: _TYPES[graph.get_inputs()[0].type] for name, graph in file.graphs.items()}

    def encode_image(self, image: Image.Image) -> Encoded:
        """Tiles, their features beside those of the whole picture, and all of it through the decoder."""
        pixels, (rows, columns) = tiles(image)
        features = self._run("vision_encoder", input=pixels)[0]  # (tiles, patches, width)
        whole = features[0]
        if (rows, columns) == (1, 1):
            seen = np.concatenate([whole, whole], axis=-1)
        else:
            side = math.isqrt(features.shape[-2])
            # The published client counts tiles from the whole picture on and leaves the last tile out; so do we.
            grid = features[: rows * columns].reshape(rows, columns, side, side, -1)
            laid = grid.transpose(0, 2, 1, 3, 4).reshape(side, rows, side, columns, -1)
            pooled = laid.mean(axis=(1, 3), dtype=np.float32).astype(features.dtype)
            seen = np.concatenate([whole, pooled.reshape(side * side, -1)], axis=-1)
        embedded = self._run("vision_projection", input=seen[None])[0]
        added = self._decode(["new_kv_cache"], embedded, self._file.beginning)[0]
        return Encoded(np.concatenate([self._file.beginning, added], axis=-2))

    def caption(self, image: Encoded, length: str = "normal", **more: Any) -> dict[str, Iterator[str]]:
        """A caption in pieces; a length the file has no template for becomes the normal one."""
        templates = self._template("caption")
        return {"caption": self._words(templates.get(length, templates["normal"]), image, **more)}

    def query(self, image: Encoded, question: str, **more: Any) -> dict[str, Iterator[str]]:
        """An answer in pieces."""
        return {"answer": self._words(self._asked("query", question), image, **more)}

    def detect(self, image: Encoded, object: str) -> dict[str, list[dict[str, float]]]:
        """Boxes around everything that is `object`."""
        found = []
        steps = _Steps(self, image, self._asked("detect", f" {object}"))
        while len(found) < MOST_THINGS and steps.another():
            x, y = steps.coordinate(), steps.coordinate()
            width, height = steps.size()
            found.append(
                {
                    "x_min": x - width / 2,
                    "y_min": y - height / 2,
                    "x_max": x + width / 2,
                    "y_max": y + height / 2,
                }
            )
        return {"objects": found}

    def point(self, image: Encoded, object: str) -> dict[str, list[dict[str, float]]]:
        """The middle of everything that is `object`."""
        found = []
        steps = _Steps(self, image, self._asked("point", f" {object}"))
        while len(found) < MOST_THINGS and steps.another():
            found.append({"x": steps.coordinate(), "y": steps.coordinate()})
        return {"points": found}

    def _words(
        self, ids: list[int], image: Encoded, stream: bool = True, settings: dict[str, int] | None = None
    ) -> Iterator[str]:
        """Greedy, so that an answer is the same each time; whole characters only."""
        cache, embedded = _Cache(image.cache), self._embedded(ids)
        pieces = PieceMaker(self._file.tokenizer.decode)
        for _ in range((settings or {}).get("max_tokens", 512)):
            if cache.used + embedded.shape[-2] > PLACES:
                break
            logits, added = self._decode(["logits", "new_kv_cache"], embedded, cache.now)
            cache.add(added)
            token = int(logits.reshape(-1, logits.shape[-1])[-1].argmax())
            if token == self._file.end:
                break
            if piece := pieces.add(token):
                yield piece
            embedded = self._embedded([token])
        if rest := pieces.rest():
            yield rest

    def _asked(self, ability: str, text: str) -> list[int]:
        template = self._template(ability)
        return [*template["prefix"], *self._file.tokenizer.encode(text).ids, *template["suffix"]]

    def _template(self, ability: str) -> dict[str, list[int]]:
        template = self._file.templates.get(ability)
        if not template:
            raise ModelMissing("ability_missing", ability=ability)
        return template

    def _embedded(self, ids: list[int]) -> np.ndarray:
        return self._run("text_encoder", input_ids=np.array([ids]))[0]

    def _decode(self, wanted: list[str], embedded: np.ndarray, cache: np.ndarray) -> list[np.ndarray]:
        fed = {"input_embeds": embedded, "kv_cache": cache}
        return self._file.graphs["text_decoder"].run(wanted, fed)

    def _run(self, graph: str, **fed: np.ndarray) -> list[np.ndarray]:
        """All outputs of a graph whose inputs have one type."""
        given = {name: value.astype(self._types[graph], copy=False) for name, value in fed.items()}
        return self._file.graphs[graph].run(None, given)


class _Cache:
    """A picture's cache with room for all places; grows in place."""

    def __init__(self, picture: np.ndarray) -> None:
        self.used = picture.shape[-2]
        self._whole = np.zeros((*picture.shape[:-2], PLACES, picture.shape[-1]), picture.dtype)
        self._whole[..., : self.used, :] = picture

    @property
    def now(self) -> np.ndarray:
        return self._whole[..., : self.used, :]

    def add(self, more: np.ndarray) -> None:
        """(…, tokens, width)"""
        self._whole[..., self.used : self.used + more.shape[-2], :] = more
        self.used += more.shape[-2]


class _Steps:
    """Places are read off the decoder's last layer one by one, each fed back as the next input."""

    def __init__(self, model: MoondreamOnnx, image: Encoded, ids: list[int]) -> None:
        self._model, self._cache = model, _Cache(image.cache)
        self._next = model._embedded(ids)
        self._last = np.empty(0)

    def another(self) -> bool:
        """Whether one more thing follows. Three steps must still have a place."""
        if self._cache.used + self._next.shape[-2] + 3 > PLACES:
            return False
        return self._step() != self._model._file.end

    def coordinate(self) -> float:
        """From 0 to 1; the next call gives the next one."""
        if self._last.size == 0:
            self._step()
        scores = self._model._run("coord_decoder", input=self._last)[0]
        share = float(scores.argmax(axis=-1).reshape(-1)[0]) / scores.shape[-1]
        self._feed("coord_encoder", [share])
        return share

    def size(self) -> tuple[float, float]:
        """Width and height, from 0 to 1."""
        self._step()
        scores = self._model._run("size_decoder", input=self._last)[0]
        width, height = (float(place) / scores.shape[-1] for place in scores.argmax(axis=-1).reshape(-1)[:2])
        self._feed("size_encoder", [width, height])
        return width, height

    def _feed(self, graph: str, shares: list[float]) -> None:
        encoded = self._model._run(graph, input=np.array(shares))[0]
        self._next, self._last = encoded.reshape(1, 1, -1), np.empty(0)

    def _step(self) -> int:
        """Run what comes next; returns the likeliest token."""
        hidden, added, logits = self._model._decode(
            ["hidden", "new_kv_cache", "logits"], self._next, self._cache.now
        )
        self._cache.add(added)
        self._last = hidden[0, -1]
        return int(logits.reshape(-1, logits.shape[-1])[-1].argmax())


def tiles(image: Image.Image) -> tuple[np.ndarray, tuple[int, int]]:
    """(1 + rows × columns, 3, SIDE, SIDE) from −1 to 1, the whole picture first, and (rows, columns).

    A small picture is not cut. Which cut is nearest to its shape decides: 1 × 2, 2 × 1 or 2 × 2.
    """
    from PIL.Image import Resampling

    image = image.convert("RGB")
    width, height = image.size
    cut = [image]
    rows, columns = 1, 1
    if max(width, height) >= SIDE * 1.4:
        rows, columns = min(
            ((1, 2), (2, 1), (2, 2)), key=lambda grid: abs(grid[1] / grid[0] - width / height)
        )
        across, down = width // columns, height // rows
        cut += [
            image.crop((x * across, y * down, (x + 1) * across, (y + 1) * down))
            for y in range(rows)
            for x in range(columns)
        ]
    scaled = [np.asarray(tile.resize((SIDE, SIDE), Resampling.BICUBIC)) / 255.0 for tile in cut]
    return np.stack([((tile - 0.5) / 0.5).transpose(2, 0, 1) for tile in scaled]).astype(np.float16), (
        rows,
        columns,
    )
