"""How a fresh nunchi-mini begins: with the two habits that pointing is made of, instead of noise.

From noise the two did not appear in 1.3 million tokens (models/LOG.md). So they are put in, roughly, and training
makes them good or turns them into something else:

- **Every word knows the number of its line.** Line numbers share one direction, words another; in the first layer one
  group of heads lets words look back at the nearest line number (a sum of slow cosines falls with distance).
- **A word looks for itself.** In the next layers the keys of one group are its queries, so that equal words attend to
  each other; the fast rotary pairs are turned round, so that a word does not simply find itself.

Values come back through the transpose of what took them out, so attention carries what it sees (Trockman and Kolter
2023, "Mimetic initialization of self-attention layers", tie queries to keys and values to outputs in this way).
Embeddings are large beside what the blocks add: at the usual 0.02 the first block's noise drowned the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer
    from transformers import Qwen3VLForConditionalGeneration

HEAD = 64
EMBEDDING = 0.3
"""standard deviation of embeddings; output rows start at a fifteenth of it"""
SHARED = 2.4
"""length of the direction that all words (and that all line numbers) have in common; an embedding is 4.8 long"""
SHARPNESS = 1.5
"""of the norms before attention where a habit is put in"""
LOOKING_FOR_ITSELF = (1, 2, 3)


def put_habits(model: Qwen3VLForConditionalGeneration, tokenizer: Tokenizer, last_number: int) -> None:
    """Change a fresh model in place; `last_number` is the highest line number there is."""
    import torch

    text = model.model.language_model
    table = text.embed_tokens.weight
    numbers = slice(tokenizer.token_to_id("<|n0|>"), tokenizer.token_to_id(f"<|n{last_number}|>") + 1)
    words = slice(0, tokenizer.token_to_id("<|endoftext|>"))
    with torch.no_grad():
        table.normal_(0.0, EMBEDDING)
        number, word = _two_directions(table.shape[1])
        table[numbers] += SHARED * number
        table[words] += SHARED * word
        model.lm_head.weight.copy_(table / 15)
        for depth, layer in enumerate(text.layers):
            _carry(layer.self_attn, (number, word))
            if depth == 0:
                _look_back(layer.self_attn, number, number + word, text.rotary_emb.inv_freq)
            elif depth in LOOKING_FOR_ITSELF:
                _look_for_itself(layer.self_attn, (number, word), text.rotary_emb.inv_freq)


def _carry(attention: torch.nn.Module, shared: tuple[torch.Tensor, ...]) -> None:
    """Values of a group come back through their transpose; what all tokens share is not carried."""
    groups, heads = _groups(attention)
    for group in range(groups):
        out = _frame(attention.v_proj.weight.shape[1], shared)  # (64, hidden)
        attention.v_proj.weight[group * HEAD : (group + 1) * HEAD] = out
        for head in range(group * heads, (group + 1) * heads):
            columns = slice(head * HEAD, (head + 1) * HEAD)
            attention.o_proj.weight[:, columns] = (
                0.5 / heads * out.T + 0.2 * attention.o_proj.weight[:, columns]
            )


def _look_back(
    attention: torch.nn.Module, sought: torch.Tensor, seeker: torch.Tensor, turns: torch.Tensor
) -> None:
    """The first group's heads look from tokens like `seeker` to the nearest one like `sought`."""
    import torch

    slow = ((turns > 0.004) & (turns < 0.4)).float()
    ray = torch.cat([slow, torch.zeros_like(slow)])
    ray = 3 * ray / ray.norm()
    attention.k_proj.weight[:HEAD] = ray[:, None] * sought + 0.1 * attention.k_proj.weight[:HEAD]
    for head in range(_groups(attention)[1]):
        rows = slice(head * HEAD, (head + 1) * HEAD)
        attention.q_proj.weight[rows] = ray[:, None] * seeker + 0.1 * attention.q_proj.weight[rows]
    attention.q_norm.weight.fill_(SHARPNESS)


def _look_for_itself(
    attention: torch.nn.Module, shared: tuple[torch.Tensor, ...], turns: torch.Tensor
) -> None:
    """The first group's heads look for tokens like the one they are at, but not at their own place."""
    import torch

    keys = _frame(attention.k_proj.weight.shape[1], shared)
    turned = 1 - 2 * (turns > 0.03).float()
    attention.k_proj.weight[:HEAD] = keys * torch.cat([turned, turned])[:, None]
    for head in range(_groups(attention)[1]):
        rows = slice(head * HEAD, (head + 1) * HEAD)
        attention.q_proj.weight[rows] = keys + 0.005 * torch.randn_like(keys)
    attention.q_norm.weight.fill_(SHARPNESS)


def _groups(attention: torch.nn.Module) -> tuple[int, int]:
    """(key-value groups, heads in each)."""
    groups = attention.k_proj.weight.shape[0] // HEAD
    return groups, attention.q_proj.weight.shape[0] // HEAD // groups


def _frame(hidden: int, without: tuple[torch.Tensor, ...]) -> torch.Tensor:
    """(64, hidden): orthonormal rows that do not see the directions `without`."""
    import torch

    rows = torch.nn.init.orthogonal_(torch.empty(HEAD, hidden))
    for direction in without:
        rows = rows - (rows @ direction)[:, None] * direction
    return rows


def _two_directions(hidden: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Two orthogonal unit vectors."""
    import torch

    first, second = torch.linalg.qr(torch.randn(hidden, 2))[0].T
    return first, second
