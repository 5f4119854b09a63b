"""What kind of table it is: which lines are its heads, and whether it is a grid of icons or a row of cards."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from assistant.structure_columns import Columns, pitch_of, share
from assistant.structure_sheet import LEAST_TOLERANCE, Sheet
from assistant.text_kinds import number_like

HEAD_REACH = 3.5
"""heights above the first row within which heads are looked for"""
MOSTLY = 0.6
CARD_ROWS = 0.9
CELLS = frozenset({"cell", "header"})
FULL = 0.75
"""share of the places that a table of words needs to be told from a form"""
THINGS = frozenset({"icon", "button", "check box", "radio button", "list item", "link", "tab"})
FAR_GRID = 4.5
"""rows of icons are at least this many heights of their names apart"""


def header_of(sheet: Sheet, rows: Sequence[Sequence[int]], taken: set[int]) -> list[int]:
    """The lines above or on top of the rows that are heads for certain: by role, or text over columns of numbers."""
    if not rows:
        return []
    left = min(sheet.left[line] for row in rows for line in row)
    right = max(sheet.right[line] for row in rows for line in row)
    top = sheet.down[rows[0][0]]
    reach = max(HEAD_REACH * float(np.median(sheet.height[rows[0]])), 1.5 * pitch_of(sheet, rows))
    marked = [
        line
        for line, role in enumerate(sheet.roles)
        if role == "header"
        and line not in taken
        and top - reach <= sheet.down[line] <= top + 3
        and sheet.right[line] > left
        and sheet.left[line] < right
    ]
    if len(marked) < 2:
        return []
    lowest = max(marked, key=lambda line: sheet.down[line])
    row = [
        line
        for line in range(len(sheet))
        if sheet.roles[line] == "header" and sheet.same_row[lowest, line] and touching(sheet, line, marked)
    ]
    return row if len(row) > 1 else []


def touching(sheet: Sheet, line: int, marked: Sequence[int]) -> bool:
    """Whether a head belongs to the marked ones: it is one, or stands next to one without a gap."""
    return line in marked or any(sheet.overlap[line, other] > -2 for other in marked)


def marked_heads(sheet: Sheet, row: Sequence[int]) -> bool:
    """Whether at least two lines of a row are heads by role."""
    return sum(sheet.roles[line] == "header" for line in row) >= 2


def heads_on_top(sheet: Sheet, rows: list[list[int]], columns: Columns) -> tuple[list[int], list[list[int]]]:
    """The heads, told by the texts (empty when there are none), and the rows under them."""
    for first in range(min(3, len(rows) - 2), -1, -1):
        if looks_like_heads(sheet, rows[first:], columns) and len(rows[first]) >= len(rows[0]):
            return rows[first], rows[first + 1 :]
    return [], rows


def looks_like_heads(sheet: Sheet, rows: Sequence[Sequence[int]], columns: Columns) -> bool:
    """Whether the first row are heads: words over numbers, or in a wide table distinct words found nowhere below."""
    first = rows[0]
    texts = [sheet.texts[line] for line in first]
    if len(rows) < 3 or any(number_like(text) for text in texts) or len(set(texts)) < len(texts):
        return False
    if len(first) < max(2, 0.5 * len(columns)):
        return False
    below: dict[int, list[int]] = {}
    for row in rows[1:]:
        for line in row:
            below.setdefault(columns.of[line], []).append(line)
    for line in first:
        others = below.get(columns.of[line], [])
        if others and share(sheet, others, number_like) > MOSTLY:
            return len(columns) > 2 or (len(rows) > 3 and one_unit([sheet.texts[other] for other in others]))
    filled = sum(len(some) for some in below.values()) / (len(columns) * (len(rows) - 1))
    rest = {sheet.texts[line] for row in rows[1:] for line in row}
    return len(columns) >= 3 and filled >= FULL and not rest & set(texts)


def one_unit(texts: Sequence[str]) -> bool:
    """Whether most amounts have the same unit; what a form lists has several."""
    units = [re.sub(r"[\d\s.,:+−-]", "", text) for text in texts]
    return max(units.count(unit) for unit in units) > FULL * len(units)


def is_grid(sheet: Sheet, rows: Sequence[Sequence[int]], columns: Columns) -> bool:
    """Whether they are alike things in rows and columns: by role, or centred at even distances, far apart or tiny."""
    lines = [line for row in rows for line in row]
    roles = [sheet.roles[line] for line in lines]
    things = [role for role in roles if role in THINGS]
    if len(things) > MOSTLY * len(lines) and len(set(things)) == 1:
        return True
    if len(columns) < 3 or any(role in CELLS for role in roles):
        return False
    middles = np.array(
        [
            np.median([sheet.across[line] for line in lines if columns.of[line] == c])
            for c in range(len(columns))
        ]
    )
    steps = np.diff(middles)
    if np.any(np.abs(steps / np.median(steps) - 1) > 0.12):
        return False
    off = [abs(sheet.across[line] - middles[columns.of[line]]) for line in lines]
    if np.percentile(off, 90) > LEAST_TOLERANCE:
        return False
    tiny = all(len(sheet.texts[line]) <= 2 for line in lines) and len(rows) <= 5 and len(columns) <= 6
    return tiny or pitch_of(sheet, rows) > FAR_GRID * float(np.median(sheet.height[lines]))


def are_cards(sheet: Sheet, rows: Sequence[Sequence[int]], columns: Columns) -> bool:
    """Whether columns are things, titles on top: rows hold one kind of text, and every column both kinds."""
    if len(rows) < 3 or any(number_like(sheet.texts[line]) for line in rows[0]):
        return False
    shares = [float(np.mean([number_like(sheet.texts[line]) for line in row])) for row in rows]
    if np.mean([max(share, 1 - share) for share in shares]) < CARD_ROWS:
        return False
    for column in range(len(columns)):
        below = [line for row in rows[1:] for line in row if columns.of[line] == column]
        share = np.mean([number_like(sheet.texts[line]) for line in below]) if below else 0.0
        if not 0.2 < share < 0.7:
            return False
    return True
