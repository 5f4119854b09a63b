"""One screen and its questions as one packed sequence: the prefix once, then question–answer blocks beside each other.

Every block sees the prefix and itself only, and its positions go on right behind the prefix, so the packed sequence
gives the same logits as one sequence per question (tested). The loss is taken on the answers.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from assistant import prompts
from assistant.frames import Box, ScreenText, TextLine
from assistant.glossary import english_in
from assistant.shortlist import Shortlister
from models.glossary import bundled_glossary
from models.train.mini.glossary_questions import meaning_questions, raw_answer
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
    hints: np.ndarray
    """(T,) int64: a line's number at some words of that line and at words of a question that stand in that line
    alone, `<|n0|>` at some that stand nowhere, −100 elsewhere: what teaches the parts that pointing is made of"""
    numbers: np.ndarray
    """(T,) bool: where a line's number stands"""
    patches: np.ndarray | None
    """(P, 1536) float32, or None without a picture"""
    grid: tuple[int, int, int] | None
    """(1, rows, columns) of patches"""
    questions: tuple[QA, ...]
    number_ids: tuple[int, int]
    """ids of the first and last line number's token"""

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
        self.words_end = tokenizer.token_to_id(prompts.SPECIAL_TOKENS[0])
        self.listed = tokenizer.token_to_id("<|lines|>")
        self.newline = self.encode("\n")[0]

    def encode(self, text: str) -> list[int]:
        return self.tokenizer.encode(text, add_special_tokens=False).ids

    def prefix(
        self, screen: Screen, shortlister: Shortlister
    ) -> tuple[list[int], np.ndarray, np.ndarray | None, tuple[int, int, int] | None]:
        """(ids, positions (3, T), patches, grid) of all that stands before the question."""
        text = ScreenText(screen.reading.lines)
        ids = self.encode(prompts.before_question(text, screen.size, places=shortlister.places))
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

    def pack(
        self, screen: Screen, questions: list[QA], shift: int = 0, hint_every: int = 8,
        shortlister: Shortlister | None = None,
    ) -> Packed:  # fmt: skip
        """One sequence; `shift` is added to all line numbers, so that high ones are learned from small screens too."""
        shortlister = shortlister or Shortlister(screen.reading.lines, screen.size)
        ids, positions, patches, grid = self.prefix(screen, shortlister)
        start = int(positions.max()) + 1
        all_ids, blocks, labels, places = list(ids), [0] * len(ids), [IGNORED] * len(ids), [positions]
        for number, qa in enumerate(questions, 1):
            asked = self.encode(
                prompts.after_look(qa.question, (), shortlister.notes(qa.question, qa.entries or None))
            )
            answer = self.encode(qa.answer + prompts.END)
            block = asked + answer
            all_ids += block
            blocks += [number] * len(block)
            labels += [IGNORED] * (len(asked) - 1) + answer + [IGNORED]
            places.append(np.tile(np.arange(start, start + len(block)), (3, 1)))
        ids_array, label_array = np.array(all_ids), np.array(labels)
        hints = self._hints(ids_array, np.array(blocks), label_array, hint_every)
        if shift:
            for array in (ids_array, label_array, hints):
                array[(array > self.first) & (array <= self.last)] += shift
        return Packed(
            ids_array,
            np.concatenate(places, axis=1),
            np.array(blocks),
            label_array,
            hints,
            (ids_array >= self.first) & (ids_array <= self.last),
            patches,
            grid,
            tuple(questions),
            (self.first, self.last),
        )

    def _hints(self, ids: np.ndarray, blocks: np.ndarray, labels: np.ndarray, every: int) -> np.ndarray:
        """See `Packed.hints`; which words get one follows from their place, so it is the same every time."""
        hints = np.full(len(ids), IGNORED)
        prefix = int((blocks == 0).sum())
        numbered = (ids >= self.first) & (ids <= self.last)
        word = (ids < self.words_end) & (ids != self.newline)
        lines = np.maximum.accumulate(np.where(numbered, np.arange(len(ids)), -1))  # where the line began
        lines[prefix:] = -1
        found: dict[int, set[int]] = {}
        for at in np.flatnonzero(word & (lines >= 0)):
            found.setdefault(int(ids[at]), set()).add(int(ids[lines[at]]))
            if (at * 7919 + len(ids)) % every == 0:
                hints[at] = ids[lines[at]]
        asked = word & (blocks > 0)
        for block in range(1, int(blocks.max()) + 1):  # from the shortlist on, nothing is hinted
            inside = np.flatnonzero(blocks == block)
            ends = np.flatnonzero((labels[inside] >= 0) | (ids[inside] == self.listed))
            asked[inside[ends[0] :]] = False
        for at in np.flatnonzero(asked):
            owners = found.get(int(ids[at]), set())
            if len(owners) == 1:
                hints[at] = next(iter(owners))
            elif not owners and (at * 7919 + len(ids)) % 4 == 0:
                hints[at] = self.first
        return hints


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
    drill: str = ""
    """"lines": no questions, only hints; "words": bare words of lines are asked for; "": real questions"""
    hint_every: int = 8
    """one word of a line in so many gets a hint"""
    english: float = 0.5
    """share of screens with a line of English whose meaning is asked"""
    unlisted: float = 0.15
    """share of the questions kept whose answer cites a line that is not in the shortlist"""
    longest: int = 9000
    """tokens of a packed sequence; longer ones are skipped"""


def bare_words(screen: Screen, rng: random.Random, count: int) -> list[QA]:
    """One to three words of a line, answered by that line; words that stand in several lines are left out."""
    texts = [prompts.plain(line.text) for line in screen.reading.lines]
    found: dict[str, QA] = {}
    for _ in range(3 * count):
        number = rng.randrange(len(texts))
        words = texts[number].split()
        at = rng.randrange(len(words))
        said = " ".join(words[at : at + rng.randint(1, 3)])
        if len(found) < count and sum(said in text for text in texts) == 1:
            found[said] = QA("read", said, f"{prompts.citation(number + 1)}입니다.")
    return list(found.values())


def english_question(screen: Screen, pools: Pools, rng: random.Random) -> QA:
    """A question about a line of English that is put under the screen's other lines."""
    asked = meaning_questions(rng, pools)
    width, height = screen.size
    box = Box(rng.randint(0, width // 2), height - 24, min(width // 2, 8 * len(asked.english)), 18)
    screen.reading.lines = (*screen.reading.lines, TextLine(asked.english, box))
    entries = tuple((entry.english, entry.korean) for entry in asked.entries)
    return QA("meaning", asked.question, asked.answer, entries)


def explained(qa: QA, shortlister: Shortlister) -> QA | None:
    """A question for a meaning gets the glossary's entries, and the answer that goes with them, as at run time."""
    if qa.kind != "meaning" or qa.entries or qa.answer == prompts.NEEDS_BIGGER_MODEL:
        return qa
    entries = shortlister.entries(qa.question)
    asked = english_in(qa.question, shortlister.lines)
    if not entries or not asked:
        return None
    return replace(
        qa,
        answer=raw_answer(asked, entries),
        entries=tuple((entry.english, entry.korean) for entry in entries),
    )


def listed(qa: QA, shortlister: Shortlister) -> bool:
    """Whether all lines that the answer cites are in the question's shortlist."""
    cited = {int(n) - 1 for n in prompts.MINI_CITATION.findall(qa.answer)}
    return (
        not cited or qa.kind == "describe" or cited <= {pick.line for pick in shortlister.pick(qa.question)}
    )


def sample(seed: int, diet: Diet, pools: Pools, packer: Packer) -> Packed | None:
    """Training sequence number `seed` of a diet, or None when it is empty or too long."""
    rng = random.Random(f"sample {seed}")
    level = rng.choices((0, 1, 2), diet.levels)[0]
    screen = make_screen(seed, pools, level, picture=rng.random() < diet.pictures)
    count, lines = rng.randint(*diet.questions), len(screen.reading.lines)
    if not lines:
        return None
    if diet.drill:
        questions = bare_words(screen, rng, count if diet.drill == "words" else 1)
    else:
        questions = ask(screen, pools, rng, count, simple=rng.random() < diet.simple)
    if rng.random() < diet.english and lines < prompts.MAX_LINES:
        questions += [english_question(screen, pools, rng)]
    shortlister = Shortlister(screen.reading.lines, screen.size, bundled_glossary())
    questions = [known for qa in questions if (known := explained(qa, shortlister))]
    questions = [qa for qa in questions if listed(qa, shortlister) or rng.random() < diet.unlisted]
    if not questions:
        return None
    shift = (
        rng.randint(0, prompts.MAX_LINES - lines)
        if rng.random() < (0.25, 0.3, 0.15)[level] and lines < prompts.MAX_LINES
        else 0
    )
    packed = packer.pack(screen, questions, shift, diet.hint_every, shortlister)
    return packed if len(packed.ids) <= diet.longest else None
