"""Any OpenAI-compatible server as a `VisionModel`: other vendors' NPUs on this machine, or a team's own server.

The picture goes as a data URL, the screen's lines as numbered text before the question, in the words every chat
model gets. Hanging up is what stops the server. What the screen says is read here, not there.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import prompts
from assistant.cancelling import check
from assistant.errors import EngineFailed, ModelMissing, NunchiError, Stopped
from assistant.ports import AnswerTimings, LookTimings
from models.runtimes import http_picture
from models.runtimes.http_address import server_address
from models.runtimes.http_exchange import Exchange, Head, Patience, Server
from models.runtimes.http_models import ListedModel, parse_models
from models.runtimes.http_stream import ChatStream, error_reason

if TYPE_CHECKING:
    from assistant.frames import Frame, ScreenText
    from assistant.ports import Cancel, Turn

MOST_TOKENS = 512
REFUSED = (301, 302, 303, 307, 308, 401, 403, 421)
BUSY = (429, 503)


class HttpVisionModel:
    """A `VisionModel`. `device` is the server's host and port.

    Without `model` the first one the server lists is taken. `allow_private` is for an address that the person
    entered; public ones are refused on every request. `warm` sends picture and lines ahead with room for one token,
    for servers that keep the prefix of the last prompt (llama-server; vLLM and LMDeploy with prefix caching).

    Errors on opening: `BadInput` server_address_…; `EngineFailed` as `list_models`; `ModelMissing` server_has_no_model.
    """

    engine = "http"
    style = "chat"

    def __init__(
        self,
        url: str,
        *,
        model: str | None = None,
        api_key: str | None = None,
        allow_private: bool = False,
        ca_file: Path | None = None,
        patience: Patience | None = None,
        warm: bool = False,
        most_tokens: int = MOST_TOKENS,
    ) -> None:
        address = server_address(url, allow_private=allow_private)
        self.server = Server(address, api_key, ca_file, patience or Patience())
        self.device = address.shown
        self.warm = warm
        self.most_tokens = most_tokens
        self.name = model or self._first_model()
        self._closed = False

    def list_models(self, cancel: Cancel | None = None) -> tuple[ListedModel, ...]:
        """Errors: EngineFailed server_down, server_slow, server_refused, server_busy, server_broke_off, server_error."""
        exchange = Exchange(self.server, "GET", "/models")
        try:
            head = exchange.head(cancel)
            body = exchange.whole(cancel)
            self.check_status(head, body)
            return parse_models(body)
        except ValueError as error:
            raise EngineFailed("server_error", server=self.device, reason="no model list") from error
        finally:
            exchange.close()

    def healthy(self) -> bool:
        """Whether the server answers and still has the model."""
        try:
            return self.name in {model.name for model in self.list_models()}
        except NunchiError:
            return False

    def look(self, frame: Frame, screen_text: ScreenText, cancel: Cancel | None = None) -> HttpLook:
        """Encode the picture and, if `warm`, send it ahead. Errors: `EngineFailed` engine_closed, `Stopped`."""
        if self._closed:
            raise EngineFailed("engine_closed", engine=self.engine)
        check(cancel)
        started = time.perf_counter()
        url = http_picture.data_url(frame)
        check(cancel)
        look = HttpLook(self, url, lines_text(screen_text, (frame.width, frame.height)))
        look.timings = LookTimings(encode_ms=(time.perf_counter() - started) * 1000)
        if self.warm:
            look.send_ahead()
        return look

    def close(self) -> None:
        self._closed = True

    def check_status(self, head: Head, body: bytes) -> None:
        """Errors: `EngineFailed` for every status but 2xx, and for an error under a 200 (LMDeploy's proxy)."""
        reason = _reason(body)
        if 200 <= head.status < 300 and not reason:
            return
        values: dict[str, object] = {"server": self.device, "status": head.status, "reason": reason}
        if head.status in REFUSED:
            raise EngineFailed("server_refused", **values)
        if head.status in BUSY:
            raise EngineFailed("server_busy", **values)
        if head.status == 404:
            raise EngineFailed("server_model_missing", model=self.name, **values)
        raise EngineFailed("server_error", **values)

    def _first_model(self) -> str:
        self.name = ""
        models = self.list_models()
        if not models:
            raise ModelMissing("server_has_no_model", server=self.device)
        return models[0].name


KEY_VARIABLE, CA_VARIABLE = "NUNCHI_SERVER_KEY", "NUNCHI_SERVER_CA"


def open_entered(address: str) -> HttpVisionModel:
    """The model behind an address that the person typed, `https://host/v1#model`; without `#model` the first one.

    The key and the certificate authority come from the environment, so that they are in no command's history.
    Errors: as `HttpVisionModel`.
    """
    url, _, model = address.partition("#")
    ca_file = os.environ.get(CA_VARIABLE)
    return HttpVisionModel(
        url,
        model=model or None,
        api_key=os.environ.get(KEY_VARIABLE) or None,
        allow_private=True,
        ca_file=Path(ca_file) if ca_file else None,
    )


class HttpLook:
    """A `Look`: the picture and its lines, ready to be sent with each question."""

    def __init__(self, model: HttpVisionModel, url: str, lines: str) -> None:
        self.timings = LookTimings()
        self.last_answer = AnswerTimings()
        self._model = model
        self._url: str | None = url
        self._lines = lines
        self._ahead: Exchange | None = None

    def send_ahead(self) -> None:
        """Let the server read the picture while the person speaks; what it says is thrown away."""
        self._ahead = Exchange(
            self._model.server, "POST", "/chat/completions", self.request("", (), ahead=True)
        )

    def answer(
        self, question: str, earlier: Sequence[Turn] = (), cancel: Cancel | None = None
    ) -> Iterator[str]:
        """See `Look.answer`. Errors: `EngineFailed` server_…; `BadInput` where the address is not allowed (any more)."""
        if self._url is None:
            raise EngineFailed("engine_closed", engine=self._model.engine)
        started = time.perf_counter()
        timings = self.last_answer = AnswerTimings()
        exchange = Exchange(self._model.server, "POST", "/chat/completions", self.request(question, earlier))
        stream = ChatStream(self._model.device)
        first = started
        try:
            for piece in self._pieces(exchange, stream, cancel):
                now = time.perf_counter()
                if not timings.first_token_ms:
                    first, timings.first_token_ms = now, (now - started) * 1000
                yield piece
                timings.tokens = stream.tokens
        except Stopped:
            return
        finally:
            exchange.close()
            timings.tokens, timings.prompt_tokens = stream.tokens, stream.prompt_tokens
            passed = time.perf_counter() - first
            timings.tokens_per_s = (stream.tokens - 1) / passed if stream.tokens > 1 and passed > 0 else 0.0

    def close(self) -> None:
        """Forget the picture; a server that is still reading it is hung up on."""
        if self._ahead is not None:
            self._ahead.close()
        self._url, self._ahead = None, None

    def request(self, question: str, earlier: Sequence[Turn], ahead: bool = False) -> dict[str, Any]:
        """The body: picture, lines and the first question in one user turn, the others after it."""
        asked = [*(turn.question for turn in earlier), question]
        messages: list[dict[str, Any]] = []
        for number, text in enumerate(asked):
            content: Any = prompts.plain(text)
            if number == 0:
                content = [
                    {"type": "image_url", "image_url": {"url": self._url}},
                    {"type": "text", "text": self._lines + content},
                ]
            messages.append({"role": "user", "content": content})
            if number < len(earlier):
                messages.append({"role": "assistant", "content": earlier[number].answer})
        body = {"model": self._model.name, "messages": messages, "temperature": 0, "stream": not ahead}
        if ahead:
            return body | {"max_tokens": 1}
        return body | {"max_tokens": self._model.most_tokens, "stream_options": {"include_usage": True}}

    def _pieces(self, exchange: Exchange, stream: ChatStream, cancel: Cancel | None) -> Iterator[str]:
        head = exchange.head(cancel)
        if head.status == 200 and head.kind == "text/event-stream":
            yield from stream.pieces(exchange.lines(cancel))
            return
        body = exchange.whole(cancel)
        self._model.check_status(head, body)
        yield stream.whole(body)


def lines_text(screen_text: ScreenText, size: tuple[int, int]) -> str:
    """The instruction and the numbered lines that every chat model gets, without the markers around them."""
    opening = f"<|im_start|>user\n{prompts.IMAGE}"
    return prompts.before_question(screen_text, size, "chat").removeprefix(opening)


def _reason(body: bytes) -> str:
    try:
        return error_reason(json.loads(body))
    except (ValueError, RecursionError):
        return ""
