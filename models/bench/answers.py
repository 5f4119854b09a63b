"""Whether what people ask for is in the text that was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from models.bench.alignment import Piece
from models.eval.scoring import Item, folded

BY_ANSWER = ("read", "lookup", "selected", "app", "chart", "next")
"""kinds whose accepted answers are words of the screen"""
BY_EVIDENCE = ("where",)
"""kinds whose accepted answers are places; what must be read is the name of the thing"""
RULE = (
    "counted: questions of the kinds {kinds} for which an accepted answer (where: the name of the thing asked for) stands "
    "in the screen's true lines; found: one of those stands in what was read, blanks, case and punctuation aside"
)


@dataclass
class Found:
    """Counts by kind of question, and the questions whose answer was not found."""

    asked: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.found.total() / max(1, self.asked.total())

    def figures(self) -> dict[str, object]:
        kinds = {kind: {"asked": n, "found": self.found[kind]} for kind, n in sorted(self.asked.items())}
        return {
            "asked": self.asked.total(), "found": self.found.total(), "share": self.share, "kinds": kinds,
            "missing": self.missing,
        }  # fmt: skip


def rule() -> str:
    return RULE.format(kinds=", ".join((*BY_ANSWER, *BY_EVIDENCE)))


def wanted(item: Item, true_texts: Iterable[str]) -> tuple[str, ...]:
    """The strings of which one must be read for `item`; empty when the question does not count."""
    if item.kind in BY_ANSWER:
        strings = item.answers
    elif item.kind in BY_EVIDENCE:
        strings = item.evidence
    else:
        return ()
    texts = list(true_texts)
    return tuple(string for string in strings if stands_in(string, texts))


def texts_of(pieces: Sequence[Piece], lines: Sequence[Piece]) -> list[str]:
    """What an answer is looked for in: each piece, each line, and lines that stand in one row joined."""
    return [*(piece.text for piece in pieces), *(line.text for line in lines), *rows(lines)]


def rows(lines: Sequence[Piece]) -> list[str]:
    """The texts of lines whose middles are at one height, joined from left to right."""
    found: list[list[Piece]] = []
    for line in sorted(lines, key=lambda one: (one.box.centre[1], one.box.x)):
        before = found[-1][-1].box if found else None
        if before and abs(before.centre[1] - line.box.centre[1]) < 0.5 * min(before.height, line.box.height):
            found[-1].append(line)
        else:
            found.append([line])
    return [" ".join(one.text for one in sorted(row, key=lambda one: one.box.x)) for row in found]


def stands_in(wanted_text: str, texts: Iterable[str]) -> bool:
    """`wanted_text` is in one of `texts`, and not as a part of a longer number."""
    string = folded(wanted_text)
    return bool(string) and any(whole(string, text) for text in texts)


def whole(string: str, text: str) -> bool:
    """Whether folded `string` is in `text`; digits beside it must have a blank between."""
    words = [folded(word) for word in text.split()]
    joined = "".join(words)
    apart = {0, *accumulate(len(word) for word in words)}
    start = joined.find(string)
    while start >= 0:
        end = start + len(string)
        before = string[0].isdigit() and start not in apart and joined[start - 1].isdigit()
        after = string[-1].isdigit() and end not in apart and joined[end].isdigit()
        if not before and not after:
            return True
        start = joined.find(string, start + 1)
    return False


def count(items: Iterable[Item], true_texts: Sequence[str], read_texts: Sequence[str], into: Found) -> None:
    """Add one screen's questions to `into`."""
    for item in items:
        strings = wanted(item, true_texts)
        if not strings:
            continue
        into.asked[item.kind] += 1
        if any(stands_in(string, read_texts) for string in strings):
            into.found[item.kind] += 1
        else:
            into.missing.append(item.id)
