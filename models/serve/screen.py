"""`/v1/screen/read|find|describe`: a picture in, the command line's JSON out."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import aclosing
from threading import Event
from typing import TYPE_CHECKING, Any

from assistant.events import Answer
from assistant.results import answer_json, screen_text_json
from assistant.seeing import loaded
from models.pointing import can_point, pointing
from models.serve import fields
from models.serve.answering import Ended, answer
from models.serve.bodies import parse_json, read_body
from models.serve.office import Office
from models.serve.pictures import picture_bytes
from models.serve.refusals import Refusal
from models.serve.screen_readers import DESCRIBE

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

LONGEST_WHAT = 500
WHERE = "{what} 어디 있어?"
Work = Callable[[Event], Generator[dict[str, Any], None, None]]


async def read(request: Request) -> Response:
    """The lines of a picture: `{"lines": […], "timings": {"screen_text_ms"}}`."""
    picture, _ = await _picture_and_what(request)
    office: Office = request.app.state.office
    return await _respond(request, lambda cancel: _reading(office, picture, cancel))


async def find(request: Request) -> Response:
    """Where `what` is: `{"boxes": [[x, y, width, height], …]}`, best first, empty where it is not there."""
    picture, what = await _picture_and_what(request)
    if not what or not what.strip():
        raise Refusal("field_missing", "what")
    office: Office = request.app.state.office
    return await _respond(request, lambda cancel: _finding(office, picture, what.strip(), cancel))


async def describe(request: Request) -> Response:
    """A description for somebody who cannot see the picture, in the form of `ask --json`."""
    picture, _ = await _picture_and_what(request)
    office: Office = request.app.state.office
    return await _respond(request, _asking(office, picture, DESCRIBE, answer_json))


def _boxes(answer: Answer) -> dict[str, Any]:
    return {"boxes": [] if answer.abstained else [list(line.box) for line in answer.evidence]}


def _reading(office: Office, picture: bytes, cancel: Event) -> Generator[dict[str, Any], None, None]:
    frame = office.engines.picture(picture)
    reader = loaded(office.engines.ports.reader, "no_screen_reader")
    yield screen_text_json(reader.read(frame, cancel))


def _finding(
    office: Office, picture: bytes, what: str, cancel: Event
) -> Generator[dict[str, Any], None, None]:
    """The boxes of a model that points, else those of the lines an answer cites."""
    model = loaded(office.engines.ports.model, "no_vision_model")
    if not can_point(model):
        yield from _asking(office, picture, WHERE.format(what=what), _boxes)(cancel)
        return
    with pointing(model, office.engines.picture(picture), cancel) as look:
        yield {"boxes": [list(box) for box in look.find(what)]}


def _asking(office: Office, picture: bytes, question: str, shape: Callable[[Answer], dict[str, Any]]) -> Work:
    def work(cancel: Event) -> Generator[dict[str, Any], None, None]:
        for told in answer(office.engines, picture, question, cancel):
            if isinstance(told, Ended) and told.answer is not None:
                yield shape(told.answer)

    return work


async def _respond(request: Request, work: Work) -> Response:
    from starlette.responses import JSONResponse

    office: Office = request.app.state.office
    async with aclosing(office.run(work, request.receive)) as results:
        async for result in results:
            return JSONResponse(result)
    raise Refusal("internal")


async def _picture_and_what(request: Request) -> tuple[bytes, str | None]:
    """The picture as the body itself, or as `{"image": data URL, "what": …}`; `what` may stand in the query."""
    limits = request.app.state.office.limits
    body = await read_body(request, limits)
    what = fields.text(dict(request.query_params), "what", LONGEST_WHAT)
    if request.headers["content-type"].partition(";")[0].strip().lower() != "application/json":
        if not body:
            raise Refusal("no_picture")
        return body, what
    value = parse_json(body, limits)
    url = fields.text(value, "image", limits.body_bytes)
    if url is None:
        raise Refusal("no_picture", "image")
    return picture_bytes(url, "image"), fields.text(value, "what", LONGEST_WHAT) or what
