"""The report says what compiled, what did not and why, and what would run on the CPU; the page keeps everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.npu.outcome import BEGIN, END, Outcome, put, table


def test_a_table_tells_fallen_operators_and_reasons() -> None:
    made = table(
        [
            Outcome("mini, 880", "NPU4000", "int8", 7_004_324, 34.96),
            Outcome("mini, 880", "HTP v73", "int8", 6_610_944, 50.2, {"LayerNormalization": 13}, 7),
            Outcome("mini, 880", "NPU3720", "int8", refused="compile: a | b\n" + "x" * 500),
        ]
    ).splitlines()
    assert made[2] == "| mini, 880 | NPU4000 | int8 | yes | 7.0 | 35 | none |"
    assert made[3] == "| mini, 880 | HTP v73 | int8 | yes | 6.6 | 50 | 13 LayerNormalization; 7 at the door |"
    assert made[4].startswith("| mini, 880 | NPU3720 | int8 | **no**: compile: a / b xxx")
    assert len(made[4]) < 270


def test_only_what_stands_between_the_marks_changes(tmp_path: Path) -> None:
    page = tmp_path / "npu.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    put(page, "new")
    assert page.read_text("utf-8") == f"before\n{BEGIN}\nnew\n{END}\nafter\n"


def test_a_page_without_marks_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "npu.md"
    page.write_text("nothing", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        put(page, "new")


def test_the_page_of_the_project_has_its_place() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "npu.md").read_text("utf-8")
    assert page.index(BEGIN) < page.index("NPU4000 | int8 | yes") < page.index(END)
