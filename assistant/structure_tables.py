"""Tables without their rules: columns are chains of aligned lines, and chains whose rows agree are one table."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from assistant.structure_sheet import LEAST_TOLERANCE, Sheet
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
HEAD_REACH = 3.5
"""heights above the first row within which heads are looked for"""
MOSTLY = 0.6
CARD_ROWS = 0.9
CELLS = frozenset({"cell", "header"})
FULL = 0.75
"""share of the places that a table of words needs to be told from a form"""
LEAST_FILLED = 0.5
"""share of a table's places that hold something; less is no table"""
THINGS = frozenset({"icon", "button", "check box", "radio button", "list item", "link", "tab"})
FAR_GRID = 4.5
"""rows of icons are at least this many heights of their names apart"""
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


class Columns:
    """Left and right of a table's columns, and the column of every line of the sheet."""

    def __init__(self, sheet: Sheet, spans: Sequence[tuple[float, float]]) -> None:
        self.spans = list(spans)
        starts, ends = np.array(self.spans, dtype=np.float64).reshape(-1, 2).T
        shared = np.minimum.outer(sheet.right, ends) - np.maximum.outer(sheet.left, starts)
        begun = np.abs(np.subtract.outer(sheet.left, starts)) <= LEAST_TOLERANCE
        shared[begun & (begun.sum(axis=1) == 1)[:, None]] = np.inf
        self.of: list[int] = shared.argmax(axis=1).tolist() if self.spans else []
        """line → the column that begins where it does, else the one that shares most of its width or is nearest"""

    def __len__(self) -> int:
        return len(self.spans)


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


def marked_heads(sheet: Sheet, row: Sequence[int]) -> bool:
    """Whether at least two lines of a row are heads by role."""
    return sum(sheet.roles[line] == "header" for line in row) >= 2


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


def in_rows(sheet: Sheet, members: Sequence[int]) -> list[list[int]]:
    """The members row by row from the top, each row from the left."""
    rows: list[list[int]] = []
    for line in sorted(members, key=lambda line: sheet.down[line]):
        if rows and sheet.same_row[rows[-1][0], line]:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: sheet.left[line]) for row in rows]


def pitch_of(sheet: Sheet, rows: Sequence[Sequence[int]]) -> float:
    """The usual distance of rows, in pixels."""
    return float(np.median(np.diff([sheet.down[row[0]] for row in rows]))) if len(rows) > 1 else 0.0


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


def step(sheet: Sheet, above: Sequence[int], below: Sequence[int]) -> float:
    return float(sheet.down[below[0]] - sheet.down[above[0]])


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


def column_spans(sheet: Sheet, rows: Sequence[Sequence[int]], heads: Sequence[int]) -> Columns:
    """The columns, from the left: what overlaps is one column; heads count where they stand alone."""
    spans = [[float(sheet.left[line]), float(sheet.right[line])] for line in heads]
    lines = {line for row in rows for line in row} - set(heads)
    for line in sorted(lines, key=lambda line: sheet.right[line] - sheet.left[line]):
        left, right = float(sheet.left[line]), float(sheet.right[line])
        over = [span for span in spans if min(span[1], right) - max(span[0], left) > 0]
        if not over:
            spans.append([left, right])
        elif len(over) == 1 and not heads:
            over[0][0], over[0][1] = min(over[0][0], left), max(over[0][1], right)
    return Columns(sheet, [(left, right) for left, right in sorted(spans)])


def with_heads_joined(
    sheet: Sheet, rows: Sequence[Sequence[int]], heads: Sequence[int], columns: Columns
) -> Columns:
    """Columns in which a head that stands over no cell is put over the cells beside it that have no head."""
    filled = {columns.of[line] for row in rows for line in row}
    headed = {columns.of[line] for line in heads}
    joined: list[tuple[float, float]] = []
    bare = dict(enumerate(columns.spans))
    for column, (left, right) in enumerate(columns.spans):
        before = column - 1
        lone_head = column in headed - filled and before in filled - headed
        lone_cells = column in filled - headed and before in headed - filled
        if before in bare and (lone_head or lone_cells):
            joined[-1] = (joined[-1][0], right)
            del bare[column]
        else:
            joined.append((left, right))
    return Columns(sheet, joined)


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


def share(sheet: Sheet, lines: Sequence[int], kind: Callable[[str], bool]) -> float:
    """How many of the lines' texts are of a kind, 0…1."""
    return sum(kind(sheet.texts[line]) for line in lines) / len(lines)


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
