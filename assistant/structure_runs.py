"""Runs of alike things: tabs in a row, buttons of a dialog, check boxes under each other, entries of a menu or list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from assistant.structure_sheet import Sheet

EVEN = 0.35
"""share by which distances inside a run may differ from the usual one"""
NEXT = {
    "tab": 6.0,
    "button": 4.0,
    "menu item": 4.0,
    "check box": 8.0,
    "radio button": 8.0,
    "link": 6.0,
    "list item": 20.0,
    "icon": 20.0,
}
"""heights between the edges of neighbours in a row, by role"""
ANY_NEXT = 6.0
LIKE_HEIGHT = 0.7
IN_BLOCKS = frozenset({"icon", "list item", "button", "link"})
STACKED = frozenset({"check box", "radio button", "list item", "menu item", "link"})
LEAST = 2
"""members of a run whose roles are known; lines of unknown role need LEAST_UNKNOWN"""
LEAST_UNKNOWN = 3


def find_runs(sheet: Sheet, free: Sequence[int]) -> list[list[int]]:
    """Runs among the `free` lines, each in its order; no line is in two of them."""
    runs = [*stacks(sheet, free), *blocks(sheet, list(ranks(sheet, free)))]
    runs.sort(key=lambda run: (sheet.roles[run[0]] is None, -len(run)))
    found, taken = [], set()
    for run in runs:
        rest = [line for line in run if line not in taken]
        if len(rest) == len(run):
            found.append(run)
            taken |= set(run)
    return found


def stacks(sheet: Sheet, free: Sequence[int]) -> Iterator[list[int]]:
    """Lines of one role at one left edge under each other at even distances."""
    allowed = set(free)
    for chain in sheet.chains:
        run: list[int] = []
        for line in [*chain, -1]:
            if line in allowed and (not run or follows(sheet, run, line)):
                run.append(line)
                continue
            if long_enough(sheet, run):
                yield run
            run = [line] if line in allowed else []


def follows(sheet: Sheet, run: Sequence[int], line: int) -> bool:
    """Whether a line goes on a stack: role, left edge, height and distance as before."""
    last = run[-1]
    if sheet.roles[line] != sheet.roles[last] or not like_height(sheet, last, line):
        return False
    if abs(sheet.left[line] - sheet.left[last]) > max(4.0, 0.35 * sheet.height[line]):
        return False
    if len(run) < 2:
        return True
    step, before = sheet.down[line] - sheet.down[last], sheet.down[last] - sheet.down[run[-2]]
    loose = 2.0 if sheet.roles[line] in STACKED else 1 + EVEN
    return before / loose <= step <= before * loose


def ranks(sheet: Sheet, free: Sequence[int]) -> Iterator[list[int]]:
    """Lines of one role side by side, no farther apart than such things stand."""
    allowed, seen = set(free), set()
    for start in sorted(free, key=lambda line: sheet.left[line]):
        if start in seen:
            continue
        run = [start]
        while (line := right_of(sheet, run[-1], allowed)) is not None:
            run.append(line)
        seen |= set(run)
        for part in [run] if sheet.roles[start] is not None else evenly(sheet, run):
            if long_enough(sheet, part):
                yield part


def blocks(sheet: Sheet, runs: Sequence[list[int]]) -> Iterator[list[int]]:
    """Ranks as they are, and those of one known role that stand under each other at the same places made one run."""
    rest = sorted(runs, key=lambda run: sheet.down[run[0]])
    while rest:
        block, rest = list(rest[0]), rest[1:]
        first, role = block, sheet.roles[block[0]]
        for run in list(rest):
            under = role in IN_BLOCKS and sheet.roles[run[0]] == role and len(run) <= len(first)
            if under and all(
                abs(sheet.across[a] - sheet.across[b]) < 12 for a, b in zip(first, run, strict=False)
            ):
                block += run
                rest.remove(run)
        yield block


def right_of(sheet: Sheet, line: int, allowed: set[int]) -> int | None:
    """The next thing of the same role and height on the right, if it is near and nothing else is between."""
    reach = NEXT.get(sheet.roles[line] or "", ANY_NEXT) * min(sheet.height[line], 30.0)
    gaps = sheet.left - sheet.right[line]
    near = sheet.same_row[line] & (gaps > -0.3 * sheet.height[line]) & (gaps <= reach)
    near &= sheet.across > sheet.across[line]
    if not near.any():
        return None
    other = int(np.where(near, gaps, np.inf).argmin())
    alike = other in allowed and sheet.roles[other] == sheet.roles[line] and like_height(sheet, line, other)
    return other if alike else None


def evenly(sheet: Sheet, run: Sequence[int]) -> Iterator[list[int]]:
    """A rank of unknown role in parts whose gaps are about equal."""
    part = [run[0]]
    for line in run[1:]:
        gap = sheet.left[line] - sheet.right[part[-1]]
        before = sheet.left[part[-1]] - sheet.right[part[-2]] if len(part) > 1 else gap
        middle = sheet.across[line] - sheet.across[part[-1]]
        middle_before = sheet.across[part[-1]] - sheet.across[part[-2]] if len(part) > 1 else middle
        if close(gap, before) or close(middle, middle_before):
            part.append(line)
        else:
            yield part
            part = [line]
    yield part


def close(one: float, other: float) -> bool:
    return abs(one - other) <= max(6.0, EVEN * max(abs(one), abs(other)))


def like_height(sheet: Sheet, one: int, other: int) -> bool:
    return sheet.lower[one, other] >= LIKE_HEIGHT * max(sheet.height[one], sheet.height[other])


def long_enough(sheet: Sheet, run: Sequence[int]) -> bool:
    return len(run) >= (LEAST_UNKNOWN if not run or sheet.roles[run[0]] is None else LEAST)
