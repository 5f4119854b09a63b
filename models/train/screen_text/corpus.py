"""The texts that lines are rendered from: which sets, and how they are cleaned and cut.

Only permissive, CC0, CC BY and CC BY-SA sets are listed, because their text ends up in weights that ship.
"""

from __future__ import annotations

import json
import lzma
import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.train.screen_text.charset import folded

UI = "ui-strings-permissive/ui_ko.jsonl.xz"
PROSE = {  # file: the JSON fields with text, None for plain lines
    "ms-docs-alchemy-insights-ko/docs.jsonl.xz": ("title", "text"),
    "ms-docs-powerbi-ko/docs.jsonl.xz": ("title", "text"),
    "ms-docs-visualstudio-ko/docs.jsonl.xz": ("title", "text"),
    "ms-docs-windows-uwp-ko/docs.jsonl.xz": ("title", "text"),
    "help-libreoffice-ko/libreoffice_docs.jsonl.xz": ("title", "text"),
    "news-parallel-jungyeul/en_ko.jsonl.xz": ("ko", "en"),
    "parakqc/parakqc.jsonl.xz": ("text",),
    "chatbot-songys/chatbot.jsonl.xz": ("q", "a"),
    "klue-ner-dp/dp_dev_sentences.txt": None,
    "kowiki-synthdog/kowiki.txt.xz": None,
    "ud-korean/ko_gsd_sentences.txt": None,
}
REVIEWS = "nsmc-reviews/reviews.tsv.xz"
BOLD = (
    "ms-docs-alchemy-insights-ko/bold_ui_terms.tsv",
    "ms-docs-visualstudio-ko/bold_ui_terms_vs_powerbi.tsv",
)
WORDS = ("words-hunspell-ko/hunspell_ko_words.txt.xz",)
NAMES = "names-cldr-ko/cldr_ko.jsonl.xz"
CITIES = "names-geonames-cities-ko/cities_ko.tsv"
FAKER = "names-faker-ko/faker_ko_KR.json"
PLACEHOLDER = re.compile(
    r"%\(\w+\)[sd]|%\d*\$?[-+0-9.]*[sdiuSDflx@]+|\{[^{}]{0,40}\}|\$\{?\w+\}?|&[a-z]+;|<[^<>]{0,40}>"
)
HELD_OUT_PERCENT = 3


@dataclass(frozen=True)
class Corpus:
    """Cleaned texts by kind. Every list is in file order, so that one seed gives one training stream."""

    korean: list[str]
    """Korean interface strings"""
    english: list[str]
    """their English sides"""
    prose: list[str]
    words: list[str]
    names: list[str]

    def all(self) -> Iterator[str]:
        for texts in (self.korean, self.english, self.prose, self.words, self.names):
            yield from texts


def held_out(text: str) -> bool:
    """Whether an interface string belongs to the held-out part (by its hash, so a rerun agrees)."""
    return zlib.crc32(text.encode()) % 100 < HELD_OUT_PERCENT


def lines_of(path: Path) -> Iterator[str]:
    """The lines of a text file, xz-compressed or plain."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        yield from file


def records(path: Path, fields: tuple[str, ...] | None) -> Iterator[str]:
    for line in lines_of(path):
        if fields is None:
            yield line
            continue
        record = json.loads(line)
        for field in fields:
            yield from str(record.get(field) or "").split("\n")


def without_placeholders(text: str, random_state: random.Random) -> str:
    """The text with each placeholder replaced by a number, a short word or nothing."""

    def value(_: re.Match[str]) -> str:
        return random_state.choice(
            (str(random_state.randint(0, 999)), "파일", "Chrome", "문서1", "a.txt", "")
        )

    return folded(PLACEHOLDER.sub(value, text))


def read_corpus(data: Path, held: bool = False, reviews: int = 120_000) -> Corpus:
    """Read the sets under `data`. `held`: the held-out interface strings only, instead of all the others.

    Raises FileNotFoundError when a set is missing.
    """
    fill = random.Random(1)
    korean, english = [], []
    for line in lines_of(data / UI):
        record = json.loads(line)
        if held_out(record["ko"]) is held:
            korean.append(without_placeholders(record["ko"], fill))
            english.append(without_placeholders(record.get("en") or "", fill))
    if held:
        return Corpus(_kept(korean), _kept(english), [], [], [])
    for name in BOLD:
        korean += [folded(line.split("\t")[-1]) for line in lines_of(data / name)]
    prose = [folded(text) for name, fields in PROSE.items() for text in records(data / name, fields)]
    for number, line in enumerate(lines_of(data / REVIEWS)):
        if number >= reviews:
            break
        prose.append(folded(line.split("\t")[-1]))
    words = [folded(word) for name in WORDS for word in lines_of(data / name)]
    names = [folded(json.loads(line)["ko"]) for line in lines_of(data / NAMES)]
    names += [line.split("\t")[2] for line in lines_of(data / CITIES)]
    for group in json.loads((data / FAKER).read_text(encoding="utf-8")).values():
        names += [folded(item) for item in group if isinstance(item, str)]
    return Corpus(_kept(korean), _kept(english), _kept(prose), _kept(words), _kept(names))


def _kept(texts: list[str]) -> list[str]:
    return [text for text in texts if text]
