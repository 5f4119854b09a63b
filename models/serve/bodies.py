"""Reads a request's body: so many bytes, in so much time; JSON only so deep and with so many values."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from models.serve.limits import Limits
from models.serve.refusals import Refusal

if TYPE_CHECKING:
    from starlette.requests import Request


async def read_body(request: Request, limits: Limits) -> bytes:
    """Errors: Refusal body_too_large, body_slow, body_broken (the client went away)."""
    from starlette.requests import ClientDisconnect

    chunks, size = [], 0
    try:
        async with asyncio.timeout(limits.body_seconds):
            async for chunk in request.stream():
                size += len(chunk)
                if size > limits.body_bytes:
                    raise Refusal("body_too_large", limit_mb=limits.body_bytes >> 20)
                chunks.append(chunk)
    except TimeoutError as error:
        raise Refusal("body_slow") from error
    except ClientDisconnect as error:
        raise Refusal("body_broken") from error
    return b"".join(chunks)


def parse_json(body: bytes, limits: Limits) -> dict[str, Any]:
    """A JSON object. Errors: Refusal body_broken, body_too_complex.

    Values are counted by their commas and brackets before anything is built, so a body of ten million
    numbers costs nothing.
    """
    if sum(body.count(sign) for sign in b",[{:") > limits.json_values:
        raise Refusal("body_too_complex")
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except RecursionError as error:
        raise Refusal("body_too_complex") from error
    except ValueError as error:
        raise Refusal("body_broken") from error
    if not isinstance(value, dict):
        raise Refusal("body_broken")
    _check(value, limits)
    return value


def _check(value: object, limits: Limits) -> None:
    """Depth, and that every text is real Unicode (JSON can smuggle lone surrogates in)."""
    level = [value]
    for _ in range(limits.json_depth):
        texts = [item for item in level if isinstance(item, str)]
        keys = [key for item in level if isinstance(item, dict) for key in item]
        try:
            "".join(texts + keys).encode("utf-8")
        except UnicodeEncodeError as error:
            raise Refusal("body_broken") from error
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return
    raise Refusal("body_too_complex")


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")
