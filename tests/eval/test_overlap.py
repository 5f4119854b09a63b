"""What of the screens stands in training text: licences by what is named first, strings by their plain form."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from models.eval import overlap

SHOWN = ["다른 이름으로 저장(A)...", "바뀐 내용을 저장하시겠습니까?", "취소", "우리 동네 소식지"]


@pytest.fixture
def screens(tmp_path: Path) -> Path:
    folder = tmp_path / "screens"
    folder.mkdir()
    lines = [{"text": text, "box": [0, 0, 9, 9], "role": "text"} for text in SHOWN]
    (folder / "one.json").write_text(json.dumps({"lines": lines}), encoding="utf-8")
    return folder


def text_set(texts: Path, name: str, licence: str, *records: dict) -> None:
    folder = texts / name
    folder.mkdir(parents=True)
    (folder / "SOURCE.md").write_text(f"# {name}\n\n- licence: {licence}\n", encoding="utf-8")
    with lzma.open(folder / "ui.jsonl.xz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def code_that_reads(tmp_path: Path, name: str) -> Path:
    code = tmp_path / "train"
    code.mkdir()
    (code / "corpus.py").write_text(f'PATH = "{name}/ui.jsonl.xz"\n', encoding="utf-8")
    return code


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ("MIT (LICENSE)", "permissive"),
        ("CC BY-SA 4.0", "share-alike"),
        ("GPL-2+, LGPL, CC-BY-3.0-or-GPL", "copyleft"),
        ("GFDL-1.2+", "copyleft"),
        ("CC BY-SA 3.0 for pages; older manuals GFDL (field lic)", "mixed"),
    ],
)
def test_a_licence_is_classed_by_what_it_names_first(told: str, named: str) -> None:
    assert overlap.licence_class(told) == named


def test_whole_strings_and_strings_inside_longer_text_are_told_apart(screens: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    text_set(
        texts,
        "set",
        "MIT",
        {"ko": "다른 이름으로 저장", "en": "취소"},
        {"ko": "닫기 전에 바뀐 내용을 저장하시겠습니까?\n예", "lic": "GPL-3+"},
    )
    (row,) = overlap.overlaps(screens, texts, code_that_reads(tmp_path, "set"))
    assert (row.licence, row.trained_on) == ("permissive", True)
    assert row.whole == {"다른 이름으로 저장(A)..."}
    assert row.inside == {"바뀐 내용을 저장하시겠습니까?"} == row.copyleft


def test_training_that_names_a_copyleft_set_is_refused(screens: Path, tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    text_set(texts, "free", "BSD-3-Clause", {"ko": "우리 동네 소식지"})
    text_set(texts, "left", "GPL-3+", {"ko": "다른 이름으로 저장"})
    rows = overlap.overlaps(screens, texts, code_that_reads(tmp_path, "free"))
    assert overlap.forbidden(rows) == []
    assert overlap.told(rows, 3, show=False)[-1].startswith(
        "1 stand in sets that are trained on; 1 in copyleft"
    )
    (tmp_path / "train" / "corpus.py").write_text('DATA = "left/"\n', encoding="utf-8")
    assert overlap.forbidden(overlap.overlaps(screens, texts, tmp_path / "train")) == ["left"]


def test_short_strings_do_not_count(screens: Path) -> None:
    assert set(overlap.screen_strings(screens).values()) == {SHOWN[0], SHOWN[1], SHOWN[3]}
