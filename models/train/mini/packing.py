"""Attention over several packed screens in one row of tokens, and the forward pass that uses it.

A dense mask over prefix and all question blocks wastes most of its work (a block of 20 tokens looks at its prefix and
itself, not at 17 other blocks), and single screens are too short for fast matrix products. So screens are laid end to
end for the linear layers, and attention runs per screen: the prefix causally, the blocks as a batch over [prefix, own
block]. Measured on one core, 427-token screens: 3.1 times the tokens per second of the masked row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch
    from transformers import Qwen3VLForConditionalGeneration

    from models.train.mini.batches import Packed

ATTENTION = "packed_screens"


@dataclass(eq=False)
class Span:
    """Where one screen lies in the row."""

    start: int
    end: int
    """the prefix is [start, end)"""
    tokens: int
    """length of all blocks together; they follow the prefix"""
    blocks: torch.Tensor
    """(N, L) places of the blocks' tokens behind the prefix, short blocks padded with their last token"""
    inside: torch.Tensor
    """(tokens,) places in the flattened (N, L) table of the real tokens, in order"""
    before: torch.Tensor
    """(P, P) additive causal mask of the prefix"""
    mask: torch.Tensor
    """(L, L) additive causal mask of a block"""


@dataclass(eq=False)
class Row:
    """Several packed screens as one sequence of T tokens, as tensors."""

    ids: torch.Tensor
    """(1, T)"""
    positions: torch.Tensor
    """(3, 1, T)"""
    labels: torch.Tensor
    """(T,)"""
    numbers: torch.Tensor
    """(T,) bool: where a number of a shortlist stands"""
    asked: torch.Tensor
    """(T,) 0 in prefixes, above in question–answer blocks"""
    first_number: int
    last_number: int
    """ids of the line numbers' tokens"""
    spans: list[Span]
    patches: torch.Tensor | None
    grids: torch.Tensor | None


def lay_out(screens: Sequence[Packed], dtype: torch.dtype) -> Row:
    """Lay screens end to end."""
    import torch

    spans, offset = [], 0
    for packed in screens:
        spans.append(_span(packed, offset, dtype))
        offset += len(packed.ids)
    seen = [packed for packed in screens if packed.patches is not None]
    return Row(
        torch.from_numpy(np.concatenate([s.ids for s in screens]))[None],
        torch.from_numpy(np.concatenate([s.positions for s in screens], axis=1))[:, None],
        torch.from_numpy(np.concatenate([s.labels for s in screens])),
        torch.from_numpy(np.concatenate([s.numbers for s in screens])),
        torch.from_numpy(np.concatenate([s.block for s in screens])),
        *screens[0].number_ids,
        spans,
        torch.from_numpy(np.concatenate([s.patches for s in seen])).to(dtype) if seen else None,
        torch.tensor([s.grid for s in seen]) if seen else None,
    )


def _span(packed: Packed, offset: int, dtype: torch.dtype) -> Span:
    import torch

    prefix = int((packed.block == 0).sum())
    places = [np.flatnonzero(packed.block[prefix:] == n) for n in range(1, int(packed.block.max()) + 1)]
    longest = max(len(p) for p in places)
    table = np.stack([np.pad(p, (0, longest - len(p)), mode="edge") for p in places])
    inside = np.flatnonzero(np.stack([np.arange(longest) < len(p) for p in places]))

    def causal(size: int) -> torch.Tensor:
        return torch.full((size, size), float("-inf"), dtype=dtype).triu(1)

    return Span(
        offset, offset + prefix, len(packed.ids) - prefix, torch.from_numpy(table), torch.from_numpy(inside), causal(prefix),
        causal(longest),
    )  # fmt: skip


def packed_attention(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: None,
    *,
    scaling: float,
    spans: list[Span],
    **_ignored: object,
) -> tuple[torch.Tensor, None]:
    """transformers' attention interface: query (1, H, T, D), key and value (1, K, T, D); returns (1, T, H, D)."""
    import torch

    groups = query.shape[1] // key.shape[1]
    query, key, value = (
        query[0] * scaling,
        key[0].repeat_interleave(groups, 0),
        value[0].repeat_interleave(groups, 0),
    )
    # split, not slices: the gradient of a slice is a whole tensor of zeros, that of a split one concatenation
    parts = [n for span in spans for n in (span.end - span.start, span.tokens)]
    split = [t.split(parts, dim=1) for t in (query, key, value)]
    pieces = []
    for n, span in enumerate(spans):
        (q0, q1), (k0, k1), (v0, v1) = (t[2 * n : 2 * n + 2] for t in split)
        scores = (q0 @ k0.transpose(1, 2)) + span.before  # (H, P, P)
        pieces.append(scores.softmax(-1) @ v0)
        rows, long = span.blocks.shape
        qb, kb, vb = (t[:, span.blocks] for t in (q1, k1, v1))  # (H, N, L, D)
        flat = qb.flatten(1, 2)  # (H, N·L, D)
        far = flat @ k0.transpose(1, 2)  # (H, N·L, P)
        near = (qb @ kb.transpose(2, 3)) + span.mask  # (H, N, L, L)
        weights = torch.cat([far, near.flatten(1, 2)], dim=2).softmax(-1)
        far, near = weights.split([k0.shape[1], long], dim=2)
        out = far @ v0 + (near.unflatten(1, (rows, long)) @ vb).flatten(1, 2)  # (H, N·L, D)
        pieces.append(out[:, span.inside])
    return torch.cat(pieces, dim=1).transpose(0, 1)[None], None


def use_packed_attention(model: Qwen3VLForConditionalGeneration) -> None:
    """Switch the text model to the packed attention (training only; nothing of it is saved)."""
    from transformers import AttentionInterface
    from transformers.masking_utils import AttentionMaskInterface

    AttentionInterface.register(ATTENTION, packed_attention)
    AttentionMaskInterface.register(ATTENTION, lambda *args, **kwargs: None)
    model.model.language_model.config._attn_implementation = ATTENTION


def hidden_states(model: Qwen3VLForConditionalGeneration, row: Row) -> torch.Tensor:
    """Last hidden states (T, hidden) of a row."""
    text = model.model.language_model
    embedded = text.embed_tokens(row.ids)
    more = {}
    if row.patches is not None:
        seen, deep = model.model.visual(row.patches, grid_thw=row.grids)
        where = row.ids == model.config.image_token_id
        embedded = embedded.masked_scatter(where[..., None], seen.to(embedded.dtype))
        more = {"visual_pos_masks": where, "deepstack_visual_embeds": deep}
    return text(
        inputs_embeds=embedded,
        position_ids=row.positions,
        attention_mask=None,
        use_cache=False,
        spans=row.spans,
        **more,
    ).last_hidden_state[0]


def answer_logits(model: Qwen3VLForConditionalGeneration, row: Row) -> tuple[torch.Tensor, torch.Tensor]:
    """(logits (A, V) where an answer is being written, their labels (A,))."""
    at = row.labels >= 0
    return model.lm_head(hidden_states(model, row)[at]), row.labels[at]


NEGATIVES = 48
"""random tokens among the candidates of a step"""
POINTING = 2.5
"""how much more a number in an answer, and its first token, weigh than its other words"""


def training_loss(
    model: Qwen3VLForConditionalGeneration, row: Row, generator: torch.Generator
) -> tuple[torch.Tensor, dict[str, float]]:
    """(loss on the answers' tokens, shares that are right: of all tokens and of numbers) of one forward pass.

    The softmax runs over the tokens that are an answer in this row, the row's numbers and a few random ones. Over the
    whole vocabulary every word would be pushed away at every step, and Adam makes full-size steps of those tiny
    gradients: embeddings then drift together until words cannot be told apart (models/LOG.md, run3 and run4).
    """
    import torch
    from torch.nn.functional import cross_entropy

    at = row.labels >= 0
    hidden, labels = hidden_states(model, row)[at], row.labels[at]
    table = model.lm_head.weight
    chance = torch.randint(0, len(table), (NEGATIVES,), generator=generator)
    candidates = torch.unique(torch.cat([labels, row.ids[0][row.numbers], chance]))
    logits, places = hidden @ table[candidates].T, torch.searchsorted(candidates, labels)
    right = logits.detach().argmax(-1) == places
    figures = {"right": float(right.float().mean())}
    pointing = (labels >= row.first_number) & (labels <= row.last_number)
    if pointing.any():
        figures["points"] = float(right[pointing].float().mean())
    first = (row.labels.roll(1) < 0)[at]
    weights = 1.0 + (POINTING - 1.0) * (pointing | first).float()
    losses = cross_entropy(logits.float(), places, reduction="none")
    return (losses * weights).sum() / weights.sum(), figures
