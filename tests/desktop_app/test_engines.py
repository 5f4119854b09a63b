"""The models of the tray program live in the engine process, and the tray loads none of what runs them."""

from __future__ import annotations

import ast
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.errors import Stopped
from models.catalogue import DATA_VARIABLE
from models.engine_process.host import EngineHost, Trouble
from models.engine_process.known import Known, Probed
from models.engine_process.progress import Progress
from models.manifest import write_manifest
from tests.test_imports import loaded_after

ROOT = Path(__file__).resolve().parents[2]
MODEL = "nunchi-mini"


@pytest.fixture
def engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable]:
    """Engines on a machine that lists three devices; `probing` tells what is tried."""
    from desktop import engines as module
    from models import machine

    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    monkeypatch.setattr(machine, "devices", lambda: ("CPU", "GPU", "NPU"))
    made: list[module.Engines] = []

    def make(probing: Callable[..., object]) -> module.Engines:
        made.append(module.Engines(lambda: 0.0, EngineHost(), probing))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_what_nobody_tried_is_tried_after_an_answer_and_a_quicker_one_is_told(engines: Callable) -> None:
    tried: list[str] = []
    times = {"GPU": 100.0, "NPU": 50.0, "CPU": 900.0}
    done = threading.Event()

    def probing(model: str, device: str, known, compiled, **_how: object) -> None:
        tried.append(device)
        known.keep(device, model, Probed(look_ms=times[device]))

    one, told = engines(probing), []
    one.told(lambda trouble: (told.append(trouble), done.set()))
    vision = one.vision(MODEL, "AUTO")
    assert vision.ladder.devices() == ("CPU",)
    one.try_devices()
    assert done.wait(10.0)
    assert tried == ["GPU", "NPU", "CPU"] and told == [Trouble("engine_found", {"device": "NPU"})]
    assert vision.ladder.devices() == ("NPU", "GPU", "CPU")
    one.try_devices()
    assert (
        not [t for t in threading.enumerate() if t.name == "nunchi-probing" and t.join(5.0)]
        and len(tried) == 3
    )


def test_forms_of_one_speech_model_are_timed_once_behind_the_questions(
    engines: Callable, tmp_path: Path
) -> None:
    one, done = engines(lambda *_, **__: None), threading.Event()
    timed: list[str] = []
    one.try_transcribers()  # one form: nothing to choose
    for name, file in (
        ("whisper-small", "model.bin"),
        ("whisper-small-openvino", "openvino_encoder_model.xml"),
    ):
        made = tmp_path / "models" / name
        made.mkdir(parents=True)
        (made / file).write_bytes(b"weights")
        write_manifest(made, name=name, version="1", licence="MIT")

    def timing(name: str, known: Known, *, cancel: object) -> None:
        timed.append(name)
        known.keep("CPU", name, Probed(first_token_ms=100.0 * len(name)))
        if len(timed) == 2:
            done.set()

    one._timing = timing
    one.try_transcribers()
    assert done.wait(10.0) and sorted(timed) == ["whisper-small", "whisper-small-openvino"]
    for thread in threading.enumerate():
        if thread.name == "nunchi-probing":
            thread.join(5.0)
    one.try_transcribers()
    assert len(timed) == 2


def test_how_far_a_device_is_is_told_and_the_person_may_give_it_up(engines: Callable) -> None:
    told: list[Progress | None] = []
    compiling, over = threading.Event(), threading.Event()

    def probing(model: str, device: str, known, compiled, *, cancel, progress) -> None:
        progress("open", 0, 0)
        progress("compile", 0, 2)
        progress("compile", 1, 2)
        compiling.set()
        assert cancel.wait(10.0)
        raise Stopped

    one = engines(probing)
    one.trying = lambda now: (told.append(now), over.set() if now is None else None)
    one.told(lambda trouble: pytest.fail("nothing came of it"))
    one.vision(MODEL, "AUTO")
    one.try_devices()
    assert compiling.wait(10.0)
    one.cancel_trying()
    assert over.wait(10.0)
    steps = [(now.device, now.step, now.steps) for now in told if now is not None]
    assert steps == [("GPU", 1, 0), ("GPU", 1, 0), ("GPU", 2, 5), ("GPU", 3, 5)] and told[-1] is None
    for thread in threading.enumerate():
        if thread.name == "nunchi-probing":
            thread.join(5.0)
    compiling.clear()
    one.try_devices()
    assert not compiling.wait(0.2)  # not again before the next start


def test_a_device_that_was_made_ready_for_nothing_is_said_once(engines: Callable) -> None:
    told, done = [], threading.Event()
    outcome = {"GPU": Probed(fault="crashed"), "NPU": Probed(look_ms=9000.0), "CPU": Probed(look_ms=100.0)}
    one = engines(lambda model, device, known, *_, **__: known.keep(device, model, outcome[device]))
    one.told(lambda trouble: (told.append(trouble), done.set()))
    one.vision(MODEL, "AUTO")
    one.try_devices()
    assert done.wait(10.0) and told == [Trouble("engine_unfit", {"device": "GPU", "before": "CPU"})]


def test_nothing_is_tried_where_the_person_wants_the_cpu(engines: Callable) -> None:
    one = engines(lambda *_, **__: pytest.fail("something was tried"))
    one.try_devices()
    assert one.vision(MODEL, "CPU").ladder.devices() == ("CPU",)
    one.try_devices()
    assert not [t for t in threading.enumerate() if t.name == "nunchi-probing"]


def test_a_model_that_was_deleted_elsewhere_gives_way(engines: Callable) -> None:
    assert engines(lambda *_: None).vision("gone", "AUTO").name == MODEL


def test_nothing_runs_before_somebody_asks(engines: Callable) -> None:
    one = engines(lambda *_: None)
    one.vision("", "AUTO"), one.transcriber("")
    assert one.host.running is None


def test_the_tray_loads_nothing_that_runs_models() -> None:
    """Code of model makers is thus loaded in the engine process only."""
    pytest.importorskip("PySide6.QtWidgets", exc_type=ImportError)
    loaded = loaded_after("import desktop.app, desktop.parts, desktop.engines")
    heavy = {"openvino", "onnxruntime", "torch", "faster_whisper", "tokenizers"} & loaded
    assert not heavy and not {name for name in loaded if name.startswith("models.runtimes.")}


def test_no_window_opens_a_model_in_its_own_process() -> None:
    found = []
    for path in (ROOT / "desktop").glob("**/*.py"):
        if path.parent.name in ("command", "bench"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.ImportFrom | ast.Import) else []
            found += [f"{path.name}: {name}" for name in names if name in ("open_vision", "open_transcriber")]
    assert not found
