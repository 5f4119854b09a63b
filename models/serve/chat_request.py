"""Reads the body of `/v1/chat/completions`: which picture, which question, which turns before it.

Several user turns about one picture become `Turn`s; a different picture in a later turn replaces it and what
was said about it. System texts are checked and ignored: our prompt says how to answer, and text that came with
a picture is never an instruction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.ports import Turn
from assistant.prompts import CHAT_INSTRUCTION
from models.serve import fields
from models.serve.limits import Limits
from models.serve.pictures import check_picture_url, picture_bytes
from models.serve.refusals import Refusal
from models.serve.screen_readers import DESCRIBE


@dataclass(frozen=True)
class ChatRequest:
    """`model` as asked for (None: whichever is here). Sampling values were checked and have no effect."""

    picture: bytes
    question: str
    earlier: tuple[Turn, ...] = ()
    model: str | None = None
    stream: bool = False
    with_usage: bool = False
    most_tokens: int | None = None
    stops: tuple[str, ...] = ()


def parse_chat(body: Mapping[str, Any], limits: Limits) -> ChatRequest:
    """Errors: `Refusal` with the field it is about."""
    _check_sampling(body)
    model = fields.text(body, "model", 200)
    stops = _stops(body, limits)
    options = body.get("stream_options")
    if options is not None and not isinstance(options, dict):
        raise Refusal("field_wrong", "stream_options")
    most = fields.whole(body, "max_completion_tokens", 1, limits.most_tokens)
    picture, question, earlier = _conversation(body, limits)
    return ChatRequest(
        picture=picture_bytes(picture, "messages"),
        question=question,
        earlier=earlier,
        model=model or None,
        stream=fields.flag(body, "stream"),
        with_usage=fields.flag(options or {}, "include_usage"),
        most_tokens=most or fields.whole(body, "max_tokens", 1, limits.most_tokens),
        stops=stops,
    )


def _check_sampling(body: Mapping[str, Any]) -> None:
    """Answers are greedy. What would change their form is refused, what only seasons them is range-checked."""
    fields.nothing(
        body, "tools", "functions", "logit_bias", "logprobs", "audio", "top_logprobs", "web_search_options"
    )
    fields.whole(body, "n", 1, 1)
    fields.number(body, "temperature", 0, 2)
    fields.number(body, "top_p", 0, 1)
    fields.number(body, "presence_penalty", -2, 2)
    fields.number(body, "frequency_penalty", -2, 2)
    fields.number(body, "repetition_penalty", 0, 10)
    fields.whole(body, "top_k", -1, 1_000_000)
    fields.whole(body, "seed", -(2**63), 2**64 - 1)
    fields.text(body, "user", 500)
    form = body.get("response_format")
    if form is not None and not isinstance(form, dict):
        raise Refusal("field_wrong", "response_format")
    if form and form.get("type") != "text":
        raise Refusal("field_unsupported", "response_format")


def _stops(body: Mapping[str, Any], limits: Limits) -> tuple[str, ...]:
    stop = body.get("stop")
    stops = [stop] if isinstance(stop, str) else stop or []
    if not isinstance(stops, list) or not all(isinstance(one, str) for one in stops):
        raise Refusal("field_wrong", "stop")
    if len(stops) > limits.stops or any(len(one) > 200 for one in stops):
        raise Refusal("field_out_of_range", "stop")
    return tuple(one for one in stops if one)


def _conversation(body: Mapping[str, Any], limits: Limits) -> tuple[str, str, tuple[Turn, ...]]:
    """The picture's data URL, the question, and the turns about the same picture before it."""
    messages = body.get("messages")
    if messages is None:
        raise Refusal("field_missing", "messages")
    if not isinstance(messages, list):
        raise Refusal("field_wrong", "messages")
    if not 1 <= len(messages) <= limits.messages:
        raise Refusal("field_out_of_range", "messages")
    picture: str | None = None
    earlier: list[Turn] = []
    asked: list[str] = []
    role = ""
    for message in messages:
        role, texts, shown = _message(message, limits)
        if role == "user":
            if shown is not None and shown != picture:
                picture = shown
                earlier.clear()
            asked += texts
        elif role == "assistant" and asked:
            earlier.append(Turn(_question(asked), "\n".join(texts)))
            asked = []
    if picture is None:
        raise Refusal("no_picture", "messages")
    if role != "user":
        raise Refusal("question_missing", "messages")
    return picture, _question(asked) or DESCRIBE, tuple(earlier)


def _question(asked: list[str]) -> str:
    """The texts of a turn as one question. Another Nunchi's HTTP engine puts the lines it read before it: we read
    the picture ourselves."""
    question = "\n".join(asked).strip()
    return question.rpartition("\n\n")[2] if question.startswith(CHAT_INSTRUCTION) else question


def _message(message: object, limits: Limits) -> tuple[str, list[str], str | None]:
    """Role, texts and picture of one message."""
    if not isinstance(message, dict):
        raise Refusal("field_wrong", "messages")
    role = message.get("role")
    if role not in ("system", "developer", "user", "assistant"):
        raise Refusal("role_refused", "messages")
    fields.nothing(message, "tool_calls", "function_call")
    content = message.get("content")
    if content is None and role == "assistant":
        content = ""
    if isinstance(content, str):
        content = [{"type": "text", "text": content}]
    if not isinstance(content, list) or len(content) > limits.parts:
        raise Refusal("field_wrong", "messages")
    texts: list[str] = []
    pictures: set[str] = set()
    for part in content:
        _take(part, texts, pictures, limits)
    if pictures and role != "user":
        raise Refusal("role_refused", "messages")
    if len(pictures) > 1:
        raise Refusal("pictures_too_many", "messages")
    return str(role), [text for text in texts if text.strip()], next(iter(pictures), None)


def _take(part: object, texts: list[str], pictures: set[str], limits: Limits) -> None:
    if not isinstance(part, dict):
        raise Refusal("field_wrong", "messages")
    match part.get("type"):
        case "text":
            text = fields.text(part, "text", limits.text_characters)
            if text is None:
                raise Refusal("field_missing", "text")
            texts.append(text)
        case "image_url":
            pictures.add(_picture_url(part.get("image_url")))
        case _:
            raise Refusal("field_unsupported", "messages")


def _picture_url(value: object) -> str:
    """OpenAI's `{"url": …}`, or the bare text that Mistral's clients send."""
    url = value.get("url") if isinstance(value, dict) else value
    if not isinstance(url, str):
        raise Refusal("field_wrong", "image_url")
    check_picture_url(url, "image_url")
    return url
