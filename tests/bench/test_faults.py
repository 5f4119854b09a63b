"""The bench of faults in small: the real bundled model, a server, and what is left behind after each fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.bench import faults
from models.bench.faulty_engine import FAULTS, Plan


@pytest.fixture(scope="module")
def right() -> faults.Outcome:
    """Nothing breaks."""
    return faults.asked(Plan(backend="openvino"), "", "")


@pytest.mark.parametrize("fault", FAULTS)
def test_the_bundled_model_finishes_its_answer_on_another_device(right: faults.Outcome, fault: str) -> None:
    """One strike at the NPU, in the middle of the answer (compiling: while it is opened)."""
    strike = {"devices": ("NPU",), "stage": "answer", "token": 2}
    found = faults.asked(faults.planned("openvino", fault, strike), fault, right.strike, "here")
    assert found.good and found.end == "finished" and found.same and not found.restarted
    assert found.device == ("NPU" if fault == "old_cache" else "GPU")


@pytest.mark.parametrize(
    ("fault", "end"),
    [("device_lost", "server_broke_off"), ("compile_error", "server_error"), ("segfault", "finished")],
)
def test_a_server_that_fails_is_told_with_its_code(fault: str, end: str) -> None:
    found = faults.asked(faults.planned("http", fault, faults.STRIKES[1]), fault, "첫째 줄입니다.", "here")
    assert found.good and found.end == end


def test_what_is_left_behind_is_noticed(tmp_path: Path) -> None:
    before = faults.Left.now()
    assert before.since(0.0) == ()
    with (tmp_path / "file").open("w"):
        assert before.since(0.0) == ("1 descriptors",)


def test_an_unknown_end_or_another_answer_is_bad() -> None:
    good = faults.Outcome("openvino", "hang", "", "finished", True, False, "GPU", 1.0, 2)
    from dataclasses import replace

    assert good.good and replace(good, same=False, end="engine_hung").good
    assert not replace(good, same=False).good and not replace(good, end="internal", same=False).good
    assert not replace(good, left=("1 descriptors",)).good
    assert "1 bad" in faults.table([good, replace(good, left=("thread x",))])
