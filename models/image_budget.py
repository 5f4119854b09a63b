"""How many image tokens a look may have: the most that this machine has been measured to see within the time a person gives it.

Image tokens are most of what a look costs, and small print comes as text, so a picture may be small. Sizes are a short ladder:
few sizes mean few shapes to compile, and a measurement of one size stays true. Pure arithmetic, but for `sizes_of`, which reads
a folder's configuration.

A look of n image tokens with t other ones is estimated from a measured one of m: encode · n / m + prefill · (n + t) / (m + t).
A size that was measured itself within the last day needs no scaling; so one that turned out too slow is not tried again and
again, and is tried again on another day.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import NunchiError

SECONDS = 1.5
"""A question takes two to three seconds to say, and the screen's text is read before the look can be prefilled: a look of so long
is over when the question is, and the person waits for nothing but the answer."""
LEAST = 256
"""image tokens at which a layout is still seen"""
USUAL = 880
"""1280 × 704 pixels of Qwen3-VL: where nothing was measured yet"""
LADDER = (256, 440, 660, 880, 1320, 2040)
"""for families whose pictures become as many tokens as they have pixels; full HD is 2040. 440 and 880 are what an NPU has compiled"""
COMPILED = (440, 880)
SLACK = 0.15
"""a size is left when it takes so much longer than wanted, and a larger one is taken when it stays so far below"""
ALIKE = 1.25
"""looks that differ by less in their tokens were measured at the same size"""
DAY = 86_400.0
ENOUGH = 2
"""looks before anything is changed: the first one of a process also pays for making everything ready"""
MEDIAN_OF = 5
MOST_LOOKS = 40


@dataclass(frozen=True)
class Sizes:
    """What a model can be shown: image tokens, least first, and which of them it takes unless told otherwise."""

    ladder: tuple[int, ...]
    usual: int


@dataclass(frozen=True)
class Looked:
    """One measured look: milliseconds of encoding all of its image tokens and of prefilling `tokens`, those included."""

    image_tokens: int
    tokens: int
    encode_ms: float
    prefill_ms: float
    at: float
    """seconds since 1970"""


@dataclass(frozen=True)
class Budget:
    """What a look may have, and what that takes here; `ms` is None where nothing was measured yet."""

    image_tokens: int
    ms: float | None = None


def chosen(
    sizes: Sizes, looks: Sequence[Looked], seconds: float, now: float, present: int | None = None
) -> Budget:
    """The most of `sizes` that stays within `seconds`; `present`, what is in use, is kept while it is nearly right."""
    if not looks:
        return Budget(sizes.usual)
    if len(looks) < ENOUGH:
        return Budget(sizes.usual, estimated(looks, sizes.usual, now))
    cost = {size: estimated(looks, size, now) for size in sizes.ladder}
    wanted = _most(cost, 1000 * seconds)
    if present in cost:
        if wanted > present:
            wanted = max(present, _most(cost, 1000 * seconds * (1 - SLACK)))
        elif cost[present] <= 1000 * seconds * (1 + SLACK):
            wanted = present
    return Budget(wanted, cost[wanted])


def remembered(looks: Sequence[Looked], new: Looked) -> list[Looked]:
    """`looks` with `new`, oldest first: a few of each size, so that a size in daily use does not push the others out."""
    alike = [one for one in looks if _apart(one.image_tokens, new.image_tokens) <= ALIKE]
    gone = alike[: max(0, len(alike) - MEDIAN_OF + 1)]
    return [*(one for one in looks if not any(one is old for old in gone)), new][-MOST_LOOKS:]


def estimated(looks: Sequence[Looked], size: int, now: float) -> float:
    """Milliseconds of a look of `size` image tokens: the (lower) median of the last day's looks nearest to it in size, scaled."""
    recent = [one for one in looks if now - one.at < DAY] or list(looks)
    nearest = min(recent, key=lambda one: _apart(one.image_tokens, size)).image_tokens
    alike = [one for one in recent if _apart(one.image_tokens, nearest) <= ALIKE]
    return statistics.median_low(_scaled(one, size) for one in alike[-MEDIAN_OF:])


def sizes_of(folder: Path, device: str = "CPU") -> Sizes | None:
    """What the model in `folder` can be shown; None where its pictures have one size only or nothing is known of it.

    nunchi-mini is one of those: its 640 × 352 pixels are what it was trained with. On an NPU nothing but what is compiled.
    """
    from models.runtimes import genai_folder, qwen3vl_folder, smolvlm_folder

    try:
        config = qwen3vl_folder.read_json(folder / "config.json")
        rules = qwen3vl_folder.read_json(folder / "preprocessor_config.json")
        family = str(config.get("model_type"))
        if family == qwen3vl_folder.MODEL_TYPE:
            return _by_pixels(_qwen_most(rules), device)
        if family in smolvlm_folder.MODEL_TYPES:
            return _by_tiles(config, smolvlm_folder.tile_rules(folder / "preprocessor_config.json"))
        if family in genai_folder.BY_PIXELS:
            most = min(genai_folder.PICTURE, _most_pixels(rules) // genai_folder.PIXELS_A_TOKEN)
            return _by_pixels(most, device)
    except (NunchiError, AttributeError, KeyError, TypeError, ValueError, ZeroDivisionError):
        pass  # the engine tells what is wrong with a folder
    return None


def _by_pixels(most: int, device: str) -> Sizes | None:
    """`most` image tokens are the model's own limit."""
    if most < LEAST:
        return None
    steps = COMPILED if device.startswith("NPU") else LADDER
    ladder = tuple(size for size in steps if size <= most) or (most,)
    return Sizes(ladder, min(USUAL, ladder[-1]))


def _by_tiles(config: dict[str, Any], rules: Any) -> Sizes | None:
    """Rows and columns of a 16:9 screen, with the small picture of all of it behind."""
    if not rules.split or rules.longest is None:
        return None
    side = rules.tile // int(config["vision_config"].get("patch_size", 32))
    tile_tokens = (side // int(config.get("scale_factor", 2))) ** 2
    ladder = [tile_tokens]
    for columns in range(2, rules.longest // rules.tile + 1):
        ladder.append((columns * math.ceil(columns * 9 / 16) + 1) * tile_tokens)
    return Sizes(tuple(ladder), ladder[-1])


def _qwen_most(rules: dict[str, Any]) -> int:
    block = int(rules.get("patch_size", 16)) * int(rules.get("merge_size", 2))
    return _most_pixels(rules) // (block * block)


def _most_pixels(rules: dict[str, Any]) -> int:
    return int(rules.get("max_pixels") or (rules.get("size") or {}).get("longest_edge") or LADDER[-1] * 1024)


def _most(cost: dict[int, float], ms: float) -> int:
    """The largest size within `ms`; sizes are tried upwards, so that none above a too slow one counts."""
    best = min(cost)
    for size in sorted(cost):
        if cost[size] > ms:
            break
        best = size
    return best


def _scaled(one: Looked, size: int) -> float:
    others = max(0, one.tokens - one.image_tokens)
    return one.encode_ms * size / one.image_tokens + one.prefill_ms * (size + others) / (
        one.image_tokens + others
    )


def _apart(one: int, other: int) -> float:
    return max(one, other) / max(1, min(one, other))
