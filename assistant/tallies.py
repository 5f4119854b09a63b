"""How many there are: what a person counts at one glance, what the screen itself says, and how often a text stands there.

The model is told these numbers beside a question that asks for one; which of them answers it, it chooses itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.frames import TextLine

if TYPE_CHECKING:
    from assistant.structure import Place

COUNTED = {
    "tab": "탭",
    "button": "버튼",
    "menu item": "메뉴",
    "link": "링크",
    "icon": "아이콘",
    "title": "창",
    "list item": "목록",
}
_WORDS = {
    "버튼": "버튼|단추", "메뉴": "메뉴", "창": "창(?!고)", "목록": "목록|항목", "체크된 항목": "체크|켜[진져]|선택", "고른 항목": "골라|고른",
    "줄": "줄|행|건|명|통|곡|파일|폴더|과목|상품|거래|글|기사|번|지점|군데|곳|장|편|열차|항목", "열": "열(?!려|린|어|차)|칸",
}  # fmt: skip
_ALIKE = (
    ("노래", "곡", "음악", "트랙"), ("사진", "그림", "이미지", "파일", "항목"), ("파일", "항목", "문서"), ("폴더", "디렉터리"),
    ("메일", "편지", "메시지"),
    ("글", "게시물", "건"), ("거래", "건"), ("사람", "명", "인원"), ("슬라이드", "장"), ("쪽", "페이지"), ("항목", "것", "물건", "상품"),
)  # fmt: skip
_NUMBER_BEHIND = re.compile(
    r"([가-힣]{1,8})\s?:?\s?\(?(?<![\d.,:/-])(\d{1,4})(?:개|건|명|곡|장|통|편|권|대|마리|종)?\)?(?![\d.,:/%-]|년|월|일|시|분|원)"
)
_NUMBER_BEFORE = re.compile(
    r"(?<![\d.,:/₩$-])(?:\d{1,4}/)?(\d{1,4})(?:개|건|명|곡|장|통|편|권|대)?(?:의)?\s([가-힣]{1,8})"
)
_WHOLE = ("줄", "열", "목록")
"""what counts all of a table or list: not told beside how often a text stands in it"""
_LONGEST = 60
_MOST = 3


@dataclass(frozen=True)
class Tally:
    """A number of things; `level` says how well its name fits the question, 0 (not) … 4."""

    name: str
    number: int
    level: int = 0


def counts(lines: Sequence[TextLine], places: Sequence[Place]) -> dict[str, int]:
    """How many things of a kind there are, what a person counts at one glance: name → number."""
    roles = Counter(line.role for line in lines)
    told = {name: roles[role] for role, name in COUNTED.items() if roles[role]}
    for role, name in (("check box", "체크된 항목"), ("radio button", "고른 항목")):
        if roles[role]:
            told[name] = sum(line.role == role and line.state == "checked" for line in lines)
    tables: dict[int, tuple[int, int]] = {}
    for place in places:
        if place.table is not None and place.row is not None and place.column is not None:
            rows, columns = tables.get(place.table, (0, 0))
            tables[place.table] = max(rows, place.row), max(columns, place.column + 1)
    for rows, columns in sorted(tables.values(), reverse=True)[:1]:
        told |= {"줄": rows, "열": columns}
    return told


def tallies(
    question: str, lines: Sequence[TextLine], places: Sequence[Place], named: Sequence[tuple[int, int]] = ()
) -> tuple[Tally, ...]:
    """The numbers to tell, the fittest first: those whose name the question speaks of, else what can be counted at all.

    `named` are the lines (index, level of likeness) that the question's words stand in.
    """
    known = counts(lines, places)
    nearness = {name: _asked_for(_WORDS.get(name, name), question) for name in known}
    meant = [
        Tally(name, known[name], 4) for name in sorted(known, key=nearness.__getitem__) if nearness[name] >= 0
    ]
    meant += _said(question, lines)
    if equal := list(_equal(question, lines, named)):
        meant = [*equal, *(tally for tally in meant if tally.name not in _WHOLE)]
    if not meant:
        return tuple(Tally(name, number) for name, number in known.items())
    found: dict[str, Tally] = {}
    for tally in reversed(meant):
        found.setdefault(tally.name, tally)
    return tuple(found.values())[:_MOST]


def _asked_for(words: str, question: str) -> int:
    """Where in the question the things of this name stand that it asks the number of; −1 where it does not."""
    found = re.search(
        f"(?:{words})[가-힣 ]{{0,8}}(?:몇|수[가는]?|모두|전부)|몇 ?(?:개의 )?(?:{words})", question
    )
    return found.start() if found else -1


def _equal(question: str, lines: Sequence[TextLine], named: Sequence[tuple[int, int]]) -> Iterable[Tally]:
    """How often the texts stand on the screen that the question names: 품절 twice, 부족 three times."""
    texts = Counter(" ".join(line.text.split()) for line in lines)
    levels: dict[str, int] = {}
    for i, level in named:
        text = " ".join(lines[i].text.split())
        levels[text] = max(level, levels.get(text, 0))
    asked = question.split()
    for text, number in texts.items():
        if number < 2 or not 2 <= len(text) <= 12 or not re.search("[가-힣a-zA-Z]", text):
            continue
        itself = re.search(f"{re.escape(text)}(?:이|가|은|는|도)? ?(?:모두|전부|총)? ?몇", question)
        if not itself and (levels.get(text, 0) >= 2 or any(word.startswith(text) for word in asked)):
            yield Tally(text, number, 4)


def _said(question: str, lines: Sequence[TextLine]) -> Iterable[Tally]:
    """Numbers that a line itself gives of the things asked for: 파일 9개, 4개 노래, 1/4 슬라이드."""
    for line in lines:
        if not any(c.isdigit() for c in line.text) or len(line.text) > _LONGEST:
            continue
        for pattern, name_at in ((_NUMBER_BEHIND, 1), (_NUMBER_BEFORE, 2)):
            for found in pattern.finditer(line.text):
                name, number = found[name_at], int(found[3 - name_at])
                if _means(name, question):
                    yield Tally(name, number, 4)


def _means(name: str, question: str) -> bool:
    """Whether a thing's name, or another word for it, stands in the question."""
    stem = re.sub(r"(?:이|가|은|는|을|를|의|들)$", "", name) or name
    if len(stem) > 1 and stem in question:
        return True
    return any(
        any(word in stem for word in family) and any(_stands(word, question) for word in family)
        for family in _ALIKE
    )


def _stands(word: str, question: str) -> bool:
    return bool(re.search(rf"(?<![가-힣]){word}|몇 ?{word}", question))
