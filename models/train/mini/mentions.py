"""How a question names a thing on the screen: in part, without blanks, misheard, in Korean for an English word."""

from __future__ import annotations

import random
import re

from models.train.mini import speech
from models.train.mini.canvas import Item
from models.train.mini.corpus import Pools
from models.train.mini.wording import slip

_DRESSING = re.compile(r"\([A-Z]\)|[…:'\"“”‘’★₩*]|\.\.\.|[.!?]$|^[-•·○▶■□#]+ ")
_JOINTS = re.compile(r"[\s_\-·/|,]+")


def bare(text: str) -> str:
    """`text` as a person would say it: without accelerators, dots and quotes."""
    return " ".join(_DRESSING.sub("", text).split())


def packed(text: str) -> str:
    """For comparing: no blanks, no dressing, lower case."""
    return _JOINTS.sub("", bare(text)).lower()


class Names:
    """All texts of one screen, to find out whether a mention can mean only one of them."""

    def __init__(self, items: list[Item]) -> None:
        self.packed = [(packed(item.text), item) for item in items]

    def exact(self, mention: str) -> int:
        """How many texts equal the mention."""
        wanted = packed(mention)
        return sum(text == wanted for text, _ in self.packed)

    def holding(self, mention: str) -> int:
        """How many texts contain the mention."""
        wanted = packed(mention)
        return sum(wanted in text for text, _ in self.packed) if wanted else 99

    def means(self, mention: str, item_text: str) -> bool:
        """Whether the mention points at that text and no other: equal to it alone, or contained in it alone."""
        wanted = packed(mention)
        if len(wanted) < 2 and wanted != packed(item_text):
            return False
        if wanted == packed(item_text):
            return self.exact(mention) == 1
        return self.holding(mention) <= 1 and self.exact(mention) == 0

    def absent(self, name: str) -> bool:
        """Whether nothing on the screen contains the name, or is contained in it."""
        wanted = packed(name)
        if len(wanted) < 2:
            return False
        return not any(wanted in text or (len(text) >= 2 and text in wanted) for text, _ in self.packed)


def part_of(text: str, rng: random.Random) -> str:
    """A shorter mention: one to four of its words, or its beginning."""
    words = bare(text).split()
    if len(words) > 5:
        at = rng.choice((0, 0, rng.randrange(len(words) - 3)))
        return " ".join(words[at : at + rng.randint(2, 4)])
    if len(words) > 1:
        return rng.choice((" ".join(words[:-1]), " ".join(words[1:]), words[0], words[-1]))
    return bare(text)


def _person(text: str, p: Pools) -> bool:
    return len(text) in (3, 4) and text[:1] in p.last_names and text[1:] in p.first_names


def _file(text: str, names: Names, rng: random.Random) -> str | None:
    """A file by its stem, where no other text holds that."""
    stem = text.rsplit(".", 1)[0]
    return speech.file_spoken(text, rng) if len(packed(stem)) > 1 and names.holding(stem) == 1 else None


def mention(text: str, names: Names, rng: random.Random, p: Pools) -> str | None:
    """A way to name `text` on its screen, or None when every way would be ambiguous."""
    whole = bare(text)
    if not whole or len(whole) > 60:
        whole = part_of(text, rng)
    if (korean := p.meaning.get(text.rstrip("."))) and rng.random() < 0.35:
        return bare(korean) if names.holding(korean) == 0 else None
    if speech.is_file(whole) and rng.random() < 0.7 and (said := _file(whole, names, rng)):
        return speech.aloud(said, rng)
    if _person(whole, p) and rng.random() < 0.4:
        short = whole[1:] if rng.random() < 0.5 and names.holding(whole[1:]) == 1 else whole
        if names.means(whole, text):
            return short + rng.choice(("", " 씨", "씨", "님"))
    said = whole
    if (kind := rng.random()) < 0.3 or len(whole) > 24:
        said = part_of(text, rng)
    elif kind < 0.4:
        said = whole.replace(" ", "")
    if not names.means(said, text):
        said = whole
        if not names.means(said, text):
            return None
    return slip(said, rng) if rng.random() < 0.05 else speech.aloud(said, rng)
