"""Reads prepared line pictures: batches them by width, runs the network, decodes CTC.

Knows nothing about screens.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from models.runtimes.few_shapes import FEW_SHAPES
from models.runtimes.resting import rest
from models.runtimes.screen_text_lines import HEIGHT, prepare_line

STEP = 32
"""widths of batches are multiples of this, so that few shapes occur"""
BATCH_COLUMNS = 6144
"""columns of one batch, at most; bounds memory and keeps padding small"""


@dataclass(frozen=True)
class Reading:
    """What a line says and how sure that is, 0…1."""

    text: str
    chance: float
    """that all of it is right: its least sure character's probability, which matches how often lines are right"""
    mean: float
    """of its characters' probabilities: low when the picture is no text at all"""


class Network(Protocol):
    """(B, 1, 32, W) float32 ink → (B, T) int32 best class, (B, T) float32 its probability."""

    def __call__(self, ink: np.ndarray) -> tuple[np.ndarray, np.ndarray]: ...


class LineRecogniser:
    """Reads line pictures with a network; class n of it is character n − 1 of `characters`, class 0 is blank."""

    def __init__(self, network: Network, characters: str) -> None:
        self.network, self.characters = network, characters

    def read(self, crops: Sequence[np.ndarray]) -> list[Reading]:
        """(h, w, 3) uint8 RGB pictures of one line each → readings in the same order."""
        readings = [Reading("", 0.0, 0.0)] * len(crops)
        for numbers, readings_of_batch in self.batches(crops):
            for number, reading in zip(numbers, readings_of_batch, strict=True):
                readings[number] = reading
        return readings

    def batches(self, crops: Sequence[np.ndarray]) -> Iterator[tuple[list[int], list[Reading]]]:
        """Readings batch by batch, as numbers of crops and what these say; narrow ones first."""
        inks = [prepare_line(crop) for crop in crops]
        for numbers in by_width(inks):
            ink = stacked([inks[number] for number in numbers])
            best, chance = self.network(ink)
            yield numbers, [self.decoded(*pair) for pair in zip(best, chance, strict=True)]

    def decoded(self, best: np.ndarray, chance: np.ndarray) -> Reading:
        """(T,) classes and probabilities → the text: repeats folded, blanks dropped."""
        starts = np.flatnonzero(np.concatenate([[True], best[1:] != best[:-1]]))
        classes = best[starts]
        peaks = np.maximum.reduceat(chance, starts)
        kept = classes > 0
        text = "".join(self.characters[number - 1] for number in classes[kept].tolist())
        clean = " ".join(text.split())
        if not clean:
            return Reading("", 0.0, 0.0)
        return Reading(clean, float(peaks[kept].min()), float(peaks[kept].mean()))


def by_width(inks: Sequence[np.ndarray]) -> list[list[int]]:
    """Numbers of pictures in groups of about one width and at most BATCH_COLUMNS columns."""
    groups: list[list[int]] = []
    width = 0
    for number in sorted(range(len(inks)), key=lambda n: inks[n].shape[1]):
        wanted = inks[number].shape[1] + -inks[number].shape[1] % STEP
        full = not groups or wanted * (len(groups[-1]) + 1) > BATCH_COLUMNS or wanted > 1.25 * width + STEP
        if full:
            groups.append([])
            width = wanted
        groups[-1].append(number)
    return groups


def stacked(inks: Sequence[np.ndarray]) -> np.ndarray:
    """(HEIGHT, w) pictures → (B, 1, HEIGHT, W), padded with paper."""
    widest = max(ink.shape[1] for ink in inks)
    batch = np.zeros((len(inks), 1, HEIGHT, widest + -widest % STEP), dtype=np.float32)
    for row, ink in enumerate(inks):
        batch[row, 0, :, : ink.shape[1]] = ink
    return batch


class OpenVinoNetwork:
    """The recogniser on OpenVINO: a third less time than onnxruntime here (models/LOG.md).

    It computes in the precision that is the processor's fastest unless another is asked for.
    """

    def __init__(self, model: Path, threads: int, precision: str | None = None) -> None:
        import openvino

        settings = {"INFERENCE_NUM_THREADS": threads, **FEW_SHAPES}
        if precision is not None:
            settings["INFERENCE_PRECISION_HINT"] = precision
        self.compiled = openvino.Core().compile_model(str(model), "CPU", settings)

    def __call__(self, ink: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        results = self.compiled(ink)
        return results[0], results[1]

    def rest(self) -> None:
        """See resting.py."""
        rest([self.compiled])


class OnnxRuntimeNetwork:
    """The recogniser on onnxruntime, where OpenVINO has no wheel."""

    def __init__(self, model: Path, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def __call__(self, ink: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        best, chance = self.session.run(None, {"ink": ink})
        return best, chance
