"""Thousands of nearly right requests: never a 5xx, never a hang, always JSON with a code, no memory kept (R7).

`NUNCHI_FUZZ=10000 pytest tests/serve/test_fuzz.py -s` is the run of record; the suite does a twentieth.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.serve.client import Client, events
from tests.serve.shapes import Sent, requests

HOW_MANY = int(os.environ.get("NUNCHI_FUZZ", "500"))
SLOWEST = 5.0
MOST_GROWTH = 20 << 20
"""bytes between a tenth of the requests and the last"""


@contextmanager
def alone(folder: Path) -> Iterator[tuple[Client, int]]:
    """A server in a process of its own: its client and its process id."""
    command = [sys.executable, "-m", "tests.serve.alone", str(folder)]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as started:
        try:
            port, token = started.stdout.readline().split()
            yield Client(int(port), token), started.pid
            assert started.poll() is None, "the server has ended"
        finally:
            started.stdin.close()
            started.wait(20)


def resident(process: int) -> int | None:
    """Bytes of memory a process holds; None where /proc does not say."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return None
    return next(
        int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmRSS:")
    )


def test_nearly_right_requests_never_break_the_server(tmp_path: Path) -> None:
    seen: Counter[int] = Counter()
    slowest, before = 0.0, None

    with alone(tmp_path) as (client, process):

        @settings(
            max_examples=HOW_MANY,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(sent=requests)
        def each(sent: Sent) -> None:
            nonlocal slowest, before
            started = time.perf_counter()
            reply = client.request(sent.method, sent.path, sent.body, sent.headers)
            slowest = max(slowest, time.perf_counter() - started)
            seen[reply.status] += 1
            if seen.total() == HOW_MANY // 10:
                before = resident(process)
            assert reply.status < 500, (reply, sent)
            if reply.status >= 400 and sent.method != "HEAD":
                assert reply.json["error"].keys() == {"message", "type", "param", "code"}
            if reply.headers.get("content-type", "").startswith("text/event-stream"):
                assert events(reply.body)[-1] == "[DONE]"

        each()
        after = resident(process)
        assert client.chat_works()
    growth = None if before is None or after is None else after - before
    print(
        f"\n{seen.total()} requests, by status {dict(sorted(seen.items()))}, slowest {slowest:.2f} s, "
        f"memory {'?' if growth is None else f'{growth / 2**20:+.1f} MiB'}"
    )
    assert seen.total() >= HOW_MANY
    assert {200, 400} <= seen.keys()
    assert slowest < SLOWEST
    if growth is None:
        pytest.skip("memory growth is read from /proc")
    assert growth < MOST_GROWTH
