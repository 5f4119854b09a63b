"""Reads what chat servers stream: server-sent events with pieces of an answer, in the variants they really send."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from assistant.errors import EngineFailed
from assistant.prompts import plain

DONE = "[DONE]"
LONGEST_REASON = 200


class Thinking:
    """Takes `<think>…</think>` off the beginning of an answer, for servers that leave a model's thoughts in it."""

    OPEN, CLOSE = "<think>", "</think>"

    def __init__(self) -> None:
        self._held = ""
        self._state = "beginning"

    def push(self, piece: str) -> str:
        """What is known to be answer by now."""
        if self._state == "answer":
            return piece
        self._held += piece
        if self._state == "beginning":
            begun = self._held.lstrip()
            if begun.startswith(self.OPEN):
                self._state, self._held = "thinking", begun[len(self.OPEN) :]
            elif not self.OPEN.startswith(begun):
                return self._answer(self._held)
        if self._state == "thinking" and self.CLOSE in self._held:
            self._state, self._held = "after", self._held.partition(self.CLOSE)[2]
        if self._state == "after" and self._held.strip():
            return self._answer(self._held.lstrip())
        return ""

    def rest(self) -> str:
        """What was held back and turned out to be answer; an unfinished thought is none."""
        return self._held if self._state == "beginning" else ""

    def _answer(self, text: str) -> str:
        self._state, self._held = "answer", ""
        return text


class ChatStream:
    """Pieces of one answer. After the last: `tokens` as the server counted them, else as the pieces came.

    A server that just closes the connection has not finished: an answer ends with a finish reason or [DONE].
    """

    def __init__(self, server: str) -> None:
        self.tokens = 0
        self.prompt_tokens = 0
        self.finish_reason: str | None = None
        self._server = server
        self._counted = False
        self._done = False

    def pieces(self, lines: Iterable[bytes]) -> Iterator[str]:
        """From the lines of a text/event-stream. Errors: EngineFailed server_error, server_broke_off."""
        thinking = Thinking()
        for event in _events(lines):
            if event == DONE:
                self._done = True
                break
            if piece := thinking.push(self._piece(self._parsed(event))):
                yield piece
        if rest := thinking.rest():
            yield rest
        if not self._done and self.finish_reason is None:
            raise EngineFailed("server_broke_off", server=self._server)

    def whole(self, body: bytes) -> str:
        """From a reply that came in one piece, although a stream was asked for."""
        value = self._parsed(body.decode("utf-8", "replace"))
        self._done = True
        text = self._piece(value, key="message")
        if self.finish_reason is None and not text:
            raise self._failed("no answer in the reply")
        thinking = Thinking()
        return thinking.push(text) + thinking.rest()

    def _piece(self, value: dict[str, Any], key: str = "delta") -> str:
        usage = value.get("usage")
        if isinstance(usage, dict):
            self._take_usage(usage)
        choices = value.get("choices")
        choice = choices[0] if isinstance(choices, list) and choices else None
        if not isinstance(choice, dict):
            return ""
        self.finish_reason = choice.get("finish_reason") or self.finish_reason
        message = choice.get(key)
        text = message.get("content") if isinstance(message, dict) else None
        if not isinstance(text, str) or not text:
            return ""
        self.tokens += not self._counted
        return text

    def _take_usage(self, usage: dict[str, Any]) -> None:
        written, read = usage.get("completion_tokens"), usage.get("prompt_tokens")
        if type(written) is int and written > 0:
            self.tokens, self._counted = written, True
        if type(read) is int and read > 0:
            self.prompt_tokens = read

    def _parsed(self, text: str) -> dict[str, Any]:
        """An event's object. Errors: EngineFailed where it is none, or speaks of an error."""
        try:
            value = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise self._failed("not JSON") from error
        if not isinstance(value, dict):
            raise self._failed("not a JSON object")
        if reason := error_reason(value):
            raise self._failed(reason)
        return value

    def _failed(self, reason: str) -> EngineFailed:
        return EngineFailed("server_error", server=self._server, reason=reason)


def error_reason(value: object) -> str:
    """What an error object says, as short plain text; empty where `value` is none.

    OpenAI's `{"error": {"message"}}`, the bare text of some, FastAPI's `detail`, LMDeploy's `error_code` and `text`.
    """
    if not isinstance(value, dict):
        return ""
    error = value.get("error")
    if isinstance(error, dict):
        error = error.get("message") or error.get("code") or "error"
    if error is True or "error_code" in value:
        error = value.get("message") or value.get("text") or "error"
    if not error and value.get("object") == "error":
        error = value.get("message") or "error"
    if not error and "choices" not in value and value.get("detail"):
        error = value["detail"]
    return plain(str(error))[:LONGEST_REASON] if error else ""


def _events(lines: Iterable[bytes]) -> Iterator[str]:
    """The data of each event. Comments and other fields are passed over; a bare JSON line counts as data."""
    data: list[str] = []
    for raw in lines:
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        if line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))
        elif line.startswith("{"):
            data.append(line)
        elif not line and data:
            yield "\n".join(data)
            data = []
    if data:
        yield "\n".join(data)
