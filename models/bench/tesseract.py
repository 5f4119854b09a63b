"""The reader that people use otherwise: Tesseract with its Korean model, run the way that suits it best."""

from __future__ import annotations

import csv
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from PIL import Image

from assistant.frames import Box
from models.bench.alignment import Piece

LANGUAGES = "kor+eng"
WORD_LEVEL = "5"
PATIENCE_S = 600


@dataclass(frozen=True)
class Settings:
    """How Tesseract is asked: page segmentation mode, times the picture is enlarged, threads it may use."""

    mode: int
    scale: int
    threads: int = 1
    """one is fastest while anything else runs: its threads wait for each other in busy loops"""

    def __str__(self) -> str:
        return f"--psm {self.mode} ×{self.scale}"


CANDIDATES = (Settings(6, 2), Settings(11, 2), Settings(3, 2), Settings(11, 1))
"""uniform block (as it was compared before), sparse text, automatic; on the doubled picture, which it likes better"""


@dataclass(frozen=True)
class TesseractRead:
    """What it read of one screen: words in its order, whole lines, and what its process took."""

    words: list[Piece]
    lines: list[Piece]
    seconds: float
    """by the clock; 0 when an earlier output was used"""
    processor_seconds: float


def version() -> str | None:
    """Its version when it is installed with Korean, else None."""
    if shutil.which("tesseract") is None:
        return None
    languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
    told = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=False)
    return told.stdout.split("\n", 1)[0] if "kor" in languages.stdout.split() else None


def read(picture: Path, settings: Settings, kept: Path | None = None) -> TesseractRead:
    """Words and lines; from `kept`, a folder of earlier outputs, where it holds one of this picture (then no time).

    Errors: CalledProcessError, TimeoutExpired after PATIENCE_S.
    """
    output = kept and kept / f"{picture.stem}.{digest(picture)}.psm{settings.mode}x{settings.scale}.tsv"
    if output and output.exists():
        return TesseractRead(*parsed(output.read_text("utf-8").splitlines(), settings.scale), 0.0, 0.0)
    table, seconds, processor_seconds = run(picture, settings)
    if output:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(table, "utf-8")
    return TesseractRead(*parsed(table.splitlines(), settings.scale), seconds, processor_seconds)


def run(picture: Path, settings: Settings) -> tuple[str, float, float]:
    """Its table as text, the seconds it took by the clock, and those of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        enlarged = Path(folder) / "screen.png"
        with Image.open(picture) as image:
            size = image.width * settings.scale, image.height * settings.scale
            image.convert("RGB").resize(size, Image.Resampling.LANCZOS).save(enlarged, compress_level=1)
        command = ["tesseract", str(enlarged), "stdout", "-l", LANGUAGES, "--psm", str(settings.mode), "tsv"]
        environment = {**os.environ, "OMP_THREAD_LIMIT": str(settings.threads)}
        before, begun = os.times(), time.perf_counter()
        done = subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE_S, env=environment)
        seconds, after = time.perf_counter() - begun, os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return done.stdout.decode("utf-8", "replace"), seconds, spent


def digest(picture: Path) -> str:
    return hashlib.sha256(picture.read_bytes()).hexdigest()[:12]


def fastest(picture: Path, settings: Settings) -> Settings:
    """`settings` with one or two threads, whichever is faster on `picture` now."""
    two = replace(settings, threads=2)
    alone = read(picture, settings).seconds
    try:
        together = read(picture, two).seconds
    except subprocess.TimeoutExpired:
        return settings
    return two if together < alone else settings


def parsed(rows: Iterable[str], scale: int) -> tuple[list[Piece], list[Piece]]:
    """Words and lines of Tesseract's TSV, boxes in pixels of the picture before it was enlarged."""
    table = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
    found = [row for row in table if row["level"] == WORD_LEVEL and row["text"].strip()]
    words, lines = [], []
    for _, group in groupby(found, key=lambda row: (row["block_num"], row["par_num"], row["line_num"])):
        in_line = [word(row, scale) for row in group]
        words += in_line
        lines.append(Piece(" ".join(one.text for one in in_line), Box.around([one.box for one in in_line])))
    return words, lines


def word(row: dict[str, str], scale: int) -> Piece:
    x, y, width, height = (int(row[name]) // scale for name in ("left", "top", "width", "height"))
    return Piece(row["text"].strip(), Box(x, y, width, height), float(row["conf"]) / 100)
