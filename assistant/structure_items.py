"""Lists whose entries have several lines: conversations, mails, search results. Told by a step that alternates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from assistant.structure_sheet import Sheet
from assistant.text_kinds import number_like

APART = 1.35
"""the step to the next entry, in steps inside of one"""
EVEN = 0.25
"""share by which the distances of entries may differ"""
LEAST_ENTRIES = 3
MOST_LINES = 4
ASIDE = 0.3
"""share of the entries that need a line at one edge for it to belong to them"""


@dataclass(frozen=True)
class Entries:
    """A list of entries; each holds lines, its title first."""

    entries: tuple[tuple[int, ...], ...]

    def names(self, line: int, entry: Sequence[int]) -> tuple[int, ...]:
        """An entry's title names its lines; the title is named by the line under it."""
        others = [other for other in entry[1:] if other != line]
        return (entry[0],) if line != entry[0] else tuple(others[:1])


def find_entries(sheet: Sheet, taken: set[int]) -> list[Entries]:
    """All lists of at least LEAST_ENTRIES entries with the same number of lines at the left edge."""
    found = []
    for chain in sheet.chains:
        lines = [line for line in chain if line not in taken]
        parts = entries_of(sheet, lines)
        if len(parts) >= LEAST_ENTRIES:
            entries = Entries(tuple(with_asides(sheet, parts, taken)))
            found.append(entries)
            taken = taken | {line for entry in entries.entries for line in entry}
    return found


def entries_of(sheet: Sheet, lines: Sequence[int]) -> list[list[int]]:
    """A chain cut into entries, or nothing when its steps do not alternate evenly."""
    if len(lines) < 2 * LEAST_ENTRIES or any(sheet.roles[line] in ("header", "menu item") for line in lines):
        return []
    left = float(np.median(sheet.left[list(lines)]))
    lines = [line for line in lines if abs(sheet.left[line] - left) <= 0.5 * sheet.height[line]]
    steps = np.diff(sheet.down[list(lines)])
    if len(steps) < 2 * LEAST_ENTRIES - 1:
        return []
    bound = (steps.min() + np.percentile(steps, 90)) / 2
    if APART * steps[steps <= bound].max() > steps[steps > bound].min(initial=np.inf):
        return []
    parts = [[lines[0]]]
    for line, step in zip(lines[1:], steps, strict=True):
        if step > bound:
            parts.append([])
        parts[-1].append(line)
    sizes = [len(part) for part in parts]
    usual = max(set(sizes), key=sizes.count)
    parts = longest([part if len(part) == usual else None for part in parts])
    if not 1 < usual <= MOST_LINES or len(parts) < LEAST_ENTRIES:
        return []
    between = np.diff([sheet.down[part[0]] for part in parts])
    return parts if np.all(np.abs(between / np.median(between) - 1) <= EVEN) else []


def longest(parts: Sequence[list[int] | None]) -> list[list[int]]:
    """The longest run of parts without None."""
    best: list[list[int]] = []
    run: list[list[int]] = []
    for part in parts:
        run = [*run, part] if part is not None else []
        best = max(best, run, key=len)
    return best


def with_asides(sheet: Sheet, parts: Sequence[Sequence[int]], taken: set[int]) -> list[tuple[int, ...]]:
    """The entries with what stands at their right: times, numbers of unread messages."""
    tops = [min(sheet.top[line] for line in part) for part in parts]
    pitch = float(np.median([below - above for above, below in pairwise(tops)]))
    inside = {line for part in parts for line in part}
    left = min(sheet.left[line] for line in inside)
    beside: list[list[int]] = [[] for _ in parts]
    for number, top in enumerate(tops):
        within = (sheet.down > top - 2) & (sheet.down < top + 0.9 * pitch) & (sheet.left > left)
        beside[number] = [int(line) for line in np.flatnonzero(within) if line not in inside | taken]
    edges = np.array([sheet.right[line] for some in beside for line in some])
    depths = np.array(
        [sheet.down[line] - top for some, top in zip(beside, tops, strict=True) for line in some]
    )
    whose = np.array([number for number, some in enumerate(beside) for _ in some])
    entries = []
    for part, some, top in zip(parts, beside, tops, strict=True):
        kept = []
        for line in some:
            alike = (np.abs(edges - sheet.right[line]) <= 4) & (
                np.abs(depths - (sheet.down[line] - top)) <= 4
            )
            if len(set(whose[alike].tolist())) >= max(2, ASIDE * len(parts)):
                kept.append(line)
        words = [line for line in part if not number_like(sheet.texts[line])] or list(part)
        entries.append((words[0], *(line for line in (*part, *kept) if line != words[0])))
    return entries
