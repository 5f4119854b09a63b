"""Roles and states from pixels: the views, the decisions, the model that is bundled, and how it is measured."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from assistant.frames import Box, TextLine
from models.runtimes.screen_widgets import (
    BUNDLED,
    ROLES,
    STATES,
    WidgetReader,
    role_of,
    state_of,
    with_one_tab,
    with_widget,
)
from models.runtimes.screen_widgets_views import FAR, NEAR, OUTSIDE, START_LEFT, views_of
from models.train.widgets.examples import Element, described, examples_of
from models.train.widgets.measure import Told, score

SCREENS = Path(__file__).parent.parent / "screens"


def chances(names: tuple[str | None, ...], *sure: str | None) -> np.ndarray:
    return np.array([0.9 if name in sure else 0.02 for name in names], dtype=np.float32)


def test_a_view_shows_the_line_at_one_height_with_its_box_marked() -> None:
    image = np.full((200, 400, 3), 255, dtype=np.uint8)
    image[90:118, 100:300] = (255, 0, 0)
    views = views_of(image, [Box(100, 90, 200, 28)])
    assert views.near.shape == (1, *NEAR)
    assert views.far.shape == (1, *FAR)
    row = views.near[0, 20]
    assert tuple(row[START_LEFT + 3][:3]) == (255, 0, 0)
    assert tuple(row[START_LEFT - 3][:3]) == (255, 255, 255)
    assert row[START_LEFT + 3][3] == 255
    assert row[START_LEFT - 3][3] == 0
    assert 12 <= (views.near[0, :, START_LEFT + 9, 3] > 0).sum() <= 16


def test_beyond_the_edge_of_the_picture_a_view_is_grey() -> None:
    views = views_of(np.zeros((30, 40, 3), dtype=np.uint8), [Box(0, 0, 40, 14)])
    assert (views.near[0, 0, :, :3] == OUTSIDE).all()
    assert (views.near[0, :, 0, :3] == OUTSIDE).all()
    assert (views.near[0, 20, START_LEFT + 2, :3] == 0).all()


def test_a_box_at_the_corner_of_a_tiny_picture_is_no_error() -> None:
    views = views_of(np.zeros((1, 1, 3), dtype=np.uint8), [Box(0, 0, 1, 1)])
    assert len(views.near) == 1


@pytest.mark.parametrize(
    ("role", "sure", "told"),
    [
        ("check box", ("checked", "disabled"), "checked"),
        ("check box", (), "checked"),
        ("radio button", ("unchecked",), "unchecked"),
        ("tab", ("selected",), "selected"),
        ("button", ("selected",), None),
        ("cell", ("selected", "checked"), "selected"),
        ("title", ("disabled", "selected"), None),
    ],
)
def test_a_line_tells_the_weightiest_state_its_role_can_have(
    role: str, sure: tuple[str, ...], told: str | None
) -> None:
    assert state_of(role, chances(STATES, *sure)) == told


def test_a_check_mark_read_as_a_character_is_taken_off() -> None:
    line = TextLine("□ 요가", Box(0, 0, 50, 16))
    told = with_widget(line, chances(ROLES, "check box"), chances(STATES, "unchecked"))
    assert (told.text, told.role, told.state) == ("요가", "check box", "unchecked")
    kept = with_widget(TextLine("Open", line.box), chances(ROLES, "check box"), chances(STATES, "checked"))
    assert kept.text == "Open"
    plain = with_widget(line, chances(ROLES, None), chances(STATES))
    assert (plain.text, plain.role, plain.state) == ("□ 요가", None, None)


def test_of_a_row_of_tabs_one_is_selected() -> None:
    tabs = [
        TextLine(text, Box(80 * n, 10, 40, 16), role="tab") for n, text in enumerate(("일반", "고급", "정보"))
    ]
    alone = TextLine("시트1", Box(0, 200, 40, 16), role="tab")
    told = with_one_tab([*tabs, alone], np.array([0.1, 0.3, 0.2, 0.1]))
    assert [line.state for line in told] == [None, "selected", None, None]


def test_an_unsure_check_mark_is_not_told() -> None:
    roles = np.full(len(ROLES), 0.02, dtype=np.float32)
    roles[ROLES.index("check box")], roles[ROLES.index("list item")] = 0.5, 0.3
    assert role_of(roles) is None
    roles[ROLES.index("radio button")] = 0.4
    assert role_of(roles) == "check box"


def test_lines_around_which_nothing_changed_keep_what_was_told() -> None:
    line = TextLine("□ 요가", Box(0, 0, 50, 16))
    kept = replace(line, text="요가", role="check box", state="checked")
    reader = WidgetReader(Path("there is no such folder"))
    assert reader.of(np.zeros((9, 9, 3), dtype=np.uint8), [line], {line.box: kept}) == [kept]


def test_a_line_belongs_to_the_smallest_widget_around_it() -> None:
    elements = [
        Element("list item", Box(0, 0, 200, 40), ("selected",)),
        Element("button", Box(10, 5, 80, 30), ("disabled",)),
        Element(None, Box(12, 6, 40, 20), ()),
    ]
    made = described(Box(20, 12, 40, 14), elements)
    assert ROLES[made.role] == "button"
    assert [s for s, held in zip(STATES, made.states, strict=True) if held] == ["disabled"]
    assert ROLES[described(Box(300, 300, 20, 10), elements).role] is None


def test_examples_are_cut_around_the_text_of_a_drawn_widget() -> None:
    picture = Image.new("RGB", (300, 120), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((10, 40, 24, 54), outline="black")
    draw.text((34, 40), "Restore windows", fill="black")
    draw.text((10, 80), "Plain words here", fill="black")
    elements = [
        Element("check box", Box(8, 36, 200, 22), ("unchecked",)),
        Element(None, Box(8, 76, 200, 20), ()),
    ]
    made = examples_of(np.array(picture), elements, random.Random(1))
    roles = sorted(str(ROLES[one.role]) for one in made)
    assert roles == ["None", "check box"]
    box = next(one.box for one in made if one.role)
    assert 8 <= box.x <= 36
    assert 105 <= box.right <= 140


def test_scores_count_only_what_the_truth_holds() -> None:
    told = [
        Told("s", "파일", Box(0, 0, 40, 16), "check box", frozenset({"checked"})),
        Told("s", "편집", Box(0, 30, 40, 16), "check box", frozenset({"unchecked", "disabled"})),
        Told("s", "보기", Box(0, 60, 40, 16), "check box", frozenset({"checked"})),
        Told("s", "도구", Box(0, 90, 40, 16), "cell", frozenset({"selected"})),
    ]
    lines = [
        TextLine("파일", Box(20, 1, 20, 14), role="check box", state="checked"),
        TextLine("편집", Box(20, 31, 20, 14), role="check box", state="checked"),
        TextLine("도구", Box(2, 91, 20, 14), role="list item", state="selected"),
        TextLine("어디", Box(200, 91, 20, 14), role="check box", state="checked"),
    ]
    numbers = score(told, {"s": lines})
    assert numbers["check box checked"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "count": 2}
    assert numbers["check box unchecked"]["recall"] == 0
    assert numbers["check box"]["recall"] == pytest.approx(2 / 3, abs=1e-3)
    assert numbers["row selected"]["f1"] == 1.0


def test_the_bundled_model_tells_check_boxes_of_a_real_window() -> None:
    """Boxes as the tree gives them, made as low as the text, so this asks the widget model alone."""
    truth = json.loads((SCREENS / "gedit-prefs.json").read_text(encoding="utf-8"))
    marked = [line for line in truth["lines"] if line["role"] == "check box"]
    with Image.open(SCREENS / "gedit-prefs.png") as picture:
        image = np.array(picture.convert("RGB"))
    lines = []
    for line in marked:
        x, y, width, height = line["box"]
        lines.append(
            TextLine(line["text"], Box(x, y + height // 2 - 8, min(width, 14 * len(line["text"])), 16))
        )
    reader = WidgetReader(BUNDLED, threads=1)
    told = reader.of(image, lines)
    right = sum(a.role == "check box" and a.state == b["state"] for a, b in zip(told, marked, strict=True))
    assert len(marked) >= 6
    assert right >= 0.75 * len(marked)
    assert reader.of(image, []) == []
