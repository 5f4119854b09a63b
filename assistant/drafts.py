"""Guesses of an answer's next tokens from the text it is likely to quote: the screen's lines and the question.

Where the last tokens of an answer stand somewhere in that text, what follows there is tried: a model that checks several tokens
at once takes hardly longer than for one (prompt lookup decoding, Saxena 2023). Guesses change how fast an answer comes, never
what it says: each is kept only if it is the very token that would have been chosen. Knows numbers of tokens only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

LONGEST = 8
"""tokens guessed at once, at most"""
MATCH = 2
"""tokens that must agree before what follows is guessed"""
LONGEST_MATCH = 16
"""tokens of the answer that are compared when several places agree"""
LEAST_KEPT = 0.25
"""share of guesses that must hold; below it they cost more than they save"""
JUDGED_FROM = 12
"""guesses after which that share is looked at"""
PAUSE = 16
"""tokens without guesses after too many were wrong"""


class Drafts:
    """Guesses for one answer. `seen` are the ids of the text that may be quoted, in its order."""

    def __init__(self, seen: Sequence[int]) -> None:
        self._seen = list(seen)
        self._places: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for place in range(len(self._seen) - MATCH):
            self._places[tuple(self._seen[place : place + MATCH])].append(place + MATCH)
        self._length = 4
        self._guessed = self._kept = 0
        self._resume = 0
        self.steps_saved = 0
        """tokens that came without a step of their own"""

    def after(self, made: Sequence[int]) -> list[int]:
        """What may follow the answer `made` so far; often nothing."""
        if len(made) < max(MATCH, self._resume):
            return []
        places = self._places.get(tuple(made[-MATCH:]))
        if not places:
            return []
        start = max(places, key=lambda place: (self._agree(made, place), place))
        return self._seen[start : start + self._length]

    def judge(self, guessed: int, kept: int, made: int) -> None:
        """Learn that `kept` of `guessed` tokens were right, the answer being `made` tokens long."""
        self._guessed += guessed
        self._kept += kept
        self.steps_saved += kept
        self._length = min(LONGEST, 2 * self._length) if kept == guessed else max(2, min(LONGEST, kept + 1))
        if self._guessed >= JUDGED_FROM:
            if self._kept < LEAST_KEPT * self._guessed:
                self._resume = made + PAUSE
            self._guessed = self._kept = 0

    def _agree(self, made: Sequence[int], place: int) -> int:
        """How many tokens before `place` are the answer's last ones."""
        count = MATCH
        while (
            count < min(LONGEST_MATCH, len(made), place) and self._seen[place - count - 1] == made[-count - 1]
        ):
            count += 1
        return count
