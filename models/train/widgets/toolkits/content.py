"""Random texts, and the form in which the drawing programs hand over a picture and its truth.

Standard library only, Python 3.11: it runs under the system's Python beside GTK and Qt bindings.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EXTENSIONS = ("xlsx", "hwp", "pdf", "png", "txt", "zip", "mp3", "docx", "py", "jpg")
SURNAMES = "김이박최정강조윤장임한오서신권황안송류홍"
SYLLABLES = "민서준지우하은도윤예진수현아영호성재유나태연가람솔"
HOSTS = ("example.kr", "example.com", "mail.example", "192.168.0.1", "localhost:8080")


@dataclass
class Texts:
    """Random strings of interfaces: labels from the pool, values made up."""

    labels: list[str]
    sentences: list[str]
    rng: random.Random

    @classmethod
    def read(cls, path: Path, rng: random.Random) -> Texts:
        pool = json.loads(path.read_text(encoding="utf-8"))
        return cls(pool["labels"], pool["sentences"], rng)

    def label(self, longest: int = 12) -> str:
        """A short interface string, sometimes with a Korean access key behind it, as "파일(F)"."""
        for _ in range(20):
            text = self.rng.choice(self.labels)
            if len(text) <= longest:
                return text
        return text[:longest]

    def option(self) -> str:
        """What stands beside a check box."""
        text = self.label(24) if self.rng.random() < 0.7 else self.sentence(40)
        return text

    def sentence(self, longest: int = 60) -> str:
        for _ in range(20):
            text = self.rng.choice(self.sentences)
            if len(text) <= longest:
                return text
        return text[:longest]

    def name(self) -> str:
        rng = self.rng
        return rng.choice(SURNAMES) + rng.choice(SYLLABLES) + rng.choice(SYLLABLES)

    def file(self) -> str:
        stem = self.label(10).replace(" ", self.rng.choice("_ ")).replace("/", "")
        return f"{stem}.{self.rng.choice(EXTENSIONS)}"

    def number(self) -> str:
        rng = self.rng
        return rng.choice(
            (
                str(rng.randint(0, 99)),
                f"{rng.randint(1, 9_999_999):,}",
                f"{rng.randint(1000, 90_000):,}원",
                f"{rng.random() * 100:.1f}%",
                f"{rng.random() * 900:.1f} {rng.choice(('KiB', 'MiB', 'GB'))}",
            )
        )

    def date(self) -> str:
        rng = self.rng
        year, month, day = rng.randint(2015, 2030), rng.randint(1, 12), rng.randint(1, 28)
        return rng.choice(
            (
                f"{year}-{month:02}-{day:02}",
                f"{year}년 {month}월 {day}일",
                f"{year}. {month}. {day}. 오후 {rng.randint(1, 12)}:{rng.randint(0, 59):02}",
                rng.choice(("오늘", "어제", "방금 전")),
            )
        )

    def value(self) -> str:
        """A value as fields and cells hold them."""
        makers = (self.number, self.date, self.name, self.file, self.label, self.address)
        return self.rng.choice(makers)()

    def address(self) -> str:
        host = self.rng.choice(HOSTS)
        return self.rng.choice((f"https://{host}", f"user{self.rng.randint(1, 99)}@{host}", host))

    def column(self) -> tuple[str, Any]:
        """A column's head and the maker of its values."""
        return self.rng.choice(
            (
                (self.label(8), self.label),
                ("이름", self.file),
                ("크기", self.number),
                ("날짜", self.date),
                ("담당", self.name),
                (self.label(8), self.value),
                (self.label(6), self.number),
                ("주소", self.address),
            )
        )

    def some(self, least: int, most: int, longest: int = 12) -> list[str]:
        return [self.label(longest) for _ in range(self.rng.randint(least, most))]

    def chance(self, share: float) -> bool:
        return self.rng.random() < share


@dataclass(frozen=True)
class Element:
    """A widget on the picture: box (x, y, width, height) in pixels, role as in tests/screens, states that hold."""

    role: str | None
    box: tuple[int, int, int, int]
    states: tuple[str, ...] = ()
    text: str = ""


def write(path: Path, elements: list[Element], toolkit: str, look: str) -> None:
    """The truth beside the picture `path`."""
    lines = [{"role": e.role, "box": list(e.box), "states": list(e.states), "text": e.text} for e in elements]
    record = {"toolkit": toolkit, "look": look, "elements": lines}
    path.with_suffix(".json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def arguments(about: str) -> argparse.Namespace:
    """The options that all drawing programs share."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--look", default="", help="theme, style or kinds of tabs (web); random when empty")
    options = parser.parse_args(sys.argv[1:])
    options.out.mkdir(parents=True, exist_ok=True)
    return options
