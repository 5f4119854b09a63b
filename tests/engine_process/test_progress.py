"""How far trying a device is: steps from the child's own events, time from what it took before or from the graphs so far."""

from __future__ import annotations

import pytest

from models.engine_process.known import Probed
from models.engine_process.progress import Course, Progress


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_an_npu_has_a_step_for_each_graph() -> None:
    course = Course("NPU", clock=Clock())
    assert course.now() == Progress("NPU", 1, 0)
    stages = [
        ("open", 0, 0),
        ("compile", 0, 2),
        ("compile", 1, 2),
        ("compile", 2, 2),
        ("look", 0, 0),
        ("answer", 0, 0),
    ]
    told = [course.at(*stage) for stage in stages]
    assert [(one.step, one.steps) for one in told] == [(1, 0), (2, 5), (3, 5), (3, 5), (4, 5), (5, 5)]


def test_a_device_without_graphs_of_its_own_has_three() -> None:
    course = Course("GPU", clock=Clock())
    told = [course.at(stage) for stage in ("open", "look", "answer")]
    assert [(one.step, one.steps) for one in told] == [(1, 0), (2, 3), (3, 3)]
    assert {one.seconds_left for one in told} == {None}


def test_what_it_took_with_another_driver_tells_how_long_it_will_take() -> None:
    clock = Clock()
    earlier = Probed(load_ms=200_000, look_ms=1_000, first_token_ms=500, tokens_per_s=30)
    course = Course("NPU", earlier, clock)
    assert course.now().seconds_left == pytest.approx(200 + 2 + 0.5 + 1)
    clock.now += 150
    assert course.at("compile", 0, 2).seconds_left == pytest.approx(53.5)
    clock.now += 600
    assert course.now().seconds_left == 0
    assert Course("NPU", Probed(fault="crashed"), clock).now().seconds_left is None


def test_without_an_earlier_time_the_first_graph_tells() -> None:
    clock = Clock()
    course = Course("NPU", clock=clock)
    course.at("compile", 0, 2)
    clock.now += 120
    assert course.now().seconds_left is None
    assert course.at("compile", 1, 2).seconds_left == pytest.approx(120)
    clock.now += 60
    assert course.now().seconds_left == pytest.approx(60)
