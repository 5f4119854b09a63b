"""What holds of rows of tabs as such: one of each row is selected, browsers have theirs above the address, sheets have names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from assistant.frames import TextLine

LEAST_BESIDE = 0.25
"""chance of being a tab from which a line beside one is one too"""
LEAST_ALONE = (0.75, 0.1)
"""chances of being a tab and of being selected that a lone tab needs; of several the likeliest is selected, as one always is"""
STRIP, APART = 17, 12
"""which probe of a browser's last tab shows the strip without tabs; how far (of 765) a selected tab's paper is from that"""
TABS_APART = 12
"""tabs of one row are at most this many heights of their text apart"""
ADDRESS = re.compile(
    r"(https?|file|ftp|chrome|edge|about|whale|view-source):[^가-힣]+|www\.[^가-힣]+|(\d{1,3}\.){3}\d{1,3}(:\d+)?(/[^가-힣]*)?"
    r"|localhost(:\d+)?(/[^가-힣]*)?|([a-z0-9-]+\.)+(com|net|org|kr|jp|io|dev|gov|edu|app|info|example|local|test)(:\d+)?(/[^가-힣]*)?"
)
"""the last word of what stands in an address bar; before it there may be a warning"""
WARNING = 3
"""words that a warning before an address has at most"""
ABOVE = (1.9, 4.3)
"""how far a browser's tabs stand above its address, from middle to middle, in heights of the address"""
HEAD, MOST_ABOVE = 12, 3
"""an address has at most so many rows of text within this many of its heights above it: tabs, a title, a menu bar"""
AROUND = 40
"""how far left and right of the address its window is looked through, in heights"""
OTHERS = ("cell", "list item", "tree item", "menu item")
"""an address that is one of these is no address bar"""
SHEET = re.compile(r"(Sheet|시트) ?\d{1,3}")
"""what spreadsheets call a new sheet"""
BELOW = 3
"""rows of text that a window may have below its tabs of sheets"""


def with_one_tab(
    lines: Sequence[TextLine], tabs: np.ndarray, chances: np.ndarray, probes: np.ndarray
) -> list[TextLine]:
    """The lines with all tabs of a row as such, one of each row selected and no other.

    (n,) `tabs` and `chances` of being a tab and of being selected, (n, PROBES, 3) colours. What stands in the row above a
    browser's address is its tabs, and a sheet's usual name at a window's foot is one, whatever they were taken for.
    """
    certain, sheets = browser_tabs(lines), sheet_tabs(lines)
    told = [
        replace(line, role="tab") if number in certain | sheets else line for number, line in enumerate(lines)
    ]
    likely = [n for n, line in enumerate(told) if line.role == "tab" or tabs[n] >= LEAST_BESIDE]
    for row in rows_of(told, likely):
        if all(told[number].role != "tab" for number in row):
            continue
        best = max(row, key=lambda number: chances[number])
        sure = (
            len(row) > 1
            or best in sheets
            or (tabs[best] >= LEAST_ALONE[0] and chances[best] >= LEAST_ALONE[1])
        )
        if certain.issuperset(row):
            best, sure = lit(row, probes, best), True
        for number in row:
            chosen = number == best and sure
            told[number] = replace(told[number], role="tab", state="selected" if chosen else None)
    return told


def lit(row: Sequence[int], probes: np.ndarray, likeliest: int) -> int:
    """Of a browser's tabs the one on another paper than the strip they stand on; the likeliest one where none differs."""
    strip = probes[row[-1], STRIP].astype(int)
    apart = np.abs(probes[row, 0] - strip).sum(axis=1)
    return row[int(apart.argmax())] if apart.max() >= APART else likeliest


def rows_of(lines: Sequence[TextLine], numbers: Sequence[int]) -> list[list[int]]:
    """These of the lines, those that stand side by side together."""
    rows: list[list[int]] = []
    for number in sorted(numbers, key=lambda number: lines[number].box.x):
        box = lines[number].box
        for row in rows:
            last = lines[row[-1]].box
            level = abs(last.centre[1] - box.centre[1]) < 0.5 * min(last.height, box.height)
            if level and box.x - last.right < TABS_APART * box.height:
                row.append(number)
                break
        else:
            rows.append([number])
    return rows


def browser_tabs(lines: Sequence[TextLine]) -> set[int]:
    """Numbers of the lines that stand in the row above a browser's address."""
    addresses = [
        number for number, line in enumerate(lines) if is_address(line.text) and line.role not in OTHERS
    ]
    return {tab for number in addresses for tab in row_above(lines, number)}


def sheet_tabs(lines: Sequence[TextLine]) -> set[int]:
    """Numbers of the lines that are named as new sheets are and stand at the foot of a window, under a grid."""
    return {
        number
        for number, line in enumerate(lines)
        if SHEET.fullmatch(line.text) and line.role not in ("list item", "menu item") and at_foot(lines, line)
    }


def at_foot(lines: Sequence[TextLine], line: TextLine) -> bool:
    """Whether there is more above the line than below it, and only a few rows of text below."""
    box = line.box
    reach = AROUND * box.height
    column = [one.box for one in lines if one.box.x < box.right + reach and one.box.right > box.x - reach]
    below = sorted(other.centre[1] for other in column if other.y > box.bottom)
    rows = sum(later - earlier > 0.6 * box.height for earlier, later in pairwise([box.centre[1], *below]))
    return rows <= BELOW and sum(other.bottom < box.y for other in column) > len(below)


def is_address(text: str) -> bool:
    """Whether a line may be what stands in a browser's address bar."""
    words = text.split()
    return 0 < len(words) <= WARNING + 1 and ADDRESS.fullmatch(words[-1]) is not None


def row_above(lines: Sequence[TextLine], address: int) -> list[int]:
    """Numbers of the lines in a browser's row of tabs; none where the address is not in a window's head."""
    box = lines[address].box
    high, (middle, level) = box.height, box.centre
    rows: list[list[int]] = []
    for number in sorted(range(len(lines)), key=lambda n: -lines[n].box.centre[1]):
        other = lines[number].box
        up = level - other.centre[1]
        if not 0.8 * high < up < HEAD * high or abs(other.centre[0] - middle) > AROUND * high + box.width / 2:
            continue
        if rows and abs(lines[rows[-1][0]].box.centre[1] - other.centre[1]) < 0.6 * other.height:
            rows[-1].append(number)
        else:
            rows.append([number])
    if not rows or len(rows) > MOST_ABOVE:
        return []
    up = (level - lines[rows[0][0]].box.centre[1]) / high
    return [n for n in rows[0] if len(lines[n].text) > 1] if ABOVE[0] <= up <= ABOVE[1] else []
