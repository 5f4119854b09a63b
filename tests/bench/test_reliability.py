"""Scores against how often they are right."""

from __future__ import annotations

import pytest

from models.bench.reliability import buckets, expected_calibration_error


def test_lines_fall_into_buckets_with_their_share_of_right_ones() -> None:
    found = buckets([0.1, 0.2, 0.9, 1.0], [False, True, True, True], edges=(0.0, 0.5, 0.9, 1.0))
    assert [(one.low, one.count, one.right) for one in found] == [(0.0, 2, 0.5), (0.9, 2, 1.0)]
    assert found[0].score == pytest.approx(0.15)


def test_the_error_is_the_weighted_distance() -> None:
    sure_but_wrong = buckets([1.0, 1.0, 1.0, 0.5], [False, False, False, True], edges=(0.0, 0.9, 1.0))
    assert expected_calibration_error(sure_but_wrong) == pytest.approx((3 * 1.0 + 1 * 0.5) / 4)


def test_scores_that_mean_what_they_say_have_no_error() -> None:
    honest = buckets([0.75] * 4, [True, True, True, False], edges=(0.0, 1.0))
    assert expected_calibration_error(honest) == pytest.approx(0.0)
    assert expected_calibration_error([]) == 0.0
