"""The benches of the tray program: what they count, and that the real program can be driven by them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from desktop.bench import idle, press, soak, tray
from desktop.bench.tray import Taken


def held(own: float) -> Taken:
    return Taken(own + 60, own, 17, 9, 1.0, 0, ())


def test_presses_are_told_by_stage() -> None:
    presses = [{"key": 1.0, "shown": float(n)} for n in range(1, 101)]
    figures = press.summary([*presses[:99], {"key": 2.0}])
    assert figures["shown"] == {"p50": 50.0, "p95": 94.0, "most": 99.0, "count": 99}
    told = press.table(figures, 100)
    assert "goal 80 / 150" in told and "only 99" in told and "questions were typed" in told


def test_growth_is_counted_after_the_program_has_settled() -> None:
    """The first fifth does not count, however much was loaded in it."""
    settling = [soak.Sample(0.1 * n, n, 1.0, held(20.0 * n)) for n in range(1, 5)]
    steady = [soak.Sample(0.1 * n, n, 1.0, held(100.0 + 0.02 * n)) for n in range(5, 21)]
    assert soak.slope([*settling, *steady]) == pytest.approx(2.0)
    assert soak.slope([soak.Sample(0.1, 5, 1.0, held(90.0))] * 5) == 0.0


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_what_a_process_holds_is_read_from_the_system(tmp_path: Path) -> None:
    before = tray.taken(os.getpid())
    block = bytearray(os.urandom(1 << 20) * 32)
    with (tmp_path / "held").open("w"):
        after = tray.taken(os.getpid())
    assert 25 < after.own_megabytes - before.own_megabytes < 60 and len(block) == 32 << 20
    assert after.files == before.files + 1 and after.devices == ()
    assert "none" in idle.told(before, after, 10.0, 0)
