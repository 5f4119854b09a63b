"""How the lines of a screen belong together, told by where they stand: tables, labels and values, runs of alike things.

Looks at boxes, texts and roles only, never at pixels. Roles help but need not be known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.frames import TextLine
from assistant.structure_items import find_entries
from assistant.structure_labels import form_labels, label_of
from assistant.structure_runs import find_runs
from assistant.structure_sheet import Sheet
from assistant.structure_tables import Table, find_tables

MOST_LINES = 600
"""of more lines only so many are arranged, from the first; the rest stand alone"""


@dataclass(frozen=True)
class Place:
    """What a line belongs to. Numbers of lines are indexes into what `arrange` was given."""

    names: tuple[int, ...] = ()
    """lines that name this one: row head and column head of a table's cell, the label of a value, a card's title"""
    table: int | None = None
    """which table, from 0"""
    row: int | None = None
    """row of the table from 0, which is the heads' where there are heads"""
    column: int | None = None
    group: int | None = None
    """which run of alike things: tabs, buttons of a dialog, entries of a list or menu, rows of a table"""
    index: int = 0
    """place in the run from 0; in a table the row, heads and sums not counted"""
    count: int = 0
    """how many things the run has"""


def arrange(lines: Sequence[TextLine], size: tuple[int, int]) -> tuple[Place, ...]:
    """One place per line, in the lines' order. `size` is width and height of the frame in pixels."""
    sheet = Sheet(list(lines[:MOST_LINES]))
    places = [Place()] * len(lines)
    groups = 0
    for entries in find_entries(sheet, set()):
        for index, entry in enumerate(entries.entries):
            for line in entry:
                names = entries.names(line, entry)
                places[line] = Place(names, group=groups, index=index, count=len(entries.entries))
        groups += 1
    free = [line for line in range(len(sheet)) if places[line].group is None]
    for number, table in enumerate(find_tables(sheet, set(range(len(sheet))) - set(free))):
        groups += placed(table, number, groups, places)
    free = [line for line in free if places[line].table is None and places[line].group is None]
    for run in find_runs(sheet, free):
        for index, line in enumerate(run):
            places[line] = replace(places[line], group=groups, index=index, count=len(run))
        groups += 1
    named = {name for place in places for name in place.names}
    alone = {line for line in range(len(sheet)) if places[line].table is None and not places[line].names}
    values = form_labels(sheet, alone - named)
    for line in sorted(alone):
        label = values.get(line, label_of(sheet, line, named))
        if label is not None:
            places[line] = replace(places[line], names=(label,))
    return tuple(places)


def placed(table: Table, number: int, group: int, places: list[Place]) -> int:
    """Write a table's cells into `places`; returns how many groups that took: rows, and heads or cards."""
    if table.grid:
        for index, line in enumerate(table.cells):
            places[line] = Place(group=group, index=index, count=len(table.cells))
        return 1
    order = {row: index for index, row in enumerate(table.body)}
    heads = sorted(table.heads.items())
    for line, (row, column) in table.cells.items():
        place = Place(table.names(line), number, row, column)
        if row in order and not table.cards:
            place = replace(place, group=group, index=order[row], count=len(order))
        places[line] = place
    if table.headed or table.cards:
        for index, (_, line) in enumerate(heads):
            places[line] = replace(places[line], group=group + 1, index=index, count=len(heads))
    return 2
