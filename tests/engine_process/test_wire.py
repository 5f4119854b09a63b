"""What goes over the pipe arrives as it was, and what is no message is refused."""

from __future__ import annotations

import io
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.engine_process import wire


def written(header: dict, payload: bytes = b"") -> bytes:
    stream = io.BytesIO()
    wire.write(stream, header, payload)
    return stream.getvalue()


@given(
    header=st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.booleans(), st.none())),
    payload=st.binary(max_size=2000),
)
def test_messages_come_as_they_went(header: dict, payload: bytes) -> None:
    stream = io.BytesIO(written(header, payload) + written({"next": 1}))
    told, carried = wire.read(stream)
    assert carried == payload and told == json.loads(json.dumps(header))
    assert wire.read(stream) == ({"next": 1}, b"") and wire.read(stream) is None


@given(st.binary(min_size=1, max_size=200))
def test_what_is_no_message_is_refused(noise: bytes) -> None:
    try:
        told = wire.read(io.BytesIO(noise))
    except wire.BadMessage:
        return
    assert isinstance(told[0], dict)


@pytest.mark.parametrize(
    "sent",
    [
        written({"a": "b"})[:-1],
        struct.pack(">II", wire.LONGEST_HEADER + 1, 0),
        struct.pack(">II", 2, wire.LONGEST_PAYLOAD + 1) + b"{}",
        struct.pack(">II", 2, 0) + b"[]",
        struct.pack(">II", 5, 0) + b'{"a":',
        struct.pack(">II", 9, 0) + b'{"a":NaN}',
        struct.pack(">II", 120_000, 0) + b"[" * 120_000,
        struct.pack(">II", 3, 0) + b"\xff\xfe{",
    ],
    ids=["cut", "long header", "long payload", "a list", "cut JSON", "NaN", "nested", "no UTF-8"],
)
def test_hostile_messages_are_refused(sent: bytes) -> None:
    with pytest.raises(wire.BadMessage):
        wire.read(io.BytesIO(sent))


def test_a_message_that_is_too_long_is_not_sent() -> None:
    with pytest.raises(ValueError):
        wire.packed({"text": "가" * wire.LONGEST_HEADER})
