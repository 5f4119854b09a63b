"""The benches of the tray program: what they count, and that the real program can be driven by them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.bench import idle, press, soak, spoken, tray
from desktop.bench.tray import Taken, Told
from tests.desktop.conftest import need

ROOT = Path(__file__).resolve().parents[2]


def held(own: float) -> Taken:
    return Taken(own + 60, own, 17, 9, 1.0, 0, ())


def test_stages_may_come_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN a short answer WHEN it has ended before its first word was drawn THEN nobody waits for ever."""
    comes = iter([Told("took", 1.0), Told("ended", 2.0), Told("says", 3.0), Told("hidden", 4.0), None])
    monkeypatch.setattr(tray, "stage", lambda *_: next(comes))
    assert tray.await_stages(None, "says", "ended") == {"says": 3.0, "ended": 2.0}
    with pytest.raises(TimeoutError, match="shown"):
        tray.await_stage(None, "shown")


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


def test_stages_of_a_spoken_question_are_told_from_the_end_of_speech() -> None:
    """The transcript came 400 ms after the last speech; everything else is told from there."""
    lines = [
        Told("hears", 9.0), Told("heard", 10.4, "이게 뭐야?"), Told("says", 10.9),
        Told("took", 11.5, "endpoint_ms=250.0 transcribe_ms=400.0 first_token_ms=300.0"), Told("ended", 11.5, "창이에요."),
    ]  # fmt: skip
    after = spoken.stages({one.stage: one for one in lines})
    assert {name: round(value) for name, value in after.items()} == {
        "endpoint": 250, "heard": 400, "token": 700, "says": 900, "ended": 1500,
    }  # fmt: skip
    assert spoken.stages({"ended": lines[-1]}) == {}
    assert "1 of 2 questions heard" in spoken.table([after, {}])


def test_the_real_program_is_driven_by_keys_and_answers() -> None:
    need("Xvfb", "openbox", "dbus-daemon", "xdotool", "pulseaudio", "pactl", "parec")
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    command = (sys.executable, "-m", "desktop.bench", "soak", "--quick", "--minutes", "0.1", "--every", "0.5")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert "questions" in done.stderr, done.stderr[-2000:]
    assert "grows by" in done.stdout or "too short" in done.stdout
