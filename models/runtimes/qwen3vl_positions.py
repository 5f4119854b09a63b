"""Where tokens and patches stand in Qwen3-VL: M-RoPE positions of the prompt, rotary angles and learned
places of the picture. Arithmetic on numpy arrays; nothing here knows weights.

Follows `get_rope_index`, `rot_pos_emb` and `fast_pos_embed_interpolate` of transformers' `modeling_qwen3_vl.py`,
for prompts with at most one still picture.
"""

from __future__ import annotations

import numpy as np


def prompt_positions(ids: np.ndarray, image_token: int, rows: int, columns: int) -> tuple[np.ndarray, int]:
    """Positions (3, length) of a prompt whose picture takes rows × columns tokens, and the next free one.

    Text counts up; the picture's tokens share one time and spread over height and width.
    """
    length = len(ids)
    picture = np.flatnonzero(ids == image_token)
    if not len(picture):
        return np.tile(np.arange(length), (3, 1)), length
    start = int(picture[0])
    positions = np.empty((3, length), np.int64)
    positions[:, :start] = np.arange(start)
    end = start + rows * columns
    positions[0, start:end] = start
    positions[1, start:end] = start + np.repeat(np.arange(rows), columns)
    positions[2, start:end] = start + np.tile(np.arange(columns), rows)
    following = start + max(rows, columns)
    positions[:, end:] = following + np.arange(length - end)
    return positions, following + length - end


def block_order(rows: int, columns: int, merge: int) -> tuple[np.ndarray, np.ndarray]:
    """(row, column) of every patch in the order the encoder sees them: merge × merge blocks, row by row."""
    grid = np.indices((rows, columns)).reshape(2, rows // merge, merge, columns // merge, merge)
    row, column = grid.transpose(0, 1, 3, 2, 4).reshape(2, -1)
    return row, column


def rotary_angles(rows: int, columns: int, merge: int, head_size: int) -> np.ndarray:
    """Angles (patches, head_size / 2) float32 for the encoder's attention: half from rows, half from columns."""
    frequencies = 1.0 / 10_000.0 ** (np.arange(0, head_size // 2, 2, dtype=np.float32) / (head_size // 2))
    table = np.outer(np.arange(max(rows, columns), dtype=np.float32), frequencies.astype(np.float32))
    row, column = block_order(rows, columns, merge)
    return np.concatenate([table[row], table[column]], axis=1).astype(np.float32)


def learned_places(rows: int, columns: int, merge: int, side: int) -> tuple[np.ndarray, np.ndarray]:
    """Which four of the side × side learned places each patch mixes, (4, patches) int64, and their shares.

    The picture is stretched over the learned grid and interpolated bilinearly.
    """
    down, across = (np.linspace(0, side - 1, count, dtype=np.float32) for count in (rows, columns))
    row, column = block_order(rows, columns, merge)
    y, x = down[row], across[column]
    top, left = y.astype(np.int64), x.astype(np.int64)
    bottom, right = np.minimum(top + 1, side - 1), np.minimum(left + 1, side - 1)
    dy, dx = y - top, x - left
    places = np.stack([top * side + left, top * side + right, bottom * side + left, bottom * side + right])
    shares = np.stack([(1 - dy) * (1 - dx), (1 - dy) * dx, dy * (1 - dx), dy * dx])
    return places, shares.astype(np.float32)
