"""Puts the server together: which path does what, and how every error becomes JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.errors import NunchiError
from models.serve.access_token import TokenFile
from models.serve.engines import Engines
from models.serve.gate import HEALTH, Gate
from models.serve.office import Office
from models.serve.refusals import Refusal, error_body, language_of, status_of
from models.serve.turnstile import Gone

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

NOBODY_LEFT = 499
"""the status nobody reads: the client has gone"""


def build(office: Office, *, port: int, token: TokenFile) -> Gate:
    """The ASGI application that `port` on loopback serves."""
    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.routing import Route

    from models.serve.chat import chat_completions
    from models.serve.screen import describe, find, read
    from models.serve.speech import transcriptions

    routes = [
        Route(HEALTH, health, methods=["GET"]),
        Route("/v1/models", models, methods=["GET"]),
        Route("/v1/chat/completions", chat_completions, methods=["POST"]),
        Route("/v1/audio/transcriptions", transcriptions, methods=["POST"]),
        Route("/v1/screen/read", read, methods=["POST"]),
        Route("/v1/screen/find", find, methods=["POST"]),
        Route("/v1/screen/describe", describe, methods=["POST"]),
    ]
    handlers = {NunchiError: _shown, HTTPException: _unrouted, Gone: _gone, Exception: _internal}
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.router.redirect_slashes = False
    app.state.office = office
    return Gate(app, port=port, token=token, limits=office.limits)


async def health(request: Request) -> Response:
    from starlette.responses import PlainTextResponse

    return PlainTextResponse("ok")


async def models(request: Request) -> Response:
    from starlette.responses import JSONResponse

    engines: Engines = request.app.state.office.engines
    listed: list[dict[str, Any]] = [
        {"id": name, "object": "model", "created": 0, "owned_by": "nunchi"} for name in engines.names
    ]
    return JSONResponse({"object": "list", "data": listed})


async def _shown(request: Request, error: Exception) -> Response:
    assert isinstance(error, NunchiError)
    return _json(request, error)


async def _unrouted(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 404)
    return _json(request, Refusal("method_refused" if status == 405 else "path_unknown"))


async def _gone(request: Request, error: Exception) -> Response:
    from starlette.responses import Response

    return Response(status_code=NOBODY_LEFT)


async def _internal(request: Request, error: Exception) -> Response:
    return _json(request, Refusal("internal"))


def _json(request: Request, error: NunchiError) -> Response:
    from starlette.responses import JSONResponse

    status = status_of(error)
    headers = {"retry-after": "1"} if status == 429 else {}
    if status in (408, 413):
        headers["connection"] = "close"  # the rest of the body is not wanted
    return JSONResponse(error_body(error, language_of(dict(request.scope["headers"]))), status, headers)
