"""Which lines of a screen stand beside a question: the few that its words, its wish and the screen's structure point at.

A small model cannot search 250 lines reliably, so the lines are looked through by rules and the likeliest are shown
to it again behind the question, each with how well its own words, its row's head and its column's head fit. The
rules choose what the model is shown, never what it says.

Likeness is counted in trigrams of jamo, rarer ones on this screen weighing more, so that 총학계 is still like 총합계.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant import asked, prompts, questions
from assistant.frames import TextLine
from assistant.glossary import Entry, Glossary, english_in
from assistant.pieces import pieces
from assistant.ports import Turn
from assistant.structure import Place, arrange

if TYPE_CHECKING:
    import numpy as np

LONGEST = 10
"""lines of a shortlist at most"""
_FEW = 6
"""a shortlist with fewer lines is filled up with those that tell what the screen is"""
LEVELS = (0.30, 0.5, 0.7, 0.9)
"""likeness from which a fit counts as level 1, 2, 3, 4"""

_NUMBER = re.compile(r"^[^\d]{0,3}[-+]?\d[\d,]*(?:\.\d+)?\s?[^\d\s]{0,6}$")
_MANY = 40
"""lines a page may have and still be searched for numbers' extremes, per column"""


_TITLE = re.compile(r"\S ?[-–—:] ?[A-Z가-힣]\S+(?: \S+){0,3}$")
_ADDRESS = re.compile(r"https?:|htp|www\.|\w\.\w+/|안전하지 않음|주소 입력|검색어")
_NO_HEADS = frozenset(("menu item", "tab", "title", "button", "link"))
"""roles that neither name their neighbours nor are named by them, but for what the structure says"""
_NAMED = 16
"""named lines whose rows and columns are followed"""


@dataclass(frozen=True)
class Pick:
    """One line of a shortlist. Levels say how well words fit the question: 0 (not) … 4 (they stand in it)."""

    line: int
    """index among the lines given"""
    own: int = 0
    row: int = 0
    column: int = 0
    fit: bool = False
    """it is of the shape asked for: a time, a date, an amount, per cent …"""
    by: tuple[int, ...] = ()
    """lines that name it: on its row, above it"""
    extreme: str = ""
    """most or least, for the head of the row that holds a column's largest or smallest number; most for the tallest letters"""
    value: int | None = None
    """with a column's extreme: the index of the number's line"""
    span: tuple[int, int] | None = None
    """the part of the line's plain text that is meant, where it is not all of it"""
    label: str = ""
    """with a part: the words before it that name it"""


@lru_cache(maxsize=4096)
def grams(text: str) -> frozenset[str]:
    """Jamo trigrams of `text` without blanks and punctuation, its ends marked so that short words have some."""
    letters = "".join(
        c
        for c in unicodedata.normalize("NFKD", text.lower())
        if unicodedata.category(c)[0] in "LNS" or c == "%"
    )
    padded = f"^{letters}$" if letters else ""
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


@dataclass(frozen=True)
class Asked:
    """What is put behind a look for one question, and what its answer's numbers stand for."""

    earlier: tuple[Turn, ...]
    noted: str
    picks: tuple[Pick, ...]

    def on_screen(self, raw: str) -> str:
        """A raw answer whose numbers are those of lines of the screen instead of the shortlist's; others are dropped."""

        def line(found: re.Match[str]) -> str:
            number = int(found[1])
            if not 1 <= number <= len(self.picks):
                return ""
            pick = self.picks[number - 1]
            return prompts.citation(pick.line + 1, span=pick.span)

        return prompts.MINI_CITATION.sub(line, raw)


class Shortlister:
    """The lines of one screen, ready to be picked from."""

    def __init__(
        self,
        lines: Sequence[TextLine],
        size: tuple[int, int],
        glossary: Glossary | None = None,
        pixels: np.ndarray | None = None,
    ) -> None:
        """`pixels` is the frame of `size` (width, height), for the colours of marks beside lines."""
        self.lines = tuple(lines)
        self._glossary, self.size, self._pixels = glossary, size, pixels
        self.places: tuple[Place, ...] = arrange(self.lines, size)
        self._parts = [
            (i, part) for i, line in enumerate(self.lines) for part in pieces(prompts.plain(line.text))
        ]
        self._empty = [_says_nothing(line.text) for line in self.lines]
        texts = [_bare(line.text) for line in self.lines] + [part.label for _, part in self._parts]
        self._grams = [grams(text) for text in texts]
        seen = Counter(gram for found in self._grams[: len(self.lines)] for gram in found)
        total = max(1, len(self.lines))
        self._weight = {gram: math.log(1 + total / count) for gram, count in seen.items()}
        self._rare = math.log(1 + total)
        self._sums = [self._sum(found) for found in self._grams]
        self._held: dict[str, list[int]] = {}
        for i, found in enumerate(self._grams):
            for gram in found:
                self._held.setdefault(gram, []).append(i)

    def pick(self, question: str, longest: int = LONGEST) -> tuple[Pick, ...]:
        """The likeliest lines, best first, among them those that the kind of wish calls for."""
        own, also = self._fits(question)
        said = [max(a, 0.55 * b) for a, b in zip(own, also, strict=True)]
        roles, shape = asked.roles(question), asked.shape(question)
        crossings = {} if asked.PLACE.search(question) else self._crossings(said)
        ranked: list[tuple[float, Pick]] = []
        for i, line in enumerate(self.lines):
            (row, by_row), (column, by_column) = crossings.get(i, ((0.0, None), (0.0, None)))
            fit = bool(shape and shape.search(line.text))
            score = max(said[i], 0.25 * said[i] + 0.7 * max(row, 0.8 * column) + 0.5 * min(row, column))
            score += 0.15 * fit * bool(row or column or said[i]) + 0.12 * (line.role in roles)
            if score < 0.2 or self._empty[i]:
                continue
            by = tuple(n for n in (by_row, by_column) if n is not None)
            ranked.append((score, Pick(i, _level(said[i]), _level(row), _level(column), fit, by)))
        if not asked.PLACE.search(question):
            ranked += self._named_parts(said, shape)
        ranked.sort(key=lambda pair: (-pair[0], pair[1].line))
        best = [pick for _, pick in ranked]
        known = {pick.line: pick for pick in best if pick.span is None}
        wanted = [pick for pick in self._wished(question, said, roles, shape) if not self._empty[pick.line]]
        room = max(longest - len(wanted), longest // 2)
        chosen: dict[tuple[int, tuple[int, int] | None], Pick] = {}
        first = [*wanted, *best] if asked.SCREEN.search(question) else [*best[:room], *wanted, *best[room:]]
        few = [Pick(i, _level(said[i])) for i in self._telling()] if len(first) < _FEW else []
        for pick in [*self._extremes(question, said), *first, *few[: _FEW - len(first)]]:
            if (pick.line, pick.span) not in chosen and len(chosen) < longest:
                like = known.get(pick.line, pick) if pick.span is None else pick
                chosen[pick.line, pick.span] = (
                    replace(like, extreme=pick.extreme, value=pick.value, fit=like.fit or pick.fit)
                    if pick.extreme or pick.fit
                    else like
                )
        return tuple(chosen.values())

    def _named_parts(self, said: list[float], shape: re.Pattern | None) -> Iterable[tuple[float, Pick]]:
        """Parts of lines whose own label the question names, with their scores."""
        for likeness, (i, part) in zip(said[len(self.lines) :], self._parts, strict=True):
            if likeness < 0.4:
                continue
            value = prompts.plain(self.lines[i].text)[part.start : part.end]
            fit = bool(shape and shape.search(value))
            span = (part.start, part.end)
            yield (
                0.75 * likeness + 0.2 * fit,
                Pick(i, 0, _level(likeness), fit=fit, span=span, label=part.label),
            )

    def entries(self, question: str) -> tuple[Entry, ...]:
        """What the glossary knows of the English that a question asks the meaning of."""
        if self._glossary is None or questions.kind(question) is not questions.Kind.MEANING:
            return ()
        english = english_in(question, self.lines)
        return self._glossary.explain(english) if english else ()

    def asked(self, question: str, earlier: Sequence[Turn] = ()) -> Asked:
        """All that stands behind a question. One that goes on from an earlier question ("그럼 부산점은?") is searched
        together with that one, and earlier answers are given in words."""
        picks = self.pick(asked.search_text(question, earlier[-1].question if earlier else ""))
        entries = [(entry.english, entry.korean) for entry in self.entries(question)]
        told = tuple(Turn(turn.question, self._in_words(turn.answer)) for turn in earlier)
        return Asked(
            told,
            prompts.notes(
                question, self.lines, self.places, picks, entries=entries, size=self.size, pixels=self._pixels
            ),
            picks,
        )

    def _in_words(self, answer: str) -> str:
        """An earlier raw answer with the texts of the lines it cites."""

        return prompts.MINI_CITATION.sub(lambda found: prompts.cited_text(found, self.lines), answer)

    # --- words ---------------------------------------------------------------------------------------------------

    def _sum(self, found: Iterable[str]) -> float:
        return sum(self._weight.get(gram, self._rare) for gram in found)

    def _fits(self, question: str) -> tuple[list[float], list[float]]:
        """For each line, then for each label of a part, how well it fits the question's own words, and those that are
        meant by them."""
        said = asked.chains(question)
        own = self._against([grams(chain) for chain in said - asked.COMMON])
        common = self._against([grams(chain) for chain in said & asked.COMMON])
        own = [max(a, 0.6 * b) for a, b in zip(own, common, strict=True)]
        return own, self._against([grams(word) for word in asked.meant(question)])

    def _against(self, wanted: list[frozenset[str]]) -> list[float]:
        """Best likeness of each line and label with one of the wanted words (or chains of them)."""
        best = [0.0] * len(self._grams)
        for word in filter(None, wanted):
            shared: dict[int, float] = {}
            for gram in word:
                weight = self._weight.get(gram, 0.0)
                for i in self._held.get(gram, ()):
                    shared[i] = shared.get(i, 0.0) + weight
            whole = self._sum(word)
            for i, common in shared.items():
                cover_asked, cover_line = common / whole, common / (self._sums[i] or 1.0)
                dice = 2 * common / (whole + self._sums[i])
                inside = (
                    cover_asked**1.5
                    * (0.62 + 0.38 * min(1.0, cover_line * 1.5))
                    * min(1.0, 0.45 + 0.1 * len(word))
                )
                best[i] = max(best[i], dice, inside)
        return best

    def _crossings(
        self, said: list[float]
    ) -> dict[int, tuple[tuple[float, int | None], tuple[float, int | None]]]:
        """For lines that stand beside or below a line that was named: how well that one fits and which it is,
        (on its row, above it). What the screen's structure knows counts fully, bare alignment a little less."""
        found: dict[int, tuple[tuple[float, int | None], tuple[float, int | None]]] = {}
        heads = (i for i, line in enumerate(self.lines) if said[i] >= 0.4 and line.role not in _NO_HEADS)
        named = sorted(heads, key=lambda i: -said[i])[:_NAMED]
        for i, line in enumerate(self.lines):
            row: tuple[float, int | None] = (0.0, None)
            column: tuple[float, int | None] = (0.0, None)
            names = self.places[i].names
            if not names and line.role in _NO_HEADS:
                continue
            if names and said[names[0]] >= 0.2:
                row = said[names[0]], names[0]
            if len(names) > 1 and said[names[1]] >= 0.2:
                column = said[names[1]], names[1]
            for n in named:
                other = self.lines[n].box
                if n == i or n in names:
                    continue
                level = min(line.box.bottom, other.bottom) - max(line.box.y, other.y)
                if level >= 0.5 * min(line.box.height, other.height):
                    gap = max(line.box.x - other.right, other.x - line.box.right, 0)
                    far = min(1.0, gap / (40 * max(8, other.height)))
                    behind = 1.0 if line.box.x >= other.x else 0.75
                    row = max(row, (behind * (0.92 - 0.3 * far) * said[n], n))
                elif other.bottom <= line.box.y + 2:
                    shared = min(line.box.right, other.right) - max(line.box.x, other.x)
                    if shared > 0:
                        far = min(1.0, (line.box.y - other.bottom) / (14 * max(8, other.height)))
                        column = max(column, ((0.9 - 0.35 * far) * said[n], n))
            if row[1] is not None or column[1] is not None:
                found[i] = row, column
        return found

    # --- wishes --------------------------------------------------------------------------------------------------

    def _wished(
        self, question: str, said: list[float], roles: set[str], shape: re.Pattern | None
    ) -> Iterable[Pick]:
        """Lines that a wish calls for whatever its words: chosen ones, buttons, notices, headlines, the title."""
        if asked.SCREEN.search(question):
            yield from (Pick(i, _level(said[i])) for i in self._telling())
        elif asked.STATE.search(question):
            on = ("selected", "checked", "focused", "expanded")
            found = [i for i, line in enumerate(self.lines) if line.state in on]
            found.sort(
                key=lambda i: (self.lines[i].role not in roles, on.index(self.lines[i].state or ""), i)
            )
            yield from (Pick(i, _level(said[i])) for i in found[:4])
        if named := asked.colours_named(question):
            usual = prompts.usual_colours(self.lines)
            found = [i for i, line in enumerate(self.lines)
                     if (line.ink in named and line.ink != usual[0]) or (line.paper in named and line.paper != usual[1])]  # fmt: skip
            found.sort(key=lambda i: (self.lines[i].role not in roles, -self._loudness(i)))
            yield from (Pick(i, _level(said[i]), fit=True) for i in found[:4])
        if asked.PRESS.search(question):
            found = [
                i for i, line in enumerate(self.lines)
                if line.role in ("button", "link", "icon") and line.state != "disabled"
            ]  # fmt: skip
            found.sort(key=lambda i: (-said[i], -i))
            yield from (Pick(i, _level(said[i])) for i in found[:4])
        if asked.NOTICE.search(question):
            found = sorted(range(len(self.lines)), key=lambda i: -self._loudness(i))
            yield from (Pick(i, _level(said[i])) for i in found[:3])
        order = asked.ordinal(question)
        if order is not None:
            found = [i for i, p in enumerate(self.places) if p.count > 1 and p.index == order % p.count]
            found.sort(key=lambda i: -max([said[i], *(said[n] for n in self.places[i].names)]))
            yield from (Pick(i, _level(said[i])) for i in found[:4])
        if asked.HEADLINE.search(question):
            tallest = self._tallest()
            yield from (
                Pick(i, _level(said[i]), extreme="" if n else "most") for n, i in enumerate(tallest[:3])
            )
        if asked.PROGRAM.search(question):
            yield from (Pick(i, _level(said[i])) for i in self._tallest()[:2])
        if asked.CODE.search(question):
            found = [
                i
                for i, line in enumerate(self.lines)
                if re.search(r"[A-Z]{2,}[_-]?[A-Z0-9_-]{3,}|0x[0-9a-f]+", line.text)
            ]
            yield from (Pick(i, _level(said[i])) for i in found[:2])
        if shape:
            found = [i for i, line in enumerate(self.lines) if shape.search(line.text)]
            found.sort(key=lambda i: -self.lines[i].box.height)
            yield from (Pick(i, _level(said[i]), fit=True) for i in found[:3])
        yield from (Pick(i, _level(said[i]), fit=fit) for i, fit in self._titles(question))

    def _titles(self, question: str) -> list[tuple[int, bool]]:
        """Lines that name the windows; where a dialog is asked about, the title that lies deeper is marked."""
        titles = [i for i, line in enumerate(self.lines) if line.role == "title"][:3]
        if not titles:
            named = [i for i, line in enumerate(self.lines) if _TITLE.search(line.text)][:1]
            titles = named + [i for i, line in enumerate(self.lines) if _letters(line.text) >= 2][:1]
        inner = max(titles, key=lambda i: self.lines[i].box.y, default=None)
        dialog = len(titles) > 1 and asked.DIALOG.search(question)
        return [(i, bool(dialog and i == inner)) for i in titles]

    def _tallest(self) -> list[int]:
        """Lines with words from the tallest letters down."""
        found = [i for i, line in enumerate(self.lines) if _letters(line.text) >= 2]
        return sorted(found, key=lambda i: -self.lines[i].box.height)

    def _telling(self) -> list[int]:
        """Lines that tell what a screen is: titles, its largest words, what is chosen; not a browser's address."""
        found = [i for i, _ in self._titles("")]
        found += [i for i, line in enumerate(self.lines) if line.state == "selected" and line.role == "tab"][
            :1
        ]
        found += [i for i in self._tallest() if not _ADDRESS.search(self.lines[i].text)][:6]
        return list(dict.fromkeys(found))

    def _loudness(self, i: int) -> float:
        """How much a line looks like a notice: long, red or large."""
        line = self.lines[i]
        return (
            min(len(line.text), 60) / 30
            + 1.5 * (line.ink in ("red", "orange"))
            + min(line.box.height, 48) / 24
        )

    def _extremes(self, question: str, said: list[float]) -> Iterable[Pick]:
        """Heads of the rows that hold the largest and smallest number of the columns asked about."""
        if not asked.EXTREME.search(question):
            return
        columns: dict[tuple[int, int], list[int]] = {}
        for i, place in enumerate(self.places):
            if (
                place.table is not None
                and place.row
                and place.column is not None
                and _NUMBER.match(self.lines[i].text.strip())
            ):
                columns.setdefault((place.table, place.column), []).append(i)
        fits = []
        for column in columns.values():
            cells = [i for i in column if self.places[i].names and not self._total(i)]
            if len(cells) >= 2:
                heads = [self.places[i].names[-1] for i in cells if len(self.places[i].names) == 2]
                fits.append((max((said[h] for h in heads), default=0.0), cells))
        fits.sort(key=lambda pair: -pair[0])
        for _, cells in fits[:2]:
            by_size = sorted(cells[:_MANY], key=lambda i: _amount(self.lines[i].text))
            for extreme, i in (("most", by_size[-1]), ("least", by_size[0])):
                head = self.places[i].names[0]
                yield Pick(head, _level(said[head]), 0, _level(fits[0][0]), extreme=extreme, value=i)

    def _total(self, i: int) -> bool:
        """Whether a cell stands in a row of sums."""
        return bool(
            re.search(
                r"합계|총계|소계|평균|전체|계$|total|sum", self.lines[self.places[i].names[0]].text.lower()
            )
        )


def _letters(text: str) -> int:
    return sum(c.isalpha() for c in text)


def _says_nothing(text: str) -> bool:
    """Whether a line is only a sign, such as an icon that was read as a letter."""
    return not re.search(r"\d|[가-힣]|[a-zA-Z]{2}", text)


def _level(likeness: float) -> int:
    return sum(likeness >= bound for bound in LEVELS)


def _bare(text: str) -> str:
    return re.sub(r"\([A-Za-z]\)|…|\.\.\.", "", text)


def _amount(text: str) -> float:
    """The first number of a text; units of bytes are counted in."""
    found = re.search(r"[-+]?\d[\d,]*(?:\.\d+)?", text)
    if not found:
        return 0.0
    unit = re.search(r"[KMGT](?=i?B|$)", text[found.end() :].strip().upper())
    return float(found[0].replace(",", "")) * (1024.0 ** ("KMGT".index(unit[0]) + 1) if unit else 1.0)
