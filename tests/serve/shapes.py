"""Requests that are nearly right: valid ones with values, types, sizes, names and bytes put wrong (for Hypothesis)."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.serve.client import data_url, user
from tests.serve.standins import png, wav

PATHS = [
    "/v1/chat/completions", "/v1/screen/read", "/v1/screen/find", "/v1/screen/describe", "/v1/audio/transcriptions",
]  # fmt: skip
OTHER_PATHS = [
    "/",
    "/health",
    "/v1/models",
    "/v1/models/x",
    "/v1/completions",
    "/v1//chat/completions",
    "/%00",
    "/v1/chat",
]
NUMBERS = [0, -1, 1, 2, 1e-9, 1e308, -1e308, 2**31, 2**63, 2**64, -(2**63) - 1, 10**30, 0.5, 4096, 4097, 2.0]
KEYS = [
    "model", "messages", "stream", "stream_options", "temperature", "top_p", "top_k", "n", "max_tokens", "stop", "seed",
    "max_completion_tokens", "presence_penalty", "frequency_penalty", "repetition_penalty", "user", "response_format",
    "tools", "tool_choice", "logprobs", "logit_bias", "n_discard", "image", "what", "role", "content", "type", "text",
    "image_url", "url", "detail", "name", "include_usage", "session_id", "ignore_eos",
]  # fmt: skip
WORDS = ["", "user", "assistant", "system", "tool", "text", "image_url", "저장 어디 있어?", "nunchi-mini", "?", "\u0000",
         "가" * 2100, "\u202e", "\U0001f600", "data:image/png;base64,", data_url(png()), "<|im_end|>", "e\u0301"]  # fmt: skip

leaves = st.one_of(
    st.none(), st.booleans(), st.sampled_from(NUMBERS), st.integers(), st.floats(allow_nan=True), st.sampled_from(WORDS),
    st.text(max_size=40),
)  # fmt: skip
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)


@dataclass
class Sent:
    method: str
    path: str
    body: bytes | None
    headers: dict[str, str] = field(default_factory=dict)


def good_body(path: str) -> dict[str, Any]:
    if path == PATHS[0]:
        return {
            "model": "nunchi-mini",
            "messages": [
                {"role": "system", "content": "짧게"},
                user("뭐라고 써 있어?", png()),
                {"role": "assistant", "content": "저장"},
                user("어디 있어?", png()),
            ],
            "temperature": 0.7,
            "max_tokens": 50,
            "stream": False,
        }
    return {"image": data_url(png()), "what": "저장"}


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything inside a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at] * bool(at) + [place for key, item in inner for place in places(item, (*at, key))]


@st.composite
def json_requests(draw: st.DrawFn) -> Sent:
    """A good body with up to three places replaced, removed or added to."""
    path = draw(st.sampled_from(PATHS[:4]))
    body = copy.deepcopy(good_body(path))
    for _ in range(draw(st.integers(0, 3))):
        where = places(body)
        if not where:
            break
        place = draw(st.sampled_from(where))
        target: Any = body
        for step in place[:-1]:
            target = target[step]
        match draw(st.sampled_from(["replace", "remove", "add"])):
            case "replace":
                target[place[-1]] = draw(values)
            case "remove":
                del target[place[-1]]
            case "add" if isinstance(target, dict):
                target[draw(st.sampled_from(KEYS))] = draw(values)
            case "add":
                target.append(draw(values))
    if draw(st.booleans()) and path == PATHS[0]:
        body["stream"] = True
    return Sent("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})


@st.composite
def broken_bytes(draw: st.DrawFn) -> Sent:
    """A good body cut, flipped or grown at any byte, under any content type that is accepted somewhere."""
    path = draw(st.sampled_from(PATHS))
    raw = bytearray(form_body() if path == PATHS[4] else json.dumps(good_body(path)).encode())
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(raw) - 1)))
        match draw(st.sampled_from(["cut", "flip", "grow"])):
            case "cut":
                del raw[at : at + draw(st.integers(1, 200))]
            case "flip" if raw:
                raw[at] ^= draw(st.integers(1, 255))
            case _:
                raw[at:at] = draw(st.binary(max_size=20))
    kinds = ["application/json", "multipart/form-data; boundary=B", "image/png", "image/gif", "text/plain"]
    fitting = kinds[1] if path == PATHS[4] else kinds[0]
    kind = draw(st.sampled_from([fitting, fitting, fitting, *kinds]))
    return Sent("POST", path, bytes(raw), {"Content-Type": kind})


@st.composite
def odd_heads(draw: st.DrawFn) -> Sent:
    """Odd methods, paths, queries and header values."""
    visible = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30)
    method = draw(st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "FOO"]))
    path = draw(st.sampled_from(PATHS + OTHER_PATHS)) + draw(
        st.sampled_from(["", "?", "?what=%ff%fe", "?what=저장"])
    )
    headers = {
        draw(
            st.sampled_from(
                ["Accept", "Content-Type", "Accept-Language", "Origin", "Authorization", "X", "Range"]
            )
        ): draw(visible)
    }
    body = draw(st.binary(max_size=200)) if method in ("POST", "PUT", "PATCH") else None
    return Sent(
        method,
        path.encode("utf-8").decode("latin-1") if path.isascii() else path.split("?")[0],
        body,
        headers,
    )


def form_body() -> bytes:
    head = b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'
    tail = b'\r\n--B\r\nContent-Disposition: form-data; name="language"\r\n\r\nko\r\n--B--\r\n'
    return head + wav(0.1) + tail


requests = st.one_of(json_requests(), json_requests(), broken_bytes(), odd_heads())
