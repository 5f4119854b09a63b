"""Parts of a line that answer on their own: 9℃ of 낮 최고 9℃, 70.3 GiB of 파일 9개: 139.9 MiB, 남은 공간: 70.3 GiB.

A line is cut where its writing shows a seam (commas, dots, bars, marks of radio buttons); a part with a colon, or words
before a number with its unit, has a label and a value. Only the cut is decided here, never what is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SEAM = re.compile(
    r"\s*(?:[,;](?!\d)|[·|•○◎●©]|(?<=[가-힣a-zA-Z\d)])[.!?](?=\s)|(?<=\s)[/~–—](?=\s))\s*|\s{3,}"
)
_COLON = re.compile(r"(?:(?<=[가-힣)\]])\s?[:：]\s?|(?<=[^\W\d])\s?[:：]\s)(?=\S)(?!//)")
_VALUE = re.compile(
    r"(?<![\w.,:/-])[-+₩$€]?\d[\d,]*(?:[.:/-]\d+)*\s?"
    r"(?:%|℃|°C?|도|원|달러|개|명|건|장|곡|통|편|권|대|회|번|점|위|층|호|년|월|일|시|분|초|주|칸|줄|쪽|[KMGT]i?B|kB|bytes?|바이트|"
    r"[kmc]?m|㎜|㎝|㎞|[kμm]?g|㎏|px|픽셀|Mbps|배)?(?:\s?\d{1,2}(?:월|일|시|분|초))*(?:까지|부터)?(?![a-zA-Z\d_%])"
)  # fmt: skip
_NEXT_LABEL = re.compile(r"\s[^\s:：]{2,12}\s?[:：]\s")
_LONGEST_LABEL = 24
_SHORTEST = 2


@dataclass(frozen=True)
class Piece:
    """`text[start:end]` of a line, and the words before it that name it."""

    start: int
    end: int
    label: str


def pieces(text: str) -> tuple[Piece, ...]:
    """The named parts of a line of text (as `prompts.plain` gives it), from left to right."""
    found: list[Piece] = []
    start = 0
    for seam in [*_SEAM.finditer(text), None]:
        end = seam.start() if seam else len(text)
        found += _of_part(text, start, end)
        start = seam.end() if seam else end
    return tuple(found)


def _of_part(text: str, start: int, end: int) -> list[Piece]:
    """The values of one part with the words before them as labels."""
    colon = _COLON.search(text, start, end)
    if colon and colon.start() > start:
        label, following = _label(text[start : colon.start()]), _NEXT_LABEL.search(text, colon.end(), end)
        stop = following.start() if following else end
        named = [Piece(colon.end(), stop, label)] if label and stop > colon.end() else []
        return named + (_of_part(text, following.start() + 1, end) if following else [])
    found = []
    for value in _VALUE.finditer(text, start, end):
        label = _label(text[start : value.start()])
        if label:
            found.append(Piece(value.start(), value.start() + len(value[0].rstrip()), label))
        start = value.end()
    return found


def _label(text: str) -> str:
    """The last words of `text`, cleaned; empty where there is no word among them."""
    text = text.strip(" ([{'\"“‘-–:").strip()
    if len(text) > _LONGEST_LABEL:
        text = text[-_LONGEST_LABEL:].partition(" ")[2]
    letters = sum(c.isalpha() for c in text)
    return text if letters >= _SHORTEST or re.search("[가-힣]", text) else ""
