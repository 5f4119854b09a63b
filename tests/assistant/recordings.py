"""WAV files for the tests, written here byte by byte, right ones and wrong ones."""

from __future__ import annotations

import struct

import numpy as np

EXTENSIBLE_TAIL = bytes.fromhex("000000001000800000aa00389b71")


def sine(frequency: float, rate: int, seconds: float = 1.0, level: float = 0.5) -> np.ndarray:
    return level * np.sin(2 * np.pi * frequency * np.arange(round(rate * seconds)) / rate)


def packed(samples: np.ndarray, bits: int, is_float: bool = False) -> bytes:
    """Samples in −1…1, (n,) or (n, channels), as the bytes of a data chunk."""
    samples = np.asarray(samples, np.float64).reshape(-1)
    if is_float:
        return samples.astype(f"<f{bits // 8}").tobytes()
    whole = np.clip(np.round(samples * 2 ** (bits - 1)), -(2 ** (bits - 1)), 2 ** (bits - 1) - 1).astype(
        np.int64
    )
    if bits == 8:
        return (whole + 128).astype(np.uint8).tobytes()
    return whole.astype("<i8").view(np.uint8).reshape(-1, 8)[:, : bits // 8].tobytes()


def fmt(rate=16_000, channels=1, bits=16, tag=1, *, align=None, extra=b"") -> bytes:
    align = channels * bits // 8 if align is None else align
    return struct.pack("<HHIIHH", tag, channels, rate, rate * align, align, bits) + extra


def extensible(rate=16_000, channels=1, bits=16, tag=1, tail=EXTENSIBLE_TAIL) -> bytes:
    return fmt(rate, channels, bits, 0xFFFE, extra=struct.pack("<HHIH", 22, bits, 0, tag) + tail)


def riff(*chunks: tuple[bytes, bytes] | tuple[bytes, bytes, int]) -> bytes:
    """A RIFF file of (name, content[, size said]) chunks."""
    body = b"WAVE"
    for name, content, *said in chunks:
        body += (
            name + struct.pack("<I", said[0] if said else len(content)) + content + b"\0" * (len(content) % 2)
        )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def wav(samples, rate=16_000, bits=16, is_float=False) -> bytes:
    samples = np.asarray(samples)
    channels = samples.shape[1] if samples.ndim == 2 else 1
    form = fmt(rate, channels, bits, 3 if is_float else 1)
    return riff((b"fmt ", form), (b"data", packed(samples, bits, is_float)))
