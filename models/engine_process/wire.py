"""Messages over a pipe: a JSON header and raw bytes. Never pickle: the other side may run code of model makers.

    4 bytes: length of the header; 4 bytes: length of the payload (both big-endian); header in UTF-8; payload

Knows nothing about what messages mean.
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

LENGTHS = struct.Struct(">II")
LONGEST_HEADER = 4 << 20
"""1,500 lines of a screen take some 300 KB"""
LONGEST_PAYLOAD = 64 << 20
"""a quarter of an hour of sound"""


class BadMessage(Exception):
    """The other side sent something that is no message; it is not to be listened to any more."""


def packed(header: dict[str, Any], payload: bytes | memoryview = b"") -> list[bytes | memoryview]:
    """The parts to be written one after the other. Errors: `ValueError` for what is too long or no JSON."""
    told = json.dumps(header, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode(
        errors="replace"
    )
    size = memoryview(payload).nbytes
    if len(told) > LONGEST_HEADER or size > LONGEST_PAYLOAD:
        raise ValueError("a message is too long")
    return [LENGTHS.pack(len(told), size) + told, *([payload] if size else [])]


def write(stream: BinaryIO, header: dict[str, Any], payload: bytes | memoryview = b"") -> None:
    """Errors: `OSError` when nobody reads any more, `ValueError`."""
    for part in packed(header, payload):
        stream.write(part)
    stream.flush()


def read(
    stream: BinaryIO, longest_header: int = LONGEST_HEADER, longest_payload: int = LONGEST_PAYLOAD
) -> tuple[dict[str, Any], bytes] | None:
    """The next message; None where the other side has ended between two. Errors: `BadMessage`, `OSError`."""
    start = stream.read(LENGTHS.size)
    if not start:
        return None
    header_size, size = LENGTHS.unpack(_whole(start, LENGTHS.size))
    if header_size > longest_header or size > longest_payload:
        raise BadMessage(f"a message of {header_size} and {size} bytes")
    told = _whole(stream.read(header_size), header_size)
    payload = _whole(stream.read(size), size) if size else b""
    try:
        header = json.loads(told, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BadMessage("a header that is no JSON") from error
    if not isinstance(header, dict):
        raise BadMessage("a header that is no object")
    return header, payload


def _whole(part: bytes | None, size: int) -> bytes:
    if part is None or len(part) < size:
        raise BadMessage("a message broke off")
    return part


def _no_number(name: str) -> float:
    raise ValueError(name)
