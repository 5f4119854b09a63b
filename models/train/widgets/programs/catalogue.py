"""Message catalogues in which every message is a Korean string of ours: same programs, same windows, other words.

The texts of most programs are under licences that must not enter training. A catalogue gives each message a random
permissive string of about its length; what the program needs of the message is kept: format specifiers in their order,
the key under an underscore or ampersand, the colon or dots at the end, markup around the whole.
"""

from __future__ import annotations

import json
import lzma
import random
import re
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path

from models.train.screen_text.corpus import held_out

LABELS = "ui-strings-permissive/short_labels_ko.tsv.xz"
UNSAFE = re.compile(r"[<>&%{}_\\$|~\t\"]")
SPECIFIER = re.compile(
    r"%%|%\(\w+\)[-+ #0']*\d*(?:\.\d+)?[diouxXeEfFgGcs]|%(?:\d+\$)?[-+ #0'I]*(?:\d+|\*)?(?:\.(?:\d+|\*))?"
    r"(?:hh|h|ll|l|q|L|j|z|t)?[diouxXeEfFgGcspP](?![A-Za-z]{2})|%L?\d+|%n(?![a-z])|\{[^{}]{0,40}\}|\$\{?\w+\}?"
)
"""of C, Python, Qt and KDE"""
KEPT = re.compile(
    r"(?i:true|false)|yes|no|[\w-]+:[\w:]+|[a-z0-9]+(?:[-_.][a-z0-9]+)+|https?://\S*|[^A-Za-z]*|.|(?!OK$)[A-Z]\w?|/[\w./*-]*"
)
"""messages that are settings, names or numbers rather than words"""
TIMES = re.compile(r"%[-_^0E]*[YmHMBAplIyabBSTRFDjVZkOhr](?![A-Za-z])")
MARKUP = re.compile(r"^((?:<[^<>]+>)+)(.*?)((?:</[^<>]+>)+)$", re.DOTALL)
TAG = re.compile(r"<[^<>]{1,60}>")
MNEMONIC = re.compile(r"(?<![_&])([_&])([A-Za-z0-9])")
ENDING = re.compile(r"(\s*(?:\.\.\.|…|:|：))\s*$")
SHORTER = 0.65
"""Korean characters for each of English"""
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\nLanguage: ko\n"


class Words:
    """Korean strings by length, from the permissive interface strings under `data`, the held-out ones left out."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.by_length: dict[int, list[str]] = {}
        for text in texts:
            if not UNSAFE.search(text) and re.search("[가-힣]", text):
                self.by_length.setdefault(len(text), []).append(text)
        if not self.by_length:
            raise ValueError("no usable Korean strings")
        self.lengths = sorted(self.by_length)

    @classmethod
    def read(cls, data: Path) -> Words:
        """Errors: FileNotFoundError where the set is missing."""
        with lzma.open(data / LABELS, "rt", encoding="utf-8") as file:
            texts = [line.rstrip("\n").split("\t")[1].rstrip(".:… ") for line in file]
        return cls(text for text in texts if text and not held_out(text))

    def some(self, length: int, rng: random.Random) -> str:
        """A string of about `length` characters; several joined where none is so long."""
        near = [n for n in self.lengths if 0.75 * length - 1 <= n <= 1.25 * length + 1]
        if near:
            return rng.choice(self.by_length[rng.choice(near)])
        longest = self.lengths[-1]
        if length < self.lengths[0]:
            return rng.choice(self.by_length[self.lengths[0]])[:length]
        first = self.some(min(longest, 24), rng)
        return f"{first} {self.some(max(2, length - len(first) - 1), rng)}"


def replaced(message: str, words: Words, seed: int, mark: str = "_") -> str:
    """Our text for a message (without context), the same for the same seed; settings, numbers and times stay.

    `mark`: what stands before a label's key, "_" (GTK) or "&" (Qt and KDE).
    """
    if KEPT.fullmatch(message) or TIMES.search(SPECIFIER.sub("", message)) or TIMES.fullmatch(message):
        return message
    if "%" in SPECIFIER.sub("", message):
        return message
    rng = random.Random(f"{seed}/{message}")
    if "\n" in message:
        return "\n".join(replaced(part, words, seed, mark) if part else "" for part in message.split("\n"))
    around = MARKUP.match(message)
    if around and "<" not in around[2]:
        return around[1] + replaced(around[2], words, seed, mark) + around[3]
    plain = TAG.sub("", message)
    ending = ENDING.search(plain)
    end = ending[1] if ending else ""
    plain = plain[: ending.start()] if ending else plain
    keys = [key for key in MNEMONIC.finditer(plain) if key[1] == mark]
    key = f"({mark}{keys[0][2].upper()})" if len(keys) == 1 else ""
    plain = MNEMONIC.sub(r"\2", plain)
    specifiers = [found[0] for found in SPECIFIER.finditer(plain)]
    literal = SPECIFIER.sub("", plain)
    if not re.search(r"[A-Za-z]{2}", literal):
        return message
    text = words.some(max(1, round(SHORTER * len(literal.strip()))), rng)
    return woven(text, specifiers, SPECIFIER.match(plain) is not None) + key + end


def woven(text: str, specifiers: list[str], first: bool) -> str:
    """The text with all specifiers in their order, the first of them before it where it was so."""
    before, after = (specifiers[:1], specifiers[1:]) if first else ([], specifiers)
    return " ".join([*before, text, *after])


def read_mo(path: Path) -> dict[str, str]:
    """Messages of a compiled catalogue as they stand in it: "context\\x04message\\0plural". Errors: ValueError."""
    held = path.read_bytes()
    order = {0x950412DE: "<", 0xDE120495: ">"}.get(struct.unpack_from("<I", held)[0] if len(held) > 28 else 0)
    if order is None:
        raise ValueError(f"{path} is no message catalogue")
    count, originals, translations = struct.unpack_from(f"{order}3I", held, 8)
    made: dict[str, str] = {}
    for number in range(count):
        pair = []
        for table in (originals, translations):
            length, at = struct.unpack_from(f"{order}2I", held, table + 8 * number)
            pair.append(held[at : at + length].decode("utf-8", "replace"))
        made[pair[0]] = pair[1]
    return made


def write_mo(messages: Mapping[str, str], path: Path) -> None:
    """Write a compiled catalogue; `messages` as `read_mo` gives them, the header is added."""
    rows = sorted((key.encode(), value.encode()) for key, value in (dict(messages) | {"": HEADER}).items())
    keys, values, at = [], [], 28 + 16 * len(rows)
    for column, table in ((0, keys), (1, values)):
        for row in rows:
            table.append(struct.pack("<2I", len(row[column]), at))
            at += len(row[column]) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(rows), 28, 28 + 8 * len(rows), 0, 0)
    texts = b"".join(row[column] + b"\0" for column in (0, 1) for row in rows)
    path.write_bytes(head + b"".join(keys) + b"".join(values) + texts)


def ours(messages: Iterable[str], words: Words, seed: int, mark: str = "_") -> dict[str, str]:
    """Each message as it stands in a catalogue, with our text for it. Plural messages get one form."""
    made = {}
    for key in messages:
        message = key.split("\x04", 1)[-1].split("\0", 1)[-1]
        if key:
            made[key] = replaced(message, words, seed, mark)
    return made


def catalogues(locales: Path, target: Path, words: Words, seed: int) -> dict[str, str]:
    """Write our catalogue of every domain found under `locales` (as /usr/share/locale) into the folder `target`.

    Returns our text as it is shown (without mark) → message, by which a driver finds "Preferences".
    """
    target.mkdir(parents=True, exist_ok=True)
    sources: dict[str, Path] = {}
    for path in locales.glob("*/LC_MESSAGES/*.mo"):
        best = sources.get(path.name)
        if (
            best is None
            or path.parts[-3] == "ko"
            or (best.parts[-3] != "ko" and path.stat().st_size > best.stat().st_size)
        ):
            sources[path.name] = path
    shown: dict[str, str] = {}
    for name, path in sources.items():
        if name.startswith(("iso_", "libc.")):
            continue
        try:
            messages = read_mo(path)
        except (ValueError, struct.error):
            continue
        mark = "&" if sum("&" in key for key in messages) > sum("_" in key for key in messages) else "_"
        made = ours(messages, words, seed, mark)
        write_mo(made, target / name)
        for key, value in made.items():
            if len(key) < 60:
                shown[value.replace("_", "").replace("&", "")] = key.split("\x04", 1)[-1].split("\0")[0]
    return shown


def write_shown(shown: Mapping[str, str], path: Path) -> None:
    path.write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")
