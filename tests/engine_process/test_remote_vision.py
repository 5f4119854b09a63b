"""A question through the pipe, and what the person has of it when the process, the driver or the device fails under it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.ask import Ports, Question, ask
from assistant.errors import EngineFailed
from assistant.events import Failed, Finished, Pointed, Restarted, Said, Stopped, Usage
from assistant.ports import Afresh, Look, VisionModel
from models.engine_process.compiled import Compiled
from models.engine_process.host import EngineHost, Trouble
from models.engine_process.known import Known
from models.engine_process.patience import FIRST, Patience
from models.engine_process.remote_vision import RemoteVision
from tests.fakes import FakeReader, a_frame, a_screen

WHOLE = "여기에 저장이라고 쓰여 있어요."


@pytest.fixture
def model(hosted, ladder, tmp_path: Path) -> Iterator[Callable[..., RemoteVision]]:
    """A model in a process that follows the plan; `least` seconds are hanging."""

    def make(wanted: str = "AUTO", least: float = 20.0, **plan: object) -> RemoteVision:
        compiled = Compiled(tmp_path / "compiled", stamp=lambda device: "new")
        patience = Patience(dict.fromkeys(FIRST, least), least)
        return RemoteVision(
            hosted(**plan), "scripted", ladder=ladder(wanted), compiled=compiled, patience=patience
        )

    return make


def asked(model: RemoteVision, question: str = "뭐라고 쓰여 있어?") -> list:
    reader = FakeReader()
    reader.enqueue(a_screen("저장", "취소"))
    return list(ask(Question(a_frame(), question), Ports(model=model.open, reader=reader)))


def said(events: list) -> str:
    """What the person reads at the end."""
    text = ""
    for event in events:
        text = "" if isinstance(event, Restarted) else text + event.piece if isinstance(event, Said) else text
    return text


def test_both_sides_are_the_same_ports(model: Callable[..., RemoteVision]) -> None:
    opened = model()
    look = opened.look(a_frame(), a_screen("저장"))
    assert isinstance(opened, VisionModel) and isinstance(look, Look)
    assert (opened.name, opened.engine, opened.style, opened.device) == (
        "scripted",
        "scripted",
        "mini",
        "NPU",
    )
    assert look.timings.encode_ms == 1.0 and look.told("뭐야?") == ()
    assert "".join(look.answer("뭐야?")).startswith("여기에 ") and look.last_answer.tokens == 5
    assert look.last_answer.first_token_ms > 0
    look.close()


def test_a_question_is_answered_and_pointed_at(model: Callable[..., RemoteVision]) -> None:
    events = asked(model())
    assert said(events) == WHOLE == events[-1].answer.text and events[-1].answer.device == "NPU"
    assert any(isinstance(event, Pointed) for event in events)


@pytest.mark.parametrize("token", [0, 2, 5])
@pytest.mark.parametrize("fault", ["segfault", "device_lost"])
def test_an_answer_goes_on_on_the_next_device(
    model: Callable[..., RemoteVision], known: Known, fault: str, token: int
) -> None:
    """What was said stays, nothing is said twice, and one note tells of it."""
    broken = model(fault=fault, devices=("NPU",), token=token)
    events = asked(broken)
    assert isinstance(events[-1], Finished) and said(events) == WHOLE
    assert not any(isinstance(event, Restarted) for event in events)
    assert events[-1].answer.device == broken.device == "GPU"
    assert broken.host.troubles == [Trouble("engine_moved", {"before": "NPU", "device": "GPU"})]
    assert known.of("NPU", "scripted").fault in {"crashed", "engine_failed"}
    assert asked(broken)[-1].answer.device == "GPU" and len(broken.host.troubles) == 1


def test_each_look_gets_its_devices_image_tokens_and_tells_what_it_used(
    model: Callable[..., RemoteVision],
) -> None:
    opened, asked_for = model(), []
    budgets = iter((440, 660))

    def image_tokens(device: str) -> int:
        asked_for.append(device)
        return next(budgets)

    assert opened.look(a_frame(), a_screen("저장")).timings.image_tokens == 0
    opened.image_tokens = image_tokens
    events = asked(opened)
    assert next(e for e in events if isinstance(e, Finished)).answer.usage == Usage(440, 440, 440)
    assert opened.look(a_frame(), a_screen("저장")).timings.image_tokens == 660
    assert asked_for == [opened.device] * 2


def test_it_goes_all_the_way_down(model: Callable[..., RemoteVision]) -> None:
    events = asked(model(fault="segfault", devices=("NPU", "GPU"), token=1))
    assert events[-1].answer.device == "CPU" and said(events) == WHOLE


@pytest.mark.parametrize("fault, code", [("segfault", "engine_crashed"), ("device_lost", "engine_failed")])
def test_where_nothing_works_the_run_fails_with_its_code(
    model: Callable[..., RemoteVision], fault: str, code: str
) -> None:
    broken = model(fault=fault, devices=("*",), token=1)
    events = asked(broken)
    assert isinstance(events[-1], Failed) and events[-1].code == code
    assert len(broken.host.troubles) == 3, "down to the GPU, to the CPU, and once more there"
    assert isinstance(asked(broken)[-1], Failed), "and the next question is told so too"


@pytest.mark.parametrize("stage", ["open", "look", "answer"])
def test_what_hangs_is_ended_and_answered_elsewhere(model: Callable[..., RemoteVision], stage: str) -> None:
    events = asked(model(fault="hang", devices=("NPU",), stage=stage, token=1, least=1.5))
    assert events[-1].answer.device == "GPU" and said(events) == WHOLE


def test_a_compiler_that_fails_costs_only_its_device(model: Callable[..., RemoteVision]) -> None:
    broken = model(fault="compile_error", devices=("NPU",), stage="open")
    assert asked(broken)[-1].answer.device == "GPU" and broken.host.starts == 1


def test_what_an_older_driver_compiled_is_removed(model: Callable[..., RemoteVision], tmp_path: Path) -> None:
    old = tmp_path / "compiled" / "NPU-old" / "graph.blob"
    old.parent.mkdir(parents=True)
    old.write_text("an older driver's")
    broken = model(fault="old_cache", devices=("NPU",))
    assert asked(broken)[-1].answer.device == "NPU" and broken.host.starts == 1
    assert not old.exists() and (tmp_path / "compiled" / "NPU-new" / "graph.blob").is_file()


def test_what_crashes_out_of_the_cache_is_compiled_anew(
    model: Callable[..., RemoteVision], tmp_path: Path
) -> None:
    """The driver did not say that it is another one: the device is tried again without its cache."""
    blob = tmp_path / "compiled" / "NPU-new" / "graph.blob"
    blob.parent.mkdir(parents=True)
    blob.write_text("an older driver's")
    broken = model(fault="old_cache", devices=("NPU",))
    assert asked(broken)[-1].answer.device == "NPU" and broken.host.starts == 2
    assert blob.read_text() == "this driver's"


def test_a_crash_on_the_cpu_is_tried_again_there(model: Callable[..., RemoteVision], tmp_path: Path) -> None:
    broken = model("CPU", fault="segfault", devices=("CPU",), token=3, once=str(tmp_path / "struck"))
    events = asked(broken)
    assert said(events) == WHOLE and events[-1].answer.device == "CPU" and broken.host.starts == 2
    assert broken.host.troubles == [Trouble("engine_restarted")]


def test_a_follow_up_survives_the_end_of_its_process(model: Callable[..., RemoteVision]) -> None:
    """The process ended because nobody asked for a while; the look is made again."""
    opened = model().open()
    look = opened.look(a_frame(), a_screen("저장"))
    assert "".join(look.answer("뭐야?"))
    opened.host.rest()
    assert opened.host.running is None
    assert "".join(look.answer("그럼?")) == "여기에 <|n1|>라고 쓰여 있어요." and opened.host.troubles == []


def test_another_chosen_device_comes_first_and_the_cpu_last(model: Callable[..., RemoteVision]) -> None:
    assert asked(model("GPU"))[-1].answer.device == "GPU"
    assert asked(model("CPU"))[-1].answer.device == "CPU"


def test_stopping_ends_the_run_at_once(model: Callable[..., RemoteVision]) -> None:
    cancel, events = threading.Event(), []
    reader = FakeReader()
    slow = model(pieces=("하나 ", "둘"), pause=5.0)
    run = ask(Question(a_frame(), "뭐야?"), Ports(model=slow.open, reader=reader), cancel=cancel)
    threading.Timer(1.0, cancel.set).start()
    events = list(run)
    assert isinstance(events[-1], Stopped) and slow.host.troubles == []


def test_an_answer_that_comes_out_otherwise_begins_anew() -> None:
    """GIVEN a device that words it differently WHEN it goes on THEN what was said is taken back, once."""
    from models.engine_process.remote_vision import _GoingOn

    going_on = _GoingOn("모두 12")
    told = [going_on.push(piece) for piece in ("모두 ", "13", "개예요.")]
    assert (
        told == ["", "모두 13", "개예요."] and isinstance(told[1], Afresh) and not isinstance(told[2], Afresh)
    )
    assert going_on.said == "모두 13개예요."
    shorter = _GoingOn("모두 12")
    assert shorter.push("모두") == "" and isinstance(shorter.end(), Afresh)
    same = _GoingOn("모두")
    assert same.push("모두 12개") == " 12개" and same.end() == ""


def test_a_model_that_is_not_there_is_told_as_such(hosted, ladder) -> None:
    host: EngineHost = hosted(backend="openvino")
    with pytest.raises(Exception, match="model_unknown"):
        RemoteVision(host, "no-such-model", ladder=ladder("CPU")).open()
    assert host.troubles == [] and host.starts == 1


def test_a_server_is_tried_again_once(hosted, tmp_path: Path) -> None:
    """Without a ladder: one place, and a process that dies is replaced once."""
    host = hosted(fault="segfault", devices=("CPU",), token=1, once=str(tmp_path / "struck"))
    assert asked(RemoteVision(host, "scripted"))[-1].answer.text == WHOLE
    host = hosted(fault="segfault", devices=("CPU",), token=1)
    assert asked(RemoteVision(host, "scripted"))[-1].code == "engine_crashed" and host.starts == 2
    with pytest.raises(EngineFailed):
        "".join(RemoteVision(host, "scripted").look(a_frame(), a_screen("가")).answer("뭐야?"))
