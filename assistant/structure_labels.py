"""What names a value outside of tables: a label beside or above it, a menu entry for its keys."""

from __future__ import annotations

import numpy as np

from assistant.structure_sheet import Sheet
from assistant.text_kinds import has_access_key, key_combination, label_like, number_like

FIELDS = frozenset({"text field", "combo box"})
CHOICES = frozenset({"check box", "radio button"})
FAR_LABEL = 20.0
"""heights between a label and its value in one row"""
FORM_EDGE = 1.4
"""heights by which the left edges of a form's values differ: fields have room inside, plain text has none"""
ABOVE = 2.6
"""heights from the middle of a label to that of the field under it"""


def form_labels(sheet: Sheet, free: set[int]) -> dict[int, int]:
    """Value → label, where labels stand under each other and most have something at their right, at about one edge."""
    named: dict[int, int] = {}
    for chain in sheet.chains:
        labels = [line for line in chain if line in free and sheet.roles[line] in (None, "cell", "header")]
        labels = [line for line in labels if not number_like(sheet.texts[line])]
        pairs = [(label, value) for label in labels if (value := value_of(sheet, label, free)) is not None]
        if len(pairs) < 3 or len(pairs) < 0.6 * len(labels):
            continue
        edge = float(np.median([sheet.left[value] for _, value in pairs]))
        near = [(a, v) for a, v in pairs if abs(sheet.left[v] - edge) <= FORM_EDGE * sheet.height[v]]
        widest = max(sheet.right[label] for label, _ in near) if near else 0.0
        if len(near) >= 0.75 * len(pairs) and all(sheet.left[value] >= widest - 2 for _, value in near):
            named |= {value: label for label, value in near if value not in named}
    return named


def value_of(sheet: Sheet, label: int, free: set[int]) -> int | None:
    """What stands at a label's right, if it is no label and no control itself."""
    right = sheet.beside[label] & (sheet.left >= sheet.right[label] - 2)
    if not right.any():
        return None
    value = int(np.where(right, sheet.left, np.inf).argmin())
    far = sheet.left[value] - sheet.right[label] > FAR_LABEL * sheet.height[label]
    other = label_like(sheet.texts[value]) or has_access_key(sheet.texts[value]) or value not in free
    return None if far or other or sheet.roles[value] not in (None, "cell", *FIELDS) else value


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
