"""One engine process: what it is asked arrives, cancels reach it while it is busy, and nothing of it stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import EngineFailed, Stopped
from assistant.frames import ScreenText
from models.engine_process import process as process_module
from models.engine_process import values
from models.engine_process.process import EngineProcess, Gone
from models.machine import processor_seconds
from tests.engine_process.conftest import is_there, wait_until
from tests.fakes import a_frame

Start = Callable[..., EngineProcess]
ROOT = Path(__file__).resolve().parents[2]


def looked(process: EngineProcess) -> int:
    opened = process.call("open_vision", {"name": None, "device": "CPU"})
    text = values.screen_text_told(ScreenText())
    return process.call("look", {"model": opened["model"], "text": text}, frame=a_frame())["look"]


def answering(process: EngineProcess, look: int, **how: object):
    return process.pieces("answer", {"look": look, "question": "뭐야?", "earlier": []}, **how)


def test_an_answer_streams(start: Start) -> None:
    process = start(pieces=("하나 ", "둘 ", "셋"))
    pieces = list(answering(process, looked(process)))
    assert [piece for piece, _ in pieces] == ["하나 ", "둘 ", "셋"] and [n for _, n in pieces] == [1, 2, 3]


def test_a_cancel_reaches_a_busy_process_within_50_ms(start: Start) -> None:
    """The person is free within 50 ms, and so is the process: the next question is answered at once."""
    process = start(pieces=("하나 ", "둘"), pause=5.0)
    look, cancel, ended = looked(process), threading.Event(), []

    def ask() -> None:
        with pytest.raises(Stopped):
            next(answering(process, look, cancel=cancel))
        ended.append(time.monotonic())

    thread = threading.Thread(target=ask)
    thread.start()
    wait_until(lambda: process.busy)
    cancelled = time.monotonic()
    cancel.set()
    thread.join(5.0)
    assert ended[0] - cancelled < 0.05 + 0.2, "0.2 s are the busy machine's"
    wait_until(lambda: not process.owing, 1.0)


def test_a_busy_process_answers_pings(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_module, "PING_SECONDS", 0.05)
    process = start(pieces=("하나",), pause=0.6)
    assert list(answering(process, looked(process))) and process._answered_ping >= 1


def test_a_closed_generator_cancels_the_call(start: Start) -> None:
    process = start(pieces=("하나 ",) * 100, pause=0.05)
    stream = answering(process, looked(process))
    next(stream)
    stream.close()
    assert not process.busy
    wait_until(lambda: not process.owing, 2.0)


def test_a_call_that_had_ended_when_it_was_given_up_owes_nothing(start: Start) -> None:
    """GIVEN its last message has come but was not read WHEN the generator is closed THEN no other one is waited for."""
    process = start(pieces=("하나 ", "둘 ", "셋"))
    stream = answering(process, looked(process))
    next(stream)
    (call,) = process._calls.values()
    wait_until(lambda: call.arrived.qsize() == 3)  # two pieces and the end
    stream.close()
    assert not process.owing


def test_a_crash_is_told_with_its_signal(start: Start) -> None:
    process = start(fault="segfault", devices=("CPU",), token=1)
    stream = answering(process, looked(process))
    assert next(stream)[0]
    with pytest.raises(Gone) as gone:
        list(stream)
    assert gone.value.reason == "crashed" and gone.value.detail == "SIGSEGV"
    assert any("Segmentation fault" in line for line in process.errors)
    assert not process.alive and not is_there(process.pid)


def test_a_process_that_gives_no_sign_is_ended(start: Start) -> None:
    process = start(fault="hang", devices=("CPU",), token=1)
    stream = answering(process, looked(process), between=0.3)
    next(stream)
    with pytest.raises(Gone, match="hung"):
        next(stream)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGSTOP")
def test_a_stopped_process_is_noticed_by_its_missing_pong(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process_module, "PING_SECONDS", 0.05)
    monkeypatch.setattr(process_module, "PONG_SECONDS", 0.3)
    process = start()
    look = looked(process)
    os.kill(process.pid, signal.SIGSTOP)
    with pytest.raises(Gone, match="hung"):
        list(answering(process, look, seconds=60))


def test_errors_of_the_engine_arrive_as_they_are(start: Start) -> None:
    process = start(fault="device_lost", devices=("CPU",))
    with pytest.raises(EngineFailed) as failed:
        list(answering(process, looked(process)))
    assert failed.value.code == "engine_failed" and "DEVICE_LOST" in failed.value.values["reason"]
    assert process.alive


def test_what_is_not_open_is_told_as_such(start: Start) -> None:
    process = start()
    with pytest.raises(Gone, match="closed"):
        list(answering(process, 77))


def test_a_frame_is_sent_once(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    process = start()
    opened, frame, sent = process.call("open_vision", {"name": None, "device": "CPU"}), a_frame(), []
    put = process._memory.put
    monkeypatch.setattr(process._memory, "put", lambda image: sent.append(1) or put(image))
    text = values.screen_text_told(ScreenText())
    for one in (frame, frame, a_frame(), frame):
        process.call("look", {"model": opened["model"], "text": text}, frame=one)
    assert len(sent) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_without_its_parent_it_ends() -> None:
    """A parent that is killed leaves no engine process behind."""
    code = (
        "import sys, time\n"
        "from models.engine_process.process import EngineProcess\n"
        "one = EngineProcess([sys.executable, '-P', '-m', 'models.bench.faulty_engine', '{}'])\n"
        "one.call('open_vision', {'name': None, 'device': 'CPU'})\n"
        "print(one.pid, flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    child = int(parent.stdout.readline())
    assert is_there(child)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_until(lambda: not is_there(child))


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
@pytest.mark.parametrize(
    "says",
    ["printf 'rubbish that is no message'", "printf '\\377\\377\\377\\377\\377\\377\\377\\377'", "exit 3"],
)
def test_a_process_that_tells_nonsense_is_ended(says: str) -> None:
    process = EngineProcess(["sh", "-c", f"{says}; exec sleep 30"])
    with pytest.raises(Gone):
        process.call("warm")
    assert process.wait_ended(5.0) and not is_there(process.pid)


def test_a_program_that_is_not_there_is_an_error() -> None:
    with pytest.raises(EngineFailed, match="engine_load_failed"):
        EngineProcess(["/nothing/here"])


def test_who_computes_does_not_hang_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN ten seconds' patience WHEN it computes THEN it has forty; starved by a busy machine it has two minutes."""
    now = [0.0]
    monkeypatch.setattr(process_module.time, "monotonic", lambda: now[0])
    rates = {"idle": 0.0, "in a loop": 1.0, "starved": 0.1}
    waits = {name: process_module._Wait(10.0, 1.0) for name in rates}
    ended: dict[str, float] = {}
    while len(ended) < 3:
        now[0] += 0.5
        for name, wait in waits.items():
            if name not in ended and wait.is_over(1.0 + rates[name] * now[0]):
                ended[name] = now[0]
    assert ended == {"idle": 10.5, "in a loop": 40.5, "starved": 120.5}


def test_a_hang_that_several_notice_is_told_once(start: Start, caplog: pytest.LogCaptureFixture) -> None:
    process = start()
    process.call("devices")
    with caplog.at_level("WARNING", process_module.__name__):
        threads = [threading.Thread(target=process._hangs, args=("look",)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert process.wait_ended(10.0)
    assert sum("hangs at" in record.message for record in caplog.records) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what a process has computed")
def test_the_processor_time_of_a_process_is_told() -> None:
    before = processor_seconds(os.getpid())
    spent = time.process_time()
    while time.process_time() < spent + 0.3:
        pass
    assert 0.2 < processor_seconds(os.getpid()) - before < 5.0
    assert processor_seconds(2**22 + 1) == 0.0
