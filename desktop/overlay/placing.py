"""Where a card goes: near the pointer, on its screen, and not over what it points at. Knows rectangles only."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.frames import Box

NEAR = 18
"""logical pixels between pointer and card"""
MARGIN = 12


def place(
    size: tuple[int, int], pointer: tuple[int, int], screen: Box, avoid: Sequence[Box] = ()
) -> tuple[int, int]:
    """The card's top left corner. Beside the pointer if that fits, else beside `avoid`, else a corner of the screen.

    Of all places the one that covers least of `avoid` is taken; the earliest of equals.
    """
    width, height = size
    x, y = pointer
    right, left, below, above = x + NEAR, x - NEAR - width, y + NEAR, y - NEAR - height
    ends = (screen.x + MARGIN, screen.right - MARGIN - width)
    heights = (screen.y + MARGIN, screen.bottom - MARGIN - height)
    wanted = [(right, below), (left, below), (right, above), (left, above)]
    corners = [(ends[1], heights[1]), (ends[1], heights[0]), (ends[0], heights[1]), (ends[0], heights[0])]
    fitting = [spot for spot in wanted if kept(size, spot, screen) == spot]
    beside = [kept(size, spot, screen) for spot in _beside(size, pointer, avoid)]
    places = [*(fitting or [kept(size, wanted[0], screen)]), *beside, *corners]
    return min(places, key=lambda spot: sum(_covered(Box(*spot, width, height), box) for box in avoid))


def _beside(size: tuple[int, int], pointer: tuple[int, int], avoid: Sequence[Box]) -> list[tuple[int, int]]:
    """Next to all that is to be avoided, as near to the pointer as that allows."""
    if not avoid:
        return []
    whole = Box.around(list(avoid))
    x, y = pointer
    right, left = whole.right + 2 * NEAR, whole.x - 2 * NEAR - size[0]
    below, above = whole.bottom + 2 * NEAR, whole.y - 2 * NEAR - size[1]
    return [(right, y), (left, y), (x, below), (x, above)]


def kept(size: tuple[int, int], spot: tuple[int, int], screen: Box) -> tuple[int, int]:
    """The spot moved so that the card is on the screen; its top left corner always is."""
    x = max(screen.x + MARGIN, min(spot[0], screen.right - MARGIN - size[0]))
    y = max(screen.y + MARGIN, min(spot[1], screen.bottom - MARGIN - size[1]))
    return x, y


def _covered(card: Box, box: Box) -> int:
    across = min(card.right, box.right) - max(card.x, box.x)
    down = min(card.bottom, box.bottom) - max(card.y, box.y)
    return max(0, across) * max(0, down)
