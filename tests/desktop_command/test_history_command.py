"""`nunchi history`: the command line over a history in a folder of its own."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.events import Answer
from assistant.frames import Frame, ScreenText
from assistant.private_numbers import ALWAYS
from desktop.command.main import main
from desktop.history import History


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path))
    monkeypatch.setenv("NUNCHI_LANGUAGE", "ko")
    kept = History()
    frame = Frame(np.zeros((100, 200, 3), np.uint8), source="window", title="메모장")
    for question, answer in (("첫 질문", "첫 답"), ("카드 4012-8888-8888-1881 맞아?", "네,\n맞아요.")):
        kept.keep(Answer(answer, question, model="nunchi-mini"), frame, ScreenText(), ALWAYS)
    return kept


def test_search_shows_the_newest_first(history: History, capsys: pytest.CaptureFixture) -> None:
    assert main(["history", "search"]) == 0
    told = capsys.readouterr().out
    assert told.index("카드 ••••-") < told.index("첫 질문") and "네, 맞아요." in told and "4012" not in told
    assert main(["history", "search", "첫", "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)["entries"]
    assert (entry["number"], entry["answer"], entry["source"]) == (
        1,
        "첫 답",
        "window",
    ) and "picture" not in entry
    assert main(["history", "search", "없는말"]) == 0
    assert capsys.readouterr().out == "찾은 기록이 없어요\n"


def test_show_one(history: History, capsys: pytest.CaptureFixture) -> None:
    assert main(["history", "show", "1"]) == 0
    assert capsys.readouterr().out == "첫 질문\n첫 답\n"
    assert main(["history", "show", "77", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "history_missing"


def test_export_is_one_object_a_line_oldest_first(
    history: History, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    assert main(["history", "export", "--pictures", "--out", str(tmp_path / "all.jsonl")]) == 0
    rows = [json.loads(line) for line in (tmp_path / "all.jsonl").read_text("utf-8").splitlines()]
    assert [row["number"] for row in rows] == [1, 2] and rows[0]["picture_jpeg"].startswith("/9j/")
    assert main(["history", "export"]) == 0
    assert capsys.readouterr().out.count("\n") == 2
    assert main(["history", "export", "--out", str(tmp_path / "no" / "folder.jsonl")]) == 4


def test_delete(history: History, capsys: pytest.CaptureFixture) -> None:
    assert (
        main(["history", "delete"]) == 2
        and main(["history", "delete", "1", "55"]) == 2
        and history.count() == 2
    )
    assert main(["history", "delete", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"deleted": 1} and history.count() == 1
    assert main(["history", "delete", "--all"]) == 0
    assert capsys.readouterr().out == "기록 1개를 지웠어요\n" and not history.path.exists()
