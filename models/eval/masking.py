"""`python -m models.eval.masking [--screens 200] [--exact]`: how many private numbers stay hidden, and what else is hidden.

A number counts as hidden when the masked text around it tells at most two of its signs, and the boxes to be painted over
cover 95 % of its ink. `--exact` takes the drawn words as read: what the rules alone miss. Every miss is printed.
"""

from __future__ import annotations

import argparse
import collections
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.frames import Box, Frame, ScreenText, TextLine
from assistant.masking import masked_screen
from assistant.privacy import MASK
from assistant.private_numbers import Secret
from models.eval.masking_screens import Number, Screen, screens

TOLD = 2
"""signs of a number that may stay; a line has others that look like them"""
COVERED = 0.95
GOAL = 0.99


@dataclass(frozen=True)
class Outcome:
    number: Number
    hidden: bool
    why: str
    """what is left, for a miss; what was hidden, for a decoy"""


def main(argv: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(
        prog="python -m models.eval.masking", description=__doc__.splitlines()[0]
    )
    options.add_argument("--screens", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--exact", action="store_true", help="without OCR")
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args(argv)
    outcomes = list(judged(chosen.screens, chosen.seed, chosen.exact, chosen.threads))
    print(told(outcomes))
    secrets = [one for one in outcomes if one.number.kind is not None]
    return 0 if sum(one.hidden for one in secrets) >= GOAL * len(secrets) else 1


def judged(count: int, seed: int, exact: bool, threads: int) -> Iterator[Outcome]:
    reader = None
    if not exact:
        from models.runtimes.screen_reader import ScreenTextReader

        reader = ScreenTextReader(threads=threads)
    for number, screen in enumerate(screens(count, seed)):
        read = reader.read(Frame(screen.image)) if reader else drawn_text(screen)
        masked, boxes = masked_screen(read, frozenset(Secret))
        for one in screen.numbers:
            yield outcome(screen, one, read, masked, boxes)
        if sys.stderr.isatty():
            print(f"\r{number + 1}/{count}", end="", file=sys.stderr, flush=True)


def drawn_text(screen: Screen) -> ScreenText:
    """As a reader without a mistake gives it, without the labels' places: each piece is a line."""
    lines = [TextLine(piece.text, piece.box) for number in screen.numbers for piece in number.pieces]
    lines += [TextLine(label.text, label.box) for label in screen.labels]
    return ScreenText(tuple(sorted(lines, key=lambda line: (line.box.y, line.box.x))))


def outcome(
    screen: Screen, number: Number, read: ScreenText, masked: ScreenText, boxes: Sequence[Box]
) -> Outcome:
    left, before = "", ""
    for piece in number.pieces:
        for line, was in zip(masked.lines, read.lines, strict=True):
            if meets(piece.box, line.box):
                left += kept(line, piece.box)
                before += was.text + " "
    signs = sum(sign.isascii() and sign.isalnum() for sign in left)
    open_ink = 1.0 - covered(screen, number, boxes)
    if number.kind is None:
        return Outcome(number, MASK in left, f"read as {before!r}")
    hidden = signs <= TOLD and open_ink <= 1.0 - COVERED
    return Outcome(number, hidden, f"read as {before!r}, left {left!r}, {100 * open_ink:.0f} % of its ink")


def kept(line: TextLine, box: Box) -> str:
    """What of a line's text stands where the box is, about."""
    if not line.text:
        return ""
    sign = line.box.width / len(line.text)
    first = max(0, round((box.x - line.box.x) / sign))
    last = round((box.right - line.box.x) / sign)
    return line.text[first : max(first, last)]


def meets(piece: Box, line: Box) -> bool:
    down = min(piece.bottom, line.bottom) - max(piece.y, line.y)
    across = min(piece.right, line.right) - max(piece.x, line.x)
    return down > 0.5 * min(piece.height, line.height) and across > 0


def covered(screen: Screen, number: Number, boxes: Sequence[Box]) -> float:
    """Share of the number's ink under the boxes."""
    hidden = np.zeros(screen.ink.shape, bool)
    for box in boxes:
        hidden[max(0, box.y) : box.bottom, max(0, box.x) : box.right] = True
    ink = under = 0
    for piece in number.pieces:
        part = (slice(piece.box.y, piece.box.bottom), slice(piece.box.x, piece.box.right))
        ink += int(screen.ink[part].sum())
        under += int((screen.ink[part] & hidden[part]).sum())
    return under / ink if ink else 1.0


def told(outcomes: Sequence[Outcome]) -> str:
    secrets = [one for one in outcomes if one.number.kind is not None]
    decoys = [one for one in outcomes if one.number.kind is None]
    lines = []
    for title, key in (("kind", lambda one: one.number.kind.value), ("form", lambda one: one.number.form)):
        of: dict[str, list[Outcome]] = collections.defaultdict(list)
        for one in secrets:
            of[key(one)].append(one)
        for name, some in sorted(of.items()):
            lines.append(f"{title} {name:18}{sum(one.hidden for one in some):5} of {len(some)}")
    lines += [
        f"missed  {one.number.kind.value:16} {one.number.form:7} {one.number.text!r}: {one.why}"
        for one in secrets
        if not one.hidden
    ]
    lines += [f"hidden without need  {one.number.text!r}: {one.why}" for one in decoys if one.hidden]
    good = sum(one.hidden for one in secrets)
    wrong = sum(one.hidden for one in decoys)
    lines.append(
        f"recall {good} of {len(secrets)} = {100 * good / max(1, len(secrets)):.2f} %, precision "
        f"{100 * good / max(1, good + wrong):.2f} % ({wrong} of {len(decoys)} other numbers were hidden)"
    )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
