"""What stands behind a question: the shortlist's lines, and values that an answer may need word for word.

Each line has a number that the model writes to cite it. Glossary entries, numbers of things and colours are told as
values with numbers of their own (`<|d1|>` …), so that the model only has to choose, never to copy.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant import colours, prompts
from assistant.frames import TextLine
from assistant.prompts import short
from assistant.tallies import tallies

if TYPE_CHECKING:
    import numpy as np

    from assistant.picks import Pick
    from assistant.structure import Place

_COLOUR = re.compile("색|빛깔|밝|어두|어둡|까만|하얀|칠해")
_WHERE = re.compile("어디|어딨|어느 ?쪽|위치|찾아")
_COUNT = re.compile("몇|개수|갯수|모두|전부|총")
_HEADS = re.compile("머리글|머리 ?줄|(?:맨 ?)?(?:윗|위|첫) ?줄|제목 ?줄")
_BACKGROUND = re.compile("바탕|배경|화면|테마|뒤에 ?깔린")
_ORDER = re.compile("몇|번째|첫|마지막|개수|갯수|모두|전부|총|끝")


_THEME = re.compile("테마|다크 ?모드|밝[아은]|어두[워운]|어둡")
_MOST_COLOURS = 4
_CHANCES = (0.3, 0.5, 0.7, 0.9)
"""chances of the first line from which the list is headed by level 1, 2, 3, 4"""


@dataclass(frozen=True)
class Value:
    """Something told that an answer can quote."""

    row: str
    """what stands before its number"""
    text: str
    """what an answer that quotes it says"""
    meant: bool = True
    """whether the question names it"""


@dataclass(frozen=True)
class Notes:
    """The text behind a question, and the values it tells, in the order of their numbers."""

    text: str
    values: tuple[Value, ...] = ()


def notes(
    question: str,
    lines: Sequence[TextLine],
    places: Sequence[Place],
    picks: Sequence[Pick],
    *,
    entries: Sequence[tuple[str, str]] = (),
    size: tuple[int, int] = (0, 0),
    pixels: np.ndarray | None = None,
    chance: float = 0.0,
) -> Notes:
    """The shortlist as it stands behind a question: one row a line, its number last, and the values after them: glossary
    `entries` (English, Korean), numbers of things, colours. Places on the screen (of `size`) and in a group are told where
    the question asks for such things. `chance` is how likely the first line is the right one."""
    ordered, placed = _ORDER.search(question), _WHERE.search(question) and size[0] > 0
    rows = []
    for number, pick in enumerate(picks, 1):
        line, place = lines[pick.line], places[pick.line]
        row = f"{prompts.cell(line, size) if placed else ''}{prompts.kind(line)} {short(_part(line, pick.span))}"
        if pick.extreme and pick.value is not None:
            heads = [short(lines[i].text, 14) for i in places[pick.value].names[1:]]
            row += f"<|by|> {' '.join([*heads, short(lines[pick.value].text, 14)])}<|{pick.extreme}|>"
        else:
            by = [pick.label] if pick.label else [lines[i].text for i in (pick.by or place.names[:2])]
            row += "".join(f"<|by|> {short(name, 14)}" for name in by)
            row += f"<|{pick.extreme}|>" if pick.extreme else ""
        row += "<|fit|>" if pick.fit else ""
        for which, level in (("own", pick.own), ("row", pick.row), ("col", pick.column)):
            row += f"<|{which}:{level}|>" if level else ""
        if ordered and place.count > 1:
            row += f"<|of|>{place.index + 1}/{place.count}"
        rows.append(f"{row}{prompts.citation(number)}\n")
    values = [Value(f" {short(english, 40)} = {short(korean, 40)}", korean) for english, korean in entries]
    values += _numbers(question, lines, places, picks)
    values += _colours(question, lines, places, picks, pixels)
    values = values[: prompts.MAX_VALUES]
    rows += [f"{value.row}<|d{n}|>\n" for n, value in enumerate(values, 1)]
    sure = sum(chance >= bound for bound in _CHANCES)
    return Notes(f"<|lines|>{f'<|own:{sure}|>' if sure else ''}\n{''.join(rows)}", tuple(values))


def _numbers(
    question: str, lines: Sequence[TextLine], places: Sequence[Place], picks: Sequence[Pick]
) -> list[Value]:
    """How many there are of what the question names, or of all that can be counted."""
    if not _COUNT.search(question):
        return []
    named = [(pick.line, pick.own) for pick in picks if pick.own]
    return [
        _told(tally.name, str(tally.number), tally.level) for tally in tallies(question, lines, places, named)
    ]


def _told(name: str, value: str, level: int) -> Value:
    mark = f"<|own:{level}|>" if level else ""
    return Value(f"<|sum|>{mark} {short(name)}<|of|>{value}", value, level > 0)


def _colours(
    question: str,
    lines: Sequence[TextLine],
    places: Sequence[Place],
    picks: Sequence[Pick],
    pixels: np.ndarray | None,
) -> list[Value]:
    """The colours of the lines that the question names best, or of what is behind them."""
    if not _COLOUR.search(question):
        return []
    usual = prompts.usual_colours(lines)
    coloured = _coloured(picks)
    if _THEME.search(question) and (dark := prompts.is_dark(lines)) is not None:
        return [_told("화면", "어두운 테마" if dark else "밝은 테마", 4)]
    if grounds := _grounds(question, lines, places, coloured, usual[1]):
        return grounds
    found = []
    for pick in coloured:
        colour = _colour_meant(question, lines[pick.line], usual, pixels)
        if colour:
            level = max(pick.own, pick.row, pick.column)
            found.append(_told(_part(lines[pick.line], pick.span), colours.KOREAN[colour], level))
    return list(dict.fromkeys(found))[:_MOST_COLOURS]


def _part(line: TextLine, span: tuple[int, int] | None) -> str:
    return prompts.plain(line.text)[slice(*span)] if span else line.text


def _coloured(picks: Sequence[Pick]) -> list[Pick]:
    """The lines that the question names best."""
    best = max((max(pick.own, pick.row, pick.column) for pick in picks), default=0)
    return [pick for pick in picks if max(pick.own, pick.row, pick.column) == best]


def _grounds(
    question: str,
    lines: Sequence[TextLine],
    places: Sequence[Place],
    coloured: Sequence[Pick],
    usual: str | None,
) -> list[Value]:
    """The colour behind a table's heads, or behind most of the screen, where the question is about that."""
    if _HEADS.search(question):
        heads = [
            line.paper
            for line, place in zip(lines, places, strict=True)
            if line.paper in colours.NAMES
            and (line.role == "header" or (place.table is not None and place.row == 0))
        ]
        standing_out = [colour for colour in heads if colour != usual]
        if heads:
            meant = standing_out if len(standing_out) > 1 else heads
            return [_told("머리글", colours.KOREAN[Counter(meant).most_common(1)[0][0] or ""], 4)]
    if usual in colours.NAMES and _BACKGROUND.search(question) and all(pick.own < 3 for pick in coloured):
        return [_told("바탕", colours.KOREAN[usual or ""], 4)]
    return []


def _colour_meant(
    question: str, line: TextLine, usual: tuple[str | None, str | None], pixels: np.ndarray | None
) -> str | None:
    """The colour of a line that a question is about: of its letters, of what is behind them, of a mark beside them, or
    the unusual one."""
    paper = line.paper if line.paper in colours.NAMES else None
    ink = line.ink if line.ink in colours.NAMES else None
    if re.search("글자|글씨|글이|문구|메시지", question) and not re.search("바탕|배경", question):
        return ink
    if re.search("바탕|배경|칸|줄|띠", question) or paper != usual[1]:
        return paper
    if ink == usual[0] and pixels is not None and (mark := colours.mark_beside(pixels, line.box)):
        return mark
    return ink or paper
