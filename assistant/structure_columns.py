"""The rows and columns of a table, told from where its cells stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from assistant.structure_sheet import LEAST_TOLERANCE, Sheet


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


def step(sheet: Sheet, above: Sequence[int], below: Sequence[int]) -> float:
    return float(sheet.down[below[0]] - sheet.down[above[0]])


def share(sheet: Sheet, lines: Sequence[int], kind: Callable[[str], bool]) -> float:
    """How many of the lines' texts are of a kind, 0…1."""
    return sum(kind(sheet.texts[line]) for line in lines) / len(lines)
