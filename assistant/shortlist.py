"""Which lines of a screen stand beside a question: the few that its words, its wish and the screen's structure point at.

A small model cannot search 250 lines reliably, so the lines are looked through by rules and the likeliest are shown
to it again behind the question, each with how well its own words, its row's head and its column's head fit. The
rules choose what the model is shown, never what it says.

Likeness is counted in trigrams of jamo, rarer ones on this screen weighing more, so that 총학계 is still like 총합계.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant import asked, prompts, questions, ranking
from assistant.frames import TextLine
from assistant.glossary import Entry, Glossary, english_in
from assistant.grams import grams
from assistant.notes import notes
from assistant.picks import Pick, level
from assistant.pieces import pieces
from assistant.ports import Turn
from assistant.structure import Place, arrange
from assistant.wishes import Wishes

if TYPE_CHECKING:
    import numpy as np

LONGEST = 10
"""lines of a shortlist at most"""
_FEW = 6
"""a shortlist with fewer lines is filled up with those that tell what the screen is"""
_MOST_ENGLISH = 60
"""lines in English that are looked up in the glossary"""
_KNOWN_WELL = 0.9
_SHARE_OF_MEANING = 0.9
_NO_HEADS = frozenset(("menu item", "tab", "title", "button", "link"))
"""roles that neither name their neighbours nor are named by them, but for what the structure says"""
_NAMED = 16
"""named lines whose rows and columns are followed"""


@dataclass(frozen=True)
class Asked:
    """What is put behind a look for one question, and what its answer's numbers stand for."""

    earlier: tuple[Turn, ...]
    noted: str
    picks: tuple[Pick, ...]
    values: tuple[str, ...] = ()
    """what its answer's value numbers stand for"""

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
        self._last: tuple[str, tuple[Turn, ...], Asked] | None = None
        self._wishes = Wishes(self.lines, self.places)
        self._parts = [
            (i, part) for i, line in enumerate(self.lines) for part in pieces(prompts.plain(line.text))
        ]
        self._meanings = self._in_korean()
        texts = [_bare(line.text) for line in self.lines] + [part.label for _, part in self._parts]
        texts += [korean for _, korean in self._meanings]
        self._grams = [grams(text) for text in texts]
        words = self._grams[: len(self.lines)] + self._grams[len(self.lines) + len(self._parts) :]
        seen = Counter(gram for found in words for gram in found)
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
        return self.ranked(question, longest)[0]

    def ranked(self, question: str, longest: int = LONGEST) -> tuple[tuple[Pick, ...], float]:
        """The likeliest lines, best first, and how likely the first of them is the right one (0…1)."""
        found = self.candidates(question, ranking.CANDIDATES)
        if asked.SCREEN.search(question):
            return tuple(found[:longest]), 0.0
        found, chance = ranking.ordered(question, self.lines, self.places, self.size, found)
        return tuple(found[:longest]), chance

    def candidates(self, question: str, longest: int) -> list[Pick]:
        """Up to `longest` lines that may matter, in the order of their likeness with the question."""
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
            if score < 0.2 or self._wishes.empty[i]:
                continue
            by = tuple(n for n in (by_row, by_column) if n is not None)
            ranked.append((score, Pick(i, level(said[i]), level(row), level(column), fit, by)))
        if not asked.PLACE.search(question):
            ranked += self._named_parts(said, shape)
        ranked.sort(key=lambda pair: (-pair[0], pair[1].line))
        best = [pick for _, pick in ranked]
        known = {pick.line: pick for pick in best if pick.span is None}
        wanted = [
            pick
            for pick in self._wishes.wished(question, said, roles, shape)
            if not self._wishes.empty[pick.line]
        ]
        room = max(longest - len(wanted), longest // 2)
        chosen: dict[tuple[int, tuple[int, int] | None], Pick] = {}
        first = [*wanted, *best] if asked.SCREEN.search(question) else [*best[:room], *wanted, *best[room:]]
        few = [Pick(i, level(said[i])) for i in self._wishes.telling()] if len(first) < _FEW else []
        for pick in [*self._wishes.extremes(question, said), *first, *few[: _FEW - len(first)]]:
            if (pick.line, pick.span) not in chosen and len(chosen) < longest:
                like = known.get(pick.line, pick) if pick.span is None else pick
                chosen[pick.line, pick.span] = (
                    replace(like, extreme=pick.extreme, value=pick.value, fit=like.fit or pick.fit)
                    if pick.extreme or pick.fit
                    else like
                )
        return list(chosen.values())

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
                Pick(i, 0, level(likeness), fit=fit, span=span, label=part.label),
            )

    def entries(self, question: str) -> tuple[Entry, ...]:
        """What the glossary knows of the English that a question asks the meaning of."""
        if self._glossary is None or questions.kind(question) is not questions.Kind.MEANING:
            return ()
        english = english_in(question, self.lines)
        return self._glossary.explain(english) if english else ()

    def asked(self, question: str, earlier: Sequence[Turn] = ()) -> Asked:
        """All that stands behind a question. One that goes on from an earlier question ("그럼 부산점은?") is searched
        together with that one, and earlier answers are given in words. The last one asked is kept, because an answer's
        values are wanted beside its prompt."""
        if self._last and self._last[:2] == (question, tuple(earlier)):
            return self._last[2]
        picks, chance = self.ranked(asked.search_text(question, earlier[-1].question if earlier else ""))
        entries = [(entry.english, entry.korean) for entry in self.entries(question)]
        told = tuple(Turn(turn.question, self._in_words(turn.answer)) for turn in earlier)
        noted = notes(
            question,
            self.lines,
            self.places,
            picks,
            entries=entries,
            size=self.size,
            pixels=self._pixels,
            chance=chance,
        )
        found = Asked(told, noted.text, picks, tuple(value.text for value in noted.values))
        self._last = question, tuple(earlier), found
        return found

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
        return self._folded(own), self._folded(self._against([grams(word) for word in asked.meant(question)]))

    def _in_korean(self) -> list[tuple[int, str]]:
        """What the glossary says of lines in English: a question names them in Korean."""
        if self._glossary is None:
            return []
        english = [
            i
            for i, line in enumerate(self.lines)
            if re.search(r"[A-Za-z]{3}", line.text)
            and not re.search("[가-힣]", line.text)
            and len(line.text) <= 60
        ]
        return [
            (i, entry.korean)
            for i in english[:_MOST_ENGLISH]
            for entry in self._glossary.explain(prompts.plain(self.lines[i].text))
            if entry.exactness >= _KNOWN_WELL
        ]

    def _folded(self, likeness: list[float]) -> list[float]:
        """Likeness of lines and labels of parts, a line in English taking that of its meaning where it is better."""
        count = len(self.lines) + len(self._parts)
        found = likeness[:count]
        for (i, _), alike in zip(self._meanings, likeness[count:], strict=True):
            found[i] = max(found[i], _SHARE_OF_MEANING * alike)
        return found

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
        heads = (
            i
            for i, line in enumerate(self.lines)
            if said[i] >= 0.4 and (line.role not in _NO_HEADS or self.places[i].table is not None)
        )
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


def _bare(text: str) -> str:
    return re.sub(r"\([A-Za-z]\)|…|\.\.\.", "", text)
