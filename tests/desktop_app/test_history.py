"""What is kept of an answer, what is hidden in it, and how it goes away again."""

from __future__ import annotations

import sqlite3
import stat
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import BadInput, DeviceFailed, NunchiError
from assistant.events import Answer, Captured, Evidence, Finished, Read
from assistant.frames import Box, Frame, ScreenText, TextLine
from assistant.private_numbers import ALWAYS
from desktop.history import COVER, DAY, History, small_picture
from desktop.history_keeping import HistoryKeeper
from desktop.notices import Dismissed
from desktop.settings import Settings, changed

WHITE = Frame(np.full((900, 1600, 3), 255, np.uint8), source="window", title="급여 900101-1234567.xlsx")
SCREEN = ScreenText(
    (
        TextLine("강릉점 매출", Box(100, 40, 200, 30)),
        TextLine("계좌번호", Box(100, 100, 120, 30)),
        TextLine("110 234 567890", Box(260, 100, 240, 30)),
    )
)
ANSWER = Answer(
    "월급은 110 234 567890으로 들어왔어요.", "내 월급 통장 900101-1234567이 맞아?",
    evidence=(Evidence("110 234 567890", Box(260, 100, 240, 30)),), model="nunchi-mini", device="CPU",
)  # fmt: skip


@pytest.fixture
def now() -> list[float]:
    return [1_700_000_000.0]


@pytest.fixture
def history(tmp_path: Path, now: list[float]) -> History:
    return History(tmp_path / "data" / "history.sqlite3", clock=lambda: now[0])


def kept(history: History, question: str, answer: str = "네.") -> int:
    return history.keep(Answer(answer, question), WHITE, SCREEN, ALWAYS)


def test_private_numbers_are_not_in_the_file_at_all(history: History) -> None:
    """Neither those that look like one, nor those that only the screen's label tells; not even as bytes."""
    number = history.keep(ANSWER, WHITE, SCREEN, ALWAYS)
    entry = history.get(number)
    assert "900101" not in entry.question and "567890" not in entry.answer + "".join(entry.evidence)
    assert (
        entry.answer.startswith("월급은 •")
        and entry.title.startswith("급여 ••••••-")
        and "xlsx" in entry.title
    )
    raw = history.path.read_bytes()
    for secret in (b"900101", b"1234567", b"567890", b"110 234"):
        assert secret not in raw
    assert (entry.source, entry.model, entry.device) == ("window", "nunchi-mini", "CPU")


def test_with_masks_off_it_is_kept_as_it_was(history: History) -> None:
    assert history.get(history.keep(ANSWER, WHITE, SCREEN, frozenset())).answer == ANSWER.text


def test_the_picture_is_small_and_covered_where_a_secret_was(history: History) -> None:
    from PIL import Image

    picture = Image.open(BytesIO(history.get(history.keep(ANSWER, WHITE, SCREEN, ALWAYS)).picture))
    assert picture.size == (320, 180)
    pixel = picture.getpixel((round(380 / 5), round(115 / 5)))
    assert max(abs(one - other) for one, other in zip(pixel, COVER, strict=True)) < 12
    assert min(picture.getpixel((160, 150))) > 245
    tiny = Image.open(BytesIO(small_picture(Frame(np.zeros((40, 100, 3), np.uint8)))))
    assert tiny.size == (50, 20)


def test_without_read_text_there_is_nothing_to_mask_by_and_no_picture(history: History) -> None:
    assert history.get(history.keep(ANSWER, WHITE, None, ALWAYS)).picture is None
    unread = ScreenText(source="none")
    assert history.get(history.keep(ANSWER, WHITE, unread, ALWAYS)).picture is None


def test_search_finds_parts_of_words_in_any_form(history: History) -> None:
    (
        kept(history, "강릉점 2분기 매출은?", "3,120만 원이에요."),
        kept(history, "100% 맞아?"),
        kept(history, "Wi-Fi 암호?"),
    )
    found = [entry.question for entry in history.search("매출 강릉")]
    assert found == ["강릉점 2분기 매출은?"]
    assert [
        entry.question for entry in history.search("\u1106\u1162\u110e\u116e\u11af")
    ] == found  # 매출, as a Mac types it
    assert [entry.question for entry in history.search("WI-fi")] == ["Wi-Fi 암호?"]
    assert [entry.question for entry in history.search("%")] == ["100% 맞아?"]
    assert history.search("없는말") == [] and history.search("_") == []
    assert next(iter(history.search())).question == "Wi-Fi 암호?" and len(history.search(most=2)) == 2


def test_deleting_one_and_all(history: History) -> None:
    first, second = kept(history, "지워질 유일무이한 질문"), kept(history, "남을 질문")
    assert history.delete([first, 999]) == 1
    assert "유일무이".encode() not in history.path.read_bytes()
    with pytest.raises(BadInput, match="history_missing"):
        history.get(first)
    assert history.get(second).question == "남을 질문"
    assert history.delete_all() == 1 and not history.path.exists() and history.count() == 0


def test_the_old_goes_after_its_days(history: History, now: list[float]) -> None:
    kept(history, "옛날")
    now[0] += 6 * DAY
    kept(history, "요즘")
    assert history.prune(7) == 0 and history.prune(0) == 0
    now[0] += 2 * DAY
    assert history.prune(7) == 1 and [entry.question for entry in history.search()] == ["요즘"]


def test_reading_makes_no_file(history: History) -> None:
    assert history.search() == [] and history.count() == 0 and history.prune(7) == 0
    assert not history.path.parent.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="other rights there")
def test_nobody_else_may_read_it(history: History) -> None:
    kept(history, "비밀")
    assert stat.S_IMODE(history.path.stat().st_mode) == 0o600


def test_a_damaged_file_is_set_aside_and_goes_with_all(history: History) -> None:
    history.path.parent.mkdir()
    history.path.write_bytes(b"no database at all" * 100)
    kept(history, "새로")
    assert history.count() == 1 and history.set_aside.read_bytes().startswith(b"no database")
    history.delete_all()
    assert not history.set_aside.exists()


def test_a_file_of_a_newer_version_is_left_alone(history: History) -> None:
    kept(history, "옛")
    with sqlite3.connect(history.path) as base:
        base.execute("PRAGMA user_version = 99")
    base.close()
    with pytest.raises(DeviceFailed, match=r"history_failed.*newer"):
        kept(history, "새")


class Heard:
    """A keeper with settings that can be changed, and what it told."""

    def __init__(self, history: History) -> None:
        self.settings = Settings()
        self.errors: list[NunchiError] = []
        self.keeper = HistoryKeeper(history, lambda: self.settings, self.errors.append)

    def answers(self) -> None:
        for notice in (Captured(1, WHITE), Read(1, SCREEN), Finished(1, ANSWER)):
            self.keeper.hear(notice)


def test_nothing_is_kept_unless_asked_for(history: History, no_threads_left: None) -> None:
    heard = Heard(history)
    heard.answers()
    assert not history.path.exists()


def test_answers_are_kept_masked_and_old_ones_go(
    history: History, now: list[float], until: Callable, no_threads_left: None
) -> None:
    kept(history, "옛날")
    now[0] += 40 * DAY
    heard = Heard(history)
    heard.settings = changed(Settings(), history=True, history_days=30)
    heard.answers()
    until(lambda: [entry.answer[:4] for entry in history.search()] == ["월급은 "], "the entry")
    heard.keeper.hear(Dismissed())
    heard.keeper.hear(Finished(2, ANSWER))
    assert heard.keeper._frame is None and history.count() == 1


def test_a_disk_that_refuses_is_told_and_does_not_stop_the_answer(
    tmp_path: Path, until: Callable, no_threads_left: None
) -> None:
    (tmp_path / "file").write_text("")
    heard = Heard(History(tmp_path / "file" / "history.sqlite3"))
    heard.settings = changed(Settings(), history=True)
    heard.answers()
    until(lambda: heard.errors, "an error")
    assert heard.errors[0].code == "history_failed"
