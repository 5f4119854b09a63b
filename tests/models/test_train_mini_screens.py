"""Made-up screens and their questions: deterministic, inside the frame, in reading order, and true."""

from __future__ import annotations

import random
import re

import pytest

from assistant import colours, prompts
from models.train.mini import values, wording
from models.train.mini.canvas import Canvas, Rect
from models.train.mini.mentions import Names, packed
from models.train.mini.questions import ask
from models.train.mini.reading import Noise, read, rows_of
from models.train.mini.screens import make_screen, model_size
from tests.models.mini_pools import POOLS

CLEAN = Noise()


@pytest.fixture
def pools():
    return POOLS


@pytest.mark.parametrize("level", [0, 1, 2])
def test_a_seed_always_gives_the_same_screen(pools, level):
    first, again = (make_screen(7, pools, level) for _ in range(2))
    assert first.reading.lines == again.reading.lines
    assert first.image.tobytes() == again.image.tobytes()
    assert make_screen(8, pools, level).reading.lines != first.reading.lines


@pytest.mark.parametrize("level", [0, 1, 2])
def test_text_without_a_picture_is_the_text_of_the_picture(pools, level):
    for seed in range(5):
        with_picture, without = (
            make_screen(seed, pools, level),
            make_screen(seed, pools, level, picture=False),
        )
        assert without.image is None
        assert with_picture.reading.lines == without.reading.lines


@pytest.mark.parametrize("seed", range(12))
def test_items_lie_inside_the_frame_and_do_not_hide_each_other(pools, seed):
    screen = make_screen(seed, pools, seed % 3, noise=CLEAN)
    width, height = screen.size
    assert screen.image.size == model_size(width, height)
    assert not screen.image.width % 32
    assert not screen.image.height % 32
    for item in screen.items:
        assert item.box.x >= 0
        assert item.box.y >= 0
        assert item.box.right <= width
        assert item.box.bottom <= height


def test_words_are_drawn_where_their_boxes_say(pools):
    canvas = Canvas(400, 200, (1.0, 1.0), random.Random(0))
    canvas.box(Rect(0, 0, 400, 200), fill=(255, 255, 255))
    from models.train.mini.canvas import FONT_FILES, font_paths

    item = canvas.text(
        50,
        60,
        "저장 위치",
        size=24,
        ink=(200, 0, 0),
        paper=(255, 255, 255),
        font_path=font_paths(FONT_FILES)[0],
    )
    dark = canvas.image.convert("L").point(lambda v: 255 if v < 200 else 0).getbbox()
    assert dark is not None
    assert item.box.x - 3 <= dark[0]
    assert dark[2] <= item.box.right + 3
    assert item.box.y - 3 <= dark[1]
    assert dark[3] <= item.box.bottom + 8


def test_reading_order_is_rows_from_the_top_then_from_the_left(pools):
    for seed in range(9):
        lines = make_screen(seed, pools, seed % 3).reading.lines
        boxes = [line.box for line in lines]
        assert rows_of(boxes) == list(range(len(boxes)))


def test_a_clean_reading_holds_every_item_under_its_number(pools):
    for seed in range(9):
        screen = make_screen(seed, pools, seed % 3, noise=CLEAN)
        for item in screen.items:
            numbers = screen.reading.of(item)
            if not numbers:
                assert len(screen.reading.lines) == prompts.MAX_LINES
                continue
            assert [screen.reading.lines[n - 1].text for n in numbers] == [item.text]
            assert screen.reading.lines[numbers[0] - 1].ink == colours.nearest(*item.ink)


def test_noise_misses_splits_and_merges_but_keeps_the_owners(pools):
    screen = max((make_screen(seed, pools, 1, noise=CLEAN) for seed in range(6)), key=lambda s: len(s.items))
    noisy = read(screen.items, screen.size, Noise(0.05, 0.4, 1.0, 0.5, 0.3, 2), random.Random(1))
    assert any(not noisy.of(item) for item in screen.items)
    for item in screen.items:
        for n in noisy.of(item):
            assert abs(noisy.lines[n - 1].box.y - item.box.y) < 3 * item.box.height


@pytest.mark.parametrize("seed", range(15))
def test_answers_cite_lines_that_hold_what_was_asked(pools, seed):
    """Values, cells and pointings cite the line whose text is the fact's; citations are always lines that exist."""
    screen = make_screen(seed, pools, seed % 3, noise=CLEAN)
    truth = {fact.targets[0].text for fact in screen.facts if fact.kind in ("value", "cell")} | {
        i.text for i in screen.items
    }
    for qa in ask(screen, pools, random.Random(seed), 30):
        cited = [int(n) for n in re.findall(r"<\|n(\d+)\|>", qa.answer)]
        assert all(1 <= n <= len(screen.reading.lines) for n in cited)
        assert "{" not in qa.question
        assert "[" not in qa.question
        if qa.kind in ("lookup", "where"):
            assert len(cited) == 1
            assert screen.reading.lines[cited[0] - 1].text in truth
        if qa.kind == "where":
            side = qa.answer.split("|> ")[1]
            x, y = screen.reading.lines[cited[0] - 1].box.centre
            assert ("왼쪽" in side) == (x * 3 < screen.size[0])
            assert ("아래" in side) == (int(3 * y / screen.size[1]) == 2)
        if qa.kind == "absent":
            assert qa.answer in prompts.ABSTENTIONS
        else:
            assert qa.answer not in prompts.ABSTENTIONS


def test_values_are_looked_up_under_their_labels(pools):
    """GIVEN a form WHEN a label is asked for THEN the cited line is the value to its right or below it."""
    asked = 0
    for seed in range(60):
        screen = make_screen(seed, pools, 1, noise=CLEAN)
        for fact in screen.facts:
            if fact.kind == "value" and fact.targets[0].role == "label":
                label, value = fact.targets
                asked += 1
                assert value.box.x >= label.box.x
                assert value.box.x >= label.box.right or value.box.y > label.box.y
    assert asked > 20


def test_a_mention_names_one_text_only():
    class Text:
        def __init__(self, text: str) -> None:
            self.text = text

    names = Names([Text("이름"), Text("파일 이름"), Text("저장"), Text("다른 이름으로 저장")])
    assert names.means("이름", "이름")
    assert not names.means("이름", "파일 이름")
    assert names.means("다른 이름", "다른 이름으로 저장")
    assert not names.absent("저장")
    assert names.absent("인쇄")
    assert packed("저장(S)…") == "저장"


@pytest.mark.parametrize(
    ("word", "pair", "particle"),
    [
        ("저장", "을를", "을"),
        ("파일", "으로로", "로"),
        ("보기", "이가", "가"),
        ("창", "으로로", "으로"),
        ("3", "은는", "은"),
        ("OK", "이가", "가"),
    ],
)
def test_josa_fit(word, pair, particle):
    assert wording.josa(word[-1], pair) == particle


def test_every_value_type_makes_a_value(pools):
    rng = random.Random(0)
    kinds = {kind for _, kind in values.FIELDS}
    assert all(values.value(kind, pools, rng).strip() for kind in kinds)
