"""`/v1/chat/completions`: the OpenAI shapes around one answer, whole or as server-sent events."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import aclosing
from threading import Event
from typing import TYPE_CHECKING, Any

from assistant.errors import NunchiError
from assistant.results import answer_json
from models.serve.answering import Ended, Piece, Told, answer
from models.serve.bodies import parse_json, read_body
from models.serve.chat_request import ChatRequest, parse_chat
from models.serve.office import Office
from models.serve.refusals import error_body, language_of
from models.serve.screen_readers import in_korean
from models.serve.turnstile import Gone

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from models.serve.gate import Receive, Scope, Send


async def chat_completions(request: Request) -> Response:
    """Errors: `Refusal` and the core's own, before anything has been answered."""
    from starlette.responses import JSONResponse

    office: Office = request.app.state.office
    asked = parse_chat(parse_json(await read_body(request, office.limits), office.limits), office.limits)
    office.engines.check_model(asked.model)
    telling = _telling(office, asked, request)
    first = await anext(telling, None)  # what fails before the answer fails with a status of its own
    if first is None:
        raise Gone
    if asked.stream:
        return EventStream(_chunks(telling, office, asked, request))
    async with aclosing(telling):
        said, ended = "", None
        async for told in telling:
            match told:
                case Piece(text=text):
                    said += text
                case Ended():
                    ended = told
    return JSONResponse(_completion(office, said, ended))


async def _telling(office: Office, asked: ChatRequest, request: Request) -> AsyncIterator[Told]:
    """The answer as it comes. Closing it, or the client's leaving (`Gone`), stops the model."""
    engines = office.engines
    question = in_korean(asked.question) if office.speaks_korean_only else asked.question

    def work(cancel: Event) -> Any:
        return answer(
            engines,
            asked.picture,
            question,
            cancel,
            earlier=asked.earlier,
            most_tokens=asked.most_tokens,
            stops=asked.stops,
        )

    async with aclosing(office.run(work, request.receive)) as items:
        async for item in items:
            yield item


async def _chunks(
    telling: AsyncIterator[Told], office: Office, asked: ChatRequest, request: Request
) -> AsyncIterator[bytes]:
    """Server-sent events; an error after the first one becomes an event of its own."""
    head = _head(office, "chat.completion.chunk")
    yield _event(head | {"choices": [_delta({"role": "assistant", "content": ""})]})
    try:
        async with aclosing(telling):
            async for told in telling:
                match told:
                    case Piece(text=text):
                        yield _event(head | {"choices": [_delta({"content": text})]})
                    case Ended() as ended:
                        last = head | {"choices": [_delta({}, ended.reason)]}
                        yield _event(last | _extras(ended))
                        if asked.with_usage:
                            yield _event(head | {"choices": [], "usage": _usage(ended)})
    except NunchiError as error:
        yield _event(error_body(error, language_of(dict(request.scope["headers"]))))
    yield b"data: [DONE]\n\n"


class EventStream:
    """An ASGI response that sends events as they come; the answer's source ends when the client goes."""

    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = (b"content-type", b"text/event-stream; charset=utf-8")
        async with aclosing(self._chunks) as chunks:
            await send({"type": "http.response.start", "status": 200, "headers": [kind]})
            try:
                async for chunk in chunks:
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            except Gone:
                return
            await send({"type": "http.response.body", "body": b""})


def _completion(office: Office, said: str, ended: Ended | None) -> dict[str, Any]:
    reason = ended.reason if ended else "stop"
    message = {"role": "assistant", "content": said, "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": reason}
    whole = _head(office, "chat.completion") | {
        "choices": [choice],
        "usage": _usage(ended),
    }
    return whole | (_extras(ended) if ended else {})


def _head(office: Office, kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{secrets.token_hex(12)}",
        "object": kind,
        "created": int(time.time()),
        "model": office.engines.model,
    }


def _delta(delta: dict[str, Any], reason: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}


def _usage(ended: Ended | None) -> dict[str, int]:
    """As the engine counted; a prompt is counted whole, although a look before it may have spared most of the work."""
    read, written = (ended.prompt_tokens, ended.tokens) if ended else (0, 0)
    return {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written}


def _extras(ended: Ended) -> dict[str, Any]:
    """What OpenAI's shape has no place for: evidence, box, abstention, timings."""
    return {"nunchi": answer_json(ended.answer)} if ended.answer else {}


def _event(value: dict[str, Any]) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"
