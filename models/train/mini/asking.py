"""What every maker of questions needs: the screen, how its lines are cited, how its things are named."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant import colours, prompts
from models.train.mini import wording
from models.train.mini.canvas import Fact, Item
from models.train.mini.corpus import Pools
from models.train.mini.mentions import Names, mention
from models.train.mini.screens import Screen


@dataclass(frozen=True)
class QA:
    """One question and its raw answer; `kind` is one of the evaluation's question types."""

    kind: str
    question: str
    answer: str
    entries: tuple[tuple[str, str], ...] = ()
    """glossary entries (English, Korean) that are shown behind the question"""
    earlier: tuple[tuple[str, str], ...] = ()
    """(question, answer in words) of turns before it"""


class Asker:
    """Everything askable about one screen."""

    def __init__(self, screen: Screen, p: Pools, rng: random.Random) -> None:
        self.screen, self.p, self.rng = screen, p, rng
        self.names = Names(screen.items)
        self.sees = screen.image is not None and screen.image.height * 2 > screen.size[1]
        """whether the picture is large enough to make out check marks"""
        self.usual = prompts.usual_colours(screen.reading.lines)
        self.read_items = [item for item in screen.items if screen.reading.of(item)]
        worded = [i for i in self.read_items if any(ch.isalpha() for ch in i.text)]
        self.worded = worded if worded and rng.random() < 0.9 else self.read_items
        """what is asked for by its text: mostly not bare numbers"""
        self.facts: dict[str, list[Fact]] = {}
        for fact in screen.facts:
            self.facts.setdefault(fact.kind, []).append(fact)
        self.labels = Counter(f.names[0] for f in screen.facts if f.kind in ("value", "joined"))

    def cite(self, *items: Item) -> str | None:
        """The citations of items, in order, each line once; None when one was not read."""
        found: dict[int, None] = {}
        for item in items:
            numbers = self.screen.reading.of(item)
            if not numbers:
                return None
            found.update(dict.fromkeys(numbers))
        return " ".join(prompts.citation(n) for n in found)

    def listed(self, items: Iterable[Item]) -> str | None:
        """Citations of items one after the other; None when one was not read."""
        found = [self.cite(item) for item in items]
        return ", ".join(f for f in found if f) if all(found) else None

    def apart(self, items: Iterable[Item]) -> bool:
        """Whether each of the items was read as lines of its own."""
        return all(self.screen.reading.of(i) and id(i) not in self.screen.reading.shared for i in items)

    def say(self, templates: tuple[str, ...], **slots: str) -> str:
        return wording.spoken(self.rng.choice(templates), self.rng, **slots)

    def name(self, text: str) -> str | None:
        return mention(text, self.names, self.rng, self.p)

    def noun(self, item: Item) -> str:
        return self.rng.choice(wording.NOUNS.get(item.role or "", wording.PLAIN_NOUNS))

    def told(self, item: Item) -> str | None:
        """The state the reader gives for an item."""
        return next(
            (s for n in self.screen.reading.of(item) if (s := self.screen.reading.lines[n - 1].state)), None
        )

    def shows(self, item: Item) -> bool:
        """Whether the model can tell that this item is the chosen, checked or disabled one."""
        told = self.told(item)
        if told:
            return told == item.state
        if item.role in ("check", "radio", "toggle"):
            return self.sees
        lines = [self.screen.reading.lines[n - 1] for n in self.screen.reading.of(item)]
        return any(line.paper and line.paper != self.usual[1] for line in lines)

    def colour_fits(self, template: str, item: Item) -> bool:
        """Whether a template that says "blue" or "left" may be used for a chosen item."""
        if "파랗게" in template and colours.nearest(*item.paper) != "blue":
            return False
        if "색칠된" in template and colours.nearest(*item.paper) == self.usual[1]:
            return False
        return "왼쪽" not in template or (item.role == "list" and item.box.right * 2 < self.screen.size[0])


Maker = Callable[[Asker, Fact], QA | None]
Anywhere = Callable[[Asker], QA | None]
