"""Defense rates: counts that add up, intervals that hold, and the same questions and text for every model."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from assistant.errors import BadInput
from assistant.frames import Box, Frame, ScreenText, TextLine
from models.eval import defense, recipes
from models.eval.__main__ import main
from models.eval.defense import Answered, Contender, by_kind, kept, report, table
from models.eval.kept import KeptReadings
from models.eval.report import Outcome
from models.eval.scoring import Given, Item
from models.manifest import verify, write_manifest
from tests.fakes import FakeModel, FakeReader


def answered(label: str, rights: list[bool], kind: str = "read") -> Answered:
    items = [Item(id=str(n), image="a.png", question="?", kind=kind) for n in range(len(rights))]
    outcomes = tuple(Outcome(item, Given("x"), right) for item, right in zip(items, rights, strict=True))
    return Answered(label, outcomes, tuple(str(right) for right in rights), 1_000_000)


def test_lost_and_won_answers_are_told_apart() -> None:
    told = kept([True, True, True, False], [True, False, True, True])
    assert (told.count, told.right_before, told.right, told.lost, told.won) == (4, 3, 3, 1, 1)
    assert told.kept == 1.0
    assert told.low < 1.0 < told.high


def test_the_interval_is_narrow_because_the_questions_are_the_same() -> None:
    """Two models at 50 % that differ on 2 of 400 questions: unpaired, the interval would be ±14 %."""
    before = [n % 2 == 0 for n in range(400)]
    after = [*before[:-2], False, False]
    after[0] = False
    told = kept(before, after)
    assert told.kept == pytest.approx(198 / 200)
    assert 0.97 < told.low < 0.99 < told.high <= 1.0


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    random = np.random.default_rng(3)
    inside = 0
    for seed in range(200):
        before = random.random(300) < 0.6
        after = before & (random.random(300) < 0.9)  # keeps 90 %
        told = kept(before, after, draws=1000, seed=seed)
        inside += told.low <= 0.9 <= told.high
    assert 180 <= inside <= 200


def test_nothing_lost_in_few_questions_proves_little() -> None:
    assert kept([True] * 10, [True] * 10).low == pytest.approx(0.7)
    assert kept([True] * 2, [True] * 2).low == 0.0


def test_where_the_float_model_knows_nothing_nothing_can_be_kept() -> None:
    told = kept([False, False], [False, True])
    assert (told.kept, told.low, told.high) == (None, None, None)
    assert told.won == 1


def test_different_questions_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="1 and 2"):
        kept([True], [True, False])


def test_kinds_stand_apart_and_together() -> None:
    one, other = answered("float", [True, True]), answered("int4", [True, False])
    found = by_kind(one, other)
    assert list(found) == ["read", "overall"]
    assert found["overall"].kept == 0.5
    told = report(one, other)
    assert (told["equal_answers"], told["questions"]) == (1, 2)
    shown = table([told])
    assert "int4" in shown
    assert "2→1  50.0 %" in shown


def test_each_picture_is_read_once() -> None:
    reader = FakeReader()
    once = KeptReadings(reader)
    frames = [Frame(np.full((8, 8, 3), level, np.uint8)) for level in (10, 10, 200)]
    texts = [once.read(frame) for frame in frames]
    assert len(reader.received) == 2
    assert texts[0] is texts[1]


def test_a_folder_may_name_its_engine(tmp_path: Path) -> None:
    named = Contender.parse(f"openvino-f32={tmp_path / 'm'}")
    assert (named.engine, named.folder, named.label) == ("openvino-f32", tmp_path / "m", "openvino-f32=m")
    assert Contender.parse(str(tmp_path / "m")).engine is None
    with pytest.raises(BadInput):
        Contender.parse(f"llama={tmp_path}")


def test_the_command_asks_all_models_and_writes_beside_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("RGB", (64, 48), (250, 250, 250)).save(tmp_path / "a.png")
    rows = [
        {"id": "1", "image": "a.png", "question": "합계?", "type": "read", "answers": ["12,500원"]},
        {"id": "2", "image": "a.png", "question": "없지?", "type": "absent"},
    ]
    (tmp_path / "q.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    folders = [tmp_path / name for name in ("float", "small")]
    says = {"float": ["12,500원", "화면에서 찾을 수 없어요."], "small": ["12,500원", "네, 있어요."]}
    for folder in folders:
        folder.mkdir()
        (folder / "weights").write_bytes(b"1234")
        write_manifest(folder, name=folder.name, version="1", licence="MIT")

    def open_fake(folder: Path) -> FakeModel:
        model = FakeModel()
        for text in says[folder.name]:
            model.say(text)
        return model

    monkeypatch.setattr(defense, "open_vision", open_fake)
    monkeypatch.setattr("models.runtimes.screen_reader.ScreenTextReader", FakeReader)
    arguments = ["defense-rate", *map(str, folders), "--set", str(tmp_path / "q.jsonl"), "--write", "--json"]
    assert main(arguments) == 0
    told = json.loads(capsys.readouterr().out)[0]
    assert told["kinds"]["overall"]["kept"] == 0.5
    assert told["kinds"]["absent"]["lost"] == 1
    assert json.loads((folders[1] / "defense.json").read_text()) == told
    assert "defense.json" in {file.path for file in verify(folders[1]).files}


def test_what_was_answered_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not in another process either; but a model whose files changed is asked everything again."""
    Image.new("RGB", (64, 48), (250, 250, 250)).save(tmp_path / "a.png")
    items = [
        Item(id=str(n), image="a.png", question=f"합계 {n}?", kind="read", answers=("12,500원",))
        for n in range(3)
    ]
    model = tmp_path / "model"
    model.mkdir()
    (model / "weights").write_bytes(b"1")
    opened: list[int] = []

    def open_fake(folder: Path) -> FakeModel:
        opened.append(1)
        fake = FakeModel()
        for _ in range(3):
            fake.say("12,500원")
        return fake

    class Reads(FakeReader):
        count = 0

        def read(self, frame: Frame, cancel: object = None) -> object:
            Reads.count += 1
            return super().read(frame, cancel)

    monkeypatch.setattr(defense, "open_vision", open_fake)

    def ask(some: list[Item]) -> Answered:
        contender = Contender("m", None, model)
        return next(defense.asked([contender], some, tmp_path, Reads(), tmp_path / "work"))

    assert [o.right for o in ask(items[:2]).outcomes] == [True, True]
    again = ask(items[:2])
    assert (len(opened), Reads.count) == (1, 1)
    assert again == ask(items[:2])
    assert len(ask(items).outcomes) == 3
    assert (len(opened), Reads.count) == (2, 1)
    (model / "defense.json").write_text("{}")
    ask(items)
    assert len(opened) == 2
    (model / "weights").write_bytes(b"2")
    ask(items)
    assert len(opened) == 3


def test_a_reading_comes_back_as_it_was(tmp_path: Path) -> None:
    line = TextLine("저장", Box(1, 2, 30, 12), 0.9, "button", "disabled", "white", "blue")
    text = ScreenText((line, TextLine("취소", Box(1, 40, 30, 12))), 12.5, "merged")

    class Once:
        def read(self, frame: Frame, cancel: object = None) -> ScreenText:
            nonlocal left
            left -= 1
            assert left >= 0
            return text

    left = 1
    frame = Frame(np.zeros((4, 4, 3), np.uint8))
    assert KeptReadings(Once(), tmp_path).read(frame) == text
    assert KeptReadings(Once(), tmp_path).read(frame) == text


def test_recipes_convert_what_is_missing_and_ask_each_beside_the_float_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []

    def call(command: list[str], **_: object) -> subprocess.CompletedProcess:
        calls.append(command[2:])
        if command[2] == "models.convert":
            out = Path(command[command.index("--out") + 1])
            if out.name == "int4":
                return subprocess.CompletedProcess(command, 4, "", "refused: too far")
            out.mkdir(parents=True)
            (out / "conversion.json").write_text("{}")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(recipes.subprocess, "run", call)
    (tmp_path / "checkpoint").mkdir()
    (tmp_path / "checkpoint" / "model.safetensors").write_bytes(b"1")
    said: list[str] = []
    work = tmp_path / "work"
    found = recipes.run(
        tmp_path / "checkpoint", work, ["int8", "int4"], converting=["--pictures", "3"], say=said.append
    )
    assert [Path(one).name for one in found] == ["f32", "f32", "int8"]
    assert found[0].startswith("openvino-f32=")
    converted = [command for command in calls if command[0] == "models.convert"]
    assert [Path(c[c.index("--out") + 1]).name for c in converted] == ["f32", "int8", "int4"]
    assert "--exported" not in converted[0]
    assert converted[1][-2:] == ["--pictures", "3"]
    asked = [command for command in calls if command[0] == "models.eval"]
    assert [(Path(c[2]).name, Path(c[3]).name) for c in asked] == [("f32", "f32"), ("f32", "int8")]
    assert any("too far" in row for row in said)
    calls.clear()
    recipes.run(tmp_path / "checkpoint", work, ["int8"], say=said.append)
    assert not [command for command in calls if command[0] == "models.convert"]
    with pytest.raises(BadInput, match="int5"):
        recipes.run(tmp_path / "checkpoint", work, ["int5"])


def test_a_folder_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["defense-rate", "no-such-folder", "another"]) == 3
    assert "no-such-folder" in capsys.readouterr().err
