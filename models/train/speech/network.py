"""A small Whisper in plain torch, with Whisper's parameter names, for fast training on a CPU.

The 30 s window is not computed: behind the speech a few positions stand for all the empty ones, and count in attention as
many times as there are (tested against the whole window). Heads of the last decoder layer are shown where words sound.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import nn
from torch.nn import functional

POSITIONS = 1500
"""encoder positions of a 30 s window"""
LONGEST_TEXT = 448
ABOVE_BORDER = 4
REACH = ((-3, -1, 1, 3), (-6, -2, 2, 6), (-10, -4, 4, 10), (-16, -5, 5, 16))
"""encoder positions (20 ms) ahead that the heads of each layer look at in the beginning"""
SHARP = 1.1


@dataclass(frozen=True)
class Size:
    width: int = 128
    heads: int = 4
    encoder_layers: int = 3
    decoder_layers: int = 2
    inner: int = 512


@dataclass
class Heard:
    """What the encoder gives: (B, S, width) states and (S,) how often each position counts, as logarithm."""

    states: torch.Tensor
    counts: torch.Tensor
    frames: int
    """the first so many positions are real ones"""


class Attention(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q_proj, self.v_proj, self.out_proj = (nn.Linear(width, width) for _ in range(3))
        self.k_proj = nn.Linear(width, width, bias=False)

    def _heads(self, x: torch.Tensor) -> torch.Tensor:
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def forward(
        self, x: torch.Tensor, counts: torch.Tensor | None = None, causal: bool = False
    ) -> torch.Tensor:
        """Self-attention of (B, S, width); `counts` are added to every query's scores."""
        q, k, v = self._heads(self.q_proj(x)), self._heads(self.k_proj(x)), self._heads(self.v_proj(x))
        scores = (q / math.sqrt(q.shape[-1])) @ k.transpose(-1, -2)  # torch's fused form is slower backwards
        if counts is not None:
            scores = scores + counts.to(scores.dtype)
        if causal:
            length = scores.shape[-1]
            scores = scores + torch.full((length, length), -1e9, dtype=scores.dtype).triu(1)
        return self.out_proj((scores.softmax(-1) @ v).transpose(1, 2).flatten(2))

    def across(self, x: torch.Tensor, heard: Heard) -> tuple[torch.Tensor, torch.Tensor]:
        """Cross-attention: (B, L, width) and the weights (B, heads, L, S)."""
        q, k, v = (
            self._heads(self.q_proj(x)), self._heads(self.k_proj(heard.states)), self._heads(self.v_proj(heard.states)),
        )  # fmt: skip
        scores = q @ k.transpose(-1, -2) / math.sqrt(q.shape[-1])
        weights = (scores.float() + heard.counts).softmax(-1)
        return self.out_proj((weights.to(v.dtype) @ v).transpose(1, 2).flatten(2)), weights


class EncoderLayer(nn.Module):
    def __init__(self, size: Size) -> None:
        super().__init__()
        self.self_attn = Attention(size.width, size.heads)
        self.self_attn_layer_norm, self.final_layer_norm = nn.LayerNorm(size.width), nn.LayerNorm(size.width)
        self.fc1, self.fc2 = nn.Linear(size.width, size.inner), nn.Linear(size.inner, size.width)

    def forward(self, x: torch.Tensor, counts: torch.Tensor | None) -> torch.Tensor:
        x = x + self.self_attn(self.self_attn_layer_norm(x), counts)
        return x + self.fc2(functional.gelu(self.fc1(self.final_layer_norm(x))))


class DecoderLayer(nn.Module):
    def __init__(self, size: Size) -> None:
        super().__init__()
        self.self_attn, self.encoder_attn = (Attention(size.width, size.heads) for _ in range(2))
        self.self_attn_layer_norm, self.encoder_attn_layer_norm, self.final_layer_norm = (
            nn.LayerNorm(size.width) for _ in range(3)
        )
        self.fc1, self.fc2 = nn.Linear(size.width, size.inner), nn.Linear(size.inner, size.width)

    def forward(self, x: torch.Tensor, heard: Heard) -> tuple[torch.Tensor, torch.Tensor]:
        x = x + self.self_attn(self.self_attn_layer_norm(x), causal=True)
        y, weights = self.encoder_attn.across(self.encoder_attn_layer_norm(x), heard)
        x = x + y
        return x + self.fc2(functional.gelu(self.fc1(self.final_layer_norm(x)))), weights


def sinusoids(length: int, width: int) -> torch.Tensor:
    """Whisper's fixed encoder positions, (length, width)."""
    steps = torch.exp(-math.log(10_000) / (width // 2 - 1) * torch.arange(width // 2))
    turns = torch.arange(length)[:, None] * steps[None]
    return torch.cat([turns.sin(), turns.cos()], 1)


class Encoder(nn.Module):
    def __init__(self, size: Size) -> None:
        super().__init__()
        self.conv1 = nn.Conv1d(80, size.width, 3, padding=1)
        self.conv2 = nn.Conv1d(size.width, size.width, 3, stride=2, padding=1)
        self.embed_positions = nn.Embedding(POSITIONS, size.width)
        self.embed_positions.weight.data = sinusoids(POSITIONS, size.width)
        self.embed_positions.weight.requires_grad_(False)
        self.layers = nn.ModuleList(EncoderLayer(size) for _ in range(size.encoder_layers))
        self.layer_norm = nn.LayerNorm(size.width)

    def _waves(self, mel: torch.Tensor) -> torch.Tensor:
        x = functional.gelu(self.conv1(mel.transpose(1, 2)))
        return functional.gelu(self.conv2(x)).transpose(1, 2)

    def forward(self, mel: torch.Tensor, empty: float = 0.0, standing: torch.Tensor | None = None) -> Heard:
        """States of (B, 2 T, 80) features whose end is `empty`; `standing` are the positions ≥ T that stand for the rest.

        Without `standing` the features are the whole window.
        """
        frames = mel.shape[1] // 2
        positions = self.embed_positions.weight
        counts: torch.Tensor | None = None
        if standing is None:
            x = self._waves(mel) + positions[:frames]
        else:
            longer = torch.cat([mel, mel.new_full((len(mel), 2 * ABOVE_BORDER, 80), empty)], 1)
            near = self._waves(longer)[:, :frames]
            rest = self._waves(mel.new_full((1, 24, 80), empty))[:, 6:7].expand(len(mel), len(standing), -1)
            x = torch.cat([near, rest], 1) + torch.cat([positions[:frames], positions[standing]])
            counts = torch.zeros(x.shape[1])
            counts[frames:] = math.log((POSITIONS - frames) / len(standing))
        for layer in self.layers:
            x = layer(x, counts)
        return Heard(self.layer_norm(x), torch.zeros(x.shape[1]) if counts is None else counts, frames)


class Decoder(nn.Module):
    def __init__(self, size: Size, vocabulary: int) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(vocabulary, size.width)
        self.embed_positions = nn.Embedding(LONGEST_TEXT, size.width)
        self.layers = nn.ModuleList(DecoderLayer(size) for _ in range(size.decoder_layers))
        self.layer_norm = nn.LayerNorm(size.width)

    def forward(self, tokens: torch.Tensor, heard: Heard) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """(B, L, width) and each layer's cross-attention weights."""
        x = self.embed_tokens(tokens) + self.embed_positions.weight[: tokens.shape[1]]
        found = []
        for layer in self.layers:
            x, weights = layer(x, heard)
            found.append(weights)
        return self.layer_norm(x), found


class Network(nn.Module):
    """Encoder, decoder (its table is its head), and a phoneme head that training needs and export drops."""

    def __init__(self, size: Size, vocabulary: int, phonemes: int) -> None:
        super().__init__()
        self.size = size
        self.encoder = Encoder(size)
        self.decoder = Decoder(size, vocabulary)
        self.phoneme_embed = nn.Linear(size.width, phonemes + 1)
        self.apply(_started)
        self.encoder.embed_positions.weight.data = sinusoids(POSITIONS, size.width)
        for layer, reach in zip(self.encoder.layers, REACH, strict=False):
            look_near(layer.self_attn, reach)

    def logits(self, states: torch.Tensor) -> torch.Tensor:
        return functional.linear(states, self.decoder.embed_tokens.weight)


def look_near(attention: Attention, reach: tuple[int, ...]) -> None:
    """Start a self-attention so that each head looks as many positions ahead as `reach` says, like a convolution.

    Queries are the sinusoids of the position looked for, keys those of the own one: their product is largest there.
    """
    width = attention.q_proj.in_features
    half, pairs = width // 2, width // attention.heads // 2
    chosen = torch.linspace(0, half // 2, pairs).round().long()
    turns = torch.exp(-math.log(10_000) / (half - 1) * chosen)
    for head, ahead in enumerate(reach[: attention.heads]):
        rows = head * 2 * pairs + torch.arange(pairs)
        for projection, offset in ((attention.q_proj, ahead), (attention.k_proj, 0)):
            weight = projection.weight.data
            weight[rows, chosen] += SHARP * torch.cos(turns * offset)
            weight[rows, chosen + half] += SHARP * torch.sin(turns * offset)
            weight[rows + pairs, chosen + half] += SHARP * torch.cos(turns * offset)
            weight[rows + pairs, chosen] -= SHARP * torch.sin(turns * offset)


def _started(part: Any) -> None:
    if isinstance(part, nn.Linear):
        nn.init.normal_(part.weight, std=0.5 / math.sqrt(part.in_features))
        if part.bias is not None:
            nn.init.zeros_(part.bias)
    elif isinstance(part, nn.Embedding):
        nn.init.normal_(part.weight, std=0.03)
