"""Lines that a question's wish calls for whatever its words: chosen ones, buttons, notices, headlines, titles, extremes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant import asked, prompts
from assistant.frames import TextLine
from assistant.picks import Pick, level
from assistant.structure import Place

_NUMBER = re.compile(r"^[^\d]{0,3}[-+]?\d[\d,]*(?:\.\d+)?\s?[^\d\s]{0,6}$")
_MANY = 40
"""lines a page may have and still be searched for numbers' extremes, per column"""


_TITLE = re.compile(r"\S ?[-–—:] ?[A-Z가-힣]\S+(?: \S+){0,3}$")
_ADDRESS = re.compile(r"https?:|htp|www\.|\w\.\w+/|안전하지 않음|주소 입력|검색어")


class Wishes:
    """What can be called for on one screen. `said` are the likenesses of its lines with a question's words."""

    def __init__(self, lines: Sequence[TextLine], places: Sequence[Place]) -> None:
        self.lines, self.places = lines, places
        self.empty = [says_nothing(line.text) for line in lines]

    def wished(
        self, question: str, said: list[float], roles: set[str], shape: re.Pattern | None
    ) -> Iterable[Pick]:
        """Lines that a wish calls for whatever its words: chosen ones, buttons, notices, headlines, the title."""
        if asked.SCREEN.search(question):
            yield from (Pick(i, level(said[i])) for i in self.telling())
        elif asked.STATE.search(question):
            on = ("selected", "checked", "focused", "expanded")
            found = [i for i, line in enumerate(self.lines) if line.state in on]
            found.sort(
                key=lambda i: (self.lines[i].role not in roles, on.index(self.lines[i].state or ""), i)
            )
            yield from (Pick(i, level(said[i])) for i in found[:4])
        if named := asked.colours_named(question):
            usual = prompts.usual_colours(self.lines)
            found = [i for i, line in enumerate(self.lines)
                     if (line.ink in named and line.ink != usual[0]) or (line.paper in named and line.paper != usual[1])]  # fmt: skip
            found.sort(key=lambda i: (self.lines[i].role not in roles, -self._loudness(i)))
            yield from (Pick(i, level(said[i]), fit=True) for i in found[:4])
        if asked.PRESS.search(question):
            found = [
                i for i, line in enumerate(self.lines)
                if line.role in ("button", "link", "icon") and line.state != "disabled"
            ]  # fmt: skip
            found.sort(key=lambda i: (-said[i], -i))
            yield from (Pick(i, level(said[i])) for i in found[:4])
        if asked.NOTICE.search(question):
            found = sorted(range(len(self.lines)), key=lambda i: -self._loudness(i))
            yield from (Pick(i, level(said[i])) for i in found[:3])
        order = asked.ordinal(question)
        if order is not None:
            found = [i for i, p in enumerate(self.places) if p.count > 1 and p.index == order % p.count]
            found.sort(key=lambda i: -max([said[i], *(said[n] for n in self.places[i].names)]))
            yield from (Pick(i, level(said[i])) for i in found[:4])
        if asked.HEADLINE.search(question):
            tallest = self._tallest()
            yield from (
                Pick(i, level(said[i]), extreme="" if n else "most") for n, i in enumerate(tallest[:3])
            )
        if asked.PROGRAM.search(question):
            yield from (Pick(i, level(said[i])) for i in self._tallest()[:2])
        if asked.CODE.search(question):
            found = [
                i
                for i, line in enumerate(self.lines)
                if re.search(r"[A-Z]{2,}[_-]?[A-Z0-9_-]{3,}|0x[0-9a-f]+", line.text)
            ]
            yield from (Pick(i, level(said[i])) for i in found[:2])
        if shape:
            found = [i for i, line in enumerate(self.lines) if shape.search(line.text)]
            found.sort(key=lambda i: -self.lines[i].box.height)
            yield from (Pick(i, level(said[i]), fit=True) for i in found[:3])
        yield from (Pick(i, level(said[i]), fit=fit) for i, fit in self.titles(question))

    def titles(self, question: str) -> list[tuple[int, bool]]:
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

    def telling(self) -> list[int]:
        """Lines that tell what a screen is: titles, its largest words, what is chosen; not a browser's address."""
        found = [i for i, _ in self.titles("")]
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

    def extremes(self, question: str, said: list[float]) -> Iterable[Pick]:
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
                yield Pick(head, level(said[head]), 0, level(fits[0][0]), extreme=extreme, value=i)

    def _total(self, i: int) -> bool:
        """Whether a cell stands in a row of sums."""
        return bool(
            re.search(
                r"합계|총계|소계|평균|전체|계$|total|sum", self.lines[self.places[i].names[0]].text.lower()
            )
        )


def _letters(text: str) -> int:
    return sum(c.isalpha() for c in text)


def says_nothing(text: str) -> bool:
    """Whether a line is only a sign, such as an icon that was read as a letter."""
    return not re.search(r"\d|[가-힣]|[a-zA-Z]{2}", text)


def _amount(text: str) -> float:
    """The first number of a text; units of bytes are counted in."""
    found = re.search(r"[-+]?\d[\d,]*(?:\.\d+)?", text)
    if not found:
        return 0.0
    unit = re.search(r"[KMGT](?=i?B|$)", text[found.end() :].strip().upper())
    return float(found[0].replace(",", "")) * (1024.0 ** ("KMGT".index(unit[0]) + 1) if unit else 1.0)
