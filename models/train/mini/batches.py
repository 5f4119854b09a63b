"""One screen and its questions as one packed sequence: the prefix once, then question–answer blocks beside each other.

Every block sees the prefix and itself only, and its positions go on right behind the prefix, so the packed sequence
gives the same logits as one sequence per question (tested). The loss is taken on the answers.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from assistant import prompts
from assistant.frames import ScreenText
from models.train.mini.questions import QA, ask
from models.train.mini.screens import Screen, make_screen

if TYPE_CHECKING:
    from PIL import Image
    from tokenizers import Tokenizer

    from models.train.mini.corpus import Pools

IGNORED = -100
PATCH, MERGE = 16, 2


@dataclass(eq=False)
class Packed:
    """Arrays of one packed sequence of T tokens."""

    ids: np.ndarray
    """(T,) int64"""
    positions: np.ndarray
    """(3, T) int64: time, row, column"""
    block: np.ndarray
    """(T,) int64: 0 in the prefix, 1 … in the question–answer blocks"""
    labels: np.ndarray
    """(T,) int64: the next token where an answer is being written, −100 elsewhere"""
    patches: np.ndarray | None
    """(P, 1536) float32, or None without a picture"""
    grid: tuple[int, int, int] | None
    """(1, rows, columns) of patches"""
    questions: tuple[QA, ...]

    def mask(self) -> np.ndarray:
        """(T, T) bool: query t may look at key s."""
        t = np.arange(len(self.ids))
        return (t[:, None] >= t[None, :]) & (
            (self.block[None, :] == 0) | (self.block[None, :] == self.block[:, None])
        )


def patches_of(image: Image.Image) -> tuple[np.ndarray, tuple[int, int, int]]:
    """(patches, grid) of an RGB picture whose sides are multiples of 32, in Qwen's merged order."""
    pixels = np.asarray(image, np.float32).transpose(2, 0, 1) / 127.5 - 1.0  # (3, H, W)
    channels, height, width = pixels.shape
    rows, columns = height // PATCH, width // PATCH
    x = pixels.reshape(channels, rows // MERGE, MERGE, PATCH, columns // MERGE, MERGE, PATCH)
    x = x.transpose(1, 4, 2, 5, 0, 3, 6)  # (R/2, C/2, 2, 2, 3, 16, 16)
    x = np.repeat(x[..., None, :, :], 2, axis=-3)  # the temporal patch: the same picture twice
    return np.ascontiguousarray(x.reshape(rows * columns, -1)), (1, rows, columns)


class Packer:
    """Turns screens into packed sequences for one tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.pad = tokenizer.token_to_id("<|image_pad|>")
        self.first = tokenizer.token_to_id("<|n0|>")
        self.last = tokenizer.token_to_id(f"<|n{prompts.MAX_LINES}|>")

    def encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def prefix(
        self, screen: Screen
    ) -> tuple[list[int], np.ndarray, np.ndarray | None, tuple[int, int, int] | None]:
        """(ids, positions (3, T), patches, grid) of all that stands before the question."""
        ids = self.encode(prompts.before_question(ScreenText(screen.reading.lines), screen.size))
        at = ids.index(self.pad)
        if screen.image is None:
            ids = ids[:at] + ids[at + 1 :]
            return ids, np.tile(np.arange(len(ids)), (3, 1)), None, None
        patches, grid = patches_of(screen.image)
        rows, columns = grid[1] // MERGE, grid[2] // MERGE
        before, after = ids[:at], ids[at + 1 :]
        seen = (
            np.stack(
                [
                    np.zeros(rows * columns, int),
                    np.repeat(np.arange(rows), columns),
                    np.tile(np.arange(columns), rows),
                ]
            )
            + at
        )
        behind = at + max(rows, columns)
        positions = np.concatenate(
            [np.tile(np.arange(at), (3, 1)), seen, np.tile(np.arange(behind, behind + len(after)), (3, 1))],
            axis=1,
        )
        return before + [self.pad] * (rows * columns) + after, positions, patches, grid

    def pack(self, screen: Screen, questions: list[QA], shift: int = 0) -> Packed:
        """One sequence; `shift` is added to all line numbers, so that high ones are learned from small screens too."""
        ids, positions, patches, grid = self.prefix(screen)
        start = int(positions.max()) + 1
        all_ids, blocks, labels, places = list(ids), [0] * len(ids), [IGNORED] * len(ids), [positions]
        for number, qa in enumerate(questions, 1):
            asked = self.encode(prompts.after_look(qa.question))
            answer = self.encode(qa.answer + prompts.END)
            block = asked + answer
            all_ids += block
            blocks += [number] * len(block)
            labels += [IGNORED] * (len(asked) - 1) + answer + [IGNORED]
            places.append(np.tile(np.arange(start, start + len(block)), (3, 1)))
        ids_array, label_array = np.array(all_ids), np.array(labels)
        if shift:
            for array in (ids_array, label_array):
                array[(array >= self.first) & (array <= self.last)] += shift
        return Packed(
            ids_array,
            np.concatenate(places, axis=1),
            np.array(blocks),
            label_array,
            patches,
            grid,
            tuple(questions),
        )


@dataclass(frozen=True)
class Diet:
    """What one stage of the training is fed."""

    levels: tuple[float, float, float] = (1.0, 0.0, 0.0)
    """shares of small, window and desktop screens"""
    pictures: float = 0.0
    """share of screens that come with their picture"""
    simple: float = 0.0
    """share of screens asked only the easy kinds"""
    questions: tuple[int, int] = (12, 24)
    longest: int = 3500
    """tokens of a packed sequence; longer ones are skipped"""


def sample(seed: int, diet: Diet, pools: Pools, packer: Packer) -> Packed | None:
    """Training sequence number `seed` of a diet, or None when it is empty or too long."""
    rng = random.Random(f"sample {seed}")
    level = rng.choices((0, 1, 2), diet.levels)[0]
    screen = make_screen(seed, pools, level, picture=rng.random() < diet.pictures)
    questions = ask(screen, pools, rng, rng.randint(*diet.questions), simple=rng.random() < diet.simple)
    lines = len(screen.reading.lines)
    if not questions or not lines:
        return None
    shift = (
        rng.randint(0, prompts.MAX_LINES - lines)
        if rng.random() < (0.5, 0.3, 0.15)[level] and lines < prompts.MAX_LINES
        else 0
    )
    packed = packer.pack(screen, questions, shift)
    return packed if len(packed.ids) <= diet.longest else None
