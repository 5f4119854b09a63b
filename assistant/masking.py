"""Masks a screen's private numbers: in its lines, and the boxes to be painted over in its picture before that is kept.

A number on a screen is often cut up: its label stands left of it or above it («계좌번호» | «110-234-567890»), its groups
are fields of their own, or it goes on in the next line. Each is judged with what belongs to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.frames import Box, ScreenText, TextLine
from assistant.privacy import HIDDEN, MASK
from assistant.private_numbers import ALWAYS, Found, Secret, find

LONGEST_LABEL = 24
"""characters; a longer line says something else besides"""
APART = 12
"""heights of a line that what belongs together in a row may be apart"""
BELOW = 1.6
"""heights of a line that a number may be below its label, or its first part"""
_LABEL = re.compile(
    r"주민|외국인|카드|card|계좌|입금|출금|송금|이체|account|IBAN|은행|뱅크|국민|신한|우리|하나|농협|새마을|우체국|신협|여권"
    r"|passport|면허|licen[cs]e|CVC|CVV|CID|비밀|패스워드|암호|pass|PIN|OTP|인증|보안|api|key|키|token|토큰|secret|시크릿"
    r"|전화|휴대|연락처|phone|mobile|tel|번호|number|no\.|학번|사번",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\d\s*[-–—‐―ㅡ]\s*$")
_BEGINS = re.compile(r"\s*[\dOIl|]")


def masked_screen(screen_text: ScreenText, kinds: Iterable[Secret] = ALWAYS) -> tuple[ScreenText, list[Box]]:
    """The screen's lines masked, and the boxes to be painted over."""
    wanted = frozenset(kinds)
    all_lines = screen_text.lines
    rows = list(_rows(all_lines))
    labels = _labels(all_lines, rows)
    hidden = {n: _found_in(line.text, labels.get(n, ""), wanted) for n, line in enumerate(all_lines)}
    for row in rows:
        for n, found in _found_across(all_lines, row, wanted).items():
            hidden[n] = [*hidden[n], *found]
    for n, found in _found_broken(all_lines, labels, wanted):
        hidden[n] = [*hidden[n], *found]
    lines, boxes = [], []
    for n, line in enumerate(all_lines):
        spans = _merged(hidden[n])
        lines.append(replace(line, text=_mask_spans(line.text, spans)) if spans else line)
        boxes += [_box_of(line, start, end) for start, end in spans]
    return replace(screen_text, lines=tuple(lines)), boxes


def _found_in(text: str, label: str, wanted: frozenset[Secret]) -> list[Found]:
    """Secrets of a line, read behind its label."""
    before = f"{label.rstrip(' :：')}: " if label else ""
    found = find(before + text, wanted)
    return [
        Found(one.kind, max(0, one.start - len(before)), one.end - len(before))
        for one in found
        if one.end > len(before)
    ]


def _rows(lines: Sequence[TextLine]) -> Iterator[list[int]]:
    """Indices of lines side by side, from the left."""
    rows: list[list[int]] = []
    for n in sorted(range(len(lines)), key=lambda one: lines[one].box.centre[1]):
        box = lines[n].box
        last = lines[rows[-1][0]].box if rows else None
        if last is not None and abs(box.centre[1] - last.centre[1]) < 0.5 * min(box.height, last.height):
            rows[-1].append(n)
        else:
            rows.append([n])
    return (sorted(row, key=lambda one: lines[one].box.x) for row in rows)


def _labels(lines: Sequence[TextLine], rows: Sequence[Sequence[int]]) -> dict[int, str]:
    """Line → the words of its label: left of it in its row, or else above it."""
    found: dict[int, str] = {}
    for row in rows:
        for run in _near(lines, row):
            label = ""
            for n in run:
                if _is_label(lines[n].text):
                    label = lines[n].text
                elif label:
                    found[n] = label
    heads = [n for n, line in enumerate(lines) if _is_label(line.text)]
    for n, line in enumerate(lines):
        if n not in found and n not in heads:
            above = [one for one in heads if _is_below(line.box, lines[one].box)]
            if above:
                found[n] = lines[max(above, key=lambda one: lines[one].box.bottom)].text
    return found


def _is_label(text: str) -> bool:
    short = len(text) <= LONGEST_LABEL and sum(sign.isdigit() for sign in text) < 3
    return short and _LABEL.search(text) is not None


def _is_below(box: Box, other: Box) -> bool:
    """Whether a box is the next thing below the other one, both beginning at about one edge or lying over each other."""
    high = min(box.height, other.height)
    gap = box.y - other.bottom
    return -0.4 * high <= gap <= BELOW * high and box.x < other.right and other.x < box.right + 2 * high


def _found_across(
    lines: Sequence[TextLine], row: Sequence[int], wanted: frozenset[Secret]
) -> dict[int, list[Found]]:
    """Secrets of a row read as one text, given back to the lines they are in; neighbours only if they are near."""
    spans: dict[int, list[Found]] = {}
    for run in _near(lines, row) if len(row) > 1 else ():
        joined, starts = "", []
        for n in run:
            starts.append(len(joined))
            joined += lines[n].text + " "
        for one in find(joined, wanted, side_by_side=True):
            for n, start in zip(run, starts, strict=True):
                first, last = max(one.start - start, 0), min(one.end - start, len(lines[n].text))
                if first < last:
                    spans.setdefault(n, []).append(Found(one.kind, first, last))
    return spans


def _near(lines: Sequence[TextLine], row: Sequence[int]) -> Iterator[list[int]]:
    """The row cut where a gap is wide: what is farther apart does not belong together."""
    run = [row[0]]
    for n in row[1:]:
        gap = lines[n].box.x - lines[run[-1]].box.right
        if gap > APART * lines[n].box.height:
            yield run
            run = []
        run.append(n)
    yield run


def _found_broken(
    lines: Sequence[TextLine], labels: dict[int, str], wanted: frozenset[Secret]
) -> Iterator[tuple[int, list[Found]]]:
    """Secrets that a dash at a line's end carries on into the line below; the parts of both lines."""
    begun = [n for n, line in enumerate(lines) if _GOES_ON.search(line.text)]
    for n in begun:
        first = lines[n]
        for m, second in enumerate(lines):
            high = min(first.box.height, second.box.height)
            gap = second.box.y - first.box.bottom
            if m == n or not -0.4 * high <= gap <= BELOW * high or not _BEGINS.match(second.text):
                continue
            upper = first.text.rstrip()
            for one in _found_in(upper + second.text.lstrip(), labels.get(n, ""), wanted):
                if one.start < len(upper) < one.end:
                    indent = len(second.text) - len(second.text.lstrip())
                    yield n, [Found(one.kind, one.start, len(upper))]
                    yield m, [Found(one.kind, 0, min(len(second.text), one.end - len(upper) + indent))]


def _merged(found: Sequence[Found]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted((one.start, one.end) for one in found):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _mask_spans(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(spans):
        text = text[:start] + HIDDEN.sub(MASK, text[start:end]) + text[end:]
    return text


def _box_of(line: TextLine, start: int, end: int) -> Box:
    """Where characters `start` to `end` are in the line's box.

    Letters are taken as one or two widths each, which is wrong by up to a letter or so: there is room to spare.
    """
    widths = [_width(letter) for letter in line.text]
    whole = sum(widths) or 1.0
    before, inside = sum(widths[:start]), sum(widths[start:end])
    unit = line.box.width / whole
    spare = 1.5 * unit + 0.03 * line.box.width
    left = max(0.0, before * unit - spare)
    right = min(float(line.box.width), (before + inside) * unit + spare)
    return Box(line.box.x + int(left), line.box.y, int(right - left + 0.999), line.box.height)


def _width(letter: str) -> float:
    return 2.0 if unicodedata.east_asian_width(letter) in "WF" else 1.0
