"""Decides from the head of a request whether it may come in, before one byte of its body is read.

The order is what a hostile page can forge least: host (DNS rebinding), origin (cross-site requests), method
(preflights), token, then the form of the body. `/health` says "ok" and nothing else, and needs no token.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from assistant.errors import NunchiError
from models.serve.access_token import TokenFile
from models.serve.limits import Limits
from models.serve.refusals import Refusal, error_bytes, language_of, status_of

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

HEALTH = "/health"
JSON, FORM = b"application/json", b"multipart/form-data"
PICTURES = (b"image/png", b"image/jpeg", b"image/webp", b"image/bmp", b"image/gif")
BODY_TYPES: dict[str, tuple[bytes, ...]] = {
    "/v1/chat/completions": (JSON,),
    "/v1/audio/transcriptions": (FORM,),
    "/v1/screen/read": (JSON, *PICTURES),
    "/v1/screen/find": (JSON, *PICTURES),
    "/v1/screen/describe": (JSON, *PICTURES),
}
"""what may be posted where; plain forms and text/plain, which any web page can send, are nowhere in it"""
HARDENING = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class Gate:
    """The outermost ASGI layer. `port` is the one listened on; the token is looked up for every request."""

    def __init__(self, app: App, *, port: int, token: TokenFile, limits: Limits) -> None:
        self._app = app
        self._token = token
        self._limits = limits
        names = [f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"]
        self._hosts = frozenset(name.encode() for name in names)
        self._origins = frozenset(b"http://" + host for host in self._hosts)
        self._posts = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        send = self._patient(self._hardened(send))
        posting = scope["method"] == "POST"
        try:
            self.check(scope)
            if posting and self._posts >= self._limits.bodies:
                raise Refusal("busy")
        except NunchiError as refusal:
            await self._refuse(refusal, scope, receive, send)
            return
        self._posts += posting
        try:
            await self._app(scope, receive, send)
        finally:
            self._posts -= posting

    def check(self, scope: Scope) -> None:
        """Errors: `Refusal`; `DeviceFailed` where the token file cannot be trusted."""
        headers = scope["headers"]
        if len(_all(headers, b"host")) != 1 or _all(headers, b"host")[0].lower() not in self._hosts:
            raise Refusal("host_refused")
        self._check_where_from(headers)
        if scope["method"] == "OPTIONS":
            raise Refusal("preflight_refused")
        if scope["method"] not in ("GET", "POST"):
            raise Refusal("method_refused")
        if scope["path"] == HEALTH and scope["method"] == "GET":
            return
        self._check_token(headers)
        if scope["method"] == "POST":
            self._check_body(scope["path"], headers)

    def _check_where_from(self, headers: list[tuple[bytes, bytes]]) -> None:
        """Programs send no Origin; a browser cannot help sending one, or a referrer, or where it fetches from."""
        origins, referrers = _all(headers, b"origin"), _all(headers, b"referer")
        if any(origin not in self._origins for origin in origins):
            raise Refusal("origin_refused")
        if any(_origin(referrer) not in self._origins for referrer in referrers):
            raise Refusal("origin_refused")
        if any(site not in (b"none", b"same-origin") for site in _all(headers, b"sec-fetch-site")):
            raise Refusal("origin_refused")

    def _check_token(self, headers: list[tuple[bytes, bytes]]) -> None:
        given = _all(headers, b"authorization")
        if not given:
            raise Refusal("token_missing")
        scheme, _, token = given[0].partition(b" ")
        if len(given) != 1 or scheme.lower() != b"bearer" or not self._token.admits(token.strip()):
            raise Refusal("token_wrong")

    def _check_body(self, path: str, headers: list[tuple[bytes, bytes]]) -> None:
        kinds = BODY_TYPES.get(path)
        if kinds is None:
            raise Refusal("path_unknown")
        given = _all(headers, b"content-type")
        if len(given) != 1 or given[0].partition(b";")[0].strip().lower() not in kinds:
            raise Refusal("content_type_refused")
        if any(coding.lower() != b"identity" for coding in _all(headers, b"content-encoding")):
            raise Refusal("content_type_refused")
        length = (_all(headers, b"content-length") or [b"0"])[0]
        if not length.isdigit() or int(length[:20]) > self._limits.body_bytes:
            raise Refusal("body_too_large", limit_mb=self._limits.body_bytes >> 20)

    async def _refuse(self, refusal: NunchiError, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer at once; then throw away what the client is still sending, so that it gets to read the answer."""
        body = error_bytes(refusal, language_of(dict(scope["headers"])))
        headers = [
            (b"content-type", b"application/json; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            (b"connection", b"close"),
        ]
        if status_of(refusal) == 401:
            headers.append((b"www-authenticate", b"Bearer"))
        if status_of(refusal) == 429:
            headers.append((b"retry-after", b"1"))
        await send({"type": "http.response.start", "status": status_of(refusal), "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": True})
        if scope["method"] == "POST" and not _all(scope["headers"], b"expect"):
            await self._drain(receive)
        await send({"type": "http.response.body", "body": b""})

    async def _drain(self, receive: Receive) -> None:
        left = self._limits.body_bytes
        try:
            async with asyncio.timeout(self._limits.drain_seconds):
                while left > 0:
                    message = await receive()
                    if message["type"] == "http.disconnect" or not message.get("more_body"):
                        return
                    left -= len(message.get("body", b""))
        except TimeoutError:
            return

    def _patient(self, send: Send) -> Send:
        """A client that stops reading loses its connection instead of holding a model."""

        async def patient(message: Message) -> None:
            async with asyncio.timeout(self._limits.send_seconds):
                await send(message)

        return patient

    def _hardened(self, send: Send) -> Send:
        async def hardened(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", []), *HARDENING]}
            await send(message)

        return hardened


def _all(headers: list[tuple[bytes, bytes]], name: bytes) -> list[bytes]:
    return [value for key, value in headers if key == name]


def _origin(referrer: bytes) -> bytes:
    """`http://host:port` of a full referrer; the whole of it where it has another form."""
    scheme, _, rest = referrer.partition(b"://")
    return scheme + b"://" + rest.partition(b"/")[0]
