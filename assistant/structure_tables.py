"""Tables without their rules: columns are chains of aligned lines, and chains whose rows agree are one table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from assistant.structure_columns import (
    Columns,
    column_spans,
    in_rows,
    pitch_of,
    share,
    step,
    with_heads_joined,
)
from assistant.structure_heads import CELLS, MOSTLY, are_cards, header_of, heads_on_top, is_grid, marked_heads
from assistant.structure_sheet import Sheet
from assistant.text_kinds import has_access_key, label_like, number_like, single_letter, total_like

AGREE = 0.8
"""share of two chains' rows, where both have some, that must be the same rows"""
FAR_ROW = 2.3
"""a first row this many usual row distances above the next is no part of the table unless it is marked as heads"""
OFF_ROW = 1.8
"""the same for what stands above the first few rows"""
FIRST_GAP = 12.0
"""heights between a first column that is not aligned and the next"""
SPARSE_ROW = 0.5
"""a first or last row with a smaller share of the usual row's cells is not the table's"""
LEAST_FILLED = 0.5
"""share of a table's places that hold something; less is no table"""
CODE = re.compile(r"[A-Za-z]{0,4}[-_]?\d[\dA-Za-z\-_.]*|[A-Za-z]")
"""an article's or a customer's number: it names a row less well than a word does"""


@dataclass
class Table:
    """Where the cells of one table are. Rows count from 0, which is the heads' where there are heads."""

    cells: dict[int, tuple[int, int]] = field(default_factory=dict)
    """line → (row, column)"""
    heads: dict[int, int] = field(default_factory=dict)
    """column → line"""
    row_heads: dict[int, int] = field(default_factory=dict)
    """row → line"""
    keys: dict[int, int] = field(default_factory=dict)
    """row → line of its first cell (a number, a code, a date), where that is not its head: it names the head"""
    controls: set[int] = field(default_factory=set)
    """cells of a form that are named by nothing: check boxes, labels themselves"""
    totals: set[int] = field(default_factory=set)
    """rows of sums"""
    headed: bool = False
    """row 0 are heads"""
    grid: bool = False
    """no table at all: alike things in rows and columns, such as icons or keys"""
    cards: bool = False
    """the columns are things and the rows are what is said of them: only the heads name a cell"""

    @property
    def body(self) -> list[int]:
        """Rows that hold things: neither heads nor sums."""
        first = 1 if self.headed or self.cards else 0
        return sorted({row for row, _ in self.cells.values() if row >= first} - self.totals)

    def names(self, line: int) -> tuple[int, ...]:
        """The lines that name this cell: its row's head, then its column's."""
        row, column = self.cells[line]
        if self.headed and row == 0:
            return ()
        if line in self.controls:
            return ()
        head = self.row_heads.get(row)
        found = [self.keys.get(row) if head == line else head, self.heads.get(column)]
        return tuple(name for name in found if name is not None and name != line)


def find_tables(sheet: Sheet, elsewhere: set[int]) -> list[Table]:
    """All tables of at least two columns and, with heads, three rows (two where roles say that it is one).

    Lines of `elsewhere` already belong to something.
    """
    letters, numbers = rulers(sheet)
    outside = set(letters) | set(numbers) | elsewhere
    chains = [[line for line in chain if line not in outside] for chain in sheet.chains]
    chains = [chain for chain in chains if len(chain) > 1]
    tables, taken = [], set(outside)
    for group in sorted(agreeing(sheet, chains), key=lambda group: -sum(map(len, group))):
        members = [line for chain in group for line in chain if line not in taken]
        for rows in parts(sheet, in_rows(sheet, members)):
            table = made_table(sheet, rows, taken)
            if table is not None:
                with_rulers(sheet, table, letters, numbers)
                taken |= set(table.cells)
                tables.append(table)
    return tables


def rulers(sheet: Sheet) -> tuple[list[int], list[int]]:
    """The letters above and the numbers beside a spreadsheet's cells; both empty where there is no such pair."""
    letters = [line for line, text in enumerate(sheet.texts) if single_letter(text)]
    for chain in sheet.chains:
        numbers = [line for line in chain if sheet.texts[line].strip().isdecimal()]
        if len(numbers) < 4 or (np.diff([int(sheet.texts[line]) for line in numbers]) == 1).mean() < MOSTLY:
            continue
        top, right = sheet.down[numbers[0]], sheet.right[numbers].max()
        above = sorted(
            (line for line in letters if sheet.down[line] < top and sheet.left[line] > right),
            key=lambda line: (-sheet.down[line], sheet.left[line]),
        )
        row = sorted(
            (line for line in above if sheet.same_row[above[0], line]), key=lambda line: sheet.left[line]
        )
        steps = np.diff([ord(sheet.texts[line].strip()) for line in row])
        if len(row) > 2 and (steps >= 1).all() and (steps == 1).mean() >= 0.5:
            return row, numbers
    return [], []


def agreeing(sheet: Sheet, chains: Sequence[list[int]]) -> list[list[list[int]]]:
    """Chains in groups whose rows are the same rows."""
    count = len(chains)
    if count < 2:
        return []
    members = np.zeros((count, len(sheet)))
    for number, chain in enumerate(chains):
        members[number, chain] = 1
    first = np.array([sheet.down[chain[0]] for chain in chains]) - 3
    last = np.array([sheet.down[chain[-1]] for chain in chains]) + 3
    inside = (sheet.down[:, None] >= first) & (sheet.down[:, None] <= last)
    together = np.minimum(members @ sheet.same_row @ members.T, np.inf)
    within = members @ inside  # within[a, b]: lines of a in the stretch of b
    fewer = np.minimum(within, within.T)
    cells = np.array([sum(sheet.roles[line] in CELLS for line in chain) >= 2 for chain in chains])
    enough = np.where(np.logical_and.outer(cells, cells), 2, 3)
    agree = (together >= enough) & (together >= AGREE * fewer)
    parent = list(range(count))

    def root(one: int) -> int:
        while parent[one] != one:
            one = parent[one]
        return one

    for one, other in zip(*np.nonzero(np.triu(agree, 1)), strict=True):
        parent[root(int(one))] = root(int(other))
    groups: dict[int, list[list[int]]] = {}
    for number, chain in enumerate(chains):
        groups.setdefault(root(number), []).append(chain)
    return [group for group in groups.values() if len(group) > 1]


def parts(sheet: Sheet, rows: list[list[int]]) -> list[list[list[int]]]:
    """Rows parted where they are far apart and above rows of heads."""
    if not rows:
        return []
    pitch = pitch_of(sheet, rows)
    found = [[rows[0]]]
    for before, row in pairwise(rows):
        far = sheet.down[row[0]] - sheet.down[before[0]] > FAR_ROW * pitch and not marked_heads(sheet, before)
        if far or (marked_heads(sheet, row) and not marked_heads(sheet, before)):
            found.append([])
        found[-1].append(row)
    return found


def made_table(sheet: Sheet, rows: list[list[int]], taken: set[int]) -> Table | None:
    """A table out of the rows of agreeing chains, or None when they are none."""
    heads = header_of(sheet, rows, taken)
    members = {line for row in rows for line in row} | set(heads)
    rows = [row for row in rows if not set(row) & set(heads)]
    full = [row for row in rows if len(row) > 1]
    if len(full) < 2:
        return None
    columns = column_spans(sheet, full, heads)
    rows = trimmed(sheet, rows, bool(heads))
    rows = [row + absorbed(sheet, row, columns, taken | members) for row in rows]
    rows = with_first_column(sheet, rows, taken)
    if len(rows) < 2 or len(columns) < 2:
        return None
    columns = column_spans(sheet, rows, heads)
    places = {(number, columns.of[line]) for number, row in enumerate(rows) for line in row}
    if len(places) < LEAST_FILLED * len(rows) * len(columns) and not heads:
        return None
    if not heads and is_grid(sheet, rows, columns):
        return Table({line: (0, 0) for row in rows for line in row}, grid=True)
    cards = not heads and are_cards(sheet, rows, columns)
    if not heads and not cards:
        heads, rows = heads_on_top(sheet, rows, columns)
        columns = column_spans(sheet, rows, heads)
    columns = with_heads_joined(sheet, rows, heads, columns)
    table = Table(headed=bool(heads), cards=cards)
    for line in heads:
        column = columns.of[line]
        table.heads.setdefault(column, line)
        table.cells[line] = (0, column)
    for number, row in enumerate(rows, start=1 if heads else 0):
        for line in row:
            table.cells[line] = (number, columns.of[line])
    if cards:
        table.heads = {column: line for line, (row, column) in table.cells.items() if row == 0}
    else:
        name_rows(sheet, table)
    return table


def trimmed(sheet: Sheet, rows: list[list[int]], headed: bool) -> list[list[int]]:
    """Without rows that hold much less than the usual one, and what stands off, at the top and the bottom."""
    least = max(1.5, SPARSE_ROW * float(np.median([len(row) for row in rows])))
    while rows and len(rows[0]) < least:
        rows = rows[1:]
    while rows and len(rows[-1]) < least:
        rows = rows[:-1]
    pitch = pitch_of(sheet, rows)
    off = [n for n in range(1, min(4, len(rows) - 2)) if step(sheet, rows[n - 1], rows[n]) > OFF_ROW * pitch]
    return rows[off[-1] :] if off and not headed else rows


def absorbed(sheet: Sheet, row: Sequence[int], columns: Columns, taken: set[int]) -> list[int]:
    """Lines in the row's height and inside the table that no chain holds: cells with empty ones above and below."""
    left, right = columns.spans[0][0], columns.spans[-1][1]
    return [
        int(line)
        for line in np.flatnonzero(sheet.same_row[row[0]])
        if line not in taken and sheet.left[line] >= left - 3 and sheet.right[line] <= right + 3
    ]


def with_first_column(sheet: Sheet, rows: list[list[int]], taken: set[int]) -> list[list[int]]:
    """The rows with the words on their left, where most have some: a tree's names stand at several left edges."""
    members = {line for row in rows for line in row}
    if share(sheet, sorted(members), number_like) < MOSTLY:
        return rows
    before = []
    for row in rows:
        first = min(row, key=lambda line: sheet.left[line])
        other = sheet.left_neighbour[first]
        near = other is not None and sheet.left[first] - sheet.right[other] < FIRST_GAP * sheet.height[first]
        fits = near and other not in taken | members and sheet.same_row[first, other]
        before.append(other if fits and not number_like(sheet.texts[other]) else None)
    if (
        any(number_like(sheet.texts[row[0]]) for row in rows)
        and sum(b is not None for b in before) > len(rows) / 2
    ):
        return [row if other is None else [other, *row] for row, other in zip(rows, before, strict=True)]
    return rows


def name_rows(sheet: Sheet, table: Table) -> None:
    """Find each row's head: its cell in the first column of distinct words. Tells rows of sums by it."""
    columns: dict[int, list[int]] = {}
    rows: dict[int, list[int]] = {}
    for line, (row, column) in table.cells.items():
        if not (table.headed and row == 0):
            columns.setdefault(column, []).append(line)
            rows.setdefault(row, []).append(line)
    most = max(len(some) for some in columns.values())
    full = [column for column in sorted(columns) if len(columns[column]) >= 0.8 * most] or sorted(columns)
    wordy = [column for column in full if share(sheet, columns[column], number_like) < 0.5]
    better = [column for column in wordy if share(sheet, columns[column], code_like) < 0.5]
    distinct = [
        c for c in better if len({sheet.texts[line] for line in columns[c]}) >= MOSTLY * len(columns[c])
    ]
    naming = [*distinct, *better, *wordy, *full][0]
    for row, some in rows.items():
        words = [line for line in some if not number_like(sheet.texts[line])]
        heads = [line for line in some if table.cells[line][1] == naming] or words or some
        head = min(heads, key=lambda line: sheet.left[line])
        table.row_heads[row] = head
        if not table.headed:
            table.controls |= {
                line for line in some if label_like(sheet.texts[line]) or has_access_key(sheet.texts[line])
            }
        before = [line for line in some if table.cells[line][1] < naming]
        if before:
            table.keys[row] = min(before, key=lambda line: sheet.left[line])
        if any(total_like(sheet.texts[line]) for line in some):
            table.totals.add(row)


def code_like(text: str) -> bool:
    return CODE.fullmatch(text.strip()) is not None


def with_rulers(sheet: Sheet, table: Table, letters: Sequence[int], numbers: Sequence[int]) -> None:
    """Let a spreadsheet's letters and numbers name what has no better head."""
    if not table.heads:
        for letter in letters:
            over = [
                line for line in table.cells if sheet.left[line] <= sheet.across[letter] <= sheet.right[line]
            ]
            if over:
                table.heads.setdefault(table.cells[over[0]][1], letter)
    for line, (row, _) in table.cells.items():
        number = next((n for n in numbers if sheet.same_row[line, n]), None)
        head = sheet.texts[table.row_heads.get(row, line)]
        if number is not None and head.strip().lstrip("-").replace(",", "").replace(".", "").isdecimal():
            table.row_heads[row] = number
