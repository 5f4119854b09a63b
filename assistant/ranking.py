"""Puts likely lines in order: a linear model over what is known of each line, one set of weights for each wish of a question.

The weights in ranking.json are fitted to the generator's questions by `python -m models.train.mini.ranking` (softmax over
the lines of one question, L2). They order what the model is shown; what it answers, it decides itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant import asked, prompts
from assistant.frames import TextLine
from assistant.grams import grams, held, rarity
from assistant.picks import Pick
from assistant.structure import Place

FILE = Path(__file__).with_name("ranking.json")
CANDIDATES = 24
"""lines that are put in order; the first of them are shown"""
_WISHES = (
    asked.PLACE, asked.STATE, asked.PRESS, asked.NOTICE, asked.EXTREME, asked.HEADLINE, asked.PROGRAM, asked.CODE, asked.WHO, asked.WHEN,
    asked.AMOUNT, asked.HOW_MANY, asked.AT_WHICH_PLACE, asked.TITLED, asked.FILE_NAMED, asked.CHECKED,
)  # fmt: skip
_SHAPES = tuple(re.compile(pattern) for pattern in (
    r"\d{1,2}\s?:\s?\d\d|\d\s?시(?!\w)",
    r"\d{2,4}\s?[-./년]\s?\d{1,2}|\d\s?월|\d\s?일(?!\w)|요일",
    r"\d\s?원|[₩$€]|\d{1,3}(?:,\d{3})+",
    r"\d\s?%|퍼센트",
    r"\w\.(?=\w*[a-zA-Z])\w{1,5}$|\w\.(?=\w*[a-zA-Z])\w{1,5} ",
    r"https?:|www\.|^[~/]\S*/",
    r"^[-+]?\d[\d,.]*$",
    r"\d\s?(?:[KMGT]i?B|kB|bytes)",
    r"^[가-힣]{2,4}$",
    r"[.?!다요]$",
    r"[:：]$",
))  # fmt: skip
"""what a line's text looks like: a time, a date, money, a share, a file, an address, a bare number, bytes, a name, a sentence, a label"""
_IS_THERE = re.compile("있[어나니]|있는지|없")
_ROLES = (*prompts.ROLES, None)
_ON = ("selected", "checked", "focused", "expanded")


class Weights(NamedTuple):
    """(wishes, features) weights, and the mean and deviation (features,) that features are brought to."""

    by_wish: np.ndarray
    mean: np.ndarray
    deviation: np.ndarray


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The fitted weights."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    return Weights(*(np.array(told[name], np.float32) for name in Weights._fields))


def wishes(question: str) -> np.ndarray:
    """(wishes,) float32: 1, then 1 for every kind of wish that a question's wording shows."""
    shown = [bool(wish.search(question)) for wish in _WISHES]
    shown += [
        asked.shape(question) is not None,
        asked.ordinal(question) is not None,
        bool(asked.roles(question)),
        bool(_IS_THERE.search(question)),
    ]
    return np.array([True, *shown], np.float32)


def features(
    question: str,
    lines: Sequence[TextLine],
    places: Sequence[Place],
    size: tuple[int, int],
    picks: Sequence[Pick],
) -> np.ndarray:
    """(picks, features) float32: what is known of each line; `picks` are in the order of their likeness."""
    usual = float(np.median([line.box.height for line in lines])) if lines else 1.0
    heads = {i for pick in picks if max(pick.row, pick.column) >= 2 for i in pick.by}
    roles, order = asked.roles(question), asked.ordinal(question)
    ink, paper = prompts.usual_colours(lines)
    covers = covered(question, lines, places, picks)
    rows = []
    for rank, (pick, cover) in enumerate(zip(picks, covers, strict=True)):
        line, place = lines[pick.line], places[pick.line]
        text = prompts.plain(line.text)[slice(*pick.span)] if pick.span else prompts.plain(line.text)
        in_table = place.table is not None
        fit = (pick.own, pick.row, pick.column)
        rows.append([
            1 / (1 + rank), rank / 10, *(level / 4 for level in fit), min(fit[1:]) / 4, max(fit[1:]) / 4, pick.own == 4, pick.row == 4,
            not any(fit), pick.fit, pick.span is not None, pick.extreme == "most", pick.extreme == "least",
            line.state in _ON, line.state == "disabled", line.role in roles, pick.line in heads,
            min(2.0, line.box.height / usual - 1), min(len(text), 60) / 60, any(c.isdigit() for c in text), bool(re.search("[가-힣]", text)),
            in_table, in_table and place.row == 0, in_table and place.column == 0,
            order is not None and place.count > 1 and place.index == order % place.count, line.box.y / max(1, size[1]),
            line.ink != ink, line.paper != paper, *cover,
            *(bool(shape.search(text)) for shape in _SHAPES), *(line.role == role for role in _ROLES),
        ])  # fmt: skip
    return np.array(rows, np.float32).reshape(len(rows), -1)


def covered(
    question: str, lines: Sequence[TextLine], places: Sequence[Place], picks: Sequence[Pick]
) -> list[list[float]]:
    """For each pick how much of the question's words (0…1, rarer ones weighing more) stand in it, in what it belongs to (its row
    of a table, its card, what names it), in its heads as words meant by the question; the first two also against the best pick."""
    weight = rarity(line.text for line in lines)
    rare = max(weight.values(), default=1.0)
    said = sorted({stem for _, stem in asked.words(question)})
    sizes = [sum(weight.get(gram, rare) for gram in grams(word)) for word in said]
    meant = asked.meant(question)
    belonging: dict[tuple[int | None, ...], list[int]] = {}
    for i, place in enumerate(places):
        belonging.setdefault(_whole(i, place), []).append(i)
    found: list[list[float]] = []
    for pick in picks:
        names = (*places[pick.line].names, *pick.by)
        own = grams(lines[pick.line].text)
        around = own.union(
            *(grams(lines[i].text) for i in (*belonging[_whole(pick.line, places[pick.line])], *names)),
            grams(pick.label),
        )
        headed = frozenset[str]().union(*(grams(lines[i].text) for i in names), grams(pick.label))
        shares = [
            sum(size * held(word, among, weight) for word, size in zip(said, sizes, strict=True))
            / (sum(sizes) or 1.0)
            for among in (own, around)
        ]
        found.append([*shares, max((held(word, headed, weight) for word in meant), default=0.0)])
    best = [max(column, default=0.0) for column in zip(*found, strict=True)] or [0.0, 0.0, 0.0]
    return [
        [*row, row[0] - best[0], row[1] - best[1], float(row[1] >= best[1] > 0), row[2] - best[2]]
        for row in found
    ]


def _whole(i: int, place: Place) -> tuple[int | None, ...]:
    """What a line belongs to: its row of a table, its card or entry; itself where it stands alone."""
    if place.table is not None:
        return 0, place.table, place.row
    return (1, place.group, place.index) if place.group is not None else (2, i)


def ordered(
    question: str,
    lines: Sequence[TextLine],
    places: Sequence[Place],
    size: tuple[int, int],
    picks: Sequence[Pick],
) -> tuple[list[Pick], float]:
    """The picks, the likeliest first, and how likely the first is to be the right one of them (0…1); equally likely ones
    stay in their order."""
    if not picks:
        return [], 0.0
    known = weights()
    seen = (features(question, lines, places, size, picks) - known.mean) / known.deviation
    scores = seen @ (wishes(question) @ known.by_wish)
    chances = np.exp(scores - scores.max())
    return [picks[i] for i in np.argsort(-scores, kind="stable")], float(1 / chances.sum())
