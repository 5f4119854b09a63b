"""Fixtures for every test: fake ports, and a check that no test leaves a thread of ours behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.fakes import FakeModel, FakeReader, FakeTranscriber

settings.register_profile("house", deadline=None)  # a busy machine is not a bug
settings.register_profile("long", deadline=None, max_examples=1_000, stateful_step_count=50)
settings.load_profile("house")

ENDING_SECONDS = 5.0
"""a thread that is not waiting for anything ends within, however busy the machine"""


@pytest.fixture
def model() -> FakeModel:
    return FakeModel()


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def transcriber() -> FakeTranscriber:
    return FakeTranscriber()


@pytest.fixture
def no_threads_left() -> Iterator[None]:
    """Fails the test that leaves a thread named nunchi-… alive; those on their way out are waited for."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + ENDING_SECONDS
    for thread in threading.enumerate():
        if thread not in before and thread.name.startswith("nunchi"):
            thread.join(max(0.0, end - time.monotonic()))
    left = [t for t in threading.enumerate() if t not in before and t.name.startswith("nunchi")]
    assert not left, f"threads left behind: {left}"
