"""Recorded windows of real programs as training screens."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assistant.frames import Box, TextLine
from assistant.notes import Value
from models.train.mini import recorded
from models.train.mini.batches import quoted


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Image.new("RGB", (640, 400), "white").save(tmp_path / "one.png")
    lines = [
        {"text": "환경 설정", "box": [10, 5, 90, 20], "role": "title"},
        {"text": "일반(G)", "box": [10, 40, 60, 22], "role": "tab", "state": "selected"},
        {"text": "고급(A)", "box": [80, 40, 60, 22], "role": "tab"},
        {"text": "자동 저장", "box": [20, 90, 100, 22], "role": "check box", "state": "checked"},
        {"text": "맞춤법 검사", "box": [20, 120, 100, 22], "role": "check box", "state": "unchecked,focused"},
        {"text": "이름:", "box": [20, 160, 40, 22], "role": "label"},
        {"text": "하늘", "box": [80, 160, 120, 22], "role": "text field"},
        {"text": "닫기", "box": [20, 300, 60, 26], "role": "button", "state": "disabled"},
        {"text": "A free program for everybody", "box": [20, 350, 200, 20], "role": "label"},
    ]
    (tmp_path / "one.json").write_text(json.dumps({"size": [640, 400], "lines": lines}), encoding="utf-8")
    return tmp_path


def read(_frame: object) -> list[TextLine]:
    texts = {
        "환경 설정": (12, 7), "일반(G)": (20, 43), "고급(A)": (88, 43), "ㅁ자동 저장": (22, 92), "전혀 다른 글": (22, 122), "이름:": (22, 163),
        "하늘": (85, 163), "닫기": (30, 304), "A free program for everybody": (22, 351),
    }  # fmt: skip
    return [TextLine(text, Box(x, y, 12 * len(text), 16)) for text, (x, y) in texts.items()]


def test_a_window_is_read_once(folder: Path) -> None:
    said: list[str] = []
    assert recorded.read_all(folder, read, said.append) == 1
    assert recorded.read_all(folder, read, said.append) == 0
    assert said == ["1/1 one: 9 lines"]


def test_truth_and_reading_become_a_screen(folder: Path) -> None:
    recorded.read_all(folder, read, lambda _: None)
    window = recorded.load(folder / "one.png")
    assert "A free program for everybody" not in [line.text for line in window.lines]
    screen = recorded.make(window, picture=True, rng=random.Random(1))
    assert screen.image is not None and screen.image.width % 32 == 0
    found = {item.text: screen.reading.of(item) for item in screen.items}
    assert found["자동 저장"] == (4,)
    assert found["맞춤법 검사"] == ()  # the reader saw something else there
    facts = {(fact.kind, fact.value, fact.targets[0].text) for fact in screen.facts if fact.targets}
    assert {
        ("chosen", "탭", "일반(G)"),
        ("state", "on", "자동 저장"),
        ("state", "off", "맞춤법 검사"),
    } <= facts
    assert {("off", "", "닫기"), ("value", "text", "이름:"), ("title", "", "환경 설정")} <= facts
    assert ("group", "탭", "일반(G)") in facts


def test_roles_of_the_tree_are_mostly_told(folder: Path) -> None:
    recorded.read_all(folder, read, lambda _: None)
    window = recorded.load(folder / "one.png")
    told = [
        recorded.make(window, picture=False, rng=random.Random(seed)).reading.lines[1].role
        for seed in range(60)
    ]
    assert told.count("tab") > 40 and None in told


def test_a_number_is_quoted_where_it_was_told() -> None:
    values = (Value("", "6", True), Value("", "4", True), Value("", "4", False))
    assert quoted("4개입니다.", values) == "<|d2|>개입니다."
    assert quoted("5개입니다.", values) is None
    assert quoted("네, 밝은 테마입니다.", (Value("", "밝은 테마", True),)) == "네, <|d1|>입니다."
    assert quoted("체크된 항목이 없습니다.", values) == "체크된 항목이 없습니다."
    assert quoted("3개입니다.", (Value("", "3", False), Value("", "3", False))) is None


def test_colours_have_pixels_of_their_own_name() -> None:
    from assistant import colours

    for name in colours.NAMES:
        assert colours.nearest(*recorded._pixel(name)) == name
    assert np.array(recorded._pixel(None)).tolist() == [128, 128, 128]
