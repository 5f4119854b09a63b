"""Clips in which nobody speaks, made by arithmetic from a seed: the same ones everywhere. None is used in training.

Silence and its dither, noises, machines, knocks and keys, chords and melodies, from barely audible to clipping.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from assistant.frames import Speech

RATE = 16_000
SECONDS = 9.0
"""longer than the program waits for a first word"""
Luck = np.random.Generator


@dataclass(frozen=True, eq=False)
class Clip:
    kind: str
    number: int
    speech: Speech


def clips(count: int = 200, seed: int = 20261124) -> Iterator[Clip]:
    """`count` clips, the kinds in turn."""
    kinds = list(KINDS)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        luck = np.random.default_rng([seed, number])
        sound = KINDS[kind](round(SECONDS * RATE), luck)
        yield Clip(kind, number, Speech(np.clip(sound, -1, 1).astype(np.float32), RATE))


def _at(sound: np.ndarray, decibels: float) -> np.ndarray:
    """At that loudness, in dB below full scale (RMS)."""
    return sound * (10 ** (decibels / 20) / (np.sqrt(np.mean(np.square(sound))) + 1e-12))


def _silence(count: int, luck: Luck) -> np.ndarray:
    """Nothing at all, or the last bit of a converter."""
    return np.zeros(count) if luck.random() < 0.5 else luck.integers(-1, 2, count) / 32768


def _noise(slope: float) -> Callable[[int, Luck], np.ndarray]:
    """Power falls with frequency to the power `slope`: 0 white, 1 pink, 2 brown; swelling in half of the clips."""

    def make(count: int, luck: Luck) -> np.ndarray:
        spectrum = np.fft.rfft(luck.standard_normal(count))
        spectrum *= np.maximum(np.arange(len(spectrum)), 1.0) ** (-slope / 2)
        sound = np.fft.irfft(spectrum, count)
        if luck.random() < 0.5:
            sound *= 1.05 + np.sin(2 * np.pi * luck.uniform(0.1, 4) * _time(count))
        return _at(sound, luck.uniform(-60, -8))

    return make


def _hum(count: int, luck: Luck) -> np.ndarray:
    """Mains in a bad cable."""
    base = luck.choice((50.0, 60.0))
    parts = (
        luck.uniform(0, 1) / k * np.sin(2 * np.pi * k * base * _time(count) + luck.uniform(0, 6))
        for k in range(1, 16)
    )
    return _at(sum(parts), luck.uniform(-55, -12))


def _fan(count: int, luck: Luck) -> np.ndarray:
    """A laptop's fan that comes and goes: blades, bearings and rushing air."""
    time = _time(count)
    turns = luck.uniform(30, 70) + luck.uniform(0, 8) * np.sin(2 * np.pi * luck.uniform(0.05, 0.3) * time)
    phase = 2 * np.pi * np.cumsum(turns) / RATE
    blades = sum(luck.uniform(0, 1) * np.sin(k * phase) for k in (1, 7, 14, 21))
    return _at(_at(blades, -20) + _noise(1.2)(count, luck) * 0.3, luck.uniform(-50, -14))


def _keyboard(count: int, luck: Luck) -> np.ndarray:
    """Typing: a press and a release for each key, in runs with pauses."""
    sound = np.zeros(count)
    at = 0.2
    while at < count / RATE - 0.3:
        for late, loud in ((0.0, 1.0), (luck.uniform(0.05, 0.12), 0.5)):
            _strike(sound, at + late, luck, loud, (luck.uniform(1500, 5000), luck.uniform(0.004, 0.015)))
        at += luck.uniform(0.08, 0.3) if luck.random() < 0.85 else luck.uniform(0.5, 1.6)
    return _loud(sound, luck, -30, -3) + _noise(1.0)(count, luck) * 0.02


def _knocks(count: int, luck: Luck) -> np.ndarray:
    """Claps, knocks, a door, a cup put down."""
    sound = np.zeros(count)
    for _ in range(luck.integers(2, 14)):
        at = luck.uniform(0, count / RATE - 0.6)
        _strike(sound, at, luck, luck.uniform(0.3, 1), (luck.uniform(90, 2500), luck.uniform(0.01, 0.15)))
    return _loud(sound, luck, -20, 0) + _noise(1.0)(count, luck) * 0.02


def _chords(count: int, luck: Luck) -> np.ndarray:
    """A progression on something plucked or bowed."""
    sound, beat = np.zeros(count), luck.uniform(0.3, 1.1)
    root, attack, decay = luck.uniform(90, 260), luck.uniform(0.003, 0.2), luck.uniform(0.4, 3)
    for number in range(int(count / RATE / beat)):
        base = root * 2 ** (luck.choice((0, 5, 7, 9, -3)) / 12)
        for step in ((0, 4, 7), (0, 3, 7), (0, 4, 7, 11))[luck.integers(3)]:
            tone = _Tone(attack, decay, luck.integers(2, 9))
            _note(sound, number * beat, beat * 1.6, base * 2 ** (step / 12), tone)
    return _loud(sound, luck, -30, -6)


def _melody(count: int, luck: Luck) -> np.ndarray:
    """One voice that no throat makes: notes with vibrato and slides between them."""
    sound, at = np.zeros(count), 0.1
    scale, root = (0, 2, 4, 5, 7, 9, 11, 12), luck.uniform(180, 600)
    harmonics, vibrato = luck.integers(1, 12), luck.uniform(0, 0.012)
    while at < count / RATE - 0.4:
        long = luck.choice((0.15, 0.3, 0.3, 0.6))
        pitch = root * 2 ** (luck.choice(scale) / 12)
        tone = _Tone(luck.uniform(0.005, 0.06), luck.uniform(0.5, 4), harmonics, vibrato)
        _note(sound, at, long, pitch, tone)
        at += long * luck.uniform(0.9, 1.1)
    return _loud(sound, luck, -30, -6)


def _time(count: int) -> np.ndarray:
    return np.arange(count) / RATE


def _loud(sound: np.ndarray, luck: Luck, least: float, most: float) -> np.ndarray:
    """With its peak at so many dB below full scale."""
    return sound * 10 ** (luck.uniform(least, most) / 20) / (np.abs(sound).max() + 1e-12)


def _strike(sound: np.ndarray, at: float, luck: Luck, loud: float, struck: tuple[float, float]) -> None:
    """A short burst of noise around a pitch, added in place. `struck`: pitch in Hz, decay in seconds."""
    pitch, decay = struck
    first, count = round(at * RATE), round(6 * decay * RATE)
    time = _time(count)
    burst = (luck.standard_normal(count) + np.sin(2 * np.pi * pitch * time)) * np.exp(-time / decay) * loud
    end = min(len(sound), first + count)
    sound[first:end] += burst[: end - first]


@dataclass(frozen=True)
class _Tone:
    """How an instrument sounds: seconds to its loudest, seconds of decay, harmonics, and vibrato as a part of the pitch."""

    attack: float
    decay: float
    harmonics: int
    vibrato: float = 0.0


def _note(sound: np.ndarray, at: float, long: float, pitch: float, tone: _Tone) -> None:
    """A harmonic tone, added in place."""
    first, count = round(at * RATE), round(long * RATE)
    time = _time(count)
    turns = pitch * (time + tone.vibrato / (2 * np.pi * 5.5) * np.sin(2 * np.pi * 5.5 * time))
    heard = (k for k in range(1, tone.harmonics + 1) if k * pitch < RATE / 2)
    wave = sum(np.sin(2 * np.pi * k * turns) / k**1.2 for k in heard)
    envelope = (
        np.minimum(1, time / tone.attack) * np.exp(-time / tone.decay) * np.minimum(1, (long - time) / 0.02)
    )
    end = min(len(sound), first + count)
    sound[first:end] += (wave * envelope)[: end - first]


KINDS: dict[str, Callable[[int, Luck], np.ndarray]] = {
    "silence": _silence,
    "white noise": _noise(0.0),
    "pink noise": _noise(1.0),
    "brown noise": _noise(2.0),
    "hum": _hum,
    "fan": _fan,
    "keyboard": _keyboard,
    "knocks": _knocks,
    "chords": _chords,
    "melody": _melody,
}
