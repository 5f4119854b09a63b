"""What the made-up questions answer is true: extremes, counts, states, what is missing, words for numbers."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest

from assistant import prompts
from models.train.mini import (
    amounts,
    asking_absent,
    asking_counts,
    asking_goals,
    asking_values,
    goals,
    programs,
    senses,
    speech,
    wording,
)
from models.train.mini.asking import Asker
from models.train.mini.mentions import bare
from models.train.mini.questions import SHARES, ask
from models.train.mini.reading import Noise, make_noise
from models.train.mini.screens import make_screen
from tests.models.mini_pools import POOLS

CLEAN = Noise()
SEEDS = 45


@pytest.fixture(scope="module")
def askers():
    """One asker for each of many cleanly read screens of all levels."""
    screens = (make_screen(seed, POOLS, seed % 3, picture=False, noise=CLEAN) for seed in range(SEEDS))
    return [Asker(screen, POOLS, random.Random(n)) for n, screen in enumerate(screens)]


def cited(asker, answer):
    """The lines an answer cites."""
    lines = asker.screen.reading.lines
    return [lines[int(n) - 1] for n in re.findall(r"<\|n(\d+)\|>", answer)]


def test_the_largest_and_the_smallest_are_that(askers):
    """GIVEN a column WHEN its extreme is asked for THEN the row whose cell is largest or smallest is cited."""
    judged = 0
    for asker in askers:
        for fact in asker.facts.get("column", ()):
            qa = asking_values.most(asker, fact)
            if qa is None:
                continue
            rows = {
                row.text: amounts.amount(item.text, fact.value)
                for row, item in zip(fact.targets[1::2], fact.targets[2::2], strict=True)
            }
            found = rows[cited(asker, qa.answer)[0].text]
            assert found in (max(rows.values()), min(rows.values()))
            assert len({v for v in rows.values() if v == found}) == 1
            judged += 1
    assert judged > 10


def test_which_of_two_is_the_one_that_has_more_of_it(askers, monkeypatch):
    """GIVEN two rows named in full WHEN asked which has more (or less) of a column THEN that one is cited."""
    monkeypatch.setattr(asking_values, "_row_name", lambda asker, row: row.text)
    more = re.compile("더 (비싸|커|큰|많|높|늦|나중|길|긴|더워|더운)")
    judged = 0
    for asker in askers:
        for fact in asker.facts.get("column", ()):
            amount = {
                row.text: amounts.amount(item.text, fact.value)
                for row, item in zip(fact.targets[1::2], fact.targets[2::2], strict=True)
            }
            for _ in range(3):
                qa = asking_values.versus(asker, fact)
                named = [text for text in amount if qa and text in qa.question]
                if qa is None or len(named) != 2 or qa.answer in (asking_values.YES, asking_values.NO):
                    continue
                wanted = (max if more.search(qa.question) else min)(named, key=lambda text: amount[text])
                assert cited(asker, qa.answer)[0].text == wanted, qa
                judged += 1
    assert judged > 5


def test_counts_are_the_number_of_the_group(askers):
    counted = 0
    for asker in askers:
        for fact in asker.facts.get("group", ()):
            qa = asking_counts.group(asker, fact)
            if qa is None:
                continue
            shown = Counter(line.text for line in asker.screen.reading.lines)
            assert all(shown[item.text] for item in fact.targets)
            assert qa.answer == f"{len({id(item) for item in fact.targets})}개입니다."
            counted += 1
    assert counted > 30


def test_chosen_things_have_the_state_that_shows_it(askers):
    """GIVEN clean readings THEN what is said to be chosen is read as chosen, and on and off as on and off."""
    seen = Counter()
    for asker in askers:
        for qa in ask(asker.screen, POOLS, random.Random(1), 60):
            if qa.kind != "selected":
                continue
            lines = cited(asker, qa.answer)
            if "켜져 있습니다" in qa.answer and lines:
                assert lines[0].state == "checked"
            elif "꺼져 있습니다" in qa.answer and lines:
                assert lines[0].state == "unchecked"
            elif lines and lines[0].role in ("tab", "list item", "cell", "radio button"):
                assert lines[0].state in ("selected", "checked"), qa
            seen[lines[0].role if lines else None] += 1
    assert seen["tab"] > 3
    assert seen["check box"] > 3


def test_what_is_said_to_be_missing_is_missing(askers):
    missing = 0
    for asker in askers:
        for _ in range(20):
            name = asking_absent.missing_name(asker)
            if name:
                assert asker.names.holding(name) == 0
                missing += 1
    assert missing > 50


def test_a_goal_leads_to_a_thing_that_serves_it(askers):
    """GIVEN a purpose THEN the cited button or entry is one that this purpose is listed for, and the only one."""
    advised = 0
    for asker in askers:
        for fact in asker.facts.get("press", ()):
            qa = asking_goals.press(asker, fact)
            if (
                qa is None
                or bare(fact.targets[0].text) not in goals.GOALS
                or fact.targets[0].role != "button"
            ):
                continue
            stems = [
                goal.removesuffix("으려면").removesuffix("려면")
                for goal in goals.GOALS[bare(fact.targets[0].text)]
            ]
            stems += [stem[:1] for stem in goals.IRREGULAR.values()]
            said = [stem for stem in stems if stem.replace(" ", "") in qa.question.replace(" ", "")]
            assert said, qa
            assert cited(asker, qa.answer)[0].text == fact.targets[0].text
            advised += 1
    assert advised > 20


def test_every_kind_is_asked(askers):
    kinds = Counter(qa.kind for asker in askers for qa in ask(asker.screen, POOLS, random.Random(3), 30))
    whole = sum(kinds.values())
    assert set(kinds) == set(SHARES)
    assert kinds["lookup"] > 0.12 * whole
    assert kinds["absent"] < 0.15 * whole
    assert all(kinds[kind] > 0.01 * whole for kind in SHARES if kind != "meaning")


def test_only_some_readings_lack_roles(askers):
    noises = [make_noise(random.Random(n)) for n in range(400)]
    assert 0.08 < sum(not n.roles for n in noises) / 400 < 0.22
    assert all(n.no_role <= 0.2 and n.other_role <= 0.06 for n in noises)
    roles = Counter(line.role for asker in askers for line in asker.screen.reading.lines)
    assert set(roles) <= {
        None, "title", "button", "check box", "radio button", "tab", "menu item", "text field", "combo box", "link",
        "header", "cell", "list item", "icon",
    }  # fmt: skip
    assert all(roles[role] for role in ("title", "button", "tab", "menu item", "cell", "header", "list item"))
    assert {line.state for asker in askers for line in asker.screen.reading.lines} <= {None, *prompts.STATES}


@pytest.mark.parametrize(
    ("text", "sort", "value"),
    [
        ("1,250원", "money", 1250),
        ("₩ 3,000", "money", 3000),
        ("1.5 MB", "bytes", 1.5e6),
        ("2 KiB", "bytes", 2048),
        ("오후 2:05", "time", 845),
        ("오전 12:30", "time", 30),
        ("2시간 5분", "lasting", 125),
        ("3:07", "lasting", 187),
        ("2025년 3월 4일", "date", 20250304),
        ("-5도", "degrees", -5),
        ("80.7…", "bytes", None),
        ("내일", "date", None),
    ],
)
def test_cells_are_read_back(text, sort, value):
    assert amounts.amount(text, sort) == value


@pytest.mark.parametrize("sort", amounts.COMPARABLE)
def test_what_columns_are_filled_with_can_be_compared(sort):
    rng = random.Random(sort)
    for _ in range(40):
        assert all(amounts.amount(text, sort) is not None for text in amounts.column(sort, 5, POOLS, rng))


def test_sums_are_sums():
    assert amounts.total(["1,000원", "2,500원"], "money") == "3,500원"
    assert amounts.total(["12", "x"], "number") is None


def test_numbers_are_said_in_words():
    assert speech.numbers_spoken("2분기 6월 10월 3학년 2026년") == "이분기 유월 시월 삼학년 이천이십육년"
    assert speech.english_spoken("USB 허브") == "유에스비 허브"
    assert speech.sino(104) == "백사"


@pytest.mark.parametrize(
    ("plain", "polite"),
    [("했어", "했어요"), ("거야", "거예요"), ("게임이야", "게임이에요"), ("싸", "싸요"), ("있니", "있니"), ("얼마예요", "얼마예요"),
     ("뭐 눌러", "뭐 눌러요")],
)  # fmt: skip
def test_endings_can_be_polite(plain, polite):
    assert wording.polite(plain) == polite


def test_wishes_keep_their_verb():
    rng = random.Random(0)
    assert {goals.wish("닫으려면", rng) for _ in range(40)} == {
        "닫으려면",
        "닫고 싶은데",
        "닫고 싶으면",
        "닫고 싶어",
    }
    assert "열고 싶은데" in {goals.wish("열려면", rng) for _ in range(60)}


def test_every_sense_has_its_questions():
    assert set(senses.BY_HEAD) | set(senses.BY_SORT.values()) <= set(senses.ASKED)
    assert set(senses.MOST) <= set(senses.ASKED)
    assert len({p.name for p in programs.PROGRAMS}) == len(programs.PROGRAMS) > 250
    assert len(goals.GOALS) >= 150
