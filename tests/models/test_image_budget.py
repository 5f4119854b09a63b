"""The image budget as arithmetic: within the model's bounds, within the time, and still where it once is right."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.catalogue import BUNDLED
from models.image_budget import (
    COMPILED,
    DAY,
    ENOUGH,
    LADDER,
    MEDIAN_OF,
    SLACK,
    USUAL,
    Budget,
    Looked,
    Sizes,
    chosen,
    estimated,
    remembered,
    sizes_of,
)
from models.runtimes.smolvlm_image import TileRules, longest_side, tiles
from tests.models.tiny import TINY, noise

NOW = 1e9
QWEN = Sizes(LADDER, USUAL)
SMOL = Sizes((64, 320, 448, 832), 832)
looked = st.builds(
    Looked,
    image_tokens=st.integers(1, 3000),
    tokens=st.integers(1, 8000),
    encode_ms=st.floats(0.1, 1e5),
    prefill_ms=st.floats(0, 1e5),
    at=st.floats(NOW - 30 * DAY, NOW),
)


def look(tokens: int, ms: float, at: float = NOW, others: int = 300) -> Looked:
    return Looked(tokens, tokens + others, 0.8 * ms, 0.2 * ms, at)


def test_without_a_measurement_it_is_as_the_model_comes() -> None:
    assert chosen(QWEN, [], 1.5, NOW) == Budget(USUAL, None)


@given(
    st.lists(looked, min_size=1, max_size=24), st.floats(0.05, 20), st.sampled_from([QWEN, SMOL]), st.data()
)
def test_it_is_always_a_size_of_the_model_and_more_time_never_gives_less(
    looks: list[Looked], seconds: float, sizes: Sizes, data: st.DataObject
) -> None:
    present = data.draw(st.sampled_from([None, *sizes.ladder]))
    found = chosen(sizes, looks, seconds, NOW, present)
    assert found.image_tokens in sizes.ladder and found.ms is not None
    assert chosen(sizes, looks, 2 * seconds, NOW, present).image_tokens >= found.image_tokens
    again = chosen(sizes, looks, seconds, NOW, found.image_tokens)
    assert again == found  # the same looks again change nothing


@given(st.lists(looked, min_size=ENOUGH, max_size=24), st.floats(0.05, 20))
def test_what_is_chosen_afresh_is_within_the_time_or_the_least(looks: list[Looked], seconds: float) -> None:
    found = chosen(QWEN, looks, seconds, NOW)
    assert found.ms <= 1000 * seconds or found.image_tokens == min(LADDER)


@given(
    power=st.floats(1.0, 2.0),
    per_token=st.floats(0.05, 30),
    seconds=st.floats(0.3, 5),
    seed=st.integers(0, 999),
)
def test_it_comes_to_rest(power: float, per_token: float, seconds: float, seed: int) -> None:
    """Whatever encoding costs as pictures grow, and with ten per cent of noise: after a dozen looks it tries one size at most, and
    returns from it."""
    noisy, looks, present, used = random.Random(seed), [], None, []
    for turn in range(60):
        found = chosen(QWEN, looks, seconds, NOW + turn, present)
        present = found.image_tokens
        used.append(present)
        ms = per_token * 500 * (present / 500) ** power * noisy.uniform(0.95, 1.05)
        looks = remembered(looks, look(present, ms, NOW + turn))
    settled = used[15:]
    assert sum(one != other for one, other in itertools.pairwise(settled)) <= 2
    assert len(looks) <= MEDIAN_OF * len(LADDER)


def test_a_size_is_kept_while_it_is_nearly_right() -> None:
    slow = [look(880, 1500 * (1 + SLACK) - 1)] * 5
    assert chosen(QWEN, slow, 1.5, NOW, 880).image_tokens == 880
    assert chosen(QWEN, slow, 1.5, NOW).image_tokens == 660
    assert chosen(QWEN, [look(880, 1500 * (1 + SLACK) + 20)] * 5, 1.5, NOW, 880).image_tokens == 660


def test_one_slow_look_moves_nothing_and_a_slow_size_is_tried_again_on_another_day() -> None:
    steady = [look(880, 1200)] * 4
    assert chosen(QWEN, [*steady, look(880, 9000)], 1.5, NOW, 880).image_tokens == 880
    fallen = [look(660, 4000)] * 3 + [look(440, 500)] * 3
    assert chosen(QWEN, fallen, 1.5, NOW, 440).image_tokens == 440
    later = [*fallen, look(440, 500, NOW + 2 * DAY)]
    assert chosen(QWEN, later, 1.5, NOW + 2 * DAY, 440).image_tokens == 880


def test_lines_beside_the_picture_do_not_grow_with_it() -> None:
    one = Looked(400, 1400, 800.0, 700.0, NOW)
    assert estimated([one], 800, NOW) == pytest.approx(1600 + 700 * 1800 / 1400)


def test_a_first_look_that_pays_for_getting_ready_moves_nothing() -> None:
    cold = look(880, 20_000)
    assert chosen(QWEN, [cold], 1.5, NOW) == Budget(USUAL, pytest.approx(20_000))
    assert chosen(QWEN, [cold, look(880, 1400)], 1.5, NOW).image_tokens == USUAL


# What a folder says


def qwen(folder: Path, **rules: object) -> Path:
    (folder / "config.json").write_text(json.dumps({"model_type": "qwen3_vl"}))
    (folder / "preprocessor_config.json").write_text(json.dumps({"patch_size": 16, "merge_size": 2, **rules}))
    return folder


def test_the_models_own_limit_holds_and_an_npu_sees_what_it_has_compiled(tmp_path: Path) -> None:
    folder = qwen(tmp_path, size={"shortest_edge": 65536, "longest_edge": 16777216})
    assert sizes_of(folder) == QWEN
    assert sizes_of(folder, "NPU+GPU") == Sizes(COMPILED, USUAL)
    assert sizes_of(qwen(tmp_path, max_pixels=700 * 1024)) == Sizes((256, 440, 660), 660)


def test_nunchi_mini_keeps_the_size_it_was_trained_with() -> None:
    assert sizes_of(BUNDLED / "nunchi-mini") is None and sizes_of(TINY) is None


def test_a_folder_that_says_nonsense_has_no_sizes(tmp_path: Path) -> None:
    assert sizes_of(tmp_path) is None
    assert sizes_of(qwen(tmp_path, max_pixels="many")) is None
    (tmp_path / "config.json").write_text('{"model_type": "gemma3"}')
    assert sizes_of(tmp_path) is None


def test_smolvlm_counts_tiles(tmp_path: Path) -> None:
    vision = {"patch_size": 16, "image_size": 512}
    (tmp_path / "config.json").write_text(
        json.dumps({"model_type": "smolvlm", "vision_config": vision, "scale_factor": 4})
    )
    rules = {"max_image_size": {"longest_edge": 512}, "size": {"longest_edge": 2048}}
    (tmp_path / "preprocessor_config.json").write_text(json.dumps(rules))
    assert sizes_of(tmp_path) == SMOL


@pytest.mark.parametrize(
    "size", [(1920, 1080), (1080, 1920), (2560, 1600), (640, 400), (300, 200), (5000, 90)]
)
@pytest.mark.parametrize("budget", SMOL.ladder)
def test_tiles_stay_within_the_budget_and_crops_are_not_enlarged(size: tuple[int, int], budget: int) -> None:
    side = longest_side(budget, 64, size, TileRules())
    cut = tiles(noise(*size), TileRules(longest=side))
    assert len(cut.pixels) * 64 <= budget
    assert side < max(size) + 512 and side <= 2048
