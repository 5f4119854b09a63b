"""When an answer counts as right. One rule per kind of question; no model judges another.

The rules are strict where a dump would win: an answer much longer than the accepted one is wrong, and an
abstention is right only where the thing is not on the screen.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from assistant.frames import Box

KINDS = (
    "read", "lookup", "where", "count", "exists", "selected", "colour", "meaning", "describe", "next", "app",
    "chart", "absent",
)  # fmt: skip

_YES = re.compile(r"^(네|예|응|있|맞|그렇|켜져|가능|누를 ?수 ?있)")
_NO = re.compile(r"^(아니|없|보이지 ?않|안 ?보|아뇨|꺼져|불가능|누를 ?수 ?없)")
_NATIVE = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "다섯": 5, "여섯": 6,
    "일곱": 7, "여덟": 8, "아홉": 9, "열하나": 11, "열한": 11, "열둘": 12, "열두": 12, "열": 10,
}  # fmt: skip
_NATIVE_COUNT = re.compile(
    rf"({'|'.join(sorted(_NATIVE, key=len, reverse=True))}) ?(?:개|명|장|줄|칸|가지|곳|번|건|행|열|통)"
)
_NUMBER = re.compile(r"\d[\d,]*")
DESCRIBE_LIMIT = 300
"""characters; a dump of a screen is not a description"""


@dataclass(frozen=True)
class Item:
    """One question of a set and what answers it."""

    id: str
    image: str
    question: str
    kind: str
    answers: tuple[str, ...] = ()
    box: Box | None = None
    forbidden: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    need: int = 1
    evidence: tuple[str, ...] = ()
    set: str = "a"
    """which part of the questions it belongs to; "b" was added later and tuned on by nobody"""

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Item:
        """A line of questions.jsonl. Raises KeyError or ValueError on a malformed one."""
        if row["type"] not in KINDS:
            raise ValueError(f"unknown type {row['type']!r} in {row['id']}")
        return cls(
            id=row["id"],
            image=row["image"],
            question=row["question"],
            kind=row["type"],
            answers=tuple(row.get("answers", ())),
            box=Box(*row["box"]) if row.get("box") else None,
            forbidden=tuple(row.get("forbidden", ())),
            keywords=tuple(row.get("keywords", ())),
            need=int(row.get("need", 1)),
            evidence=tuple(row.get("evidence", ())),
            set=row.get("set", "a"),
        )


@dataclass(frozen=True)
class Given:
    """What an engine (or a baseline) answered."""

    text: str
    box: Box | None = None
    abstained: bool = False
    evidence: tuple[str, ...] = field(default=())


def folded(text: str) -> str:
    """NFC, lower case, without blanks and punctuation; digits keep no separators (1,250 = 1250)."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return "".join(c for c in text if unicodedata.category(c)[0] not in "ZPC")


def is_right(item: Item, given: Given) -> bool:
    """Whether `given` answers `item`, by the rule of its kind."""
    if item.kind == "absent":
        return given.abstained
    if given.abstained or not given.text.strip():
        return False
    if any(folded(bad) in folded(given.text) for bad in item.forbidden if folded(bad)):
        return False
    if item.kind == "where":
        return _points_right(item, given)
    if item.kind == "exists":
        return _polarity(given.text) is not None and _polarity(given.text) == _polarity(item.answers[0])
    if item.kind == "count":
        return bool(_numbers(item.answers) & _first_number(given.text))
    if item.kind == "describe":
        said = folded(given.text)
        return (
            len(given.text) <= DESCRIBE_LIMIT and sum(folded(k) in said for k in item.keywords) >= item.need
        )
    return any(contains(given.text, accepted) for accepted in item.answers)


def contains(answer: str, accepted: str) -> bool:
    """`accepted` stands in `answer` as a whole number or word part, and little else stands there."""
    said, wanted = folded(answer), folded(accepted)
    if not wanted or len(said) > max(3 * len(wanted), len(wanted) + 30):
        return False
    start = said.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        digit_before = wanted[0].isdigit() and start > 0 and said[start - 1].isdigit()
        digit_after = wanted[-1].isdigit() and end < len(said) and said[end].isdigit()
        if not digit_before and not digit_after:
            return True
        start = said.find(wanted, start + 1)
    return False


def _points_right(item: Item, given: Given) -> bool:
    """The centre of the given box lies in the accepted one (ScreenSpot's rule); else a region word is said."""
    if item.box is not None and given.box is not None:
        x, y = given.box.centre
        return item.box.x <= x <= item.box.right and item.box.y <= y <= item.box.bottom
    if item.box is not None:
        return False
    return any(contains(given.text, accepted) for accepted in item.answers)


def _polarity(text: str) -> bool | None:
    text = text.strip()
    if _NO.match(text):
        return False
    return True if _YES.match(text) else None


def _numbers(answers: tuple[str, ...]) -> set[int]:
    return (
        set().union(*(_first_number(answer) or _native(answer) for answer in answers)) if answers else set()
    )


def _first_number(text: str) -> set[int]:
    """The first number said, in digits or as a native Korean count; empty when none is."""
    digits, native = _NUMBER.search(text), _NATIVE_COUNT.search(text)
    if digits and (not native or digits.start() <= native.start()):
        return {int(digits.group().replace(",", ""))}
    return {_NATIVE[native.group(1)]} if native else set()


def _native(text: str) -> set[int]:
    return {_NATIVE[text.strip()]} if text.strip() in _NATIVE else set()
