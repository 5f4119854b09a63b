"""`nunchi find`: the lines a model cites, or the boxes of a model that finds things itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from assistant.frames import Box, Frame, ScreenText
from desktop.command import engines
from desktop.command.main import main
from tests.fakes import FakeLook, FakeModel, FakeReader, a_screen


class Finder(FakeLook):
    """Finds one box for a button and nothing else."""

    def find(self, what: str) -> tuple[Box, ...]:
        return (Box(4, 5, 20, 10),) if what == "button" else ()

    def point(self, what: str) -> tuple[tuple[int, int], ...]:
        return ((14, 10),)

    def gaze(self, eye: tuple[int, int]) -> tuple[int, int] | None:
        return (30, 20) if eye == (5, 6) else None


class FindingModel(FakeModel):
    points = True

    def look(self, frame: Frame, screen_text: ScreenText, cancel: object = None) -> Finder:
        look = Finder(self)
        self.looks.append(look)
        return look


@pytest.fixture
def picture(tmp_path: Path) -> str:
    path = tmp_path / "screen.png"
    Image.new("RGB", (64, 48), (250, 250, 250)).save(path)
    return str(path)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, reader: FakeReader) -> dict[str, FakeModel]:
    """Models by name, in place of real ones."""
    there: dict[str, FakeModel] = {}
    monkeypatch.setattr("models.catalogue.open_vision", lambda name, *_: there[name])
    monkeypatch.setattr(engines, "reader", lambda: reader)
    return there


def test_a_model_that_finds_things_gives_its_own_boxes(
    opened: dict[str, FakeModel], picture: str, reader: FakeReader, capsys: pytest.CaptureFixture[str]
) -> None:
    opened["moondream2"] = FindingModel()
    command = ["find", "button", "--image", picture, "--model", "moondream2"]
    assert main([*command, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"boxes": [[4, 5, 20, 10]]}
    assert main(command) == 0
    assert capsys.readouterr().out == "[4, 5, 20, 10]\n"
    assert reader.received == []
    assert all(look.closed for look in opened["moondream2"].looks)


def test_points_and_gazes_come_from_it_too(
    opened: dict[str, FakeModel], picture: str, capsys: pytest.CaptureFixture[str]
) -> None:
    opened["moondream2"] = FindingModel()
    common = ["--image", picture, "--model", "moondream2", "--json"]
    assert main(["find", "button", "--points", *common]) == 0
    assert json.loads(capsys.readouterr().out) == {"points": [[14, 10]]}
    assert main(["find", "--gaze", "5,6", *common]) == 0
    assert json.loads(capsys.readouterr().out) == {"gaze": [30, 20]}
    assert main(["find", "--gaze", "9,9", *common]) == 0
    assert json.loads(capsys.readouterr().out) == {"gaze": None}
    assert main(["find", "cat", "--gaze", "9,9", *common]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "question_twice"


def test_it_says_when_nothing_is_there(
    opened: dict[str, FakeModel], picture: str, capsys: pytest.CaptureFixture[str]
) -> None:
    opened["moondream2"] = FindingModel()
    assert main(["find", "cat", "--image", picture, "--model", "moondream2"]) == 0
    assert "찾을 수 없어요" in capsys.readouterr().out


def test_other_models_are_asked_and_their_lines_shown(
    opened: dict[str, FakeModel], picture: str, reader: FakeReader, capsys: pytest.CaptureFixture[str]
) -> None:
    opened["mini"] = FakeModel()
    opened["mini"].say("<|n1|>입니다.")
    reader.enqueue(a_screen("저장"))
    assert main(["find", "저장", "--image", picture, "--model", "mini", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"boxes": [[10, 0, 16, 20]]}
