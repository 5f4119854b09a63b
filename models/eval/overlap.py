"""Whether what stands on the validation screens also stands in text that models are trained on, by licence.

A program's own words are on its screen and in its message catalogue, so some overlap with permissive catalogues
is expected and told. Copyleft text must not be trained on at all: that is checked by looking which files of the
text folder the training code names.
"""

from __future__ import annotations

import ast
import json
import lzma
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LONGER_THAN = 8
"""characters; shorter strings are everyday words that say nothing about where they came from"""
SOURCE = "SOURCE.md"
_COPYLEFT = re.compile(r"\b(?:A?GPL|LGPL|GFDL)")
_SHARE_ALIKE = re.compile(r"BY-SA", re.IGNORECASE)
_OTHER = re.compile(r"MIT|BSD|Apache|MPL|CC0|CC[ -]BY|Unicode")
_NOT_TEXT = {"lic", "src", "attribution", "label", "label_name", "group", "code", "kind"}


@dataclass
class Overlap:
    """What one text set shares with the screens. Counts are of different strings."""

    name: str
    licence: str
    """"permissive", "share-alike", "mixed" (GPL or GFDL beside another licence) or "copyleft"."""
    trained_on: bool
    whole: set[str] = field(default_factory=set)
    """strings of screens that are one text of the set"""
    inside: set[str] = field(default_factory=set)
    """those that only stand within a longer text"""
    copyleft: set[str] = field(default_factory=set)
    """those of `whole` and `inside` found in records whose own field `lic` names GPL, LGPL or GFDL"""


def plain(text: str) -> str:
    """NFC, lower case, single blanks, without an access key "(F)" or dots at the end."""
    text = " ".join(unicodedata.normalize("NFC", text).lower().split())
    return re.sub(r"(?:\s*\(\w\))?(?:\.{1,3}|…|:)?$", "", text)


def screen_strings(folder: Path) -> dict[str, str]:
    """The different texts of all screens in `folder` that are long enough: plain form → as shown."""
    found = {}
    for truth in sorted(folder.glob("*.json")):
        for line in json.loads(truth.read_text("utf-8"))["lines"]:
            if len(plain(line["text"])) > LONGER_THAN:
                found.setdefault(plain(line["text"]), line["text"])
    return found


def licence_class(told: str) -> str:
    """The class of a licence as it is written in a SOURCE.md: what is named first counts first."""
    copyleft, other = _COPYLEFT.search(told), _OTHER.search(told)
    if copyleft:
        return "mixed" if other and other.start() < copyleft.start() else "copyleft"
    return "share-alike" if _SHARE_ALIKE.search(told) else "permissive"


def licence_of(folder: Path) -> str:
    """The class by the line "- licence: …" of the set's SOURCE.md; "unknown" without one."""
    source = folder / SOURCE
    told = re.search(r"^- licence: (.+)$", source.read_text("utf-8"), re.M) if source.is_file() else None
    return licence_class(told.group(1)) if told else "unknown"


def named_files(code: Path, texts: Path) -> set[Path]:
    """The files and folders under `texts` that string constants of the Python files under `code` name."""
    found = set()
    for file in sorted(code.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_path(node.value):
                target = texts / node.value.strip("/")
                if target.exists():
                    found.add(target)
    return found


def _is_path(text: str) -> bool:
    return 2 < len(text) < 120 and "\n" not in text and not text.startswith((".", "/")) and "\0" not in text


def overlaps(screens: Path, texts: Path, code: Path) -> list[Overlap]:
    """One row per text set (folder with a SOURCE.md) under `texts`, in order of names."""
    strings = screen_strings(screens)
    heads: dict[str, list[str]] = {}
    for text in strings:
        heads.setdefault(text[: LONGER_THAN + 1], []).append(text)
    named = named_files(code, texts)
    rows = []
    for folder in sorted(p.parent for p in texts.glob(f"*/{SOURCE}")):
        row = Overlap(folder.name, licence_of(folder), any(folder in (p, *p.parents) for p in named))
        for text, licence in _texts_of(folder):
            _compare(row, plain(text), licence, strings, heads)
        row.inside -= row.whole
        rows.append(row)
    return rows


def _compare(
    row: Overlap, text: str, licence: str, strings: dict[str, str], heads: dict[str, list[str]]
) -> None:
    """Note in `row` which strings are `text` or stand within it."""
    width = LONGER_THAN + 1
    found = {strings[text]} if text in strings else set()
    row.whole |= found
    for start in (i for i in range(len(text) - width + 1) if text[i : i + width] in heads):
        found |= {strings[w] for w in heads[text[start : start + width]] if text.startswith(w, start)}
    row.inside |= found
    if _COPYLEFT.search(licence):
        row.copyleft |= found


def _texts_of(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text of a set with its record's own licence ("" when it has none)."""
    for file in sorted(p for p in folder.rglob("*") if p.is_file() and p.name != SOURCE):
        kind = file.name.removesuffix(".xz").rsplit(".", 1)[-1]
        with (
            lzma.open(file, "rt", encoding="utf-8")
            if file.suffix == ".xz"
            else file.open(encoding="utf-8") as lines
        ):
            if kind == "json":
                yield from ((text, "") for text in _leaves(json.load(lines)))
            elif kind == "jsonl":
                for line in lines:
                    record = json.loads(line)
                    licence = str(record.get("lic", "")) if isinstance(record, dict) else ""
                    yield from ((text, licence) for text in _leaves(record))
            else:
                yield from ((cell, "") for line in lines for cell in line.rstrip("\n").split("\t"))


def _leaves(value: object) -> Iterator[str]:
    """The lines of all strings in a JSON value, but for fields that are not text."""
    if isinstance(value, str):
        yield from value.split("\n")
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in _NOT_TEXT:
                yield from _leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part)


def told(rows: Sequence[Overlap], count: int, show: bool) -> list[str]:
    """The rows as a table with a summary; with `show` every shared string under its set."""
    lines = [
        f"{count} different strings of more than {LONGER_THAN} characters stand on the screens",
        f"{'text set':30} {'licence':12} {'trained on':10} {'whole':>6} {'inside':>7} {'copyleft':>9}",
    ]
    for row in rows:
        trained = "yes" if row.trained_on else "no"
        lines.append(
            f"{row.name:30} {row.licence:12} {trained:10} {len(row.whole):>6} {len(row.inside):>7}"
            f" {len(row.copyleft):>9}"
        )
        if show:
            lines += [f"    = {text}" for text in sorted(row.whole)]
            lines += [f"    ~ {text}" for text in sorted(row.inside)]
    trained = [row for row in rows if row.trained_on]
    seen = set().union(*(row.whole | row.inside for row in trained))
    only = set().union(*(row.whole | row.inside for row in rows if row.licence == "copyleft")) - seen
    lines.append(
        f"{len(seen)} stand in sets that are trained on; {len(only)} in copyleft sets and in none of those"
    )
    return lines


def forbidden(rows: Iterable[Overlap]) -> list[str]:
    """Names of copyleft (or unlicensed) sets that the training code names; there must be none."""
    return [row.name for row in rows if row.trained_on and row.licence in ("copyleft", "unknown")]
