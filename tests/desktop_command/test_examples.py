"""The bundled models, for real: every example is answered offline with the line it was read from."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.frames import Box
from models.eval.scoring import contains

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = [
    json.loads(line) for line in (ROOT / "examples" / "examples.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """All examples as one batch in a process of its own, with an empty data folder and no proxy to the world."""
    out = tmp_path_factory.mktemp("examples") / "out.jsonl"
    command = [
        sys.executable,
        "-m",
        "desktop.command.main",
        "ask",
        "--batch",
        "examples/examples.jsonl",
        "--out",
        str(out),
    ]
    environment = {**os.environ, "NUNCHI_DATA": str(out.parent), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {row["id"]: row for row in map(json.loads, out.read_text("utf-8").splitlines())}


def test_there_are_four_examples_and_all_are_answered(results: dict[str, dict]) -> None:
    assert len(EXAMPLES) == 4
    assert set(results) == {example["id"] for example in EXAMPLES}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_an_example_is_answered_from_a_line_of_its_screen(example: dict, results: dict[str, dict]) -> None:
    row = results[example["id"]]
    assert any(contains(row["answer"], answer) for answer in example["answers"]), row["answer"]
    assert not row["abstained"]
    assert row["evidence"], "an answer without evidence"
    for line in row["evidence"]:
        box = Box(*line["box"])
        assert box.width > 0 and box.height > 0 and box.x >= 0 and box.y >= 0
    assert row["model"] == "nunchi-mini"
