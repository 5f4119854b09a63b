"""`/v1/audio/transcriptions`: a WAV in a form, its Korean words out. Nothing is written to disk."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator
from contextlib import aclosing
from threading import Event
from typing import TYPE_CHECKING, Any

from assistant.frames import Transcript
from assistant.seeing import loaded
from models.serve import fields
from models.serve.bodies import read_body
from models.serve.limits import Limits
from models.serve.office import Office
from models.serve.refusals import Refusal

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

FORMATS = ("json", "text", "verbose_json")
KOREAN = ("ko", "ko-kr", "kor", "korean")
MOST_FIELDS = 16
MOST_HOTWORDS = 60


async def transcriptions(request: Request) -> Response:
    """Fields: file, model, language, prompt (words to expect), response_format, temperature."""
    from starlette.responses import JSONResponse, PlainTextResponse

    office: Office = request.app.state.office
    form, sound = await _form(request, office.limits)
    form_as = form.get("response_format", "json")
    if form_as not in FORMATS:
        raise Refusal("field_unsupported", "response_format")
    if form.get("language", "ko").lower() not in KOREAN:
        raise Refusal("language_unsupported", "language")
    _check_temperature(form)
    engines = office.engines
    engines.check_transcriber(form.get("model") or None)
    words = tuple(form.get("prompt", "").split()[:MOST_HOTWORDS])

    def work(cancel: Event) -> Generator[tuple[float, Transcript], None, None]:
        assert engines.sound is not None
        speech = engines.sound(sound)
        transcriber = loaded(engines.ports.transcriber, "no_speech_model")
        yield speech.seconds, transcriber.transcribe(speech, words, cancel)

    async with aclosing(office.run(work, request.receive)) as results:
        async for seconds, transcript in results:
            if form_as == "text":
                return PlainTextResponse(transcript.text)
            return JSONResponse(
                _verbose(seconds, transcript) if form_as == "verbose_json" else {"text": transcript.text}
            )
    raise Refusal("internal")


async def _form(request: Request, limits: Limits) -> tuple[dict[str, str], bytes]:
    """The text fields, and the bytes of `file`. Errors: Refusal body_broken, no_sound."""
    from starlette.datastructures import UploadFile
    from starlette.formparsers import MultiPartException, MultiPartParser

    class InMemory(MultiPartParser):
        spool_max_size = 2 * limits.body_bytes  # larger than any body: never a temporary file

    body = await read_body(request, limits)

    async def whole() -> AsyncGenerator[bytes, None]:
        yield body

    texts: dict[str, str] = {}
    sound: bytes | None = None
    try:
        parser = InMemory(request.headers, whole(), max_files=1, max_fields=MOST_FIELDS, max_part_size=20_000)
        form = await parser.parse()
    except (MultiPartException, ValueError, LookupError) as error:
        raise Refusal("body_broken") from error
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            sound = await value.read() if name == "file" else sound
            await value.close()
        else:
            texts[name] = value
    if sound is None:
        raise Refusal("no_sound", "file")
    return texts, sound


def _check_temperature(form: dict[str, str]) -> None:
    given = form.get("temperature")
    if given is None:
        return
    try:
        value = float(given)
    except ValueError as error:
        raise Refusal("field_wrong", "temperature") from error
    fields.number({"temperature": value}, "temperature", 0, 1)


def _verbose(seconds: float, transcript: Transcript) -> dict[str, Any]:
    segments = [
        {"id": number, "start": part.start, "end": part.end, "text": part.text, "confidence": part.confidence}
        for number, part in enumerate(transcript.segments)
    ]
    return {
        "task": "transcribe",
        "language": "korean",
        "duration": seconds,
        "text": transcript.text,
        "segments": segments,
    }
