"""Code published with a model runs only with consent, from the person's models folder, byte for byte as listed."""

from __future__ import annotations

import json
import py_compile
import sys
import threading
from pathlib import Path

import pytest

from assistant.errors import BadInput, EngineFailed, ModelMissing
from assistant.frames import Box, ScreenText
from assistant.ports import Look, Pointing, VisionModel
from models.catalogue import open_vision
from models.manifest import NAME
from models.runtimes.published_code import loaded_modules, published_class
from tests.models.published import install, moondream
from tests.models.tiny import lines, noise

pytest.importorskip("torch", reason="the reference engine needs the extra `torch`")
pytest.importorskip("transformers", reason="the reference engine needs the extra `torch`")

AUTO = "AutoModelForCausalLM"


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NUNCHI_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "models"


def code_of(call: object, *arguments: object) -> str:
    with pytest.raises((BadInput, ModelMissing, EngineFailed)) as caught:
        call(*arguments)
    return caught.value.code


def mark(folder: Path, name: str = "moondream.py") -> Path:
    """Make a file of the code leave a mark when it runs, and list it so."""
    path = folder / name
    path.write_text(f"open({str(folder / 'ran')!r}, 'w').close()\n" + path.read_text())
    return folder / "ran"


# consent


def test_without_consent_nothing_runs(models: Path) -> None:
    folder = moondream(models, consent=False)
    ran = mark(folder)
    install(folder, consent=False)
    assert code_of(published_class, folder, AUTO) == "code_not_allowed"
    assert code_of(open_vision, "moondream2", "transformers") == "code_not_allowed"
    assert not ran.exists()


def test_consent_without_a_recorded_commit_is_none(models: Path) -> None:
    folder = moondream(models)
    install(folder, revision="")
    assert code_of(published_class, folder, AUTO) == "code_not_allowed"


def test_a_folder_from_elsewhere_cannot_bring_its_own_consent(models: Path, tmp_path: Path) -> None:
    folder = moondream(tmp_path / "usb")
    ran = mark(folder)
    install(folder)
    assert code_of(published_class, folder, AUTO) == "code_not_allowed"
    assert code_of(open_vision, folder, "transformers") == "code_not_allowed"
    assert not ran.exists()


def test_consent_written_in_afterwards_is_seen(models: Path) -> None:
    folder = moondream(models, consent=False)
    origin = (folder / "origin.json").read_text()
    (folder / "origin.json").write_text(origin.replace('"code": false', '"code": true'))
    assert code_of(published_class, folder, AUTO) == "model_file_altered"


def test_consent_that_the_manifest_does_not_list_does_not_count(models: Path) -> None:
    folder = moondream(models)
    told = json.loads((folder / NAME).read_text())
    told["files"] = [file for file in told["files"] if file["path"] != "origin.json"]
    (folder / NAME).write_text(json.dumps(told))
    assert code_of(published_class, folder, AUTO) == "code_not_allowed"


# only what the manifest lists


@pytest.mark.parametrize("name", ["hf_moondream.py", "moondream.py"])
def test_an_altered_file_does_not_run(models: Path, name: str) -> None:
    folder = moondream(models)
    ran = mark(folder, name)
    assert code_of(published_class, folder, AUTO) == "model_file_altered"
    assert not ran.exists()


def test_a_file_that_is_not_listed_is_not_found(models: Path) -> None:
    folder = moondream(models)
    (folder / "hf_moondream.py").write_text("from .more import x\n")
    install(folder)
    (folder / "more.py").write_text(f"open({str(folder / 'ran')!r}, 'w').close()\nx = 1\n")
    assert code_of(published_class, folder, AUTO) == "engine_load_failed"
    assert not (folder / "ran").exists()


def test_a_compiled_file_beside_the_code_is_not_run(models: Path) -> None:
    folder = moondream(models)
    evil = folder / "evil.py"
    evil.write_text(f"open({str(folder / 'ran')!r}, 'w').close()\nInner = None\n")
    cache = folder / "__pycache__" / f"moondream.{sys.implementation.cache_tag}.pyc"
    cache.parent.mkdir()
    py_compile.compile(str(evil), str(cache), invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
    evil.unlink()
    assert published_class(folder, AUTO).__name__ == "HfMoondream"
    assert not (folder / "ran").exists()
    assert [path.name for path in cache.parent.iterdir()] == [cache.name]  # and none is written


def test_a_class_of_another_repository_is_refused(models: Path) -> None:
    folder = moondream(models)
    config = json.loads((folder / "config.json").read_text())
    config["auto_map"][AUTO] = "other/repo--hf_moondream.HfMoondream"
    (folder / "config.json").write_text(json.dumps(config))
    install(folder)
    assert code_of(published_class, folder, AUTO) == "model_unsupported"
    assert code_of(published_class, folder, "AutoNothing") == "model_unsupported"


def test_code_that_fails_is_quoted(models: Path) -> None:
    folder = moondream(models)
    (folder / "moondream.py").write_text("raise OSError('no such wheel')\n")
    install(folder)
    with pytest.raises(EngineFailed, match="no such wheel"):
        published_class(folder, AUTO)


def test_two_models_do_not_share_modules_and_a_new_version_is_seen(models: Path) -> None:
    one, other = moondream(models, "one"), moondream(models, "other")
    assert published_class(one, AUTO) is published_class(one, AUTO)
    assert published_class(one, AUTO) is not published_class(other, AUTO)
    before = published_class(one, AUTO)
    (one / "moondream.py").write_text((one / "moondream.py").read_text() + "\n# newer\n")
    install(one)
    assert published_class(one, AUTO) is not before
    assert len(loaded_modules(one)) == 2


def test_the_code_stays_out_of_other_peoples_imports(models: Path) -> None:
    published_class(moondream(models), AUTO)
    assert "hf_moondream" not in sys.modules
    assert "moondream" not in sys.modules


# Moondream's methods


@pytest.fixture
def model(models: Path) -> VisionModel:
    moondream(models)
    return open_vision("moondream2", "transformers")


def test_its_weights_and_the_folders_own_tokenizer_are_used(model: VisionModel) -> None:
    """The stand-in's constructor asks the network for a tokenizer, as the published one does; it gets the folder's."""
    look = model.look(noise(200, 100), ScreenText())
    assert isinstance(model, VisionModel)
    assert isinstance(look, Look)
    assert isinstance(look, Pointing)
    assert "".join(look.answer("What is this?")) == "picture 200x100 8 True"
    assert look.last_answer.tokens > 0
    assert look.timings.encode_ms > 0


def test_it_describes_finds_points_and_follows_a_gaze(model: VisionModel) -> None:
    look = model.look(noise(200, 100), ScreenText())
    assert "".join(look.describe("short")).startswith("picture")
    assert look.find("button") == (Box(50, 50, 50, 50),)  # 1.2 of the height is cut at the edge
    assert look.find("nothing") == ()
    assert look.point("button") == ((100, 25),)
    assert look.gaze((50, 20)) == (50, 50)
    assert look.gaze((199, 20)) is None


def test_as_many_lines_as_fit_stand_before_the_question(model: VisionModel) -> None:
    look = model.look(noise(200, 100), lines(250))
    asked = look._with_lines("뭐예요?")
    assert asked.endswith("뭐예요?")
    assert "[1] 저장" in asked
    assert "[250]" not in asked
    assert len(model.tokenizer.encode(asked).ids) < 2048 - 730 - model.most_tokens
    assert model.look(noise(200, 100), ScreenText())._with_lines("뭐예요?") == "뭐예요?"


def test_a_cancelled_answer_stops_and_closed_looks_say_so(model: VisionModel) -> None:
    look = model.look(noise(200, 100), ScreenText())
    cancel = threading.Event()
    said = []
    for piece in look.answer("?", cancel=cancel):
        said.append(piece)
        cancel.set()
    assert said == ["picture "]
    look.close()
    assert code_of(lambda: list(look.answer("?"))) == "engine_closed"
    model.close()
    assert code_of(model.look, noise(20, 20), ScreenText()) == "engine_closed"


def test_a_missing_answer_is_an_error_not_a_crash(model: VisionModel) -> None:
    look = model.look(noise(200, 100), ScreenText())
    model.published.point = lambda *_: {"elsewhere": 1}
    model.published.detect = lambda *_: 1 / 0
    assert code_of(look.point, "x") == "engine_failed"
    assert code_of(look.find, "x") == "engine_failed"
