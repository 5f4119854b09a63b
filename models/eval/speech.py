"""How well a speech model hears Korean: character errors on sentences spoken by espeak-ng, by condition.

The sentences are committed (spoken.tsv), the voices come from a seed; nothing of either is in the training of
whisper-synth-ko. The sound is made when it is asked for, so espeak-ng must be installed.
"""

from __future__ import annotations

import io
import random
import shutil
import subprocess
import unicodedata
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import EngineFailed
from assistant.frames import Speech
from assistant.sound import RATE, resample

if TYPE_CHECKING:
    from assistant.ports import Transcriber

SENTENCES = Path(__file__).with_name("spoken.tsv")
VARIANTS = ("f4", "m6", "klatt3", "Andrea", "steph2", "john", "Hugo", "victor", "max", "belinda")
"""of espeak-ng; the training hears none of them (models/train/speech/voices.py)"""
CONDITIONS = ("clean", "noise", "room", "fast")


@dataclass(frozen=True)
class Sentence:
    """`written` is what a transcript should say, `spoken` what espeak-ng is given."""

    kind: str
    written: str
    spoken: str


@dataclass(frozen=True)
class Heard:
    sentence: Sentence
    condition: str
    text: str
    wrong: int
    """characters to change, blanks and punctuation aside"""
    length: int
    seconds: float
    """processor seconds of the transcription"""


def sentences(path: Path = SENTENCES) -> list[Sentence]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Sentence(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def say(text: str, voice: str, speed: int = 175, pitch: int = 50) -> Speech:
    """`text` by espeak-ng, 16 kHz. Errors: `EngineFailed` engine_not_installed without espeak-ng."""
    if shutil.which("espeak-ng") is None:
        raise EngineFailed("engine_not_installed", engine="espeak-ng", extra="")
    command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "--stdout", text]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    with wave.open(io.BytesIO(done.stdout)) as file:  # its header promises more than there is
        raw, rate = np.frombuffer(file.readframes(1 << 30), np.int16), file.getframerate()
    return Speech(resample(raw.astype(np.float32) / 32768, rate, RATE))


def rendered(sentence: Sentence, condition: str, seed: str) -> Speech:
    """The sentence by a voice, speed and pitch drawn from `seed`; quiet before and behind it."""
    luck = random.Random(f"{seed} {condition} {sentence.written}")
    speed = luck.randint(220, 260) if condition == "fast" else luck.randint(130, 200)
    voice = f"ko+{luck.choice(VARIANTS)}"
    samples = say(sentence.spoken, voice, speed, luck.randint(25, 75)).samples
    quiet = np.zeros(int(0.3 * RATE), np.float32)
    samples = np.concatenate([quiet, samples, quiet])
    noise = np.random.default_rng(luck.randrange(1 << 32))
    if condition == "room":
        samples = _in_a_room(samples, noise)
    if condition == "noise":
        level = float(np.sqrt((samples**2).mean())) * 10 ** (-luck.uniform(8, 20) / 20)
        samples = samples + level * _pink(len(samples), noise)
    return Speech((samples * luck.uniform(0.2, 0.9) / (np.abs(samples).max() + 1e-9)).astype(np.float32))


def measure(
    transcriber: Transcriber,
    chosen: Sequence[Sentence],
    conditions: Sequence[str] = CONDITIONS,
    seed: str = "1",
) -> Iterator[Heard]:
    """Each sentence in each condition. Errors: `EngineFailed`."""
    import time

    for condition in conditions:
        for sentence in chosen:
            speech = rendered(sentence, condition, seed)
            began = time.process_time()
            text = transcriber.transcribe(speech).text
            spent = time.process_time() - began
            wrong, length = errors(sentence.written, text)
            yield Heard(sentence, condition, text, wrong, length, spent)


def errors(reference: str, heard: str) -> tuple[int, int]:
    """(characters to change, insert or delete, characters of the reference), blanks and punctuation aside."""
    a, b = bare(reference), bare(heard)
    return distance(a, b), len(a)


def bare(text: str) -> str:
    """Letters and digits only, in small letters: what a character error rate counts in Korean."""
    return "".join(c for c in unicodedata.normalize("NFC", text).lower() if c.isalnum() or c == "%")


def distance(a: str, b: str) -> int:
    """Levenshtein distance."""
    row = list(range(len(b) + 1))
    for i, one in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (one != other))
    return row[-1]


def rate(heard: Sequence[Heard]) -> float:
    return sum(h.wrong for h in heard) / max(1, sum(h.length for h in heard))


def interval(heard: Sequence[Heard], draws: int = 1000) -> tuple[float, float]:
    """95 % of the error rate, sentences drawn again with all their conditions (bootstrap)."""
    together: dict[str, list[Heard]] = {}
    for one in heard:
        together.setdefault(one.sentence.written, []).append(one)
    sums = np.array([[sum(h.wrong for h in of), sum(h.length for h in of)] for of in together.values()])
    drawn = np.random.default_rng(0).integers(len(sums), size=(draws, len(sums)))
    wrong, length = sums[drawn].sum(1).T
    low, high = np.percentile(wrong / np.maximum(length, 1), (2.5, 97.5))
    return float(low), float(high)


def report(heard: Sequence[Heard]) -> str:
    """Error rates by condition and by kind of sentence, with intervals; share of sentences without an error."""
    lines = [f"{'':12}{'sentences':>10}{'CER':>8}{'95 %':>14}{'all right':>11}"]
    groups = [("all", list(heard))]
    for name in dict.fromkeys(h.condition for h in heard):
        groups.append((name, [h for h in heard if h.condition == name]))
    for name in dict.fromkeys(h.sentence.kind for h in heard):
        groups.append((name, [h for h in heard if h.sentence.kind == name]))
    for name, group in groups:
        low, high = interval(group)
        right = sum(not h.wrong for h in group) / len(group)
        lines.append(f"{name:12}{len(group):10}{rate(group):8.1%}{f'{low:.1%}–{high:.1%}':>14}{right:11.1%}")
    lines.append(f"processor seconds a sentence: {sum(h.seconds for h in heard) / len(heard):.2f}")
    return "\n".join(lines)


def _pink(count: int, luck: np.random.Generator) -> np.ndarray:
    """Noise with as much power in each octave, RMS 1."""
    whole = 1 << (count - 1).bit_length()
    spectrum = np.fft.rfft(luck.standard_normal(whole)) / np.sqrt(np.maximum(np.arange(whole // 2 + 1), 1))
    noise = np.fft.irfft(spectrum, whole)[:count]
    return noise / noise.std()


def _in_a_room(samples: np.ndarray, luck: np.random.Generator) -> np.ndarray:
    """With an exponential tail of 0.2 … 0.5 s behind every sound."""
    length = int(RATE * luck.uniform(0.2, 0.5))
    tail = luck.standard_normal(length) * 10 ** (-3 * np.arange(length) / length)
    tail *= luck.uniform(0.3, 0.7) / np.sqrt((tail**2).sum())
    tail[0] = 1.0
    size = 1 << (len(samples) + length).bit_length()
    return np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(tail, size), size)[: len(samples)]
