"""What names a value outside of tables: a label beside or above it, a menu entry for its keys."""

from __future__ import annotations

import numpy as np

from assistant.structure_sheet import Sheet
from assistant.text_kinds import has_access_key, key_combination, label_like

FIELDS = frozenset({"text field", "combo box"})
CHOICES = frozenset({"check box", "radio button"})
FAR_LABEL = 20.0
"""heights between a label and its value in one row"""
ABOVE = 2.6
"""heights from the middle of a label to that of the field under it"""


def label_of(sheet: Sheet, line: int, naming: set[int]) -> int | None:
    """The line that names this one, if one does. Lines of `naming` already name others."""
    if label_like(sheet.texts[line]):
        return None
    before = sheet.left_neighbour[line]
    if before is not None and named_from_left(sheet, before, line):
        return before
    if sheet.roles[line] in FIELDS or (sheet.roles[line] is None and not has_access_key(sheet.texts[line])):
        return label_above(sheet, line, naming)
    return None


def named_from_left(sheet: Sheet, before: int, line: int) -> bool:
    """Whether the left neighbour is a label of the line, or the entry of a key combination."""
    if key_combination(sheet.texts[line]):
        return not key_combination(sheet.texts[before])
    if sheet.roles[before] not in (None, "cell", "header"):
        return False
    if sheet.left[line] - sheet.right[before] > FAR_LABEL * sheet.height[before]:
        return False
    if label_like(sheet.texts[before]):
        return sheet.roles[line] != "button" and not has_access_key(sheet.texts[line])
    return sheet.roles[line] in FIELDS


def label_above(sheet: Sheet, line: int, naming: set[int]) -> int | None:
    """A label right above at the same left edge: for fields any plain text, else only one with a colon."""
    steps = sheet.down[line] - sheet.down
    low = np.minimum(sheet.height, sheet.height[line])
    near = (steps > 0.6 * low) & (steps <= ABOVE * low + 0.5 * (sheet.height[line] - low))
    near &= np.abs(sheet.left - sheet.left[line]) <= np.maximum(6.0, 0.9 * low)
    field = sheet.roles[line] in FIELDS
    labels = [
        int(other)
        for other in np.flatnonzero(near)
        if sheet.roles[other] is None
        and (field or label_like(sheet.texts[other]))
        and other not in naming
        and not beside_value(sheet, int(other))
    ]
    return min(labels, key=lambda other: steps[other], default=None)


def beside_value(sheet: Sheet, label: int) -> bool:
    """Whether something stands right beside a label, which then is what it names."""
    right = sheet.beside[label] & (sheet.left >= sheet.right[label] - 2)
    return bool((right & (sheet.left - sheet.right[label] < FAR_LABEL * sheet.height[label])).any())
