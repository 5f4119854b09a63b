"""Chooses what the next line says: the mixture of corpora and made-up texts."""

from __future__ import annotations

import random
from collections.abc import Callable

from models.train.screen_text.charset import folded
from models.train.screen_text.corpus import Corpus
from models.train.screen_text.phrases import EXTENSIONS, accelerator, made_up, rare_syllables, with_symbols

LONGEST = 60
"""characters of one line"""
SEPARATORS = ("  ", " - ", ": ", " | ", " · ", ", ", " / ", "    ", " > ", "=", " (")


class Texts:
    """Draws texts in the mixture of the training lines."""

    def __init__(self, corpus: Corpus, characters: str, interface_only: bool = False) -> None:
        self.corpus = corpus
        self.known = set(characters)
        self.syllables = "".join(c for c in characters if "가" <= c <= "힣")
        self.kinds: list[tuple[float, Callable[[random.Random], str]]] = [
            (0.26, lambda r: cut(r, r.choice(corpus.korean))),
            (0.06, lambda r: accelerator(r, cut(r, r.choice(corpus.korean), 16))),
            (0.10, lambda r: cut(r, r.choice(corpus.english))),
            (0.08, lambda r: cut(r, r.choice(corpus.prose))),
            (0.05, lambda r: " ".join(r.choice(corpus.words) for _ in range(r.randint(1, 3)))),
            (0.03, lambda r: r.choice(corpus.names)),
            (0.27, made_up),
            (0.06, lambda r: rare_syllables(r, self.syllables)),
            (0.06, lambda r: with_symbols(r, cut(r, r.choice(corpus.korean), 20))),
            (0.05, self._pair),
            (0.06, self._file),
        ]
        if (
            interface_only
        ):  # for measuring: interface strings and numbers, half and half what people ask about
            self.kinds = [(0.75, self.kinds[0][1]), (0.1, self.kinds[2][1]), (0.15, made_up)]

    def draw(self, r: random.Random) -> str:
        """One non-empty folded text of known characters, at most LONGEST long."""
        weights = [weight for weight, _ in self.kinds]
        while True:
            text = self.clean(r.choices(self.kinds, weights)[0][1](r))
            if text:
                return text

    def clean(self, text: str) -> str:
        return folded("".join(c for c in folded(text) if c in self.known))[:LONGEST].strip()

    def _file(self, r: random.Random) -> str:
        """A file name of words of the corpora: 점심_메뉴_수정(2).hwp"""
        words = [
            cut(r, r.choice(r.choice((self.corpus.words, self.corpus.names, self.corpus.korean))), 8)
            for _ in range(3)
        ]
        stem = r.choice(("_", "_", "_", "-", " ", "")).join(words[: r.randint(1, 3)])
        number = r.choice(
            (
                "",
                "",
                f"_{r.randrange(100):02d}",
                f"_{r.randint(2015, 2030)}",
                f"({r.randint(1, 9)})",
                "_v2",
                f"_{r.randint(1, 12)}월",
            )
        )
        return f"{stem}{number}.{r.choice(EXTENSIONS)}" if r.random() < 0.8 else stem + number

    def _pair(self, r: random.Random) -> str:
        left, right = (
            cut(r, r.choice(self.corpus.korean), 24),
            r.choice((made_up(r), cut(r, r.choice(self.corpus.korean), 24))),
        )
        separator = r.choice(SEPARATORS)
        return left + separator + right + (")" if separator == " (" else "")


def cut(r: random.Random, text: str, longest: int = LONGEST) -> str:
    """The text, or a run of its words of a random length up to `longest` characters."""
    if len(text) <= longest and (len(text) < 16 or r.random() < 0.5):
        return text
    words = text.split(" ")
    start = r.randrange(len(words))
    most = min(longest, r.choice((12, 24, 40, longest)))
    taken = words[start]
    for word in words[start + 1 :]:
        if len(taken) + 1 + len(word) > most:
            break
        taken += " " + word
    return taken[:longest]
