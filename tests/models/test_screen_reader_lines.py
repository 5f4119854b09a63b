"""Preparing, cutting and decoding lines, without any model."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from assistant.frames import Box
from models.runtimes import screen_text_detector as detector
from models.runtimes.screen_text_blocks import bands, joined, whole_lines
from models.runtimes.screen_text_columns import with_columns_parted
from models.runtimes.screen_text_cutting import CutLine, cut_lines, without_repeats
from models.runtimes.screen_text_detector import Found, components, detect, stretches
from models.runtimes.screen_text_lines import HEIGHT, LONGEST, prepare_line
from models.runtimes.screen_text_recogniser import BATCH_COLUMNS, LineRecogniser, by_width


def picture(height: int, width: int, paper: int = 255) -> np.ndarray:
    return np.full((height, width, 3), paper, dtype=np.uint8)


def test_dark_text_on_light_and_light_on_dark_prepare_alike() -> None:
    line = picture(20, 60)
    line[5:15, 10:14] = 0
    assert np.allclose(prepare_line(line), prepare_line(255 - line))


def test_empty_rows_are_trimmed_but_a_dash_does_not_fill_the_line() -> None:
    letters, dash = picture(60, 60), picture(60, 60)
    letters[20:40, 10:50] = 0
    dash[29:31, 10:50] = 0
    assert (prepare_line(letters).max(axis=1) > 0.5).mean() > 0.55
    assert (prepare_line(dash).max(axis=1) > 0.5).mean() < 0.2


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (3, 20_000)])
def test_any_shape_prepares_to_a_bounded_line(shape: tuple[int, int]) -> None:
    prepared = prepare_line(np.random.default_rng(1).integers(0, 256, (*shape, 3), dtype=np.uint8))
    assert prepared.shape[0] == HEIGHT and 8 <= prepared.shape[1] <= LONGEST
    assert np.isfinite(prepared).all() and prepared.min() >= 0 and prepared.max() <= 1


def test_faint_noise_is_not_stretched_to_ink() -> None:
    noisy = (250 + np.random.default_rng(1).integers(-2, 3, (20, 80, 3))).astype(np.uint8)
    assert prepare_line(noisy).max() < 0.5


def test_components_are_the_connected_parts() -> None:
    mask = np.zeros((8, 12), dtype=bool)
    mask[1:3, 1:4] = True
    mask[3, 4] = True  # touches by a corner
    mask[5:7, 8:12] = True
    mask[7, 0] = True
    assert sorted(components(mask)) == [(0, 7, 1, 8), (1, 1, 5, 4), (8, 5, 12, 7)]


def test_a_ring_and_its_inside_are_two_parts() -> None:
    mask = np.zeros((9, 9), dtype=bool)
    mask[0], mask[8], mask[:, 0], mask[:, 8] = True, True, True, True
    mask[4, 4] = True
    assert sorted(components(mask)) == [(0, 0, 9, 9), (4, 4, 5, 5)]


def test_noise_has_no_parts() -> None:
    assert components(np.random.default_rng(1).random((900, 900)) > 0.5) == []


@pytest.mark.parametrize("length", [1, 500, 1984, 1985, 3840, 20_000])
def test_stretches_cover_the_length_and_fit_with_their_margins(length: int) -> None:
    parts = list(stretches(length, 1984))
    assert parts[0][0] == 0 and parts[-1][1] == length
    assert all(one[1] == other[0] for one, other in pairwise(parts))
    if len(parts) > 1:
        assert all(end - start + 2 * detector.MARGIN <= 1984 + 1 for start, end in parts)


def test_tiles_give_the_same_map_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    image = np.random.default_rng(1).integers(0, 256, (300, 500, 3), dtype=np.uint8)

    def redness(pixels: np.ndarray) -> np.ndarray:
        return pixels[..., 0]

    whole = detector.chance_map(image, redness)
    monkeypatch.setattr(detector, "TILE", (320, 256))
    assert np.array_equal(detector.chance_map(image, redness), whole)
    assert whole.shape == image.shape[:2]


def test_a_detected_core_grows_to_the_line() -> None:
    def network(pixels: np.ndarray) -> np.ndarray:
        chance = np.zeros(pixels.shape[:2], dtype=np.float32)
        chance[100:110, 50:249] = 0.9
        return chance

    (found,) = detect(picture(200, 300), network)
    assert found.core == Box(50, 100, 200, 11)
    assert found.around.y < 95 and found.around.bottom > 115 and found.around.x < 45
    assert found.score > 0.7


def letters(image: np.ndarray, x: int, y: int, count: int, height: int = 12, ink: int = 20) -> None:
    """Upright bars that stand for letters, 7 pixels apart."""
    for number in range(count):
        image[y : y + height, x + 7 * number : x + 7 * number + 3] = ink
        image[y + height - 2 : y + height, x + 7 * number : x + 7 * number + 5] = ink


def test_a_line_is_cut_without_its_neighbours_and_borders() -> None:
    image = picture(80, 300, 240)
    letters(image, 40, 30, 20)
    letters(image, 40, 14, 20)  # the line above
    image[48:49, :] = 100  # a rule below
    image[:, 20:21] = 100  # a border on the left
    found = Found(Box(42, 32, 130, 8), Box(18, 22, 180, 30), 0.9)
    (line,) = cut_lines(image, found)
    assert line.box == Box(39, 29, 140, 14)
    assert (line.ink, line.paper) == ("black", "white")


def test_columns_far_apart_are_parted_and_words_are_not() -> None:
    image = picture(60, 400)
    letters(image, 20, 20, 6)
    letters(image, 20 + 6 * 7 + 5, 20, 4)
    letters(image, 200, 20, 5)
    lines = list(cut_lines(image, Found(Box(22, 22, 210, 8), Box(10, 12, 240, 28), 0.9)))
    assert [line.box.x for line in lines] == [19, 199]


def rows_of_cells(rows: list[tuple[int, int, int]], pitch: int = 26) -> list[CutLine]:
    """Cut lines of rows with words of `before` and `after` letters, the second one beginning at `edge`."""
    image = picture(pitch * len(rows) + 20, 300, 240)
    cut = []
    for row, (before, edge, after) in enumerate(rows):
        y = 10 + pitch * row
        letters(image, edge - 7 - 7 * before, y, before)
        letters(image, edge, y, after)
        left = edge - 7 - 7 * before
        core = Box(left, y + 2, edge + 7 * after - left, 8)
        around = Box(left - 6, y - 5, core.width + 12, 22)
        cut += list(cut_lines(image, Found(core, around, 0.9)))
    return cut


def test_close_cells_that_begin_at_one_edge_are_parted_and_words_are_not() -> None:
    table = rows_of_cells([(8, 120, 5), (6, 120, 7), (7, 120, 4), (9, 120, 6), (8, 120, 3)])
    assert len(table) == 5
    parts = with_columns_parted(table)
    assert len(parts) == 10 and sum(abs(part.box.x - 119) <= 1 for part in parts) == 5
    assert all(part.crop.shape[1] > 10 and part.box.right <= 175 for part in parts)
    prose = rows_of_cells([(8, 120, 5), (6, 106, 7), (7, 113, 4), (9, 127, 6), (8, 99, 3)])
    assert with_columns_parted(prose) == prose
    assert with_columns_parted(table[:2]) == table[:2]


def test_an_icon_before_the_text_is_parted_and_does_not_make_the_text_small() -> None:
    image = picture(60, 400)
    letters(image, 60, 22, 10)
    image[18:38, 34:54] = (200, 40, 40)
    icon, text = cut_lines(image, Found(Box(40, 24, 80, 8), Box(28, 14, 110, 30), 0.9))
    assert icon.box == Box(33, 17, 22, 22)
    assert text.box == Box(59, 21, 70, 14)


def test_a_box_inside_another_is_left_out() -> None:
    image = picture(60, 300)
    letters(image, 20, 20, 20)
    whole = Found(Box(22, 22, 130, 8), Box(10, 12, 170, 28), 0.9)
    part = Found(Box(62, 22, 60, 8), Box(60, 14, 64, 24), 0.9)
    lines = [line for found in (part, whole) for line in cut_lines(image, found)]
    assert [line.box.width for line in without_repeats(lines)] == [140]


def test_two_lines_found_as_one_are_parted() -> None:
    image = picture(80, 300)
    letters(image, 20, 20, 30)
    letters(image, 20, 36, 30)
    lines = whole_lines(image, [Found(Box(20, 22, 210, 24), Box(10, 8, 230, 52), 0.6)])
    assert sorted(line.core.y for line in lines) == [22, lines[-1].core.y]
    assert all(line.core.height < 16 for line in lines)


def test_columns_of_syllables_become_lines() -> None:
    image = picture(120, 300)
    for row in range(4):
        letters(image, 20, 20 + 16 * row, 16, height=13)
    columns = [Found(Box(20 + 16 * n, 21, 10, 60), Box(16 + 16 * n, 15, 18, 72), 0.6) for n in range(7)]
    lines = sorted(whole_lines(image, columns), key=lambda line: line.core.y)
    assert [abs(line.core.y - (20 + 16 * row)) <= 1 for row, line in enumerate(lines)] == [True] * 4
    assert all(line.core.width > 100 for line in lines)


def test_bands_are_cut_where_no_row_is_empty() -> None:
    profile = np.array([0] * 3 + ([30] * 13 + [4] * 2) * 3 + [0] * 3)
    assert len(bands(profile, 15)) == 3
    tight = np.array([0] * 3 + ([30] * 13 + [9] * 2) * 3 + [0] * 3)
    assert len(bands(tight, 15)) == 3


def test_pieces_of_one_row_are_joined_and_columns_are_not() -> None:
    def piece(x: int, y: int = 10) -> Found:
        return Found(Box(x, y, 40, 10), Box(x - 5, y - 5, 50, 20), 0.6)

    lines = joined([piece(10), piece(58), piece(200), piece(10, 40)])
    assert sorted(tuple(line.core) for line in lines) == [
        (10, 10, 88, 10),
        (10, 40, 40, 10),
        (200, 10, 40, 10),
    ]


def test_decoding_folds_repeats_drops_blanks_and_scores_by_the_least_sure_character() -> None:
    recogniser = LineRecogniser(lambda ink: (ink, ink), "가나 ")
    best = np.array([0, 1, 1, 0, 1, 3, 3, 0, 2, 2, 0])
    chance = np.array([1, 0.4, 0.8, 1, 1, 0.9, 0.9, 1, 0.5, 0.6, 1], dtype=np.float32)
    reading = recogniser.decoded(best, chance)
    assert reading.text == "가가 나"
    assert reading.mean == pytest.approx((0.8 + 1 + 0.9 + 0.6) / 4)
    assert reading.chance == pytest.approx(0.6)
    assert recogniser.decoded(np.zeros(5, dtype=int), np.ones(5)).text == ""


def test_batches_hold_every_line_once_and_stay_small() -> None:
    widths = np.random.default_rng(2).integers(8, 3000, 200)
    inks = [np.zeros((HEIGHT, width), dtype=np.float32) for width in widths]
    groups = by_width(inks)
    assert sorted(number for group in groups for number in group) == list(range(200))
    for group in groups:
        widest = max(inks[number].shape[1] for number in group)
        assert len(group) == 1 or widest * len(group) <= BATCH_COLUMNS + 32 * len(group)
