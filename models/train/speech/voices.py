"""Who speaks: espeak-ng's Korean with its variants, speeds, pitches and pauses; some voices are kept for the test."""

from __future__ import annotations

import random
from dataclasses import dataclass

TEST_VARIANTS = ("f4", "m6", "klatt3", "Andrea", "steph2", "john", "Hugo", "victor", "max", "belinda")
"""never heard in training"""

TRAIN_VARIANTS = (
    "", "m1", "m2", "m3", "m4", "m5", "m7", "m8", "f1", "f2", "f3", "f5", "klatt", "klatt2", "klatt4", "klatt5", "klatt6", "croak", "whisper",
    "whisperf", "Alex", "Alicia", "Andy", "Annie", "AnxiousAndy", "Denis", "Diogo", "Gene", "Gene2", "Henrique", "Jacky", "Lee", "Marco",
    "Mario", "Michael", "Mike", "Nguyen", "RicishayMax", "Storm", "Tweaky", "adam", "anika", "antonio", "aunty", "benjamin", "boris",
    "caleb", "david", "ed", "edward", "grandma", "grandpa", "gustave", "iven", "iven3", "kaukovalta", "linda", "marcelo", "michel", "miguel",
    "norbert", "pablo", "paul", "pedro", "quincy", "rob", "robert", "sandro", "shelby", "steph", "steph3", "travis", "zac",
)  # fmt: skip
_USUAL = (
    "",
    "m1",
    "m2",
    "m3",
    "m4",
    "m5",
    "m7",
    "f1",
    "f2",
    "f3",
    "f5",
    "klatt2",
    "Annie",
    "Alicia",
    "Michael",
)


@dataclass(frozen=True)
class Voice:
    """One way of speaking, in espeak-ng's own units."""

    variant: str = ""
    speed: int = 175
    """words a minute, 80 … 450"""
    pitch: int = 50
    """0 … 99"""
    swing: int = 50
    """how far the pitch moves, 0 … 99"""
    gap: int = 0
    """pause between words, in 10 ms"""
    size: float = 1.0
    """all frequencies and the tempo times this: a smaller or larger head"""

    @property
    def name(self) -> str:
        return f"ko+{self.variant}" if self.variant else "ko"


def draw(rng: random.Random, unseen: bool = False) -> Voice:
    """A voice for training, plain and usual ones oftener than odd ones; or one that training never hears."""
    part = rng.random()
    variant = "" if part < 0.12 else rng.choice(_USUAL if part < 0.5 else TRAIN_VARIANTS)
    variant = rng.choice(TEST_VARIANTS) if unseen else variant
    plain = rng.random() < 0.12
    return Voice(
        variant,
        175 if plain else round(rng.triangular(105, 260, 165)),
        50 if plain else round(rng.triangular(10, 95, 50)),
        50 if plain else round(rng.triangular(5, 95, 50)),
        0 if plain or rng.random() < 0.6 else rng.choice((1, 2, 3, 5, 8)),
        1.0 if plain or rng.random() < 0.4 else round(rng.uniform(0.87, 1.16), 2),
    )
