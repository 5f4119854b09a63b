"""Text for the tokenizer and for the screens: which files of the data folder are used, and how they are cleaned.

Only sources whose licence lets weights be shipped are named here (MIT, BSD, Apache, MPL, CC0, CC BY, CC BY-SA, Unicode).
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from models.train.mini.recorded import Window

COMMON = 1500
"""how many English labels (the commonest) and messages are used on screens and asked for their meaning"""

DEFAULT_DATA = Path("../shared/data")

_PLACEHOLDER = re.compile(
    r"%[\d$]*[a-zA-Z@(]|\{[^{}]*\}|\$[A-Za-z0-9_({]|<[^<>]*>|\\[nt]|&\w+;|\[\[|PRODUCTNAME"
)
_BULLET = re.compile(r"^[\s>*#-]+")
_HANGUL = re.compile("[가-힣]")


@dataclass(frozen=True)
class Pools:
    """Strings that screens are filled with."""

    labels: tuple[str, ...] = ()
    """short interface words, ≤ 16 characters"""
    messages: tuple[str, ...] = ()
    """Korean sentences of programs, 12–70 characters"""
    english_labels: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    """(English message, Korean)"""
    label_pairs: tuple[tuple[str, str], ...] = ()
    """(English label, Korean), the commonest first"""
    sentences: tuple[str, ...] = ()
    """lines of help pages"""
    reviews: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    last_names: tuple[str, ...] = ()
    first_names: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    roads: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    """everyday nouns (official emoji names, units, languages, countries)"""
    faker: dict[str, list[str]] = field(default_factory=dict)
    meaning: dict[str, str] = field(default_factory=dict)
    """what common English labels and messages mean"""
    windows: tuple[Window, ...] = ()
    """recorded windows of real programs"""
    english: Pools | None = None
    """the same pools with English labels and messages, for English windows"""


def rows(path: Path) -> Iterator[dict]:
    """Records of a .jsonl or .jsonl.xz file."""
    with (
        lzma.open(path, "rt", encoding="utf-8")
        if path.suffix == ".xz"
        else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            yield json.loads(line)


def clean(text: str | None) -> str | None:
    """One line of interface text without placeholders, or None when it cannot be shown as it is."""
    if not text or "\n" in text or _PLACEHOLDER.search(text):
        return None
    text = " ".join(text.split()).strip(" :…")
    return text or None


def is_korean(text: str) -> bool:
    return len(_HANGUL.findall(text)) * 2 >= len(text.replace(" ", ""))


def _interface(data: Path) -> dict[str, tuple]:
    labels, messages, english, pairs, label_pairs = {}, {}, {}, {}, {}
    common: dict[str, int] = {}
    with lzma.open(data / "ui-strings-permissive/short_labels_ko.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            count, label = line.rstrip("\n").split("\t")[:2]
            common[label] = int(count)
    for row in rows(data / "ui-strings-permissive/ui_ko.jsonl.xz"):
        korean, source = clean(row["ko"]), clean(row.get("en"))
        if not korean or not is_korean(korean):
            continue
        if len(korean) <= 16 and len(korean.split()) <= 3:
            labels[korean.rstrip(".")] = None
            if source and len(source) <= 28:
                english[source] = None
                label_pairs[(source, korean)] = common.get(korean, 0)
        elif 12 <= len(korean) <= 70 and korean[-1] in ".?!요다오까":
            messages[korean] = None
            if source and len(source) <= 90:
                pairs[(source, korean)] = None
    ranked = sorted(label_pairs, key=lambda pair: -label_pairs[pair])
    return {
        "labels": tuple(labels), "messages": tuple(messages), "english_labels": tuple(english),
        "pairs": tuple(pairs), "label_pairs": tuple(ranked),
    }  # fmt: skip


def _documents(data: Path) -> tuple[list[str], list[str]]:
    sentences, headings = [], []
    for path in ("help-gnome-ko/gnome_docs.jsonl.xz", "help-libreoffice-ko/libreoffice_docs.jsonl.xz",
                 "ms-docs-alchemy-insights-ko/docs.jsonl.xz", "ms-docs-windows-uwp-ko/docs.jsonl.xz",
                 "ms-docs-powerbi-ko/docs.jsonl.xz", "ms-docs-visualstudio-ko/docs.jsonl.xz"):  # fmt: skip
        for number, row in enumerate(rows(data / path)):
            if number >= 700:
                break
            if row.get("lic", "").startswith(("GFDL", "GPL")):
                continue
            headings.append(row["title"])
            lines = [_BULLET.sub("", line) for line in row["text"].split("\n")]
            sentences += [line for line in lines if 10 <= len(line) <= 160][:12]
    headings = [h for h in headings if h and 3 <= len(h) <= 30 and is_korean(h)]
    return sentences, headings


def _reviews(data: Path, count: int) -> list[str]:
    found = []
    with lzma.open(data / "nsmc-reviews/reviews.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            found.append(line.rstrip("\n").split("\t", 1)[1])
            if len(found) == count:
                break
    return found


@lru_cache(maxsize=2)
def load_pools(data: Path = DEFAULT_DATA) -> Pools:
    """Read the data folder once (about two seconds). Errors: FileNotFoundError when it is not there."""
    faker = json.loads((data / "names-faker-ko/faker_ko_KR.json").read_text(encoding="utf-8"))
    things = [
        row["ko"] for row in rows(data / "names-cldr-ko/cldr_ko.jsonl.xz")
        if row["kind"] in ("emoji", "language", "territory") and is_korean(row["ko"]) and len(row["ko"]) <= 10
    ]  # fmt: skip
    cities = [
        line.split("\t")[2]
        for line in (data / "names-geonames-cities-ko/cities_ko.tsv").open(encoding="utf-8")
    ]
    korean_cities = [name.split()[0] for name in faker["address.cities"] + faker["address.boroughs"]]
    sentences, headings = _documents(data)
    interface = _interface(data)
    meaning = dict(reversed(interface["label_pairs"][:COMMON] + interface["pairs"][:COMMON]))
    pools = Pools(
        **interface,
        meaning=meaning,
        sentences=tuple(sentences),
        headings=tuple(dict.fromkeys(headings)),
        reviews=tuple(_reviews(data, 4000)),
        cities=tuple(dict.fromkeys(korean_cities)) + tuple(c for c in cities[1:] if 2 <= len(c) <= 5)[:600],
        last_names=tuple(faker["person.last_names"]),
        first_names=tuple(faker["person.first_names_female"] + faker["person.first_names_male"]),
        companies=tuple(dict.fromkeys(faker["company.company_name_words"])),
        jobs=tuple(job for job in faker["job.jobs"] if len(job) <= 12),
        roads=tuple(faker["address.road_names"]),
        things=tuple(dict.fromkeys(things)),
        faker=faker,
    )
    english = replace(
        pools,
        labels=tuple(e for e, _ in pools.label_pairs[:COMMON]),
        messages=tuple(e for e, _ in pools.pairs[:COMMON]),
    )
    return replace(pools, english=english)


def tokenizer_text(data: Path = DEFAULT_DATA, seed: int = 0) -> Iterator[tuple[str, int]]:
    """(line, weight) pairs the tokenizer is trained on, about 3 M characters before weighting."""
    rng = random.Random(seed)
    pools = load_pools(data)
    for label in pools.labels:
        yield label, 4
    for message in pools.messages:
        yield message, 2
    for source, _ in pools.label_pairs + pools.pairs:
        if rng.random() < 0.5:
            yield source, 1
    for name in pools.cities + pools.things + pools.companies + pools.jobs:
        yield name, 3
    for sentence in rng.sample(pools.sentences, min(12_000, len(pools.sentences))):
        yield sentence, 1
    for review in pools.reviews[:2500]:
        yield review, 1
    asked = [r["text"] for r in rows(data / "3i4k-intent/fci_train_val.jsonl.xz") if r["label"] in (2, 3)]
    for question in rng.sample(asked, min(12_000, len(asked))):
        yield question, 2
    for row in rows(data / "parakqc/parakqc.jsonl.xz"):
        if rng.random() < 0.4:
            yield row["text"], 2
