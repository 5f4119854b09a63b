"""What names a value outside of tables: a label beside or above it, a menu entry for its keys."""

from __future__ import annotations

from assistant.structure_sheet import Sheet
from assistant.text_kinds import key_combination, label_like

FIELDS = frozenset({"text field", "combo box"})
CHOICES = frozenset({"check box", "radio button"})
FAR_LABEL = 20.0
"""heights between a label and its value in one row"""
ABOVE = 2.6
"""heights from the middle of a label to that of the field under it"""


def label_of(sheet: Sheet, line: int) -> int | None:
    """The line that names this one, if one does."""
    before = sheet.left_neighbour[line]
    if before is not None and named_from_left(sheet, before, line):
        return before
    if sheet.roles[line] in FIELDS or sheet.roles[line] is None:
        return label_above(sheet, line)
    return None


def named_from_left(sheet: Sheet, before: int, line: int) -> bool:
    """Whether the left neighbour is a label of the line, or the entry of a key combination."""
    if key_combination(sheet.texts[line]):
        return not key_combination(sheet.texts[before])
    if sheet.roles[before] not in (None, "cell", "header"):
        return False
    if sheet.left[line] - sheet.right[before] > FAR_LABEL * sheet.height[before]:
        return False
    if label_like(sheet.texts[line]):
        return False
    if label_like(sheet.texts[before]):
        return sheet.roles[line] != "button"
    return sheet.roles[line] in FIELDS


def label_above(sheet: Sheet, line: int) -> int | None:
    """A label right above at the same left edge: for fields any plain text, else only one with a colon."""
    steps = sheet.down[line] - sheet.down
    field = sheet.roles[line] in FIELDS
    best = None
    for other, text in enumerate(sheet.texts):
        low = min(sheet.height[other], sheet.height[line])
        if not 0.6 * low < steps[other] <= ABOVE * low + 0.5 * (sheet.height[line] - low):
            continue
        if abs(sheet.left[other] - sheet.left[line]) > max(6.0, 0.9 * low) or sheet.roles[other] is not None:
            continue
        if (field or label_like(text)) and (best is None or steps[other] < steps[best]):
            best = other
    return best
