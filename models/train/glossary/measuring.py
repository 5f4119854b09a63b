"""How often English is explained, and how well: strings held back, and the English lines of the validation screens."""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from time import process_time

from assistant import english
from assistant.glossary import Entry, Glossary
from models.train.glossary.pairs import read_pairs

SCREENS = Path(__file__).parents[3] / "tests" / "screens"
_STEM = re.compile("[가-힣]{2,}")


def held_back(key: str) -> bool:
    """Whether a key is one of the five in a hundred that are asked for as if they were not in the glossary."""
    return zlib.crc32(key.encode()) % 20 == 0


def manner(entries: Iterable[Entry], text: str) -> str:
    """exact, near, fragments or nothing: how `text` was explained."""
    entries = tuple(entries)
    if not entries:
        return "nothing"
    whole = len(entries) == 1 and english.key(text) == english.key(text[entries[0].start : entries[0].end])
    if not whole:
        return "fragments"
    return "exact" if entries[0].exactness >= 0.95 else "near"


def report(glossary: Glossary, data: Path) -> str:
    """Lines of figures. Needs the data folder and, in the tree, tests/screens."""
    told = []
    for name, least, most in (("1–2 words", 1, 2), ("3–5 words", 3, 5), ("6 words and more", 6, 99)):
        told.append(f"held back, {name}: {_held_back(glossary, data, least, most)}")
    lines = screen_lines()
    started = process_time()
    explained = [glossary.explain(line) for line in lines]
    each = (process_time() - started) / max(1, len(lines))
    manners = Counter(manner(entries, line) for entries, line in zip(explained, lines, strict=True))
    told.append(
        f"tests/screens, {len(lines)} English lines: {_shares(manners, len(lines))}; {each * 1e3:.2f} ms of CPU each"
    )
    return "\n".join(told)


def screen_lines() -> list[str]:
    """The English lines of the validation screens, each once: at least two words of three letters, for measuring only."""
    found = {}
    for path in sorted(SCREENS.glob("*.json")):
        for line in json.loads(path.read_text(encoding="utf-8"))["lines"]:
            plain = [
                word for word in english.words(line["text"]) if word.text.isalpha() and len(word.text) >= 3
            ]
            if english.mostly_english(line["text"]) and len(plain) >= 2:
                found[line["text"]] = None
    return list(found)


def _held_back(glossary: Glossary, data: Path, least: int, most: int) -> str:
    """Shares of manners; and of the explained ones, how many say a word of two syllables of the true Korean."""
    truths: dict[str, list[str]] = {}
    for pair in read_pairs(data):
        if held_back(pair.english) and "*" not in pair.english and least <= len(pair.english.split()) <= most:
            truths.setdefault(pair.english, []).append(pair.korean)
    manners: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for key, korean in truths.items():
        entries = glossary.explain(key, whole=False)
        how = manner(entries, key)
        manners[how] += 1
        right[how] += _says(" ".join(entry.korean for entry in entries), korean)
    shares = [
        f"{how} {manners[how] / len(truths):.1%} (right word in {right[how] / manners[how]:.0%})"
        for how in ("exact", "near", "fragments")
        if manners[how]
    ]
    return f"{len(truths)}: " + ", ".join(shares) + f", nothing {manners['nothing'] / len(truths):.1%}"


def _says(said: str, truths: Iterable[str]) -> bool:
    """Whether `said` holds the first two syllables of a word of a true translation."""
    return any(word[:2] in said for truth in truths for word in _STEM.findall(truth))


def _shares(manners: Counter[str], total: int) -> str:
    return ", ".join(f"{how} {manners[how] / total:.1%}" for how in ("exact", "near", "fragments", "nothing"))
