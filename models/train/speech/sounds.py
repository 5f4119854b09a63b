"""What is between a mouth and a file: noises, rooms, narrow bands, clipping; and sounds in which nobody speaks."""

from __future__ import annotations

import numpy as np

RATE = 16_000


def coloured(count: int, rng: np.random.Generator, slope: float) -> np.ndarray:
    """Noise whose power falls with frequency to the power `slope` (0 white, 1 pink, 2 brown), RMS 1."""
    whole = 1 << max(4, (count - 1).bit_length())  # other lengths take the transform many times as long
    spectrum = np.fft.rfft(rng.standard_normal(whole, np.float32))
    spectrum *= np.maximum(np.arange(len(spectrum), dtype=np.float32), 1.0) ** np.float32(-slope / 2)
    noise = np.fft.irfft(spectrum, whole)[:count]
    return (noise / (noise.std() + 1e-9)).astype(np.float32)


def hum(count: int, rng: np.random.Generator) -> np.ndarray:
    """Mains hum or a fan: harmonics of a steady pitch and some rushing, RMS about 1."""
    t = np.arange(count) / RATE
    pitch = rng.choice((50.0, 60.0, rng.uniform(70, 400)))
    tones = sum(
        rng.uniform(0.1, 1) / k * np.sin(2 * np.pi * (pitch * k * t + rng.random()))
        for k in range(1, rng.integers(2, 12))
    )
    return (tones + rng.uniform(0, 1) * coloured(count, rng, 1.0)).astype(np.float32)


def keys(count: int, rng: np.random.Generator) -> np.ndarray:
    """Typing and clicks: short bursts of filtered noise, some seconds apart or in quick runs."""
    out = np.zeros(count, np.float32)
    for _ in range(max(1, int(count / RATE * rng.uniform(0.5, 9)))):
        length = int(RATE * rng.uniform(0.003, 0.05))
        at = rng.integers(0, max(1, count - length))
        burst = coloured(length, rng, rng.uniform(0, 1.5)) * np.exp(
            -np.linspace(0, rng.uniform(3, 9), length)
        )
        out[at : at + length] += rng.uniform(1, 6) * burst[: count - at]
    return out


def music(count: int, rng: np.random.Generator) -> np.ndarray:
    """Chords of plucked, blown or bowed notes over a beat, RMS about 1."""
    t = np.arange(count) / RATE
    out = np.zeros(count)
    beat = rng.uniform(0.15, 0.7)
    root = rng.uniform(80, 400)
    harmonics, fall, vibrato = rng.integers(1, 10), rng.uniform(0.3, 8), rng.uniform(0, 0.02)
    for start in np.arange(0, count / RATE, beat):
        for step in rng.choice((0, 2, 4, 5, 7, 9, 11, 12), rng.integers(1, 4), replace=False):
            since = t - start
            on = since > 0
            envelope = np.where(
                on, np.exp(-fall * since.clip(0)) * np.minimum(1, since.clip(0) * rng.uniform(20, 400)), 0
            )
            if envelope.max() < 1e-3:
                continue
            turns = root * 2 ** (step / 12) * (t + vibrato / 5 * np.sin(2 * np.pi * 5 * t))
            out += envelope * sum(np.sin(2 * np.pi * k * turns) / k**1.3 for k in range(1, harmonics + 1))
        if rng.random() < 0.4:
            at = int(start * RATE)
            length = min(count - at, int(RATE * 0.1))
            out[at : at + length] += (
                2 * coloured(length, rng, 1.0) * np.exp(-np.linspace(0, 6, length)) if length > 8 else 0
            )
    return (out / (out.std() + 1e-9)).astype(np.float32)


def hummed(count: int, rng: np.random.Generator) -> np.ndarray:
    """A voice without words: one vowel-like sound, held, sliding or panting."""
    t = np.arange(count) / RATE
    pitch = rng.uniform(80, 300) * (
        1 + rng.uniform(0, 0.3) * np.sin(2 * np.pi * rng.uniform(0.1, 4) * t + rng.random() * 6)
    )
    turns = 2 * np.pi * np.cumsum(pitch) / RATE
    formants = ((rng.uniform(250, 800), 80), (rng.uniform(800, 2400), 120), (rng.uniform(2400, 3400), 180))
    voice = np.zeros(count)
    for k in range(1, 30):
        frequency = k * pitch.mean()
        if frequency > 7000:
            break
        voice += sum(1 / (1 + ((frequency - f) / wide) ** 2) for f, wide in formants) * np.sin(k * turns)
    voice *= np.clip(
        np.sin(2 * np.pi * rng.uniform(0.2, 5) * t + 6 * rng.random()) + rng.uniform(-0.2, 1), 0, 1
    )
    return (voice / (voice.std() + 1e-9)).astype(np.float32)


NOISES = (
    lambda n, r: coloured(n, r, 0.0), lambda n, r: coloured(n, r, 1.0), lambda n, r: coloured(n, r, r.uniform(0.3, 2.2)), hum, keys,
    lambda n, r: hum(n, r) + keys(n, r),
)  # fmt: skip


def noise(count: int, rng: np.random.Generator) -> np.ndarray:
    return NOISES[rng.integers(len(NOISES))](count, rng)


def room(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The samples in a synthetic room: a direct sound, early echoes, an exponential tail of 0.1 … 0.7 s."""
    from scipy.signal import fftconvolve

    fall = rng.uniform(0.1, 0.7)
    length = int(RATE * fall)
    tail = rng.standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
    tail[: int(RATE * rng.uniform(0.001, 0.02))] = 0
    tail *= rng.uniform(0.1, 0.9) / (np.sqrt((tail**2).sum()) + 1e-9)
    tail[0] = 1.0
    for _ in range(rng.integers(0, 6)):
        tail[rng.integers(20, max(21, min(length, 800)))] += rng.uniform(-0.5, 0.5)
    return fftconvolve(samples, tail)[: len(samples)].astype(np.float32)


def narrow(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The samples through a telephone, a small loudspeaker or a cheap microphone."""
    from scipy.signal import butter, sosfilt

    low, high = rng.uniform(20, 350), rng.uniform(3000, 7800)
    return sosfilt(
        butter(int(rng.integers(1, 5)), (low, high), "bandpass", fs=RATE, output="sos"), samples
    ).astype(np.float32)


def disturbed(samples: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Speech as a microphone may hear it; a third stays clean."""
    if rng.random() < 0.35:
        return samples
    if rng.random() < 0.45:
        samples = room(samples, rng)
    if rng.random() < 0.25:
        samples = narrow(samples, rng)
    level = float(np.sqrt((samples**2).mean())) + 1e-6
    if rng.random() < 0.6:
        samples = samples + noise(len(samples), rng) * level * 10 ** (-rng.uniform(3, 35) / 20)
    if rng.random() < 0.08:
        limit = float(np.abs(samples).max()) * rng.uniform(0.15, 0.7)
        samples = np.clip(samples, -limit, limit)
    return samples.astype(np.float32)


def nobody(rng: np.random.Generator) -> np.ndarray:
    """0.4 … 8 s in which nobody says a word: silence, noise, music, hum, keys, a voice without words."""
    count = int(RATE * rng.uniform(0.4, 8))
    kinds = (
        noise,
        noise,
        lambda n, r: coloured(n, r, 0.0),
        music,
        music,
        hummed,
        lambda n, r: np.zeros(n, np.float32),
        lambda n, r: music(n, r) + 0.3 * noise(n, r),
    )
    sound = kinds[rng.integers(len(kinds))](count, rng)
    if rng.random() < 0.3:
        sound = room(sound, rng)
    return (sound * 10 ** rng.uniform(-4, -0.5)).clip(-1, 1).astype(np.float32)
