"""What looks cost is remembered for one machine, driver, device and model, and nothing a broken file says counts."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.events import Answer, Timings, Usage
from models.catalogue import Entry
from models.engine_process.look_costs import LookCosts
from models.image_budget import MEDIAN_OF, Budget
from tests.models.test_image_budget import qwen

FULL = Usage(image_tokens=880, fresh_tokens=880, look_tokens=1200)


def answer(usage: Usage = FULL, encode: float = 2200.0, prefill: float = 500.0) -> Answer:
    return Answer(
        "비밀 대답", "비밀 질문", model="eyes", engine="openvino", device="CPU", usage=usage,
        timings=Timings(encode_ms=encode, prefill_ms=prefill, first_token_ms=3000.0),
    )  # fmt: skip


@pytest.fixture
def entry(tmp_path: Path) -> Entry:
    (tmp_path / "eyes").mkdir()
    folder = qwen(tmp_path / "eyes", size={"longest_edge": 16777216})
    return Entry("eyes", "vision", "openvino", folder)


def costs(tmp_path: Path, driver: str = "a") -> LookCosts:
    return LookCosts(tmp_path / "looks.json", stamp=lambda device: driver, clock=lambda: 1e9)


def test_the_budget_follows_what_was_measured_and_outlives_the_program(tmp_path: Path, entry: Entry) -> None:
    one = costs(tmp_path)
    assert one.budget(entry, "CPU") == Budget(880, None)
    for _ in range(MEDIAN_OF + 9):
        one.note(answer())
    found = costs(tmp_path).budget(entry, "CPU")
    assert found.image_tokens == 440 and found.ms == pytest.approx(1100 + 500 * 760 / 1200)
    assert costs(tmp_path).budget(entry, "CPU", 4.0).image_tokens == 880
    assert costs(tmp_path).expected(entry) == costs(tmp_path).budget(entry, "CPU")
    written = (tmp_path / "looks.json").read_text()
    assert "비밀" not in written and len(json.loads(written)["looks"]["CPU/eyes"]["looks"]) == MEDIAN_OF


def test_another_driver_device_or_engine_begins_anew(tmp_path: Path, entry: Entry) -> None:
    costs(tmp_path).note(answer())
    assert costs(tmp_path, driver="b").budget(entry, "CPU").ms is None
    assert costs(tmp_path).budget(entry, "GPU").ms is None
    assert costs(tmp_path).budget(replace(entry, engine="transformers"), "CPU") is None


def test_tiles_seen_before_are_not_what_a_look_costs(tmp_path: Path, entry: Entry) -> None:
    one = costs(tmp_path)
    one.note(answer(replace(FULL, fresh_tokens=0)))
    assert one.budget(entry, "CPU").ms is None
    one.note(answer(replace(FULL, fresh_tokens=220), encode=550.0))
    assert one.budget(entry, "CPU", 9.0) == costs(tmp_path).budget(entry, "CPU", 9.0)
    assert one.expected(entry, 3.01).ms == pytest.approx(2700.0)


def test_an_engine_that_looks_when_it_is_asked_costs_its_first_token(tmp_path: Path, entry: Entry) -> None:
    one = costs(tmp_path)
    one.note(answer(encode=0.0, prefill=0.0))
    assert one.expected(entry, 3.0) == Budget(880, 3000.0)


@pytest.mark.parametrize(
    "text",
    ["", "[]", '{"looks": 3}', '{"looks": {"CPU/eyes": {"stamp": "a", "present": null, "looks": [{"at": 1}]}}}',
     '{"looks": {"CPU/eyes": {"stamp": "a", "present": "x", "looks": []}}}'],
)  # fmt: skip
def test_a_broken_file_counts_as_empty(tmp_path: Path, entry: Entry, text: str) -> None:
    (tmp_path / "looks.json").write_text(text)
    one = costs(tmp_path)
    assert one.budget(entry, "CPU") == Budget(880, None)
    one.note(answer())
    assert costs(tmp_path).expected(entry).ms is not None


def test_where_nothing_can_be_written_it_is_known_until_the_end(tmp_path: Path, entry: Entry) -> None:
    (tmp_path / "file").write_text("")
    one = LookCosts(tmp_path / "file" / "looks.json", stamp=lambda device: "a")
    one.note(answer())
    one.note(answer())
    assert one.budget(entry, "CPU").image_tokens == 440
