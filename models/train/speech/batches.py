"""Batches of clips of like length: features disturbed once more, tokens with or without times and hints."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from models.train.speech import features
from models.train.speech.clips import Clip
from models.train.speech.network import POSITIONS
from models.train.speech.tokenizer import END, NO_SPEECH, NO_TIMES, PREVIOUS, START, TRANSCRIBE

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from models.train.speech.shards import Shard

IGNORED = -100
MISHEARD = 0.12
"""share of the tokens before that are other ones: the decoder shall listen, not only go on"""
STANDING = 8
"""positions that stand for the empty rest of the window"""


@dataclass
class Batch:
    """B clips; T encoder positions, L tokens."""

    mel: torch.Tensor
    """(B, 2 T, 80) float32, scaled as Whisper does"""
    empty: float
    standing: torch.Tensor
    phonemes: torch.Tensor
    """(B, T) int64, −100 behind the clip"""
    tokens: torch.Tensor
    """(B, L) int64"""
    labels: torch.Tensor
    """(B, L) int64"""
    spans: torch.Tensor
    """(B, L, 2) int64: where the token that is to be written sounds, −1 for none"""


class Batcher:
    def __init__(self, tokenizer: Tokenizer, positions: int = 3200) -> None:
        self._tokenizer = tokenizer
        self.positions = positions
        ids = {
            name: tokenizer.token_to_id(name)
            for name in (END, NO_SPEECH, NO_TIMES, PREVIOUS, START, TRANSCRIBE, "<|ko|>", "<|0.00|>")
        }
        (
            self.end,
            self.no_speech,
            self.no_times,
            self.previous,
            self.start,
            self.transcribe,
            self.ko,
            self.zero,
        ) = ids.values()

    def epoch(self, shards: Sequence[Shard], rng: random.Random, longest: int = POSITIONS) -> Iterator[Batch]:
        """All clips of the shards up to `longest` positions, once."""
        places = [
            (shard, n)
            for shard in shards
            for n in range(len(shard))
            if shard.starts[n + 1] - shard.starts[n] <= longest
        ]
        rng.shuffle(places)
        for first in range(0, len(places), 2000):
            pool = sorted(
                places[first : first + 2000], key=lambda p: p[0].starts[p[1] + 1] - p[0].starts[p[1]]
            )
            groups: list[list[Clip]] = [[]]
            for shard, number in pool:
                clip = shard.clip(number)
                if (len(groups[-1]) + 1) * len(clip.phonemes) > self.positions:
                    groups.append([])
                groups[-1].append(clip)
            rng.shuffle(groups)
            for group in groups:
                if group:
                    yield self.batch(group, rng)

    def batch(self, clips: list[Clip], rng: random.Random, plain: bool = False) -> Batch:
        """`plain` disturbs nothing and gives no hints: for measuring."""
        generator = torch.Generator().manual_seed(rng.randrange(1 << 40))
        frames = max(len(c.phonemes) for c in clips) + rng.randint(2, 6)
        empty = 0.0 if plain or rng.random() < 0.75 else -0.7
        mel = torch.full((len(clips), 2 * frames, features.MELS), empty)
        phonemes = torch.full((len(clips), frames), IGNORED)
        for row, clip in enumerate(clips):
            found = features.from_bytes(torch.from_numpy(clip.mel))
            if not plain:
                found = disturbed(found, generator, rng)
            mel[row, : len(found)] = features.scaled(found[None])[0]
            phonemes[row, : len(clip.phonemes)] = torch.from_numpy(clip.phonemes.astype(np.int64))
        step = (POSITIONS - frames) / STANDING
        standing = (
            frames + ((torch.arange(STANDING) + torch.rand(STANDING, generator=generator)) * step).long()
        )
        timed = not plain and rng.random() < 0.6
        hinted = not plain and rng.random() < 0.3
        rows = [self._row(clip, clips, timed, hinted, rng) for clip in clips]
        longest = max(len(ids) for ids, _, _ in rows)
        tokens = torch.full((len(clips), longest), self.end)
        labels = torch.full((len(clips), longest), IGNORED)
        spans = torch.full((len(clips), longest, 2), -1)
        for row, (ids, wanted, sounding) in enumerate(rows):
            tokens[row, : len(ids)] = torch.tensor(ids)
            if not plain:
                slips = torch.rand(longest, generator=generator) < MISHEARD
                others = torch.randint(self.end, (longest,), generator=generator)
                tokens[row] = torch.where(slips & (tokens[row] < self.end), others, tokens[row])
            labels[row, : len(ids)] = torch.tensor(wanted)
            spans[row, : len(ids)] = torch.tensor(sounding)
        return Batch(mel, empty, standing, phonemes, tokens, labels, spans)

    def _row(
        self, clip: Clip, others: list[Clip], timed: bool, hinted: bool, rng: random.Random
    ) -> tuple[list[int], list[int], list[tuple[int, int]]]:
        """(ids, the token after each or −100, where that sounds)."""
        kept = [
            (int(t), tuple(map(int, s)))
            for t, s in zip(clip.tokens, clip.spans, strict=True)
            if timed or t < self.zero
        ]
        blank = self._tokenizer.token_to_id("Ġ")
        if not timed and len(clip.texts) > 1:  # without times a blank parts the sentences
            at = next(n for n, t in enumerate(clip.tokens[2:], 2) if t >= self.zero) - 1
            kept.insert(at, (blank, (-1, -1)))
        if not clip.texts and timed:
            kept = [(self.zero, (-1, -1))]
        prompt = [self.start, self.ko, self.transcribe] + ([] if timed else [self.no_times])
        after = [*kept, (self.end, (-1, -1))]
        ids = prompt + [t for t, _ in kept]
        wanted = (
            [self.ko if clip.texts else self.no_speech]
            + [IGNORED] * (len(prompt) - 2)
            + [t for t, _ in after]
        )
        sounding = [(-1, -1)] * (len(prompt) - 1) + [s for _, s in after]
        if hinted and rng.random() < 0.8:
            hints = [self.previous, *self._hints(clip, others, rng)]
            ids, wanted, sounding = (
                hints + ids, [IGNORED] * len(hints) + wanted, [(-1, -1)] * len(hints) + sounding
            )  # fmt: skip
        return ids, wanted, sounding

    def _hints(self, clip: Clip, others: list[Clip], rng: random.Random) -> list[int]:
        """Words that may be said: some of the clip's among others."""
        words = [word.rstrip("?!.,") for text in clip.texts for word in text.split()]
        mine = rng.sample(words, min(len(words), rng.randint(0, 3)))
        strange = [
            w
            for c in rng.sample(others, min(len(others), rng.randint(1, 12)))
            for t in c.texts
            for w in t.split()[:2]
        ]
        both = mine + strange
        rng.shuffle(both)
        return self._tokenizer.encode(" " + " ".join(both), add_special_tokens=False).ids[:120]


def disturbed(mel: torch.Tensor, generator: torch.Generator, rng: random.Random) -> torch.Tensor:
    """(frames, 80) logarithms with another level, another tone, more noise, and holes in time and pitch."""
    frames = len(mel)
    if rng.random() < 0.65:
        return mel
    loudest = float(mel.max())
    tilt = torch.linspace(-1, 1, features.MELS)
    if rng.random() < 0.5:
        mel = (
            mel
            + rng.uniform(-0.4, 0.4) * tilt
            + rng.uniform(-0.2, 0.2) * torch.sin(tilt * rng.uniform(1, 8) + rng.uniform(0, 6))
        )
    if rng.random() < 0.5:
        floor = loudest - rng.uniform(0.6, 4.5) + rng.uniform(-0.8, 0.8) * tilt
        noise = floor + 0.25 * torch.randn(frames, features.MELS, generator=generator)
        mel = torch.logaddexp(mel * 2.302585, noise * 2.302585) / 2.302585
    mel = mel + rng.uniform(-2.0, 0.3)
    for _ in range(rng.choice((0, 0, 1, 2))):
        low = rng.randrange(features.MELS - 12)
        mel[:, low : low + rng.randint(2, 12)] = loudest - rng.uniform(4, 8)
    for _ in range(rng.choice((0, 0, 0, 1, 2))):
        at = rng.randrange(max(1, frames - 8))
        mel[at : at + rng.randint(2, 8)] = loudest - rng.uniform(3, 8)
    return mel
