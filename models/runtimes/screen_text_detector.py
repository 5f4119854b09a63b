"""Finds where text is: PP-OCRv6's detector with our own preparation and box making for upright screen text.

Knows nothing about what the text says. The network gives every pixel the chance of being the core of a text line;
connected cores are grown back to whole lines (differentiable binarization, Liao et al. 2020).
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PIL import Image

from assistant.errors import Stopped
from assistant.frames import Box
from models.runtimes.few_shapes import FEW_SHAPES
from models.runtimes.resting import rest

if TYPE_CHECKING:
    import openvino

    from assistant.ports import Cancel

STRIDE = 32
TILE = (1984, 1152)
"""largest width and height given to the network at once; bounds its memory (a 4K frame peaks at 0.75 GB in all)"""
PART = (1088, 704)
"""the same for a part of a frame that is looked at again"""
SHARED = PART[0] * PART[1]
"""pixels up to which pictures of all sizes share one graph; larger ones get graphs of their own"""
MOST_GRAPHS = 3
"""graphs that are kept: one for small pictures, and for a screen and a window, say"""
MARGIN = 64
"""pixels that neighbouring tiles share, so that no line is seen only in part"""
MOST_PIXELS = 9_500_000
"""larger frames (beyond 4K) are made smaller first; bounds the time"""
LEAST_SIDE = 64
MIDDLE = 127.5
"""the network reads pixels / MIDDLE − 1"""
CORE = 0.3
"""chance above which a pixel belongs to a core"""
FAINTEST = 0.3
"""cores of a lower mean chance are nothing"""
GROWTH = 1.6
"""a core grows by area × GROWTH / perimeter on each side"""
LEAST_CORE = 3
LEAST_TANGLE, FILLED, LONG_STROKE = 16, 0.6, 30
"""a core this high that fills less of its box is several lines grown together; pixels of a row that are a line's"""
LOOK_MS = 5
"""how often a running network looks whether it is still wanted"""
MOST_RUNS = 120_000
"""a map with more runs than this is noise"""


@dataclass(frozen=True)
class Found:
    """A line of text as the detector sees it."""

    core: Box
    """the middle of the line: lower than the letters, nearly as long"""
    around: Box
    """the line with room around it; may touch its neighbours"""
    score: float


class Network(Protocol):
    """Runs the detector: (H, W, 3) uint8 RGB, sides multiples of STRIDE → (H, W) float32 chance."""

    def __call__(self, pixels: np.ndarray) -> np.ndarray: ...


def detect(image: np.ndarray, network: Network) -> list[Found]:
    """Lines of text in (h, w, 3) uint8 RGB `image`, in no order."""
    return found_in(mapped(image, network), image)


def mapped(image: np.ndarray, network: Network) -> np.ndarray:
    """The chance map of (h, w, 3) uint8 RGB `image`: as large as that, or smaller where it has too many pixels."""
    scale = min(1.0, (MOST_PIXELS / (image.shape[0] * image.shape[1])) ** 0.5)
    return chance_map(image if scale == 1.0 else resized(image, scale), network)


def remapped(image: np.ndarray, network: Network, before: np.ndarray, regions: Sequence[Box]) -> np.ndarray:
    """The chance map of `image` out of the last frame's, made anew inside the regions. Both are of the image's size."""
    chance = before.copy()
    height, width = image.shape[:2]
    for region in regions:
        top, left = max(0, region.y - MARGIN), max(0, region.x - MARGIN)
        bottom, right = min(height, region.bottom + MARGIN), min(width, region.right + MARGIN)
        part = chance_map(image[top:bottom, left:right], network, PART)
        chance[region.y : region.bottom, region.x : region.right] = part[
            region.y - top : region.bottom - top, region.x - left : region.right - left
        ]
    return chance


def found_in(chance: np.ndarray, image: np.ndarray) -> list[Found]:
    """Lines of text told by an image's chance map, in no order."""
    height, width = image.shape[:2]
    scale = (chance.shape[0] * chance.shape[1] / (height * width)) ** 0.5
    found = []
    for left, top, right, bottom, score in cores(chance):
        grow = (right - left) * (bottom - top) * GROWTH / (2 * (right - left + bottom - top))
        core = between(left / scale, top / scale, right / scale, bottom / scale).clipped(width, height)
        around = between(
            (left - grow) / scale, (top - grow) / scale, (right + grow) / scale, (bottom + grow) / scale
        )
        around = around.clipped(width, height)
        if min(around.width, around.height) > LEAST_CORE and min(core.width, core.height) > 0:
            found.append(Found(core, around, score))
    return found


def between(left: float, top: float, right: float, bottom: float) -> Box:
    x, y = round(left), round(top)
    return Box(x, y, round(right) - x, round(bottom) - y)


def resized(image: np.ndarray, scale: float) -> np.ndarray:
    size = max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale))
    return np.asarray(Image.fromarray(image).resize(size, Image.Resampling.BOX))


def chance_map(image: np.ndarray, network: Network, most: tuple[int, int] = TILE) -> np.ndarray:
    """(h, w, 3) uint8 → (h, w) float32, put together from overlapping tiles of at most this width and height."""
    height, width = image.shape[:2]
    whole = np.zeros((height, width), dtype=np.float32)
    for top, bottom in stretches(height, most[1]):
        for left, right in stretches(width, most[0]):
            tile = image[max(0, top - MARGIN) : bottom + MARGIN, max(0, left - MARGIN) : right + MARGIN]
            chance = network(prepared(tile))
            above, before = top - max(0, top - MARGIN), left - max(0, left - MARGIN)
            whole[top:bottom, left:right] = chance[
                above : above + bottom - top, before : before + right - left
            ]
    return whole


def stretches(length: int, most: int) -> Iterator[tuple[int, int]]:
    """0…length cut into equal stretches that, with a margin on both sides, are at most `most` long."""
    count = 1 if length <= most else -(-length // (most - 2 * MARGIN))
    edges = [round(length * number / count) for number in range(count + 1)]
    yield from pairwise(edges)


def prepared(tile: np.ndarray) -> np.ndarray:
    """(h, w, 3) uint8 → (H, W, 3) uint8: the sides grow to multiples of STRIDE by repeating the edge."""
    height, width = tile.shape[:2]
    down = max(LEAST_SIDE, height + -height % STRIDE) - height
    across = max(LEAST_SIDE, width + -width % STRIDE) - width
    return np.pad(tile, ((0, down), (0, across), (0, 0)), mode="edge")


def cores(chance: np.ndarray) -> Iterator[tuple[int, int, int, int, float]]:
    """Left, top, right, bottom and mean chance of the connected cores of a chance map that are sure enough."""
    mask = dilated(chance > CORE)
    for left, top, right, bottom in components(mask):
        part = mask[top:bottom, left:right]
        boxes = [(0, 0, right - left, bottom - top)]
        if bottom - top >= LEAST_TANGLE and part.mean() < FILLED:
            boxes = untangled(part)
        for x, y, to_x, to_y in boxes:
            score = float(chance[top + y : top + to_y, left + x : left + to_x].mean())
            if min(to_x - x, to_y - y) >= LEAST_CORE and score >= FAINTEST:
                yield left + x, top + y, left + to_x, top + to_y, score


def untangled(part: np.ndarray) -> list[tuple[int, int, int, int]]:
    """Boxes of the long horizontal strokes of a mask, and of what is left without them."""
    edges = np.diff(np.pad(part, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    strokes = np.zeros_like(part)
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        if end - start >= LONG_STROKE:
            strokes[row, start:end] = True
    return components(strokes) + components(part & ~strokes)


def dilated(mask: np.ndarray) -> np.ndarray:
    """Grown by one pixel to the right and down (a 2×2 kernel)."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:, 1:] |= grown[:, :-1].copy()
    return grown


def components(mask: np.ndarray) -> list[tuple[int, int, int, int]]:
    """Bounding boxes (left, top, right, bottom) of the 8-connected parts of a mask; none when it is noise."""
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
    if len(rows) > MOST_RUNS:
        return []
    parent = list(range(len(rows)))

    def root(run: int) -> int:
        while parent[run] != run:
            parent[run] = parent[parent[run]]
            run = parent[run]
        return run

    for run, above in touching(rows, starts, ends):
        parent[root(run)] = root(above)
    boxes: dict[int, list[int]] = {}
    for run, (row, start, end) in enumerate(zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)):
        box = boxes.setdefault(root(run), [start, row, end, row + 1])
        box[0], box[2], box[3] = min(box[0], start), max(box[2], end), row + 1
    return [(left, top, right, bottom) for left, top, right, bottom in boxes.values()]


def touching(rows: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> Iterator[tuple[int, int]]:
    """Pairs (run, run of the row above) that touch, corners included. Runs are sorted by row and start."""
    offsets = np.searchsorted(rows, np.arange(int(rows[-1]) + 2)) if len(rows) else np.zeros(1, dtype=int)
    start_list, end_list = starts.tolist(), ends.tolist()
    for row in np.unique(rows).tolist():
        if row == 0:
            continue
        above, last_above = int(offsets[row - 1]), int(offsets[row])
        for run in range(int(offsets[row]), int(offsets[row + 1])):
            while above < last_above and end_list[above] < start_list[run]:
                above += 1
            other = above
            while other < last_above and start_list[other] <= end_list[run]:
                yield run, other
                other += 1


class OpenVinoNetwork:
    """The detector on OpenVINO: three times faster than onnxruntime on this network (models/LOG.md).

    It computes in the precision that is the processor's fastest unless another is asked for. The size of a whole screen gets
    a graph of its own, which takes a third of the memory and nine tenths of the time of one for all sizes.
    """

    def __init__(self, model: Path, threads: int, precision: str | None = None) -> None:
        import openvino
        from openvino.preprocess import PrePostProcessor

        self._core = openvino.Core()
        steps = PrePostProcessor(self._core.read_model(str(model)))
        steps.input().tensor().set_element_type(openvino.Type.u8).set_layout(openvino.Layout("NHWC"))
        steps.input().model().set_layout(openvino.Layout("NCHW"))
        steps.input().preprocess().convert_element_type(openvino.Type.f32).mean(MIDDLE).scale(MIDDLE)
        self._model = steps.build()
        self._settings = {"INFERENCE_NUM_THREADS": threads, **FEW_SHAPES}
        if precision is not None:
            self._settings["INFERENCE_PRECISION_HINT"] = precision
        self._graphs: OrderedDict[tuple[int, ...], openvino.CompiledModel] = OrderedDict()

    def __call__(self, pixels: np.ndarray) -> np.ndarray:
        return self._run(pixels, None)

    def until(self, cancel: Cancel) -> Network:
        """The same network; it raises `Stopped` within LOOK_MS of `cancel`: a whole screen takes some hundred ms."""
        return lambda pixels: self._run(pixels, cancel)

    def rest(self) -> None:
        """See resting.py."""
        rest(tuple(self._graphs.values()))

    def _run(self, pixels: np.ndarray, cancel: Cancel | None) -> np.ndarray:
        request = self._graph(pixels.shape).create_infer_request()
        request.start_async({0: pixels[None]})
        while not request.wait_for(LOOK_MS):
            if cancel is not None and cancel.is_set():
                request.cancel()
                with contextlib.suppress(RuntimeError):  # it says that it was cancelled
                    request.wait()
                raise Stopped
        return request.get_output_tensor(0).data[0, 0].copy()  # the next frame's go into the same place

    def _graph(self, shape: tuple[int, ...]) -> openvino.CompiledModel:
        """For one size, if that is large; those of the sizes seen last are kept."""
        key = shape if shape[0] * shape[1] > SHARED else ()
        if key not in self._graphs:
            model = self._model.clone()
            if key:
                model.reshape([1, *key])
            while len(self._graphs) >= MOST_GRAPHS:
                self._graphs.popitem(last=False)
            self._graphs[key] = self._core.compile_model(model, "CPU", self._settings)
        self._graphs.move_to_end(key)
        return self._graphs[key]


class OnnxRuntimeNetwork:
    """The detector on onnxruntime, where OpenVINO has no wheel."""

    def __init__(self, model: Path, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.input = self.session.get_inputs()[0].name

    def __call__(self, pixels: np.ndarray) -> np.ndarray:
        scaled = np.ascontiguousarray((pixels.astype(np.float32) / MIDDLE - 1).transpose(2, 0, 1)[None])
        return self.session.run(None, {self.input: scaled})[0][0, 0]
