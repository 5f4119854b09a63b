"""One training clip: a sentence spoken, disturbed, turned into features, with the time of every token and phoneme."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from models.train.speech import features, sounds, voices
from models.train.speech.aloud import aloud
from models.train.speech.espeak import Espeak, Said
from models.train.speech.voices import Voice

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FRAME = 0.02
"""seconds of one encoder position"""


@dataclass
class Clip:
    """What a network learns from: T encoder positions (2 T feature frames), N tokens."""

    mel: np.ndarray
    """(2 T, 80) uint8"""
    phonemes: np.ndarray
    """(T,) uint8: which phoneme sounds, 0 none"""
    tokens: np.ndarray
    """(N,) int32: times and text as Whisper writes them, without start and end; empty where nobody speaks"""
    spans: np.ndarray
    """(N, 2) int16: first and last encoder position of each token's sound; (−1, −1) for times"""
    texts: list[str] = field(default_factory=list)


class Studio:
    """Makes clips. The same seed gives the same clip but for the last bits of its sound, where espeak-ng is free."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        phonemes: list[str],
        nobody: float = 0.06,
        twice: float = 0.1,
        unseen: bool = False,
    ) -> None:
        self._espeak = Espeak()
        self._tokenizer = tokenizer
        self._phonemes = {name: n for n, name in enumerate(phonemes, 1)}
        self._first_time = tokenizer.token_to_id("<|0.00|>")
        self._nobody, self._twice, self._unseen = nobody, twice, unseen

    def clip(self, texts: list[str], seed: int) -> Clip | None:
        """A clip of the first of `texts`, now and then of both, or of nobody; None where the voice failed."""
        rng, sound_rng = random.Random(seed), np.random.default_rng(seed)
        if rng.random() < self._nobody:
            return self._empty(sounds.nobody(sound_rng))
        chosen = texts[: 2 if rng.random() < self._twice else 1]
        pieces, tokens, spans, sounding = [_pause(rng)], [], [], []
        at = len(pieces[0]) / sounds.RATE
        for number, text in enumerate(chosen):
            voice = voices.draw(rng, self._unseen)
            said = self._espeak.say(spoken := text if rng.random() < 0.2 else aloud(text, rng), voice)
            if said is None:
                return None
            samples, factor = at_rate(said, voice.size)
            end = at + (said.phonemes[-1][0] * factor if said.phonemes else len(samples) / sounds.RATE)
            if number:
                spans.append((-1, -1))
                tokens.append(self._time(at))
            else:
                tokens.append(self._first_time + (0 if at < 0.6 else round(at * 10) * 5))
                spans.append((-1, -1))
            ids = self._tokenizer.encode(text, add_special_tokens=False).ids
            spans += token_spans((text, spoken), self._tokenizer, said, factor, (at, end))
            tokens += ids
            tokens.append(self._time(end))
            spans.append((-1, -1))
            sounding += [(at + seconds * factor, name) for seconds, name in said.phonemes]
            loud = (
                samples / (np.abs(samples).max() + 1e-6) * (10 ** (-rng.uniform(0, 12) / 20) if number else 1)
            )
            pause = (
                _pause(rng)
                if number + 1 == len(chosen)
                else np.zeros(int(sounds.RATE * rng.uniform(0.1, 0.9)), np.float32)
            )
            pieces += [loud, pause]
            at += (len(loud) + len(pause)) / sounds.RATE
        wave = sounds.disturbed(np.concatenate(pieces), sound_rng)
        wave = wave / (np.abs(wave).max() + 1e-6) * 10 ** (-abs(rng.gauss(0, 12)) / 20)
        if rng.random() < 0.5:  # the last bit of 16-bit samples
            wave = np.rint(wave * 32767) / 32768
        mel = self._mel(wave)
        return Clip(
            mel,
            self._sounding(sounding, len(mel) // 2),
            np.array(tokens, np.int32),
            np.array(spans, np.int16),
            chosen,
        )

    def _empty(self, wave: np.ndarray) -> Clip:
        mel = self._mel(wave)
        return Clip(mel, np.zeros(len(mel) // 2, np.uint8), np.zeros(0, np.int32), np.zeros((0, 2), np.int16))

    def _mel(self, wave: np.ndarray) -> np.ndarray:
        wave = np.concatenate([wave, np.zeros(160 + len(wave) % 320, np.float32)])  # as faster-whisper pads
        mel = features.to_bytes(features.log_mel(wave))
        return mel[: len(mel) // 2 * 2]

    def _time(self, seconds: float) -> int:
        """The token of a time, in tenths of a second."""
        return self._first_time + min(1500, round(seconds * 10) * 5)

    def _sounding(self, events: list[tuple[float, str]], length: int) -> np.ndarray:
        out = np.zeros(length, np.uint8)
        for seconds, name in events:
            out[max(0, int(np.ceil(seconds / FRAME))) :] = self._phonemes.get(name, 0)
        return out


def at_rate(said: Said, size: float) -> tuple[np.ndarray, float]:
    """(16 kHz samples, by how much times grew): `size` over 1 shortens and raises everything."""
    from scipy.signal import resample_poly

    down = round(said.rate * size / 50)
    samples = resample_poly(said.samples, sounds.RATE // 50, down).astype(np.float32)
    return samples, len(samples) / sounds.RATE / (len(said.samples) / said.rate)


def token_spans(
    texts: tuple[str, str], tokenizer: Tokenizer, said: Said, factor: float, between: tuple[float, float]
) -> list[tuple[int, int]]:
    """Encoder positions of each token of the written one of `texts` (written, spoken), said `between` two times.

    Inside its word a token stands in proportion to the characters before it.
    """
    (text, spoken), (start, end) = texts, between
    words = text.split(" ")
    starts = np.cumsum([0, *(len(word) + 1 for word in spoken.split(" "))])
    first: list[float | None] = [None] * len(words)
    if len(starts) == len(words) + 1:
        for seconds, position in said.words:
            number = int(np.searchsorted(starts, position, "right")) - 1
            if 0 <= number < len(words) and first[number] is None:
                first[number] = start + seconds * factor
    times = _filled(first, words, start, end)
    spans = []
    offset, at_word = 0, 0
    for begin, stop in tokenizer.encode(text, add_special_tokens=False).offsets:
        while at_word + 1 < len(words) and begin > offset + len(words[at_word]):
            offset += len(words[at_word]) + 1
            at_word += 1
        long = max(1, len(words[at_word]))
        low, high = times[at_word], times[at_word + 1]
        inside = (min(begin - offset, long), min(max(stop - offset, 1), long))
        spans.append(tuple(int((low + (high - low) * part / long) / FRAME) for part in inside))
    return spans


def _filled(first: list[float | None], words: list[str], start: float, end: float) -> list[float]:
    """Start of each word and the end; where espeak-ng told none, in proportion to the letters."""
    letters = np.cumsum([0, *(len(word) + 1 for word in words)])
    times = [start + (end - start) * part / letters[-1] for part in letters]
    for number, seconds in enumerate(first):
        if seconds is not None:
            times[number] = seconds
    return list(np.maximum.accumulate(times))


def _pause(rng: random.Random) -> np.ndarray:
    """The quiet before or behind speech: about what a voice detector leaves."""
    seconds = rng.choice(
        (rng.uniform(0, 0.15), rng.uniform(0.12, 0.45), rng.uniform(0.1, 1.5) if rng.random() < 0.3 else 0.2)
    )
    return np.zeros(int(sounds.RATE * seconds), np.float32)


def phonemes_of(texts: list[str], espeak: Espeak) -> list[str]:
    """All phoneme names that occur when these texts are spoken."""
    found: dict[str, None] = {}
    for text in texts:
        said = espeak.say(text, Voice())
        if said:
            found.update(dict.fromkeys(name for _, name in said.phonemes if not name.startswith("_")))
    return sorted(found)
