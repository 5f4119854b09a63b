"""One screen and its questions as one packed sequence: the prefix once, then question–answer blocks beside each other.

Every block sees the prefix and itself only, and its positions go on right behind the prefix, so the packed sequence
gives the same logits as one sequence per question (tested). The loss is taken on the answers.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from assistant import prompts
from assistant.asked import search_text
from assistant.frames import Box, ScreenText, TextLine
from assistant.glossary import english_in
from assistant.notes import Value, notes
from assistant.ports import Turn
from assistant.shortlist import Shortlister
from models.glossary import bundled_glossary
from models.train.mini import recorded
from models.train.mini.asking_on import going_on
from models.train.mini.glossary_questions import meaning_questions, raw_answer
from models.train.mini.questions import QA, ask
from models.train.mini.screens import Screen, make_screen

if TYPE_CHECKING:
    from PIL import Image
    from tokenizers import Tokenizer

    from assistant.picks import Pick
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
    numbers: np.ndarray
    """(T,) bool: where a number of the shortlist stands"""
    patches: np.ndarray | None
    """(P, 1536) float32, or None without a picture"""
    grid: tuple[int, int, int] | None
    """(1, rows, columns) of patches"""
    questions: tuple[QA, ...]
    number_ids: tuple[int, int]
    """ids of the first and last number's token"""

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

    def pack(self, screen: Screen, questions: Sequence[QA], shortlister: Shortlister | None = None) -> Packed:
        """One sequence. Questions whose answer cites lines that are not in their shortlist get an abstention."""
        shortlister = shortlister or Shortlister(screen.reading.lines, screen.size)
        ids, positions, patches, grid = self.prefix(screen, shortlister)
        start = int(positions.max()) + 1
        all_ids, blocks, labels, places = list(ids), [0] * len(ids), [IGNORED] * len(ids), [positions]
        for number, qa in enumerate(questions, 1):
            noted, raw = behind(qa, shortlister)
            earlier = [Turn(*turn) for turn in qa.earlier]
            asked = self.encode(prompts.after_look(qa.question, earlier, noted))
            answer = self.encode((raw or prompts.NOT_ON_SCREEN) + prompts.END)
            block = asked + answer
            all_ids += block
            blocks += [number] * len(block)
            labels += [IGNORED] * (len(asked) - 1) + answer + [IGNORED]
            places.append(np.tile(np.arange(start, start + len(block)), (3, 1)))
        ids_array = np.array(all_ids)
        return Packed(
            ids_array,
            np.concatenate(places, axis=1),
            np.array(blocks),
            np.array(labels),
            (ids_array >= self.first) & (ids_array <= self.last),
            patches,
            grid,
            tuple(questions),
            (self.first, self.last),
        )


def behind(qa: QA, shortlister: Shortlister) -> tuple[str, str | None]:
    """(what stands behind the question, the answer by the shortlist's numbers or None where a line is not in it)."""
    picks, chance = shortlister.ranked(search_text(qa.question, qa.earlier[-1][0] if qa.earlier else ""))
    entries = qa.entries or [(entry.english, entry.korean) for entry in shortlister.entries(qa.question)]
    noted = notes(
        qa.question,
        shortlister.lines,
        shortlister.places,
        picks,
        entries=entries,
        size=shortlister.size,
        chance=chance,
    )
    if qa.kind in ("count", "colour") and not prompts.MINI_CITATION.search(qa.answer):
        return noted.text, quoted(qa.answer, noted.values)
    order = {pick.line + 1: n for n, pick in enumerate(picks, 1) if pick.span is None}
    if qa.kind == "lookup":
        order |= _parts(picks)
    cited = [int(found[1]) for found in prompts.MINI_CITATION.finditer(qa.answer)]
    known = [prompts.citation(order[n]) for n in cited if n in order]
    if len(known) == len(cited):
        return noted.text, prompts.MINI_CITATION.sub(lambda m: prompts.citation(order[int(m[1])]), qa.answer)
    if qa.kind == "describe" and known:
        first, last = qa.answer.index("<|n"), qa.answer.rindex("|>") + 2
        return noted.text, qa.answer[:first] + ", ".join(dict.fromkeys(known)) + qa.answer[last:]
    return noted.text, None


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
    going_on: float = 0.5
    """share of screens with a question that goes on from an earlier one"""
    english: float = 0.5
    """share of screens with a line of English whose meaning is asked"""
    unlisted: float = 0.12
    """share of the questions kept whose answer is not in the shortlist; they teach to abstain"""
    recorded: float = 0.2
    """share of screens that are recorded windows of real programs, where there are any"""
    longest: int = 9000
    """tokens of a packed sequence; longer ones are skipped"""


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


def taught(qa: QA, answer: str | None, rng: random.Random, diet: Diet) -> bool:
    """Whether a question is used: its answer can be told from what is shown, or it is one of those that teach to abstain."""
    return answer is not None or (qa.kind not in ("count", "colour") and rng.random() < diet.unlisted)


def _parts(picks: Sequence[Pick]) -> dict[int, int]:
    """Line number → number in the shortlist of the part of it that the question names best."""
    found: dict[int, int] = {}
    for n, pick in sorted(enumerate(picks, 1), key=lambda numbered: (numbered[1].row, -numbered[0])):
        if pick.span is not None and pick.row >= 2:
            found[pick.line + 1] = n
    return found


def quoted(answer: str, values: Sequence[Value]) -> str | None:
    """An answer with the number of the value told in place of its number or colour; None where it is not told. What the
    question names goes before what it does not."""
    said = re.search(r"^\d+(?=개)|^[가-힣]+색|(?:밝은|어두운) 테마", answer)
    if said is None:
        return answer
    named = any(value.meant for value in values)
    same = [n for n, value in enumerate(values, 1) if value.text == said[0] and value.meant == named]
    if not same or (len(same) > 1 and not named):
        return None
    return f"{answer[: said.start()]}<|d{same[0]}|>{answer[said.end() :]}"


def sample(seed: int, diet: Diet, pools: Pools, packer: Packer) -> Packed | None:
    """Training sequence number `seed` of a diet, or None when it is empty or too long."""
    rng = random.Random(f"sample {seed}")
    level = rng.choices((0, 1, 2), diet.levels)[0]
    pictured = rng.random() < diet.pictures
    if pools.windows and rng.random() < diet.recorded:
        screen = recorded.make(rng.choice(pools.windows), pictured, rng)
    else:
        screen = make_screen(seed, pools, level, picture=pictured)
    count, lines = rng.randint(*diet.questions), len(screen.reading.lines)
    if not lines:
        return None
    questions = ask(screen, pools, rng, count, simple=rng.random() < diet.simple)
    if rng.random() < diet.going_on and (further := going_on(screen, pools, rng, questions)):
        questions.append(further)
    if rng.random() < diet.english and lines < prompts.MAX_LINES:
        questions += [english_question(screen, pools, rng)]
    shortlister = Shortlister(screen.reading.lines, screen.size, bundled_glossary())
    questions = [known for qa in questions if (known := explained(qa, shortlister))]
    questions = [qa for qa in questions if taught(qa, behind(qa, shortlister)[1], rng, diet)]
    if not questions:
        return None
    packed = packer.pack(screen, questions, shortlister)
    return packed if len(packed.ids) <= diet.longest else None
