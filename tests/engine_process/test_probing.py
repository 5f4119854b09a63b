"""A device is tried with a real generation, in a process of its own, and what came of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import ModelMissing, Stopped
from assistant.ports import Cancel
from models.engine_process import probing
from models.engine_process.compiled import Compiled
from models.engine_process.engines import CLOCKED_TOKENS
from models.engine_process.known import Known
from models.engine_process.probing import probe, probe_transcriber
from models.engine_process.process import EngineProcess

Start = Callable[..., EngineProcess]


@pytest.fixture
def compiled(tmp_path: Path) -> Compiled:
    return Compiled(tmp_path / "compiled", stamp=lambda device: "new")


def test_the_bundled_model_is_tried_for_real(start: Start, known: Known, compiled: Compiled) -> None:
    """And the second thing that is asked of it is quick: nothing of the process stays."""
    stages: list[str] = []
    found = probe(
        "nunchi-mini",
        "CPU",
        known,
        compiled,
        progress=lambda stage, *_: stages.append(stage),
        start=lambda: start(backend="openvino"),
    )
    assert not found.fault and min(found.load_ms, found.look_ms, found.first_token_ms) > 0
    assert stages == ["open", "look", "answer"] and known.of("CPU", "nunchi-mini").look_ms == found.look_ms


@pytest.mark.parametrize(
    ("fault", "stage", "told"),
    [("segfault", "open", "crashed"), ("segfault", "answer", "crashed"), ("compile_error", "open", "engine_load_failed"),
     ("device_lost", "look", "engine_failed")],
)  # fmt: skip
def test_a_device_that_fails_is_remembered_as_such(
    start: Start, known: Known, compiled: Compiled, fault: str, stage: str, told: str
) -> None:
    plan = {"fault": fault, "stage": stage, "devices": ("NPU",)}
    assert probe("scripted", "NPU", known, compiled, start=lambda: start(**plan)).fault == told
    assert known.of("NPU", "scripted").fault == told


def test_a_hang_is_a_fault(
    start: Start, known: Known, compiled: Compiled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probing, "FIRST", dict.fromkeys(probing.FIRST, 1.0))
    plan = {"fault": "hang", "stage": "look", "devices": ("NPU",)}
    assert probe("scripted", "NPU", known, compiled, start=lambda: start(**plan)).fault == "hung"


def test_an_older_drivers_cache_costs_one_process_only(
    start: Start, known: Known, compiled: Compiled
) -> None:
    (compiled.folder("NPU") / "graph.blob").write_text("an older driver's")
    plan = {"fault": "old_cache", "devices": ("NPU",)}
    assert not probe("scripted", "NPU", known, compiled, start=lambda: start(**plan)).fault


def test_what_was_stopped_or_is_the_models_own_fault_is_not_remembered(
    start: Start, known: Known, compiled: Compiled
) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Stopped):
        probe("scripted", "NPU", known, compiled, cancel=cancel, start=start)
    with pytest.raises(ModelMissing):
        probe("no-such-model", "NPU", known, compiled, start=lambda: start(backend="openvino"))
    assert known.all() == {}


def test_a_speech_model_is_timed_in_a_process_of_its_own(start: Start, known: Known) -> None:
    found = probe_transcriber("scripted", known, start=lambda: start(backend="scripted"))
    assert found.first_token_ms == pytest.approx(3 * CLOCKED_TOKENS)
    assert known.of("CPU", "scripted").first_token_ms == found.first_token_ms
    stopped = Cancel()
    stopped.set()
    with pytest.raises(Stopped):
        probe_transcriber("other", known, cancel=stopped, start=lambda: start(backend="scripted"))
    assert known.of("CPU", "other") is None
