"""Turns a model's raw words into what is shown, and its citations into lines of the screen.

`mini` answers cite by writing `<|n12|>` where the text of line 12 belongs (`<|n12:3-8|>` for a part of it): the text is
put in exactly, and a particle right behind it agrees with it. `<|d2|>` stands for the Korean of the second glossary
entry the model was shown; it has no place on the screen. `chat` answers add `[12]`: it is taken out and remembered. No
other marker is ever shown. The result does not depend on how the stream was cut into pieces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import prompts
from assistant.events import Evidence
from assistant.frames import ScreenText, TextLine
from assistant.josa import Agreement
from assistant.korean import inert

_MARKER = re.compile(r"<\|([^|<>]{0,64})\|>")
_MARKER_BEGUN = re.compile(r"<(?:\|(?:[^|<>]{0,64}\|?)?)?$")
_CHAT = re.compile(r"\[ ?(\d{1,3}(?: ?, ?\d{1,3}){0,15}) ?\]")
_CHAT_BEGUN = re.compile(r"\[ ?(?:\d{1,3} ?, ?){0,15}(?:\d{1,3} ?)?$")
_CITED = re.compile(r"([nd])(\d{1,3})(?::(\d{1,3})-(\d{1,3}))?")
_CLOSES = frozenset(".,!?…:;)」』】’”")
_SHOWN_TAIL = 70


@dataclass(frozen=True)
class Resolved:
    """What one raw piece came to: text to append, and the lines cited in it for the first time."""

    text: str = ""
    lines: tuple[TextLine, ...] = ()


class Citations:
    """Resolves one streaming answer about `screen_text`; `style` is mini or chat (see prompts.py).

    `glossary` holds the Korean texts of the entries the model was shown, in that order.
    """

    def __init__(self, screen_text: ScreenText, style: str = "mini", glossary: Sequence[str] = ()) -> None:
        self._lines = prompts.shown_lines(screen_text)
        self._style = style
        self._glossary = tuple(prompts.plain(korean) for korean in glossary)
        self._agreement = Agreement()
        self._waiting = ""
        self._gap = ""
        self._gap_cited = False
        self._after_citation = False
        self._tail = ""
        self._cited: dict[int, TextLine] = {}
        self._raw: list[str] = []

    def push(self, piece: str) -> Resolved:
        """Take the next raw piece; half a citation waits for the rest of it."""
        self._waiting += inert(piece)
        return self._resolve(at_end=False)

    def end(self) -> Resolved:
        """What was still waiting; blanks at the end of an answer are dropped."""
        resolved = self._resolve(at_end=True)
        self._gap = ""
        return resolved

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """All lines cited so far, in the order they were first cited."""
        return tuple(self._cited.values())

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The cited lines as evidence, in order, without duplicates."""
        return tuple(Evidence(prompts.plain(line.text), line.box) for line in self.lines)

    @property
    def raw(self) -> str:
        """The model's own words with only citations of existing lines left of its markers, for a `Turn`.

        Glossary entries are spelled out: the next question is shown others.
        """
        return "".join(self._raw).strip()

    def _resolve(self, at_end: bool) -> Resolved:
        shown: list[str] = []
        before = len(self._cited)
        pattern = _MARKER if self._style == "mini" else re.compile(f"{_MARKER.pattern}|{_CHAT.pattern}")
        while found := pattern.search(self._waiting):
            if not at_end and self._begun() < found.start():
                break  # a marker that is still open may turn out to hold this one
            shown.append(self._write(self._waiting[: found.start()]))
            shown.append(self._cite(found[0]))
            self._waiting = self._waiting[found.end() :]
        cut = len(self._waiting) if at_end else self._begun()
        shown.append(self._write(self._waiting[:cut]))
        self._waiting = self._waiting[cut:]
        if at_end:
            shown.append(self._show(self._agreement.settle()))
        return Resolved("".join(shown), self.lines[before:])

    def _begun(self) -> int:
        """Where a citation that may still become whole begins in what waits."""
        begun = _MARKER_BEGUN.search(self._waiting)
        if begun is None and self._style != "mini":
            begun = _CHAT_BEGUN.search(self._waiting)
        return begun.start() if begun else len(self._waiting)

    def _write(self, text: str) -> str:
        """The model's own words."""
        if text:
            self._raw.append(text)
            self._after_citation = False
        return self._show(self._agreement.push(text))

    def _cite(self, marker: str) -> str:
        """A whole marker: put in (mini) or remember (chat) what it names, if that exists."""
        if self._style != "mini":
            numbers = [] if marker.startswith("<") else [int(n) for n in re.findall(r"\d+", marker)]
            self._remember(numbers)
            self._gap_cited = self._gap_cited or bool(numbers)
            return ""
        settled = self._show(self._agreement.settle())
        named = _CITED.fullmatch(marker[2:-2])
        if named is None:
            return settled
        kind, number = named[1], int(named[2])
        if kind == "d":
            return settled + (self._quote_entry(number) if 1 <= number <= len(self._glossary) else "")
        span = (int(named[3]), int(named[4])) if named[3] else None
        self._remember([number], span)
        return settled + (self._put_in(self._text(number, span)) if self._is_line(number) else "")

    def _text(self, number: int, span: tuple[int, int] | None) -> str:
        text = prompts.plain(self._lines[number - 1].text)
        return text[slice(*span)] if span else text

    def _is_line(self, number: int) -> bool:
        return 1 <= number <= len(self._lines)

    def _remember(self, numbers: Sequence[int], span: tuple[int, int] | None = None) -> None:
        """Those of `numbers` that are lines become evidence and stay in the raw answer."""
        for number in filter(self._is_line, numbers):
            self._raw.append(prompts.citation(number, self._style, span))
            self._cited.setdefault(number, self._lines[number - 1])

    def _quote_entry(self, number: int) -> str:
        """The Korean of a glossary entry (from 1)."""
        self._raw.append(self._glossary[number - 1])
        return self._put_in(self._glossary[number - 1])

    def _put_in(self, text: str) -> str:
        """Exact text in the place of a marker, apart from one right before it."""
        apart = " " if self._after_citation else ""
        self._after_citation = True
        text = prompts.plain(text)
        self._agreement.quoted(text)
        return self._show(apart + text)

    def _show(self, text: str) -> str:
        """Append to what is shown: no blanks at its start or end, tidy where a citation was taken out."""
        out: list[str] = []
        for char in text:
            if char.isspace():
                if char == "\n":
                    self._gap = self._gap.rstrip(" ") + char
                elif not (self._gap_cited and self._gap):
                    self._gap += char
                continue
            if self._gap and self._tail and not (self._gap_cited and char in _CLOSES):
                out.append(self._gap)
                self._tail += self._gap
            self._gap, self._gap_cited = "", False
            if char == ">" and _MARKER.search((self._tail + char)[-_SHOWN_TAIL:]):
                out.append(" ")  # two halves must not add up to a marker
                self._tail += " "
            out.append(char)
            self._tail = (self._tail + char)[-_SHOWN_TAIL:]
        return "".join(out)
