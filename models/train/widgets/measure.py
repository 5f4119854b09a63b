"""How often roles and states are right on real screens whose accessibility trees tell the truth (`tests/screens`).

`measure(folder, read)` reads every screen; `score` compares lines read already. Both return plain numbers.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.frames import Box, Frame, TextLine

ROWS = ("cell", "list item")
SAME = {
    "menu": "menu item",
    "tree item": "list item",
    "label": None,
    "text": None,
    "terminal": None,
    "slider": None,
    "progress": None,
}
"""roles of the trees that are others for the reader"""
DRAWN_OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "vlc-prefs": ("인터페이스", "오디오", "비디오", "자막 / OSD", "입력 / 코덱", "단축키"),
    "kate-code": ("출력", "찾기", "프로젝트", "터미널", "LSP"),
    "system-monitor-resources": ("프로세스", "자원", "파일시스템"),
    "qbittorrent-options": ("상태", "범주", "태그", "트래커"),
    "gwenview": ("찾아보기", "보기", "편집 도구 표시", "축소판 표시", "맞춤"),
    "okular-pdf": ("탐색",),
}
"""check boxes and radio buttons of the trees that are drawn without any mark: tool buttons, tabs, headings with an arrow"""
LIKE = 0.5
"""similarity of texts from which a line may be the truth's"""


@dataclass
class Tally:
    """Right, invented and missed ones of one kind."""

    right: int = 0
    invented: int = 0
    missed: int = 0

    def numbers(self) -> dict[str, float]:
        """Precision, recall, F1 and how many there are."""
        found, there = self.right + self.invented, self.right + self.missed
        precision = self.right / found if found else 0.0
        recall = self.right / there if there else 0.0
        total = precision + recall
        return {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(2 * precision * recall / total, 4) if total else 0.0,
            "count": there,
        }


@dataclass(frozen=True)
class Told:
    """One line of the truth."""

    screen: str
    text: str
    box: Box
    role: str | None
    states: frozenset[str]

    @property
    def drawn_otherwise(self) -> bool:
        return self.text in DRAWN_OTHERWISE.get(self.screen, ())


def truth_of(path: Path) -> list[Told]:
    """The lines of one truth file."""
    record = json.loads(path.read_text(encoding="utf-8"))
    made = []
    for line in record["lines"]:
        states = frozenset((line.get("state") or "").split(",")) - {""}
        if line["role"] == "tab" and "focused" in states:
            states |= {"selected"}  # Qt tells "focused" alone of the tab that is on top
        role = SAME.get(line["role"], line["role"])
        made.append(Told(record["id"], line["text"], Box(*line["box"]), role, states))
    return made


def measure(
    screens: Path, read: Callable[[Frame], Sequence[TextLine]], as_drawn: bool = True
) -> dict[str, dict[str, float]]:
    """Read every screen of the folder and score it."""
    from PIL import Image

    told: list[Told] = []
    lines: dict[str, Sequence[TextLine]] = {}
    for path in sorted(screens.glob("*.json")):
        truth = truth_of(path)
        if not truth:
            continue
        with Image.open(path.with_suffix(".png")) as picture:
            frame = Frame(np.ascontiguousarray(picture.convert("RGB")))
        told += truth
        lines[truth[0].screen] = read(frame)
    return score(told, lines, as_drawn)


def score(
    told: Sequence[Told], lines: Mapping[str, Sequence[TextLine]], as_drawn: bool = True
) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 per kind. Lines that the truth does not hold are not counted: trees hold not everything.

    `as_drawn`: leave out what the tree calls a check box or radio button though no mark is drawn (`DRAWN_OTHERWISE`).
    """
    tallies: dict[str, Tally] = {}
    for one, line in matched(told, lines):
        if as_drawn and one.drawn_otherwise:
            continue
        true = set(kinds(one.role, one.states))
        found = (
            set() if line is None else set(kinds(line.role, frozenset({line.state} if line.state else ())))
        )
        excused = excuses(one, line)
        for kind in true | found:
            tally = tallies.setdefault(kind, Tally())
            if kind in true and kind in found:
                tally.right += 1
            elif kind in excused:
                continue
            elif kind in true:
                tally.missed += 1
            else:
                tally.invented += 1
    return {kind: tallies[kind].numbers() for kind in sorted(tallies)}


def kinds(role: str | None, states: frozenset[str]) -> Iterator[str]:
    """What a line counts as: its role, and the states that are asked of that role."""
    if role is not None:
        yield role
    if role in ("check box", "radio button"):
        yield from (f"{role} {state}" for state in ("checked", "unchecked") if state in states)
    if role == "tab" and "selected" in states:
        yield "tab selected"
    if role in ROWS and "selected" in states:
        yield "row selected"
    if "disabled" in states:
        yield "disabled"
    if role == "text field" and "focused" in states:
        yield "field focused"


def excuses(one: Told, line: TextLine | None) -> set[str]:
    """Kinds that are no mistake here: a line tells one state only, and a toggle button may be called a check box."""
    excused: set[str] = set()
    if line is not None and line.state in one.states:
        excused |= {"disabled", "field focused"}
    if one.role == "button" and {"checked", "unchecked"} & one.states:
        excused |= {"button", "check box", "check box checked", "check box unchecked", "tab", "tab selected"}
    return excused


def matched(
    told: Sequence[Told], lines: Mapping[str, Sequence[TextLine]]
) -> Iterator[tuple[Told, TextLine | None]]:
    """Each line of the truth with the line that reads it, None when there is none. A line reads one thing at most."""
    for screen in dict.fromkeys(one.screen for one in told):
        mine = [one for one in told if one.screen == screen]
        read = lines.get(screen, ())
        pairs = [
            (likeness, n, k)
            for n, one in enumerate(mine)
            for k, line in enumerate(read)
            if (likeness := nearness(one, line)) > 0
        ]
        taken_truth: dict[int, int] = {}
        taken_lines: set[int] = set()
        for _, n, k in sorted(pairs, reverse=True):
            if n not in taken_truth and k not in taken_lines:
                taken_truth[n] = k
                taken_lines.add(k)
        for n, one in enumerate(mine):
            yield one, read[taken_truth[n]] if n in taken_truth else None


def nearness(one: Told, line: TextLine) -> float:
    """How well a read line may be this line of the truth; 0 when it lies elsewhere or says something else."""
    x, y = line.box.centre
    tx, ty = one.box.centre
    inside = one.box.x - 2 <= x <= one.box.right + 2 and one.box.y - 2 <= y <= one.box.bottom + 2
    around = line.box.x - 2 <= tx <= line.box.right + 2 and line.box.y - 2 <= ty <= line.box.bottom + 2
    if not (inside or around):
        return 0.0
    likeness = difflib.SequenceMatcher(None, bare(one.text), bare(line.text), autojunk=False).ratio()
    overlap = one.box.iou(line.box)
    return likeness + overlap if likeness >= LIKE or overlap >= LIKE else 0.0


def bare(text: str) -> str:
    return "".join(text.casefold().split())


def table(numbers: Mapping[str, Mapping[str, float]]) -> str:
    """The figures as lines of text."""
    rows = [f"{'':24}  precision  recall      F1  count"]
    for kind, figures in numbers.items():
        rows.append(
            f"{kind:24}  {figures['precision']:9.3f}  {figures['recall']:6.3f}  {figures['f1']:6.3f}  {figures['count']:5.0f}"
        )
    return "\n".join(rows)
