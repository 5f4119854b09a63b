"""Recording real programs: what our catalogues keep of a message, and which windows' truth is believed."""

from __future__ import annotations

import gettext
import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from models.train.widgets.programs.catalogue import Words, catalogues, read_mo, replaced, write_mo
from models.train.widgets.programs.content import write_content
from models.train.widgets.programs.listing import HELD, PROGRAMS
from models.train.widgets.programs.truth import crossing, marked, news, sound, states_of, unique, wrong_tabs
from models.train.widgets.programs.walking import HARMFUL, by_kind, in_menu, next_step, opens

TEXTS = (
    "문서",
    "설정",
    "새 파일",
    "모두 고르기",
    "다시 보지 않기",
    "화면에 보이는 글자 크기 바꾸기",
    "이 폴더를 책갈피에 더하고 다음에 바로 열기",
)


@pytest.fixture
def words() -> Words:
    return Words(TEXTS)


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("%d files in %s", ["%d", "%s"]),
        ("Copy %1$s to %2$s", ["%1$s", "%2$s"]),
        ("%(count)d items", ["%(count)d"]),
        ("Configure %1 (%2)", ["%1", "%2"]),
        ("%'.2f of %lu used", ["%'.2f", "%lu"]),
        ("{0} of {name}", ["{0}", "{name}"]),
        ("Progress: %d%%", ["%d", "%%"]),
    ],
)
def test_specifiers_stay_in_their_order(words: Words, message: str, kept: list[str]) -> None:
    ours = replaced(message, words, 1)
    places = [ours.index(one) for one in kept]
    assert places == sorted(places)
    assert ours.count("%") == message.count("%")
    assert any("가" <= letter <= "힣" for letter in ours)


def test_a_key_and_an_ending_stay(words: Words) -> None:
    assert replaced("_Open File…", words, 1).endswith("(_O)…")
    assert replaced("&Configure...", words, 1, "&").endswith("(&C)...")
    assert replaced("User name:", words, 1).endswith(":")
    assert "(" not in replaced("Show file", words, 1)


def test_markup_around_the_whole_stays(words: Words) -> None:
    ours = replaced("<b>General settings</b>", words, 1)
    assert ours.startswith("<b>") and ours.endswith("</b>") and "General" not in ours


@pytest.mark.parametrize(
    "message",
    [
        "calendar:MY",
        "default:LTR",
        "%H:%M",
        "%a %b %e, %Y",
        "gtk-open",
        "50%",
        "true",
        "False",
        "",
        "/usr/share",
    ],
)
def test_settings_and_times_are_not_replaced(words: Words, message: str) -> None:
    assert replaced(message, words, 1) == message


def test_the_seed_decides(words: Words) -> None:
    messages = [f"Entry {letter}{letter}" for letter in "abcdefgh"]
    assert [replaced(m, words, 1) for m in messages] == [replaced(m, words, 1) for m in messages]
    assert [replaced(m, words, 1) for m in messages] != [replaced(m, words, 2) for m in messages]


def test_no_usable_words_are_an_error() -> None:
    with pytest.raises(ValueError, match="no usable"):
        Words(["only english", "%s 파일"])


def test_a_catalogue_is_read_by_gettext(tmp_path: Path, words: Words) -> None:
    source = tmp_path / "locale/de/LC_MESSAGES"
    source.mkdir(parents=True)
    write_mo({"_Save": "S", "menu\x04Open": "O", "%d file\0%d files": "a\0b"}, source / "tool.mo")
    shown = catalogues(tmp_path / "locale", tmp_path / "ours", words, 3)
    with (tmp_path / "ours/tool.mo").open("rb") as file:
        made = gettext.GNUTranslations(file)
    assert made.gettext("_Save").endswith("(_S)")
    assert made.pgettext("menu", "Open") != "Open"
    assert "%d" in made.ngettext("%d file", "%d files", 5) and "file" not in made.ngettext(
        "%d file", "%d files", 5
    )
    assert shown[made.gettext("_Save").replace("_", "")] == "_Save"
    assert set(read_mo(tmp_path / "ours/tool.mo")) == {"", "_Save", "menu\x04Open", "%d file\0%d files"}


def test_a_korean_catalogue_is_the_source_where_there_is_one(tmp_path: Path, words: Words) -> None:
    for language, message in (("de", "Save everything there is to save"), ("ko", "Save")):
        (tmp_path / language / "LC_MESSAGES").mkdir(parents=True)
        write_mo({message: "x"}, tmp_path / language / "LC_MESSAGES/tool.mo")
    catalogues(tmp_path, tmp_path / "ours", words, 3)
    assert "Save" in read_mo(tmp_path / "ours/tool.mo")


def test_another_file_is_no_catalogue(tmp_path: Path) -> None:
    (tmp_path / "a.mo").write_bytes(b"no catalogue at all, but long enough to have a head")
    with pytest.raises(ValueError, match="no message catalogue"):
        read_mo(tmp_path / "a.mo")


def line(
    text: str, box: tuple[int, int, int, int], role: str = "label", state: str = ""
) -> dict[str, object]:
    return {"text": text, "box": list(box), "role": role, "kind": role} | ({"state": state} if state else {})


def picture(lines: list[dict[str, object]]) -> np.ndarray:
    """A white picture with a dark bar in each line's box."""
    image = np.full((400, 400, 3), 255, np.uint8)
    for one in lines:
        x, y, w, h = one["box"]  # type: ignore[misc]
        image[y + 2 : y + h - 2, x + 2 : x + w - 2 : 2] = 20
    return image


ROWS = [line(f"가나 {n}", (20, 20 + 30 * n, 120, 20)) for n in range(8)]


def test_a_sound_window_is_kept_whole() -> None:
    told, reason = sound(ROWS, picture(ROWS), picture(ROWS))
    assert reason is None and told == ROWS


def test_lines_without_ink_are_dropped_and_many_drop_the_window() -> None:
    told, reason = sound(ROWS, picture(ROWS[:-1]), picture(ROWS[:-1]))
    assert reason is None and told == ROWS[:-1]
    assert sound(ROWS, picture(ROWS[:4]), picture(ROWS[:4]))[1] == "boxes without ink"


def test_lines_that_moved_between_the_pictures_are_dropped() -> None:
    after = picture(ROWS)
    after[20:40] = 255
    assert sound(ROWS, picture(ROWS), after)[0] == ROWS[1:]
    assert sound(ROWS, picture(ROWS), np.full((400, 400, 3), 255, np.uint8))[1] == "moved"


def test_hidden_pages_are_seen_by_their_crossing_lines() -> None:
    hidden = [line(f"다른 쪽 {n}", (50, 28 + 30 * n, 120, 20)) for n in range(8)]
    assert crossing(ROWS) == set()
    assert len(crossing(ROWS + hidden)) == 16
    reason = sound(ROWS + hidden, picture(ROWS + hidden), picture(ROWS + hidden))[1]
    assert reason is not None and reason.startswith("crossing")


def test_a_line_within_another_does_not_cross_it() -> None:
    assert crossing([line("칸", (0, 0, 200, 40), "cell"), line("글", (10, 10, 80, 20))]) == set()


def test_windows_in_a_foreign_language_are_left_out() -> None:
    foreign = [one | {"text": f"Preferences {n}"} for n, one in enumerate(ROWS)]
    reason = sound(foreign, picture(ROWS), picture(ROWS))[1]
    assert reason is not None and reason.startswith("words that are not ours")


def test_a_row_of_tabs_has_one_that_is_selected() -> None:
    tabs = [line(f"탭 {n}", (20 + 90 * n, 20, 80, 20), "tab", "selected" if n == 1 else "") for n in range(3)]
    lower = [
        line(f"아래 {n}", (20 + 90 * n, 220, 80, 20), "tab", "selected" if n == 0 else "") for n in range(3)
    ]
    assert wrong_tabs(tabs + lower) is None
    assert wrong_tabs([*tabs, lower[1], lower[2]]) == "no selected tab"
    assert (
        wrong_tabs([*tabs[:2], line("탭", (200, 20, 80, 20), "tab", "selected")]) == "several selected tabs"
    )


def words_at(left: int) -> np.ndarray:
    """A grey picture with letters from `left` on."""
    image = np.full((60, 300, 3), 240, np.uint8)
    image[12:22, left:100:3] = 30
    return image


def test_the_mark_of_a_check_box_is_seen() -> None:
    image = words_at(34)
    image[10:24, 12:26] = 60
    image[12:22, 14:24] = 250
    assert marked(image, (10, 6, 120, 22)) is True
    assert marked(image, (11, 9, 120, 16)) is True
    assert marked(image, (10, 6, 24, 22)) is None
    at_the_right = words_at(18)
    at_the_right[10:24, 112:126] = 60
    assert marked(at_the_right, (10, 6, 120, 22)) is True


def test_letters_and_frames_are_no_marks() -> None:
    assert marked(words_at(18), (10, 6, 120, 22)) is False
    assert marked(words_at(12), (10, 6, 120, 22)) is None
    framed = words_at(18)
    framed[6:28, 11] = framed[6:28, 128] = 90
    assert marked(framed, (10, 6, 120, 22)) is False
    assert marked(np.full((60, 300, 3), 240, np.uint8), (10, 6, 120, 22)) is None


def test_what_is_called_a_check_box_but_has_no_mark_is_a_button() -> None:
    lines = [*ROWS[1:], line("굵게", (14, 20, 120, 20), "check box", "checked")]
    told, reason = sound(lines, picture(ROWS), picture(ROWS))
    assert reason is None
    assert [one["role"] for one in told if one["text"] == "굵게"] == ["button"]


def test_a_label_joins_the_mark_it_belongs_to() -> None:
    lines = [line("켜기", (10, 10, 90, 20), "label"), line("켜기", (8, 8, 100, 24), "check box", "checked")]
    (one,) = unique(lines)
    assert (one["role"], one["state"]) == ("check box", "checked")


def test_news_are_lines_not_there_before_but_not_a_focus() -> None:
    before = [line("켜기", (10, 10, 90, 20), "check box", "unchecked")]
    assert news([line("켜기", (10, 10, 90, 20), "check box", "unchecked,focused")], before) == 0
    assert news([line("켜기", (10, 10, 90, 20), "check box", "checked")], before) == 1


def test_states_are_told_apart() -> None:
    assert states_of(line("가", (0, 0, 9, 9), "cell", "selected,focused")) == {"selected", "focused"}


class Thing:
    """An element as the tree gives it."""

    def __init__(
        self,
        role: str,
        name: str = "",
        popup: bool = False,
        states: frozenset[str] = frozenset({"sensitive"}),
    ) -> None:
        self.role, self.name, self.popup, self.states = role, name, popup, states
        self.box = (10, 10, 100, 24)


def test_a_walk_touches_nothing_that_ends_the_program() -> None:
    meanings = {"끝내기": "_Quit", "기본 설정": "_Preferences", "닫기": "Close"}
    assert opens("기본 설정", meanings) and not opens("끝내기", meanings) and not opens("닫기", meanings)
    items = [Thing("menu item", name, True) for name in meanings]
    for seed in range(40):
        step = in_menu(items, meanings, random.Random(seed))
        assert step.kind in ("open", "point", "escape")
    assert HARMFUL.search("Exit full screen")


def test_a_step_is_done_with_what_is_there() -> None:
    things = [
        Thing("page tab"),
        Thing("page tab", states=frozenset({"sensitive", "selected"})),
        Thing("check box", states=frozenset()),
    ]
    kinds = by_kind(things, {})
    assert len(kinds["tab"]) == 1 and not kinds["mark"]
    steps = {step.kind for seed in range(60) if (step := next_step(things, {}, random.Random(seed), {}))}
    assert steps == {"tab", "key"}


def test_programs_are_named_once_and_none_of_the_validation_screens(pytestconfig: pytest.Config) -> None:
    names = [program.name for program in PROGRAMS]
    assert len(names) == len(set(names))
    assert set(names) >= HELD
    readme = (pytestconfig.rootpath / "tests/screens/README.md").read_text(encoding="utf-8")
    table = {
        row.split("|")[1].strip()
        for row in readme.splitlines()
        if row.startswith("| ") and row.count("|") == 6
    }
    assert len(table) > 60
    assert not set(names) & table


def test_the_home_folder_has_our_words(tmp_path: Path) -> None:
    write_content(tmp_path, TEXTS, random.Random(1))
    assert (tmp_path / "표.csv").read_text(encoding="utf-8").count("\n") > 10
    assert any(text in path.name for path in (tmp_path / "문서").iterdir() for text in TEXTS)
    shutil.rmtree(tmp_path / "문서")
