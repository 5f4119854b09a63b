"""Which device comes first, and which next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import BadInput, DeviceFailed, EngineFailed
from models.engine_process.known import Known, Probed
from models.engine_process.ladder import AUTO, Attempts, Ladder
from models.engine_process.process import Gone

THERE = ("CPU", "GPU", "NPU")


def quick(milliseconds: float) -> Probed:
    return Probed(look_ms=milliseconds, first_token_ms=10.0, tokens_per_s=50.0)


def a_ladder(known: Known, wanted: str = AUTO, **times: float) -> Ladder:
    for device, milliseconds in times.items():
        known.keep(device, "mini", quick(milliseconds))
    return Ladder("mini", wanted, THERE, known)


def test_the_measured_order_counts(known: Known) -> None:
    assert a_ladder(known, NPU=900, GPU=200, CPU=500).devices() == ("GPU", "CPU", "NPU")


def test_what_nobody_tried_is_not_used_by_itself(known: Known) -> None:
    ladder = a_ladder(known, GPU=200)
    assert ladder.devices() == ("GPU", "CPU") and ladder.unprobed() == ("NPU", "CPU")
    assert Ladder("mini", AUTO, ("CPU",), known).unprobed() == ()


def test_what_the_person_chose_comes_first(known: Known) -> None:
    assert a_ladder(known, "NPU", GPU=200, CPU=100).devices() == ("NPU", "CPU", "GPU")
    assert a_ladder(known, "CPU").devices() == ("CPU",)


def test_a_fault_is_remembered_until_there_is_another_driver(tmp_path: Path) -> None:
    today = ["1.0"]
    path = tmp_path / "devices.json"
    known = Known(path, stamp=lambda device: today[0])
    ladder = a_ladder(known, NPU=1, GPU=2, CPU=3)
    ladder.fault("NPU", "crashed")
    ladder.fault("CPU", "crashed")
    assert ladder.devices() == ("GPU", "CPU")
    again = Ladder("mini", "NPU", THERE, Known(path, stamp=lambda device: today[0]))
    assert again.devices() == ("GPU", "CPU"), "also after a restart, also where the person chose it"
    today[0] = "2.0"
    assert again.unprobed() == ("GPU", "NPU", "CPU") and again.devices() == ("NPU", "CPU")


def test_each_device_is_tried_once_and_the_cpu_twice(known: Known) -> None:
    attempts, tried = Attempts(a_ladder(known, NPU=1, CPU=2, GPU=3)), []
    with pytest.raises(EngineFailed, match="engine_crashed"):
        while True:
            tried.append(attempts.device)
            attempts.failed(attempts.device, Gone("crashed", "SIGSEGV"))
    assert tried == ["NPU", "CPU", "GPU", "CPU"]


def test_what_is_nobodys_fault_does_not_count(known: Known) -> None:
    attempts = Attempts(a_ladder(known, NPU=1))
    assert not attempts.failed("NPU", Gone("closed")) and attempts.device == "NPU"
    with pytest.raises(BadInput):
        attempts.failed("NPU", BadInput("question_too_long"))
    with pytest.raises(EngineFailed, match="engine_closed"):
        attempts.failed("NPU", EngineFailed("engine_closed", engine=""))
    assert attempts.failed("NPU", DeviceFailed("device_missing", device="NPU")) and attempts.device == "CPU"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{}", b'{"devices": 3}', b'{"devices": {"CPU/mini": 3}}', b"\xff\xff", b"[" * 100_000,
        json.dumps({"devices": {"CPU/mini": {"fault": 3, "load_ms": "x"}}}).encode(),
        json.dumps({"devices": {"CPU/mini": {"fault": "", "load_ms": -1}}}).encode(),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_counts_as_empty_and_is_replaced(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "devices.json"
    path.write_bytes(content)
    known = Known(path, stamp=lambda device: "today's")
    assert known.of("CPU", "mini") is None and known.all() == {}
    known.keep("CPU", "mini", quick(5))
    assert Known(path, stamp=lambda device: "today's").of("CPU", "mini").look_ms == 5
    assert [one.name for one in tmp_path.iterdir()] == ["devices.json"]


def test_where_nothing_can_be_written_it_is_known_for_now(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    known = Known(tmp_path / "file" / "devices.json", stamp=lambda device: "")
    known.keep("CPU", "mini", quick(5))
    assert known.of("CPU", "mini").look_ms == 5


def test_a_question_takes_its_look_and_its_words() -> None:
    assert Probed(look_ms=100, first_token_ms=50, tokens_per_s=100).question_ms == 450
