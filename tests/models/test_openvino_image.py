"""A picture is cut exactly as transformers cuts it."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.errors import BadInput
from models.runtimes.qwen3vl_image import ImageRules, fitted_size, patches
from models.runtimes.qwen3vl_positions import block_order, learned_places, prompt_positions, rotary_angles
from tests.models.tiny import noise

SIZES = [
    (1, 1), (16, 16), (31, 33), (64, 64), (47, 200), (333, 101), (640, 352), (640, 480), (1365, 767),
    (1366, 768), (1920, 1080), (3, 599), (599, 3), (1001, 7),
]  # fmt: skip
RULES = [
    ImageRules(),
    ImageRules(min_pixels=4096, max_pixels=225_280),
    ImageRules(
        patch=14, min_pixels=3136, max_pixels=200_704, mean=(0.48, 0.46, 0.41), std=(0.27, 0.26, 0.28)
    ),
]


@pytest.mark.parametrize("rules", RULES, ids=["qwen3-vl", "mini", "qwen2-vl"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_patches_are_those_of_transformers(size: tuple[int, int], rules: ImageRules) -> None:
    pytest.importorskip("torch", reason="transformers' processor needs the extra `torch`")
    pytest.importorskip("transformers", reason="transformers' processor needs the extra `torch`")
    from PIL import Image
    from transformers.models.qwen2_vl.image_processing_qwen2_vl import Qwen2VLImageProcessor

    frame = noise(*size)
    theirs = Qwen2VLImageProcessor(
        patch_size=rules.patch,
        merge_size=rules.merge,
        min_pixels=rules.min_pixels,
        max_pixels=rules.max_pixels,
        image_mean=list(rules.mean),
        image_std=list(rules.std),
    ).preprocess([Image.fromarray(frame.image)], input_data_format="channels_last", return_tensors="np")
    ours = patches(frame, rules)
    assert theirs["image_grid_thw"].tolist() == [[1, ours.rows, ours.columns]]
    assert ours.pixels.dtype == np.float32
    np.testing.assert_array_equal(ours.pixels, theirs["pixel_values"])


@pytest.mark.parametrize(("width", "height"), [(2010, 10), (10, 2010), (201, 1)])
def test_lopsided_pictures_are_refused(width: int, height: int) -> None:
    with pytest.raises(BadInput) as caught:
        fitted_size(height, width, ImageRules())
    assert caught.value.code == "image_too_narrow"
    assert caught.value.values == {"width": width, "height": height}


def test_the_frame_is_not_written_to() -> None:
    frame = noise(100, 80)
    before = frame.image.copy()
    frame.image.flags.writeable = False
    patches(frame, ImageRules())
    np.testing.assert_array_equal(frame.image, before)


def test_a_patch_holds_its_own_pixels_in_block_order() -> None:
    """Of a picture that needs no resizing, patch k is the square that block_order names."""
    rules = ImageRules(min_pixels=1, mean=(0.0,) * 3, std=(1.0,) * 3)
    frame = noise(96, 64)
    cut = patches(frame, rules)
    rows, columns = block_order(cut.rows, cut.columns, 2)
    for k, (row, column) in enumerate(zip(rows, columns, strict=True)):
        square = frame.image[row * 16 : row * 16 + 16, column * 16 : column * 16 + 16]
        expected = np.repeat(square.transpose(2, 0, 1)[:, None], 2, axis=1).reshape(-1) / 255
        np.testing.assert_allclose(cut.pixels[k], expected, atol=1e-6)


def test_blocks_come_row_by_row_and_inside_them_rows_again() -> None:
    rows, columns = block_order(2, 4, 2)
    assert list(zip(rows, columns, strict=True)) == [
        (0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (0, 3), (1, 2), (1, 3),
    ]  # fmt: skip


def test_text_counts_on_behind_the_longer_side_of_the_picture() -> None:
    ids = np.array([1, 9, 9, 9, 9, 9, 9, 2, 3])  # a picture of 2 × 3 tokens (id 9) inside text
    positions, following = prompt_positions(ids, image_token=9, rows=2, columns=3)
    assert positions.tolist() == [
        [0, 1, 1, 1, 1, 1, 1, 4, 5],
        [0, 1, 1, 1, 2, 2, 2, 4, 5],
        [0, 1, 2, 3, 1, 2, 3, 4, 5],
    ]
    assert following == 6


def test_without_a_picture_all_three_positions_count_up() -> None:
    positions, following = prompt_positions(np.array([1, 2, 3]), image_token=9, rows=0, columns=0)
    assert positions.tolist() == [[0, 1, 2]] * 3
    assert following == 3


def test_learned_places_mix_four_neighbours_to_one() -> None:
    places, shares = learned_places(6, 10, 2, side=8)
    assert places.shape == shares.shape == (4, 60)
    assert places.min() == 0
    assert places.max() == 63
    np.testing.assert_allclose(shares.sum(axis=0), 1, atol=1e-6)


def test_rotary_angles_are_rows_then_columns() -> None:
    angles = rotary_angles(2, 4, 2, head_size=16)
    assert angles.shape == (8, 8)
    np.testing.assert_allclose(
        angles[5], np.outer([0, 3], 10_000.0 ** -(np.arange(4) / 4)).ravel(), rtol=1e-6
    )
