"""One process at a time: started when needed, ended when idle, replaced when it died."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from assistant.errors import EngineFailed
from models.engine_process.host import EngineHost
from tests.engine_process.conftest import is_there, wait_until

Hosted = Callable[..., EngineHost]


def opened(host: EngineHost) -> int:
    return host.process().call("open_transcriber", {"name": None})["transcriber"]


def test_nothing_runs_before_it_is_needed(hosted: Hosted) -> None:
    host = hosted()
    assert host.running is None and host.starts == 0


def test_a_key_press_wakes_it(hosted: Hosted) -> None:
    host = hosted()
    host.wake()
    wait_until(lambda: host.running is not None)
    assert opened(host) and host.starts == 1


def test_many_callers_share_one_process(hosted: Hosted) -> None:
    host, found = hosted(), []
    threads = [threading.Thread(target=lambda: found.append(host.process())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, found))) == 1 and host.starts == 1


def test_an_idle_process_ends_and_the_next_question_starts_another(hosted: Hosted) -> None:
    host = hosted(idle=0.2)
    process = host.process()
    opened(host)
    assert process.wait_ended(10.0) and not is_there(process.pid) and process._reason == "closed"
    assert opened(host) and host.starts == 2


def test_a_busy_process_is_not_idle(hosted: Hosted) -> None:
    host = hosted(idle=0.2, pieces=("하나",), pause=1.0)
    process = host.process()
    model = process.call("open_vision", {"name": None, "device": "CPU"})["model"]
    from assistant.frames import ScreenText
    from models.engine_process import values
    from tests.fakes import a_frame

    text = values.screen_text_told(ScreenText())
    look = process.call("look", {"model": model, "text": text}, frame=a_frame())["look"]
    assert len(list(process.pieces("answer", {"look": look, "question": "뭐야?", "earlier": []}))) == 1


def test_zero_keeps_it(hosted: Hosted) -> None:
    host = hosted(idle=0.0)
    opened(host)
    assert not host.process().wait_ended(0.3)


def test_a_dead_process_is_replaced(hosted: Hosted) -> None:
    host = hosted()
    first = host.process()
    opened(host)
    first.end("crashed")
    assert host.process() is not first and opened(host)


def test_a_closed_host_starts_nothing(hosted: Hosted) -> None:
    host = hosted()
    process = host.process()
    host.close()
    assert process.wait_ended(5.0)
    with pytest.raises(EngineFailed, match="engine_closed"):
        host.process()
    host.wake()  # says nothing
