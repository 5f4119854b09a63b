"""Log-mel features as Whisper computes them, and the bytes they are kept in between synthesis and training."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch

RATE, HOP, WINDOW, MELS = 16_000, 160, 400, 80
_STEPS = 20.0
"""byte steps for a factor of ten"""
_LOWEST = -10.0


@lru_cache(maxsize=1)
def _filters() -> torch.Tensor:
    import torch
    from transformers import WhisperFeatureExtractor

    return torch.from_numpy(WhisperFeatureExtractor(MELS).mel_filters.T.astype(np.float32)).contiguous()


def log_mel(samples: np.ndarray) -> np.ndarray:
    """(frames, 80) float32: base-10 logarithm of the mel powers of 16 kHz samples, at least −10; 100 frames a second."""
    import torch

    wave = torch.from_numpy(np.ascontiguousarray(samples, np.float32))
    spectrum = torch.stft(wave, WINDOW, HOP, window=torch.hann_window(WINDOW), return_complex=True)[:, :-1]
    power = _filters() @ (spectrum.real**2 + spectrum.imag**2)
    return power.clamp(min=1e-10).log10().T.contiguous().numpy()


def to_bytes(mel: np.ndarray) -> np.ndarray:
    """uint8 of half a decibel a step."""
    return np.clip(np.rint((mel - _LOWEST) * _STEPS), 0, 255).astype(np.uint8)


def from_bytes(kept: torch.Tensor) -> torch.Tensor:
    """float32 logarithms back from bytes."""
    return kept.float() / _STEPS + _LOWEST


def scaled(mel: torch.Tensor) -> torch.Tensor:
    """Whisper's scaling of (batch, frames, 80): at most 80 dB under the loudest, about −1 … 1."""
    loudest = mel.amax((1, 2), keepdim=True)
    return (mel.maximum(loudest - 8.0) + 4.0) / 4.0
