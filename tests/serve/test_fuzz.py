"""Thousands of nearly right requests: never a 5xx, never a hang, always JSON with a code (R7).

`NUNCHI_FUZZ=10000 pytest tests/serve/test_fuzz.py -s` is the run of record; the suite does a tenth.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from typing import Any

from hypothesis import HealthCheck, given, settings

from tests.serve.client import Client, events
from tests.serve.shapes import Sent, requests
from tests.serve.standins import ScriptedModel

HOW_MANY = int(os.environ.get("NUNCHI_FUZZ", "1000"))
SLOWEST = 5.0


def test_nearly_right_requests_never_break_the_server(
    client: Client, server: Any, model: ScriptedModel
) -> None:
    seen: Counter[int] = Counter()
    slowest = 0.0

    @settings(
        max_examples=HOW_MANY,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(sent=requests)
    def each(sent: Sent) -> None:
        nonlocal slowest
        started = time.perf_counter()
        reply = client.request(sent.method, sent.path, sent.body, sent.headers)
        slowest = max(slowest, time.perf_counter() - started)
        seen[reply.status] += 1
        assert reply.status < 500, (reply, sent)
        if reply.status >= 400 and sent.method != "HEAD":
            assert reply.json["error"].keys() == {"message", "type", "param", "code"}
        if reply.headers.get("content-type", "").startswith("text/event-stream"):
            assert events(reply.body)[-1] == "[DONE]"

    each()
    print(f"\n{sum(seen.values())} requests, by status {dict(seen)}, slowest {slowest:.2f} s")
    assert sum(seen.values()) >= HOW_MANY
    assert {200, 400} <= seen.keys()
    assert slowest < SLOWEST
    assert server.office.turnstile.free
    assert client.chat_works()
