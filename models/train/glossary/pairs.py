"""English and Korean strings of translated programs, in the form they are looked up and said in.

Only permissively licensed programs (see ui-strings-permissive/SOURCE.md). What differs each time (a name, a number) is a
hole: `*1`, `*2` in both languages.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant import english
from models.train.mini.corpus import rows

LONGEST = 90
"""characters of either language"""

_PLACEHOLDER = re.compile(
    r"%\d?\$?[a-zA-Z@]\b|%\d+|%[A-Z_]{3,}|%\([\w ]+\)[sdr]?|\$\([\w ]+\)|\$[A-Za-z0-9_]+\$?|\$\{[^{}]*\}|\{\{?[^{}]*\}\}?|<[^<>]*>"
    r"|\[\[|\\[nt]|&\w+;|PRODUCTNAME|#\d+|\b[A-Z]+_[A-Z_]+\b"
)
_UNUSABLE = re.compile(r"[{}$<>|\\\n\t\r`]|BEGIN_|END_|%[a-zA-Z0-9(]|\[\[|&\w+;|PRODUCTNAME|\bplural\b")
_ACCELERATOR = re.compile(r"\s?\([_&~]?[A-Za-z0-9]\)")
_EITHER_PARTICLE = re.compile(
    r"\((은|는|이|가|을|를|과|와|으로|으)\)(을|를|이|가|은|는|과|와|로)|(은|는|이|가|을|를|과|와)\((은|는|이|가|을|를|과|와)\)"
)
_SLASHED_PARTICLE = re.compile("(?<=[\\d’”'\"]) ?(은/는|이/가|을/를|과/와|와/과|으로/로|로/으로)(?![가-힣])")
_HANGUL = re.compile("[가-힣]")
_PREFIX = {"가": "이(가)", "이": "이(가)", "을": "을(를)", "를": "을(를)", "은": "은(는)", "는": "은(는)", "과": "과(와)", "와": "과(와)",
           "으로": "(으)로", "으": "(으)로", "로": "(으)로"}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """One string of one program: its English key (see `assistant.english.key`) and its Korean."""

    english: str
    korean: str
    source: str
    licence: str


def read_pairs(data: Path) -> Iterator[Pair]:
    """All usable pairs of the data folder. Errors: FileNotFoundError when it is not there."""
    for row in rows(data / "ui-strings-permissive/ui_ko.jsonl.xz"):
        if row.get("en") and (both := tidy(row["en"], row["ko"])):
            yield Pair(*both, row["src"].split("/")[0], row["lic"])


def tidy(source: str, korean: str) -> tuple[str, str] | None:
    """(key, Korean) of one translated string; None when it cannot be shown as it is."""
    names: dict[str, str] = {}
    for found in _PLACEHOLDER.findall(source):
        names.setdefault(found, f"*{len(names) + 1}")
    if len(names) > 2 or any(source.count(name) > 1 or korean.count(name) != 1 for name in names):
        return None
    if set(_PLACEHOLDER.findall(korean)) - set(names):
        return None
    for name, hole in names.items():
        source, korean = source.replace(name, f" {hole} "), korean.replace(name, hole)
    if _UNUSABLE.search(source) or _UNUSABLE.search(korean):
        return None
    source = re.sub(r"(?<!\w)[_&~](?=\w)|(?<=\w)[_&~](?=\w)", "", source)
    english_key, korean = english.key(source), tidy_korean(korean)
    holes = english_key.count("*")
    told = [word for word in english_key.split() if not word.startswith("*")]
    if (
        not told
        or len(english_key) > LONGEST
        or not 1 <= len(korean) <= LONGEST
        or korean.count("*") != holes
    ):
        return None
    if holes and (len(told) < 2 or all(word in english.FUNCTION_WORDS for word in told)):
        return None
    if english_key.replace(" ", "").isdigit() or len(_HANGUL.findall(korean)) * 3 < len(
        korean.replace(" ", "")
    ):
        return None
    return english_key, korean


def tidy_korean(text: str) -> str:
    """Korean as it is said: no accelerators like (F), no dots at the end, particles in one spelling."""
    text = unicodedata.normalize("NFC", text)
    text = _ACCELERATOR.sub("", text)
    text = _EITHER_PARTICLE.sub(lambda m: _PREFIX[next(one for one in m.groups() if one)], text)
    text = _SLASHED_PARTICLE.sub(lambda m: _PREFIX[m[1].split("/")[0]], text)
    text = re.sub(r"(\*\d)\s+(?=(?:은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(으\)로))", r"\1", text)
    text = " ".join(text.split()).strip(" :.…·")
    return text[1:-1] if text.startswith("(") and text.find(")") == len(text) - 1 else text
