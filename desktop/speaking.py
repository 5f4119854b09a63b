"""What of a streaming answer is said aloud: whole sentences as soon as they are whole, and never a hidden number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.private_numbers import Secret, find

_END = re.compile(r"(?:[.!?…。]+[\"'”’)\]]*|\n)(?=\s)|\n")
_HIDDEN = re.compile(r"[•●*]{3,}")
_SILENT = re.compile(r"^[\W_]*$")
LONGEST = 240
"""characters after which a sentence without an end is cut at a blank: nobody should wait for all of it"""


class Sentences:
    """One answer. `kinds` are the secrets that are not said, `hidden` the words said instead."""

    def __init__(self, kinds: Iterable[Secret] = (), hidden: str = "") -> None:
        self._kinds, self._hidden = frozenset(kinds), hidden
        self._text = ""
        self._said = 0
        """characters of the text that are done with"""

    def push(self, piece: str) -> list[str]:
        """The sentences that the piece has made whole."""
        self._text += piece
        return list(self._take(last=False))

    def end(self) -> list[str]:
        """What is left when the answer is finished."""
        return list(self._take(last=True))

    def _take(self, last: bool) -> Iterator[str]:
        while (end := self._next_end(last)) is not None:
            spoken = self._aloud(self._said, end)
            self._said = end
            if not _SILENT.match(spoken):
                yield spoken

    def _next_end(self, last: bool) -> int | None:
        rest = self._text[self._said :]
        if found := _END.search(rest):
            end = self._said + found.end()
        elif last:
            end = len(self._text) if rest else None
        elif len(rest) > LONGEST and " " in rest[:LONGEST]:
            end = self._said + rest.rindex(" ", 0, LONGEST) + 1
        else:
            end = None
        return end and self._beyond_secrets(end, last)

    def _beyond_secrets(self, end: int, last: bool) -> int | None:
        """A number is never said in two parts; one that may still grow is waited for."""
        for found in self._secrets():
            if found[0] < end <= found[1]:
                end = found[1]
                if end == len(self._text) and not last:
                    return None
        return end

    def _secrets(self) -> list[tuple[int, int]]:
        secrets = [(one.start, one.end) for one in find(self._text, self._kinds)] if self._kinds else []
        return sorted([*secrets, *(one.span() for one in _HIDDEN.finditer(self._text))])

    def _aloud(self, start: int, end: int) -> str:
        parts, at = [], start
        for first, after in self._secrets():
            if first >= start and after <= end:
                parts += [self._text[at:first], f" {self._hidden} "]
                at = after
        return " ".join("".join([*parts, self._text[at:end]]).split())
