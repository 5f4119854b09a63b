"""Clips on disk, a thousand to a file, and back as arrays."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.train.speech.clips import Clip, Studio
from models.train.speech.texts import Texts

SIZE = 1000


def write(clips: list[Clip], path: Path) -> None:
    """One .npz file; a reader never sees half of it."""
    lengths = np.array([len(c.phonemes) for c in clips], np.int32)
    counts = np.array([len(c.tokens) for c in clips], np.int32)
    with (path.with_suffix(".part")).open("wb") as file:
        np.savez(
            file,
            mel=np.concatenate([c.mel for c in clips]),
            phonemes=np.concatenate([c.phonemes for c in clips]),
            tokens=np.concatenate([c.tokens for c in clips]),
            spans=np.concatenate([c.spans for c in clips]),
            lengths=lengths,
            counts=counts,
            texts=np.frombuffer(json.dumps([c.texts for c in clips], ensure_ascii=False).encode(), np.uint8),
        )
    path.with_suffix(".part").replace(path)


@dataclass
class Shard:
    """A file's clips; `clip(n)` cuts one out."""

    mel: np.ndarray
    phonemes: np.ndarray
    tokens: np.ndarray
    spans: np.ndarray
    starts: np.ndarray
    token_starts: np.ndarray
    texts: list[list[str]]

    @classmethod
    def read(cls, path: Path) -> Shard:
        kept = np.load(path, allow_pickle=False)
        starts = np.concatenate([[0], np.cumsum(kept["lengths"])])
        token_starts = np.concatenate([[0], np.cumsum(kept["counts"])])
        texts = json.loads(kept["texts"].tobytes())
        return cls(kept["mel"], kept["phonemes"], kept["tokens"], kept["spans"], starts, token_starts, texts)

    def __len__(self) -> int:
        return len(self.texts)

    def clip(self, number: int) -> Clip:
        a, b = self.starts[number : number + 2]
        c, d = self.token_starts[number : number + 2]
        return Clip(
            self.mel[2 * a : 2 * b], self.phonemes[a:b], self.tokens[c:d], self.spans[c:d], self.texts[number]
        )


def make(studio: Studio, texts: Texts, seed: int, count: int = SIZE) -> list[Clip]:
    """Clips number seed × count and on."""
    rng, found = random.Random(f"shard {seed}"), []
    while len(found) < count:
        clip = studio.clip([texts.draw(rng), texts.draw(rng)], seed * 1_000_003 + len(found))
        if clip is not None and len(clip.phonemes) < 1450:
            found.append(clip)
    return found
