"""Opens WAV files as speech: 16 kHz, mono, float32. PCM and float samples only, parsed here, no codec involved.

Silence is fine here; whether anybody spoke is the transcriber's business.
"""

from __future__ import annotations

import math
import os
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.errors import BadInput
from assistant.frames import Speech

RATE = 16_000
LONGEST = 600.0
"""seconds"""
SHORTEST = 0.05
"""seconds; less is a click, not speech"""
LARGEST_FILE = 512 << 20
"""bytes: ten minutes of 192 kHz stereo in 16 bits are 461 MB"""
_RATES = range(8_000, 192_001)
_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_SUBFORMAT_TAIL = bytes.fromhex("000000001000800000aa00389b71")
_UNKNOWN_SIZES = (0, 0xFFFFFFFF)  # written by programs that stream and cannot go back
_BLOCK = 1 << 20  # frames converted at once


@dataclass(frozen=True)
class _Format:
    """How samples lie in the data chunk."""

    is_float: bool
    channels: int
    rate: int
    bits: int

    @property
    def frame_bytes(self) -> int:
        return self.channels * self.bits // 8


def open_wav(source: str | os.PathLike[str] | bytes, *, name: str = "") -> Speech:
    """The recording, mixed to mono and resampled to 16 kHz; samples beyond ±1 are clipped.

    Errors, all BadInput: audio_missing, audio_is_folder, audio_unreadable, audio_file_too_large, audio_empty,
    audio_format (not WAV, or not 8/16/24/32-bit integer or 32/64-bit float, mono or stereo, 8…192 kHz),
    audio_broken, audio_truncated, audio_too_short, audio_too_long.
    """
    if not isinstance(source, bytes):
        name = Path(source).name
        source = _read(Path(source), name)
    try:
        form, start, stop = _parse(source)
        frames = (stop - start) // form.frame_bytes
        _check_length(frames, form.rate)
        samples = _mono(memoryview(source)[start : start + frames * form.frame_bytes], form)
    except BadInput as error:
        raise BadInput(error.code, name=name, **error.values) from error
    return Speech(np.clip(resample(samples, form.rate, RATE), -1.0, 1.0), RATE)


def _read(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise BadInput("audio_is_folder", name=name)
        if not path.is_file():
            raise BadInput("audio_missing", name=name)
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput("audio_file_too_large", name=name, most=LARGEST_FILE >> 20)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise BadInput("audio_missing", name=name) from error
    except (OSError, ValueError) as error:
        raise BadInput("audio_unreadable", name=name) from error


def _parse(data: bytes) -> tuple[_Format, int, int]:
    """The format and where the samples start and stop. Walks the chunks; unknown ones are skipped."""
    if not data:
        raise BadInput("audio_empty")
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        raise BadInput("audio_format")
    form, at = None, 12
    while at + 8 <= len(data):
        chunk, size = struct.unpack_from("<4sI", data, at)
        at += 8
        if chunk == b"fmt ":
            form = _format(data[at : at + min(size, 64)])
        elif chunk == b"data":
            if form is None:
                raise BadInput("audio_broken")
            if size in _UNKNOWN_SIZES:
                return form, at, len(data)
            if at + size > len(data):
                raise BadInput("audio_truncated")
            return form, at, at + size
        at += size + size % 2
    raise BadInput("audio_truncated" if form else "audio_broken")


def _format(chunk: bytes) -> _Format:
    if len(chunk) < 16:
        raise BadInput("audio_broken")
    tag, channels, rate, _, align, bits = struct.unpack_from("<HHIIHH", chunk)
    if tag == _EXTENSIBLE:
        if len(chunk) < 40 or chunk[26:40] != _SUBFORMAT_TAIL:
            raise BadInput("audio_format")
        tag = struct.unpack_from("<H", chunk, 24)[0]
    known = (tag == _PCM and bits in (8, 16, 24, 32)) or (tag == _FLOAT and bits in (32, 64))
    if not known or channels not in (1, 2) or rate not in _RATES:
        raise BadInput("audio_format")
    form = _Format(tag == _FLOAT, channels, rate, bits)
    if align != form.frame_bytes:
        raise BadInput("audio_broken")
    return form


def _check_length(frames: int, rate: int) -> None:
    if frames == 0:
        raise BadInput("audio_empty")
    if frames < rate * SHORTEST:
        raise BadInput("audio_too_short")
    if frames > rate * LONGEST:
        raise BadInput("audio_too_long", minutes=int(LONGEST // 60))


def _mono(data: memoryview, form: _Format) -> np.ndarray:
    """(frames,) float32 in about −1…1. Block by block, so that only the mono signal is held whole."""
    frames = len(data) // form.frame_bytes
    mono = np.empty(frames, np.float32)
    for first in range(0, frames, _BLOCK):
        block = data[first * form.frame_bytes : (first + _BLOCK) * form.frame_bytes]
        samples = _samples(block, form).reshape(-1, form.channels).mean(axis=1)
        if not np.isfinite(samples).all():
            raise BadInput("audio_broken")
        mono[first : first + len(samples)] = np.clip(samples, -4.0, 4.0)  # a float file may hold anything
    return mono


def _samples(block: memoryview, form: _Format) -> np.ndarray:
    """All samples of a block as float32 or float64, channels interleaved."""
    if form.is_float:
        with np.errstate(invalid="ignore"):  # a signalling NaN is refused a moment later
            return np.frombuffer(block, f"<f{form.bits // 8}").astype(np.float64)
    if form.bits == 8:
        return (np.frombuffer(block, np.uint8).astype(np.float32) - 128) / 128
    if form.bits == 24:
        padded = np.zeros((len(block) // 3, 4), np.uint8)  # the three bytes become the upper ones of an int32
        padded[:, 1:] = np.frombuffer(block, np.uint8).reshape(-1, 3)
        return padded.view("<i4")[:, 0].astype(np.float64) / 2**31
    return np.frombuffer(block, f"<i{form.bits // 8}").astype(np.float64) / 2 ** (form.bits - 1)


_HALF_WIDTH = 32  # zero crossings of the sinc on each side
_BETA = 8.0  # Kaiser window: about 80 dB down beyond the transition band
_CUTOFF = 0.925  # of the lower Nyquist frequency, so that the transition ends there: 7.4 … 8 kHz at 16 kHz


def resample(samples: np.ndarray, rate: int, to: int) -> np.ndarray:
    """(n,) float32 at `rate` → (ceil(n·to/rate),) float32 at `to`: windowed sinc, one filter per phase."""
    if rate == to:
        return samples.astype(np.float32, copy=False)
    shared = math.gcd(rate, to)
    up, down = to // shared, rate // shared
    narrow = min(1.0, up / down) * _CUTOFF  # cut-off relative to the input's Nyquist frequency
    reach = math.ceil(_HALF_WIDTH * max(1.0, down / up))
    count = math.ceil(len(samples) * up / down)
    padded = np.pad(samples.astype(np.float32, copy=False), (reach, 2 * reach + down))
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    out = np.empty(count, np.float32)
    for phase in range(min(up, count)):
        # Output m lies at input time m·down/up; outputs `up` apart share a filter and lie `down` samples apart.
        first, offset = divmod(phase * down, up)
        taps = np.arange(-reach, reach + 1) - offset / up
        kernel = np.sinc(taps * narrow) * np.i0(_BETA * np.sqrt(np.clip(1 - (taps / (reach + 1)) ** 2, 0, 1)))
        kernel = (kernel / kernel.sum()).astype(np.float32)
        here = out[phase::up]
        here[:] = windows[first::down][: len(here)] @ kernel
    return out
