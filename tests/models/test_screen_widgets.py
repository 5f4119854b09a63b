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
    Networks,
    WidgetReader,
    role_of,
    state_of,
    with_widget,
    without_marks,
)
from models.runtimes.screen_widgets_colours import PROBES, probes_of
from models.runtimes.screen_widgets_marks import first_run, inked, looked_through, marks_of
from models.runtimes.screen_widgets_places import NEIGHBOURS, neighbours_of
from models.runtimes.screen_widgets_tabs import browser_tabs, sheet_tabs, with_one_tab
from models.runtimes.screen_widgets_views import FAR, NEAR, OUTSIDE, START_LEFT, views_of
from models.train.widgets.cutting import Element
from models.train.widgets.examples import described, drawn, recorded
from models.train.widgets.measure import Told, score

SCREENS = Path(__file__).parent.parent / "screens"


def chances(names: tuple[str | None, ...], *sure: str | None) -> np.ndarray:
    return np.array([0.9 if name in sure else 0.02 for name in names], dtype=np.float32)


def no_colours(count: int) -> np.ndarray:
    return np.zeros((count, PROBES, 3), dtype=np.uint8)


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
    alone = TextLine("그림", Box(0, 200, 40, 16), role="tab")
    unlikely = TextLine("표", Box(0, 400, 40, 16), role="tab")
    beside = TextLine("도움말", Box(240, 10, 40, 16), role="button")
    lines = [*tabs, beside, alone, unlikely]
    told = with_one_tab(
        lines,
        np.array([0.9, 0.9, 0.9, 0.3, 0.9, 0.9]),
        np.array([0.01, 0.03, 0.02, 0, 0.2, 0.01]),
        no_colours(6),
    )
    assert [line.role for line in told] == ["tab"] * 6
    assert [line.state for line in told] == [None, "selected", None, None, "selected", None]


def test_above_a_browsers_address_stand_its_tabs() -> None:
    head = [
        TextLine("소식 - 마을", Box(60, 14, 100, 16), role="title"),
        TextLine("날씨", Box(300, 14, 40, 16)),
        TextLine("www.example.kr/news", Box(250, 56, 160, 17), role="text field"),
    ]
    chosen = np.array([0.01, 0.0, 0.9])
    told = with_one_tab(head, np.zeros(3), chosen, no_colours(3))
    assert [(line.role, line.state) for line in told] == [
        ("tab", "selected"),
        ("tab", None),
        ("text field", None),
    ]
    colours = no_colours(3)
    colours[1, 0] = 250
    assert [line.state for line in with_one_tab(head, np.zeros(3), chosen, colours)][:2] == [None, "selected"]
    listed = [head[0], head[1], TextLine("www.example.kr/news", Box(250, 56, 160, 17), role="cell")]
    assert not browser_tabs(listed)
    page = [TextLine(f"글 {n}", Box(250, 20 * n, 60, 16)) for n in range(12)]
    found = TextLine("https://example.kr › 글", Box(250, 280, 160, 17))
    assert not browser_tabs([*page, found]), "in a page many rows stand above it"
    assert not browser_tabs([head[0], TextLine("kim@example.kr", Box(60, 56, 160, 17))])


def test_a_sheets_usual_name_at_the_foot_of_a_window_is_its_chosen_tab() -> None:
    cells = [TextLine(f"값 {n}", Box(40, 100 + 20 * n, 60, 14), role="cell") for n in range(12)]
    sheet = TextLine("Sheet1", Box(60, 360, 42, 12), role="button")
    status = TextLine("시트 1 / 1", Box(10, 384, 60, 12))
    lines = [*cells, sheet, status]
    told = with_one_tab(lines, np.zeros(14), np.zeros(14), no_colours(14))
    assert [(line.text, line.state) for line in told if line.role == "tab"] == [("Sheet1", "selected")]
    two = [*cells, sheet, TextLine("시트2", Box(120, 360, 42, 12)), status]
    told = with_one_tab(two, np.zeros(15), np.array([0.1] * 12 + [0.2, 0.7, 0]), no_colours(15))
    assert [(line.text, line.state) for line in told if line.role == "tab"] == [
        ("Sheet1", None),
        ("시트2", "selected"),
    ]
    assert not sheet_tabs([replace(line, box=Box(line.box.x, 700 - line.box.y, 60, 12)) for line in lines])
    assert not sheet_tabs([*cells, replace(sheet, role="list item"), status]), "an entry of a list of sheets"


def test_an_unsure_check_mark_is_not_told() -> None:
    roles = np.full(len(ROLES), 0.02, dtype=np.float32)
    roles[ROLES.index("check box")], roles[ROLES.index("list item")] = 0.5, 0.3
    assert role_of(roles, 0.75) is None
    assert role_of(roles, 0.15) == "check box", "where a mark was read, less is enough"
    roles[ROLES.index("radio button")] = 0.4
    assert role_of(roles, 0.75) == "check box"


def test_lines_around_which_nothing_changed_are_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    def line(**inputs: np.ndarray) -> list[np.ndarray]:
        looked.append(len(inputs["near"]))
        return [inputs["near"][:, 20, START_LEFT, :1].astype(np.float32)]

    def screen(**inputs: np.ndarray) -> list[np.ndarray]:
        lit = inputs["seen"][:, 0] > 100
        return [np.eye(len(ROLES))[np.where(lit, 5, 0)], np.eye(len(STATES))[np.full(len(lit), 2)]]

    reader = WidgetReader(Path("there is no such folder"))
    monkeypatch.setattr(reader, "_networks", Networks(line, screen))
    image = np.zeros((60, 200, 3), dtype=np.uint8)
    image[40:56, 0:60] = 255
    lines = [TextLine("위", Box(4, 4, 40, 12)), TextLine("아래", Box(4, 42, 40, 12))]
    assert [one.role for one in reader.of(image, lines)] == [None, "tab"]
    assert [one.role for one in reader.of(image, lines, {lines[0].box: lines[0]})] == [None, "tab"]
    assert looked == [2, 1]
    reader.close()
    monkeypatch.setattr(reader, "_networks", Networks(line, screen))
    reader.of(image, lines, {one.box: one for one in lines})
    assert looked == [2, 1, 2], "what was kept is gone once closed"


def test_a_mark_in_the_box_is_taken_out_where_it_was_read_as_one() -> None:
    picture = Image.new("RGB", (200, 40), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((10, 10, 23, 23), outline="black")
    draw.text((34, 8), "Windows", fill="black", font_size=15)
    image = np.array(picture)
    read = TextLine("□ Windows", Box(9, 9, 95, 16))
    bare = without_marks(image, read)
    assert (bare.text, bare.box.right) == ("Windows", read.box.right)
    assert 32 <= bare.box.x <= 36
    plain = replace(read, text="Windows")
    assert without_marks(image, plain) is plain


def test_marks_are_found_left_of_in_and_right_of_a_text() -> None:
    picture = Image.new("RGB", (400, 90), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((10, 10, 23, 23), outline="black")
    draw.rectangle((300, 40, 330, 54), fill="blue")
    for y in (8, 38, 68):
        draw.text((34, y), "Restore windows", fill="black", font_size=15)
    draw.line((30, 30, 30, 90), fill="grey")
    boxes = [Box(33, 10, 130, 14), Box(33, 40, 130, 14), Box(33, 70, 130, 14)]
    marks = marks_of(np.array(picture), boxes, np.full((3, 3), 255, dtype=np.uint8))
    assert marks.facts[:, :, 0].tolist() == [[1, 1, 0], [0, 1, 1], [0, 1, 0]], "rules are no marks"
    gap, width, height = marks.facts[0, 0, 1:4]
    assert gap == pytest.approx(np.log1p(9 / 14), abs=0.1)
    assert width == pytest.approx(1.0, abs=0.1)
    assert height == pytest.approx(1.0, abs=0.1)
    assert tuple(marks.crops[1, 2, 16, 16, :3]) == (0, 0, 255)


def test_looking_at_the_beginning_only_finds_what_looking_at_all_would() -> None:
    rng = np.random.default_rng(4)
    paper = np.array([200, 30, 255], dtype=np.int16)
    for _ in range(200):
        strip = np.empty((20, int(rng.integers(2, 400)), 3), dtype=np.uint8)
        strip[:] = paper
        for _ in range(rng.integers(0, 5)):
            x, wide = int(rng.integers(0, strip.shape[1])), int(rng.integers(1, 60))
            strip[rng.integers(0, 10) :, x : x + wide] = rng.integers(0, 256, 3)
        mask, found = looked_through(strip, paper, 14)
        whole = inked(strip, paper)
        assert found == first_run(whole, 14)
        assert (mask == whole[:, : mask.shape[1]]).all()
        assert (whole == (np.abs(strip - paper).max(axis=2) > 24)).all()


def test_colours_beside_a_line_are_told_from_its_paper() -> None:
    image = np.full((100, 300, 3), 255, dtype=np.uint8)
    image[30:80, :150] = (0, 0, 200)
    image[44:56, 60:140:2] = 255
    image[62:64] = (200, 0, 0)
    probes = probes_of(image, [Box(60, 44, 80, 12)])[0]
    assert tuple(probes[0]) == (0, 0, 200)
    assert tuple(probes[1]) == (255, 255, 255)
    assert tuple(probes[2]) == (0, 0, 200), "left of it the same paper"
    assert tuple(probes[13]) == (255, 255, 255), "two heights right of it another one"
    assert (200, 0, 0) in {tuple(colour) for colour in probes.tolist()}, "a rule below it"


def test_neighbours_are_the_lines_nearby_and_a_line_itself_comes_first() -> None:
    boxes = np.array([[100 * (n % 10), 30 * (n // 10), 50, 12] for n in range(300)], dtype=np.float32)
    near = neighbours_of(boxes)
    assert near.shape == (300, NEIGHBOURS)
    assert (near[:, 0] == np.arange(300)).all()
    assert {154, 156, 145, 165} <= set(near[155].tolist())
    assert neighbours_of(boxes[:1]).tolist() == [[0] * NEIGHBOURS]


def test_a_line_belongs_to_the_smallest_widget_around_it() -> None:
    elements = [
        Element("list item", Box(0, 0, 200, 40), ("selected",)),
        Element("button", Box(10, 5, 80, 30), ("disabled",)),
        Element(None, Box(12, 6, 40, 20), ()),
    ]
    made = described(Box(20, 12, 40, 14), "", elements)
    assert ROLES[made.role] == "button"
    assert [s for s, held in zip(STATES, made.states, strict=True) if held] == ["disabled"]
    assert ROLES[described(Box(300, 300, 20, 10), "", elements).role] is None


def test_examples_are_cut_around_the_text_of_a_drawn_widget() -> None:
    picture = Image.new("RGB", (300, 120), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((10, 40, 24, 54), outline="black")
    draw.text((34, 40), "Restore windows", fill="black")
    draw.text((10, 80), "Plain words here", fill="black")
    elements = [
        {"role": "check box", "box": [8, 36, 200, 22], "states": ["unchecked"], "text": "Restore windows"},
        {"role": None, "box": [8, 76, 200, 20], "states": []},
    ]
    made = drawn(np.array(picture), {"elements": elements}, random.Random(1))
    assert sorted((str(ROLES[one.role]), one.text) for one in made) == [
        ("None", ""),
        ("check box", "Restore windows"),
    ]
    box = next(one.box for one in made if one.role)
    assert 8 <= box.x <= 36
    assert 105 <= box.right <= 140


def test_of_a_recorded_window_only_what_the_truth_tells_is_known(tmp_path: Path) -> None:
    truth = tmp_path / "window.json"
    lines = [
        {"text": "자동 저장", "box": [10, 10, 90, 20], "role": "check box", "state": "checked,focused"},
        {"text": "파일(F)", "box": [10, 40, 60, 20], "role": "menu"},
    ]
    truth.write_text(json.dumps({"id": "window", "lines": lines}), encoding="utf-8")
    read = [
        TextLine("□ 자동 저장", Box(11, 12, 80, 16)), TextLine("파일(F)", Box(12, 42, 50, 15)), TextLine("Ctrl+F", Box(200, 42, 50, 15)),
    ]  # fmt: skip
    made = recorded(truth, read)
    assert [ROLES[one.role] if one.role >= 0 else "?" for one in made] == ["check box", "menu item", "?"]
    assert [name for name, held in zip(STATES, made[0].states, strict=True) if held] == ["checked", "focused"]


def test_what_is_shipped_answers_as_the_trained_network_does(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from models.manifest import write_manifest
    from models.train.widgets.examples import Example, save
    from models.train.widgets.export import export
    from models.train.widgets.network import WidgetNetwork
    from models.train.widgets.training import answers
    from models.train.widgets.windows import read_windows

    picture = Image.new("RGB", (500, 300), "white")
    draw = ImageDraw.Draw(picture)
    lines = []
    for number in range(24):
        x, y = 20 + 160 * (number % 3), 10 + 34 * (number // 3)
        draw.rectangle((x, y, x + 12, y + 12), outline="black", fill="blue" if number % 2 else None)
        draw.text((x + 20, y), f"Choice {number}", fill="black", font_size=13)
        lines.append(TextLine(f"Choice {number}", Box(x + 19, y + 1, 62, 12)))
    image = np.array(picture)
    save(image, [Example(one.box, one.text, 0, (False,) * len(STATES)) for one in lines], tmp_path / "a.npz")
    windows = read_windows([tmp_path / "a.npz"])
    torch.manual_seed(1)
    network = WidgetNetwork()
    network.whiten(*(torch.from_numpy(getattr(windows[0], name)) for name in ("near", "far", "marks")))
    network.eval()
    folder = tmp_path / "model"
    folder.mkdir()
    assert export(network, folder) < 0.02
    write_manifest(folder, name="widgets", version="0", licence="Apache-2.0")
    roles, states, _ = WidgetReader(folder, threads=1).chances(image, lines, {})
    wanted_roles, wanted_states = answers(network, windows)
    assert np.abs(roles - wanted_roles).max() < 0.03
    assert np.abs(states - wanted_states).max() < 0.03


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
