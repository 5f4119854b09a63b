"""The validation set of real screens is complete and well-formed: pictures, ground truth and questions fit together."""

from __future__ import annotations

import json
import struct
from collections import Counter
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TYPES = {
    "read",
    "lookup",
    "where",
    "count",
    "exists",
    "selected",
    "colour",
    "meaning",
    "describe",
    "next",
    "app",
    "chart",
    "absent",
}
AT_LEAST = {"read": 25, "lookup": 25, "where": 25, "exists": 16, "absent": 15}
ROLES = {
    "button",
    "check box",
    "radio button",
    "tab",
    "menu",
    "menu item",
    "label",
    "text field",
    "cell",
    "header",
    "link",
    "list item",
    "title",
    "tree item",
    "combo box",
    "slider",
    "progress",
    "text",
    "terminal",
    "icon",
}
STATES = {"checked", "unchecked", "selected", "disabled", "focused", "expanded"}
PICTURES = sorted(HERE.glob("*.png"))
TRUTHS = sorted(HERE.glob("*.json"))


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def size_of(png: Path) -> tuple[int, int]:
    """Width and height from the PNG header."""
    head = png.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n", png.name
    return struct.unpack(">II", head[16:24])


def inside(box: list[int], size: tuple[int, int]) -> bool:
    x, y, w, h = box
    return x >= 0 and y >= 0 and w > 0 and h > 0 and x + w <= size[0] and y + h <= size[1]


QUESTIONS = rows(HERE / "questions.jsonl")


def test_every_picture_has_its_ground_truth_and_the_set_is_as_large_as_promised() -> None:
    assert {p.stem for p in PICTURES} == {t.stem for t in TRUTHS}
    programs = {json.loads(t.read_text(encoding="utf-8"))["program"] for t in TRUTHS}
    assert len(PICTURES) == 97
    assert len(programs) == 66
    assert Counter(row.get("set", "a") for row in QUESTIONS) == {"a": 540, "b": 128}


def test_no_screen_has_questions_of_both_parts() -> None:
    parts = {(row["image"], row.get("set", "a")) for row in QUESTIONS}
    assert len(parts) == len({image for image, _ in parts}) == len(PICTURES)


def test_the_second_part_asks_every_kind_too() -> None:
    assert {row["type"] for row in QUESTIONS if row.get("set") == "b"} == TYPES


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda p: p.stem)
def test_ground_truth_is_well_formed(truth: Path) -> None:
    record = json.loads(truth.read_text(encoding="utf-8"))
    size = size_of(truth.with_suffix(".png"))
    assert record["id"] == truth.stem
    assert tuple(record["size"]) == size
    assert record["theme"] in {"light", "dark"} and record["source"] in {"at-spi", "typed", "drawn"}
    assert record["program"] and record["title"] and record["lines"]
    for line in record["lines"]:
        assert line["text"].strip() == line["text"] != "", line
        assert line["role"] in ROLES, line
        assert inside(line["box"], size), line
        assert set(filter(None, line.get("state", "").split(","))) <= STATES, line


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda r: r["id"])
def test_question_is_well_formed(row: dict) -> None:
    picture = HERE / row["image"]
    assert picture.is_file() and picture.parent == HERE
    assert row["type"] in TYPES
    assert row["question"].strip()
    if row["type"] == "describe":
        assert 1 <= row["need"] <= len(row["keywords"])
    else:
        assert row["answers"] and all(isinstance(a, str) and a.strip() for a in row["answers"])
    if row["type"] == "absent":
        assert row["answers"] == ["<abstain>"]
    if row["type"] == "where":
        assert "box" in row
    if "box" in row:
        assert inside(row["box"], size_of(picture))
    assert not set(row.get("forbidden", [])) & set(row.get("answers", []))


@pytest.mark.parametrize("row", [r for r in QUESTIONS if r.get("evidence")], ids=lambda r: r["id"])
def test_evidence_is_on_the_screen(row: dict) -> None:
    """What a question is read from stands among the lines of its screen."""
    record = json.loads((HERE / row["image"]).with_suffix(".json").read_text(encoding="utf-8"))
    texts = {line["text"] for line in record["lines"]}
    assert set(row["evidence"]) <= texts, set(row["evidence"]) - texts


def test_every_kind_is_asked_often_enough_and_ids_are_unique() -> None:
    counts = Counter(row["type"] for row in QUESTIONS)
    assert all(counts[kind] >= AT_LEAST.get(kind, 8) for kind in TYPES), counts
    assert len({row["id"] for row in QUESTIONS}) == len(QUESTIONS)
    yes = sum(row["answers"][0] == "네" for row in QUESTIONS if row["type"] == "exists")
    assert abs(yes - (counts["exists"] - yes)) <= 2


def test_the_folder_stays_small() -> None:
    assert sum(p.stat().st_size for p in HERE.rglob("*") if p.is_file()) <= 15_000_000
